/** Dates as pages print them, in Chinese or English: where they stand, and whether a period is meant by them. */
import type { Period } from "./period.ts";

export interface PrintedDate {
  /** From the first character to the one after the last. */
  readonly from: number;
  readonly to: number;
  readonly year?: number;
  /** The last year of a span, `2010-2015年`. */
  readonly lastYear?: number;
  readonly month?: number;
  readonly day?: number;
}

const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const monthName = `(?<name>${months.join("|")})[a-z]*\\.?`;
const clock = String.raw`(?:\s*\d{1,2}(?:[點点时時]|:\d{2}))?`;

/** From the most to the least that a date says: the first form that fits at a place is taken. */
const forms: readonly { readonly form: string; readonly why: string }[] = [
  { form: String.raw`(?<year>\d{4})[-/.](?<month>\d{2})[-/.](?<day>\d{2})${clock}`, why: "2025-08-07 19:03" },
  {
    form: String.raw`(?<year>(?:19|20)\d{2})\s?(?:[-–—~至到]\s?(?<last>(?:19|20)\d{2})\s?)?(?:[年財财]|FY)[年度]*(?:\s?(?<month>\d{1,2})\s?月[份底初]?(?:\s?(?<day>\d{1,2})\s?[日号號]${clock})?)?`,
    why: "2024年12月31日, 2023财年, 2010-2015年",
  },
  {
    form: String.raw`(?<month>\d{1,2})\s?月[份底初]?(?:\s?(?<day>\d{1,2})\s?[日号號]${clock})?`,
    why: "2月27日24点, 今年4月底",
  },
  { form: String.raw`${monthName}\s(?<day>\d{1,2})(?:,\s?(?<year>\d{4}))?\b`, why: "March 1, 2025" },
  { form: String.raw`(?<day>\d{1,2})\s${monthName}(?:\s(?<year>\d{4}))?\b`, why: "1 March 2025" },
  { form: String.raw`\d{1,2}:\d{2}(?:\s?[-–至到]\s?\d{1,2}:\d{2})?`, why: "a time of day, 00:30至08:30" },
];

/**
 * A year on its own, `in 2024`, `2025第一季度`: nothing in front or behind makes it an amount. A count of exactly
 * that many is read as a year too.
 */
const bareYear =
  /(?<![\d.,\p{Script=Latin}+-]|\d\s?[–—~～至到]\s?|[$¥€£]\s?|\b(?:USD|CNY|RMB|EUR|HKD|GBP|JPY)\s)(?<year>(?:19|20)\d{2})(?:\s?[-–—~～至到]\s?(?<last>(?:19|20)\d{2}))?(?![\d.,]*\d|\s?[%％$¥€£十百千万萬亿億元美港欧倍多余餘个個家款种種名位人次张張台项項-]|\s?[–—~～至到]\s?\d|\s?(?:k|K|M|B|bn|tn|million|billion|trillion|pp|x|percent\w*|users|people|tokens|companies|customers|US|dollars|yuan|euros|times|days|weeks|months|quarters|years|hours|[A-Z]{3})\b)/gu;

const patterns: readonly RegExp[] = [
  ...forms.map((row) => new RegExp(`(?<![\\d.])${row.form}`, "gu")),
  bareYear,
];

/** The dates in a text, in order. @param text as `legible` gives it */
export function readDates(text: string): PrintedDate[] {
  if (!/\d/.test(text)) return [];
  const found: PrintedDate[] = [];
  const taken = new Uint8Array(text.length);
  for (const pattern of patterns) {
    for (const match of text.matchAll(pattern)) {
      const [from, to] = [match.index, match.index + match[0].length];
      if (taken.subarray(from, to).includes(1)) continue;
      taken.fill(1, from, to);
      const { year, last, month, name, day } = match.groups ?? {};
      const named = name === undefined ? undefined : String(months.indexOf(name) + 1);
      found.push({ from, to, ...numbers({ year, lastYear: last, month: month ?? named, day }) });
    }
  }
  return found.sort((a, b) => a.from - b.from);
}

function numbers(parts: Readonly<Record<string, string | undefined>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(parts).flatMap(([key, text]) => (text === undefined ? [] : [[key, Number(text)]])),
  );
}

/** Whether a printed date is a period, its first or last day or month, or one of its years. */
export function isDateOf(date: PrintedDate, period: Period): boolean {
  const { year, lastYear, month, day } = date;
  if (year === undefined && month === undefined) return false;
  if (year !== undefined && month === undefined) {
    const [first, last] = [Number(period.start.slice(0, 4)), Number(period.end.slice(0, 4))];
    const within = (one: number): boolean =>
      (first <= one && one <= last) || (period.fiscal && period.text.includes(String(one)));
    return within(year) && (lastYear === undefined || within(lastYear));
  }
  return [period.start, period.end].some((edge) => {
    const [y, m, d] = edge.split("-").map(Number);
    return (year === undefined || y === year) && m === month && (day === undefined || d === day);
  });
}
