/**
 * The start of every process: loads the compiled files together with what V8 made of them in an earlier one, which halves
 * the time of most commands. Node's own way of doing so begins with version 22 and keeps no functions compiled later on.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { cachedDataVersionTag } from "node:v8";
import { Script } from "node:vm";
import { isMainThread } from "node:worker_threads";
import { setEngine } from "./engine.ts";
import { codeSum } from "./package.ts";
import { lastingFolder, userKey } from "./user-folder.ts";

/** What V8 made of the files of one entry, by their names. */
interface Pack {
  /** How often it was written; functions that no command has called yet are compiled, and kept, when one does. */
  readonly generation: number;
  readonly files: ReadonlyMap<string, Buffer>;
}

/** Times that a pack is written anew: what is called at all is called within a few runs. */
const generations = 4;
/** Characters of a file that is worth it. */
const least = 50_000;
/** Packs of several versions, entries and ways to run Node. */
const mostPacks = 16;

/** Scripts with data of V8's cannot import; what has to is loaded by Node. */
const plainFile = "./plain-import.js";

interface Loaded {
  readonly module: { exports: unknown };
  readonly script: Script;
  readonly isLarge: boolean;
}

const folder = dirname(fileURLToPath(import.meta.url));

export interface Launched {
  readonly exports: unknown;
  /** Keeps what V8 made of the files loaded so far; is called when the process ends, too. */
  readonly keep: () => void;
}

/** Runs a compiled file. */
export function launch(entry: string): Launched {
  if (isMainThread) setEngine();
  const loaded = new Map<string, Loaded>();
  const file = packFile(entry);
  let pack: Pack | undefined;
  const load = (name: string): unknown => {
    const known = loaded.get(name);
    if (known) return known.module.exports;
    const path = join(folder, name);
    const source = readFileSync(path, "utf8");
    const isLarge = source.length > least;
    if (isLarge) pack ??= readPack(file);
    const cachedData = isLarge ? pack?.files.get(name) : undefined;
    const script = new Script(`(function (exports, require, module, __filename, __dirname) { ${source}\n})`, {
      filename: path,
      ...(cachedData && { cachedData }),
    });
    const module = { exports: {} };
    loaded.set(name, { module, script, isLarge });
    const outer = createRequire(path);
    const inner = (id: string): unknown =>
      id.startsWith("./") && id !== plainFile ? load(id.slice(2)) : outer(id);
    script.runInThisContext().call(module.exports, module.exports, inner, module, path, folder);
    return module.exports;
  };
  const keep = (): void => {
    const large = [...loaded].filter(([, { isLarge }]) => isLarge);
    const isNew = large.some(([name, { script }]) => script.cachedDataRejected || !pack?.files.has(name));
    const generation = isNew ? 0 : (pack?.generation ?? 0) + 1;
    if (large.length === 0 || file === undefined || generation >= generations) return;
    const files = new Map(pack?.files);
    for (const [name, { script }] of large) files.set(name, script.createCachedData());
    pack = { generation, files };
    writePack(file, pack);
  };
  process.once("exit", keep);
  return { exports: load(`${entry}.js`), keep };
}

/** Nothing where nothing can be kept from one process to the next. */
function packFile(entry: string): string | undefined {
  try {
    const where = lastingFolder();
    return where && join(where, `code-${entry}-${codeSum().slice(0, 16)}-${cachedDataVersionTag()}.pack`);
  } catch {
    return undefined;
  }
}

/** Nothing unless every byte is as this user wrote it: V8 would run whatever stands there. */
function readPack(file: string | undefined): Pack | undefined {
  if (file === undefined) return undefined;
  try {
    const bytes = readFileSync(file);
    const body = bytes.subarray(macLength);
    if (!timingSafeEqual(bytes.subarray(0, macLength), macOf(body))) return undefined;
    const end = body.indexOf("\n");
    const { generation, lengths } = JSON.parse(body.toString("utf8", 0, end)) as Head;
    const files = new Map<string, Buffer>();
    let at = end + 1;
    for (const [name, length] of lengths) {
      files.set(name, body.subarray(at, at + length));
      at += length;
    }
    return { generation, files };
  } catch {
    return undefined;
  }
}

interface Head {
  readonly generation: number;
  readonly lengths: readonly (readonly [name: string, length: number])[];
}

const macLength = 32;

function macOf(body: Uint8Array): Buffer {
  return createHmac("sha256", userKey("code")).update(body).digest();
}

/** A disk that refuses is no fault: the next process compiles anew. */
function writePack(file: string, { generation, files }: Pack): void {
  const beside = `${file}.${process.pid}.part`;
  try {
    const head: Head = { generation, lengths: [...files].map(([name, { length }]) => [name, length]) };
    const body = Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), ...files.values()]);
    writeFileSync(beside, Buffer.concat([macOf(body), body]), { mode: 0o600 });
    renameSync(beside, file);
    prune(dirname(file));
  } catch {
    rmSync(beside, { force: true });
  }
}

/** Leaves the packs that were written last. */
function prune(where: string): void {
  const packs = readdirSync(where).filter((name) => /^code-.*\.(?:pack|part)$/.test(name));
  const aged = packs.map((name) => ({ name, at: statSync(join(where, name)).mtimeMs }));
  for (const { name } of aged.sort((a, b) => b.at - a.at).slice(mostPacks))
    rmSync(join(where, name), { force: true });
}
