/** What is in the way of files that are never written over. */
import { lstatSync } from "node:fs";
import { dirname, isAbsolute, join, relative } from "node:path";
import type { Problem } from "../problem.ts";
import { realPath } from "./files.ts";
import * as messages from "./messages.ts";

/**
 * Files of a folder that are there already, told together, or else folders in it that are links out of it.
 * @param hint what to do about the files
 */
export function inTheWay(root: string, paths: readonly string[], hint: string): Problem[] {
  const real = realPath(root);
  if (real === undefined) return [];
  const outside: Problem[] = [];
  for (const folder of new Set(paths.flatMap(foldersAbove))) {
    const target = realPath(join(root, folder)) ?? real;
    const way = relative(real, target);
    if (way.startsWith("..") || isAbsolute(way)) outside.push(messages.leadsOutside(join(root, folder)));
  }
  if (outside.length > 0) return outside;
  const found = paths.filter((path) => isThere(join(root, path)));
  return found.length > 0 ? [messages.alreadyThere(root, found, hint)] : [];
}

/** Whatever it is, and be it a link that leads nowhere. */
function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}

/** `a` and `a/b` of `a/b/c`. */
function foldersAbove(path: string): string[] {
  const above = dirname(path);
  return above === "." ? [] : [...foldersAbove(above), above];
}
