/** A folder of the user's own, outside of any workspace: for what is made once, and for what nobody else may write. */
import { createHmac, randomBytes } from "node:crypto";
import {
  accessSync,
  constants,
  existsSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { makeFolder } from "./disk.ts";
import { packageFolder } from "./package.ts";

const found = new Map<string, string | undefined>();
let passing: string | undefined;

/** Ways to a folder, each of which may fail. */
type Candidates = readonly (() => string)[];

const wanted = (): string => {
  const { XDG_CACHE_HOME: folder = "" } = process.env;
  if (folder === "") throw new Error("none is wanted");
  return join(folder, "sourcedeck");
};
const ofPackage = (): string => join(packageFolder, "node_modules", ".cache", "sourcedeck");
const ofHome = (): string => join(homedir(), ".cache", "sourcedeck");
const ofSystem = (): string => join(tmpdir(), `sourcedeck-${process.getuid?.() ?? "cache"}`);

/** The first of these folders that can be written to, for what can be made again: fonts, compiled code. */
export function lastingFolder(): string | undefined {
  return firstOf("lasting", [wanted, ofPackage, ofHome, ofSystem]);
}

function firstOf(name: string, candidates: Candidates): string | undefined {
  if (!found.has(name)) {
    const folders = candidates.flatMap((way) => {
      try {
        return [way()];
      } catch {
        return [];
      }
    });
    found.set(name, folders.find(isOwn));
  }
  return found.get(name);
}

/** The lasting folder, or else one of this process alone. Throws a `DiskFault`. */
export function userFolder(): string {
  passing = lastingFolder() ?? passing ?? mkdtempSync(join(tmpdir(), "sourcedeck-"));
  return passing;
}

/** Makes a folder if need be; whether it can be written to, and by nobody else: anyone may have made it before us. */
function isOwn(folder: string): boolean {
  try {
    makeFolder(folder, 0o700);
    accessSync(folder, constants.W_OK);
    const { uid, mode } = lstatSync(folder);
    const user = process.getuid?.();
    return user === undefined || (uid === user && (mode & 0o022) === 0);
  } catch {
    // Read-only: the next one.
    return false;
  }
}

const keyBytes = 32;
let key: Buffer | undefined;

/**
 * What this user signs with whatever is kept in a workspace, which others may have written: a picture or a record that
 * came with someone's repository is never taken for our own. Where no key can be kept, one of this process alone.
 * @param use each has a key of its own
 */
export function userKey(use: "batch" | "charts" | "code" | "made" | "runs"): Buffer {
  key ??= openKey(firstOf("key", [wanted, ofHome, ofPackage, ofSystem]));
  return createHmac("sha256", key).update(use).digest();
}

function openKey(folder: string | undefined): Buffer {
  const fresh = randomBytes(keyBytes);
  if (folder === undefined) return fresh;
  const file = join(folder, "key");
  try {
    // A key that was cut short is none.
    if (existsSync(file) && !readKey(file)) rmSync(file);
    // Of several processes that begin at once the first one's key is that of all.
    writeFileSync(file, fresh, { mode: 0o600, flag: "wx" });
  } catch {
    // There is one by now.
  }
  return readKey(file) ?? fresh;
}

function readKey(file: string): Buffer | undefined {
  try {
    const read = readFileSync(file);
    return read.length === keyBytes ? read : undefined;
  } catch {
    return undefined;
  }
}
