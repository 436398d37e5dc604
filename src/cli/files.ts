/** The disk: folders read within bounds, products written whole or not at all. */
import { createHash } from "node:crypto";
import { lstat, mkdir, readdir, readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import type { Output } from "../build.ts";
import { type Outcome, order, type Problem } from "../problem.ts";
import * as messages from "./messages.ts";

/** No workspace of ours has more files, or a larger one. */
const mostFiles = 10_000;
const largestFile = 64 * 1024 * 1024;

/**
 * Reads every text file below a folder whose name ends in one of the endings, by its path with `/` between folders.
 * Links that lead out of the folder are refused; hidden files are passed over.
 */
export async function readFolder(
  folder: string,
  endings: readonly string[],
): Promise<Outcome<ReadonlyMap<string, string>>> {
  const problems: Problem[] = [];
  const files = new Map<string, string>();
  const root = await realpath(folder).catch(() => undefined);
  if (root === undefined) return { value: undefined, problems: [messages.noFolder(folder)] };
  const names = (await readdir(root, { recursive: true })).sort(order);
  for (const name of names) {
    const path = name.split(sep).join("/");
    if (path.split("/").some((part) => part.startsWith("."))) continue;
    if (!endings.some((ending) => path.endsWith(ending))) continue;
    const full = join(root, name);
    const real = await realpath(full).catch(() => undefined);
    if (real === undefined || relative(root, real).startsWith("..")) {
      problems.push(messages.leadsOutside(join(folder, name)));
      continue;
    }
    const { size } = await stat(real);
    if ((await lstat(real)).isDirectory()) continue;
    if (size > largestFile) problems.push(messages.tooLarge(join(folder, name), size, largestFile));
    else if (files.size >= mostFiles)
      return { value: undefined, problems: [messages.tooManyFiles(folder, mostFiles)] };
    else files.set(path, await readFile(real, "utf8"));
  }
  return { value: files, problems };
}

/** Writes all files beside their places first and then renames them, so that a reader never sees half a product. */
export async function writeOutputs(folder: string, outputs: readonly Output[]): Promise<void> {
  const pending: { readonly from: string; readonly to: string }[] = [];
  try {
    for (const { path, bytes } of outputs) {
      const to = join(folder, path);
      await mkdir(dirname(to), { recursive: true });
      const from = `${to}.${process.pid}.${createHash("sha256").update(path).digest("hex").slice(0, 8)}.part`;
      pending.push({ from, to });
      await writeFile(from, bytes);
    }
    for (const { from, to } of pending) await rename(from, to);
  } finally {
    for (const { from } of pending) await rm(from, { force: true });
  }
}
