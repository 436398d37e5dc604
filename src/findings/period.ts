/** Periods: when a figure holds, resolved to calendar days. */

export interface Period {
  /** As written in the data, e.g. `2025Q1`, `FY2025`, `2025-02..2025-04`, `@2025-04-30`. */
  readonly text: string;
  readonly kind: "year" | "half" | "quarter" | "month" | "week" | "day" | "range" | "instant";
  /** First and last day, ISO dates, both included. For an instant both are that day. */
  readonly start: string;
  readonly end: string;
  /** Set for periods of a fiscal year, e.g. `FY2026Q1`. */
  readonly fiscal: boolean;
}

type Span = Omit<Period, "text">;

/** The same few hundred are read over and over: for each finding, and each day that a store is looked at. */
const known = new Map<string, Period | undefined>();
const mostKnown = 5_000;

/**
 * Reads a period; `undefined` when it does not exist (`2025Q5`, `2025-02-30`) or is not written as one.
 * @param fiscalYearEnd last month of the subject's fiscal year, 1–12; a fiscal year is named for the year it ends in
 */
export function parsePeriod(text: string, fiscalYearEnd = 12): Period | undefined {
  if (text.length > 32) return undefined;
  const key = `${fiscalYearEnd} ${text}`;
  if (known.has(key)) return known.get(key);
  const span = instant(text, fiscalYearEnd) ?? range(text, fiscalYearEnd) ?? simple(text, fiscalYearEnd);
  const period = span && { text, ...span };
  if (known.size >= mostKnown) known.clear();
  known.set(key, period);
  return period;
}

function instant(text: string, fiscalYearEnd: number): Span | undefined {
  if (!text.startsWith("@")) return undefined;
  const of = simple(text.slice(1), fiscalYearEnd);
  return of && { kind: "instant", start: of.end, end: of.end, fiscal: of.fiscal };
}

function range(text: string, fiscalYearEnd: number): Span | undefined {
  const [from, to, ...more] = text.split("..");
  if (from === undefined || to === undefined || more.length > 0) return undefined;
  const first = simple(from, fiscalYearEnd);
  const last = simple(to, fiscalYearEnd);
  if (!first || !last || first.start > last.end || first.fiscal !== last.fiscal) return undefined;
  return { kind: "range", start: first.start, end: last.end, fiscal: first.fiscal };
}

const form =
  /^(?<fiscal>FY)?(?<year>\d{4})(?:H(?<half>[12])|Q(?<quarter>[1-4])|-W(?<week>\d{2})|-(?<month>\d{2})(?:-(?<day>\d{2}))?)?$/;

function simple(text: string, fiscalYearEnd: number): Span | undefined {
  const groups = form.exec(text)?.groups;
  if (!groups) return undefined;
  const year = Number(groups.year);
  const fiscal = groups.fiscal !== undefined;
  if (fiscal && (groups.month !== undefined || groups.week !== undefined)) return undefined;
  if (year < 1900 || year > 2200) return undefined;
  // The month in which the year begins, counted from January of `year`: 1 - 12 + 3 = -8 is April of the year before.
  const begin = fiscal ? fiscalYearEnd - 11 : 1;
  const months = (from: number, count: number, kind: Period["kind"]): Span => ({
    kind,
    start: isoDay(year, begin + from, 1),
    end: isoDay(year, begin + from + count, 0),
    fiscal,
  });
  if (groups.half) return months((Number(groups.half) - 1) * 6, 6, "half");
  if (groups.quarter) return months((Number(groups.quarter) - 1) * 3, 3, "quarter");
  if (groups.week) {
    const start = weekStart(year, Number(groups.week));
    return start === undefined ? undefined : { kind: "week", start, end: addDays(start, 6), fiscal };
  }
  if (groups.month === undefined) return months(0, 12, "year");
  const month = Number(groups.month);
  if (month < 1 || month > 12) return undefined;
  if (groups.day === undefined) return months(month - 1, 1, "month");
  const day = isoDay(year, month, Number(groups.day));
  return day === text ? { kind: "day", start: day, end: day, fiscal } : undefined;
}

/** Days from one ISO date to another; negative when that is earlier. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}

function isoDay(year: number, month: number, day: number): string {
  const date = new Date(Date.UTC(year, month - 1, day));
  return [date.getUTCFullYear(), twoDigits(date.getUTCMonth() + 1), twoDigits(date.getUTCDate())].join("-");
}

const twoDigits = (value: number): string => (value < 10 ? `0${value}` : String(value));

/** `days` after an ISO date. */
export function addDays(date: string, days: number): string {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  return isoDay(year, month, day + days);
}

/** The same days so many months earlier; a period that ends with a month still does. */
export function monthsBefore(
  { start, end }: Pick<Period, "start" | "end">,
  months: number,
): { readonly start: string; readonly end: string } {
  const back = (date: string): string => {
    const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
    return isoDay(year, month - months, day);
  };
  return { start: back(start), end: addDays(back(addDays(end, 1)), -1) };
}

/** Monday of an ISO 8601 week, or `undefined` when the year has no such week. */
function weekStart(year: number, week: number): string | undefined {
  const fourth = new Date(Date.UTC(year, 0, 4)).getUTCDay() || 7;
  const start = isoDay(year, 1, 4 - fourth + 1 + (week - 1) * 7);
  return week >= 1 && isoWeek(start) === `${year}-W${String(week).padStart(2, "0")}` ? start : undefined;
}

/** The ISO 8601 week that a date falls into, e.g. `2025-W32`. */
export function isoWeek(date: string): string {
  const day = new Date(`${date}T00:00:00Z`);
  const weekday = day.getUTCDay() || 7;
  // A week belongs to the year of its Thursday.
  day.setUTCDate(day.getUTCDate() + 4 - weekday);
  const year = day.getUTCFullYear();
  const week = Math.floor((day.getTime() - Date.UTC(year, 0, 1)) / 604_800_000) + 1;
  return `${year}-W${String(week).padStart(2, "0")}`;
}

export function overlaps(a: Period, b: Period): boolean {
  return a.start <= b.end && b.start <= a.end;
}
