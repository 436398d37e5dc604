/** A folder of text files, read into memory within bounds. */
import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { extname, join, relative } from "node:path";
import { type Outcome, order, type Problem } from "../problem.ts";
import { isDiskFault } from "./disk.ts";
import * as messages from "./messages.ts";
import { decodeText } from "./text.ts";

/** No workspace of ours has more files, or a larger one. */
const mostFiles = 10_000;
const largestFile = 64 * 1024 * 1024;
/** All files together. */
const largestFolder = 64 * 1024 * 1024;

export interface Folder extends Outcome<ReadonlyMap<string, string>> {
  /** The paths of files that are there and could not be read. */
  readonly unread: readonly string[];
}

/**
 * Reads every text file below a folder whose name ends in one of the endings, by its path with `/` between folders.
 * Links to folders, and links that lead nowhere or out of the folder, are refused; hidden files are passed over.
 */
export function readFolder(folder: string, endings: readonly string[]): Folder {
  const refused = (problem: Problem): Folder => ({ value: undefined, problems: [problem], unread: [] });
  const problems: Problem[] = [];
  const unread: string[] = [];
  const files = new Map<string, string>();
  const isWanted = (name: string): boolean => endings.some((ending) => name.endsWith(ending));
  const root = realPath(folder);
  if (root === undefined || !statSync(root).isDirectory())
    return refused(messages.noFolder(folder, root === undefined ? "nothing" : "a file"));

  const folders = [""];
  let seen = 0;
  let characters = 0;
  for (const path of folders) {
    const entries = tried(join(folder, path), problems, (full) => readdirSync(full, { withFileTypes: true }));
    seen += entries?.length ?? 0;
    if (seen > mostFiles) return refused(messages.tooManyFiles(folder, mostFiles));
    for (const entry of entries?.sort((a, b) => order(a.name, b.name)) ?? []) {
      if (entry.name.startsWith(".")) continue;
      const inner = path === "" ? entry.name : `${path}/${entry.name}`;
      const full = join(folder, inner);
      const bad = entry.isSymbolicLink() ? badLink(full, root, isWanted(inner)) : undefined;
      if (bad) problems.push(bad);
      else if (entry.isDirectory()) folders.push(inner);
      if (entry.isDirectory() || !isWanted(inner)) continue;
      const text = bad ? undefined : tried(full, problems, readText);
      problems.push(...(text?.problems ?? []));
      characters += text?.value?.length ?? 0;
      if (characters > largestFolder) return refused(messages.folderTooLarge(folder, largestFolder));
      if (text?.value === undefined) unread.push(inner);
      else files.set(inner, text.value);
    }
  }
  return { value: files, problems, unread };
}

/** Where a path leads to, through links; nothing where that cannot be told. */
export function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch (fault) {
    if (!isDiskFault(fault)) throw fault;
    return undefined;
  }
}

/** Does something with a file; a fault of the disk becomes a problem. */
function tried<T>(file: string, problems: Problem[], act: (file: string) => T): T | undefined {
  try {
    return act(file);
  } catch (fault) {
    if (!isDiskFault(fault)) throw fault;
    problems.push(messages.cannotRead(file, fault));
    return undefined;
  }
}

/** A text within bounds; throws a `DiskFault`. Pipes and devices are never opened: reading them might not end. */
export function readText(file: string): Outcome<string> {
  const status = statSync(file);
  if (!status.isFile()) return { value: undefined, problems: [messages.notAFile(file)] };
  if (status.size > largestFile)
    return { value: undefined, problems: [messages.tooLarge(file, status.size, largestFile)] };
  return decodeText(file, readFileSync(file));
}

/** What is wrong with a link: one that is not wanted may lead to any file, but not stand for a folder. */
function badLink(link: string, root: string, isWanted: boolean): Problem | undefined {
  try {
    const real = realpathSync(link);
    const isFolder = statSync(real).isDirectory();
    if (!isFolder && !isWanted) return undefined;
    if (relative(root, real).startsWith("..")) return messages.leadsOutside(link);
    return isFolder ? messages.linkedFolder(link) : undefined;
  } catch (fault) {
    if (!isDiskFault(fault)) throw fault;
    return isWanted || extname(link) === "" ? messages.deadLink(link, fault) : undefined;
  }
}
