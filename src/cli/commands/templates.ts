/** `sourcedeck templates`: all that can be used in a template, listed or shown, and the guide to it. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { printable } from "../../excerpt.ts";
import { catalogue, type Entry } from "../catalogue.ts";
import { openConsole } from "../console.ts";
import { exit } from "../exit.ts";
import * as messages from "../messages.ts";
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
          entries.map(({ shown: _, ...listed }) => listed),
          null,
          2,
        ),
      );
    else for (const line of table(entries)) result(line);
    return exit.done;
  });
}

/** Prints what has the name: a file as it is, or the arguments and an example of what is built in. */
export async function runShow(name: string, options: TemplatesOptions): Promise<number> {
  return withEntries(options, (entries, { result, problems }) => {
    const found = entriesNamed(name, entries);
    if (found.length === 0)
      problems([
        messages.unknownTemplate(
          name,
          entries.flatMap((entry) => [entry.name, shortName(entry)]),
        ),
      ]);
    for (const { shown } of found) result(shown.replace(/\n$/, ""));
    return found.length === 0 ? exit.problems : exit.done;
  });
}

/** Prints the guide to templates. */
export async function runGuide(): Promise<number> {
  const text = await readFile(join(packageFolder, "templates", guideFile), "utf8");
  openConsole(true).result(text.replaceAll(/^<!-- (?:begin|end): .+ -->\n+/gm, "").trimEnd());
  return exit.done;
}

async function withEntries(
  options: TemplatesOptions,
  use: (entries: readonly Entry[], console: ReturnType<typeof openConsole>) => number,
): Promise<number> {
  const console = openConsole(options.quiet ?? false);
  const { value, problems, own, texts } = await openLibrary(options);
  console.problems(problems, texts);
  return value ? use(catalogue(value, own), console) : exit.problems;
}

/** By the whole name, a directive's without its colons, too; else by the last part. Several things may share a name. */
function entriesNamed(name: string, entries: readonly Entry[]): Entry[] {
  const whole = entries.filter((entry) => entry.name.replace(/^:+/, "") === name || entry.name === name);
  return whole.length > 0 ? whole : entries.filter((entry) => shortName(entry) === name);
}

/** `capex` of `charts/capex`, `kpi` of `:::kpi`. */
function shortName({ name }: Entry): string {
  return name.split(/[/:]/).at(-1) ?? name;
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
