/** What is in the way of files that are never written over. */
import { lstat, realpath } from "node:fs/promises";
import { dirname, isAbsolute, join, relative } from "node:path";
import type { Problem } from "../problem.ts";
import * as messages from "./messages.ts";

/**
 * Files of a folder that are there already, told together, or else folders in it that are links out of it.
 * @param hint what to do about the files
 */
export async function inTheWay(root: string, paths: readonly string[], hint: string): Promise<Problem[]> {
  const real = await realpath(root).catch(() => undefined);
  if (real === undefined) return [];
  const outside: Problem[] = [];
  for (const folder of new Set(paths.flatMap(foldersAbove))) {
    const target = await realpath(join(root, folder)).catch(() => real);
    const way = relative(real, target);
    if (way.startsWith("..") || isAbsolute(way)) outside.push(messages.leadsOutside(join(root, folder)));
  }
  if (outside.length > 0) return outside;
  const there = await Promise.all(
    paths.map((path) =>
      lstat(join(root, path)).then(
        () => true,
        () => false,
      ),
    ),
  );
  const found = paths.filter((_, index) => there[index]);
  return found.length > 0 ? [messages.alreadyThere(root, found, hint)] : [];
}

/** `a` and `a/b` of `a/b/c`. */
function foldersAbove(path: string): string[] {
  const above = dirname(path);
  return above === "." ? [] : [...foldersAbove(above), above];
}
