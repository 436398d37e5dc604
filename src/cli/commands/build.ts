/** `sourcedeck build` and `sourcedeck report`: products into the folder of products. */
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { type BuildOptions, build, type Job, type Output, productName } from "../../build.ts";
import { isoWeek, parsePeriod } from "../../findings/period.ts";
import type { Language, Product, Store } from "../../findings/store.ts";
import { hasErrors, type Problem } from "../../problem.ts";
import { exit, openConsole } from "../console.ts";
import { openDrawing } from "../drawing.ts";
import { writeOutputs } from "../files.ts";
import * as messages from "../messages.ts";
import { type CommonOptions, openLibrary, openStore, version } from "../workspace.ts";

export interface BuildCommandOptions extends CommonOptions {
  readonly out: string;
  readonly lang?: Language;
  readonly theme?: string;
  readonly date?: string;
  readonly draft?: boolean;
}

export function runBuild(names: readonly string[], options: BuildCommandOptions): Promise<number> {
  return run(options, (store) => {
    const known = store.products.map((product) => product.name);
    const unknown = names.filter((name) => !known.includes(name));
    return {
      products: store.products.filter((product) => names.length === 0 || names.includes(product.name)),
      problems: unknown.map((name) => messages.unknownProduct(name, known)),
    };
  });
}

/** Builds the products that are made for a week, for the week given. */
export function runReport(week: string, options: BuildCommandOptions): Promise<number> {
  return run(options, (store) => {
    const period = parsePeriod(week);
    if (period?.kind !== "week") return { products: [], problems: [messages.noSuchWeek(week)] };
    const first = [...store.findings.values()].map(({ recorded }) => recorded).sort()[0] ?? period.end;
    if (period.end < first)
      return { products: [], problems: [messages.weekBeforeStore(week, isoWeek(first))] };
    const products = store.products.filter((product) => product.week !== undefined);
    return {
      products: products.map((product) => ({ ...product, week })),
      problems: products.length === 0 ? [messages.noReport()] : [],
    };
  });
}

interface Choice {
  readonly products: readonly Product[];
  readonly problems: readonly Problem[];
}

/** All products are made in memory first; when one of them has an error, none is written. */
async function run(options: BuildCommandOptions, choose: (store: Store) => Choice): Promise<number> {
  const start = performance.now();
  const console = openConsole(options.quiet ?? false);
  const [store, library] = await Promise.all([openStore(options), openLibrary(options)]);
  const opening = [...store.problems, ...library.problems];
  if (!store.value || !library.value) {
    console.problems(opening);
    return exit.problems;
  }
  const { products, problems: refused } = choose(store.value);
  const problems: Problem[] = [...opening, ...refused];
  const jobs = products.flatMap((product) =>
    languagesOf(product, options).map((language): Job => ({ product, language })),
  );
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
  const distinct = [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
  if (hasErrors(distinct)) {
    console.problems(distinct);
    console.say("Nothing was written.");
    return exit.problems;
  }
  await writeOutputs(
    options.out,
    made.flatMap(({ outputs }) => outputs),
  );
  console.problems(distinct);
  for (const { outputs, seconds } of made) {
    for (const { path, bytes } of outputs)
      console.result(`${join(options.out, path)}  ${size(bytes.length)}`);
    console.say(`  built in ${seconds.toFixed(1)} s`);
  }
  console.say(`${made.length} products in ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return exit.done;
}

function languagesOf(product: Product, { lang }: BuildCommandOptions): readonly Language[] {
  return lang === undefined ? product.languages : product.languages.filter((language) => language === lang);
}

function size(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} kB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
