/** The document: the tree that every template becomes and every writer reads. */
import type { Figure, Lineage } from "../evidence/figure.ts";
import type { Language } from "../findings/store.ts";
import type { Place } from "../problem.ts";
import type { Role } from "./theme.ts";

/** What a run of text is made of. Numbers reach a page only as `figure`, `period`, `literal` or part of a `name`. */
export type Inline =
  | { readonly type: "text"; readonly value: string }
  | { readonly type: "strong"; readonly children: readonly Inline[] }
  | { readonly type: "emphasis"; readonly children: readonly Inline[] }
  | { readonly type: "delete"; readonly children: readonly Inline[] }
  /** `:cn[…]`, `:us[…]`, `:accent[…]`: coloured by role. */
  | { readonly type: "span"; readonly role: Role; readonly children: readonly Inline[] }
  | { readonly type: "code"; readonly value: string }
  | { readonly type: "link"; readonly url: string; readonly children: readonly Inline[] }
  | { readonly type: "break" }
  /** A figure of the store or derived from it; `text` is how it is printed here, `mark` whether it carries a source mark. */
  | { readonly type: "figure"; readonly figure: Figure; readonly text: string; readonly mark: boolean }
  /** A period or date of the store, printed in the document's language. */
  | { readonly type: "period"; readonly text: string }
  /** Words from the store; digits in them are part of a name. `lineage` says what a statement, event or class rests on. */
  | { readonly type: "name"; readonly text: string; readonly lineage?: Lineage }
  /** A number that is no figure, typed with `{{lit}}`. */
  | { readonly type: "literal"; readonly text: string }
  /** A way through places, from `{{route}}`: drawn on a map, in words (`China → Singapore`) everywhere else. */
  | { readonly type: "route"; readonly stops: readonly Stop[]; readonly text: string };

/** A place on a route, named in the document's language; degrees, north and east positive. */
export interface Stop {
  readonly id: string;
  readonly name: string;
  readonly latitude: number;
  readonly longitude: number;
}

/** An item of tiles and drawings: what leads in strong, its first line, and what follows. */
export interface Entry {
  readonly lead: readonly Inline[];
  readonly label: readonly Inline[];
  readonly detail: readonly Inline[];
  /** From `:cn[…]` and the like, else from the region of the lead's figure. */
  readonly role: Role | undefined;
}

export type Alignment = "left" | "center" | "right";

interface Located {
  /** The template's file and line that it came from. */
  readonly at: Place;
}

export interface Paragraph extends Located {
  readonly type: "paragraph";
  readonly children: readonly Inline[];
}
export interface Heading extends Located {
  readonly type: "heading";
  /** 3 to 6: 1 and 2 are sections and pages. */
  readonly depth: 3 | 4 | 5 | 6;
  readonly children: readonly Inline[];
}
export interface List extends Located {
  readonly type: "list";
  readonly ordered: boolean;
  readonly items: readonly (readonly Block[])[];
}
export interface Table extends Located {
  readonly type: "table";
  readonly align: readonly Alignment[];
  readonly header: readonly (readonly Inline[])[];
  /** As many cells in each row as in the header. */
  readonly rows: readonly (readonly (readonly Inline[])[])[];
}
/** `::chart[alternative text]{name="capex"}`: drawn to the box it gets. */
export interface Chart extends Located {
  readonly type: "chart";
  readonly name: string;
  readonly alt: readonly Inline[];
}
export interface Columns extends Located {
  readonly type: "columns";
  /** Parts of the twelve-column grid, e.g. 8 and 4; equal unless `widths="8,4"` is given. */
  readonly columns: readonly { readonly span: number; readonly blocks: readonly Block[] }[];
}
export interface Kpis extends Located {
  readonly type: "kpi";
  readonly items: readonly Entry[];
}
export interface Timeline extends Located {
  readonly type: "timeline";
  readonly items: readonly Entry[];
}
export interface Flow extends Located {
  readonly type: "flow";
  readonly items: readonly Entry[];
}

/** A filled mark, an open one, or none: told apart without colour. */
export const markSigns = { full: "●", open: "○", none: "–" } as const;
export type Mark = keyof typeof markSigns;

/** `:cn[● mainly]`: a mark with its word, coloured by role. */
export interface MarkedCell {
  readonly mark: Mark;
  readonly words: readonly Inline[];
  readonly role: Role | undefined;
}
/** `:::matrix`: who does what, as marks with a word, and a line that explains them. */
export interface Matrix extends Located {
  readonly type: "matrix";
  /** Over the columns of names and those of marks. */
  readonly header: readonly (readonly Inline[])[];
  /** One name a row, or two: its group's, by which rows are kept together, and its own. */
  readonly rows: readonly {
    readonly names: readonly (readonly Inline[])[];
    readonly cells: readonly MarkedCell[];
  }[];
  readonly legend: readonly Inline[];
}

/** What is done with the tile before to come to this one. */
export const operators = ["+", "−", "×", "÷", "=", "→"] as const;
export type Operator = (typeof operators)[number];

/** `:::bridge`: tiles joined by arithmetic, e.g. revenue − cost = profit. */
export interface Bridge extends Located {
  readonly type: "bridge";
  readonly items: readonly (Entry & { readonly operator: Operator | undefined })[];
}

/** `:::map`: moves between places, each with a `{{route}}`, and a line that explains them. */
export interface MoveMap extends Located {
  readonly type: "map";
  readonly items: readonly (Entry & { readonly stops: readonly Stop[] })[];
  readonly legend: readonly Inline[];
}

/** `:::smile`: the steps of a chain on a curve whose ends are high, and a line that says what the height means. */
export interface Smile extends Located {
  readonly type: "smile";
  readonly items: readonly Entry[];
  readonly legend: readonly Inline[];
}

/** What can stand on a page. Writers keep one handler a type, in a table the compiler checks for completeness. */
export type Block =
  | Paragraph
  | Heading
  | List
  | Table
  | Chart
  | Columns
  | Kpis
  | Timeline
  | Flow
  | Matrix
  | Bridge
  | MoveMap
  | Smile;
export type BlockType = Block["type"];

/** A slide of a deck, a subsection of a report. */
export interface Page extends Located {
  readonly title: readonly Inline[];
  /** Named with `::layout{name="…"}`; else it follows from the content. */
  readonly layout: string | undefined;
  /** Where that is named. */
  readonly layoutAt?: Place;
  readonly blocks: readonly Block[];
  readonly notes: readonly Block[];
  /** Lines added to the page's sources with `:::source`. */
  readonly sources: readonly Block[];
}

export interface Section extends Located {
  /** Empty for pages that stand before the first `#`. */
  readonly title: readonly Inline[];
  /** What stands between the section's heading and its first page (reports only). */
  readonly blocks: readonly Block[];
  readonly pages: readonly Page[];
}

export interface SourcedDocument {
  /** Where the title stands. */
  readonly at?: Place;
  readonly title: readonly Inline[];
  readonly subtitle: readonly Inline[];
  readonly language: Language;
  /** ISO date of the document: from the data or given, never from a clock. */
  readonly date: string;
  /** For whom it is made; empty when that is not said. */
  readonly audience: readonly Inline[];
  /** Figures that entered the store more than this many days before `date` are refused. */
  readonly staleDays?: number;
  /** ISO date: figures with a finding recorded later carry the sign of what is new. */
  readonly since?: string;
  /** A draft shows a mark on every slide and page. */
  readonly draft: boolean;
  readonly sections: readonly Section[];
}
