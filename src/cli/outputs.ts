/** Products onto the disk: all of them or none, and never half a file. */
import { createHash } from "node:crypto";
import {
  copyFileSync,
  type Dirent,
  linkSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
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
export function writeOutputs(folder: string, outputs: readonly Output[]): Outcome<ReadonlySet<string>> {
  const all = outputs.map(({ path, bytes }): Target & { readonly path: string } => {
    const to = join(folder, path);
    const beside = `${to}.${process.pid}.${createHash("sha256").update(path).digest("hex").slice(0, 8)}`;
    return { path, to, bytes, part: `${beside}.part`, old: `${beside}.old` };
  });
  const refused = [...colliding(all), ...blocked(all)];
  if (refused.length > 0) return { value: undefined, problems: refused };
  const same = all.map(({ to, bytes }) => holds(to, bytes));
  const targets = all.filter((_, index) => !same[index]);
  const unchanged = new Set(all.flatMap(({ path }, index) => (same[index] ? [path] : [])));
  let at = folder;
  const trying = ({ to }: Target): void => {
    at = to;
  };
  try {
    writeParts(targets, trying);
    renameAll(targets, trying);
    return { value: unchanged, problems: [] };
  } catch (fault) {
    if (!isDiskFault(fault)) throw fault;
    const place = (["mkdir", "stat"].includes(fault.syscall) && fault.path) || at;
    return { value: undefined, problems: [messages.cannotWrite(place, fault)] };
  } finally {
    for (const { part } of targets) remove(part);
  }
}

/** What a process that was killed on the way leaves beside the place of a product. */
const leftover = /\.(\d+)\.[0-9a-f]{8}\.(?:part|old)$/;

/** Removes what processes that are no more have left beside products, in a folder and in those of its pages' pictures. */
export function removeLeftovers(folder: string): void {
  for (const entry of entriesOf(folder)) {
    const file = join(folder, entry.name);
    const [, pid] = leftover.exec(entry.name) ?? [];
    if (entry.isDirectory() && entry.name.endsWith(".files")) removeLeftovers(file);
    else if (entry.isFile() && pid !== undefined && !isAlive(Number(pid))) remove(file);
  }
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
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
function holds(file: string, bytes: Uint8Array): boolean {
  try {
    const status = lstatSync(file);
    return status.isFile() && status.size === bytes.length && readFileSync(file).equals(bytes);
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

function blocked(targets: readonly Target[]): Problem[] {
  return targets.flatMap(({ to }) => (isFolder(to) ? [messages.folderInTheWay(to)] : []));
}

function isFolder(path: string): boolean {
  try {
    return lstatSync(path).isDirectory();
  } catch {
    // What cannot be looked at is told when it cannot be written.
    return false;
  }
}

function writeParts(targets: readonly Target[], trying: (target: Target) => void): void {
  for (const target of targets) {
    trying(target);
    makeFolder(dirname(target.to));
    writeFileSync(target.part, target.bytes);
  }
}

function renameAll(targets: readonly Target[], trying: (target: Target) => void): void {
  const done: (() => void)[] = [];
  try {
    for (const target of targets) {
      trying(target);
      const { part, to, old } = target;
      const existed = keep(to, old);
      try {
        renameSync(part, to);
      } catch (fault) {
        remove(old);
        throw fault;
      }
      // Where even this fails, the old file is still to be found beside its place.
      done.push(() => (existed ? renameSync(old, to) : rmSync(to)));
    }
  } catch (fault) {
    for (const undo of done.reverse()) tried(undo);
    throw fault;
  }
  for (const { old } of targets) remove(old);
}

/** A second name for a file, or a copy on disks that have no second names; false when there is none. */
function keep(file: string, beside: string): boolean {
  try {
    linkSync(file, beside);
  } catch (fault) {
    if (isDiskFault(fault) && fault.code === "ENOENT") return false;
    copyFileSync(file, beside);
  }
  return true;
}

function remove(file: string): void {
  tried(() => unlinkSync(file));
}

/** What the disk refuses here stays as it is. */
function tried(act: () => void): void {
  try {
    act();
  } catch {
    // Nothing more can be done.
  }
}
