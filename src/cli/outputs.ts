/** Products onto the disk: all of them or none, and never half a file. */
import { createHash } from "node:crypto";
import { copyFile, link, lstat, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Output } from "../build.ts";
import type { Outcome, Problem } from "../problem.ts";
import { isDiskFault, makeFolder } from "./disk.ts";
import * as messages from "./messages.ts";

interface Target {
  readonly to: string;
  readonly bytes: Uint8Array;
  /** The new file and the one that it replaces, beside it until all are in place. */
  readonly part: string;
  readonly old: string;
}

/**
 * Writes all files beside their places first and then renames them, so that a reader never sees half a product. When
 * something is in the way, or a rename fails on the way, everything is as it was before. A file that holds the same
 * bytes already is left alone.
 * @returns paths of the files that were left alone
 */
export async function writeOutputs(
  folder: string,
  outputs: readonly Output[],
): Promise<Outcome<ReadonlySet<string>>> {
  const all = outputs.map(({ path, bytes }): Target & { readonly path: string } => {
    const to = join(folder, path);
    const beside = `${to}.${process.pid}.${createHash("sha256").update(path).digest("hex").slice(0, 8)}`;
    return { path, to, bytes, part: `${beside}.part`, old: `${beside}.old` };
  });
  const refused = [...colliding(all), ...(await blocked(all))];
  if (refused.length > 0) return { value: undefined, problems: refused };
  const same = await Promise.all(all.map(({ to, bytes }) => holds(to, bytes)));
  const targets = all.filter((_, index) => !same[index]);
  const unchanged = new Set(all.flatMap(({ path }, index) => (same[index] ? [path] : [])));
  let at = folder;
  const trying = ({ to }: Target): void => {
    at = to;
  };
  try {
    await writeParts(targets, trying);
    await renameAll(targets, trying);
    return { value: unchanged, problems: [] };
  } catch (fault) {
    if (!isDiskFault(fault)) throw fault;
    const place = (["mkdir", "stat"].includes(fault.syscall) && fault.path) || at;
    return { value: undefined, problems: [messages.cannotWrite(place, fault)] };
  } finally {
    for (const { part } of targets) await rm(part, { force: true }).catch(ignore);
  }
}

/** What a process that was killed on the way leaves beside the place of a product. */
const leftover = /\.(\d+)\.[0-9a-f]{8}\.(?:part|old)$/;

/** Removes what processes that are no more have left beside products, in a folder and in those of its pages' pictures. */
export async function removeLeftovers(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    const file = join(folder, entry.name);
    const [, pid] = leftover.exec(entry.name) ?? [];
    if (entry.isDirectory() && entry.name.endsWith(".files")) await removeLeftovers(file);
    else if (entry.isFile() && pid !== undefined && !isAlive(Number(pid))) await rm(file).catch(ignore);
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (fault) {
    // Another user's process may not be asked, but is there.
    return isDiskFault(fault) && fault.code === "EPERM";
  }
}

/** Whether a file, which must be no link, holds these bytes. */
async function holds(file: string, bytes: Uint8Array): Promise<boolean> {
  try {
    const { size, isFile } = await lstat(file).then((status) => ({
      size: status.size,
      isFile: status.isFile(),
    }));
    return isFile && size === bytes.length && (await readFile(file)).equals(bytes);
  } catch {
    // There is none, or none that can be read: it is written.
    return false;
  }
}

/** Paths that are one file where capitals do not count. */
function colliding(targets: readonly Target[]): Problem[] {
  const firsts = new Map<string, string>();
  return targets.flatMap(({ to }) => {
    const key = to.normalize("NFC").toLowerCase();
    const first = firsts.get(key);
    firsts.set(key, first ?? to);
    return first === undefined ? [] : [messages.collidingOutputs(to, first)];
  });
}

async function blocked(targets: readonly Target[]): Promise<Problem[]> {
  const statuses = await Promise.all(targets.map(({ to }) => lstat(to).catch(() => undefined)));
  return targets.flatMap(({ to }, index) =>
    statuses[index]?.isDirectory() ? [messages.folderInTheWay(to)] : [],
  );
}

async function writeParts(targets: readonly Target[], trying: (target: Target) => void): Promise<void> {
  for (const target of targets) {
    trying(target);
    makeFolder(dirname(target.to));
    await writeFile(target.part, target.bytes);
  }
}

async function renameAll(targets: readonly Target[], trying: (target: Target) => void): Promise<void> {
  const done: (() => Promise<void>)[] = [];
  try {
    for (const target of targets) {
      trying(target);
      const { part, to, old } = target;
      const existed = await keep(to, old);
      // Where even this fails, the old file is still to be found beside its place.
      const undo = () => (existed ? rename(old, to) : rm(to)).catch(ignore);
      await rename(part, to).catch(async (fault) => {
        await rm(old, { force: true }).catch(ignore);
        throw fault;
      });
      done.push(undo);
    }
  } catch (fault) {
    for (const undo of done.reverse()) await undo();
    throw fault;
  }
  for (const { old } of targets) await rm(old, { force: true }).catch(ignore);
}

/** A second name for a file, or a copy on disks that have no second names; false when there is none. */
async function keep(file: string, beside: string): Promise<boolean> {
  try {
    await link(file, beside);
  } catch (fault) {
    if (isDiskFault(fault) && fault.code === "ENOENT") return false;
    await copyFile(file, beside);
  }
  return true;
}

const ignore = (): void => {};
