/** `sourcedeck check`: everything that is wrong with data and templates, without building. */

import { inspectLibrary } from "../../build.ts";
import { type Coverage, checkSources, checkWritten } from "../../evidence/citations.ts";
import type { CheckResult, Evidence } from "../../evidence/evidence.ts";
import { failedChecks } from "../../evidence/gate.ts";
import { unusedFindings } from "../../evidence/usage.ts";
import { readJobs } from "../../findings/jobs.ts";
import { jobsFile } from "../../findings/read.ts";
import type { Store } from "../../findings/store.ts";
import type { Memory } from "../../memory.ts";
import { distinctProblems, hasErrors, type Outcome, type Problem, sortProblems } from "../../problem.ts";
import type { Library } from "../../templates/library.ts";
import { view } from "../../view.ts";
import { jobsIn } from "../batch/matrix.ts";
import { withCode, withoutRunning } from "../code.ts";
import { openConsole, problemLines, type Texts } from "../console.ts";
import { coverageTable } from "../coverage.ts";
import { exit } from "../exit.ts";
import { openInspection } from "../inspected.ts";
import { openMemory } from "../made.ts";
import { version } from "../package.ts";
import { type Leave, tell } from "../recall.ts";
import { readSources } from "../sources.ts";
import { type CommonOptions, openLibrary, openStore, shown, textsIn } from "../workspace.ts";

export interface CheckOptions extends CommonOptions {
  readonly json?: boolean;
  /** Folder of the sources' texts; the one that `sourcedeck.yaml` names unless given. */
  readonly sources?: string;
  /** False remembers nothing. */
  readonly cache?: boolean;
  /** Names the findings that no product shows, rather than counting them. */
  readonly unused?: boolean;
  /** ISO date as of which the store is seen. */
  readonly asOf?: string;
}

export async function runCheck(options: CheckOptions, leave?: Leave): Promise<number> {
  const console = openConsole(options.quiet ?? false);
  const memory = options.cache === false || options.allowCode ? undefined : openMemory();
  const store = openStore(options, memory);
  const library = openLibrary(options);
  // A workspace that was just begun is not wrong.
  const begun = store.problems.find(({ code }) => code === "empty-store");
  const problems = [...store.problems.filter((problem) => problem !== begun), ...library.problems];
  const texts = new Map([...store.texts, ...library.texts]);
  let evidence: Evidence | undefined;
  let unused: readonly string[] = [];
  if (store.value) {
    const seen = view(store.value, { asOf: options.asOf, withhold: false, memory });
    evidence = seen.evidence;
    problems.push(...seen.problems, ...failedChecks(evidence.checks));
    problems.push(...checkWritten(without(store.value, evidence.store)));
  }
  const templates =
    store.value && library.value && (await withCode(library.value, store.value.helpers, options));
  problems.push(...(templates?.problems ?? []));
  if (store.value && templates?.value) {
    const inspected = inspectAll(store.value, store.texts, templates.value, asOf(options), memory);
    problems.push(...inspected.problems, ...problemsOfJobs(options, store.value, templates.value, texts));
    if (inspected.value) unused = unusedFindings(evidence?.store ?? store.value, inspected.value);
  } else if (library.value)
    problems.push(...inspectLibrary(withoutRunning(library.value, options), library.own));
  let coverage: readonly Coverage[] | undefined;
  const folder = options.sources ?? store.sources;
  if (folder !== undefined) {
    const sources = readSources(folder);
    problems.push(...(options.sources === undefined ? [] : sources.problems));
    if (store.value && sources.value) {
      for (const [file, text] of textsIn(folder, sources.value)) texts.set(file, text);
      const held = checkSources(store.value, sources.value, folder);
      problems.push(...held.problems);
      coverage = held.coverage;
    }
  }
  const told = sortProblems(distinctProblems(problems));
  const results: string[] = [];
  const said: string[] = [];
  if (options.json)
    results.push(
      JSON.stringify({ problems: told, coverage, checks: evidence?.checks.map(listed), unused }, null, 2),
    );
  else {
    if (begun) said.push(begunStore(begun));
    said.push(...coverageTable(coverage ?? []));
    if (evidence) said.push(summary(evidence));
    if (options.unused) results.push(...unused);
    if (unused.length > 0) said.push(`${unused.length} findings that no product shows`);
    if (store.value)
      said.push(`${store.value.findings.size} findings from ${store.value.sources.size} sources`);
  }
  const answer = {
    outputs: [],
    problems: options.json ? "" : problemLines(told, texts),
    results,
    said,
    read: store.sources,
  };
  tell(answer, console);
  if (hasErrors(problems)) return exit.problems;
  leave?.(answer);
  return exit.done;
}

/** Findings and rates that are seen no more, or not yet: what they quote is held to the same. */
function without(store: Store, { findings, rates }: Store): Store {
  return {
    ...store,
    findings: new Map([...store.findings].filter(([id]) => !findings.has(id))),
    rates: store.rates.filter(({ id }) => !rates.some((rate) => rate.id === id)),
  };
}

function asOf({ asOf: day }: CheckOptions): { asOf?: string } {
  return day === undefined ? {} : { asOf: day };
}

/** What is wrong with the file of jobs, if there is one: what it names, and not what would be built. */
function problemsOfJobs(
  { data }: CheckOptions,
  store: Store,
  library: Library,
  texts: Texts,
): readonly Problem[] {
  const file = `${shown(data)}/${jobsFile}`;
  const text = texts.get(file);
  if (text === undefined) return [];
  const rows = readJobs(file, text, store);
  return [...rows.problems, ...(rows.value ? jobsIn(rows.value, store, library).problems : [])];
}

/** What the gate says of each page is told once, of the data. */
const toldOfData: ReadonlySet<string> = new Set(["conflict", "failed-check"]);

/** Each product in each of its languages, short of laying it out. Without a value what they show is not known. */
function inspectAll(
  store: Store,
  data: Texts,
  library: Library,
  day: { asOf?: string },
  memory: Memory | undefined,
): Outcome<ReadonlySet<string>> {
  const used = new Set<string>();
  let isWhole = true;
  const problems: Problem[] = [];
  const inspect = openInspection(store, data, library, memory);
  for (const product of store.products)
    for (const language of product.languages) {
      const found = inspect({ product, language }, { draft: false, version, ...day });
      problems.push(...found.problems.filter(({ code }) => !toldOfData.has(code)));
      isWhole &&= found.value !== undefined;
      for (const id of found.value ?? []) used.add(id);
    }
  return { value: isWhole ? used : undefined, problems };
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
