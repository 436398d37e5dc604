/** Placed slides: every box with its place, size and text, before any PowerPoint library is called. */
import type { Figure, Lineage } from "../../evidence/figure.ts";
import type { Citation, Language } from "../../findings/store.ts";
import type { Role, Theme } from "../../model/theme.ts";
import type { Place } from "../../problem.ts";

/** Inches from the top left corner of a page of 13.333 × 7.5. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** Where a number in a run came from; read by the trace, ignored by the PowerPoint writer. */
export type Origin =
  /** `whole` is the figure as it is printed, where the run shows only a part of it. */
  | { readonly kind: "figure"; readonly figure: Figure; readonly whole?: string }
  | { readonly kind: "name"; readonly lineage?: Lineage }
  | { readonly kind: "period" | "literal" }
  | { readonly kind: "citation"; readonly citations: readonly Citation[] };

export interface Run {
  readonly text: string;
  readonly colour: Role;
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly strike?: boolean;
  /** Points; the paragraph's size unless said. */
  readonly size?: number;
  /** Points added after each character; none unless said. */
  readonly tracking?: number;
  /** Only https and mailto. */
  readonly link?: string;
  readonly origin?: Origin;
}

/** Inches by which the text of a bulleted paragraph stands in from its bullet. */
export const hangingIndent = 0.25;

export interface PlacedParagraph {
  /** An empty list is an empty line. A run with the text "\n" is a line break. */
  readonly runs: readonly Run[];
  /** Points */
  readonly size: number;
  readonly align: "left" | "center" | "right";
  readonly bullet?: "dot" | "number";
  /** Points before and after. */
  readonly before: number;
  readonly after: number;
  /** Multiple of the font's own line height between base lines: 1 = single spacing. */
  readonly spacing: number;
}

interface Named {
  /** Unique on its slide, e.g. `Title`, `Tile 2`, `Chart capex`. */
  readonly name: string;
  readonly box: Box;
  /** Spoken description; pictures always have one, tables and drawings where they say more than their text. */
  readonly alt?: string;
}

export type PlaceholderKind = "title" | "kicker" | "subtitle" | "body" | "footer" | "number";

export interface TextBox extends Named {
  readonly kind: "text";
  readonly paragraphs: readonly PlacedParagraph[];
  readonly valign: "top" | "middle" | "bottom";
  /** Inches inside the box: top, right, bottom, left. */
  readonly inset: readonly [number, number, number, number];
  readonly fill?: Role;
  readonly line?: { readonly colour: Role; readonly width: number };
  /** A real placeholder of the slide's master layout; in a `number` the run that is the slide's number becomes a field. */
  readonly placeholder?: PlaceholderKind;
}

export interface Shape extends Named {
  readonly kind: "shape";
  readonly shape: "rect" | "ellipse" | "chevron" | "triangle";
  readonly fill?: Role;
  readonly line?: { readonly colour: Role; readonly width: number; readonly dash?: boolean };
}

/** A straight line, horizontal or vertical (box of height or width 0), width in points. */
export interface Rule extends Named {
  readonly kind: "rule";
  readonly colour: Role;
  readonly width: number;
  readonly dash?: boolean;
  readonly arrow?: "end";
}

/** A point in inches from the top left corner of its box, reached straight or in a quadratic curve `via` another. */
export interface Point {
  readonly x: number;
  readonly y: number;
  readonly via?: { readonly x: number; readonly y: number };
}

/** Areas (`closed`) or lines through points. It is the ground of a drawing: other boxes may stand on its box. */
export interface Freeform extends Named {
  readonly kind: "freeform";
  readonly paths: readonly (readonly Point[])[];
  readonly closed: boolean;
  readonly fill?: Role;
  readonly line?: { readonly colour: Role; readonly width: number };
  readonly arrow?: "end";
}

export interface Picture extends Named {
  readonly kind: "picture";
  /** Key of the drawn chart: its name and box. */
  readonly chart: string;
  readonly alt: string;
  /** The figures that the chart shows. */
  readonly figures: readonly Figure[];
}

export interface Cell {
  readonly paragraphs: readonly PlacedParagraph[];
  readonly align: "left" | "center" | "right";
  /** Inches by which its text stands in at the left, besides the table's inset. */
  readonly indent?: number;
  readonly fill?: Role;
  /** Hairline under the cell, width in points. */
  readonly under?: { readonly colour: Role; readonly width: number };
}

export interface PlacedTable extends Named {
  readonly kind: "table";
  /** Inches; they add up to the box's width. */
  readonly columns: readonly number[];
  readonly rows: readonly { readonly height: number; readonly cells: readonly Cell[] }[];
  /** Inches inside every cell: top, right, bottom, left. */
  readonly inset: readonly [number, number, number, number];
  /** The first row is a header. */
  readonly header: true;
  readonly alt: string;
}

export type Placed = TextBox | Shape | Rule | Freeform | Picture | PlacedTable;

export type MasterName = "cover" | "section" | "content";

export interface PlacedSlide {
  readonly master: MasterName;
  /** Shown as PowerPoint's section in the slide sorter. */
  readonly section: string;
  readonly title: string;
  readonly boxes: readonly Placed[];
  /** Speaker notes, a paragraph each. */
  readonly notes: readonly (readonly Run[])[];
  /** From 1; undefined on the cover. */
  readonly number: number | undefined;
  readonly at: Place;
}

/** All of a deck that its master and layouts hang on, besides a logo. */
export interface Branding {
  readonly theme: Theme;
  readonly language: Language;
}

export interface PlacedDeck extends Branding {
  readonly title: string;
  /** ISO date, goes into the file's properties. */
  readonly date: string;
  /** ISO date after which figures are new. */
  readonly since?: string;
  readonly slides: readonly PlacedSlide[];
}
