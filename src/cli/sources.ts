/** The texts of the sources, which citations are held to, where `sourcedeck.yaml` names their folder. */
import { readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import type { TextFolder } from "../findings/store.ts";
import type { Outcome } from "../problem.ts";
import { isDiskFault } from "./disk.ts";
import { readFolder, realPath } from "./files.ts";
import * as messages from "./messages.ts";

/** Texts of sources by the names of their files. */
export type SourceTexts = ReadonlyMap<string, string>;

/** The texts below a folder. */
export function readSources(folder: string): Outcome<SourceTexts> {
  return readFolder(folder, [".txt"]);
}

/** The texts below the folder that a workspace names, which may not lead out of it. */
export function openSources({ path, at }: TextFolder, data: string): Outcome<SourceTexts> {
  const folder = sourcesIn(data, path);
  const [root, real] = [join(data, ".."), folder].map(realPath);
  if (root === undefined || real === undefined)
    return { value: undefined, problems: [messages.noSources(folder, "nothing there", at)] };
  if (relative(root, real).startsWith(".."))
    return { value: undefined, problems: [messages.noSources(folder, "a link out of the workspace", at)] };
  return readSources(folder);
}

/** The folder of texts as it is found from where the command runs. */
export function sourcesIn(data: string, path: string): string {
  return relative(process.cwd(), join(resolve(data), "..", path)) || ".";
}

/**
 * What is likely to be the folder of texts of a workspace that was not read yet: whoever relies on it asks afterwards
 * whether it was.
 */
export function likelySources(data: string): string | undefined {
  try {
    const text = readFileSync(join(data, "sourcedeck.yaml"), "utf8");
    const path = /^sources:[ \t]*(?<quote>["']?)(?<path>[^"'#\n]+?)\k<quote>[ \t\r]*(?:#.*)?$/m.exec(text)
      ?.groups?.path;
    return path === undefined ? undefined : sourcesIn(data, path);
  } catch (fault) {
    if (!isDiskFault(fault)) throw fault;
    return undefined;
  }
}
