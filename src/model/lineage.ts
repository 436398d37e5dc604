/** Lineage in words: what a figure is, where it comes from and what is uncertain about it. */
import type { Figure, Lineage } from "../evidence/figure.ts";
import type { Citation, Language, Source, Store } from "../findings/store.ts";
import { formatDate, formatPeriod, formatQuantity, formatStatus, formatUnit } from "./format.ts";

interface Words {
  readonly lines: (ranges: readonly string[]) => string;
  /** Of a page without a date: no older than this. */
  readonly after: (date: string) => string;
  readonly undated: (date: string) => string;
  readonly brackets: (text: string) => string;
  readonly quote: (written: string) => string;
  readonly computed: (formula: string) => string;
  readonly disputed: (values: string) => string;
  readonly doubt: (why: string) => string;
  readonly comma: string;
  readonly semicolon: string;
  readonly colon: string;
  readonly stop: string;
}

const words: Readonly<Record<Language, Words>> = {
  en: {
    lines: (ranges) =>
      ranges.length === 1 && !ranges[0]!.includes("–") ? `line ${ranges[0]}` : `lines ${ranges.join(", ")}`,
    after: (date) => `not before ${date}`,
    undated: (date) => `undated, not before ${date}`,
    brackets: (text) => ` (${text})`,
    quote: (written) => `“${written}”`,
    computed: (formula) => `computed as ${formula}`,
    disputed: (values) => `stated otherwise: ${values}`,
    doubt: (why) => `In doubt: ${why}`,
    comma: ", ",
    semicolon: "; ",
    colon: ": ",
    stop: ".",
  },
  zh: {
    lines: (ranges) => `第${ranges.join("、")}行`,
    after: (date) => `不早于${date}`,
    undated: (date) => `页面无日期，不早于${date}`,
    brackets: (text) => `（${text}）`,
    quote: (written) => `“${written}”`,
    computed: (formula) => `计算方法：${formula}`,
    disputed: (values) => `另有说法：${values}`,
    doubt: (why) => `存疑：${why}`,
    comma: "，",
    semicolon: "；",
    colon: "：",
    stop: "。",
  },
};

/** What is said of a source besides its publisher. */
export interface SourceDetail {
  /** Its heading in our own words, in brackets. */
  readonly heading?: boolean;
  /** `long` also says that the page itself shows no date. */
  readonly date?: "short" | "long";
  readonly lines?: readonly number[];
}

/** `Dingjiao One (Do China's AI majors make money?), not before 3 Jun 2025, lines 29–31, 41` */
export function describeSource(id: string, detail: SourceDetail, store: Store, language: Language): string {
  const { comma, lines, brackets } = words[language];
  const source = store.sources.get(id);
  const heading = source && detail.heading ? brackets(source.title[language]) : "";
  return [
    `${source?.publisher[language] ?? id}${heading}`,
    ...(source && detail.date ? [sourceDate(source, detail.date, language)] : []),
    ...(detail.lines ? [lines(lineRanges(detail.lines))] : []),
  ].join(comma);
}

function sourceDate({ published }: Source, form: "short" | "long", language: Language): string {
  const date = formatDate(published.date, language);
  if (published.certain) return date;
  return form === "long" ? words[language].undated(date) : words[language].after(date);
}

/** Sorted, each once, neighbours joined: `29–31`, `41`. */
export function lineRanges(lines: readonly number[]): string[] {
  const ranges: { from: number; to: number }[] = [];
  for (const line of [...new Set(lines)].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && line === last.to + 1) last.to = line;
    else ranges.push({ from: line, to: line });
  }
  return ranges.map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`));
}

/** A source with all that something takes from it. */
export interface Cited {
  readonly source: string;
  readonly citations: readonly Citation[];
}

/** The citations by source, in order of appearance. */
export function bySource(citations: readonly Citation[]): Cited[] {
  const found = new Map<string, Citation[]>();
  for (const citation of citations)
    found.set(citation.source, [...(found.get(citation.source) ?? []), citation]);
  return [...found].map(([source, citations]) => ({ source, citations }));
}

/** `Dingjiao One, undated, not before 3 Jun 2025, line 31: “301亿”` */
export function describeCitation(citation: Citation, store: Store, language: Language): string {
  const { colon, quote } = words[language];
  const { source, line, written } = citation;
  const place = describeSource(source, { date: "long", lines: [line] }, store, language);
  return `${place}${colon}${quote(written)}`;
}

/** Every citation, e.g. of a statement, as one sentence. */
export function describeCitations({ citations }: Lineage, store: Store, language: Language): string {
  const { semicolon, stop } = words[language];
  return `${citations.map((citation) => describeCitation(citation, store, language)).join(semicolon)}${stop}`;
}

/**
 * `Alibaba Cloud, revenue, Q1 2025, reported`; for a derived figure its name where it has one, what it is if not reported,
 * and how it was computed.
 */
export function describeFigure(figure: Figure, store: Store, language: Language): string {
  const { comma, computed } = words[language];
  const { formula } = figure.lineage;
  const facts =
    figure.name !== undefined || figure.subject === undefined
      ? [
          figure.name?.[language],
          figure.status === "reported" ? undefined : formatStatus(figure.status, language),
        ]
      : [
          store.subjects.get(figure.subject)?.name[language],
          figure.metric === undefined ? undefined : store.metrics.get(figure.metric)?.name[language],
          figure.scope === undefined ? undefined : scopeName(figure.scope, store, language),
          figure.period && formatPeriod(figure.period, language),
          formatStatus(figure.status, language),
          figure.attributed?.[language],
        ];
  const said =
    formula === undefined ? facts : [...facts, computed(spelledOut(formula, figure, store, language))];
  return said.filter((fact) => fact !== undefined && fact !== "").join(comma);
}

function scopeName(scope: string, store: Store, language: Language): string {
  return store.scopes.get(scope)?.[language] ?? scope;
}

/** Operators as they are typeset. */
const signs: Readonly<Record<string, string>> = { " / ": " ÷ ", " - ": " − " };

/**
 * A formula with the values of its findings and rates in place of their ids; each value with its scope, its status if
 * not reported and who says so, unless the figure itself has them.
 */
function spelledOut(
  formula: string,
  { subject, name, lineage }: Figure,
  store: Store,
  language: Language,
): string {
  const { brackets, comma } = words[language];
  const values = new Map<string, string>();
  for (const id of lineage.findings) {
    const finding = store.findings.get(id);
    if (finding?.kind !== "figure") continue;
    const value = formatQuantity(finding.quantity, language, store.units, { bounds: "signs" });
    const { scope, status, attributed } = finding;
    const facts = [
      ...(scope === undefined ? [] : [scopeName(scope, store, language)]),
      ...(status === "reported" ? [] : [formatStatus(status, language)]),
      ...(attributed === undefined ? [] : [attributed[language]]),
    ];
    values.set(
      id,
      (subject === undefined || name !== undefined) && facts.length > 0
        ? `${value}${brackets(facts.join(comma))}`
        : value,
    );
  }
  for (const { id, rate } of store.rates) if (lineage.rates.includes(id)) values.set(id, rate);
  // Ids hold dots and may begin alike: whole words, the longest first.
  const ids = [...values.keys()].sort((a, b) => b.length - a.length);
  const anyId = new RegExp(ids.map((id) => id.replaceAll(".", "\\.")).join("|"), "g");
  const typeset = formula.replace(/ [/-] /g, (sign) => signs[sign] ?? sign);
  const converted = language === "zh" ? typeset.replace(/ in ([A-Z]{3})/g, inCurrency(store)) : typeset;
  return ids.length === 0 ? converted : converted.replace(anyId, (id) => values.get(id) ?? id);
}

const inCurrency =
  ({ units }: Store) =>
  (_: string, currency: string): string =>
    `（折${formatUnit(currency, "zh", units)}）`;

/** What a figure rests on and what contradicts it. */
export function citationsOf({ lineage, contradictedBy }: Figure, store: Store): readonly Citation[] {
  return [...lineage.citations, ...contradictedBy.flatMap((id) => store.findings.get(id)?.citations ?? [])];
}

/** The whole story of a figure: what it is, every citation, what contradicts it, why it is in doubt and what its findings note. */
export function describeLineage(figure: Figure, store: Store, language: Language): string {
  const { semicolon, stop, disputed, doubt, brackets } = words[language];
  const cite = (citations: readonly Citation[]): string[] =>
    citations.map((citation) => describeCitation(citation, store, language));
  const others = figure.contradictedBy.flatMap((id) => {
    const other = store.findings.get(id);
    if (other?.kind !== "figure") return [];
    const value = formatQuantity(other.quantity, language, store.units);
    return [`${value}${brackets(cite(other.citations).join(semicolon))}`];
  });
  const parts = [
    describeFigure(figure, store, language),
    ...cite(figure.lineage.citations),
    ...(others.length > 0 ? [disputed(others.join(semicolon))] : []),
  ];
  const notes = [
    ...(figure.doubt ? [doubt(figure.doubt[language])] : []),
    ...figure.notes.map((note) => note[language]),
  ];
  return [`${parts.join(semicolon)}${stop}`, ...notes].join(language === "en" ? " " : "");
}
