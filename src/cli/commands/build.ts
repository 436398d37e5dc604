/** `sourcedeck build` and `sourcedeck report`: products into the folder of products. */
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { type BuildOptions, build, inspectLibrary, type Job, type Output, productName } from "../../build.ts";
import { firstDay } from "../../findings/days.ts";
import { noSuchWeek, weekBeforeStore } from "../../findings/messages.ts";
import { isoWeek, parsePeriod } from "../../findings/period.ts";
import type { Language, Product, Store } from "../../findings/store.ts";
import { distinctProblems, hasErrors, type Problem } from "../../problem.ts";
import { openConsole } from "../console.ts";
import { openDrawing } from "../drawing.ts";
import { exit } from "../exit.ts";
import * as messages from "../messages.ts";
import { writeOutputs } from "../outputs.ts";
import { version } from "../package.ts";
import { type CommonOptions, openLibrary, openStore } from "../workspace.ts";

export interface BuildCommandOptions extends CommonOptions {
  readonly out: string;
  readonly lang?: Language;
  readonly theme?: string;
  readonly date?: string;
  readonly draft?: boolean;
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

/** Builds the products that are made for a week, for the week given. */
export function runReport(week: string, options: BuildCommandOptions): Promise<number> {
  return run(options, (store) => {
    const period = parsePeriod(week);
    if (period?.kind !== "week") return { jobs: [], problems: [noSuchWeek(week)] };
    const first = firstDay(store);
    if (period.end < first) return { jobs: [], problems: [weekBeforeStore(week, isoWeek(first))] };
    const products = store.products.filter((product) => product.week !== undefined);
    return {
      jobs: jobsOf(products.map((product) => ({ ...product, week }))),
      problems: products.length === 0 ? [messages.noReport(productsFile(options))] : [],
    };
  });
}

interface Choice {
  readonly jobs: readonly Job[];
  readonly problems: readonly Problem[];
}

/** All products are made in memory first; when one of them has an error, none is written. */
async function run(options: BuildCommandOptions, choose: (store: Store) => Choice): Promise<number> {
  const start = performance.now();
  const console = openConsole(options.quiet ?? false);
  const [store, library] = await Promise.all([openStore(options), openLibrary(options)]);
  const opening = [...store.problems, ...library.problems];
  if (!store.value || !library.value) {
    console.problems(
      distinctProblems([...opening, ...(library.value ? inspectLibrary(library.value, library.own) : [])]),
    );
    return exit.problems;
  }
  const chosen = choose(store.value);
  const problems: Problem[] = [...opening, ...chosen.problems];
  const { lang } = options;
  const jobs = chosen.jobs.filter(({ language }) => lang === undefined || language === lang);
  if (jobs.length === 0 && chosen.problems.length === 0)
    problems.push(messages.nothingToBuild(productsFile(options), lang));
  const buildOptions: BuildOptions = {
    draft: options.draft ?? false,
    version,
    ...(options.date === undefined ? {} : { date: options.date }),
    ...(options.theme === undefined ? {} : { theme: options.theme }),
  };
  const draw = openDrawing();
  const made: { readonly name: string; readonly outputs: readonly Output[]; readonly seconds: number }[] = [];
  for (const [index, job] of jobs.entries()) {
    const name = productName(job, store.value);
    console.progress(`[${index + 1}/${jobs.length}] ${name}`);
    const begun = performance.now();
    const outcome = await build(job, store.value, library.value, draw, buildOptions);
    problems.push(...outcome.problems);
    if (outcome.value)
      made.push({ name, outputs: outcome.value, seconds: (performance.now() - begun) / 1000 });
  }
  if (!hasErrors(problems)) {
    const outputs = made.flatMap((product) => product.outputs);
    problems.push(...(await writeOutputs(options.out, outputs)));
  }
  console.problems(distinctProblems(problems));
  if (hasErrors(problems)) {
    console.say("Nothing was written.");
    return exit.problems;
  }
  for (const { outputs, seconds } of made) {
    for (const { path, bytes } of outputs)
      console.result(`${join(options.out, path)}  ${size(bytes.length)}`);
    console.say(`  built in ${seconds.toFixed(1)} s`);
  }
  console.say(`${made.length} products in ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return exit.done;
}

/** The file that names the products, as it is shown in messages. */
function productsFile({ data }: CommonOptions): string {
  return join(data, "sourcedeck.yaml");
}

function jobsOf(products: readonly Product[]): Job[] {
  return products.flatMap((product) => product.languages.map((language) => ({ product, language })));
}

function size(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} kB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
