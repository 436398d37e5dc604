/** `sourcedeck build`: products into the folder of products. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { BuildOptions, Draw, Job, Output } from "../../build.ts";
import type { Language, Product, Store } from "../../findings/store.ts";
import { distinctProblems, hasErrors } from "../../problem.ts";
import type { Library } from "../../templates/library.ts";
import type { Param } from "../../templates/params.ts";
import { type Console, openConsole, problemLines } from "../console.ts";
import { exit } from "../exit.ts";
import { openMemory } from "../made.ts";
import * as messages from "../messages.ts";
import { removeLeftovers, writeOutputs } from "../outputs.ts";
import { version } from "../package.ts";
import { withParams } from "../params.ts";
import type { Leave } from "../recall.ts";
import { likelySources } from "../sources.ts";
import { watchFolders } from "../watch.ts";
import { type Choice, type Made, secondsSince, Workshop } from "../workshop.ts";
import type { CommonOptions } from "../workspace.ts";

export interface BuildCommandOptions extends CommonOptions {
  readonly out: string;
  readonly lang?: Language;
  readonly theme?: string;
  readonly date?: string;
  /** ISO dates. */
  readonly asOf?: string;
  readonly since?: string;
  readonly draft?: boolean;
  /** False draws every chart anew. */
  readonly cache?: boolean;
  readonly watch?: boolean;
  /** What the templates are made for. */
  readonly param?: readonly Param[];
}

/** @param names `briefing` for a product in all of its languages, `briefing.zh` for one of them; none for all products */
export function runBuild(
  names: readonly string[],
  options: BuildCommandOptions,
  extras: Extras,
): Promise<number> {
  return run(options, extras, (store, library) => {
    const jobs = jobsOf(store.products);
    const known = store.products.map((product) => product.name);
    const unknown = names.filter((name) => !jobs.some((job) => isCalled(job, name)));
    const wanted = jobs.filter((job) => names.length === 0 || names.some((name) => isCalled(job, name)));
    const choice = withParams(wanted, library, options.param ?? [], names.length > 0);
    const problems = unknown.map((name) => messages.unknownProduct(name, known));
    return { ...choice, problems: [...problems, ...choice.problems] };
  });
}

function isCalled({ product, language }: Job, name: string): boolean {
  return name === product.name || name === `${product.name}.${language}`;
}

export interface Extras {
  readonly draw: Draw;
  /** What is written with the products, made of all of them. */
  readonly besides?: (made: readonly Made[]) => Promise<readonly Output[]>;
  readonly leave?: Leave | undefined;
}

/**
 * Builds what is chosen. All products are made in memory first; when one of them has an error, none is written. With
 * `watch`, goes on with every change until it is interrupted.
 */
export async function run(
  options: BuildCommandOptions,
  extras: Extras,
  choose: (store: Store, library: Library) => Choice,
): Promise<number> {
  const console = openConsole(options.quiet ?? false);
  const buildOptions = { draft: options.draft ?? false, version, ...given(options) };
  // What code of a workspace made may be of anything: it is made again.
  const memory = options.cache === false || options.allowCode ? undefined : openMemory();
  const workshop = new Workshop(options, buildOptions, extras.draw, memory);
  const once = (): Promise<number> =>
    round(workshop, options, (store, library) => wanted(choose(store, library), options), extras, console);
  if (!options.watch) return once();

  // Watched from before the first build on, so that nothing that is saved meanwhile is missed.
  const sources = likelySources(options.data);
  const folders = [options.data, options.templates, ...(sources === undefined ? [] : [sources])];
  const watching = watchFolders(folders, (fault) =>
    console.say(`Some changes may go unseen: ${fault.message}`),
  );
  process.once("SIGINT", () => watching.end());
  await once();
  const more = sources === undefined ? "" : `, and the texts in ${sources}`;
  console.say(`Watching ${options.data} and ${options.templates}${more}. Ctrl+C ends it.`);
  for (let files = await watching.next(); files; files = await watching.next()) {
    console.say(`\nChanged: ${files.join(", ")}`);
    workshop.forget(files);
    await once();
  }
  return exit.done;
}

/** What is chosen, in the language that is asked for. */
function wanted(chosen: Choice, options: BuildCommandOptions): Choice {
  const { lang } = options;
  const jobs = chosen.jobs.filter(({ language }) => lang === undefined || language === lang);
  const isNothing = jobs.length === 0 && chosen.problems.length === 0;
  const problems = isNothing ? [messages.nothingToBuild(productsFile(options), lang)] : chosen.problems;
  return { ...chosen, jobs, problems };
}

async function round(
  workshop: Workshop,
  options: BuildCommandOptions,
  choose: (store: Store, library: Library) => Choice,
  { besides, leave }: Extras,
  console: Console,
): Promise<number> {
  const start = process.hrtime.bigint();
  const came = await workshop.make(choose, (name, index, of) =>
    console.progress(`[${index + 1}/${of}] ${name}`),
  );
  const problems = [...came.problems];
  const more = besides && !hasErrors(came.problems) ? await besides(came.made) : [];
  let unchanged: ReadonlySet<string> = new Set();
  if (!hasErrors(came.problems)) {
    removeLeftovers(options.out);
    const written = writeOutputs(options.out, [...came.made.flatMap(({ outputs }) => outputs), ...more]);
    problems.push(...written.problems);
    unchanged = written.value ?? unchanged;
  }
  const lines = problemLines(distinctProblems(problems), came.texts);
  console.shown(lines);
  if (hasErrors(problems)) {
    console.say("Nothing was written.");
    return exit.problems;
  }
  const tell = ({ path, bytes }: Output): void =>
    console.result(lineOf(path, bytes, unchanged.has(path), options));
  // One that was made in an earlier round may be written only now: that round had an error, or someone removed its files.
  const news = came.made.filter(
    ({ isOld, outputs }) => !isOld || outputs.some(({ path }) => !unchanged.has(path)),
  );
  for (const { name, outputs, seconds, isOld } of news) {
    outputs.forEach(tell);
    if (!isOld) console.say(`  ${name} built in ${seconds.toFixed(1)} s`);
  }
  more.forEach(tell);
  for (const remark of came.remarks) console.say(remark);
  const untouched = came.made.length - news.length;
  const rest = untouched > 0 ? `, ${untouched} untouched` : "";
  console.say(`${count(news.length, "product")} in ${secondsSince(start).toFixed(1)} s${rest}`);
  const written = [...came.made.flatMap(({ outputs }) => outputs), ...more];
  leave?.({
    outputs: written.map(({ path, bytes }) => ({ path: join(options.out, path), sha256: sha256(bytes) })),
    problems: lines,
    results: written.map(({ path, bytes }) => lineOf(path, bytes, true, options)),
    said: [
      ...came.remarks,
      `${count(came.made.length, "product")}, nothing changed since ${came.made.length === 1 ? "it was" : "they were"} built`,
    ],
    read: came.sources,
  });
  return exit.done;
}

function lineOf(path: string, bytes: Uint8Array, isOld: boolean, { out }: BuildCommandOptions): string {
  return `${join(out, path)}  ${size(bytes.length)}${isOld ? "  unchanged" : ""}`;
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** Only what was given, so that defaults stay with the build. */
function given({ date, theme, asOf, since }: BuildCommandOptions): Partial<BuildOptions> {
  return Object.fromEntries(
    Object.entries({ date, theme, asOf, since }).filter(([, value]) => value !== undefined),
  );
}

/** The file that names the products, as it is shown in messages. */
export function productsFile({ data }: CommonOptions): string {
  return join(data, "sourcedeck.yaml");
}

export function jobsOf(products: readonly Product[]): Job[] {
  return products.flatMap((product) => product.languages.map((language) => ({ product, language })));
}

function size(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} kB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
