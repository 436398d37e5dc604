/** The Markdown writer: a document as one GitHub-flavoured page with its sources as footnotes. */
import type {
  ListItem,
  List as MdList,
  Table as MdTable,
  Nodes,
  Parents,
  PhrasingContent,
  Root,
  RootContent,
  Text,
} from "mdast";
import { gfmAutolinkLiteralToMarkdown } from "mdast-util-gfm-autolink-literal";
import { gfmFootnoteToMarkdown } from "mdast-util-gfm-footnote";
import { gfmStrikethroughToMarkdown } from "mdast-util-gfm-strikethrough";
import { gfmTableToMarkdown } from "mdast-util-gfm-table";
import { defaultHandlers, type Info, type State, toMarkdown } from "mdast-util-to-markdown";
import type { Figure, Lineage } from "../evidence/figure.ts";
import type { Citation, Language, Store } from "../findings/store.ts";
import {
  type Alignment,
  type Block,
  type BlockType,
  type Chart,
  type Entry,
  type Inline,
  markSigns,
  type Page,
  type Section,
  type SourcedDocument,
} from "../model/document.ts";
import {
  bySource,
  citationsOf,
  describeCitations,
  describeLineage,
  describeSource,
} from "../model/lineage.ts";
import { isNew, newLegend } from "../model/news.ts";
import { figuresIn, plainText } from "../model/walk.ts";
import type { Origin } from "./slides/placed.ts";
import { type Labels, labelOf } from "./trace.ts";

/** A chart as it was drawn for the page. */
export interface MarkdownPicture {
  /** Path relative to the page, e.g. `weekly-2025-W32.en.files/week.png`. */
  readonly url: string;
  readonly figures: readonly Figure[];
  readonly labels: Labels;
}

export interface MarkdownOptions {
  /** By the chart's name. */
  readonly pictures: ReadonlyMap<string, MarkdownPicture>;
}

/** A text of the page that came from the store, was computed or vouched for, or says where that comes from. */
export interface MarkdownText {
  readonly text: string;
  readonly origin: Origin;
  /** The chart that shows it; it then stands in the picture, not in the text. */
  readonly chart?: string;
  /** Line of the page, from 1. */
  readonly line: number;
}

export interface MarkdownPage {
  readonly text: string;
  /** In the order of the page. */
  readonly traced: readonly MarkdownText[];
}

/** Around the number of a traced text until the page is laid out in lines; such characters never come in from data or templates. */
const open = "\uE010";
const close = "\uE011";
const marks = new RegExp(`${open}(\\d+)${close}`, "g");

/**
 * Writes a document. Headings are one level below the title, and left out where nothing stands under them; notes are
 * for speakers and are left out, too.
 */
export function writeMarkdown(
  document: SourcedDocument,
  store: Store,
  options: MarkdownOptions,
): MarkdownPage {
  const page = new PageWriter(document, store, options);
  const head = page.head();
  const sections = document.sections.flatMap((section) => page.section(section));
  const root: Root = {
    type: "root",
    children: [...head, ...page.news(), ...sections, ...page.footnotes()],
  };
  const marked = toMarkdown(root, {
    bullet: "-",
    emphasis: "*",
    fences: true,
    listItemIndent: "one",
    rule: "-",
    handlers: { text: page.text },
    extensions: [
      gfmTableToMarkdown({ stringLength: (cell) => displayWidth(cell.replace(marks, "")) }),
      gfmFootnoteToMarkdown(),
      // Hosts turn `www.a.b` into links and take what follows along: escape it, so that data stays text.
      gfmAutolinkLiteralToMarkdown(),
      gfmStrikethroughToMarkdown(),
    ],
  });
  return page.settle(marked);
}

/** A document as an index links it: its path beside the index, and what it says of itself. */
export interface LinkedDocument {
  readonly path: string;
  readonly title: string;
  readonly subtitle: string;
}

/** Writes a page that links documents, under a heading for each week, in the order given. */
export function writeIndex(
  weeks: readonly (readonly [week: string, documents: readonly LinkedDocument[]])[],
): string {
  const entry = ({ path, title, subtitle }: LinkedDocument): RootContent[] => {
    const isDeck = path.endsWith(".pptx");
    const link: PhrasingContent = {
      type: "link",
      url: path,
      children: [text(isDeck ? `${title} (PowerPoint)` : title)],
    };
    return [paragraph([link, ...(isDeck || subtitle === "" ? [] : [text(`: ${subtitle}`)])])];
  };
  const children = weeks.flatMap(([week, documents]): RootContent[] => [
    heading(2, [text(week)]),
    list(false, documents.map(entry)),
  ]);
  return toMarkdown(
    { type: "root", children: [heading(1, [text("Weekly reports · 周报")]), ...children] },
    { bullet: "-", listItemIndent: "one" },
  );
}

class PageWriter {
  readonly #document: SourcedDocument;
  readonly #store: Store;
  readonly #options: MarkdownOptions;
  /** What is traced at a node of text: itself, or what the picture before it shows. */
  readonly #traced = new Map<Text, readonly Omit<MarkdownText, "line">[]>();
  readonly #marked: (readonly Omit<MarkdownText, "line">[])[] = [];
  /** Footnotes by what they say, in order of first mention. */
  readonly #notes = new Map<string, { readonly number: number; readonly citations: readonly Citation[] }>();

  constructor(document: SourcedDocument, store: Store, options: MarkdownOptions) {
    this.#document = document;
    this.#store = store;
    this.#options = options;
  }

  head(): RootContent[] {
    const { title, subtitle, draft, language } = this.#document;
    const mark = language === "en" ? "DRAFT: not checked, do not pass on" : "草稿：未经核对，请勿外传";
    return [
      ...(draft ? [paragraph([strong([text(mark)])])] : []),
      ...(title.length > 0 ? [heading(1, this.#inlines(title))] : []),
      ...(subtitle.length > 0
        ? [paragraph([{ type: "emphasis", children: this.#inlines(subtitle) } as const])]
        : []),
    ];
  }

  /** What the sign of new figures means, where those written before show any. */
  news(): RootContent[] {
    const { since, language } = this.#document;
    const written = [...this.#traced.values()].flat();
    const shown = written.some(
      ({ origin }) => origin.kind === "figure" && isNew(origin.figure, since, this.#store),
    );
    if (since === undefined || !shown) return [];
    const { before, date, after } = newLegend(since, language);
    return [paragraph([text(before), this.#from(date, { kind: "period" }), text(after)])];
  }

  section(section: Section): RootContent[] {
    const content = [...this.#blocks(section.blocks), ...section.pages.flatMap((page) => this.#page(page))];
    return content.length > 0 ? [...this.#heading(2, section.title), ...content] : [];
  }

  footnotes(): RootContent[] {
    return [...this.#notes].map(([note, { number, citations }]) => ({
      type: "footnoteDefinition",
      identifier: String(number),
      label: String(number),
      children: [paragraph([this.#from(note, { kind: "citation", citations })])],
    }));
  }

  /** Escapes a text for its place, then marks it; within it, as its ends decide how its neighbours are escaped. */
  readonly text = Object.assign(
    (node: Text, parent: Parents | undefined, state: State, info: Info): string => {
      // `&` means something before what may be the name of a character only: `R&D` needs no escape.
      const escaped = defaultHandlers.text(node, parent, state, info).replace(/\\&(?![#\w]+;)/g, "&");
      const traced = this.#traced.get(node);
      if (!traced) return escaped;
      const [first = ""] = escaped;
      return `${first}${open}${this.#marked.push(traced) - 1}${close}${escaped.slice(first.length)}`;
    },
    { peek: defaultHandlers.text },
  );

  /** Takes the marks out and notes the line in which each stood. */
  settle(marked: string): MarkdownPage {
    const traced: MarkdownText[] = [];
    const lines = marked.split("\n").map((line, index) =>
      line.replace(marks, (_, key: string) => {
        for (const one of this.#marked[Number(key)] ?? []) traced.push({ ...one, line: index + 1 });
        return "";
      }),
    );
    return { text: lines.join("\n"), traced };
  }

  #heading(depth: 2 | 3, title: readonly Inline[]): RootContent[] {
    return title.length > 0 ? [heading(depth, this.#inlines(title))] : [];
  }

  #page(page: Page): RootContent[] {
    const content = [...this.#blocks(page.blocks), ...this.#blocks(page.sources)];
    return content.length > 0 ? [...this.#heading(3, page.title), ...content] : [];
  }

  #blocks(blocks: readonly Block[]): RootContent[] {
    return blocks.flatMap((block) => (this.#handlers[block.type] as (block: Block) => RootContent[])(block));
  }

  readonly #handlers: {
    readonly [Type in BlockType]: (block: Extract<Block, { type: Type }>) => RootContent[];
  } = {
    paragraph: ({ children }) => [paragraph(this.#inlines(children))],
    heading: ({ depth, children }) => [heading(Math.min(6, depth + 1) as 4 | 5 | 6, this.#inlines(children))],
    list: ({ ordered, items }) => [
      list(
        ordered,
        items.map((item) => this.#blocks(item)),
      ),
    ],
    table: ({ align, header, rows }) => [this.#table(align, header, rows)],
    chart: (chart) => this.#chart(chart),
    columns: ({ columns }) => columns.flatMap(({ blocks }) => this.#blocks(blocks)),
    kpi: ({ items }) => [this.#entries(items, false)],
    timeline: ({ items }) => [this.#entries(items, false)],
    flow: ({ items }) => [this.#entries(items, true)],
    matrix: ({ header, rows, legend }) => {
      const cells = rows.map((row) => [
        ...row.names,
        ...row.cells.map(({ mark, words }): Inline[] => [
          { type: "text", value: words.length > 0 ? `${markSigns[mark]} ` : markSigns[mark] },
          ...words,
        ]),
      ]);
      const align = header.map(() => "left" as const);
      return [this.#table(align, header, cells), ...this.#legend(legend)];
    },
    bridge: ({ items }) => [this.#entries(items, false)],
    map: ({ items, legend }) => [this.#entries(items, false), ...this.#legend(legend)],
    smile: ({ items, legend }) => [this.#entries(items, true), ...this.#legend(legend)],
  };

  /** The picture, and under it where its figures come from: a reader cannot click on a bar. */
  #chart({ name, alt }: Chart): RootContent[] {
    const { url = "", figures = [], labels } = this.#options.pictures.get(name) ?? {};
    const { language } = this.#document;
    const ids = new Set(figures.map(({ id }) => id));
    const shown = [...figures, ...figuresIn(alt).filter(({ id }) => !ids.has(id))];
    const here = text("");
    this.#traced.set(
      here,
      shown.map((figure) => ({
        text: labelOf(figure, labels, this.#document, this.#store),
        origin: { kind: "figure", figure },
        chart: name,
      })),
    );
    const { source: one, sources: several, semicolon, stop } = words[language];
    const cited = bySource(shown.flatMap((figure) => citationsOf(figure, this.#store)));
    const sources = cited.flatMap(({ source, citations }, index): PhrasingContent[] => {
      const lines = citations.map(({ line }) => line);
      const said = describeSource(source, { date: "long", lines }, this.#store, language);
      const lead = index > 0 ? semicolon : cited.length === 1 ? one : several;
      return [text(lead), this.#from(said, { kind: "citation", citations })];
    });
    return [
      paragraph([{ type: "image", url, alt: plainText(alt) }, here]),
      ...(sources.length > 0 ? [paragraph([{ type: "emphasis", children: [...sources, text(stop)] }])] : []),
    ];
  }

  #table(
    align: readonly Alignment[],
    header: readonly (readonly Inline[])[],
    rows: readonly (readonly (readonly Inline[])[])[],
  ): MdTable {
    const row = (cells: readonly (readonly Inline[])[]): MdTable["children"][number] => ({
      type: "tableRow",
      children: cells.map((cell) => ({ type: "tableCell", children: this.#inlines(cell) })),
    });
    return { type: "table", align: [...align], children: [row(header), ...rows.map(row)] };
  }

  #legend(legend: readonly Inline[]): RootContent[] {
    return legend.length > 0 ? [paragraph(this.#inlines(legend))] : [];
  }

  #entries(items: readonly (Entry & { readonly operator?: string | undefined })[], ordered: boolean): MdList {
    return list(
      ordered,
      items.map(({ lead, label, detail, operator }) => {
        const first: PhrasingContent[] = [
          ...(operator === undefined ? [] : [text(`${operator} `)]),
          ...(lead.length > 0 ? [strong(this.#inlines(lead)), text(" ")] : []),
          ...this.#inlines(label),
          ...(detail.length > 0 ? [{ type: "break" } as const, ...this.#inlines(detail)] : []),
        ];
        return [paragraph(first)];
      }),
    );
  }

  /** A statement's own mark stands at its end, after its last number, unless its only figure is marked with the same lines. */
  #inlines(inlines: readonly Inline[]): PhrasingContent[] {
    const { language } = this.#document;
    const due = new Map<number, Lineage>();
    inlines.forEach((inline, at) => {
      if (inline.type !== "name" || !inline.lineage) return;
      const { figures, end } = statementAround(inlines, at);
      if (!isMarkedAlready(inline.lineage, figures)) due.set(end, inline.lineage);
    });
    return inlines.flatMap((inline, at) => {
      const lineage = due.get(at);
      if (!lineage) return this.#inline(inline);
      const note = describeCitations(lineage, this.#store, language);
      return [...this.#inline(inline), this.#footnote(note, lineage.citations)];
    });
  }

  #inline(inline: Inline): PhrasingContent[] {
    switch (inline.type) {
      case "figure": {
        const { figure, text: shown, mark } = inline;
        const number = this.#from(shown, { kind: "figure", figure });
        if (!mark) return [number];
        const note = describeLineage(figure, this.#store, this.#document.language);
        return [number, this.#footnote(note, citationsOf(figure, this.#store))];
      }
      case "name": {
        const { lineage } = inline;
        return [this.#from(inline.text, { kind: "name", ...(lineage ? { lineage } : {}) })];
      }
      case "period":
      case "literal":
        return [this.#from(inline.text, { kind: inline.type })];
      case "route":
        return [this.#from(inline.text, { kind: "name" })];
      case "text":
        return [text(inline.value)];
      case "code":
        return [{ type: "inlineCode", value: inline.value }];
      case "break":
        return [{ type: "break" }];
      case "span":
        return this.#inlines(inline.children);
      case "link":
        return [
          { type: "link", url: inline.url, children: this.#inlines(inline.children) } as PhrasingContent,
        ];
      case "strong":
      case "emphasis":
      case "delete":
        return [{ type: inline.type, children: this.#inlines(inline.children) }];
    }
  }

  #from(value: string, origin: Origin): Text {
    const node = text(value);
    this.#traced.set(node, [{ text: value, origin }]);
    return node;
  }

  /** A reference to the footnote that says this; the same words are said once. */
  #footnote(note: string, citations: readonly Citation[]): PhrasingContent {
    const number = this.#notes.get(note)?.number ?? this.#notes.size + 1;
    this.#notes.set(note, { number, citations });
    return { type: "footnoteReference", identifier: String(number), label: String(number) };
  }
}

/** A statement is words and figures of the store side by side; one of the words carries the lineage of all. */
function statementAround(
  inlines: readonly Inline[],
  at: number,
): { readonly figures: readonly FigureInline[]; readonly end: number } {
  const belongs = (inline: Inline | undefined): boolean =>
    inline?.type === "figure" || (inline?.type === "name" && inline.lineage === undefined);
  let start = at;
  let end = at;
  while (belongs(inlines[start - 1])) start--;
  while (belongs(inlines[end + 1])) end++;
  return { figures: inlines.slice(start, end + 1).filter((inline) => inline.type === "figure"), end };
}

type FigureInline = Extract<Inline, { type: "figure" }>;

/** Whether a statement's only figure carries a mark and stands in the same lines as the statement. */
function isMarkedAlready({ citations }: Lineage, [only, ...more]: readonly FigureInline[]): boolean {
  if (!only?.mark || more.length > 0) return false;
  const place = ({ source, line }: Citation): string => `${source}:${line}`;
  const told = new Set(only.figure.lineage.citations.map(place));
  return citations.every((citation) => told.has(place(citation)));
}

/** What the writer itself says under a picture. */
const words: Readonly<
  Record<Language, Readonly<Record<"source" | "sources" | "semicolon" | "stop", string>>>
> = {
  en: { source: "Source: ", sources: "Sources: ", semicolon: "; ", stop: "." },
  zh: { source: "来源：", sources: "来源：", semicolon: "；", stop: "。" },
};

function text(value: string): Text {
  return { type: "text", value };
}

function strong(children: PhrasingContent[]): Extract<PhrasingContent, { type: "strong" }> {
  return { type: "strong", children };
}

function paragraph(children: PhrasingContent[]): Extract<RootContent, { type: "paragraph" }> {
  return { type: "paragraph", children };
}

function heading(
  depth: 1 | 2 | 3 | 4 | 5 | 6,
  children: PhrasingContent[],
): Extract<RootContent, { type: "heading" }> {
  return { type: "heading", depth, children };
}

function list(ordered: boolean, items: readonly (readonly Nodes[])[]): MdList {
  const children = items.map(
    (item): ListItem => ({ type: "listItem", spread: false, children: item as ListItem["children"] }),
  );
  return { type: "list", ordered, spread: false, children };
}

/** Columns of a fixed-width font: Chinese characters take two. */
function displayWidth(value: string): number {
  let width = 0;
  for (const character of value)
    width += /[\p{Script=Han}\u3000-\u303F\uFF00-\uFF60]/u.test(character) ? 2 : 1;
  return width;
}
