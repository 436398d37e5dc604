/** Equations: arithmetic between findings as it is shown, in the notation of the data. */
import { type Decimal, powerOfTen } from "../findings/decimal.ts";
import type { Bound, Quantity } from "../findings/quantity.ts";

/** Against what a result is held: what a finding states, what a rate of the store gives, a whole, or a limit. */
export type Against =
  | { readonly by: "statement" | "whole" | "limit"; readonly value: Quantity }
  | { readonly by: "rate"; readonly rate: string; readonly value: Quantity };

/** `left = computed`, held against something. */
export interface Equation {
  /** Operators and the ids of rates, with the quantities between them. */
  readonly left: readonly (string | Quantity)[];
  /** Absent where `left` itself is what is compared. */
  readonly computed?: Quantity;
  readonly against: Against;
}

const boundWords: Readonly<Record<Bound, string>> = {
  ">": "over ",
  "≥": "at least ",
  "≳": "at least about ",
  "<": "under ",
  "≤": "at most ",
  "≲": "at most about ",
  "~": "about ",
};

const scales = [
  { power: 12, suffix: "万亿" },
  { power: 8, suffix: "亿" },
  { power: 4, suffix: "万" },
];

/** What stands below the line, as data files write it: how many of it, and its name. */
const denominators: Readonly<Record<string, { readonly count: number; readonly name: string }>> = {
  days: { count: 1, name: "day" },
  months: { count: 1, name: "month" },
  years: { count: 1, name: "year" },
  people: { count: 1, name: "person" },
  tokens: { count: 1_000_000, name: "1M tokens" },
};

/** As data files write it, with the bound in words: `about 55亿 USD`, `264 %`. */
export function notation({ bound, low, high, unit }: Quantity): string {
  const [above = "", below] = unit.split("/");
  const per = denominators[below ?? ""];
  const plain = unit === "%" || unit === "pp" || unit === "x";
  const scale = plain ? undefined : scales.find(({ power }) => high.abs().gte(powerOfTen(power)));
  const print = (value: Decimal): string =>
    value
      .mul(per?.count ?? 1)
      .div(powerOfTen(scale?.power ?? 0))
      .toFixed();
  const number = low.eq(high) ? print(low) : `${print(low)}–${print(high)}`;
  const named = below === undefined ? above : `${above}/${per?.name ?? below}`;
  return `${bound === undefined ? "" : boundWords[bound]}${number}${scale?.suffix ?? ""} ${named}`;
}

/** `200亿 USD / about 55亿 USD - 1 = 264 %, stated about 300 %` */
export function writeEquation({ left, computed, against }: Equation): string {
  const terms = left.map((term) => (typeof term === "string" ? term : notation(term))).join("");
  const value = notation(against.value);
  if (against.by === "whole") return `${terms}, expected no more than ${value}`;
  const result = computed === undefined ? terms : `${terms} = ${notation(computed)}`;
  if (against.by === "statement") return `${result}, stated ${value}`;
  return against.by === "rate" ? `${result}, ${against.rate} gives ${value}` : `${result}, expected ${value}`;
}
