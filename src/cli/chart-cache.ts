/** The cache of drawn charts: content-addressed files in the workspace, so that no chart is drawn twice. */
import { createHash, createHmac, randomUUID } from "node:crypto";
import { lstatSync, readdirSync, readFileSync, utimesSync } from "node:fs";
import { readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { DrawnChart } from "../charts/draw.ts";
import type { SizedChart } from "../charts/spec.ts";
import { order } from "../problem.ts";
import { checkOwnFolder, makeFolder } from "./disk.ts";

export interface ChartCache {
  /** The chart as it was drawn before; nothing when it was not, or when what was kept of it is damaged. */
  get(chart: SizedChart): DrawnChart | undefined;
  /** Keeps a chart that was drawn without a problem. A disk that refuses is no fault: it is drawn again next time. */
  put(chart: SizedChart, drawn: DrawnChart): Promise<void>;
  /** How many files lie there; nothing before the first build, for which every chart will have to be drawn. */
  count(): number | undefined;
  /** From now on there has been a build, even if no chart is kept. */
  begin(): void;
}

/** Bytes; thousands of pictures. */
const usualCapacity = 256 * 1024 * 1024;

export interface ChartCacheOptions {
  /** Of everything besides the spec that shows in a picture: fonts, engines and Sourcedeck itself. */
  readonly versions: readonly string[];
  /** Signs what is kept: pictures that anyone else put into the folder are not trusted. */
  readonly key: Uint8Array;
  /** Bytes that the files may have together; the ones not used for longest go first. */
  readonly capacity?: number;
}

/** @param folder is made when the first chart is kept; several processes may use it at a time */
export function openChartCache(
  folder: string,
  { versions, key: secret, capacity = usualCapacity }: ChartCacheOptions,
): ChartCache {
  let size: number | undefined;
  const fileOf = (key: string): string => join(folder, `${key}.chart`);
  return {
    get(chart) {
      const key = keyOf(chart, versions);
      const file = fileOf(key);
      try {
        checkOwnFolder(folder);
        if (!lstatSync(file).isFile()) return undefined;
        const drawn = unpack(readFileSync(file), key, secret);
        if (drawn) touch(file);
        return drawn;
      } catch {
        return undefined;
      }
    },
    async put(chart, drawn) {
      const key = keyOf(chart, versions);
      const bytes = pack(drawn, key, secret);
      const beside = `${fileOf(key)}.${process.pid}.${randomUUID()}`;
      try {
        makeFolder(folder, 0o700);
        checkOwnFolder(folder);
        const before = size ?? (await sizeOf(folder));
        await writeFile(beside, bytes);
        await rename(beside, fileOf(key));
        size = before + bytes.length;
        if (size > capacity) size = await prune(folder, capacity);
      } catch {
        size = undefined;
        await rm(beside, { force: true }).catch(() => {});
      }
    },
    count() {
      try {
        return readdirSync(folder).filter(isOurs).length;
      } catch {
        return undefined;
      }
    },
    begin() {
      try {
        makeFolder(folder, 0o700);
      } catch {
        // A disk that refuses is no fault.
      }
    },
  };
}

/** Notes that a file was used. */
function touch(file: string): void {
  try {
    const now = new Date();
    utimesSync(file, now, now);
  } catch {
    // It is only thrown away sooner.
  }
}

/** Everything that shows: the spec with its rows and theme, the box and the versions of what draws. */
function keyOf({ spec, width, height }: SizedChart, versions: readonly string[]): string {
  return createHash("sha256")
    .update(JSON.stringify([versions, width, height, spec]))
    .digest("hex");
}

/** What stands before the picture, on a line of its own. */
interface Head {
  readonly key: string;
  /** HMAC with SHA-256 of all that shows, and of the key. */
  readonly sum: string;
  readonly width: number;
  readonly height: number;
  readonly texts: readonly string[];
  /** Bytes of the PNG; the SVG follows it. */
  readonly png: number;
}

function pack({ png, svg, width, height, texts }: DrawnChart, key: string, secret: Uint8Array): Uint8Array {
  const body = Buffer.concat([png, Buffer.from(svg)]);
  const known = { key, width, height, texts, png: png.length };
  const head: Head = { ...known, sum: sumOf(known, body, secret) };
  return Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), body]);
}

/** Nothing unless every byte is as it was written, and written for this key. */
function unpack(bytes: Buffer, key: string, secret: Uint8Array): DrawnChart | undefined {
  const end = bytes.indexOf("\n");
  if (end < 0) return undefined;
  const { sum, ...known } = JSON.parse(bytes.toString("utf8", 0, end)) as Head;
  const body = bytes.subarray(end + 1);
  if (known.key !== key || sum !== sumOf(known, body, secret)) return undefined;
  const { width, height, texts, png } = known;
  return {
    png: Uint8Array.from(body.subarray(0, png)),
    svg: body.toString("utf8", png),
    width,
    height,
    texts,
  };
}

function sumOf(
  { key, width, height, texts, png }: Omit<Head, "sum">,
  body: Uint8Array,
  secret: Uint8Array,
): string {
  const head = JSON.stringify([key, width, height, texts, png]);
  return createHmac("sha256", secret).update(`${head}\n`).update(body).digest("hex");
}

/** All files, what a process that died left behind among them; one that another process removes meanwhile is left out. */
async function entries(folder: string): Promise<{ file: string; bytes: number; used: number }[]> {
  const found = await Promise.all(
    (await readdir(folder))
      .filter(isOurs)
      .sort(order)
      .map(async (name) => {
        const file = join(folder, name);
        const status = await stat(file).catch(() => undefined);
        return status ? [{ file, bytes: status.size, used: status.mtimeMs }] : [];
      }),
  );
  return found.flat();
}

/** Nothing else is counted, or ever removed. */
function isOurs(name: string): boolean {
  return /^[0-9a-f]{64}\.chart(?:\.|$)/.test(name);
}

async function sizeOf(folder: string): Promise<number> {
  return (await entries(folder)).reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Down to three quarters, so that it is not done for every chart. @returns the size that is left */
async function prune(folder: string, capacity: number): Promise<number> {
  const all = (await entries(folder)).sort((a, b) => a.used - b.used || order(a.file, b.file));
  let left = all.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { file, bytes } of all) {
    if (left <= (capacity * 3) / 4) break;
    await rm(file, { force: true });
    left -= bytes;
  }
  return left;
}
