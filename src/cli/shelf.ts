/**
 * A shelf: what was made before, in the files of a folder, by keys that say all that it was made of. Safe with several
 * processes at a time, bounded, and signed: what anyone else put there is not believed.
 */
import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import { lstatSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { order } from "../problem.ts";
import { checkOwnFolder, makeOwnFolder } from "./disk.ts";

export interface Shelf {
  /** What was put there under this key; nothing when nothing was, or when it is damaged. */
  get(key: string): Buffer | undefined;
  /** A disk that refuses is no fault: the thing is made again next time. */
  put(key: string, bytes: Uint8Array): void;
  /** How many files lie there; nothing when there has been no shelf. */
  count(): number | undefined;
  /** From now on there is a shelf, even if nothing lies on it. */
  begin(): void;
}

export interface ShelfOptions {
  /** Of the files' names. */
  readonly ending: string;
  readonly secret: Uint8Array;
  /** Bytes that the files may have together; the ones not used for longest go first. */
  readonly capacity: number;
}

const macLength = 32;

/**
 * @param folder is made when the first thing is put there
 * @param keys are SHA-256 sums, in hexadecimal digits
 */
export function openShelf(folder: string, { ending, secret, capacity }: ShelfOptions): Shelf {
  let size: number | undefined;
  const ours = new RegExp(`^[0-9a-f]{64}\\.${ending}(?:\\.|$)`);
  const fileOf = (key: string): string => join(folder, `${key}.${ending}`);
  const macOf = (key: string, body: Uint8Array): Buffer =>
    createHmac("sha256", secret).update(`${key}\n`).update(body).digest();

  /** All files, what a process that died left behind among them; nothing else is counted, or ever removed. */
  const names = (): string[] => readdirSync(folder).filter((name) => ours.test(name));

  const sizes = (): { file: string; bytes: number; used: number }[] =>
    names()
      .sort(order)
      .flatMap((name) => {
        const file = join(folder, name);
        // Another process may remove one meanwhile.
        const status = lstatSync(file, { throwIfNoEntry: false });
        return status ? [{ file, bytes: onDisk(status.size), used: status.mtimeMs }] : [];
      });

  /** Down to three quarters, so that it is not done for each thing. @returns the size that is left */
  const prune = (): number => {
    const all = sizes().sort((a, b) => a.used - b.used || order(a.file, b.file));
    let left = all.reduce((sum, { bytes }) => sum + bytes, 0);
    for (const { file, bytes } of all) {
      if (left <= (capacity * 3) / 4) break;
      rmSync(file, { force: true });
      left -= bytes;
    }
    return left;
  };

  return {
    get(key) {
      const file = fileOf(key);
      try {
        checkOwnFolder(folder);
        if (!lstatSync(file).isFile()) return undefined;
        const whole = readFileSync(file);
        const body = whole.subarray(macLength);
        if (!timingSafeEqual(whole.subarray(0, macLength), macOf(key, body))) return undefined;
        touch(file);
        return body;
      } catch {
        return undefined;
      }
    },
    put(key, bytes) {
      const beside = `${fileOf(key)}.${process.pid}.${randomUUID()}`;
      try {
        makeOwnFolder(folder);
        size ??= sizes().reduce((sum, { bytes: of }) => sum + of, 0);
        writeFileSync(beside, Buffer.concat([macOf(key, bytes), bytes]));
        renameSync(beside, fileOf(key));
        size += onDisk(macLength + bytes.length);
        if (size > capacity) size = prune();
      } catch {
        size = undefined;
        forget(beside);
      }
    },
    count() {
      try {
        return names().length;
      } catch {
        return undefined;
      }
    },
    begin() {
      try {
        makeOwnFolder(folder);
      } catch {
        // A disk that refuses is no fault.
      }
    },
  };
}

/** Disks give out whole blocks, so that many small files take more than what they hold. */
function onDisk(bytes: number): number {
  return Math.ceil(bytes / block) * block;
}

const block = 4096;

/** Notes that a file was used. */
function touch(file: string): void {
  try {
    const now = new Date();
    utimesSync(file, now, now);
  } catch {
    // It is only thrown away sooner.
  }
}

function forget(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // Where nothing could be written there is nothing to remove.
  }
}
