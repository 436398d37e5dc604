/** Agreement: whether a figure's value is what its citation prints. */
import type { Decimal } from "./decimal.ts";
import { builtIn, type Denominators, type Per } from "./denominators.ts";
import { type Bound, isCurrency, numerator, type Quantity } from "./quantity.ts";
import type { Citation, Metric, Source } from "./store.ts";
import { type Reading, readWritten } from "./written.ts";
import type { Kind } from "./written-forms.ts";

/**
 * - `wholly`: number, unit, bound and denominator are printed as the figure has them
 * - `partly`: nothing printed speaks against the figure, but `lacks` is not printed
 * - `not`: what is printed is something else; `printed` is what comes nearest
 * - `unread`: no number is printed
 */
export type Agreement =
  | { readonly agrees: "wholly" }
  | { readonly agrees: "partly"; readonly lacks: string }
  | { readonly agrees: "not"; readonly printed: Reading; readonly because: string }
  | { readonly agrees: "unread" };

/** How numbers in a unit, or of a metric, are printed; those of a kind that none of these is may be bare. */
const kindsOf: Readonly<Record<string, readonly Kind[]>> = {
  "%": ["percent", "digits"],
  pp: ["points"],
  x: ["times"],
  times: ["count", "times", "plain"],
  money: ["money", "plain"],
  duration: ["duration"],
  rank: ["rank", "plain"],
  count: ["count", "plain", "digits"],
};

function kindsFor(unit: string, measures: Metric["measures"] | undefined): readonly Kind[] {
  const own = kindsOf[isCurrency(unit) ? "money" : unit];
  return own ?? kindsOf[measures === "duration" || measures === "rank" ? measures : "count"] ?? [];
}

/** What is told to be lacking where a price is printed without what it is for. */
export const lacksDenominator = "its denominator";

/** Compares a figure with one of its citations; where that prints several numbers, with the one that fits best. */
export function agrees(
  quantity: Quantity,
  citation: Citation,
  metric: Pick<Metric, "measures"> | undefined,
  source: Pick<Source, "currency"> | undefined,
  denominators: Denominators = builtIn,
): Agreement {
  const outcomes = readWritten(citation.written, denominators).numbers.map((reading) =>
    compare(quantity, reading, metric?.measures, source?.currency),
  );
  const rank = ({ agrees }: Agreement): number => ["wholly", "partly", "not", "unread"].indexOf(agrees);
  return outcomes.reduce<Agreement>((best, outcome) => (rank(outcome) < rank(best) ? outcome : best), {
    agrees: "unread",
  });
}

/** @param own currency of amounts that name none */
function compare(
  quantity: Quantity,
  reading: Reading,
  measures: Metric["measures"] | undefined,
  own: string | undefined,
): Agreement {
  const not = (because: string): Agreement => ({ agrees: "not", printed: reading, because });
  const unit = numerator(quantity.unit);
  if (!kindsFor(unit, measures).includes(reading.kind)) return not("another kind of number");
  if (reading.kind === "duration" && reading.unit !== unit) return not("another unit");
  if (isCurrency(unit) && (reading.currency ?? own) !== unit) return not("another currency");
  if (reading.vague) return not("no definite number");

  const lacks: string[] = [];
  const under = quantity.unit.split("/")[1];
  const per = perOf(reading, under, measures === "price");
  if (per === null) return not("another denominator");
  if (under !== undefined && per === undefined) lacks.push(lacksDenominator);

  const bound = boundAgrees(quantity.bound, reading.bound);
  if (bound === "not") return not("another bound");
  if (bound === "missing") lacks.push("its bound");

  const scaled = (value: Decimal): Decimal => (per ? value.div(per) : value);
  const [low, high, step] = [scaled(reading.low), scaled(reading.high), scaled(reading.step)];
  if (!low.eq(quantity.low) || !high.eq(quantity.high)) {
    const isNear = (printed: Decimal, value: Decimal): boolean =>
      printed.sub(value).abs().lte(step.div(2)) && step.gt(quantity.step);
    if (!isNear(low, quantity.low) || !isNear(high, quantity.high)) return not("another number");
    lacks.push("its last digits");
  }
  return lacks.length === 0 ? { agrees: "wholly" } : { agrees: "partly", lacks: lacks.join(" and ") };
}

/**
 * How many of the denominator's units the printed price is for; `undefined` when none is printed, `null` when another.
 * Words around an amount (`每天`, `for 1 cup`) make a price of it only where a price is meant.
 */
function perOf(reading: Reading, under: string | undefined, isPrice: boolean): Decimal | null | undefined {
  const isUnder = ({ units }: Per): boolean => under !== undefined && units.includes(under);
  if (reading.per) return isUnder(reading.per) ? reading.per.count : null;
  const said = reading.mayPer.find(isUnder);
  if (said) return said.count;
  return (under !== undefined || isPrice) && reading.mayPer.length > 0 ? null : undefined;
}

const sides: Readonly<Record<Bound, string>> = {
  ">": "above",
  "≥": "above",
  "≳": "above",
  "<": "below",
  "≤": "below",
  "≲": "below",
  "~": "near",
};

/** `>` and `≥` are near synonyms, as are `<` and `≤`; a printed bound is never lost, nor turned. */
function boundAgrees(value: Bound | undefined, printed: Bound | undefined): "yes" | "missing" | "not" {
  if (printed === undefined) return value === undefined ? "yes" : "missing";
  return value !== undefined && sides[value] === sides[printed] ? "yes" : "not";
}
