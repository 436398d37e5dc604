/**
 * The way of the data, phase by phase:
 *
 *     data/                      templates/
 *       | read                       |
 *       v                            |
 *     Store --judge--> Evidence --+--fill--> Markdown --parse--> Document --+--layOut--> Slides --write--> --settle--> *.pptx
 *                                 |                                |        |               ^
 *                                 +---------- prepare charts ------+--gate  +--writeMarkdown|-------------------------> *.md
 *                                                    |                                      |
 *                                                    +--size--> draw ------> pictures ------+
 *
 * Values in, products and problems out; disk, clock, environment and console are the caller's.
 */
import type { DrawnChart } from "./charts/draw.ts";
import { type PreparedChart, prepareChart, type SizedChart, sizeChart } from "./charts/spec.ts";
import type { Evidence } from "./evidence/evidence.ts";
import type { Figure } from "./evidence/figure.ts";
import { gate, type Shown } from "./evidence/gate.ts";
import { judge } from "./evidence/judge.ts";
import { isoWeek, parsePeriod } from "./findings/period.ts";
import type { Language, Product, Store } from "./findings/store.ts";
import { parseFile } from "./findings/yaml.ts";
import type { SourcedDocument } from "./model/document.ts";
import { type Theme, themeSchema } from "./model/theme.ts";
import { figuresIn, walkDocument } from "./model/walk.ts";
import { didYouMean, error, hasErrors, type Outcome, type Place, type Problem } from "./problem.ts";
import { fill, fillText } from "./templates/engine.ts";
import type { Library } from "./templates/library.ts";
import type { FillOptions } from "./templates/parameters.ts";
import { parse } from "./templates/parse.ts";
import { writeMarkdown } from "./writers/markdown.ts";
import { formatTrace, type TraceEntry, traceDeck, tracePage } from "./writers/trace.ts";

/** A file to be written, by its path within the folder of products. */
export interface Output {
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface BuildOptions {
  readonly draft: boolean;
  /** ISO date of the document; the day of the latest finding unless given. */
  readonly date?: string;
  /** Theme by name, in place of the product's own. */
  readonly theme?: string;
  /** Version of Sourcedeck, noted in the trace. */
  readonly version: string;
}

/** Draws charts that have been sized; given by the caller, because fonts live on a disk. */
export type Draw = (charts: readonly SizedChart[]) => Promise<Outcome<ReadonlyMap<string, DrawnChart>>>;

/** One product in one language, as it was asked for. */
export interface Job {
  readonly product: Product;
  readonly language: Language;
}

/** `weekly-2025-W32.en`; the ISO week stands in the name of products that are made for one. */
export function productName({ product, language }: Job, store: Store): string {
  const week = weekOf(product, store);
  return `${product.name}${week === undefined ? "" : `-${week}`}.${language}`;
}

function weekOf(product: Product, store: Store): string | undefined {
  return product.week === "latest" ? isoWeek(latestDay(store)) : product.week;
}

function latestDay(store: Store): string {
  let latest = "1970-01-01";
  for (const finding of store.findings.values()) if (finding.recorded > latest) latest = finding.recorded;
  return latest;
}

/** Builds one product in one language. Without a value nothing of it may be written. */
export async function build(
  job: Job,
  store: Store,
  library: Library,
  draw: Draw,
  options: BuildOptions,
): Promise<Outcome<readonly Output[]>> {
  const { product, language } = job;
  const problems: Problem[] = [];
  const name = productName(job, store);
  const week = weekOf(product, store);
  const weekEnd = week === undefined ? undefined : parsePeriod(week)?.end;

  // Judge: what may be said, as seen at the end of the product's week.
  const judged = judge(store, weekEnd === undefined ? {} : { asOf: weekEnd });
  problems.push(...judged.problems);
  const evidence = judged.value;
  const date = options.date ?? latestDay(evidence.store);

  // Fill and parse: the template becomes a document in which every number is a figure.
  const fillOptions: FillOptions = {
    language,
    date,
    draft: options.draft,
    ...(week === undefined ? {} : { week }),
  };
  const filled = fill(library, `${product.template}.${language}`, evidence, fillOptions);
  problems.push(...filled.problems);
  const parsed = filled.value && parse(filled.value);
  problems.push(...(parsed?.problems ?? []));
  const themeName = options.theme ?? product.theme ?? filled.value?.theme ?? "default";
  const theme = readTheme(library, themeName, product.at);
  problems.push(...theme.problems);
  const document = parsed?.value;
  if (!document || !theme.value) return failed(problems);

  // Prepare the charts and pass the gate before anything is laid out: these problems do not depend on any box.
  const charts = prepareCharts(document, library, evidence, fillOptions, problems);
  problems.push(...gate(shownIn(document, charts), evidence, { date, ...staleLimit(document) }));
  const settled = options.draft ? problems.map(excused) : problems;
  if (hasErrors(settled)) return failed(settled);

  const made =
    product.writer === "pptx"
      ? await makeDeck(name, document, theme.value, evidence, charts, draw)
      : await makePage(name, document, theme.value, evidence, charts, draw);
  const all = [...settled, ...made.problems];
  if (!made.value || hasErrors(all)) return failed(all);
  const trace = { product: name, language, date, sourcedeck: options.version, entries: made.value.trace };
  return {
    value: [...made.value.outputs, { path: `${name}.trace.json`, bytes: utf8(formatTrace(trace)) }],
    problems: all,
  };
}

interface Made {
  readonly outputs: readonly Output[];
  readonly trace: readonly TraceEntry[];
}

async function makeDeck(
  name: string,
  document: SourcedDocument,
  theme: Theme,
  evidence: Evidence,
  charts: ReadonlyMap<string, PreparedChart>,
  draw: Draw,
): Promise<Outcome<Made>> {
  const [{ layOut, chartRequests }, { writePptx }, { settle }, { lint }] = await Promise.all([
    import("./writers/slides/layout.ts"),
    import("./writers/pptx.ts"),
    import("./writers/package/settle.ts"),
    import("./writers/package/lint.ts"),
  ]);
  // Lay out: only now is it known how large each chart is.
  const chartFigures = new Map([...charts].map(([chart, { figures }]) => [chart, figures]));
  const laid = layOut(document, theme, evidence.store, chartFigures);
  if (!laid.value || hasErrors(laid.problems)) return { value: undefined, problems: laid.problems };
  const deck = laid.value;

  // Draw each chart once for each box it stands in.
  const sized = new Map<string, SizedChart>();
  const keys = new Map<string, string>();
  for (const request of chartRequests(deck)) {
    const chart = charts.get(request.name);
    if (!chart) continue;
    const one = sizeChart(chart, request, theme, document.language);
    sized.set(one.key, one);
    keys.set(request.key, one.key);
  }
  const drawn = await draw([...sized.values()]);
  const problems = [...laid.problems, ...drawn.problems];
  if (!drawn.value || hasErrors(problems)) return { value: undefined, problems };

  // Write, settle, lint: nothing leaves that PowerPoint would want to repair.
  const pictures = new Map<string, Uint8Array>();
  const texts = new Map<string, readonly string[]>();
  for (const [box, key] of keys) {
    const chart = drawn.value.get(key);
    if (!chart) continue;
    pictures.set(box, chart.png);
    texts.set(box, chart.texts);
  }
  const written = await writePptx(deck, pictures);
  const finished = written.value && settle(written.value, deck);
  problems.push(...written.problems, ...(finished?.problems ?? []));
  if (!finished?.value || hasErrors(problems)) return { value: undefined, problems };
  const path = `${name}.pptx`;
  problems.push(...lint(finished.value, path));
  return {
    value: { outputs: [{ path, bytes: finished.value }], trace: traceDeck(deck, texts, evidence.store) },
    problems,
  };
}

/** Inches; as wide as a page of text on a Git host or in a mail. */
const pictureOnPage = { width: 9, height: 4.5 };

async function makePage(
  name: string,
  document: SourcedDocument,
  theme: Theme,
  evidence: Evidence,
  charts: ReadonlyMap<string, PreparedChart>,
  draw: Draw,
): Promise<Outcome<Made>> {
  const sized = [...charts].map(
    ([chart, prepared]) => [chart, sizeChart(prepared, pictureOnPage, theme, document.language)] as const,
  );
  const drawn = await draw(sized.map(([, chart]) => chart));
  if (!drawn.value || hasErrors(drawn.problems)) return { value: undefined, problems: drawn.problems };
  const pictures = new Map(sized.map(([chart]) => [chart, `${name}.files/${chart}.png`]));
  const page = writeMarkdown(document, evidence.store, { pictures });
  const outputs: Output[] = [{ path: `${name}.md`, bytes: utf8(page.text) }];
  for (const [chart, { key }] of sized) {
    const png = drawn.value.get(key)?.png;
    if (png) outputs.push({ path: `${name}.files/${chart}.png`, bytes: png });
  }
  return { value: { outputs, trace: tracePage(page, evidence.store) }, problems: drawn.problems };
}

function prepareCharts(
  document: SourcedDocument,
  library: Library,
  evidence: Evidence,
  options: FillOptions,
  problems: Problem[],
): Map<string, PreparedChart> {
  const prepared = new Map<string, PreparedChart>();
  const refused = new Set<string>();
  for (const { block } of walkDocument(document)) {
    if (block?.type !== "chart" || prepared.has(block.name) || refused.has(block.name)) continue;
    const file = library.files.get(chartPath(block.name));
    if (!file) {
      refused.add(block.name);
      problems.push(unknownChart(block.name, library, block.at));
      continue;
    }
    const outcome = prepareChart({ name: block.name, ...file }, evidence, options.language, (text, where) =>
      fillText(library, text, where, evidence, options),
    );
    problems.push(...outcome.problems);
    if (outcome.value) prepared.set(block.name, outcome.value);
    else refused.add(block.name);
  }
  return prepared;
}

/** Every figure that the document shows, in its text and in its charts, with its place. */
function shownIn(document: SourcedDocument, charts: ReadonlyMap<string, PreparedChart>): Shown[] {
  const shown: Shown[] = [];
  for (const { inlines, at, block } of walkDocument(document)) {
    const drawn: readonly Figure[] = block?.type === "chart" ? (charts.get(block.name)?.figures ?? []) : [];
    for (const figure of [...figuresIn(inlines), ...drawn]) shown.push({ figure, at });
  }
  return shown;
}

function staleLimit({ staleDays }: SourcedDocument): { staleDays?: number } {
  return staleDays === undefined ? {} : { staleDays };
}

/** What a draft may contain: these become warnings there, everything else stays an error. */
const excusable: ReadonlySet<string> = new Set([
  "conflict",
  "ruled-out",
  "stale",
  "typed-number",
  "unsourced",
]);

function excused(problem: Problem): Problem {
  return excusable.has(problem.code) ? { ...problem, severity: "warning" } : problem;
}

const chartPath = (name: string): string => `charts/${name}.vl.json`;
const themePath = (name: string): string => `themes/${name}.yaml`;

function readTheme(library: Library, name: string, at: Place): Outcome<Theme> {
  const file = library.files.get(themePath(name));
  if (!file) return { value: undefined, problems: [unknownTheme(name, library, at)] };
  const parsed = parseFile(file.file, file.text, themeSchema);
  return { value: parsed.value?.value, problems: parsed.problems };
}

function unknownChart(name: string, library: Library, where: Place): Problem {
  const known = namesIn(library, /^charts\/(.+)\.vl\.json$/);
  return error("unknown-chart", `unknown chart \`${name}\``, {
    where,
    found: name,
    expected: `a file of templates/charts: ${known.join(", ")}`,
    ...didYouMean(name, known),
  });
}

function unknownTheme(name: string, library: Library, where: Place): Problem {
  const known = namesIn(library, /^themes\/(.+)\.yaml$/);
  return error("unknown-theme", `unknown theme \`${name}\``, {
    where,
    found: name,
    expected: `a file of templates/themes: ${known.join(", ")}`,
    ...didYouMean(name, known),
  });
}

function namesIn(library: Library, form: RegExp): string[] {
  return [...library.files.keys()].flatMap((path) => form.exec(path)?.[1] ?? []).sort();
}

function failed(problems: readonly Problem[]): Outcome<never> {
  return { value: undefined, problems };
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
