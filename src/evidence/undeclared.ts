/** Checks that need no declaring: what figures of one subject must be to each other, whoever states them. */
import { Decimal } from "../findings/decimal.ts";
import { daysBetween, monthsBefore, parsePeriod } from "../findings/period.ts";
import { isCurrency, numerator, type Quantity } from "../findings/quantity.ts";
import type { Arithmetic, FigureFinding, Metric, Store, Subject } from "../findings/store.ts";
import { order, type Severity } from "../problem.ts";
import { formulate, type Ground, isProblem, settle, type Verdict } from "./arithmetic.ts";
import type { Equation } from "./equation.ts";

/** A check before it has an answer to who declared it and what ruling it has. */
export interface Undeclared {
  readonly id: string;
  readonly kind: Arithmetic["kind"] | "series";
  readonly level: Severity;
  readonly holds: boolean;
  readonly findings: readonly FigureFinding[];
  readonly equation: Equation;
}

/**
 * Growth beside both its levels · a part above its whole · neighbours in a series that are an order of magnitude apart ·
 * one amount in two currencies that no rate joins. Each looks up what it needs by a key, so that a store of any size is
 * gone through once.
 * @param figures without those that a ruling sets aside
 */
export function undeclared(figures: readonly FigureFinding[], store: Store, ground: Ground): Undeclared[] {
  const index = new Index(figures, store);
  return [
    ...growths(figures, index, ground),
    ...parts(figures, index, ground),
    ...leaps(figures, store),
    ...exchanges(figures, store),
  ];
}

type Days = Pick<FigureFinding["period"], "start" | "end">;

/** Figures by what they say something about. */
class Index {
  readonly store: Store;
  readonly #byKey = new Map<string, FigureFinding[]>();

  constructor(figures: readonly FigureFinding[], store: Store) {
    this.store = store;
    for (const figure of figures) {
      const key = this.#key(figure, figure.period, isForecast(figure));
      const found = this.#byKey.get(key);
      if (found) found.push(figure);
      else this.#byKey.set(key, [figure]);
    }
  }

  /** The figure of this identity that shares a source with `beside`, or else the first. */
  find(
    identity: Pick<FigureFinding, "subject" | "metric" | "scope">,
    days: Days,
    beside: FigureFinding,
    forecast = isForecast(beside),
  ): FigureFinding | undefined {
    const found = this.#byKey.get(this.#key(identity, days, forecast)) ?? [];
    return found.slice(0, mostCandidates).find((each) => shareSource(each, beside)) ?? found[0];
  }

  /** Levels hold on a day, the last one of whatever period is named. */
  #key(
    { subject, metric, scope = "" }: Pick<FigureFinding, "subject" | "metric" | "scope">,
    { start, end }: Days,
    forecast: boolean,
  ): string {
    const level = this.store.metrics.get(metric)?.over === "instant";
    return [subject, metric, scope, level ? end : start, end, forecast].join("\n");
  }
}

/** Figures of one identity that are looked through for a common source. */
const mostCandidates = 20;

const isForecast = ({ status }: FigureFinding): boolean => status === "forecast";

function shareSource(a: FigureFinding, b: FigureFinding): boolean {
  return a.citations.some(({ source }) => b.citations.some((other) => other.source === source));
}

const monthsAgainst: Readonly<Record<NonNullable<Metric["against"]>, number>> = {
  year: 12,
  quarter: 3,
  month: 1,
};

/** A growth figure beside the level it leads to and the one it started from. */
function growths(figures: readonly FigureFinding[], index: Index, ground: Ground): Undeclared[] {
  return figures.flatMap((rate): Undeclared[] => {
    const { growthOf: metric, against = "year" } = index.store.metrics.get(rate.metric) ?? {};
    if (metric === undefined) return [];
    const { subject, scope, period } = rate;
    const identity = { subject, metric, ...(scope === undefined ? {} : { scope }) };
    const earlier = monthsBefore(period, monthsAgainst[against]);
    const to = index.find(identity, period, rate);
    const from = index.find(identity, earlier, rate, false) ?? index.find(identity, earlier, rate, true);
    if (!from || !to || from.quantity.unit !== to.quantity.unit) return [];
    const arithmetic: Arithmetic = { kind: "growth", from: from.id, to: to.id, rate: rate.id };
    return answer(`auto.growth.${rate.id}`, arithmetic, [from, to, rate], ground);
  });
}

/** Kinds of subjects that are parts of what they belong to; sectors and markets overlap. */
const partKinds: ReadonlySet<string> = new Set(["segment", "product", "model"]);
const wholeKinds: ReadonlySet<string> = new Set(["company", ...partKinds]);

/** A share above the whole, and an amount above that of a parent, a wider scope or a longer period. */
function parts(figures: readonly FigureFinding[], index: Index, ground: Ground): Undeclared[] {
  const joined = joinedScopes(figures);
  return figures.flatMap((part): Undeclared[] => {
    const metric = index.store.metrics.get(part.metric);
    if (!metric) return [];
    const id = `auto.part.${part.id}`;
    if (metric.shareOf !== undefined && part.quantity.unit === "%") {
      const all: FigureFinding = { ...part, quantity: whole };
      const [share] = answer(id, { kind: "part", part: part.id, whole: part.id }, [part, all], ground);
      return share && !share.holds ? [{ ...share, findings: [part] }] : [];
    }
    const flow = metric.measures === "money" && metric.over === "period" && metric.additive !== false;
    const wholes = [
      ...(flow && part.scope === undefined ? ofParents(part, index) : []),
      ...(flow ? ofLongerPeriods(part, index) : []),
      ...(flow || metric.measures === "count" ? ofWiderScopes(part, joined, index) : []),
    ].filter(({ id, quantity }) => id !== part.id && quantity.unit === part.quantity.unit);
    const answers = wholes.flatMap((one) =>
      answer(id, { kind: "part", part: part.id, whole: one.id }, [part, one], ground),
    );
    const told = answers.find(({ holds }) => !holds) ?? answers[0];
    return told ? [told] : [];
  });
}

const whole: Quantity = { low: new Decimal(100), high: new Decimal(100), unit: "%", step: new Decimal(0) };

/** The subject that amounts of another are parts of. */
export function parentOfPart(
  { kind, parent }: Subject,
  subjects: ReadonlyMap<string, Subject>,
): string | undefined {
  const isPart = parent !== undefined && partKinds.has(kind);
  return isPart && wholeKinds.has(subjects.get(parent)?.kind ?? "") ? parent : undefined;
}

function ofParents(part: FigureFinding, index: Index): FigureFinding[] {
  const { subjects } = index.store;
  const found: FigureFinding[] = [];
  const seen = new Set<string>();
  for (let subject = subjects.get(part.subject); subject && !seen.has(subject.id); ) {
    seen.add(subject.id);
    const parent = parentOfPart(subject, subjects);
    if (parent === undefined) break;
    const amount = index.find({ subject: parent, metric: part.metric }, part.period, part);
    if (amount) found.push(amount);
    subject = subjects.get(parent);
  }
  return found;
}

/** Names of the periods that a month, quarter or half lies in, e.g. `2025-03` in `2025Q1`, `2025H1` and `2025`. */
function longerPeriods(text: string): string[] {
  const groups = /^(?<year>(?:FY)?\d{4})(?:-(?<month>\d{2})|Q(?<quarter>[1-4])|H[12])$/.exec(text)?.groups;
  if (!groups) return [];
  const { year = "", month, quarter } = groups;
  const months = month === undefined ? Number(quarter ?? 0) * 3 : Number(month);
  return [
    ...(month === undefined ? [] : [`${year}Q${Math.ceil(months / 3)}`]),
    ...(months === 0 ? [] : [`${year}H${Math.ceil(months / 6)}`]),
    year,
  ];
}

function ofLongerPeriods(part: FigureFinding, index: Index): FigureFinding[] {
  const end = index.store.subjects.get(part.subject)?.fiscalYearEnd;
  return longerPeriods(part.period.text).flatMap((text) => {
    const period = parsePeriod(text, end);
    return period ? (index.find(part, period, part) ?? []) : [];
  });
}

/** By subject, metric and scope, the scopes that name it among others: `web and app` for `app`. */
function joinedScopes(figures: readonly FigureFinding[]): Map<string, Set<string>> {
  const joined = new Map<string, Set<string>>();
  for (const { subject, metric, scope } of figures) {
    const names = scope?.split(/ and |, | \+ /) ?? [];
    if (scope === undefined || names.length < 2) continue;
    for (const name of names) {
      const key = [subject, metric, name].join("\n");
      joined.set(key, (joined.get(key) ?? new Set()).add(scope));
    }
  }
  return joined;
}

function ofWiderScopes(
  part: FigureFinding,
  joined: ReadonlyMap<string, ReadonlySet<string>>,
  index: Index,
): FigureFinding[] {
  const { subject, metric, scope, period } = part;
  if (scope === undefined) return [];
  return [...(joined.get([subject, metric, scope].join("\n")) ?? [])].flatMap(
    (wider) => index.find({ subject, metric, scope: wider }, period, part) ?? [],
  );
}

/** How many times its neighbour a figure is when it is worth a second look; some real launches grow so. */
const leap = 10;
/** Days within which two levels are neighbours. */
const yearOfDays = 366;

/** Neighbours in a series that are an order of magnitude apart. Of a peak or a slump only its first side is told. */
function leaps(figures: readonly FigureFinding[], store: Store): Undeclared[] {
  const series = new Map<string, FigureFinding[]>();
  for (const figure of figures) {
    const { subject, metric, scope = "", quantity, period } = figure;
    const measures = store.metrics.get(metric)?.measures ?? "";
    if (!["money", "count", "price"].includes(measures)) continue;
    const key = [subject, metric, scope, quantity.unit, period.kind, period.fiscal].join("\n");
    const found = series.get(key);
    if (found) found.push(figure);
    else series.set(key, [figure]);
  }
  const found: Undeclared[] = [];
  for (const one of series.values()) {
    const sorted = [
      ...new Map(
        one.toReversed().map((figure) => [`${figure.period.start}${figure.period.end}`, figure]),
      ).values(),
    ].sort((a, b) => order(a.period.start, b.period.start) || order(a.period.end, b.period.end));
    let before = 0;
    for (const [index, figure] of sorted.entries()) {
      const earlier = sorted[index - 1];
      const way = earlier && adjacent(earlier, figure) ? leapBetween(earlier, figure) : 0;
      const told = way !== 0 && way !== -before;
      if (earlier && told) found.push(leapOf(earlier, figure, way));
      before = told ? way : 0;
    }
  }
  return found;
}

function adjacent({ period: a }: FigureFinding, { period: b }: FigureFinding): boolean {
  const days = daysBetween(a.end, b.start);
  return b.kind === "instant" ? days <= yearOfDays : days === 1;
}

/** 1 up, -1 down, 0 where the two are of one order. */
function leapBetween({ quantity: a }: FigureFinding, { quantity: b }: FigureFinding): -1 | 0 | 1 {
  if (a.low.lte(0) || b.low.lte(0)) return 0;
  if (b.low.gte(a.high.mul(leap))) return 1;
  return a.low.gte(b.high.mul(leap)) ? -1 : 0;
}

function leapOf(earlier: FigureFinding, later: FigureFinding, way: -1 | 0 | 1): Undeclared {
  const [more, less] = way > 0 ? [later.quantity, earlier.quantity] : [earlier.quantity, later.quantity];
  const times = (value: Decimal): Quantity => ({ low: value, high: value, unit: "x", step: new Decimal(1) });
  return {
    id: `auto.series.${later.id}`,
    kind: "series",
    level: "warning",
    holds: false,
    findings: [earlier, later],
    equation: {
      left: [more, " / ", less],
      computed: times(more.low.div(less.high).toDecimalPlaces(1)),
      against: { by: "limit", value: { ...times(new Decimal(leap)), bound: "<" } },
    },
  };
}

/** Per cent by which the rate between two amounts may lie off every rate of the store. */
const strayRate = 5;

/** One amount told in two currencies, at a rate unlike any of the store's. */
function exchanges(figures: readonly FigureFinding[], store: Store): Undeclared[] {
  const told = new Map<string, FigureFinding[]>();
  for (const figure of figures) {
    const { subject, metric, scope = "", period, quantity } = figure;
    const [above = "", below = ""] = quantity.unit.split("/");
    if (!isCurrency(above)) continue;
    const key = [subject, metric, scope, period.start, period.end, below, isForecast(figure)].join("\n");
    const found = told.get(key);
    if (found) found.push(figure);
    else told.set(key, [figure]);
  }
  return [...told.values()].flatMap((facts) => {
    const [leader, ...others] = facts;
    if (!leader) return [];
    return others.flatMap((other): Undeclared[] => {
      const equation = strayExchange(leader, other, store);
      if (!equation) return [];
      const findings = [leader, other];
      const id = `auto.rate.${other.id}`;
      return [{ id, kind: "conversion", level: "warning", holds: false, findings, equation }];
    });
  });
}

function strayExchange(a: FigureFinding, b: FigureFinding, store: Store): Equation | undefined {
  const [base, quote] = [numerator(a.quantity.unit), numerator(b.quantity.unit)];
  const pairs = new Set([`${base}/${quote}`, `${quote}/${base}`]);
  const rates = store.rates.filter((rate) => pairs.has(`${rate.base}/${rate.quote}`));
  if (base === quote || rates.length === 0) return undefined;
  const verdicts = rates.flatMap((rate): Verdict[] => {
    const ground = { metrics: store.metrics, rates: [rate] };
    const formula = formulate({ kind: "conversion", from: a.id, to: b.id }, [a, b], ground, a);
    return isProblem(formula) ? [] : [settle(formula, strayRate, "printed")];
  });
  return verdicts.some(({ holds }) => holds) ? undefined : verdicts[0]?.equation;
}

/** What cannot be computed is passed over: nobody asked for it. */
function answer(
  id: string,
  arithmetic: Arithmetic,
  findings: readonly FigureFinding[],
  ground: Ground,
): Undeclared[] {
  const asker = { id, at: findings[0]?.at ?? { file: "" } };
  const formula = formulate(arithmetic, findings, ground, asker);
  if (isProblem(formula)) return [];
  const { holds, equation } = settle(formula, 0, "wide");
  return [{ id, kind: arithmetic.kind, level: "error", holds, findings, equation }];
}
