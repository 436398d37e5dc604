/** A folder of the user's own, outside of any workspace: for what is made once, and for what nobody else may write. */
import { randomBytes } from "node:crypto";
import {
  accessSync,
  constants,
  linkSync,
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

let lasting: { readonly folder: string | undefined } | undefined;
let passing: string | undefined;

/** The first of these folders that can be written to. */
export function lastingFolder(): string | undefined {
  const user = process.getuid?.();
  const { XDG_CACHE_HOME: wanted = "" } = process.env;
  const candidates = [
    ...(wanted === "" ? [] : [join(wanted, "sourcedeck")]),
    join(packageFolder, "node_modules", ".cache", "sourcedeck"),
    join(homedir(), ".cache", "sourcedeck"),
    join(tmpdir(), `sourcedeck-${user ?? "cache"}`),
  ];
  lasting ??= { folder: candidates.find(isOwn) };
  return lasting.folder;
}

/** The lasting folder, or else one of this process alone. Throws a `DiskFault`. */
export function userFolder(): string {
  const folder = lastingFolder() ?? passing ?? mkdtempSync(join(tmpdir(), "sourcedeck-"));
  passing = folder;
  return folder;
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

/**
 * What this user signs with whatever is kept in a workspace, which others may have written: a picture or a record that
 * came with someone's repository is never taken for our own. Throws a `DiskFault`.
 */
export function userKey(): Buffer {
  const file = join(userFolder(), "key");
  const key = readKey(file);
  if (key) return key;
  // Written beside and linked, so that of several processes that begin at once the first one's key is that of all.
  const beside = `${file}.${process.pid}`;
  writeFileSync(beside, randomBytes(keyBytes), { mode: 0o600 });
  try {
    linkSync(beside, file);
  } catch {
    // There is one by now.
  } finally {
    rmSync(beside, { force: true });
  }
  return readKey(file) ?? randomBytes(keyBytes);
}

function readKey(file: string): Buffer | undefined {
  try {
    const key = readFileSync(file);
    return key.length === keyBytes ? key : undefined;
  } catch {
    return undefined;
  }
}
