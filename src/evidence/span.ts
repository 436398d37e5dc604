/** Spans: what a quantity may truly be, as numbers between two ends of which either may be infinite. */
import { Decimal } from "../findings/decimal.ts";
import { type Bound, interval, type Quantity } from "../findings/quantity.ts";

/** All numbers from `low` to `high`, both included. */
export interface Span {
  readonly low: Decimal;
  readonly high: Decimal;
}

/**
 * How closely a quantity is taken:
 * `printed` by its digits alone · `opened` the same with the open side of its bound · `rounded` with its rounding, an open bound reaching for ever, "about" leaving a little
 * · `near` the same, but an open bound reaches no further than writers mean · `wide` as one source is compared with another.
 */
export type Reading = "printed" | "opened" | "rounded" | "near" | "wide";

/** Part of the value that "about" leaves on either side; less than between sources, as errors add up along a formula. */
const aboutLeaves = 0.02;

/** How many times the printed value an open bound reaches. "Over" is said of the nearest round number, "at least" also of an order of magnitude, as three-digit growth is. */
const reach: Readonly<Record<Bound, { readonly down: number; readonly up: number }>> = {
  ">": { down: 1, up: 2 },
  "≥": { down: 1, up: 10 },
  "≳": { down: 1, up: 10 },
  "<": { down: 2, up: 1 },
  "≤": { down: 10, up: 1 },
  "≲": { down: 10, up: 1 },
  "~": { down: 1, up: 1 },
};

/** Units whose values may well lie below zero: changes. Amounts and counts do not, since data names losses as such. */
const changes: ReadonlySet<string> = new Set(["%", "pp", "x"]);

const infinity = new Decimal(Number.POSITIVE_INFINITY);

export function spanOf(quantity: Quantity, reading: Reading): Span {
  const { bound, low, high, step, unit } = quantity;
  if (reading === "printed") return { low, high };
  const floor = low.gte(0) && !changes.has(unit) ? new Decimal(0) : infinity.neg();
  const closed = interval(quantity);
  const lowest = Decimal.max(closed.low ?? infinity.neg(), floor);
  const highest = closed.high ?? infinity;
  if (bound === undefined && reading === "opened") return { low, high };
  if (bound === undefined || reading === "wide") return { low: lowest, high: highest };
  const slack = Decimal.max(step.div(2), "~≳≲".includes(bound) ? high.abs().mul(aboutLeaves) : 0);
  const { down, up } = reach[bound];
  if (reading === "opened") return { low: down > 1 ? lowest : low, high: up > 1 ? highest : high };
  const ends = { low: low.sub(slack), high: high.add(slack) };
  if (reading === "rounded") return { low: down > 1 ? lowest : ends.low, high: up > 1 ? highest : ends.high };
  return {
    low: down > 1 && low.gt(0) ? low.div(down) : ends.low,
    high: up > 1 && high.gt(0) ? high.mul(up) : ends.high,
  };
}

export function meet(a: Span, b: Span): boolean {
  return a.low.lte(b.high) && b.low.lte(a.high);
}

/** Lengthened on either side by so many per cent of its farther finite end. */
export function widen({ low, high }: Span, percent: number): Span {
  const size = Decimal.max(...[low, high].map((end) => (end.isFinite() ? end.abs() : 0)));
  const more = size.mul(percent).div(100);
  return { low: low.sub(more), high: high.add(more) };
}

export function add(a: Span, b: Span): Span {
  return { low: a.low.add(b.low), high: a.high.add(b.high) };
}

export function subtract(a: Span, b: Span): Span {
  return { low: a.low.sub(b.high), high: a.high.sub(b.low) };
}

export function multiply(a: Span, b: Span): Span {
  return hull([times(a.low, b.low), times(a.low, b.high), times(a.high, b.low), times(a.high, b.high)]);
}

/** All that `a / b` may be; everything, when `b` may be zero with either sign. */
export function divide(a: Span, b: Span): Span {
  const isBelow = b.low.lt(0);
  if (isBelow === b.high.gt(0)) return { low: infinity.neg(), high: infinity };
  const over = (top: Decimal, bottom: Decimal): Decimal => {
    if (top.isZero() || !bottom.isFinite()) return new Decimal(0);
    if (!bottom.isZero()) return top.div(bottom);
    return top.isNegative() === isBelow ? infinity : infinity.neg();
  };
  return hull([over(a.low, b.low), over(a.low, b.high), over(a.high, b.low), over(a.high, b.high)]);
}

export function scale({ low, high }: Span, factor: Decimal | number): Span {
  return multiply({ low, high }, { low: new Decimal(factor), high: new Decimal(factor) });
}

/** To a power above zero, of numbers not below zero. */
export function raise({ low, high }: Span, power: Decimal): Span {
  return { low: Decimal.max(low, 0).pow(power), high: Decimal.max(high, 0).pow(power) };
}

/** Nothing times without end is nothing. */
function times(a: Decimal, b: Decimal): Decimal {
  return a.isZero() || b.isZero() ? new Decimal(0) : a.mul(b);
}

function hull(ends: readonly Decimal[]): Span {
  return { low: Decimal.min(...ends), high: Decimal.max(...ends) };
}
