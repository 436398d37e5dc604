/** The workspace: the folders a command works on, read into memory. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { readStore } from "../findings/read.ts";
import type { Store } from "../findings/store.ts";
import type { Outcome, Problem } from "../problem.ts";
import type { Library, LibraryFile } from "../templates/library.ts";
import { readFolder } from "./files.ts";

/** Options that every command takes. */
export interface CommonOptions {
  readonly data: string;
  readonly templates: string;
  readonly quiet?: boolean;
}

/** The folder of the installed package, two levels above this file. */
export const packageFolder = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

export const version: string = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8")).version;

export async function openStore({ data }: CommonOptions): Promise<Outcome<Store>> {
  const files = await readFolder(data, [".yaml", ".yml", ".json", ".csv"]);
  if (!files.value) return { value: undefined, problems: files.problems };
  const store = readStore(files.value, shown(data));
  return {
    value: files.problems.length > 0 ? undefined : store.value,
    problems: [...files.problems, ...store.problems],
  };
}

/** The workspace's templates laid over the shipped ones, file by file. */
export async function openLibrary({ templates }: CommonOptions): Promise<Outcome<Library>> {
  const shipped = join(packageFolder, "templates");
  const folders = [...new Set([shipped, resolve(templates)])].filter(
    (folder) => folder !== shipped || existsSync(folder),
  );
  const problems: Problem[] = [];
  const files = new Map<string, LibraryFile>();
  for (const folder of folders) {
    const read = await readFolder(folder, [".hbs", ".json", ".yaml"]);
    problems.push(...read.problems);
    for (const [path, text] of read.value ?? []) files.set(path, { file: join(shown(folder), path), text });
  }
  return { value: problems.length > 0 ? undefined : { files }, problems };
}

/** A folder as it is named in messages: relative to where the command runs when it lies there. */
function shown(folder: string): string {
  const path = relative(process.cwd(), folder);
  return path === "" ? "." : path.startsWith("..") ? folder : path;
}
