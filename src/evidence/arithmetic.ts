/** Arithmetic between findings: what each kind computes, and whether the result and what is stated can both be right. */
import { Decimal, powerOfTen } from "../findings/decimal.ts";
import { type Bound, isCurrency, numerator, type Quantity } from "../findings/quantity.ts";
import type { Arithmetic, FigureFinding, Metric, Rate } from "../findings/store.ts";
import type { Place, Problem } from "../problem.ts";
import { rateFor, yearsBetween } from "./derive.ts";
import type { Against, Equation } from "./equation.ts";
import * as messages from "./messages.ts";
import {
  add,
  divide,
  meet,
  multiply,
  type Reading,
  raise,
  type Span,
  scale,
  spanOf,
  subtract,
  widen,
} from "./span.ts";

/** What the arithmetic may look up. */
export interface Ground {
  readonly metrics: ReadonlyMap<string, Metric>;
  readonly rates: readonly Rate[];
}

/** Who asks, for problems. */
export interface Asker {
  readonly id: string;
  readonly at: Place;
}

/** One kind of arithmetic, its findings found and brought to one unit. */
export interface Formula {
  readonly operands: readonly Quantity[];
  readonly compute: (operands: readonly Span[]) => Span;
  /** Of what is computed. */
  readonly unit: string;
  readonly left: Equation["left"];
  readonly against: Against;
}

/** A figure as an operand, and as it is shown with the rate that brought it there. */
type Term = { readonly quantity: Quantity; readonly shown: readonly (string | Quantity)[] };

const first = (spans: readonly Span[]): Span => spans[0] ?? nothing;
const second = (spans: readonly Span[]): Span => spans[1] ?? nothing;
const nothing: Span = { low: new Decimal(0), high: new Decimal(0) };
const one: Span = { low: new Decimal(1), high: new Decimal(1) };

/** The findings that an arithmetic names, what it states last. */
export function named(arithmetic: Arithmetic): string[] {
  switch (arithmetic.kind) {
    case "growth":
    case "cagr":
      return [arithmetic.from, arithmetic.to, arithmetic.rate];
    case "sum":
      return [...arithmetic.parts, arithmetic.total];
    case "share":
      return [arithmetic.part, arithmetic.whole, arithmetic.percent];
    case "ratio":
      return [arithmetic.of, arithmetic.to, arithmetic.times];
    case "product":
      return [...arithmetic.factors, arithmetic.result];
    case "conversion":
      return [arithmetic.from, arithmetic.to];
    case "difference":
      return [arithmetic.from, arithmetic.less, arithmetic.result];
    case "part":
      return [arithmetic.part, arithmetic.whole];
  }
}

/**
 * Brings the findings to one unit, or says why that cannot be done: units that cannot be compared, a missing rate, a
 * division by zero, no time between.
 * @param findings those that the arithmetic names, in the order of {@link named}
 */
export function formulate(
  arithmetic: Arithmetic,
  findings: readonly FigureFinding[],
  ground: Ground,
  asker: Asker,
): Formula | Problem {
  const stated = findings.at(-1);
  const given = findings.slice(0, -1);
  const [a, b] = given;
  if (!stated || !a) return messages.checkOfNothing(asker);
  switch (arithmetic.kind) {
    case "part": {
      const part = inUnitOf(a, stated, ground, asker);
      if (isProblem(part)) return part;
      return {
        operands: [part.quantity],
        compute: first,
        unit: stated.quantity.unit,
        left: part.shown,
        against: { by: "whole", value: stated.quantity },
      };
    }
    case "conversion":
      return conversion(a, stated, ground, asker);
    case "sum": {
      const parts = inUnitsOf(stated, given, ground, asker);
      if (isProblem(parts)) return parts;
      return {
        operands: parts.map(({ quantity }) => quantity),
        compute: (spans) => spans.reduce(add, nothing),
        unit: stated.quantity.unit,
        left: join(parts, " + "),
        against: { by: "statement", value: stated.quantity },
      };
    }
    case "product":
      return product(given, stated, new Decimal(arithmetic.times), ground, asker);
    default:
  }
  if (!b) return messages.checkOfNothing(asker);
  switch (arithmetic.kind) {
    case "difference": {
      const points = a.quantity.unit === "%" && stated.quantity.unit === "pp";
      const terms = inUnitsOf(points ? a : stated, given, ground, asker);
      if (isProblem(terms)) return terms;
      return {
        operands: terms.map(({ quantity }) => quantity),
        compute: (spans) => subtract(first(spans), second(spans)),
        unit: stated.quantity.unit,
        left: join(terms, " - "),
        against: { by: "statement", value: stated.quantity },
      };
    }
    case "growth":
    case "cagr":
      return growth(arithmetic.kind, a, b, stated, ground, asker);
    case "share":
    case "ratio":
      return quotient(arithmetic.kind, a, b, stated, ground, asker);
  }
}

function growth(
  kind: "growth" | "cagr",
  from: FigureFinding,
  to: FigureFinding,
  rate: FigureFinding,
  ground: Ground,
  asker: Asker,
): Formula | Problem {
  for (const level of [from, to])
    if (ground.metrics.get(level.metric)?.growthOf !== undefined) return messages.checkOfGrowth(asker, level);
  const { unit } = rate.quantity;
  if (unit !== "%" && (unit !== "x" || kind === "cagr")) return messages.checkUnit(asker, rate, "%");
  const end = inUnitOf(to, from, ground, asker);
  if (isProblem(end)) return end;
  if (from.quantity.low.lte(0)) return messages.checkDivision(asker, from);
  const years = kind === "cagr" ? yearsBetween(from.period.end, to.period.end) : 1;
  if (years <= 0) return messages.checkTime(asker, from, to);
  const quotient = [...end.shown, " / ", from.quantity];
  return {
    operands: [from.quantity, end.quantity],
    compute: (spans) => {
      const times = divide(second(spans), first(spans));
      const yearly = kind === "cagr" ? raise(times, new Decimal(1).div(years)) : times;
      return scale(subtract(yearly, one), unit === "%" ? 100 : 1);
    },
    unit,
    left: kind === "cagr" ? ["(", ...quotient, `)^(1/${years}) - 1`] : [...quotient, " - 1"],
    against: { by: "statement", value: rate.quantity },
  };
}

function quotient(
  kind: "share" | "ratio",
  of: FigureFinding,
  to: FigureFinding,
  result: FigureFinding,
  ground: Ground,
  asker: Asker,
): Formula | Problem {
  const { unit } = result.quantity;
  const plain = unit === "%" || (unit === "x" && kind === "ratio");
  if (kind === "share" && !plain) return messages.checkUnit(asker, result, "%");
  const [above = "", below] = unit.split("/");
  const whole = plain ? inUnitOf(to, of, ground, asker) : term(to);
  const part = plain || of.quantity.unit === above ? term(of) : into(above, of, ground, asker);
  if (isProblem(whole)) return whole;
  if (isProblem(part)) return part;
  if (!plain && to.quantity.unit !== below)
    return messages.checkUnit(asker, result, `${of.quantity.unit}/${to.quantity.unit}`);
  if (to.quantity.low.lte(0) && to.quantity.high.gte(0)) return messages.checkDivision(asker, to);
  return {
    operands: [part.quantity, whole.quantity],
    compute: (spans) => scale(divide(first(spans), second(spans)), unit === "%" ? 100 : 1),
    unit,
    left: [...part.shown, " / ", ...whole.shown],
    against: { by: "statement", value: result.quantity },
  };
}

function product(
  factors: readonly FigureFinding[],
  result: FigureFinding,
  multiplier: Decimal,
  ground: Ground,
  asker: Asker,
): Formula | Problem {
  const units = factors.map(({ quantity }) => quantity.unit);
  const unit = productUnit(units, result.quantity.unit, !multiplier.eq(1));
  if (unit === undefined) return messages.checkUnits(asker, [...factors, result]);
  const rate = exchange(unit, result.quantity.unit, result.period.end, ground.rates);
  if (rate === "none") return messages.checkRate(asker, numerator(unit), numerator(result.quantity.unit));
  const percents = units.filter((each) => each === "%" && unit !== "%").length;
  const operands = factors.map(({ quantity }) => quantity);
  return {
    operands: rate ? [...operands, rateQuantity(rate)] : operands,
    compute: (spans) => {
      const money = spans.slice(0, operands.length).reduce(multiply, one);
      const factor = multiplier.div(new Decimal(100).pow(percents));
      const last = spans.at(-1) ?? one;
      const there = rate?.base === numerator(unit) ? multiply(money, last) : divide(money, last);
      return scale(rate ? there : money, factor);
    },
    unit: result.quantity.unit,
    left: [
      ...join(factors.map(term), " × "),
      ...(multiplier.eq(1) ? [] : [` × ${multiplier.toFixed()}`]),
      ...(rate ? [rate.base === numerator(unit) ? " × " : " / ", rate.id] : []),
    ],
    against: { by: "statement", value: result.quantity },
  };
}

/** The rate that leads from the currency of one unit to that of another, when they differ. */
function exchange(from: string, to: string, date: string, rates: readonly Rate[]): Rate | undefined | "none" {
  const [base, quote] = [numerator(from), numerator(to)];
  return base === quote ? undefined : (rateFor(base, quote, date, rates)?.rate ?? "none");
}

const stretches: ReadonlySet<string> = new Set(["days", "months", "quarters", "years"]);

/**
 * What the product of so many units is counted in; `undefined` when that cannot be the result's unit. Equal units above
 * and below the line cancel; whoever pays a price (`users × USD/months`) goes into the amount; a multiplier takes up time.
 */
function productUnit(units: readonly string[], result: string, timed: boolean): string | undefined {
  const above = units.map(numerator).filter((unit) => unit !== "%" && unit !== "x");
  const below: string[] = [];
  for (const unit of units) {
    const under = unit.split("/")[1];
    if (under === undefined) continue;
    const met = above.indexOf(under);
    if (met >= 0) above.splice(met, 1);
    else if (!timed || !stretches.has(under)) below.push(under);
  }
  const money = above.filter(isCurrency);
  const [resultAbove = "", resultBelow] = result.split("/");
  if (money.length > 1 || below.length > 1 || below[0] !== resultBelow) return undefined;
  const [currency] = money;
  if (currency !== undefined) return isCurrency(resultAbove) ? [currency, ...below].join("/") : undefined;
  const left = above.length === 0 ? ["%", "x"] : above;
  return left.includes(resultAbove) ? result : undefined;
}

function conversion(from: FigureFinding, to: FigureFinding, ground: Ground, asker: Asker): Formula | Problem {
  const [base, quote] = [from, to].map(({ quantity }) => numerator(quantity.unit)) as [string, string];
  const per = (unit: string): string | undefined => unit.split("/")[1];
  if (
    !isCurrency(base) ||
    !isCurrency(quote) ||
    base === quote ||
    per(from.quantity.unit) !== per(to.quantity.unit)
  )
    return messages.checkCurrencies(asker, from, to);
  const found = rateFor(base, quote, to.period.end, ground.rates);
  if (!found) return messages.checkRate(asker, base, quote);
  const [top, bottom] = found.rate.base === base ? [to, from] : [from, to];
  if (bottom.quantity.low.lte(0)) return messages.checkDivision(asker, bottom);
  const unit = `${found.rate.quote}/${found.rate.base}`;
  return {
    operands: [top.quantity, bottom.quantity],
    compute: (ends) => divide(first(ends), second(ends)),
    unit,
    left: [top.quantity, " / ", bottom.quantity],
    against: { by: "rate", rate: found.rate.id, value: rateQuantity(found.rate) },
  };
}

/** How many of `quote` one of `base` costs, exact to the digits that the store gives. */
export function rateQuantity({ rate, base, quote }: Rate): Quantity {
  const value = new Decimal(rate);
  const places = rate.split(".")[1]?.length ?? 0;
  return { low: value, high: value, unit: `${quote}/${base}`, step: powerOfTen(-places) };
}

const term = ({ quantity }: FigureFinding): Term => ({ quantity, shown: [quantity] });

function join(terms: readonly Term[], between: string): (string | Quantity)[] {
  return terms.flatMap(({ shown }, index) => (index === 0 ? shown : [between, ...shown]));
}

function inUnitsOf(
  leader: FigureFinding,
  figures: readonly FigureFinding[],
  ground: Ground,
  asker: Asker,
): Term[] | Problem {
  const terms: Term[] = [];
  for (const figure of figures) {
    const made = inUnitOf(figure, leader, ground, asker);
    if (isProblem(made)) return made;
    terms.push(made);
  }
  return terms;
}

/** A figure in the unit of another: money by a rate, anything else only when it is in that unit already. */
function inUnitOf(figure: FigureFinding, other: FigureFinding, ground: Ground, asker: Asker): Term | Problem {
  const { unit } = other.quantity;
  if (figure.quantity.unit === unit) return term(figure);
  if (!isCurrency(numerator(unit)) || figure.quantity.unit.split("/")[1] !== unit.split("/")[1])
    return messages.checkUnits(asker, [other, figure]);
  return into(numerator(unit), figure, ground, asker);
}

function into(currency: string, figure: FigureFinding, ground: Ground, asker: Asker): Term | Problem {
  const { quantity } = figure;
  const from = numerator(quantity.unit);
  const to = numerator(currency);
  if (!isCurrency(from) || !isCurrency(to)) return messages.checkUnit(asker, figure, to);
  const found = rateFor(from, to, figure.period.end, ground.rates);
  if (!found) return messages.checkRate(asker, from, to);
  return {
    quantity: converted(quantity, to, found.rate, found.factor),
    shown: [quantity, found.rate.base === from ? " × " : " / ", found.rate.id],
  };
}

/** Into another currency; the rate's own rounding adds to that of the amount. */
export function converted(quantity: Quantity, currency: string, rate: Rate, factor: Decimal): Quantity {
  const { low, high, step } = rateQuantity(rate);
  const rounding = high.isZero() ? step : step.div(low);
  return {
    ...quantity,
    low: quantity.low.mul(factor),
    high: quantity.high.mul(factor),
    step: quantity.step.add(quantity.high.abs().mul(rounding)).mul(factor),
    unit: quantity.unit.replace(numerator(quantity.unit), currency),
  };
}

export interface Verdict {
  readonly holds: boolean;
  /** Holds only because "over" or "at most" leave one side open, further than writers mean. */
  readonly strained: boolean;
  readonly equation: Equation;
}

/**
 * Whether what is computed and what it is held against can both be right.
 * @param tolerance per cent by which the two sides may differ beyond bounds and rounding
 */
export function settle(
  formula: Formula,
  tolerance: number,
  reading: "printed" | "rounded" | "wide",
): Verdict {
  const { operands, compute, left, against } = formula;
  const fits = (by: Reading): boolean => {
    const computed = compute(operands.map((operand) => spanOf(operand, by)));
    const other = widen(spanOf(against.value, by), tolerance);
    return against.by === "whole" ? computed.low.lte(other.high) : meet(computed, other);
  };
  const holds = fits(reading);
  return {
    holds,
    strained: holds && reading === "rounded" && !fits("near"),
    equation: {
      left,
      ...(against.by === "whole" ? {} : { computed: display(formula) }),
      against,
    },
  };
}

/** The result as it is shown: as many digits as what is stated has, but at least three that count. */
function display({ operands, compute, unit, against }: Formula): Quantity {
  const printed = compute(operands.map((operand) => spanOf(operand, "printed")));
  const opened = compute(operands.map((operand) => spanOf(operand, "opened")));
  const size = Decimal.max(printed.low.abs(), printed.high.abs());
  const least = size.isZero() ? 0 : size.e - 2;
  const { step } = against.value;
  const power = step.isZero() ? least : Math.min(least, step.e);
  const digit = powerOfTen(power);
  const round = (value: Decimal): Decimal => value.div(digit).round().mul(digit);
  const bounds = operands.filter(({ bound }) => bound !== undefined);
  const up = opened.high.gt(printed.high);
  const down = opened.low.lt(printed.low);
  const bound: Bound = up === down ? "~" : up ? "≥" : "≤";
  return {
    ...(bounds.length === 0 ? {} : { bound }),
    low: round(printed.low),
    high: round(printed.high),
    unit,
    step: digit,
  };
}

export function isProblem(value: object): value is Problem {
  return "severity" in value;
}
