/** What the disk allows: its faults, and folders made with care. */
import { mkdirSync, statSync } from "node:fs";
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
