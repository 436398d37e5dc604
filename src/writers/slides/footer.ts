/** The source line: where the figures and statements of a slide come from, in full or shortened until it fits. */
import type { Figure, Lineage } from "../../evidence/figure.ts";
import type { Language, Store } from "../../findings/store.ts";
import { bySource, type Cited, describeSource, type SourceDetail } from "../../model/lineage.ts";
import { isNew, newLegend } from "../../model/news.ts";
import type { PlacedParagraph, Run } from "./placed.ts";
import { linesOf, paragraph } from "./text.ts";
import { words } from "./words.ts";

/** How much is said of each source. */
type Detail = "heading" | "lines" | "date" | "name";

const details: Readonly<Record<Detail, Omit<SourceDetail, "lines"> & { readonly lines?: true }>> = {
  heading: { heading: true, date: "short", lines: true },
  lines: { date: "short", lines: true },
  date: { date: "short" },
  name: {},
};

function citedBy(lineages: readonly Lineage[]): Cited[] {
  return bySource(lineages.flatMap(({ citations }) => citations));
}

function describe({ source, citations }: Cited, detail: Detail, store: Store, language: Language): Run {
  const { lines, ...rest } = details[detail];
  const said = lines ? { ...rest, lines: citations.map(({ line }) => line) } : rest;
  const text = describeSource(source, said, store, language);
  return { text, colour: "muted", origin: { kind: "citation", citations } };
}

const muted = (text: string): Run => ({ text, colour: "muted" });

/** As a part among others; none where it says nothing. */
const listed = (runs: readonly Run[]): (readonly Run[])[] => (runs.length > 0 ? [runs] : []);

function joined(parts: readonly (readonly Run[])[], separator: string): Run[] {
  return parts.flatMap((part, i) => (i === 0 ? part : [muted(separator), ...part]));
}

/** What the sign of new figures means, where any that is shown carries it. */
export function newsOf(
  shown: readonly { readonly figure: Figure }[],
  since: string | undefined,
  store: Store,
  language: Language,
): Run[] {
  if (since === undefined || !shown.some(({ figure }) => isNew(figure, since, store))) return [];
  const { before, date, after } = newLegend(since, language);
  const said: Run = { ...muted(date), origin: { kind: "period" } };
  return [muted(before), said, ...(after === "" ? [] : [muted(after)])];
}

/** All sources with headings and lines, for the notes; none for a slide that rests on nothing and has no remarks. */
export function sourcesInFull(
  lineages: readonly Lineage[],
  remarks: readonly (readonly Run[])[],
  news: readonly Run[],
  store: Store,
  language: Language,
): Run[] {
  const { sourcesInFull, semicolon, stop } = words[language];
  const cited = citedBy(lineages);
  const sources = joined(
    cited.map((one) => [describe(one, "heading", store, language)]),
    semicolon,
  );
  const parts = [
    ...(cited.length > 0 ? [[muted(sourcesInFull), ...sources]] : []),
    ...remarks,
    ...listed(news),
  ];
  return parts.length === 0 ? [] : joined(parts, stop);
}

/**
 * The source line in one line of a width in inches. What does not fit is left out in this order, and the line says so:
 * line numbers, the author's remarks, dates, and last the sources themselves, from the end. What is new is always said.
 */
export function sourceLine(
  lineages: readonly Lineage[],
  remarks: readonly (readonly Run[])[],
  news: readonly Run[],
  width: number,
  size: number,
  store: Store,
  language: Language,
): PlacedParagraph | undefined {
  const cited = citedBy(lineages);
  if (cited.length === 0 && remarks.length === 0 && news.length === 0) return undefined;
  const { source, sources, semicolon, stop, linesInNotes, moreInNotes, restInNotes } = words[language];
  const line = (
    detail: Detail,
    shown: number,
    said: readonly (readonly Run[])[],
    end: string,
  ): PlacedParagraph => {
    const list = joined(
      cited.slice(0, shown).map((one) => [describe(one, detail, store, language)]),
      semicolon,
    );
    const head = cited.length === 0 ? [] : [[muted(cited.length === 1 ? source : sources), ...list]];
    const hidden = cited.slice(shown).flatMap(({ citations }) => citations);
    const last: Run =
      hidden.length > 0 ? { ...muted(end), origin: { kind: "citation", citations: hidden } } : muted(end);
    return ending([...joined([...head, ...said], stop), ...(end === "" ? [] : [last])]);
  };
  const ending = (runs: readonly Run[]): PlacedParagraph =>
    paragraph(joined([...listed(runs), ...listed(news)], stop), { size, language });
  const all = cited.length;
  const shortened = [
    () => line("date", all, remarks, linesInNotes),
    () => line("date", all, [], remarks.length > 0 ? restInNotes : linesInNotes),
    () => line("name", all, [], restInNotes),
    ...Array.from(
      { length: Math.max(0, all - 1) },
      (_, i) => () => line("name", all - 1 - i, [], moreInNotes(i + 1)),
    ),
  ];
  const attempts = [() => line("lines", all, remarks, ""), ...(all > 0 ? shortened : [])];
  for (const attempt of attempts) {
    const tried = attempt();
    if (linesOf(tried, width, language) === 1) return tried;
  }
  return ending([muted(words[language].allInNotes)]);
}
