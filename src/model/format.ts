/** Printing: the one place where figures are rounded and put into the words of a language. */
import { Decimal, powerOfTen, type Rounding } from "../findings/decimal.ts";
import type { Period } from "../findings/period.ts";
import { type Bound, isCurrency, type Quantity } from "../findings/quantity.ts";
import type { Language, Status, UnitName } from "../findings/store.ts";

export interface FormatOptions {
  /** Digits after the point; else as many as the source gave, within `significant`. */
  readonly digits?: number;
  /** Bounds as words ("over", the default) for running text or as signs (">") for charts, tables and tiles. */
  readonly bounds?: "words" | "signs";
  /** Leave the unit and the currency away, where a table's header or an axis says them. */
  readonly bare?: boolean;
  /** Print on this scale (`bn`, `亿`, `1` for none) rather than the one that fits the value best. */
  readonly scale?: string;
  /** Write a plus before positive values, as for changes. */
  readonly sign?: boolean;
}

/** Scales a language prints, largest first: power of ten and suffix. */
const printedScales: Readonly<
  Record<Language, readonly { readonly power: number; readonly suffix: string }[]>
> = {
  en: [
    { power: 12, suffix: "tn" },
    { power: 9, suffix: "bn" },
    { power: 6, suffix: "m" },
    { power: 0, suffix: "" },
  ],
  zh: [
    { power: 12, suffix: "万亿" },
    { power: 8, suffix: "亿" },
    { power: 4, suffix: "万" },
    { power: 0, suffix: "" },
  ],
};

/** Scales that may be asked for by name, besides the language's own. */
const namedScales: Readonly<Record<string, number>> = {
  tn: 12,
  bn: 9,
  m: 6,
  k: 3,
  万亿: 12,
  亿: 8,
  万: 4,
  "1": 0,
};

/** Chinese names of the currencies that stand in Chinese business pages; others keep their ISO code. */
const chineseCurrencies: Readonly<Record<string, string>> = {
  CNY: "元",
  USD: "美元",
  EUR: "欧元",
  GBP: "英镑",
  JPY: "日元",
  HKD: "港元",
  TWD: "新台币",
  KRW: "韩元",
  SGD: "新加坡元",
};

/** `CNY` / `元`: a currency as pages of the language write it. */
export function currencyName(currency: string, language: Language): string {
  return language === "zh" ? (chineseCurrencies[currency] ?? currency) : currency;
}

const boundWords: Readonly<Record<Language, Readonly<Record<Bound, string>>>> = {
  en: {
    ">": "over ",
    "≥": "at least ",
    "≳": "at least about ",
    "<": "under ",
    "≤": "at most ",
    "≲": "at most about ",
    "~": "about ",
  },
  zh: { ">": "超", "≥": "至少", "≳": "至少约", "<": "不足", "≤": "不超过", "≲": "至多约", "~": "约" },
};

/** Signs that every office font has. */
const boundSigns: Readonly<Record<Bound, string>> = {
  ">": ">",
  "≥": "≥",
  "≳": "≥~",
  "<": "<",
  "≤": "≤",
  "≲": "≤~",
  "~": "~",
};

/** Denominators as they are printed: how many of the unit, and the words. */
const denominators: Readonly<
  Record<string, { readonly count: number; readonly en: string; readonly zh: string }>
> = {
  tokens: { count: 1_000_000, en: "per 1M tokens", zh: "/百万tokens" },
  months: { count: 1, en: "per month", zh: "/月" },
  days: { count: 1, en: "per day", zh: "/天" },
  years: { count: 1, en: "per year", zh: "/年" },
  hours: { count: 1, en: "per hour", zh: "/小时" },
  people: { count: 1, en: "per person", zh: "/人" },
  users: { count: 1, en: "per user", zh: "/用户" },
};

/** Reported figures keep what was written within these many digits; derived ones have no written digits. */
const significant: Readonly<Record<Language, number>> = { en: 4, zh: 5 };
const significantDerived = 3;

/** A quantity as a reader of the language expects it: `CNY 30.1bn`, `301亿元`, `over USD 1.5m`, `42%`. */
export function formatQuantity(
  quantity: Quantity,
  language: Language,
  units: ReadonlyMap<string, UnitName>,
  options: FormatOptions = {},
): string {
  const [above = "", below] = quantity.unit.split("/");
  const per = below === undefined ? undefined : denominators[below];
  const times = per?.count ?? 1;
  const shown = {
    low: quantity.low.mul(times),
    high: quantity.high.mul(times),
    step: quantity.step.mul(times),
  };
  const scale = scaleFor(shown, above, language, options);
  const digits = options.digits ?? digitsFor(shown, scale.power, above, language);
  const print = (value: Decimal): string => {
    const scaled = value.div(powerOfTen(scale.power));
    return printNumber(scaled, digits, safeRounding(quantity.bound), {
      groupsFrom: language === "zh" && options.scale !== "1" ? 5 : 4,
      signed: options.sign ?? false,
    });
  };
  const low = print(shown.low);
  const high = print(shown.high);
  // With a minus in it, a range needs a word between its ends.
  const to = shown.low.isNegative() ? (language === "en" ? " to " : "至") : "–";
  const number = low === high ? low : `${low}${to}${to === "–" ? high.replace("+", "") : high}`;
  const bound = quantity.bound === undefined ? "" : bounded(quantity.bound, language, options);
  const value = `${number}${scale.suffix}`;
  if (options.bare) return `${bound}${value}`;
  const body = withUnit(value, above, language, units, shown.high.eq(1) && scale.power === 0);
  if (below === undefined) return `${bound}${body}`;
  const each = eachOf(below, language, units);
  if (each !== undefined) return `${each}${bound}${body}`;
  const under = per?.[language] ?? unitUnder(below, language, units);
  return `${bound}${body}${language === "en" ? ` ${under}` : under}`;
}

/** The words of a bound that a printed figure begins with, e.g. `at least about `; empty where there are none. */
export function boundIn(text: string, language: Language): string {
  const words = Object.values(boundWords[language]).filter((word) => text.startsWith(word));
  return words.reduce((longest, word) => (word.length > longest.length ? word : longest), "");
}

function bounded(bound: Bound, language: Language, options: FormatOptions): string {
  return options.bounds === "signs" ? boundSigns[bound] : boundWords[language][bound];
}

function withUnit(
  value: string,
  unit: string,
  language: Language,
  units: ReadonlyMap<string, UnitName>,
  one: boolean,
): string {
  if (unit === "%") return `${value}%`;
  if (unit === "pp") return language === "en" ? `${value} pp` : `${value}个百分点`;
  if (unit === "x") return language === "en" ? `${value}×` : `${value}倍`;
  if (isCurrency(unit))
    return language === "en" ? `${unit} ${value}` : `${value}${currencyName(unit, language)}`;
  const name = units.get(unit);
  if (name?.ordinal) return language === "en" ? ordinal(value) : `第${value}${name.zh}`;
  if (language === "zh") return `${value}${name?.zh ?? unit}`;
  return `${value} ${one ? (name?.en.one ?? unit) : (name?.en.other ?? unit)}`;
}

/**
 * `每家门店`: Chinese names of declared units may begin with the word that they are counted by, which reads well after
 * 每 and not after a slash: `每家门店76.2万美元`. Units of the table and currencies have their slash.
 */
function eachOf(unit: string, language: Language, units: ReadonlyMap<string, UnitName>): string | undefined {
  const name = units.get(unit);
  return language === "zh" && name && !Object.hasOwn(denominators, unit) ? `每${name.zh}` : undefined;
}

function unitUnder(unit: string, language: Language, units: ReadonlyMap<string, UnitName>): string {
  return language === "en" ? `per ${units.get(unit)?.en.one ?? unit}` : `/${currencyName(unit, language)}`;
}

/** `12` is "12th". */
function ordinal(value: string): string {
  const rule = new Intl.PluralRules("en", { type: "ordinal" }).select(Number(value));
  return `${value}${{ one: "st", two: "nd", few: "rd", other: "th", zero: "th", many: "th" }[rule]}`;
}

interface Shown {
  readonly low: Decimal;
  readonly high: Decimal;
  readonly step: Decimal;
}

/** Both ends of a range on one scale, the smaller end deciding, so that 5 000万–1.2亿 stays comparable. */
function scaleFor(
  shown: Shown,
  unit: string,
  language: Language,
  options: FormatOptions,
): { power: number; suffix: string } {
  if (options.scale !== undefined) {
    const power = namedScales[options.scale] ?? 0;
    return { power, suffix: options.bare || power === 0 ? "" : options.scale };
  }
  const plain = { power: 0, suffix: "" };
  if (unit === "%" || unit === "pp" || unit === "x") return plain;
  const size = shown.low.isZero() ? shown.high.abs() : shown.low.abs();
  const fits = printedScales[language].find(({ power }) => size.gte(powerOfTen(power)));
  return fits ?? plain;
}

/**
 * As many digits as were written, but no more than a reader can use; three significant ones for derived figures, which
 * may mean fewer than none after the point: −3 rounds to thousands.
 */
function digitsFor(shown: Shown, power: number, unit: string, language: Language): number {
  const size = Decimal.max(shown.low.abs(), shown.high.abs());
  const whole = size.isZero() ? 1 : size.e - power + 1;
  const written = !shown.step.isZero() && shown.step.eq(powerOfTen(shown.step.e));
  if (!written && whole > significantDerived) return significantDerived - whole;
  if (!written) return neededDigits(shown, power, clamp(significantDerived - whole));
  const digits = clamp(power - shown.step.e);
  if (unit === "%" || unit === "pp" || power === 0) return digits;
  // A scale of another language brings zeros that nobody wrote.
  return neededDigits(shown, power, Math.min(digits, clamp(significant[language] - whole)));
}

/** Of so many digits, those that are not a zero at the end of both values. */
function neededDigits({ low, high }: Shown, power: number, digits: number): number {
  const places = (value: Decimal): number =>
    value.div(powerOfTen(power)).toDecimalPlaces(digits).decimalPlaces();
  return Math.max(places(low), places(high));
}

function clamp(digits: number): number {
  return Math.min(8, Math.max(0, digits));
}

/** What is over 1.56 is over 1.5, but not over 1.6: a bound is rounded to the side on which it stays true. */
function safeRounding(bound: Bound | undefined): Rounding {
  if (bound === ">" || bound === "≥" || bound === "≳") return Decimal.ROUND_FLOOR;
  if (bound === "<" || bound === "≤" || bound === "≲") return Decimal.ROUND_CEIL;
  return Decimal.ROUND_HALF_UP;
}

/**
 * Groups of three by a comma in numbers of so many digits: Chinese pages leave four together, as ten thousand is 万; but
 * not beside longer ones where all are asked for in full. What is not zero is never printed as zero.
 */
function printNumber(
  value: Decimal,
  digits: number,
  rounding: Rounding,
  { groupsFrom, signed }: { readonly groupsFrom: number; readonly signed: boolean },
): string {
  const enough = value.isZero() ? digits : Math.max(digits, Math.min(8, -value.e));
  const place = powerOfTen(Math.max(0, -digits));
  const rounded =
    digits < 0 && value.abs().gte(place)
      ? value.toNearest(place, rounding)
      : value.toDecimalPlaces(value.abs().lt(1) ? enough : Math.max(0, digits), rounding);
  const sign = rounded.isNegative() && !rounded.isZero() ? "−" : signed && rounded.gt(0) ? "+" : "";
  const [whole = "0", fraction] = rounded.abs().toFixed(Math.max(digits, rounded.decimalPlaces())).split(".");
  const grouped = whole.length < groupsFrom ? whole : whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return `${sign}${fraction === undefined ? grouped : `${grouped}.${fraction}`}`;
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A period in words: `Q1 2025` / `2025年一季度`, `end of Apr 2025` / `截至2025年4月底`, `FY2025` / `2025财年`. */
export function formatPeriod(period: Period, language: Language): string {
  const text = period.text.replace(/^@/, "");
  if (period.kind === "instant") return formatInstant(period, text, language);
  if (period.kind === "range") {
    const [from = "", to = ""] = text.split("..");
    if (isDay(from) && isDay(to)) return formatDays(from, to, language);
    if (language === "en") return `${formatSimple(from, language)}–${formatSimple(to, language)}`;
    return `${formatSimple(from, language)}至${formatSimple(to, language)}`;
  }
  return formatSimple(text, language);
}

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);

/** From one ISO date to another, what they share said once: `2–8 Jun 2025` / `2025年6月2日至8日`. */
export function formatDays(from: string, to: string, language: Language): string {
  const [first, last] = [formatSimple(from, language), formatSimple(to, language)];
  const shared = from.slice(0, 4) !== to.slice(0, 4) ? 0 : from.slice(5, 7) === to.slice(5, 7) ? 2 : 1;
  if (language === "en")
    return `${first
      .split(" ")
      .slice(0, 3 - shared)
      .join(" ")}–${last}`;
  return `${first}至${last
    .split(/(?<=[年月])/)
    .slice(shared)
    .join("")}`;
}

/** An ISO date in words: `7 Aug 2025` / `2025年8月7日`. */
export function formatDate(date: string, language: Language): string {
  return formatSimple(date, language);
}

function formatInstant(period: Period, text: string, language: Language): string {
  const named = formatSimple(text, language);
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return named;
  const year = period.end.slice(0, 4);
  // The middle of a calendar year; half a fiscal year ends elsewhere.
  if (/^\d{4}H1$/.test(text)) return language === "en" ? `mid ${year}` : `${year}年年中`;
  if (language === "en") return `end of ${named}`;
  if (text.includes("-W")) return `${named}结束时`;
  return /^\d{4}$/.test(text) ? `${named}底` : `${named}末`;
}

function formatSimple(text: string, language: Language): string {
  const groups =
    /^(?<fiscal>FY)?(?<year>\d{4})(?:H(?<half>\d)|Q(?<quarter>\d)|-W(?<week>\d{2})|-(?<month>\d{2})(?:-(?<day>\d{2}))?)?$/.exec(
      text,
    )?.groups ?? {};
  const { fiscal, year = text, half, quarter, week, month, day } = groups;
  if (language === "en") {
    const named = fiscal ? `FY${year}` : year;
    if (half) return `H${half} ${named}`;
    if (quarter) return `Q${quarter} ${named}`;
    if (week) return `week ${Number(week)} of ${year}`;
    if (month) return `${day ? `${Number(day)} ` : ""}${months[Number(month) - 1]} ${year}`;
    return named;
  }
  const named = fiscal ? `${year}财年` : `${year}年`;
  if (half) return `${named}${half === "1" ? "上半年" : "下半年"}`;
  if (quarter) return `${named}${"一二三四"[Number(quarter) - 1]}季度`;
  if (week) return `${year}年第${Number(week)}周`;
  if (month) return `${named}${Number(month)}月${day ? `${Number(day)}日` : ""}`;
  return named;
}

const statusWords: Readonly<Record<Language, Readonly<Record<Status, string>>>> = {
  en: {
    reported: "reported",
    estimated: "estimate",
    forecast: "forecast",
    "run-rate": "run rate",
    disputed: "disputed",
  },
  zh: { reported: "已披露", estimated: "估算", forecast: "预测", "run-rate": "年化", disputed: "有争议" },
};

export function formatStatus(status: Status, language: Language): string {
  return statusWords[language][status];
}

/** How many of what stands below the line a printed value counts: prices for tokens are printed per million. */
export function printedCount(unit: string): number {
  return denominators[unit.split("/")[1] ?? ""]?.count ?? 1;
}

/** The power of ten of a named scale, e.g. 9 for `bn`; 0 for none. */
export function scalePower(scale: string): number {
  return namedScales[scale] ?? 0;
}

/** A unit in words, on a named scale: `USD bn`, `亿美元`, `m users`, `USD per 1M tokens`. */
export function formatUnit(
  unit: string,
  language: Language,
  units: ReadonlyMap<string, UnitName>,
  scale = "1",
): string {
  const [above = "", below] = unit.split("/");
  const suffix = scale === "1" ? "" : scale;
  const names = { x: language === "en" ? "×" : "倍", pp: language === "en" ? "percentage points" : "百分点" };
  const name = above in names ? names[above as keyof typeof names] : above;
  const over =
    language === "zh"
      ? `${suffix}${chineseCurrencies[above] ?? units.get(above)?.zh ?? name}`
      : isCurrency(above)
        ? [above, suffix].filter(Boolean).join(" ")
        : [suffix, units.get(above)?.en.other ?? name].filter(Boolean).join(" ");
  if (below === undefined) return over;
  const each = eachOf(below, language, units);
  if (each !== undefined) return `${over}（${each}）`;
  const under = denominators[below]?.[language] ?? unitUnder(below, language, units);
  return language === "en" ? `${over} ${under}` : `${over}${under}`;
}
