/** The trace: beside each product, which finding and which line of a source every number on it leads back to. */
import type { Figure, Lineage } from "../evidence/figure.ts";
import type { Citation, Language, Status, Store } from "../findings/store.ts";
import { formatFigure } from "../model/news.ts";
import type { MarkdownPage } from "./markdown.ts";
import type { Origin, Picture, Placed, PlacedDeck, PlacedParagraph } from "./slides/placed.ts";

export interface TraceEntry {
  /** Slide of the deck, from 1, or line of the page, from 1. */
  readonly slide?: number;
  readonly line?: number;
  /** The box that shows it: a shape's name, or `Notes`. */
  readonly in?: string;
  /** What kind of text it is; a `literal` is a number that the template's author vouches for. */
  readonly kind: "figure" | "period" | "name" | "literal" | "citation";
  /** As it stands there. */
  readonly text: string;
  /** The figure as it is printed, where its bound, its unit or the sign of what is new stands apart from `text`. */
  readonly whole?: string;
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

/** The labels of figures in a chart by their ids, as they are drawn. */
export type Labels = ReadonlyMap<string, string>;

/** @param labels by the chart's name; a figure without one is printed as on a page */
export function traceDeck(deck: PlacedDeck, labels: ReadonlyMap<string, Labels>, store: Store): TraceEntry[] {
  return deck.slides.flatMap((slide, index) => {
    const at = { slide: index + 1 };
    const boxes = slide.boxes.flatMap((box) =>
      traceBox(box, labels, deck, store).map((entry) => ({ ...at, ...entry })),
    );
    const notes = slide.notes
      .flat()
      .flatMap((run) => traceText(run, store).map((entry) => ({ ...at, in: "Notes", ...entry })));
    return [...boxes, ...notes];
  });
}

export function tracePage(page: MarkdownPage, store: Store): TraceEntry[] {
  return page.traced.flatMap(({ line, chart, ...text }) =>
    traceText(text, store).map((entry) => ({
      line,
      ...(chart === undefined ? {} : { in: `Chart ${chart}` }),
      ...entry,
    })),
  );
}

/** What is printed, as far as it decides how. */
type Printed = Pick<PlacedDeck, "language" | "since">;

/** A figure's label in a chart, or how it is printed on a page. */
export function labelOf(
  figure: Figure,
  labels: Labels | undefined,
  { language, since }: Printed,
  store: Store,
): string {
  return labels?.get(figure.id) ?? formatFigure(figure, language, store, since);
}

/** The trace as a file: indented JSON, one entry a block, so that changes read well in a diff. */
export function formatTrace(trace: Trace): string {
  return `${JSON.stringify(trace, null, 1)}\n`;
}

function traceBox(
  box: Placed,
  labels: ReadonlyMap<string, Labels>,
  deck: Printed,
  store: Store,
): TraceEntry[] {
  const from = (paragraphs: readonly PlacedParagraph[]): TraceEntry[] =>
    paragraphs.flatMap(({ runs }) =>
      runs.flatMap((run) => traceText(run, store).map((entry) => ({ in: box.name, ...entry }))),
    );
  switch (box.kind) {
    case "text":
      return from(box.paragraphs);
    case "table":
      return box.rows.flatMap(({ cells }) => cells.flatMap((cell) => from(cell.paragraphs)));
    case "picture": {
      const own = labels.get(chartName(box));
      return box.figures.map((figure) => ({
        in: box.name,
        kind: "figure",
        text: labelOf(figure, own, deck, store),
        ...figureLineage(figure, store),
      }));
    }
    case "shape":
    case "rule":
    case "freeform":
      return [];
  }
}

/** A text with where it came from. */
export interface Traced {
  readonly text: string;
  readonly origin?: Origin;
}

function traceText({ text, origin }: Traced, store: Store): TraceEntry[] {
  switch (origin?.kind) {
    case undefined:
      return [];
    case "figure": {
      const whole = origin.whole === undefined || origin.whole === text ? {} : { whole: origin.whole };
      return [{ kind: "figure", text, ...whole, ...figureLineage(origin.figure, store) }];
    }
    case "name":
      return [{ kind: "name", text, ...(origin.lineage ? lineage(origin.lineage, store) : {}) }];
    case "citation":
      return [{ kind: "citation", text, citations: cite(origin.citations, store) }];
    case "period":
    case "literal":
      return [{ kind: origin.kind, text }];
  }
}

function figureLineage(figure: Figure, store: Store): Omit<TraceEntry, "kind" | "text"> {
  const { citations, ...rest } = lineage(figure.lineage, store);
  return {
    figure: figure.id,
    status: figure.status,
    ...rest,
    ...(figure.contradictedBy.length > 0 ? { contradictedBy: figure.contradictedBy } : {}),
    citations,
  };
}

function lineage({ formula, rates, findings, citations }: Lineage, store: Store) {
  return {
    ...(formula === undefined ? {} : { formula }),
    ...(rates.length > 0 ? { rates } : {}),
    findings,
    citations: cite(citations, store),
  };
}

function cite(citations: readonly Citation[], store: Store): TraceEntry["citations"] & {} {
  return citations.map((citation) => ({
    ...citation,
    file: store.sources.get(citation.source)?.file ?? citation.source,
  }));
}

/** The name in a picture's key: what stands before its size. */
function chartName({ chart }: Picture): string {
  return chart.slice(0, chart.lastIndexOf("@"));
}
