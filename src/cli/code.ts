/** Code of a workspace: helpers in JavaScript, loaded only where the command line allows it. */
import { readdirSync, realpathSync, statSync } from "node:fs";
import { basename, isAbsolute, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import type { HelperFile } from "../findings/store.ts";
import { type Outcome, order, type Problem } from "../problem.ts";
import type { Library, LibraryCode } from "../templates/library.ts";
import { whatWasThrown } from "../templates/messages.ts";
import { isDiskFault } from "./disk.ts";
import * as messages from "./messages.ts";
import { importFile } from "./plain-import.ts";
import type { CommonOptions } from "./workspace.ts";

/** Where helpers lie among a workspace's templates. */
export const codeFolder = "helpers";

/** Milliseconds after which a file that is still loading is given up. */
const patience = 5_000;

/** The library with the helpers that `sourcedeck.yaml` names; without a value when code may not run or cannot be loaded. */
export async function withCode(
  library: Library,
  files: readonly HelperFile[],
  { templates, allowCode = false }: Pick<CommonOptions, "templates" | "allowCode">,
): Promise<Outcome<Library>> {
  if (files.length === 0) return { value: library, problems: [] };
  const problems: Problem[] = [];
  const code: LibraryCode[] = [];
  for (const { path, at } of files) {
    const file = join(templates, path);
    if (!allowCode) problems.push(messages.codeNotAllowed(file, at));
    else {
      const loaded = await load(file, templates, at);
      problems.push(...loaded.problems);
      if (loaded.value) code.push(loaded.value);
    }
  }
  return { value: problems.length > 0 ? undefined : { ...library, code }, problems };
}

/** The library with helpers that do nothing, one for each file that may hold one: for reading templates without running code. */
export function withoutRunning(library: Library, { templates }: Pick<CommonOptions, "templates">): Library {
  const code = namesIn(join(templates, codeFolder))
    .filter((name) => name.endsWith(".mjs"))
    .sort(order)
    .map((name): LibraryCode => ({ name: basename(name, ".mjs"), file: name, run: () => "" }));
  return { ...library, code };
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

async function load(file: string, folder: string, at: HelperFile["at"]): Promise<Outcome<LibraryCode>> {
  const refused = (found: string): Outcome<LibraryCode> => ({
    value: undefined,
    problems: [messages.cannotLoad(file, found, at)],
  });
  let real: string;
  try {
    real = realpathSync(file);
    const inside = relative(realpathSync(folder), real);
    if (inside.startsWith("..") || isAbsolute(inside))
      return refused("a link that leads out of the folder of templates");
    if (!statSync(real).isFile()) return refused("no regular file");
  } catch (fault) {
    if (!isDiskFault(fault)) throw fault;
    return refused(messages.foundFor(fault));
  }
  try {
    const { default: given } = await inTime(importFile(pathToFileURL(real).href));
    const code = codeOf(given, basename(file, ".mjs"), file);
    return code
      ? { value: code, problems: [] }
      : { value: undefined, problems: [messages.noHelperIn(file, at)] };
  } catch (thrown) {
    return refused(whatWasThrown(thrown));
  }
}

/** A file may wait for ever for something that nothing else keeps the program alive for. */
async function inTime(
  loading: Promise<{ readonly default?: unknown }>,
): Promise<{ readonly default?: unknown }> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("it is still loading after five seconds")), patience);
  });
  return Promise.race([loading, late]).finally(() => clearTimeout(timer));
}

/** A function, called as its file is, or `{ name, does, example, run }`. */
function codeOf(given: unknown, fileName: string, file: string): LibraryCode | undefined {
  if (typeof given === "function") return { name: fileName, file, run: (...all) => given(...all) };
  if (typeof given !== "object" || given === null) return undefined;
  const { name = fileName, does, example, run } = given as Readonly<Record<string, unknown>>;
  if (typeof run !== "function" || typeof name !== "string" || !/^[A-Za-z][A-Za-z0-9-]*$/.test(name))
    return undefined;
  return {
    name,
    file,
    ...(typeof does === "string" ? { does } : {}),
    ...(typeof example === "string" ? { example } : {}),
    run: (...all) => run(...all),
  };
}
