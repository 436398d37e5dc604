/** What the disk allows: its faults, and folders made with care. */
import { createHash } from "node:crypto";
import { chmodSync, lstatSync, mkdirSync, readFileSync, type Stats, statSync } from "node:fs";
import { dirname } from "node:path";

/** A fault of the disk, which is the user's to mend; any other throw is a bug of ours. */
export interface DiskFault extends Error {
  /** As in POSIX, e.g. `EACCES`. */
  readonly code: string;
  readonly syscall: string;
  readonly path?: string;
}

export function isDiskFault(thrown: unknown): thrown is DiskFault {
  return thrown instanceof Error && "code" in thrown && "syscall" in thrown;
}

/**
 * Makes a folder, with these permissions, and those around it. One by one: below `/proc` Node's own way never ends.
 * Throws a `DiskFault`.
 */
export function makeFolder(folder: string, mode = 0o777): void {
  try {
    mkdirSync(folder, mode);
  } catch (fault) {
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
    const above = dirname(folder);
    if (!isDiskFault(fault) || fault.code !== "ENOENT" || above === folder) throw fault;
    makeFolder(above);
    mkdirSync(folder, mode);
  }
}

/**
 * Throws a `DiskFault` unless a folder for what is kept, and the one around it, are this user's alone: no links, which might
 * lead to files that were never ours to remove, and nothing that others could write to.
 */
export function checkOwnFolder(folder: string): void {
  for (const step of [dirname(folder), folder]) checkOwn(step);
}

/** Makes such a folder and the one around it, and closes those that are this user's to others. Throws a `DiskFault`. */
export function makeOwnFolder(folder: string): void {
  for (const [step, mode] of [
    [dirname(folder), 0o755],
    [folder, 0o700],
  ] as const) {
    // Nothing is made behind a link.
    if (!lstatSync(step, { throwIfNoEntry: false })) makeFolder(step, mode);
    const status = lstatSync(step);
    if (status.isDirectory() && isOfUser(status) && isOpen(status)) chmodSync(step, status.mode & 0o755);
    checkOwn(step);
  }
}

function checkOwn(folder: string): void {
  const status = lstatSync(folder);
  if (!status.isDirectory()) throw refused("ENOTDIR", folder);
  if (!isOfUser(status) || isOpen(status)) throw refused("EPERM", folder);
}

function isOfUser({ uid }: Stats): boolean {
  const user = process.getuid?.();
  return user === undefined || uid === user;
}

/** Whether others may write to it, where there is such a thing. */
function isOpen({ mode }: Stats): boolean {
  return process.getuid !== undefined && (mode & 0o022) !== 0;
}

function refused(code: string, path: string): DiskFault {
  return Object.assign(new Error(`no folder of this user's alone: ${path}`), { code, syscall: "open", path });
}

/** Whether a file, which must be no link and no pipe, holds what has this SHA-256. */
export function holdsSum(file: string, sha256: string): boolean {
  try {
    return (
      lstatSync(file).isFile() && createHash("sha256").update(readFileSync(file)).digest("hex") === sha256
    );
  } catch {
    return false;
  }
}
