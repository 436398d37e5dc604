/** Lineage in words: what a figure is, where it comes from and what is uncertain about it. */
import type { Figure, Lineage } from "../evidence/figure.ts";
import type { Citation, Language, Source, Store } from "../findings/store.ts";
import { formatDate, formatPeriod, formatQuantity, formatStatus } from "./format.ts";

interface Words {
  readonly line: (line: number) => string;
  readonly after: (date: string) => string;
  readonly quote: (written: string) => string;
  readonly computed: (formula: string) => string;
  readonly disputed: (values: string) => string;
  readonly comma: string;
  readonly semicolon: string;
  readonly colon: string;
  readonly stop: string;
}

const words: Readonly<Record<Language, Words>> = {
  en: {
    line: (line) => `line ${line}`,
    after: (date) => `undated, not before ${date}`,
    quote: (written) => `“${written}”`,
    computed: (formula) => `computed as ${formula}`,
    disputed: (values) => `stated otherwise: ${values}`,
    comma: ", ",
    semicolon: "; ",
    colon: ": ",
    stop: ".",
  },
  zh: {
    line: (line) => `第${line}行`,
    after: (date) => `页面无日期，不早于${date}`,
    quote: (written) => `“${written}”`,
    computed: (formula) => `计算方法：${formula}`,
    disputed: (values) => `另有说法：${values}`,
    comma: "，",
    semicolon: "；",
    colon: "：",
    stop: "。",
  },
};

/** `Dingjiao One, undated, not before 3 Jun 2025` */
export function describeSource(source: Source, language: Language): string {
  const { comma, after } = words[language];
  const date = formatDate(source.published.date, language);
  return `${source.publisher[language]}${comma}${source.published.certain ? date : after(date)}`;
}

/** `Dingjiao One, undated, not before 3 Jun 2025, line 31: “301亿”` */
export function describeCitation(citation: Citation, store: Store, language: Language): string {
  const { comma, colon, line, quote } = words[language];
  const source = store.sources.get(citation.source);
  const name = source ? describeSource(source, language) : citation.source;
  return `${name}${comma}${line(citation.line)}${colon}${quote(citation.written)}`;
}

/** Every citation, e.g. of a statement, as one sentence. */
export function describeCitations({ citations }: Lineage, store: Store, language: Language): string {
  const { semicolon, stop } = words[language];
  return `${citations.map((citation) => describeCitation(citation, store, language)).join(semicolon)}${stop}`;
}

/** `Alibaba Cloud, revenue, Q1 2025, reported` and for a derived figure how it was computed. */
export function describeFigure(figure: Figure, store: Store, language: Language): string {
  const { comma, computed } = words[language];
  const subject =
    figure.subject === undefined ? undefined : store.subjects.get(figure.subject)?.name[language];
  const metric = figure.metric === undefined ? undefined : store.metrics.get(figure.metric)?.name[language];
  const period = figure.period && formatPeriod(figure.period, language);
  const facts = [
    subject,
    metric,
    figure.scope,
    period,
    formatStatus(figure.status, language),
    figure.attributed?.[language],
  ];
  const { formula } = figure.lineage;
  const said =
    formula === undefined
      ? facts
      : [...(subject ? facts : []), computed(spelledOut(formula, figure, store, language))];
  return said.filter((fact) => fact !== undefined && fact !== "").join(comma);
}

/** A formula with the values of its findings and rates in place of their ids. */
function spelledOut(formula: string, { lineage }: Figure, store: Store, language: Language): string {
  const values = new Map<string, string>();
  for (const id of lineage.findings) {
    const finding = store.findings.get(id);
    if (finding?.kind === "figure")
      values.set(id, formatQuantity(finding.quantity, language, store.units, { bounds: "signs" }));
  }
  for (const { id, rate } of store.rates) if (lineage.rates.includes(id)) values.set(id, rate);
  // Ids hold dots and may begin alike: whole words, the longest first.
  const ids = [...values.keys()].sort((a, b) => b.length - a.length);
  const anyId = new RegExp(ids.map((id) => id.replaceAll(".", "\\.")).join("|"), "g");
  const spelled = ids.length === 0 ? formula : formula.replace(anyId, (id) => values.get(id) ?? id);
  return language === "zh" ? spelled.replace(/ in ([A-Z]{3})/g, "（折$1）") : spelled;
}

/** The whole story of a figure: what it is, every citation, what contradicts it and what its findings note. */
export function describeLineage(figure: Figure, store: Store, language: Language): string {
  const { semicolon, stop, disputed } = words[language];
  const cited = figure.lineage.citations.map((citation) => describeCitation(citation, store, language));
  const others = figure.contradictedBy.flatMap((id) => {
    const other = store.findings.get(id);
    return other?.kind === "figure" ? [formatQuantity(other.quantity, language, store.units)] : [];
  });
  const parts = [
    describeFigure(figure, store, language),
    ...cited,
    ...(others.length > 0 ? [disputed(others.join(semicolon))] : []),
  ];
  const notes = figure.notes.map((note) => note[language]);
  return [`${parts.join(semicolon)}${stop}`, ...notes].join(language === "en" ? " " : "");
}
