/**
 * A shelf: what was made before, in the files of a folder, by keys that say all that it was made of. Safe with several
 * processes at a time, bounded, and signed: what anyone else put there is not believed.
 */
import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import {
  lstatSync,
  opendirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { order } from "../problem.ts";
import { checkOwnFolder, makeOwnFolder } from "./disk.ts";

export interface Shelf {
  /** What was put there under this key; nothing when nothing was, or when it is damaged. */
  get(key: string): Buffer | undefined;
  /** A disk that refuses is no fault: the thing is made again next time. */
  put(key: string, bytes: Uint8Array): void;
  /** Whether nothing lies there; nothing when there has been no shelf. */
  isEmpty(): boolean | undefined;
  /** From now on there is a shelf, even if nothing lies on it. */
  begin(): void;
}

export interface ShelfOptions {
  /** Of the files' names. */
  readonly ending: string;
  readonly secret: Uint8Array;
  /**
   * Bytes that the files may have together, the ones not used for longest going first. Each of several processes may put an
   * eighth of it there beside that before anyone measures.
   */
  readonly capacity: number;
}

/**
 * A shelf is measured when the key of what is put there begins so, which is once in 64 times: to look at each file takes
 * longer than most builds. Keys are sums, and come as dice would throw them.
 */
const measuredAt = /^[0-3]0/;
/** Parts of a shelf: what one process may put there without measuring, and what is left when room was made. */
const [unmeasured, roomy] = [1 / 8, 3 / 4];

const macLength = 32;

/**
 * @param folder is made when the first thing is put there
 * @param keys are SHA-256 sums, in hexadecimal digits
 */
export function openShelf(folder: string, { ending, secret, capacity }: ShelfOptions): Shelf {
  /** Bytes put there since it was measured. */
  let since = 0;
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
        // Another process may remove one meanwhile. What is no file is none of ours, whatever it is called.
        const status = lstatSync(file, { throwIfNoEntry: false });
        return status?.isFile() ? [{ file, bytes: onDisk(status.size), used: status.mtimeMs }] : [];
      });

  /** Makes room where there is none for what a process may put there without measuring. */
  const prune = (): void => {
    const all = sizes().sort((a, b) => a.used - b.used || order(a.file, b.file));
    let left = all.reduce((sum, { bytes }) => sum + bytes, 0);
    if (left <= capacity * (1 - unmeasured)) return;
    for (const { file, bytes } of all) {
      if (left <= capacity * roomy) break;
      forget(file);
      left -= bytes;
    }
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
        writeFileSync(beside, Buffer.concat([macOf(key, bytes), bytes]));
        renameSync(beside, fileOf(key));
        since += onDisk(macLength + bytes.length);
        if (since <= capacity * unmeasured && !measuredAt.test(key)) return;
        since = 0;
        prune();
      } catch {
        forget(beside);
      }
    },
    isEmpty() {
      try {
        const entries = opendirSync(folder);
        try {
          for (let entry = entries.readSync(); entry; entry = entries.readSync())
            if (ours.test(entry.name)) return false;
          return true;
        } finally {
          entries.closeSync();
        }
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
