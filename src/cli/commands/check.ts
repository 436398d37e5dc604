/** `sourcedeck check`: everything that is wrong with data and templates, without building. */

import { inspect, inspectLibrary } from "../../build.ts";
import { type Coverage, checkSources, checkWritten } from "../../evidence/citations.ts";
import type { CheckResult, Evidence } from "../../evidence/evidence.ts";
import { failedChecks, unsettled } from "../../evidence/gate.ts";
import { judge } from "../../evidence/judge.ts";
import { unusedFindings } from "../../evidence/usage.ts";
import type { Store } from "../../findings/store.ts";
import { distinctProblems, hasErrors, type Outcome, type Problem, sortProblems } from "../../problem.ts";
import type { Library } from "../../templates/library.ts";
import { withCode, withoutRunning } from "../code.ts";
import { openConsole } from "../console.ts";
import { coverageTable } from "../coverage.ts";
import { exit } from "../exit.ts";
import { readFolder } from "../files.ts";
import { version } from "../package.ts";
import { type CommonOptions, openLibrary, openStore, textsIn } from "../workspace.ts";

export interface CheckOptions extends CommonOptions {
  readonly json?: boolean;
  /** Folder of the sources' texts. */
  readonly sources?: string;
  /** Names the findings that no product shows, rather than counting them. */
  readonly unused?: boolean;
  /** ISO date as of which the store is seen. */
  readonly asOf?: string;
}

export async function runCheck(options: CheckOptions): Promise<number> {
  const console = openConsole(options.quiet ?? false);
  const [store, library] = await Promise.all([openStore(options), openLibrary(options)]);
  // A workspace that was just begun is not wrong.
  const begun = store.problems.find(({ code }) => code === "empty-store");
  const problems = [...store.problems.filter((problem) => problem !== begun), ...library.problems];
  const texts = new Map([...store.texts, ...library.texts]);
  let evidence: Evidence | undefined;
  let unused: readonly string[] = [];
  if (store.value) {
    const { value, problems: judged } = judge(store.value, asOf(options));
    evidence = value;
    problems.push(...judged, ...unsettled(value.conflicts), ...failedChecks(value.checks));
    problems.push(...checkWritten(store.value));
  }
  const templates =
    store.value && library.value && (await withCode(library.value, store.value.helpers, options));
  problems.push(...(templates?.problems ?? []));
  if (store.value && templates?.value) {
    const shown = inspectAll(store.value, templates.value, asOf(options));
    problems.push(...shown.problems);
    unused = unusedFindings(evidence?.store ?? store.value, shown.value ?? new Set());
  } else if (library.value)
    problems.push(...inspectLibrary(await withoutRunning(library.value, options), library.own));
  let coverage: readonly Coverage[] | undefined;
  if (options.sources !== undefined) {
    const sources = await readFolder(options.sources, [".txt"]);
    problems.push(...sources.problems);
    if (store.value && sources.value) {
      for (const [file, text] of textsIn(options.sources, sources.value)) texts.set(file, text);
      const held = checkSources(store.value, sources.value, options.sources);
      problems.push(...held.problems);
      coverage = held.coverage;
    }
  }
  const told = sortProblems(distinctProblems(problems));
  if (options.json)
    console.result(
      JSON.stringify({ problems: told, coverage, checks: evidence?.checks.map(listed), unused }, null, 2),
    );
  else {
    console.problems(told, texts);
    if (begun) console.say(begunStore(begun));
    for (const row of coverageTable(coverage ?? [])) console.say(row);
    if (evidence) console.say(summary(evidence));
    if (options.unused) for (const id of unused) console.result(id);
    if (unused.length > 0) console.say(`${unused.length} findings that no product shows`);
    if (store.value)
      console.say(`${store.value.findings.size} findings from ${store.value.sources.size} sources`);
  }
  return hasErrors(problems) ? exit.problems : exit.done;
}

function asOf({ asOf: day }: CheckOptions): { asOf?: string } {
  return day === undefined ? {} : { asOf: day };
}

/** What the gate says of each page is told once, of the data. */
const toldOfData: ReadonlySet<string> = new Set(["conflict", "failed-check"]);

/** Each product in each of its languages, short of laying it out. */
function inspectAll(store: Store, library: Library, day: { asOf?: string }): Outcome<ReadonlySet<string>> {
  const used = new Set<string>();
  const problems: Problem[] = [];
  for (const product of store.products)
    for (const language of product.languages) {
      const shown = inspect({ product, language }, store, library, { draft: false, version, ...day });
      problems.push(...shown.problems.filter(({ code }) => !toldOfData.has(code)));
      for (const id of shown.value ?? []) used.add(id);
    }
  return { value: used, problems };
}

function begunStore({ hint }: Problem): string {
  return `The store holds no finding yet: ${hint === undefined ? "" : `${hint}, then `}add one to findings/.`;
}

function summary({ checks }: Evidence): string {
  const failed = checks.filter(({ passed }) => !passed);
  const ruled = failed.filter(({ ruling }) => ruling !== undefined);
  return `${checks.length} checks, ${failed.length} failed, ${ruled.length} of them ruled`;
}

/** A check as data, without what only pages need. */
function listed({ equation: _, ruling, ...rest }: CheckResult): object {
  return { ...rest, ...(ruling ? { ruling: ruling.id } : {}) };
}
