/**
 * The way of the data, phase by phase:
 *
 *     data/                      templates/
 *       | read                       |
 *       v                            |
 *     Store --view--> Evidence --+--fill--> Markdown --parse--> Document --+--layOut--> Slides --write--settle--+--> *.pptx
 *                                |                                |        |               | size               | complete
 *                                +---------- prepare charts ------+--gate  |               +--draw--> pictures--+
 *                                                                          |                              |
 *                                                                          +------writeMarkdown-----------+--------> *.md
 *
 * Values in, products and problems out; disk, clock, environment and console are the caller's. So is the memory, from which
 * data, templates and charts come as they were read, documents as they were parsed, and slides as they were settled, for other
 * builds: it never changes what comes out.
 */
import type { ChartPicture } from "./charts/draw.ts";
import { type PreparedChart, prepareChart, type SizedChart, sizeChart } from "./charts/spec.ts";
import type { Evidence } from "./evidence/evidence.ts";
import type { Figure, Lineage } from "./evidence/figure.ts";
import { gate, type Shown } from "./evidence/gate.ts";
import { judge } from "./evidence/judge.ts";
import { firstDay, latestDay } from "./findings/days.ts";
import { dayBeforeStore, weekBeforeStore } from "./findings/messages.ts";
import { isoWeek, parsePeriod } from "./findings/period.ts";
import { emptyStore, type Language, languages, type Product, type Store } from "./findings/store.ts";
import type { Memory } from "./memory.ts";
import type { SourcedDocument } from "./model/document.ts";
import { whatWasKnown } from "./model/known.ts";
import type { Theme } from "./model/theme.ts";
import { figuresIn, lineagesIn, plainText, walkDocument } from "./model/walk.ts";
import {
  didYouMean,
  distinctProblems,
  error,
  hasErrors,
  type Outcome,
  order,
  type Place,
  type Problem,
  warning,
} from "./problem.ts";
import { fill, fillText } from "./templates/engine.ts";
import { formatsOf } from "./templates/formats.ts";
import type { Library, LibraryPicture } from "./templates/library.ts";
import type { FillOptions } from "./templates/parameters.ts";
import { bindParams, declaredParams, fittingValues, type Param } from "./templates/params.ts";
import { parse } from "./templates/parse.ts";
import { inPlaceOf, readTheme, themeNamed } from "./templates/themes/read.ts";
import { wordsOf } from "./templates/words.ts";
import { view } from "./view.ts";
import { type Logo, readLogo } from "./writers/logo/read.ts";
import type { LinkedDocument } from "./writers/markdown.ts";
import type { ChartRequest } from "./writers/slides/layout.ts";
import { formatTrace, type TraceEntry, traceDeck, tracePage } from "./writers/trace.ts";

/** A file to be written, by its path within the folder of products. */
export interface Output {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** What a document says of itself, in plain words; absent for what only belongs to one. */
  readonly document?: { readonly title: string; readonly subtitle: string };
}

export interface BuildOptions {
  readonly draft: boolean;
  /** ISO date of the document; the day of the latest finding unless given. */
  readonly date?: string;
  /** ISO date: the store is seen as it was at the end of that day. */
  readonly asOf?: string;
  /** ISO date: figures that entered the store after it carry a sign. */
  readonly since?: string;
  /** Theme by name, in place of the product's own. */
  readonly theme?: string;
  /** Version of Sourcedeck, noted in the trace. */
  readonly version: string;
}

/** Draws charts that have been sized; given by the caller, because fonts live on a disk. */
export interface Draw {
  (charts: readonly SizedChart[]): Promise<Outcome<ReadonlyMap<string, ChartPicture>>>;
  /** Is told of charts as soon as there are any, before their boxes are known, so that it may get ready. */
  readonly expect?: (charts: readonly PreparedChart[], theme: Theme, language: Language) => void;
}

/** One product in one language, as it was asked for. */
export interface Job {
  readonly product: Product;
  readonly language: Language;
  /** What its template is made for, e.g. a company, in the order in which it stands in the product's name. */
  readonly params?: readonly Param[];
  /** Further parts of the product's name, by which it is told from others, e.g. a theme. */
  readonly marks?: readonly string[];
}

/**
 * `weekly-2025-W32.en`, `profile-tencent.zh`; the ISO week stands in the name of products that are made for one, and so
 * does what the template is made for.
 */
export function productName(
  { product, language, params = [], marks = [] }: Job,
  store: Store,
  asOf?: string,
): string {
  const week = weekOf(product, store, asOf) ?? [];
  const parts = [product.name, ...params.map(({ value }) => value), ...marks, week].flat();
  // Ids are safe in names of files; periods such as `@2025-04-30` and what is wrong are not.
  return `${parts.map((part) => part.replace(/[^\w.-]+/g, "")).join("-")}.${language}`;
}

/** The latest week is that of the day as of which the store is seen, whether or not anything entered it then. */
function weekOf(product: Product, store: Store, asOf = latestDay(store)): string | undefined {
  return product.week === "latest" ? isoWeek(asOf) : product.week;
}

/**
 * ISO date on which something was last found or withdrawn. The product of a week in which nothing was is dated by the end of
 * the week, or by the day as of which the store is seen within it.
 */
function dateOf(week: string | undefined, { told }: Evidence, asOf: string | undefined): string {
  const withdrawn = [...told.findings.values()].flatMap(({ withdrawn: gone }) => gone?.on ?? []);
  const latest = [latestDay(told), ...withdrawn].sort(order).at(-1) ?? "";
  const span = week === undefined ? undefined : parsePeriod(week);
  return span && latest < span.start ? (asOf ?? span.end) : latest;
}

/** A product before it is laid out. */
export interface Composed extends Brand {
  readonly document: SourcedDocument;
  readonly evidence: Evidence;
  readonly charts: ReadonlyMap<string, PreparedChart>;
  /** ISO date of the document. */
  readonly date: string;
}

/** A product up to the point at which writers part: filled, parsed, charts prepared, past the gate. */
export function compose(
  { product, language, params = [] }: Job,
  store: Store,
  library: Library,
  options: BuildOptions,
  memory?: Memory,
): Outcome<Composed> {
  const problems: Problem[] = [];
  const week = weekOf(product, store, options.asOf);
  const days = [options.asOf, week === undefined ? undefined : parsePeriod(week)?.end];
  const asOf = days.filter((day) => day !== undefined).sort(order)[0];

  // Judge: what may be said, as seen at the end of the product's week. The product of a week tells what is open then.
  const { evidence, problems: ofStore } = view(store, { asOf, withhold: week !== undefined, memory });
  problems.push(...ofStore);
  if (evidence.store.findings.size === 0) {
    const first = firstDay(store);
    return failed([
      ...problems,
      week === undefined
        ? dayBeforeStore(asOf ?? "", first)
        : weekBeforeStore(week, isoWeek(first), product.at),
    ]);
  }
  const date = options.date ?? dateOf(week, evidence, asOf);

  // Fill and parse: the template becomes a document in which every number is a figure.
  const template = `${product.template}.${language}`;
  const plainOptions: FillOptions = {
    language,
    date,
    draft: options.draft,
    ...some({ week, asOf, since: options.since, memory }),
  };
  const bound = bindParams(declaredParams(library, template), params, library, evidence, plainOptions);
  problems.push(...bound.problems);
  if (!bound.value) return failed(problems);
  const fillOptions: FillOptions = { ...plainOptions, params: bound.value };
  const filled = fill(library, template, evidence, fillOptions);
  // A template that does not exist has no place of its own: the product names it.
  problems.push(...filled.problems.map((problem) => ({ where: product.at, ...problem })));
  const parsed = filled.value && parse(filled.value);
  problems.push(...(parsed?.problems ?? []));
  const ofTemplate = filled.value?.theme;
  const own =
    product.theme !== undefined || ofTemplate === undefined
      ? { name: product.theme ?? "default", at: product.themeAt ?? product.at }
      : ofTemplate;
  const brand =
    options.theme === undefined
      ? openBrand(library, own.name, own.at)
      : openBrand(library, options.theme, undefined, own);
  problems.push(...brand.problems);
  const whole = parsed?.value;
  if (!whole) return failed(problems);

  // Leave out what was not known by then; of what is left, prepare the charts.
  const texts = whatWasKnown(whole, new Map(), evidence);
  const prepared = prepareCharts(texts.document, library, evidence, fillOptions, problems);
  const drawn = whatWasKnown(texts.document, lineagesByChart(prepared), evidence);
  problems.push(
    ...[...texts.leftOut, ...drawn.leftOut].map(({ at, later }) => laterPage(at, later, asOf ?? "")),
  );
  if (texts.onCover.length > 0) problems.push(laterCover(whole.at ?? product.at, texts.onCover, asOf ?? ""));
  const { document } = drawn;
  const left = chartsOn(document);
  const charts = new Map(
    [...prepared].flatMap(([name, chart]) => (chart && left.has(name) ? [[name, chart] as const] : [])),
  );

  // Pass the gate before anything is laid out: these problems do not depend on any box.
  problems.push(...gate(shownIn(document, charts), evidence, { date, ...staleLimit(document) }));
  const settled = options.draft ? problems.map(excused) : problems;
  if (!brand.value) return failed(settled);
  return { value: { document, ...brand.value, evidence, charts, date }, problems: settled };
}

/**
 * A value for each thing that a product's template is made for, of which the store tells something: enough to try it.
 * Nothing where there is none.
 */
export function sampleParams(
  { product, language }: Job,
  store: Store,
  library: Library,
  asOf?: string,
): Param[] {
  const declared = declaredParams(library, `${product.template}.${language}`);
  if (declared.length === 0) return [];
  const { evidence } = view(store, { asOf, withhold: false });
  return declared.flatMap((one) => {
    const [value] = fittingValues(one, evidence);
    return value === undefined ? [] : [{ name: one.name, value }];
  });
}

/** Everything that is wrong with one product short of laying it out, and the ids of the findings that it shows. */
export function inspect(
  job: Job,
  store: Store,
  library: Library,
  options: BuildOptions,
  memory?: Memory,
): Outcome<ReadonlySet<string>> {
  const { value, problems } = compose(job, store, library, options, memory);
  return { value: value && findingsIn(value.document, value.charts), problems };
}

/**
 * What is wrong with files of a library whatever the store holds: templates that are not Handlebars or call what does not
 * exist, front matter, words, charts and themes out of form. For when there is no sound store to build from.
 * @param paths the files that are looked at
 */
export function inspectLibrary(library: Library, paths: ReadonlySet<string>): Problem[] {
  const { value: nothing } = judge(emptyStore);
  const optionsOf = (language: Language): FillOptions => ({
    language,
    date: "2000-01-03",
    week: "2000-W01",
    draft: false,
  });
  const params = new Map(
    namesIn(library, templateForm)
      .flatMap((template) => declaredParams(library, template))
      .map(({ name }) => [name, undefined]),
  );
  const problems: Problem[] = [];
  for (const path of [...paths].sort(order)) {
    const [, template] = templateForm.exec(path) ?? [];
    const [, chart] = chartForm.exec(path) ?? [];
    const theme = themeNamed(path);
    if (template !== undefined) {
      const language = languages.find((one) => template.endsWith(`.${one}`)) ?? "en";
      problems.push(...fill(library, template, nothing, optionsOf(language)).problems);
    }
    if (chart !== undefined)
      problems.push(
        ...(prepareNamed(chart, library, nothing, { ...optionsOf("en"), params })?.problems ?? []),
      );
    if (theme !== undefined) problems.push(...openBrand(library, theme, { file: path }).problems);
    if (path === "words.yaml") problems.push(...wordsOf(library).problems);
    if (path === "formats.yaml") problems.push(...formatsOf(library).problems);
  }
  return distinctProblems(problems.filter(isOfText));
}

/** Problems that a text has by itself; all others may come from the store's being empty. */
const ofText: ReadonlySet<string> = new Set([
  "bad-argument",
  "bad-value",
  "broken-json",
  "broken-yaml",
  "dynamic-partial",
  "empty-file",
  "footer-too-wide",
  "file-too-long",
  "half-word",
  "logo-no-picture",
  "logo-too-large",
  "logo-unread",
  "logo-unsafe",
  "missing-argument",
  "missing-field",
  "no-front-matter",
  "not-a-block",
  "only-a-block",
  "open-front-matter",
  "other-language",
  "partials-too-deep",
  "printed-literal",
  "refused-syntax",
  "reserved-character",
  "self-including-partial",
  "template-syntax",
  "theme-circle",
  "too-deep",
  "too-many-arguments",
  "typed-number",
  "unknown-argument",
  "unknown-field",
  "unknown-format",
  "unknown-helper",
  "unknown-name",
  "unknown-partial",
  "unknown-theme",
  "unknown-word",
  "yaml-too-deep",
]);

function isOfText({ code }: Problem): boolean {
  return ofText.has(code) || (code.startsWith("chart-") && code !== "chart-no-rows");
}

/**
 * Builds one product in one language. Without a value nothing of it may be written.
 * @param memory of what was made for other builds, which gives the same bytes as what is made anew
 */
export async function build(
  job: Job,
  store: Store,
  library: Library,
  draw: Draw,
  options: BuildOptions,
  memory?: Memory,
): Promise<Outcome<readonly Output[]>> {
  const { product, language } = job;
  const name = productName(job, store, options.asOf);
  const composed = compose(job, store, library, options, memory);
  const settled = composed.problems;
  if (!composed.value || hasErrors(settled)) return failed(settled);
  const { document, theme, logo, evidence, charts, date } = composed.value;
  draw.expect?.([...charts.values()], theme, language);
  const made =
    product.writer === "pptx"
      ? await makeDeck(name, document, { theme, ...(logo && { logo }) }, evidence, charts, draw, memory)
      : await makePage(name, document, theme, evidence, charts, draw);
  const all = [...settled, ...made.problems];
  if (!made.value || hasErrors(all)) return failed(all);
  const about = { title: plainText(document.title), subtitle: plainText(document.subtitle) };
  const outputs = made.value.outputs.map((output, index) =>
    index === 0 ? { ...output, document: about } : output,
  );
  const trace = { product: name, language, date, sourcedeck: options.version, entries: made.value.trace };
  return {
    value: [...outputs, { path: `${name}.trace.json`, bytes: utf8(formatTrace(trace)) }],
    problems: all,
  };
}

/**
 * A page that links the products of weeks, newest week first.
 * @param made products that are made for a week, with what was made of each
 */
export async function indexOfWeeks(
  made: readonly { readonly job: Job; readonly outputs: readonly Output[] }[],
): Promise<Output> {
  const { writeIndex } = await import("./writers/markdown.ts");
  const weeks = new Map<string, LinkedDocument[]>();
  for (const { job, outputs } of made)
    for (const { path, document } of outputs)
      if (document && job.product.week !== undefined)
        weeks.set(job.product.week, [...(weeks.get(job.product.week) ?? []), { path, ...document }]);
  const newestFirst = [...weeks].sort(([a], [b]) => order(b, a));
  return { path: "index.md", bytes: utf8(writeIndex(newestFirst)) };
}

interface Made {
  /** The document first, then what belongs to it. */
  readonly outputs: readonly Output[];
  readonly trace: readonly TraceEntry[];
}

async function makeDeck(
  name: string,
  document: SourcedDocument,
  { theme, logo }: Brand,
  evidence: Evidence,
  charts: ReadonlyMap<string, PreparedChart>,
  draw: Draw,
  memory: Memory | undefined,
): Promise<Outcome<Made>> {
  // Lay out: only now is it known how large each chart is.
  const { layOut, chartRequests } = await import("./writers/slides/layout.ts");
  const laid = layOut(document, theme, evidence.told, figuresByChart(charts));
  if (!laid.value || hasErrors(laid.problems)) return { value: undefined, problems: laid.problems };
  const deck = laid.value;

  // Draw each chart once for each box it stands in. Meanwhile the deck is written, settled and looked over.
  const sized = sizeEach(chartRequests(deck), charts, theme, document.language);
  const drawing = draw([...new Map([...sized.values()].map((one) => [one.key, one])).values()]);
  // Waited for below; until then it may fail without anyone looking.
  drawing.catch(() => {});
  const [
    { writePptx },
    { drawLogo },
    { logoRoom },
    { complete, keepFrom, settle, textsOf },
    { recall },
    { lintFile, lintParts },
  ] = await Promise.all([
    import("./writers/pptx.ts"),
    import("./writers/logo/draw.ts"),
    import("./writers/slides/grid.ts"),
    import("./writers/package/settle.ts"),
    import("./writers/package/kept.ts"),
    import("./writers/package/lint.ts"),
  ]);
  const drawnLogo = logo && (await drawLogo(logo, logoRoom(theme), theme.colours.ground));
  const recalled = recall(deck, memory, drawnLogo?.value);
  const written = await writePptx(deck, recalled.kept.slides);
  const settled = written.value && settle(written.value, deck, recalled, drawnLogo?.value);
  const path = `${name}.pptx`;
  const ready = settled?.value;
  const faults = ready ? lintParts({ parts: ready.parts, texts: textsOf(ready) }, path) : [];
  if (ready && faults.length === 0) recalled.keepParts(keepFrom(ready));
  const drawn = await drawing;
  const problems = [laid, drawn, written, drawnLogo, settled].flatMap((outcome) => outcome?.problems ?? []);
  problems.push(...faults);
  if (!drawn.value || !settled?.value || hasErrors(problems)) return { value: undefined, problems };

  const drawnCharts = drawn.value;
  const labels = new Map([...charts].map(([chart, prepared]) => [chart, labelsOf(prepared, drawnCharts)]));

  // Complete and lint: nothing leaves that PowerPoint would want to repair.
  const pictures = new Map(
    [...sized].flatMap(([box, { key }]) => {
      const picture = drawnCharts.get(key);
      return picture ? [[box, picture.png] as const] : [];
    }),
  );
  const finished = complete(settled.value, deck, pictures);
  problems.push(...finished.problems);
  if (!finished.value || hasErrors(problems)) return { value: undefined, problems };
  const { bytes, contents } = finished.value;
  problems.push(...lintFile(contents, path));
  recalled.keepTexts();
  return {
    value: { outputs: [{ path, bytes }], trace: traceDeck(deck, labels, evidence.told) },
    problems,
  };
}

/** By the keys of the requests, charts sized for their boxes; two requests may have the same one. */
function sizeEach(
  requests: readonly ChartRequest[],
  charts: ReadonlyMap<string, PreparedChart>,
  theme: Theme,
  language: Language,
): ReadonlyMap<string, SizedChart> {
  return new Map(
    requests.flatMap((request) => {
      const chart = charts.get(request.name);
      return chart ? [[request.key, sizeChart(chart, request, theme, language)] as const] : [];
    }),
  );
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
  const drawnCharts = drawn.value;
  const pictures = new Map(
    [...charts].map(([chart, prepared]) => {
      const url = `${name}.files/${chart}.png`;
      return [chart, { url, figures: prepared.figures, labels: labelsOf(prepared, drawnCharts) }];
    }),
  );
  const { writeMarkdown } = await import("./writers/markdown.ts");
  const page = writeMarkdown(document, evidence.told, { pictures });
  const outputs: Output[] = [{ path: `${name}.md`, bytes: utf8(page.text) }];
  for (const [chart, { key }] of sized) {
    const png = drawn.value.get(key)?.png;
    if (png) outputs.push({ path: `${name}.files/${chart}.png`, bytes: png });
  }
  return { value: { outputs, trace: tracePage(page, evidence.told) }, problems: drawn.problems };
}

/** By figure, the label that stands at its mark, where it is drawn at all. */
function labelsOf(
  { name, labels }: PreparedChart,
  drawn: ReadonlyMap<string, ChartPicture>,
): ReadonlyMap<string, string> {
  const texts = [...drawn].flatMap(([key, chart]) => (key.startsWith(`${name}@`) ? chart.texts : []));
  return new Map([...labels].filter(([, label]) => texts.some((text) => text.includes(label))));
}

function figuresByChart(charts: ReadonlyMap<string, PreparedChart>): Map<string, readonly Figure[]> {
  return new Map([...charts].map(([name, { figures }]) => [name, figures]));
}

function lineagesByChart(
  charts: ReadonlyMap<string, PreparedChart | undefined>,
): Map<string, readonly Lineage[]> {
  return new Map(
    [...charts].map(([name, chart]) => [
      name,
      chart ? [...chart.figures.map(({ lineage }) => lineage), ...chart.lineages] : [],
    ]),
  );
}

function chartsOn(document: SourcedDocument): Set<string> {
  return new Set(
    [...walkDocument(document)].flatMap(({ block }) => (block?.type === "chart" ? block.name : [])),
  );
}

/** @returns each chart by its name; nothing for one that had nothing to draw by the day as of which the store is seen */
function prepareCharts(
  document: SourcedDocument,
  library: Library,
  evidence: Evidence,
  options: FillOptions,
  problems: Problem[],
): Map<string, PreparedChart | undefined> {
  const prepared = new Map<string, PreparedChart | undefined>();
  const isDeckOfThen = options.asOf !== undefined && options.week === undefined;
  const refused = new Set<string>();
  for (const { block } of walkDocument(document)) {
    if (block?.type !== "chart" || prepared.has(block.name) || refused.has(block.name)) continue;
    const outcome = prepareNamed(block.name, library, evidence, options);
    if (!outcome) {
      refused.add(block.name);
      problems.push(unknownChart(block.name, library, block.at));
      continue;
    }
    const hadNothing = isDeckOfThen && outcome.problems.every(({ code }) => code === "chart-no-rows");
    if (outcome.value || hadNothing) prepared.set(block.name, outcome.value);
    else refused.add(block.name);
    if (!hadNothing) problems.push(...outcome.problems);
  }
  return prepared;
}

/** Nothing when the library has no such chart. */
function prepareNamed(
  name: string,
  library: Library,
  evidence: Evidence,
  options: FillOptions,
): Outcome<PreparedChart> | undefined {
  const file = library.files.get(chartPath(name));
  return (
    file &&
    prepareChart(
      { name, ...file },
      evidence,
      options.language,
      (text, where, isQuery) => fillText(library, text, where, evidence, options, isQuery),
      options.since,
      options.memory,
    )
  );
}

/** Every figure that the document shows, in its text and in its charts, with its place. */
function shownIn(document: SourcedDocument, charts: ReadonlyMap<string, PreparedChart>): Shown[] {
  const shown: Shown[] = [];
  for (const { inlines, at, block, on } of walkDocument(document)) {
    const drawn: readonly Figure[] = block?.type === "chart" ? (charts.get(block.name)?.figures ?? []) : [];
    for (const figure of [...figuresIn(inlines), ...drawn]) shown.push({ figure, at, on });
  }
  return shown;
}

/** Ids of all findings that stand behind figures and words of a document and its charts. */
function findingsIn(document: SourcedDocument, charts: ReadonlyMap<string, PreparedChart>): Set<string> {
  const found = shownIn(document, charts).flatMap(({ figure }) => figure.lineage.findings);
  for (const { inlines } of walkDocument(document))
    for (const { findings } of lineagesIn(inlines)) found.push(...findings);
  return new Set(found);
}

function staleLimit({ staleDays }: SourcedDocument): { staleDays?: number } {
  return staleDays === undefined ? {} : { staleDays };
}

/** What a draft may contain: these become warnings there, everything else stays an error. */
const excusable: ReadonlySet<string> = new Set([
  "chart-typed-number",
  "conflict",
  "failed-check",
  "ruled-out",
  "stale",
  "typed-number",
  "unsourced",
]);

function excused(problem: Problem): Problem {
  return excusable.has(problem.code) ? { ...problem, severity: "warning" } : problem;
}

/** @param later ids of the findings, of which the first few are named */
function laterPage(where: Place, later: readonly string[], asOf: string): Problem {
  return warning("later-page", `this is left out: it rests on what entered the store after ${asOf}`, {
    where,
    found: listed(later),
  });
}

function laterCover(where: Place, later: readonly string[], asOf: string): Problem {
  return error("later-cover", `the title rests on what entered the store after ${asOf}`, {
    where,
    found: listed(later),
    expected: "a title, subtitle and audience that hold on that day",
  });
}

function listed(ids: readonly string[], most = 4): string {
  const more = ids.length - most;
  return [...ids.slice(0, most), ...(more > 0 ? [`${more} more`] : [])].join(", ");
}

const chartPath = (name: string): string => `charts/${name}.vl.json`;
const templateForm = /^([^/]+)\.md\.hbs$/;
const chartForm = /^charts\/(.+)\.vl\.json$/;

interface Brand {
  readonly theme: Theme;
  /** The theme's, checked and not yet drawn. */
  readonly logo?: Logo;
}

/**
 * @param at where the theme is named; nowhere when that is the command line
 * @param own the theme in whose place it stands
 */
function openBrand(
  library: Library,
  name: string,
  at?: Place,
  own?: { readonly name: string; readonly at: Place },
): Outcome<Brand> {
  const named = readTheme(library, name, at);
  const replaced = own && own.name !== name ? readTheme(library, own.name, own.at) : undefined;
  // Its colours and fonts are not shown: only what keeps its lines from being read is told.
  const ofReplaced = (replaced?.problems ?? []).filter((problem) => hasErrors([problem]));
  const problems = [...named.problems, ...ofReplaced];
  if (!named.value || (replaced && !replaced.value)) return failed(problems);
  const value = replaced?.value ? inPlaceOf(replaced.value, named.value) : named.value;
  const { value: theme, logo } = value;
  if (!logo || !theme.logo) return { value: { theme }, problems };
  const found: LibraryPicture = library.picture?.(logo.path ?? "") ?? { fault: "no pictures" };
  const picture = logo.path === undefined ? undefined : found;
  const read = readLogo(theme.logo.file, picture, value.at(["logo", "file"]));
  return { value: read.value && { theme, logo: read.value }, problems: [...problems, ...read.problems] };
}

function unknownChart(name: string, library: Library, where: Place): Problem {
  const known = namesIn(library, chartForm);
  return error("unknown-chart", `unknown chart \`${name}\``, {
    where,
    found: name,
    expected: `a file of templates/charts: ${known.join(", ")}`,
    ...didYouMean(name, known),
  });
}

function namesIn(library: Library, form: RegExp): string[] {
  return [...library.files.keys()].flatMap((path) => form.exec(path)?.[1] ?? []).sort();
}

/** Leaves out the options that are undefined. */
function some<T extends object>(options: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as never;
}

function failed(problems: readonly Problem[]): Outcome<never> {
  return { value: undefined, problems };
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
