/** Derived figures: arithmetic over figures, exact, with the lineage of every part. */
import { Decimal } from "../findings/decimal.ts";
import { daysBetween } from "../findings/period.ts";
import { type Bound, isCurrency, numerator, type Quantity } from "../findings/quantity.ts";
import type { Citation, Localized, Rate, Status, Store } from "../findings/store.ts";
import { type Outcome, order, type Problem } from "../problem.ts";
import type { Figure } from "./figure.ts";
import * as messages from "./messages.ts";
import { joined } from "./rulings.ts";

/** `a / b`, in times (x). Both must be in one unit: convert money first. */
export function ratio(a: Figure, b: Figure): Outcome<Figure> {
  return divide("ratio", a, b, `${term(a)} / ${term(b)}`, "x", (value) => value);
}

/** What per cent `part` is of `whole`. */
export function share(part: Figure, whole: Figure): Outcome<Figure> {
  return divide("share", part, whole, `${term(part)} / ${term(whole)}`, "%", (value) => value.mul(100));
}

/** Growth from `from` to `to`, in per cent. */
export function change(from: Figure, to: Figure): Outcome<Figure> {
  return divide("change", to, from, `${term(to)} / ${term(from)} - 1`, "%", (value) => value.sub(1).mul(100));
}

/** `a - b`, in their unit; two percentages differ by percentage points. */
export function difference(a: Figure, b: Figure): Outcome<Figure> {
  const problem = comparable("difference", [a, b]);
  if (problem) return failed(problem);
  const value = (x: Decimal, y: Decimal): Decimal => x.sub(y);
  return done({
    low: value(a.quantity.low, b.quantity.high),
    high: value(a.quantity.high, b.quantity.low),
    unit: a.quantity.unit === "%" ? "pp" : a.quantity.unit,
    bound: combine(a.quantity.bound, flip(b.quantity.bound)),
    parts: [a, b],
    formula: `${term(a)} - ${term(b)}`,
  });
}

export function sum(figures: readonly Figure[]): Outcome<Figure> {
  const problem = comparable("sum", figures);
  if (problem) return failed(problem);
  const add = (end: "low" | "high"): Decimal =>
    figures.reduce((total, figure) => total.add(figure.quantity[end]), new Decimal(0));
  return done({
    low: add("low"),
    high: add("high"),
    unit: figures[0]?.quantity.unit ?? "",
    bound: figures.map((figure): Mixed => figure.quantity.bound).reduce(combine),
    parts: figures,
    formula: figures.map(term).join(" + "),
  });
}

/** Compound annual growth from the end of one period to the end of another, in per cent. */
export function cagr(from: Figure, to: Figure): Outcome<Figure> {
  const problem = comparable("cagr", [from, to]);
  if (problem) return failed(problem);
  const years = from.period && to.period ? yearsBetween(from.period.end, to.period.end) : 0;
  if (years <= 0) return failed(messages.noTimeBetween(from.id, to.id));
  if (from.quantity.low.lte(0) || to.quantity.low.lte(0))
    return failed(messages.divisionByZero("cagr", from.id));
  const rate = (a: Decimal, b: Decimal): Decimal => b.div(a).pow(new Decimal(1).div(years)).sub(1).mul(100);
  return done({
    low: rate(from.quantity.high, to.quantity.low),
    high: rate(from.quantity.low, to.quantity.high),
    unit: "%",
    bound: combine(to.quantity.bound, flip(from.quantity.bound)),
    parts: [from, to],
    formula: `(${term(to)} / ${term(from)})^(1/${years}) - 1`,
  });
}

/** Where rates are looked up, and the periods of findings. */
export interface Ground {
  readonly store: Pick<Store, "rates" | "findings">;
}

/**
 * Into another currency for a page: by a rate that had entered the store by the day as of which it is seen, else by one of
 * a later day, for the page to be left out.
 */
export function convertKnown(
  figure: Figure,
  currency: string,
  { store, known }: Ground & { readonly known: Store },
): Outcome<Figure> {
  const converted = convert(figure, currency, { store });
  const later = converted.value ? converted : convert(figure, currency, { store: known });
  return later.value ? later : converted;
}

/** Into another currency, by the store's own rate for the pair whose period ends nearest to the figure's. */
export function convert(figure: Figure, currency: string, ground: Ground): Outcome<Figure> {
  const { quantity } = figure;
  const from = numerator(quantity.unit);
  if (from === currency) return { value: figure, problems: [] };
  const { value: rate, problems } = rateOf(figure, currency, ground);
  if (!rate) return { value: undefined, problems };
  const { id, lineage } = figure;
  const there = (value: Decimal): Decimal =>
    rate.base === from ? value.mul(rate.rate) : value.div(rate.rate);
  return {
    value: {
      ...figure,
      id: `${id} in ${currency}`,
      quantity: {
        ...quantity,
        low: there(quantity.low),
        high: there(quantity.high),
        step: there(quantity.step),
        unit: quantity.unit.replace(from, currency),
      },
      lineage: {
        ...lineage,
        citations: unique([...lineage.citations, ...rate.citations]),
        formula: `${lineage.formula === undefined ? id : `(${lineage.formula})`} × ${rate.base === from ? "" : "1 / "}${rate.id}`,
        rates: [...new Set([...figure.lineage.rates, rate.id])].sort(order),
      },
    },
    problems: [],
  };
}

/** The rate by which a figure is converted: of what has no period of its own, by the latest of what it is made of. */
export function rateOf(figure: Figure, currency: string, { store }: Ground): Outcome<Rate> {
  const { id, quantity, period, lineage } = figure;
  const from = numerator(quantity.unit);
  if (!isCurrency(from)) return failed(messages.notMoney(id, quantity.unit));
  if (!isCurrency(currency)) return failed(messages.unknownCurrency(currency));
  const ends = lineage.findings.flatMap((part) => {
    const finding = store.findings.get(part);
    return finding?.kind === "figure" ? finding.period.end : [];
  });
  const found = rateFor(from, currency, period?.end ?? ends.sort(order).at(-1) ?? "", store.rates);
  return found ? { value: found.rate, problems: [] } : failed(messages.noRate(id, from, currency));
}

/** A figure as formulas name it: by its id, or in brackets how it was computed itself. */
function term({ id, name, lineage: { formula } }: Figure): string {
  return formula !== undefined && (name !== undefined || formula === id) ? `(${formula})` : id;
}

/** The rate between two currencies, either way round, whose period ends nearest to an ISO date, and what to multiply by. */
export function rateFor(
  from: string,
  to: string,
  date: string,
  rates: readonly Rate[],
): { readonly rate: Rate; readonly factor: Decimal } | undefined {
  let rate: Rate | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const one of rates) {
    const isPair = one.base === from ? one.quote === to : one.base === to && one.quote === from;
    if (!isPair) continue;
    const away = Math.abs(daysBetween(one.period.end, date || one.period.end));
    if (away > least || (away === least && rate && order(rate.id, one.id) < 0)) continue;
    [rate, least] = [one, away];
  }
  if (!rate) return undefined;
  const value = new Decimal(rate.rate);
  return { rate, factor: rate.base === from ? value : new Decimal(1).div(value) };
}

function divide(
  name: string,
  top: Figure,
  bottom: Figure,
  formula: string,
  unit: string,
  then: (value: Decimal) => Decimal,
): Outcome<Figure> {
  const problem = comparable(name, [top, bottom]);
  if (problem) return failed(problem);
  if (bottom.quantity.low.lte(0) && bottom.quantity.high.gte(0))
    return failed(messages.divisionByZero(name, bottom.id));
  return done({
    low: then(top.quantity.low.div(bottom.quantity.high)),
    high: then(top.quantity.high.div(bottom.quantity.low)),
    unit,
    bound: combine(top.quantity.bound, flip(bottom.quantity.bound)),
    parts: [top, bottom],
    formula,
  });
}

function comparable(name: string, figures: readonly Figure[]): Problem | undefined {
  const units = [...new Set(figures.map((figure) => figure.quantity.unit))];
  if (figures.length === 0) return messages.nothingToCompute(name);
  return units.length > 1 ? messages.differentUnits(name, figures) : undefined;
}

/** A derived figure before it is dressed with the lineage of its parts. */
export interface Derived {
  readonly low: Decimal;
  readonly high: Decimal;
  readonly unit: string;
  /** `null` for bounds that pull apart. */
  readonly bound: Mixed;
  readonly parts: readonly Figure[];
  readonly formula: string;
}

function done(derived: Derived): Outcome<Figure> {
  return { value: dressed(derived), problems: [] };
}

/** With the lineage, the notes and the doubts of all its parts, and no firmer than any of them; its id is its formula. */
export function dressed({ low, high, unit, bound, parts, formula }: Derived): Figure {
  const regions = new Set(parts.map((part) => part.region));
  const region = regions.size === 1 ? parts[0]?.region : undefined;
  const doubts = [...new Set(parts.flatMap((part) => part.doubt ?? []))];
  const exact: Quantity = {
    ...(bound === undefined ? {} : { bound: bound ?? "~" }),
    low: Decimal.min(low, high),
    high: Decimal.max(low, high),
    unit,
    step: new Decimal(0),
  };
  const derived = [...new Set(parts.flatMap((part) => part.lineage.derived ?? []))].sort(order);
  return {
    id: formula,
    quantity: exact,
    status: weakest(parts.map((part) => part.status)),
    ...(region === undefined ? {} : { region }),
    notes: distinct(parts.flatMap((part) => part.notes)),
    lineage: {
      findings: [...new Set(parts.flatMap((part) => part.lineage.findings))].sort(order),
      citations: unique(parts.flatMap((part) => part.lineage.citations)),
      formula,
      rates: [...new Set(parts.flatMap((part) => part.lineage.rates))].sort(order),
      ...(derived.length > 0 ? { derived } : {}),
    },
    contradictedBy: [...new Set(parts.flatMap((part) => part.contradictedBy))].sort(order),
    ...(doubts.length > 0 ? { doubt: joined(doubts) } : {}),
  };
}

/** Several findings may bear the same note. */
function distinct(notes: readonly Localized[]): Localized[] {
  return [...new Map(notes.map((note) => [JSON.stringify(note), note])).values()];
}

/** A derived figure is no firmer than its least firm part. */
const firmness: readonly Status[] = ["reported", "estimated", "run-rate", "forecast", "disputed"];

function weakest(statuses: readonly Status[]): Status {
  return firmness[Math.max(...statuses.map((status) => firmness.indexOf(status)))] ?? "reported";
}

/** What dividing by, or taking away, a bounded figure does to the bound. */
function flip(bound: Bound | undefined): Bound | undefined {
  const flipped: Readonly<Record<Bound, Bound>> = {
    ">": "<",
    "≥": "≤",
    "<": ">",
    "≤": "≥",
    "≳": "≲",
    "≲": "≳",
    "~": "~",
  };
  return bound && flipped[bound];
}

/** A bound, none, or `null` where the bounds of the parts pull apart and only "about" is left. */
type Mixed = Bound | undefined | null;

const upward: readonly Mixed[] = [">", "≥", "≳"];
const downward: readonly Mixed[] = ["<", "≤", "≲"];

/** The bound of what is made of two figures: the direction that both allow, and "about" as soon as one says so. */
function combine(a: Mixed, b: Mixed): Mixed {
  if (a === null || b === null) return null;
  if (a === undefined || b === undefined || a === b) return a ?? b;
  const directed = [a, b].filter((bound) => bound !== "~");
  const vague = [a, b].some((bound) => bound === "~" || bound === "≳" || bound === "≲");
  if (directed.every((bound) => upward.includes(bound))) return vague ? "≳" : ">";
  if (directed.every((bound) => downward.includes(bound))) return vague ? "≲" : "<";
  return null;
}

/** Between two ISO dates, by their months. */
export function yearsBetween(from: string, to: string): number {
  const [fromYear = 0, fromMonth = 1] = from.split("-").map(Number);
  const [toYear = 0, toMonth = 1] = to.split("-").map(Number);
  return toYear - fromYear + (toMonth - fromMonth) / 12;
}

function unique(citations: readonly Citation[]): Citation[] {
  const seen = new Map(
    citations.map((citation) => [`${citation.source}:${citation.line}:${citation.written}`, citation]),
  );
  return [...seen.values()];
}

function failed(problem: Problem): Outcome<never> {
  return { value: undefined, problems: [problem] };
}
