/** Amounts: one number of a page with the scale, unit and bound right behind it. */
import type { Decimal } from "./decimal.ts";
import { arabicNumber, chineseNumber, type Numeral, scaleFactor } from "./numerals.ts";
import { type Bound, isCurrency } from "./quantity.ts";
import { boundsAfter, units } from "./written-forms.ts";

/** A number and what was read behind it. */
export interface Amount {
  readonly from: number;
  readonly to: number;
  readonly end: number;
  readonly numeral: Numeral | undefined;
  readonly chinese: boolean;
  /** The numeral is nothing but a scale, 百亿 or 上亿: its size alone is meant. */
  readonly sizeOnly: boolean;
  readonly factor: Decimal;
  readonly scaled: boolean;
  readonly bound?: Bound;
  readonly unit?: (typeof units)[number];
  readonly currency?: string;
}

/** Whether nothing was read yet from one place to before another. */
export type Free = (from: number, to: number) => boolean;

/** Signs of Chinese numerals. */
export const han = "一二两兩三四五六七八九十百千零〇万萬亿億";
/** A number in Arabic digits, with commas between thousands. */
export const arabic = /\d+(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+|\.\s\d+(?=\s?[万萬亿億%元美]))?/gu;
/** A numeral in Chinese characters, 几 and 数 for an unsaid digit included. */
export const chinese = new RegExp(`[几幾数數]*[${han}]+[几幾]?|[几幾数數](?=倍)`, "gu");
/** Numbers of more digits are told in no words. */
const mostDigits = 16;
const scaleBehind =
  /\s*(?<more>[多余餘])?\s*(?<scale>[十百千]?[万萬]?[亿億](?!欧)|[十百千]?[万萬](?![维維物相能])|[十百千](?=[多余餘元美人家个個款种種名位次张張台]|\s?[tT]oken)|(?:k|K|M|mn|mio|bn|B|tn|T)(?![A-Za-z])|(?:thousand|million|billion|trillion)\b)?(?<size>[级級])?\s*(?<also>[多余餘])?/uy;
const between = /\s*(?:[-–—~～至到]|to(?=\s))\s*/uy;
const currencySign = /(?:US\$|HK\$|[$¥￥€£])/uy;
const codeBehind = /\s?(?<code>[A-Z]{3})(?![A-Za-z])/uy;

/** The number at a place with what stands right behind it. */
export function amountAt(text: string, from: number, printed: string): Amount {
  const isChinese = !/^\d/.test(printed);
  const to = from + printed.length;
  const scale = sticky(scaleBehind, text, to);
  let end = to + (scale?.[0].trimEnd().length ?? 0);
  const bare = printed.replace(/[几幾数數]/gu, "");
  const isVague = bare.length < printed.length;
  const discount = isChinese && /^\s?折/.test(behindOf(text, end));
  const numeral = isVague ? undefined : number(discount ? tenths(printed) : printed);
  const unit = units.find(
    (row) =>
      sticky(row.form, text, end) !== undefined && (row.kind !== "digits" || numeral?.value.lt(mostDigits)),
  );
  end += unit ? (sticky(unit.form, text, end)?.[0].length ?? 0) : 0;
  const code = unit ? undefined : sticky(codeBehind, text, end);
  const currency = unit?.currency ?? (isCurrency(code?.groups?.code ?? "") ? code?.groups?.code : undefined);
  if (!unit && currency !== undefined) end += code?.[0].length ?? 0;
  const after = boundIn(behindOf(text, end), boundsAfter, false);
  const { more, also, size, scale: word } = scale?.groups ?? {};
  const bound = after?.bound ?? (more || also ? ">" : size ? "≥" : undefined);
  return {
    from,
    to,
    end: end + (after?.to ?? 0),
    numeral,
    chinese: isChinese,
    sizeOnly: isChinese && !isVague && /^[百千万萬亿億]+$/u.test(printed),
    factor: scaleFactor(word),
    scaled: word !== undefined,
    ...(bound === undefined ? {} : { bound }),
    ...(unit === undefined ? {} : { unit }),
    ...(currency === undefined ? {} : { currency }),
  };
}

/** `七五` of 七五折 is 7.5. */
function tenths(printed: string): string {
  const [first, second] = [...printed].map((sign) => chineseNumber(sign)?.value);
  return first && second?.lt(10) && printed.length === 2 ? `${first}.${second}` : printed;
}

/** The other end of a range that begins with the amount; none after 从, where the text tells of a change. */
export function rangeEnd(text: string, amount: Amount, free: Free): Amount | undefined {
  if (/(?:[从從由]|from )[^\d，。,;；]{0,6}$/u.test(inFrontOf(text, amount.from))) return undefined;
  const dash = sticky(between, text, amount.end);
  if (!dash || !amount.numeral) return undefined;
  const start = amount.end + dash[0].length;
  const pattern = amount.chinese ? chinese : arabic;
  const next = sticky(
    new RegExp(pattern.source, "uy"),
    text,
    start + (sticky(currencySign, text, start)?.[0].length ?? 0),
  );
  if (!next || !free(next.index, next.index + next[0].length)) return undefined;
  const other = amountAt(text, next.index, next[0]);
  if (!other.numeral || (amount.unit && amount.unit.kind !== other.unit?.kind)) return undefined;
  const factor = amount.scaled ? amount.factor : other.factor;
  return amount.numeral.value.mul(factor).lt(other.numeral.value.mul(other.factor)) ? other : undefined;
}

/** A numeral of either kind; `undefined` when it is none. */
export function number(written: string): Numeral | undefined {
  return /^\d/.test(written) ? arabicNumber(written) : chineseNumber(written);
}

/** The bound that a text ends (or, for those behind a number, begins) with; where two fit, the nearer to the number. */
export function boundIn(
  text: string,
  rows: readonly { readonly bound: Bound; readonly form: RegExp; readonly sizes?: boolean }[],
  ofSize: boolean,
): { readonly bound: Bound; readonly from: number; readonly to: number } | undefined {
  let best: { readonly bound: Bound; readonly from: number; readonly to: number } | undefined;
  for (const { bound, form, sizes = false } of rows) {
    const match = sizes && !ofSize ? undefined : form.exec(text);
    if (match && (!best || match.index > best.from))
      best = { bound, from: match.index, to: match.index + match[0].length };
  }
  return best;
}

/** So many characters on either side decide how a number is read: no form is longer, and lines may be. */
const window = 40;

/** What may say how the number at a place is read, in front of it. */
export function inFrontOf(text: string, at: number): string {
  return text.slice(Math.max(0, at - window), at);
}

/** The same behind a place. */
export function behindOf(text: string, at: number): string {
  return text.slice(at, at + window);
}

/** What a sticky pattern matches at a place. */
export function sticky(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}
