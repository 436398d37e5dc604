/** `sourcedeck templates`: all that can be used in a template, listed or shown, and the guide to it. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { printable } from "../../excerpt.ts";
import type { Outcome, Problem } from "../../problem.ts";
import { catalogue, type Entry } from "../catalogue.ts";
import { codeFolder } from "../code.ts";
import { openConsole } from "../console.ts";
import { exit } from "../exit.ts";
import { readFolder } from "../files.ts";
import { inTheWay } from "../in-the-way.ts";
import * as messages from "../messages.ts";
import { writeOutputs } from "../outputs.ts";
import { packageFolder } from "../package.ts";
import { guideFile, openLibrary } from "../workspace.ts";

export interface TemplatesOptions {
  readonly templates: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export async function runTemplates(options: TemplatesOptions): Promise<number> {
  return withEntries(options, (entries, { result }) => {
    if (options.json)
      result(
        JSON.stringify(
          entries.map(({ shown: _, under: __, ...listed }) => listed),
          null,
          2,
        ),
      );
    else for (const line of table(entries)) result(line);
    return exit.done;
  });
}

export interface ShowOptions extends TemplatesOptions {
  /** The shipped file, whatever stands over it. */
  readonly shipped?: boolean;
}

/** Prints what has the name: a file as it is, or the arguments and an example of what is built in. */
export async function runShow(name: string, options: ShowOptions): Promise<number> {
  return withEntries(options, (entries, { result, problems }) => {
    const found = entriesNamed(name, entries);
    const faults = found.flatMap((entry) => showFault(entry, options));
    if (found.length === 0) faults.push(messages.unknownTemplate(name, "show", namesOf(entries)));
    problems(faults);
    if (faults.length > 0) return exit.problems;
    for (const { shown, under } of found)
      result(((options.shipped ? under : undefined) ?? shown).replace(/\n$/, ""));
    return exit.done;
  });
}

/** An empty file is most often what a shell has made of `show … > file`, before anything was shown. */
function showFault({ name, path, origin, shown, under }: Entry, options: ShowOptions): Problem[] {
  const file = join(options.templates, path ?? "");
  if (options.shipped) return origin === "own" ? [messages.notShipped(name, file)] : [];
  return under !== undefined && shown.trim() === "" ? [messages.emptyOverShipped(file, name)] : [];
}

/** Copies shipped files into the folder of templates, all or none; nothing there is written over. */
export async function runCopy(names: readonly string[], options: TemplatesOptions): Promise<number> {
  return withEntries(options, async (entries, { result, problems }) => {
    const chosen = names.map((name) => shippedFile(name, entries, options));
    const outputs = new Map(
      chosen.flatMap(({ value: { path, shown, under } = {} }) =>
        path === undefined ? [] : [[path, under ?? shown ?? ""] as const],
      ),
    );
    const faults = chosen.flatMap((one) => one.problems);
    if (faults.length === 0)
      faults.push(
        ...inTheWay(
          options.templates,
          [...outputs.keys()],
          "edit what is there, or remove it first; `sourcedeck templates show … --shipped` prints what is shipped",
        ),
      );
    const written =
      faults.length > 0
        ? { problems: faults }
        : writeOutputs(
            options.templates,
            [...outputs].map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) })),
          );
    problems(written.problems);
    if (written.problems.length > 0) return exit.problems;
    for (const path of outputs.keys()) result(join(options.templates, path));
    return exit.done;
  });
}

/** The one shipped file that has the name; that a helper has it, too, does not matter. */
function shippedFile(
  name: string,
  entries: readonly Entry[],
  { templates }: TemplatesOptions,
): Outcome<Entry> {
  const refused = (problem: Problem): Outcome<Entry> => ({ value: undefined, problems: [problem] });
  const files = entriesNamed(
    name,
    entries.filter(({ path }) => path !== undefined),
  );
  const shipped = files.filter(({ origin }) => origin !== "own");
  const names = shipped.map((entry) => entry.name);
  const [[first], [own], [other]] = [shipped, files, entriesNamed(name, entries)];
  if (names.length > 1) return refused(messages.severalToCopy(name, names));
  if (first) return { value: first, problems: [] };
  if (own) return refused(messages.notShipped(name, join(templates, own.path ?? "")));
  if (other) return refused(messages.nothingToCopy(name, other.kind));
  return refused(messages.unknownTemplate(name, "copy", namesOf(entries)));
}

/** Prints the guide to templates. */
export async function runGuide(): Promise<number> {
  const text = await readFile(join(packageFolder, "templates", guideFile), "utf8");
  openConsole(true).result(text.replaceAll(/^<!-- (?:begin|end): .+ -->\n+/gm, "").trimEnd());
  return exit.done;
}

async function withEntries(
  options: TemplatesOptions,
  use: (entries: readonly Entry[], console: ReturnType<typeof openConsole>) => number | Promise<number>,
): Promise<number> {
  const console = openConsole(options.quiet ?? false);
  const { value, problems, own, texts } = openLibrary(options);
  console.problems(problems, texts);
  if (!value) return exit.problems;
  return use(catalogue(value, own, codeIn(options)), console);
}

/** Texts of the files that hold helpers in JavaScript, by their paths within the templates. */
function codeIn({ templates }: TemplatesOptions): ReadonlyMap<string, string> {
  const folder = join(templates, codeFolder);
  if (!existsSync(folder)) return new Map();
  const { value } = readFolder(folder, [".mjs"]);
  return new Map([...(value ?? [])].map(([path, text]) => [`${codeFolder}/${path}`, text]));
}

/**
 * By the whole name, a directive's without its colons, too; else by its end: `capex` and `week/tiles.en` are the chart and
 * the partial. Several things may share a name.
 */
function entriesNamed(name: string, entries: readonly Entry[]): Entry[] {
  const whole = entries.filter((entry) => entry.name.replace(/^:+/, "") === name || entry.name === name);
  return whole.length > 0 ? whole : entries.filter((entry) => entry.name.endsWith(`/${name}`));
}

/** All that things can be called by: `capex` of `charts/capex`, `kpi` of `:::kpi`. */
function namesOf(entries: readonly Entry[]): string[] {
  return entries.flatMap(({ name }) => {
    const steps = name.replace(/^:+/, "").split("/");
    return [name, ...steps.map((_, index) => steps.slice(index).join("/"))];
  });
}

function table(entries: readonly Entry[]): string[] {
  const rows = entries.map(({ kind, name, origin, does }) => [kind, name, origin, does].map(printable));
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
