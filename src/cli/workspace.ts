/** The workspace: the folders a command works on, read into memory. */
import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { checkCitations } from "../evidence/citations.ts";
import { readStore } from "../findings/read.ts";
import type { Store } from "../findings/store.ts";
import type { Memory } from "../memory.ts";
import type { Outcome, Problem } from "../problem.ts";
import type { Library, LibraryFile, LibraryPicture } from "../templates/library.ts";
import type { Texts } from "./console.ts";
import { readFolder } from "./files.ts";
import { packageFolder, starterFolder } from "./package.ts";
import { readPicture } from "./pictures.ts";
import { openSources, sourcesIn } from "./sources.ts";

/** Options that every command takes. */
export interface CommonOptions {
  readonly data: string;
  readonly templates: string;
  readonly quiet?: boolean;
  /** Code that the workspace brings may run. */
  readonly allowCode?: boolean;
}

export interface OpenStore extends Outcome<Store> {
  readonly texts: Texts;
  /** The folder whose texts the citations were held to. */
  readonly sources?: string;
}

/** @param memory of files that were read before */
export function openStore({ data }: CommonOptions, memory?: Memory): OpenStore {
  const files = readFolder(data, [".yaml", ".yml", ".json", ".csv"]);
  if (!files.value) return { value: undefined, problems: files.problems, texts: new Map() };
  const store = readStore(files.value, shown(data), files.unread, memory);
  const folder = store.value?.textFolder;
  const sources = folder && openSources(folder, data);
  const held = store.value && sources?.value ? checkCitations(store.value, sources.value) : [];
  return {
    value: files.problems.length > 0 ? undefined : store.value,
    problems: [...files.problems, ...store.problems, ...(sources?.problems ?? []), ...held],
    texts: textsIn(shown(data), files.value),
    ...(folder && { sources: sourcesIn(data, folder.path) }),
  };
}

/** @param folder as problems name it */
export function textsIn(folder: string, files: ReadonlyMap<string, string>): Texts {
  return new Map([...files].map(([path, text]) => [`${folder}/${path}`, text]));
}

/** Where a workspace has its own templates, if it has any. */
const ownTemplates = "templates";

export interface OpenLibrary extends Outcome<Library> {
  /** Paths of the files that are the workspace's own. */
  readonly own: ReadonlySet<string>;
  readonly texts: Texts;
}

/** The guide to templates, which lies among the shipped ones. */
export const guideFile = "README.md";

/** The workspace's templates laid over the shipped ones, file by file. */
export function openLibrary({ templates }: Pick<CommonOptions, "templates">): OpenLibrary {
  const shipped = join(packageFolder, "templates");
  const own = templates !== ownTemplates || existsSync(templates) ? [resolve(templates)] : [];
  const folders = [...new Set([shipped, ...own])];
  const problems: Problem[] = [];
  const files = new Map<string, LibraryFile>();
  const under = new Map<string, LibraryFile>();
  const owned = new Set<string>();
  for (const folder of folders) {
    const read = readFolder(shown(folder), [".hbs", ".json", ".yaml"]);
    problems.push(...read.problems);
    for (const [path, text] of read.value ?? []) {
      if (folder === shipped && path.startsWith(`${starterFolder}/`)) continue;
      const below = files.get(path);
      if (below) under.set(path, below);
      files.set(path, { file: join(shown(folder), path), text });
      if (own.includes(folder)) owned.add(path);
    }
  }
  const texts = new Map([...files.values()].map(({ file, text }) => [file, text]));
  // The workspace's own pictures stand before the shipped ones, as its texts do.
  const picture = (path: string): LibraryPicture => readPicture(folders.toReversed(), path);
  return { value: problems.length > 0 ? undefined : { files, under, picture }, problems, own: owned, texts };
}

/** A folder as it is named in messages: relative to where the command runs when it lies there. */
export function shown(folder: string): string {
  const path = relative(process.cwd(), folder);
  return path === "" ? "." : path.startsWith("..") ? folder : path;
}
