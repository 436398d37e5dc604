/** Citations held against what is printed: values against written forms, written forms against lines, lines against the store. */
import { agrees, lacksDenominator } from "../findings/agreement.ts";
import { Decimal } from "../findings/decimal.ts";
import { type Denominators, denominatorsOf, writtenDenominators } from "../findings/denominators.ts";
import type { Period } from "../findings/period.ts";
import { isDateOf } from "../findings/printed-dates.ts";
import type { Citation, Dismissal, FigureFinding, Rate, Source, Store, UnitName } from "../findings/store.ts";
import { type Reading, readWritten } from "../findings/written.ts";
import type { Kind } from "../findings/written-forms.ts";
import { keyOf, type Memory, openLedger } from "../memory.ts";
import type { Place, Problem } from "../problem.ts";
import { notation } from "./equation.ts";
import * as messages from "./messages.ts";

/** How many of the numbers in a source are cited by a finding or dismissed with a reason. */
export interface Coverage {
  readonly source: string;
  readonly numbers: number;
  readonly cited: number;
  readonly dismissed: number;
  readonly unread: number;
}

/**
 * Holds the value of every figure against its written forms. Each must agree with it, and one must print all of it:
 * another may round it, or leave out its bound. Rates of exchange are held against theirs, too.
 * @param memory of figures and rates that did agree
 */
export function checkWritten(store: Store, memory?: Memory): Problem[] {
  const problems: Problem[] = [];
  const units = unitsBelow(store);
  const unitsKey = keyOf(
    "written",
    units.map(({ at: _, ...unit }) => unit),
  );
  let built: Denominators | undefined;
  const denominators = (): Denominators => {
    built ??= denominatorsOf(units);
    return built;
  };
  const agreed = openLedger(memory, unitsKey);
  /** @param all that it hangs on whether something is wrong */
  const hold = (one: FigureFinding | Rate, all: unknown, look: () => Problem[]): void => {
    const text = JSON.stringify(all);
    if (agreed.has(text)) return;
    const before = held.get(one);
    const isSame = before?.all === text && before.unitsKey === unitsKey;
    const found = isSame ? before.problems : look();
    held.set(one, { all: text, unitsKey, problems: found });
    problems.push(...found);
    if (found.length === 0) agreed.note(text);
  };
  for (const figure of store.findings.values()) {
    if (figure.kind !== "figure") continue;
    const measures = store.metrics.get(figure.metric)?.measures;
    const printed = figure.citations.map(({ source, written }) => [
      written,
      store.sources.get(source)?.currency,
    ]);
    hold(figure, [figure.quantity, measures, printed], () => disagreements(figure, store, denominators()));
  }
  for (const rate of store.rates) {
    const printed = rate.citations.map(({ written }) => written);
    hold(rate, [rate.rate, rate.base, rate.quote, printed], () => unlikeWritten(rate, denominators()));
  }
  agreed.close();
  return problems;
}

/** What was found of a figure or rate, and all that it hung on: a store is looked at as of many days. */
interface Held {
  readonly all: string;
  readonly unitsKey: string;
  readonly problems: readonly Problem[];
}
const held = new WeakMap<FigureFinding | Rate, Held>();

const isAmount = (kind: Kind): boolean => kind === "money" || kind === "plain" || kind === "digits";

/**
 * What speaks against a rate in what it cites: it is to be printed there, or to be what an amount in the one currency is to an
 * amount in the other, rounded as the rate is.
 */
function unlikeWritten(rate: Rate, denominators: Denominators): Problem[] {
  const readings = rate.citations
    .flatMap(({ written }) => readWritten(written, denominators).numbers)
    .filter(({ kind, low, high }) => isAmount(kind) && low.equals(high) && low.greaterThan(0));
  const value = new Decimal(rate.rate);
  const places = rate.rate.split(".")[1]?.length ?? 0;
  const amounts = (currency: string) => readings.filter((reading) => reading.currency === currency);
  const isPrinted = readings.some(
    ({ low, currency = rate.quote }) => currency === rate.quote && low.equals(value),
  );
  const isRatio = amounts(rate.quote).some((quote) =>
    amounts(rate.base).some((base) => quote.low.dividedBy(base.low).toDecimalPlaces(places).equals(value)),
  );
  return isPrinted || isRatio ? [] : [messages.rateNotAsWritten(rate)];
}

/** What speaks against a figure in what it cites. */
function disagreements(figure: FigureFinding, store: Store, denominators: Denominators): Problem[] {
  const problems: Problem[] = [];
  const lacking: string[] = [];
  let isSettled = false;
  for (const citation of figure.citations) {
    const source = store.sources.get(citation.source);
    const outcome = agrees(figure.quantity, citation, store.metrics.get(figure.metric), source, denominators);
    if (outcome.agrees === "wholly") isSettled = true;
    else if (outcome.agrees === "partly") lacking.push(outcome.lacks);
    else if (outcome.agrees === "unread") problems.push(messages.unreadableWritten(figure, citation));
    else {
      const { printed, because } = outcome;
      const value = notation(figure.quantity);
      problems.push(messages.otherThanWritten(figure, value, citation, printed.text.trim(), because));
      isSettled = true;
    }
  }
  if (isSettled || lacking[0] === undefined) return problems;
  const under = lacking[0].includes(lacksDenominator) && store.units.get(underOf(figure) ?? "");
  const words = under ? writtenDenominators(under) : [];
  return [...problems, messages.notWhollyWritten(figure, notation(figure.quantity), lacking[0], words)];
}

/** Of the units that figures are counted per; the words of others are read as what they are. */
function unitsBelow({ findings, units }: Store): UnitName[] {
  const ids = new Set(
    [...findings.values()].flatMap((one) => (one.kind === "figure" ? (underOf(one) ?? []) : [])),
  );
  return [...units.values()].filter(({ id }) => ids.has(id));
}

/** Id of the unit below the line. */
function underOf({ quantity }: FigureFinding): string | undefined {
  return quantity.unit.split("/")[1];
}

/** Someone who cites a line. */
interface Citer {
  readonly who: string;
  readonly citation: Citation;
  readonly at: Place;
  readonly period?: Period;
  readonly figure?: FigureFinding;
}

/** From one character to before another. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * Holds every citation and dismissal against the texts of the sources, and counts the numbers in them that no one read.
 * @param texts by file name
 * @param folder how the folder of the texts is named in problems
 */
export function checkSources(
  store: Store,
  texts: ReadonlyMap<string, string>,
  folder: string,
): { readonly problems: Problem[]; readonly coverage: readonly Coverage[] } {
  const problems: Problem[] = [];
  const coverage: Coverage[] = [];
  const citers = bySource(citersOf(store), ({ citation }) => citation.source);
  const dismissals = bySource(store.dismissals, ({ source }) => source);
  for (const source of store.sources.values()) {
    const text = texts.get(source.file);
    if (text === undefined) {
      problems.push(messages.missingText(source));
      continue;
    }
    const lines = linesOf(text);
    const cited = citers.get(source.id) ?? [];
    problems.push(...cited.flatMap((citer) => standing(citer, lines)));
    const counted = count(source, `${folder}/${source.file}`, lines, cited, dismissals.get(source.id) ?? []);
    problems.push(...counted.problems);
    coverage.push(counted.coverage);
  }
  return { problems, coverage };
}

/**
 * Holds every citation against the texts of the sources, and looks at nothing else in them.
 * @param texts by file name
 */
export function checkCitations(store: Store, texts: ReadonlyMap<string, string>): Problem[] {
  const citers = bySource(citersOf(store), ({ citation }) => citation.source);
  return [...store.sources.values()].flatMap((source) => {
    const cited = citers.get(source.id) ?? [];
    const text = texts.get(source.file);
    if (text === undefined) return cited.length > 0 ? [messages.missingText(source)] : [];
    const lines = linesOf(text);
    return cited.flatMap((citer) => standing(citer, lines));
  });
}

/** Data is read in composed form, so the text it quotes must be too. A last line's end begins no further line. */
function linesOf(text: string): string[] {
  return text
    .normalize("NFC")
    .replace(/(?:\r\n|\r|\n)$/, "")
    .split(/\r\n|\r|\n/);
}

function citersOf(store: Store): Citer[] {
  const findings = [...store.findings.values()].flatMap((finding) =>
    finding.citations.map(
      (citation): Citer => ({
        who: `\`${finding.id}\``,
        citation,
        at: finding.at,
        ...(finding.kind === "figure" ? { period: finding.period, figure: finding } : {}),
        ...(finding.kind === "event" ? { period: finding.date } : {}),
      }),
    ),
  );
  const rates = store.rates.flatMap(({ id, citations, at, period }) =>
    citations.map((citation): Citer => ({ who: `rate \`${id}\``, citation, at, period })),
  );
  return [...findings, ...rates];
}

function bySource<T>(rows: readonly T[], sourceOf: (row: T) => string): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const row of rows) {
    const list = found.get(sourceOf(row));
    if (list) list.push(row);
    else found.set(sourceOf(row), [row]);
  }
  return found;
}

/** Whether a citation stands in its line, whole, with all that belongs to its number. */
function standing({ who, citation, at, figure }: Citer, lines: readonly string[]): Problem[] {
  const line = lines[citation.line - 1];
  if (line === undefined) return [messages.noSuchLine(who, citation, at, lines.length)];
  const places = occurrences(line, citation.written);
  if (places.length === 0) {
    const elsewhere = lines.findIndex((other) => occurrences(other, citation.written).length > 0);
    const isCut = line.includes(citation.written);
    return [messages.notInLine(who, citation, at, elsewhere < 0 ? undefined : elsewhere + 1, isCut)];
  }
  if (!figure) return [];
  const printed = readWritten(line).numbers;
  const own = readWritten(citation.written).numbers;
  const clipped = places.map(({ from }) => firstClipped(own, printed, from));
  const [first] = clipped;
  return first && clipped.every((one) => one !== undefined)
    ? [messages.clippedWritten(figure, citation, first.text.trim())]
    : [];
}

/** The first number of a line of which a written form that begins at a place says less than the line. */
function firstClipped(own: readonly Reading[], printed: readonly Reading[], at: number): Reading | undefined {
  for (const reading of own) {
    if (reading.implied) continue;
    const from = at + reading.from;
    const whole = printed.find((one) => one.from <= from && from < one.to && !one.implied);
    const isSame =
      whole?.low.eq(reading.low) &&
      whole.high.eq(reading.high) &&
      whole.currency === reading.currency &&
      (whole.kind === reading.kind || whole.kind === "count") &&
      (whole.bound === undefined || whole.bound === reading.bound);
    if (whole && !isSame) return whole;
  }
  return undefined;
}

/** Where a text stands in a line, but not as a part of a longer number: `2亿` does not stand in `1.2亿`. */
function occurrences(line: string, written: string): Stretch[] {
  const found: Stretch[] = [];
  for (let from = line.indexOf(written); from >= 0; from = line.indexOf(written, from + 1)) {
    const to = from + written.length;
    const begins = /^\d/.test(written) && /\d[.,]?$/.test(line.slice(Math.max(0, from - 2), from));
    const ends = /\d$/.test(written) && /^(?:[.,]?\d)/.test(line.slice(to, to + 2));
    if (!begins && !ends) found.push({ from, to });
  }
  return found;
}

function count(
  source: Source,
  file: string,
  lines: readonly string[],
  citers: readonly Citer[],
  dismissals: readonly Dismissal[],
): { readonly problems: Problem[]; readonly coverage: Coverage } {
  const problems: Problem[] = [];
  const citersAt = byLine(citers, ({ citation }) => citation.line);
  const dismissalsAt = byLine(dismissals, ({ line }) => line);
  const busy = new Set<Dismissal>();
  const idle = new Map<Dismissal, string>();
  let [numbers, cited, dismissed] = [0, 0, 0];
  lines.forEach((line, index) => {
    const here = citersAt.get(index + 1) ?? [];
    const quoted = here.flatMap(({ citation }) => occurrences(line, citation.written));
    const waved = (dismissalsAt.get(index + 1) ?? []).map((dismissal) => ({
      dismissal,
      places: occurrences(line, dismissal.written),
    }));
    for (const { dismissal, places } of waved)
      idle.set(dismissal, places.length === 0 ? "it does not stand in that line" : "it holds no number");
    const { numbers: printed, dates } = readWritten(line);
    const known = new Set<Stretch>(
      dates.filter((date) => here.some(({ period }) => period && isDateOf(date, period))),
    );
    for (const stretch of [...printed.filter(({ implied }) => !implied), ...dates]) {
      numbers++;
      const over = waved.filter(({ places }) => places.some((place) => holds(place, stretch)));
      if (quoted.some((place) => holds(place, stretch)) || known.has(stretch)) {
        cited++;
        for (const { dismissal } of over) idle.set(dismissal, "a finding cites it");
      } else if (over.length > 0) {
        dismissed++;
        for (const { dismissal } of over) busy.add(dismissal);
      } else {
        const where = { file, line: index + 1, column: stretch.from + 1 };
        problems.push(messages.unreadNumber(where, around(line, stretch), source.id));
      }
    }
  });
  for (const dismissal of dismissals)
    if (!busy.has(dismissal))
      problems.push(messages.idleDismissal(dismissal, idle.get(dismissal) ?? "there is no such line"));
  const unread = numbers - cited - dismissed;
  return { problems, coverage: { source: source.id, numbers, cited, dismissed, unread } };
}

function byLine<T>(rows: readonly T[], lineOf: (row: T) => number): Map<number, T[]> {
  const found = new Map<number, T[]>();
  for (const row of rows) found.set(lineOf(row), [...(found.get(lineOf(row)) ?? []), row]);
  return found;
}

function holds(outer: Stretch, inner: Stretch): boolean {
  return outer.from <= inner.from && inner.to <= outer.to;
}

/** The number with a little of what stands around it, 20 characters at most. */
function around(line: string, { from, to }: Stretch): string {
  const spare = Math.max(0, 20 - (to - from));
  const start = Math.max(0, from - Math.floor(spare / 2));
  return line.slice(start, start + 20).trim();
}
