/** The trace: beside each product, which finding and which line of a source every number on it leads back to. */
import type { Figure } from "../evidence/figure.ts";
import type { Citation, Language, Status, Store } from "../findings/store.ts";
import type { MarkdownPage } from "./markdown.ts";
import type { Placed, PlacedDeck, PlacedParagraph, Run } from "./slides/placed.ts";

export interface TraceEntry {
  /** Slide of the deck, from 1, or line of the page, from 1. */
  readonly slide?: number;
  readonly line?: number;
  /** The box that shows it: a shape's name, or `Notes`. */
  readonly in?: string;
  /** What kind of number it is; `literal` is one that the template's author vouches for. */
  readonly kind: "figure" | "period" | "name" | "literal" | "citation";
  readonly text: string;
  readonly figure?: string;
  readonly status?: Status;
  readonly formula?: string;
  readonly rates?: readonly string[];
  readonly findings?: readonly string[];
  readonly contradictedBy?: readonly string[];
  readonly citations?: readonly (Citation & { readonly file: string })[];
}

export interface Trace {
  readonly product: string;
  readonly language: Language;
  /** ISO date of the document. */
  readonly date: string;
  readonly sourcedeck: string;
  readonly entries: readonly TraceEntry[];
}

/** @param drawn the texts that each picture shows, by the picture's chart key */
export function traceDeck(
  deck: PlacedDeck,
  drawn: ReadonlyMap<string, readonly string[]>,
  store: Store,
): TraceEntry[] {
  return deck.slides.flatMap((slide, index) => {
    const at = { slide: index + 1 };
    const boxes = slide.boxes.flatMap((box) =>
      traceBox(box, drawn, store).map((entry) => ({ ...at, ...entry })),
    );
    const notes = slide.notes
      .flat()
      .flatMap((run) => traceRun(run, store).map((entry) => ({ ...at, in: "Notes", ...entry })));
    return [...boxes, ...notes];
  });
}

export function tracePage(page: MarkdownPage, store: Store): TraceEntry[] {
  return page.figures.map(({ figure, text, line }) => ({
    line,
    kind: "figure",
    text,
    ...lineage(figure, store),
  }));
}

/** The trace as a file: indented JSON, one entry a block, so that changes read well in a diff. */
export function formatTrace(trace: Trace): string {
  return `${JSON.stringify(trace, null, 1)}\n`;
}

function traceBox(box: Placed, drawn: ReadonlyMap<string, readonly string[]>, store: Store): TraceEntry[] {
  const from = (paragraphs: readonly PlacedParagraph[]): TraceEntry[] =>
    paragraphs.flatMap(({ runs }) =>
      runs.flatMap((run) => traceRun(run, store).map((entry) => ({ in: box.name, ...entry }))),
    );
  switch (box.kind) {
    case "text":
      return from(box.paragraphs);
    case "table":
      return box.rows.flatMap(({ cells }) => cells.flatMap((cell) => from(cell.paragraphs)));
    case "picture": {
      const texts = (drawn.get(box.chart) ?? []).join(" | ");
      return box.figures.map((figure) => ({
        in: box.name,
        kind: "figure",
        text: texts,
        ...lineage(figure, store),
      }));
    }
    case "shape":
    case "rule":
      return [];
  }
}

function traceRun({ text, origin }: Run, store: Store): TraceEntry[] {
  if (!origin) return [];
  if (origin.kind === "figure") return [{ kind: "figure", text, ...lineage(origin.figure, store) }];
  if (origin.kind === "citation")
    return [{ kind: "citation", text, citations: cite(origin.citations, store) }];
  return [{ kind: origin.kind, text }];
}

function lineage(figure: Figure, store: Store): Omit<TraceEntry, "kind" | "text"> {
  const { formula, rates, findings, citations } = figure.lineage;
  return {
    figure: figure.id,
    status: figure.status,
    ...(formula === undefined ? {} : { formula }),
    ...(rates.length > 0 ? { rates } : {}),
    findings,
    ...(figure.contradictedBy.length > 0 ? { contradictedBy: figure.contradictedBy } : {}),
    citations: cite(citations, store),
  };
}

function cite(citations: readonly Citation[], store: Store): TraceEntry["citations"] & {} {
  return citations.map((citation) => ({
    ...citation,
    file: store.sources.get(citation.source)?.file ?? citation.source,
  }));
}
