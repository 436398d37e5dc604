/** Quantities: what a figure says, exact, with its bound, range, scale and unit. */
import { Decimal, powerOfTen } from "./decimal.ts";

/** Bounds as data files write them. */
export const bounds = [">", "≥", "<", "≤", "~"] as const;
/** Besides those written, derived figures may be at least (`≳`) or at most (`≲`) about a value. */
export type Bound = (typeof bounds)[number] | "≳" | "≲";

/** A quantity in base units: `301亿 CNY` is 30 100 000 000 CNY. */
export interface Quantity {
  readonly bound?: Bound;
  readonly low: Decimal;
  /** The upper end of a range; equal to `low` when there is none. */
  readonly high: Decimal;
  /** `CNY`, `%`, `users`, or with a denominator `USD/tokens` (per one token), `USD/months`. */
  readonly unit: string;
  /** What one step of the last written digit is worth, in base units: 1亿 for `301亿`. */
  readonly step: Decimal;
}

/** Powers of ten by the scales that sources print. */
export const scales: Readonly<Record<string, number>> = {
  万亿: 12,
  亿: 8,
  万: 4,
  k: 3,
  M: 6,
  bn: 9,
  tn: 12,
};

/** Units that need no declaration, besides ISO 4217 currencies. */
export const builtInUnits: ReadonlySet<string> = new Set(["%", "pp", "x"]);

const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));

/** Those that a slip of the keyboard is likely to have meant. */
export const commonCurrencies = ["CNY", "USD", "EUR", "GBP", "HKD", "JPY", "KRW", "SGD", "TWD"];

export function isCurrency(unit: string): boolean {
  return currencies.has(unit);
}

/** The part of a unit above the line: `USD` of `USD/tokens`. */
export function numerator(unit: string): string {
  return unit.split("/")[0] ?? unit;
}

/** Denominators are written in the singular or as the unit's id: `USD/month` is `USD/months`. */
const denominators: Readonly<Record<string, string>> = {
  month: "months",
  day: "days",
  year: "years",
  hour: "hours",
  quarter: "quarters",
  person: "people",
  user: "users",
  token: "tokens",
  image: "images",
};

export type QuantityFault =
  | { readonly fault: "form" }
  | { readonly fault: "unit"; readonly unit: string }
  | { readonly fault: "currency"; readonly unit: string }
  | { readonly fault: "range"; readonly low: string; readonly high: string };

const form =
  /^(?<bound>[>≥<≤~])?\s*(?<low>[-+−]?\d+(?:\.\d+)?)(?:\s*[–-]\s*(?<high>\d+(?:\.\d+)?))?\s*(?<scale>万亿|亿|万|(?:k|M|bn|tn)(?=\s))?\s*(?<unit>%|[A-Za-z][A-Za-z-]*)(?:\/(?:(?<count>[1-9]\d*)(?<countScale>k|M|万|亿)?\s+)?(?<per>[a-z][a-z-]*))?$/u;

/**
 * Reads `[bound] number[–number] [scale] unit`, e.g. `>1.5亿 CNY`, `120–130亿 USD`, `0.55 USD/1M tokens`.
 * @param known ids of the units declared in the workspace
 */
export function parseQuantity(text: string, known: ReadonlySet<string>): Quantity | QuantityFault {
  const groups = text.length <= 80 ? form.exec(text.trim())?.groups : undefined;
  if (!groups) return { fault: "form" };
  const { bound, low = "", high, scale, unit: above = "", count, countScale, per } = groups;
  const unit = parseUnit(per === undefined ? above : `${above}/${per}`, known);
  if (typeof unit !== "string") return unit;

  const scaled = powerOfTen(scaleOf(scale));
  const factor =
    count === undefined ? scaled : scaled.div(new Decimal(count).mul(powerOfTen(scaleOf(countScale))));
  const bottom = decimal(low);
  const top = high === undefined ? bottom : decimal(high);
  if (top.lt(bottom)) return { fault: "range", low, high: high ?? "" };
  const places = Math.max(decimalPlaces(low), high === undefined ? 0 : decimalPlaces(high));
  return {
    ...(bound === undefined ? {} : { bound: bound as Bound }),
    low: bottom.mul(factor),
    high: top.mul(factor),
    unit,
    step: powerOfTen(-places).mul(factor),
  };
}

/** Reads a unit by itself: `CNY`, `%`, `users`, `USD/months`, or `USD/month` for the same. */
export function parseUnit(
  text: string,
  known: ReadonlySet<string>,
): string | Extract<QuantityFault, { unit: string }> {
  const [unit = "", per, ...more] = text.split("/");
  if (!builtInUnits.has(unit) && !known.has(unit) && !isCurrency(unit))
    return { fault: /^[A-Z]{3}$/.test(unit) ? "currency" : "unit", unit };
  if (per === undefined) return unit;
  const under = denominators[per] ?? per;
  return known.has(under) && more.length === 0 ? `${unit}/${under}` : { fault: "unit", unit: per };
}

export function isFault(result: Quantity | QuantityFault): result is QuantityFault {
  return "fault" in result;
}

function scaleOf(scale: string | undefined): number {
  return scale === undefined ? 0 : (scales[scale] ?? 0);
}

function decimal(written: string): Decimal {
  return new Decimal(written.replace("−", "-").replace("+", ""));
}

function decimalPlaces(written: string): number {
  return written.split(".")[1]?.length ?? 0;
}

/**
 * The closed interval in which the true value lies, taking bound and rounding into account. Half a step on either
 * side for a plain number, one tenth of the value for "about"; `null` where a bound leaves a side open.
 */
export function interval(quantity: Quantity): {
  readonly low: Decimal | null;
  readonly high: Decimal | null;
} {
  const { bound = "", low, high, step } = quantity;
  const half = step.div(2);
  const slack = "~≳≲".includes(bound) && bound !== "" ? Decimal.max(half, high.abs().div(10)) : half;
  return {
    low: ["<", "≤", "≲"].includes(bound) ? null : low.sub(slack),
    high: [">", "≥", "≳"].includes(bound) ? null : high.add(slack),
  };
}
