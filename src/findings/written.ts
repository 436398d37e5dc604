/** Written forms: the numbers that a page prints, in Chinese or English, each with bound, scale, unit and currency. */

import { counts } from "./chinese-quantities.ts";
import { Decimal } from "./decimal.ts";
import { builtIn, type Denominators, type Per, perAround, perBehind } from "./denominators.ts";
import { isPartOfName } from "./names.ts";
import { legible, type Numeral } from "./numerals.ts";
import {
  type Amount,
  amountAt,
  arabic,
  behindOf,
  boundIn,
  chinese,
  type Free,
  han,
  inFrontOf,
  number,
  rangeEnd,
} from "./printed-amounts.ts";
import { type PrintedDate, readDates } from "./printed-dates.ts";
import { type Bound, isCurrency } from "./quantity.ts";
import {
  boundsBefore,
  type Kind,
  ranks,
  ranksNothing,
  signs,
  denominators as table,
  words,
} from "./written-forms.ts";

/** One number as printed. */
export interface Reading {
  /** The digits, from the first character to the one after the last; both ends of a range. */
  readonly from: number;
  readonly to: number;
  /** The same with bound, currency, unit and denominator. */
  readonly start: number;
  readonly end: number;
  /** What stands from `start` to `end`. */
  readonly text: string;
  readonly kind: Kind;
  readonly bound?: Bound;
  readonly low: Decimal;
  readonly high: Decimal;
  readonly step: Decimal;
  /** ISO 4217 code, of money. */
  readonly currency?: string;
  /** Id of the unit, of durations. */
  readonly unit?: string;
  /** What it is counted per, as a denominator right behind it says. */
  readonly per?: Per;
  /** What words around it say that it may be counted per: `每天`, `单个员工`, `for 1 cup`. */
  readonly mayPer: readonly Per[];
  /** Only the size is printed: 数千万, 十几. */
  readonly vague: boolean;
  /** A word that says a number where one is looked for, but none to be missed in a text: 榜首. */
  readonly implied: boolean;
}

export interface Written {
  readonly numbers: readonly Reading[];
  readonly dates: readonly PrintedDate[];
}

const fraction = new RegExp(
  `(?<whole>[${han}\\d]{1,12})分之(?<part>[${han}]{1,12}|\\d+(?:\\.\\d+)?)|(?<![\\d/.])(?<above>\\d{1,3})\\s?/\\s?(?<below>\\d{1,4})(?![\\d/.]|\\s?[%年月万亿])`,
  "gu",
);
const currencyBefore =
  /(?:(?<sign>US\$|HK\$|\$|¥|￥|€|£|人民币|人民幣|RMB)|(?<![A-Za-z])(?<code>[A-Z]{3}))\s?$/u;
/** Reads every number and every date in a printed form or a line of a page, in order; digits in names are neither. */
export function readWritten(written: string, denominators = builtIn): Written {
  const text = legible(written);
  const dates = readDates(text);
  const numbers: Reading[] = [];
  const taken = new Uint8Array(text.length);
  const free: Free = (from, to) => !taken.subarray(from, to).includes(1);
  for (const { from, to } of dates) taken.fill(1, from, to);
  for (const read of [readFractions, readArabic, readChinese, readWords])
    for (const reading of read(text, free, denominators)) {
      numbers.push(reading);
      taken.fill(1, reading.start, reading.end);
    }
  numbers.sort((a, b) => a.from - b.from);
  return { numbers: joinPrices(text, numbers), dates };
}

function* readFractions(text: string, _: Free, denominators: Denominators): Generator<Reading> {
  for (const match of text.matchAll(fraction)) {
    const [from, to] = [match.index, match.index + match[0].length];
    const { whole, part, above, below } = match.groups ?? {};
    if (isPartOfName(inFrontOf(text, from), behindOf(text, to))) continue;
    const [top, bottom] = [number(part ?? above ?? ""), number(whole ?? below ?? "")];
    if (!top || !bottom || !top.value.lt(bottom.value)) continue;
    const percent = (value: Decimal): Decimal => value.mul(100).div(bottom.value);
    const amount: Amount = {
      from,
      to,
      end: to,
      numeral: { value: percent(top.value), step: percent(top.step) },
      chinese: false,
      sizeOnly: false,
      factor: new Decimal(1),
      scaled: false,
      unit: { kind: "percent", form: /(?:)/uy, why: "a fraction" },
    };
    yield finish(text, amount, undefined, denominators);
  }
}

function* readArabic(text: string, free: Free, denominators: Denominators): Generator<Reading> {
  for (const match of text.matchAll(arabic)) {
    const from = match.index;
    if (!free(from, from + match[0].length)) continue;
    const amount = amountAt(text, from, match[0]);
    const behind = behindOf(text, from + match[0].length);
    if (isPartOfName(inFrontOf(text, from), behind) || /^\s?系列/.test(behind)) continue;
    yield finish(text, amount, rangeEnd(text, amount, free), denominators);
  }
}

function* readChinese(text: string, free: Free, denominators: Denominators): Generator<Reading> {
  for (const match of text.matchAll(chinese)) {
    const from = match.index;
    if (!free(from, from + match[0].length)) continue;
    const amount = amountAt(text, from, match[0]);
    const other = rangeEnd(text, amount, free);
    const reading = finish(text, amount, other, denominators);
    if (counts(text, other ?? amount, reading.kind)) yield reading;
  }
}

const anyWord = new RegExp(words.map(({ form }) => form.source).join("|"), "u");

function* readWords(text: string, free: Free): Generator<Reading> {
  if (!anyWord.test(text)) return;
  for (const { form, kind, value, bound, implied } of words) {
    for (const match of text.matchAll(form)) {
      const [from, to] = [match.index, match.index + match[0].length];
      if (!implied && !free(from, to)) continue;
      const low = new Decimal(value);
      const said = bound ?? boundIn(inFrontOf(text, from), boundsBefore, false)?.bound;
      yield {
        from,
        to,
        start: from,
        end: to,
        text: match[0],
        kind,
        low,
        high: low,
        step: new Decimal(1),
        mayPer: [],
        vague: false,
        implied,
        ...(said === undefined ? {} : { bound: said }),
      };
    }
  }
}

/** Puts a number, or the two of a range, together with the bound, currency and rank in front and the denominator behind. */
function finish(
  text: string,
  amount: Amount,
  other: Amount | undefined,
  denominators: Denominators,
): Reading {
  const last = other ?? amount;
  let before = inFrontOf(text, amount.from);
  const offset = amount.from - before.length;
  const money = currencyBefore.exec(before);
  const { sign, code } = money?.groups ?? {};
  const inFront = sign === undefined ? (isCurrency(code ?? "") ? code : undefined) : signs[sign];
  if (inFront !== undefined && money) before = before.slice(0, -money[0].length);
  const currency = last.currency ?? inFront;
  const isRank = ranked(before, behindOf(text, last.to));
  const top = isRank && /前\s?$/.test(before);
  if (isRank) before = before.replace(/[第前]\s?$/u, "");
  const said = boundIn(before, boundsBefore, amount.sizeOnly);
  const bound =
    said?.bound ?? last.bound ?? amount.bound ?? (top ? "≤" : amount.sizeOnly && !other ? "≥" : undefined);
  const value = (one: Amount, scale: Amount): Pick<Numeral, "value" | "step"> => {
    const factor = scale.factor.mul(last.unit?.factor ?? 1);
    const numeral = one.numeral ?? { value: new Decimal(0), step: new Decimal(1) };
    if (last.unit?.kind === "digits")
      return { value: new Decimal(10).pow(numeral.value.sub(1)), step: new Decimal(1) };
    return { value: numeral.value.mul(factor), step: numeral.step.mul(factor) };
  };
  const low = value(amount, amount.scaled || !other ? amount : other);
  const high = other ? value(other, other) : low;
  const behind = currency === undefined ? undefined : perBehind(text, last.end, denominators);
  const [start, end] = [offset + (said?.from ?? before.length), last.end + (behind?.length ?? 0)];
  const kind: Kind = isRank ? "rank" : currency !== undefined ? "money" : (last.unit?.kind ?? "plain");
  return {
    from: amount.from,
    to: last.to,
    start,
    end,
    text: text.slice(start, end),
    kind,
    low: low.value,
    high: high.value,
    step: Decimal.min(low.step, high.step),
    mayPer: perAround(before, text, last.end, currency !== undefined, denominators),
    vague: last.numeral === undefined || amount.numeral === undefined,
    implied: false,
    ...(kind === "digits" ? { bound: "≥" as const } : bound === undefined ? {} : { bound }),
    ...(currency === undefined ? {} : { currency }),
    ...(last.unit?.unit === undefined ? {} : { unit: last.unit.unit }),
    ...(behind === undefined ? {} : { per: behind.per }),
  };
}

function ranked(before: string, behind: string): boolean {
  if (ranks.english.test(before)) return true;
  if (!/[第前]\s?$/u.test(before) || ranksNothing.test(behind)) return false;
  return ranks.inFront.test(before) || (/第\s?$/u.test(before) && ranks.behind.test(behind));
}

/** `1元200万tokens` is a price: money followed at once by what it buys. */
function joinPrices(text: string, numbers: readonly Reading[]): Reading[] {
  return numbers.map((money, index) => {
    const bought = numbers[index + 1];
    if (money.kind !== "money" || money.per || bought?.kind !== "count") return money;
    const row = table.find(({ behind }) => behind.test(nounAfter(text, bought.to)));
    const apart = text
      .slice(money.to, bought.from)
      .replace(/[美港欧]?元/u, "")
      .trim();
    return row && apart === "" ? { ...money, per: { units: [row.unit], count: bought.low } } : money;
  });
}

function nounAfter(text: string, from: number): string {
  return /^[十百千万萬亿億kKM\s]*(?<noun>[A-Za-z]+)/u.exec(behindOf(text, from))?.groups?.noun ?? "";
}
