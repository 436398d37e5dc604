/** The dataset of a chart: its query answered from the evidence, as tidy rows. */
import { convertKnown, ratio } from "../evidence/derive.ts";
import type { Evidence } from "../evidence/evidence.ts";
import type { Figure } from "../evidence/figure.ts";
import { figureIds, figureNamed } from "../evidence/named.ts";
import { type Decimal, powerOfTen } from "../findings/decimal.ts";
import { parsePeriod } from "../findings/period.ts";
import { type Bound, isCurrency, numerator } from "../findings/quantity.ts";
import type { Language, Localized, Region, Status } from "../findings/store.ts";
import { formatPeriod, formatStatus, formatUnit, printedCount, scalePower } from "../model/format.ts";
import { formatFigure } from "../model/news.ts";
import { type Outcome, order, type Place, type Problem } from "../problem.ts";
import type { Path } from "./json.ts";
import * as messages from "./messages.ts";
import type { Query, ScaleName } from "./query.ts";

/** One figure as a chart sees it. Numbers are binary from here on: they become lengths, not text. */
export interface Row {
  /** The store's own id, of a converted figure too. */
  readonly id: string;
  readonly subject: string;
  readonly name: string;
  readonly region: Region | "";
  readonly regionName: string;
  readonly metric: string;
  readonly metricName: string;
  /** As written in the data; `periodName` is in words. */
  readonly period: string;
  readonly periodName: string;
  /** ISO dates */
  readonly start: string;
  readonly end: string;
  readonly scope: string;
  /** The scope in the document's language. */
  readonly scopeName: string;
  /** In the scale of the query; the middle of a range. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly bound: Bound | "";
  readonly status: Status;
  readonly statusName: string;
  /** In words, with the scale, e.g. `USD bn`, `亿美元`. */
  readonly unit: string;
  /** The value as printed, e.g. `>0.15`, `12–13`, `30◆`. */
  readonly label: string;
  /** From 0, after sorting: rows of one subject share it where the query ranks subjects by a metric. */
  readonly order: number;
  readonly note: string;
}

/** What each field of a row is, for the reference. */
export const rowMeanings: Readonly<Record<keyof Row, string>> = {
  id: "the figure's own id, of a converted figure too",
  subject: "the subject's id",
  name: "its name",
  region: "`cn`, `us`, `other` or `global`; empty without a subject",
  regionName: "the region in words",
  metric: "the metric's id",
  metricName: "its name",
  period: "the period as written in the data",
  periodName: "the period in words",
  start: "its first day, e.g. 2025-01-01",
  end: "its last day",
  scope: "what is counted, where it is not the obvious whole, as the data has it",
  scopeName: "the same in the document's language",
  value: "the number, in the scale of the query; the middle of a range",
  low: "the lower end of a range, else as `value`",
  high: "the upper end of a range, else as `value`",
  bound: "`>`, `≥`, `<`, `≤` or `~`; empty without one",
  status: "`reported`, `estimated`, `forecast`, `run-rate` or `disputed`",
  statusName: "the status in words",
  unit: "the unit in words, with the scale, e.g. USD bn",
  label: "the value as it is to be printed, e.g. `>0.15`, `12–13`",
  order: "the place in the order, from 0; shared by the rows of one subject where `rank` is given",
  note: "a remark on the figure, if any",
};

export const rowFields = Object.keys(rowMeanings) as readonly (keyof Row)[];

export interface Dataset {
  readonly rows: readonly Row[];
  /** One for each row, in their order. */
  readonly figures: readonly Figure[];
}

const regionNames: Readonly<Record<Region, Localized>> = {
  cn: { en: "China", zh: "中国" },
  us: { en: "United States", zh: "美国" },
  other: { en: "Elsewhere", zh: "其他地区" },
  global: { en: "Worldwide", zh: "全球" },
};

/** Rows that a chart can have. */
export const mostRows = 5000;

/**
 * Answers a query. Problems stand where `at` says the query's keys are.
 * @param since ISO date after which figures are new; none is unless said
 */
export function answer(
  query: Query,
  evidence: Evidence,
  language: Language,
  at: (path: Path) => Place,
  since?: string,
): Outcome<Dataset> {
  const problems: Problem[] = [];
  const found = [...named(query, evidence, at, problems), ...selected(query, evidence, at, problems)];
  for (const metric of Object.keys(query.metrics ?? {}))
    if (!evidence.store.metrics.has(metric))
      problems.push(
        messages.unknownSelection(at(["metrics", metric]), "metric", metric, evidence.store.metrics.keys()),
      );
  if (found.length === 0 && problems.length === 0) problems.push(messages.noRows(at([])));
  if (found.length > mostRows) problems.push(messages.tooManyRows(at([]), found.length, mostRows));
  if (problems.length > 0) return { value: undefined, problems };

  /** Ids of figures in the store by those of the same figures converted. */
  const ids = new Map<string, string>();
  const converted = found.flatMap((figure) => {
    if (query.in === undefined || !isCurrency(numerator(figure.quantity.unit))) return [figure];
    const outcome = convertKnown(figure, query.in, evidence);
    problems.push(...outcome.problems.map((problem) => ({ where: at(["in"]), ...problem })));
    if (!outcome.value) return [];
    ids.set(outcome.value.id, figure.id);
    return [outcome.value];
  });
  const figures = [...converted, ...ratios(query, converted, at, problems)];
  problems.push(...mixedUnits(figures, at));
  if (problems.length > 0) return { value: undefined, problems };

  const drawn = sorted(figures, query, evidence, language);
  const rows = drawn.map(({ figure, order: position }) => ({
    ...toRow(figure, position, query, evidence, language, since),
    id: ids.get(figure.id) ?? figure.id,
  }));
  return { value: { rows, figures: drawn.map(({ figure }) => figure) }, problems };
}

function named(query: Query, evidence: Evidence, at: (path: Path) => Place, problems: Problem[]): Figure[] {
  return (query.figures ?? []).flatMap((id, index) => {
    const figure = figureNamed(id, evidence);
    const gone = figure ? undefined : evidence.known.findings.get(id)?.withdrawn;
    if (gone) problems.push(messages.withdrawn(at(["figures", index]), id, gone));
    else if (!figure) problems.push(messages.unknownFigure(at(["figures", index]), id, figureIds(evidence)));
    return figure ? [figure] : [];
  });
}

type Select = NonNullable<Query["select"]>;

function selected(
  query: Query,
  evidence: Evidence,
  at: (path: Path) => Place,
  problems: Problem[],
): Figure[] {
  const { select } = query;
  if (!select) return [];
  const { store } = evidence;
  const vocabulary = {
    metric: store.metrics,
    subject: store.subjects,
    parent: store.subjects,
    source: store.sources,
  };
  for (const [key, known] of Object.entries(vocabulary))
    for (const id of select[key as keyof typeof vocabulary] ?? [])
      if (!known.has(id))
        problems.push(messages.unknownSelection(at(["select", key]), key, id, known.keys()));
  const recorded = select.recorded === undefined ? undefined : parsePeriod(select.recorded);
  if (select.recorded !== undefined && !recorded)
    problems.push(messages.notAPeriod(at(["select", "recorded"]), "select.recorded", select.recorded));
  return [...evidence.figures.values()].filter((figure) => {
    if (evidence.withheld.has(figure.id) || !matches(figure, select, evidence)) return false;
    const day = store.findings.get(figure.id)?.recorded ?? "";
    return recorded === undefined || (day >= recorded.start && day <= recorded.end);
  });
}

function matches(figure: Figure, select: Select, evidence: Evidence): boolean {
  const parent = evidence.store.subjects.get(figure.subject ?? "")?.parent;
  const allows = (wanted: readonly string[] | undefined, value: string | undefined): boolean =>
    wanted === undefined || (value !== undefined && wanted.includes(value));
  return (
    allows(select.metric, figure.metric) &&
    allows(select.subject, figure.subject) &&
    allows(select.period, figure.period?.text) &&
    allows(select.region, figure.region) &&
    allows(select.status, figure.status) &&
    allows(select.scope, figure.scope ?? "") &&
    allows(select.parent, parent) &&
    (select.source === undefined ||
      figure.lineage.citations.some(({ source }) => allows(select.source, source)))
  );
}

/** One ratio for each subject that has a figure of both metrics. */
function ratios(
  query: Query,
  figures: readonly Figure[],
  at: (path: Path) => Place,
  problems: Problem[],
): Figure[] {
  const wanted = query.ratio;
  if (!wanted) return [];
  const belows = new Map<string | undefined, Figure>();
  for (const figure of figures)
    if (figure.metric === wanted.to && !belows.has(figure.subject)) belows.set(figure.subject, figure);
  return figures.flatMap((above) => {
    if (above.metric !== wanted.of) return [];
    const below = belows.get(above.subject);
    if (!below) return [];
    const outcome = ratio(above, below);
    problems.push(...outcome.problems.map((problem) => ({ where: at(["ratio"]), ...problem })));
    const { subject, period } = above;
    if (!outcome.value) return [];
    return [{ ...outcome.value, metric: "ratio", ...(subject && { subject }), ...(period && { period }) }];
  });
}

/** Lengths can be compared in one unit only: one for each metric, one currency for all. */
function mixedUnits(figures: readonly Figure[], at: (path: Path) => Place): Problem[] {
  const byMetric = new Map<string, Set<string>>();
  const currencies = new Set<string>();
  for (const { metric = "", quantity } of figures) {
    byMetric.set(metric, (byMetric.get(metric) ?? new Set()).add(quantity.unit));
    if (isCurrency(numerator(quantity.unit))) currencies.add(numerator(quantity.unit));
  }
  if (currencies.size > 1) return [messages.mixedUnits(at([]), [...currencies].sort(order))];
  return [...byMetric.values()].flatMap((units) =>
    units.size > 1 ? [messages.mixedUnits(at([]), [...units].sort(order))] : [],
  );
}

interface Positioned {
  readonly figure: Figure;
  readonly order: number;
}

function sorted(
  figures: readonly Figure[],
  query: Query,
  evidence: Evidence,
  language: Language,
): Positioned[] {
  const name = ({ subject = "", name: own }: Figure): string =>
    evidence.store.subjects.get(subject)?.name[language] ?? (subject || (own?.[language] ?? ""));
  const ranking = new Map<string, Decimal>();
  for (const figure of figures)
    if (figure.metric === query.rank) ranking.set(figure.subject ?? "", middle(figure));
  // Worked out once, and not for each comparison.
  const sizes = new Map<Figure, Decimal>();
  if (query.sort.endsWith("value"))
    for (const figure of figures) sizes.set(figure, ranking.get(figure.subject ?? "") ?? middle(figure));
  const bySize = (a: Figure, b: Figure): number => sizes.get(a)?.cmp(sizes.get(b) ?? 0) ?? 0;
  const compare: Readonly<Record<Query["sort"], (a: Figure, b: Figure) => number>> = {
    value: bySize,
    "-value": (a, b) => bySize(b, a),
    subject: (a, b) => order(name(a), name(b)),
    period: (a, b) => order(a.period?.end ?? "", b.period?.end ?? ""),
    given: () => 0,
  };
  const ranked = [...figures].sort(compare[query.sort]).slice(0, query.limit);
  if (query.rank === undefined) return ranked.map((figure, index) => ({ figure, order: index }));
  const places = new Map<string | undefined, number>();
  for (const { subject } of ranked) if (!places.has(subject)) places.set(subject, places.size);
  return ranked.map((figure) => ({ figure, order: places.get(figure.subject) ?? 0 }));
}

function middle({ quantity }: Figure): Decimal {
  const { low, high } = quantity;
  return low.eq(high) ? low : low.add(high).div(2);
}

/**
 * The scale of labels where the query names none. With their unit they are as text prints them, on none of their own;
 * in Chinese always, because readers count in 万, unless digits are asked for, which then are those of the whole number.
 */
function labelScale({ label, digits }: Query, language: Language): "1" | undefined {
  return label === "unit" || (language === "zh" && digits === undefined) ? undefined : "1";
}

/** The scale on which most of a query's labels are printed; nothing where each is on its own. */
export function scaleOf(query: Query, language: Language): ScaleName | undefined {
  const [own] = Object.values(query.metrics ?? {}).flatMap(({ scale }) => scale ?? []);
  return (query.scale ?? own)?.[language] ?? labelScale(query, language);
}

function toRow(
  figure: Figure,
  position: number,
  query: Query,
  evidence: Evidence,
  language: Language,
  since: string | undefined,
): Row {
  const { store } = evidence;
  const { quantity, period } = figure;
  const subject = store.subjects.get(figure.subject ?? "");
  const own = query.metrics?.[figure.metric ?? ""];
  // A ratio, a share or a percentage has no scale of its own.
  const hasScale = !["x", "%", "pp"].includes(quantity.unit);
  const scale = hasScale ? (own?.scale ?? query.scale)?.[language] : undefined;
  const printed = hasScale ? (scale ?? labelScale(query, language)) : undefined;
  const factor = powerOfTen(-scalePower(scale ?? "1")).mul(printedCount(quantity.unit));
  const number = (value: Decimal): number => value.mul(factor).toNumber();
  const low = number(quantity.low);
  const isRange = !quantity.low.eq(quantity.high);
  const digits = figure.metric === "ratio" ? query.ratio?.digits : (own?.digits ?? query.digits)?.[language];
  return {
    id: figure.id,
    subject: figure.subject ?? "",
    name: subject?.name[language] ?? figure.subject ?? figure.name?.[language] ?? "",
    region: figure.region ?? "",
    regionName: figure.region ? regionNames[figure.region][language] : "",
    metric: figure.metric ?? "",
    metricName: store.metrics.get(figure.metric ?? "")?.name[language] ?? figure.name?.[language] ?? "",
    period: period?.text ?? "",
    periodName: period ? formatPeriod(period, language) : "",
    start: period?.start ?? "",
    end: period?.end ?? "",
    scope: figure.scope ?? "",
    scopeName:
      (figure.scope === undefined ? "" : store.scopes.get(figure.scope)?.[language]) ?? figure.scope ?? "",
    value: isRange ? number(middle(figure)) : low,
    low,
    high: isRange ? number(quantity.high) : low,
    bound: quantity.bound ?? "",
    status: figure.status,
    statusName: formatStatus(figure.status, language),
    unit: formatUnit(quantity.unit, language, store.units, scale),
    label: formatFigure(figure, language, store, since, {
      bounds: "signs",
      bare: query.label === "value",
      ...(printed === undefined ? {} : { scale: printed }),
      ...(digits === undefined ? {} : { digits }),
    }),
    order: position,
    note: figure.notes.map((note) => note[language]).join(" "),
  };
}
