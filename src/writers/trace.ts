/** The trace: beside each product, which finding and which line of a source every number on it leads back to. */
import type { Figure, Lineage } from "../evidence/figure.ts";
import type { Citation, Language, Status, Store } from "../findings/store.ts";
import { formatFigure } from "../model/news.ts";
import type { MarkdownPage } from "./markdown.ts";
import type { Origin, Picture, Placed, PlacedDeck } from "./slides/placed.ts";

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
  const backing = new Backing(store);
  return deck.slides.flatMap((slide, index) => {
    const number = index + 1;
    const entries = slide.boxes.flatMap((box) => {
      const at = { slide: number, in: box.name };
      const own = box.kind === "picture" ? labels.get(chartName(box)) : undefined;
      return textsIn(box, own, deck, store).flatMap((text) => traceText(text, at, backing));
    });
    const at = { slide: number, in: "Notes" };
    return [...entries, ...slide.notes.flat().flatMap((run) => traceText(run, at, backing))];
  });
}

export function tracePage(page: MarkdownPage, store: Store): TraceEntry[] {
  const backing = new Backing(store);
  return page.traced.flatMap(({ line, chart, ...text }) =>
    traceText(text, { line, ...(chart === undefined ? {} : { in: `Chart ${chart}` }) }, backing),
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

/** A text with where it came from. */
export interface Traced {
  readonly text: string;
  readonly origin?: Origin;
}

/** @param labels those of a picture's own chart */
function textsIn(box: Placed, labels: Labels | undefined, printed: Printed, store: Store): readonly Traced[] {
  switch (box.kind) {
    case "text":
      return box.paragraphs.flatMap(({ runs }) => runs);
    case "table":
      return box.rows.flatMap(({ cells }) =>
        cells.flatMap(({ paragraphs }) => paragraphs.flatMap(({ runs }) => runs)),
      );
    case "picture":
      return box.figures.map((figure) => ({
        text: labelOf(figure, labels, printed, store),
        origin: { kind: "figure", figure },
      }));
    case "shape":
    case "rule":
    case "freeform":
      return [];
  }
}

/** @param at the slide and box, or the line, that shows it */
function traceText({ text, origin }: Traced, at: Partial<TraceEntry>, backing: Backing): TraceEntry[] {
  switch (origin?.kind) {
    case undefined:
      return [];
    case "figure": {
      const { figure, whole = text } = origin;
      return [
        { ...at, kind: "figure", text, ...(whole === text ? {} : { whole }), ...backing.ofFigure(figure) },
      ];
    }
    case "name":
      return [{ ...at, kind: "name", text, ...(origin.lineage && backing.of(origin.lineage)) }];
    case "citation":
      return [{ ...at, kind: "citation", text, citations: backing.cite(origin.citations) }];
    case "period":
    case "literal":
      return [{ ...at, kind: origin.kind, text }];
  }
}

/** What stands behind figures and names: put together once for each figure, which many slides may show. */
class Backing {
  readonly #store: Store;
  readonly #figures = new Map<Figure, Partial<TraceEntry>>();

  constructor(store: Store) {
    this.#store = store;
  }

  ofFigure(figure: Figure): Partial<TraceEntry> {
    const known = this.#figures.get(figure);
    if (known) return known;
    const { citations, ...rest } = this.of(figure.lineage);
    const { id, status, contradictedBy } = figure;
    const found = {
      figure: id,
      status,
      ...rest,
      ...(contradictedBy.length > 0 ? { contradictedBy } : {}),
      citations,
    };
    this.#figures.set(figure, found);
    return found;
  }

  of({ formula, rates, findings, citations }: Lineage) {
    return {
      ...(formula === undefined ? {} : { formula }),
      ...(rates.length > 0 ? { rates } : {}),
      findings,
      citations: this.cite(citations),
    };
  }

  cite(citations: readonly Citation[]): TraceEntry["citations"] & {} {
    return citations.map((citation) => ({
      ...citation,
      file: this.#store.sources.get(citation.source)?.file ?? citation.source,
    }));
  }
}

/** The name in a picture's key: what stands before its size. */
function chartName({ chart }: Picture): string {
  return chart.slice(0, chart.lastIndexOf("@"));
}
