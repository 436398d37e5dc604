/** Recalling: a command that was run on the very same input before need not run again to say the same. */
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import {
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { type Console, openConsole } from "./console.ts";
import { checkOwnFolder, holdsSum, makeOwnFolder } from "./disk.ts";
import { exit } from "./exit.ts";
import { runsFolder } from "./kept-folders.ts";
import { codeSum, packageFolder, starterFolder } from "./package.ts";
import { userKey } from "./user-folder.ts";

/** What a command has to say when it is asked again and nothing has changed. */
export interface Told {
  /** Every file that it made, by its path, with its SHA-256. */
  readonly outputs: readonly { readonly path: string; readonly sha256: string }[];
  /** Problems as they are shown; empty when there are none. */
  readonly problems: string;
  readonly results: readonly string[];
  /** Lines for people. */
  readonly said: readonly string[];
  /** A folder that was read as the workspace names it. */
  readonly read?: string | undefined;
}

export interface Question {
  readonly command: string;
  /** Its arguments and options: everything besides files that its answer depends on. */
  readonly words: unknown;
  /** Folders that it reads, besides the shipped templates. */
  readonly folders: readonly string[];
  readonly quiet: boolean;
}

/** Is called by a command that was done without an error. */
export type Leave = (told: Told) => void;

const mostRuns = 100;
/** Bytes of all files together; a workspace beyond this is worked on anew each time. */
const mostBytes = 128 * 1024 * 1024;
const mostFiles = 10_000;

/** Runs a command, unless it was run on the same files before and what it made is still there, every byte. */
export async function recall(question: Question, run: (leave: Leave) => Promise<number>): Promise<number> {
  const asked = ask(question);
  const before = asked && sumOf(question);
  const known = asked && before ? read(asked, before.sum) : undefined;
  if (known) {
    tell(known, openConsole(question.quiet));
    return exit.done;
  }
  let told: Told | undefined;
  const code = await run((left) => {
    told = left;
  });
  // A folder that the workspace named only when it was read is not in the sum; nor can be told which bytes were read of files
  // that were written to meanwhile, be it to hold in the end what they held before.
  const isSummed = told?.read === undefined || question.folders.includes(told.read);
  const after = asked && told && before && isSummed ? sumOf(question) : undefined;
  if (asked && told && before && after?.sum === before.sum && after.stamps === before.stamps)
    write(asked, before.sum, told);
  return code;
}

interface Asked {
  /** Of the question. */
  readonly name: string;
  readonly file: string;
  readonly key: Buffer;
}

/** Nothing where no key can be kept. */
function ask({ command, words }: Question): Asked | undefined {
  try {
    const colours = [process.stderr.isTTY, process.env.NO_COLOR, process.env.TERM];
    const name = createHash("sha256")
      .update(JSON.stringify([codeSum(), command, words, colours]))
      .digest("hex");
    return { name, file: join(runsFolder, `${name}.json`), key: userKey("runs") };
  } catch {
    return undefined;
  }
}

/** What new workspaces begin with is no part of any other. */
const starter = join(packageFolder, "templates", starterFolder);

/** Of all files that are read. */
interface Sum {
  /** SHA-256 of what they hold, by their paths. */
  readonly sum: string;
  /** SHA-256 of which files they are and when they last changed: tells two looks apart, and says nothing by itself. */
  readonly stamps: string;
}

/** Nothing where that would take too long or cannot be done. */
function sumOf({ folders }: Question): Sum | undefined {
  const sum = createHash("sha256");
  const stamps = createHash("sha256");
  let files = 0;
  let bytes = 0;
  const take = (path: string, isNamed = false): void => {
    files += 1;
    const own = lstatSync(path, { throwIfNoEntry: false });
    if (!own) return void sum.update(`${path}\0nothing\0`);
    const isLink = own.isSymbolicLink();
    if (isLink) sum.update(`${path}\0link\0${readlinkSync(path)}\0`);
    const status = isLink ? statSync(path) : own;
    for (const { dev, ino, ctimeMs, mtimeMs } of [own, status])
      stamps.update(`${dev} ${ino} ${ctimeMs} ${mtimeMs}\n`);
    if (status.isDirectory()) {
      // Links to folders are refused by whoever reads them, but for those that the command line names.
      if (isLink && !isNamed) return;
      const names = readdirSync(path);
      if (files + names.length > mostFiles) throw new Error("too many files");
      sum.update(`${path}\0folder\0${names.length}\0`);
      for (const name of names.sort()) if (join(path, name) !== starter) take(join(path, name));
    } else {
      bytes += status.size;
      if (!status.isFile() || bytes > mostBytes) throw new Error("too much, or no file");
      const content = readFileSync(path);
      sum.update(`${path}\0file\0${content.length}\0`).update(content);
    }
  };
  try {
    for (const folder of [join(packageFolder, "templates"), ...folders]) take(folder, true);
    return { sum: sum.digest("hex"), stamps: stamps.digest("hex") };
  } catch {
    return undefined;
  }
}

/** What is kept of a run. */
interface Run {
  /** The name of the question: an answer to another is none. */
  readonly asked: string;
  readonly sum: string;
  readonly told: Told;
}

/** What was told when the files were the same, if all that was made then is still as it was. */
function read({ name, file, key }: Asked, before: string): Told | undefined {
  try {
    checkOwnFolder(runsFolder);
    if (!lstatSync(file).isFile()) return undefined;
    const { mac, body } = JSON.parse(readFileSync(file, "utf8")) as { mac: string; body: string };
    if (!timingSafeEqual(Buffer.from(mac, "hex"), macOf(body, key))) return undefined;
    const { asked, sum, told } = JSON.parse(body) as Run;
    return asked === name &&
      sum === before &&
      told.outputs.every(({ path, sha256 }) => holdsSum(path, sha256))
      ? told
      : undefined;
  } catch {
    return undefined;
  }
}

/** A disk that refuses is no fault: the command runs again next time. */
function write({ name, file, key }: Asked, sum: string, told: Told): void {
  const beside = `${file}.${process.pid}.part`;
  try {
    makeOwnFolder(runsFolder);
    const body = JSON.stringify({ asked: name, sum, told } satisfies Run);
    writeFileSync(beside, JSON.stringify({ mac: macOf(body, key).toString("hex"), body }));
    renameSync(beside, file);
    prune();
  } catch {
    try {
      rmSync(beside, { force: true });
    } catch {
      // Where nothing could be written there is nothing to remove.
    }
  }
}

function macOf(body: string, key: Buffer): Buffer {
  return createHmac("sha256", key).update(body).digest();
}

/** Leaves those that were asked last. */
function prune(): void {
  const names = readdirSync(runsFolder).filter((name) => /^[0-9a-f]{64}\.json(?:\.|$)/.test(name));
  if (names.length <= mostRuns) return;
  const aged = names.map((name) => ({ name, at: statSync(join(runsFolder, name)).mtimeMs }));
  aged.sort((a, b) => b.at - a.at);
  for (const { name } of aged.slice(mostRuns)) rmSync(join(runsFolder, name), { force: true });
}

/** Says all of it: problems, then results, then the lines for people. */
export function tell({ problems, results, said }: Told, console: Console): void {
  console.shown(problems);
  for (const line of results) console.result(line);
  for (const line of said) console.say(line);
}
