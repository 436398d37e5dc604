/** `sourcedeck build`: products into the folder of products. */
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { type BuildOptions, build, inspectLibrary, type Job, type Output, productName } from "../../build.ts";
import type { Language, Product, Store } from "../../findings/store.ts";
import { distinctProblems, hasErrors, type Problem } from "../../problem.ts";
import { withCode, withoutRunning } from "../code.ts";
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
  /** ISO dates. */
  readonly asOf?: string;
  readonly since?: string;
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

export interface Choice {
  readonly jobs: readonly Job[];
  readonly problems: readonly Problem[];
  /** Lines for people about what is built. */
  readonly remarks?: readonly string[];
}

/** A product that was made, not yet written. */
export interface Made {
  readonly name: string;
  readonly job: Job;
  readonly outputs: readonly Output[];
  readonly seconds: number;
}

/**
 * Builds what is chosen. All products are made in memory first; when one of them has an error, none is written.
 * @param besides what is written with the products, made of all of them
 */
export async function run(
  options: BuildCommandOptions,
  choose: (store: Store) => Choice,
  besides: (made: readonly Made[]) => readonly Output[] = () => [],
): Promise<number> {
  const start = performance.now();
  const console = openConsole(options.quiet ?? false);
  const [store, library] = await Promise.all([openStore(options), openLibrary(options)]);
  const opening = [...store.problems, ...library.problems];
  const texts = new Map([...store.texts, ...library.texts]);
  if (!store.value || !library.value) {
    const templates = library.value && (await withoutRunning(library.value, options));
    console.problems(
      distinctProblems([...opening, ...(templates ? inspectLibrary(templates, library.own) : [])]),
      texts,
    );
    return exit.problems;
  }
  const templates = await withCode(library.value, store.value.helpers, options);
  if (!templates.value) {
    console.problems([...opening, ...templates.problems], texts);
    console.say("Nothing was written.");
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
    ...given(options),
  };
  const draw = openDrawing();
  const made: Made[] = [];
  for (const [index, job] of jobs.entries()) {
    const name = productName(job, store.value, options.asOf);
    console.progress(`[${index + 1}/${jobs.length}] ${name}`);
    const begun = performance.now();
    const outcome = await build(job, store.value, templates.value, draw, buildOptions);
    problems.push(...outcome.problems);
    if (outcome.value)
      made.push({ name, job, outputs: outcome.value, seconds: (performance.now() - begun) / 1000 });
  }
  const more = hasErrors(problems) ? [] : besides(made);
  let unchanged: ReadonlySet<string> = new Set();
  if (!hasErrors(problems)) {
    const written = await writeOutputs(options.out, [...made.flatMap(({ outputs }) => outputs), ...more]);
    problems.push(...written.problems);
    unchanged = written.value ?? unchanged;
  }
  console.problems(distinctProblems(problems), texts);
  if (hasErrors(problems)) {
    console.say("Nothing was written.");
    return exit.problems;
  }
  const tell = ({ path, bytes }: Output): void => {
    const note = unchanged.has(path) ? "  unchanged" : "";
    console.result(`${join(options.out, path)}  ${size(bytes.length)}${note}`);
  };
  for (const { outputs, seconds } of made) {
    outputs.forEach(tell);
    console.say(`  built in ${seconds.toFixed(1)} s`);
  }
  more.forEach(tell);
  for (const remark of chosen.remarks ?? []) console.say(remark);
  console.say(`${made.length} products in ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return exit.done;
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
