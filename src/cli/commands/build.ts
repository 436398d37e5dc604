/** `sourcedeck build`: products into the folder of products. */
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import type { BuildOptions, Job, Output } from "../../build.ts";
import type { Language, Product, Store } from "../../findings/store.ts";
import { distinctProblems, hasErrors } from "../../problem.ts";
import { openChartCache } from "../chart-cache.ts";
import { type Console, openConsole } from "../console.ts";
import { openDrawing, pictureVersions } from "../drawing.ts";
import { exit } from "../exit.ts";
import * as messages from "../messages.ts";
import { writeOutputs } from "../outputs.ts";
import { version } from "../package.ts";
import { watchFolders } from "../watch.ts";
import { type Choice, isSound, type Made, Workshop } from "../workshop.ts";
import { type CommonOptions, chartFolder } from "../workspace.ts";

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
}

/** @param names `briefing` for a product in all of its languages, `briefing.zh` for one of them; none for all products */
export function runBuild(names: readonly string[], options: BuildCommandOptions): Promise<number> {
  return run(options, (store) => {
    const jobs = jobsOf(store.products);
    const known = store.products.map((product) => product.name);
    const unknown = names.filter((name) => !jobs.some((job) => isCalled(job, name)));
    return {
      jobs: jobs.filter((job) => names.length === 0 || names.some((name) => isCalled(job, name))),
      problems: unknown.map((name) => messages.unknownProduct(name, known)),
    };
  });
}

function isCalled({ product, language }: Job, name: string): boolean {
  return name === product.name || name === `${product.name}.${language}`;
}

/**
 * Builds what is chosen. All products are made in memory first; when one of them has an error, none is written. With
 * `watch`, goes on with every change until it is interrupted.
 * @param besides what is written with the products, made of all of them
 */
export async function run(
  options: BuildCommandOptions,
  choose: (store: Store) => Choice,
  besides: (made: readonly Made[]) => readonly Output[] = () => [],
): Promise<number> {
  const console = openConsole(options.quiet ?? false);
  const buildOptions = { draft: options.draft ?? false, version, ...given(options) };
  const kept = options.cache === false ? undefined : openChartCache(chartFolder, pictureVersions());
  const workshop = new Workshop(options, buildOptions, openDrawing(kept));
  const once = (): Promise<number> =>
    round(workshop, options, (store) => wanted(choose(store), options), besides, console);
  if (!options.watch) return once();

  // Watched from before the first build on, so that nothing that is saved meanwhile is missed.
  const watching = watchFolders([options.data, options.templates], (fault) =>
    console.say(`Some changes may go unseen: ${fault.message}`),
  );
  process.once("SIGINT", () => watching.end());
  await once();
  console.say(`Watching ${options.data} and ${options.templates}. Ctrl+C ends it.`);
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
  choose: (store: Store) => Choice,
  besides: (made: readonly Made[]) => readonly Output[],
  console: Console,
): Promise<number> {
  const start = performance.now();
  const came = await workshop.make(choose, (name, index, of) =>
    console.progress(`[${index + 1}/${of}] ${name}`),
  );
  const problems = [...came.problems];
  const more = isSound(came) ? besides(came.made) : [];
  let unchanged: ReadonlySet<string> = new Set();
  if (isSound(came)) {
    const written = await writeOutputs(options.out, [
      ...came.made.flatMap(({ outputs }) => outputs),
      ...more,
    ]);
    problems.push(...written.problems);
    unchanged = written.value ?? unchanged;
  }
  console.problems(distinctProblems(problems), came.texts);
  if (hasErrors(problems)) {
    console.say("Nothing was written.");
    return exit.problems;
  }
  const tell = ({ path, bytes }: Output): void => {
    const note = unchanged.has(path) ? "  unchanged" : "";
    console.result(`${join(options.out, path)}  ${size(bytes.length)}${note}`);
  };
  const fresh = came.made.filter(({ isOld }) => !isOld);
  for (const { outputs, seconds } of fresh) {
    outputs.forEach(tell);
    console.say(`  built in ${seconds.toFixed(1)} s`);
  }
  more.forEach(tell);
  for (const remark of came.remarks) console.say(remark);
  const untouched = came.made.length - fresh.length;
  const rest = untouched > 0 ? `, ${untouched} untouched` : "";
  console.say(
    `${count(fresh.length, "product")} in ${((performance.now() - start) / 1000).toFixed(1)} s${rest}`,
  );
  return exit.done;
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
