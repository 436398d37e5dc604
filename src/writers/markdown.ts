/** The Markdown writer: a document as one GitHub-flavoured page with its sources as footnotes. */
import type {
  ListItem,
  List as MdList,
  Table as MdTable,
  Nodes,
  PhrasingContent,
  Root,
  RootContent,
} from "mdast";
import { gfmAutolinkLiteralToMarkdown } from "mdast-util-gfm-autolink-literal";
import { gfmFootnoteToMarkdown } from "mdast-util-gfm-footnote";
import { gfmStrikethroughToMarkdown } from "mdast-util-gfm-strikethrough";
import { gfmTableToMarkdown } from "mdast-util-gfm-table";
import { toMarkdown } from "mdast-util-to-markdown";
import type { Figure } from "../evidence/figure.ts";
import type { Store } from "../findings/store.ts";
import type { Block, BlockType, Entry, Inline, Page, Section, SourcedDocument } from "../model/document.ts";
import { describeCitations, describeLineage } from "../model/lineage.ts";
import { plainText } from "../model/walk.ts";

export interface MarkdownOptions {
  /** Path of a chart's picture relative to the page, e.g. `weekly-2025-W32.en.files/week.png`. */
  readonly pictures: ReadonlyMap<string, string>;
}

/** A figure as it stands on the page. */
export interface MarkdownFigure {
  readonly figure: Figure;
  readonly text: string;
  /** Line of the page, from 1. */
  readonly line: number;
}

export interface MarkdownPage {
  readonly text: string;
  readonly figures: readonly MarkdownFigure[];
}

/** Marks a figure's place until the page is laid out in lines; such characters never come in from data or templates. */
const open = "\uE010";
const close = "\uE011";
const filler = "\uE012";

/** Writes a document. Headings are one level below the title; notes are for speakers and are left out. */
export function writeMarkdown(
  document: SourcedDocument,
  store: Store,
  options: MarkdownOptions,
): MarkdownPage {
  const page = new PageWriter(document, store, options);
  const root: Root = {
    type: "root",
    children: [
      ...page.head(),
      ...document.sections.flatMap((section) => page.section(section)),
      ...page.footnotes(),
    ],
  };
  const text = toMarkdown(root, {
    bullet: "-",
    emphasis: "*",
    fences: true,
    listItemIndent: "one",
    rule: "-",
    extensions: [
      gfmTableToMarkdown({ stringLength: displayWidth }),
      gfmFootnoteToMarkdown(),
      // Hosts turn `www.a.b` into links and take what follows along: escape it, so that data stays text.
      gfmAutolinkLiteralToMarkdown(),
      gfmStrikethroughToMarkdown(),
    ],
  });
  return page.settle(text);
}

class PageWriter {
  readonly #document: SourcedDocument;
  readonly #store: Store;
  readonly #options: MarkdownOptions;
  readonly #shown: { readonly figure: Figure; readonly text: string }[] = [];
  /** Footnotes by what they say, in order of first mention. */
  readonly #notes = new Map<string, number>();

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

  section(section: Section): RootContent[] {
    return [
      ...(section.title.length > 0 ? [heading(2, this.#inlines(section.title))] : []),
      ...this.#blocks(section.blocks),
      ...section.pages.flatMap((page) => this.#page(page)),
    ];
  }

  footnotes(): RootContent[] {
    return [...this.#notes].map(([note, number]) => ({
      type: "footnoteDefinition",
      identifier: String(number),
      label: String(number),
      children: [paragraph([text(note)])],
    }));
  }

  /** Puts the figures in place of their marks and notes the line each stands in. */
  settle(marked: string): MarkdownPage {
    const figures: MarkdownFigure[] = [];
    const lines = marked.split("\n").map((line, index) =>
      line.replace(new RegExp(`${open}(\\d+)${filler}*${close}`, "g"), (_, key: string) => {
        const shown = this.#shown[Number(key)];
        if (!shown) return "";
        figures.push({ ...shown, line: index + 1 });
        return shown.text.replace(/[\\`*_[\]<>|~#]/g, "\\$&");
      }),
    );
    return { text: lines.join("\n"), figures };
  }

  #page(page: Page): RootContent[] {
    return [
      ...(page.title.length > 0 ? [heading(3, this.#inlines(page.title))] : []),
      ...this.#blocks(page.blocks),
      ...this.#blocks(page.sources),
    ];
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
    table: ({ align, header, rows }) => {
      const row = (cells: readonly (readonly Inline[])[]): MdTable["children"][number] => ({
        type: "tableRow",
        children: cells.map((cell) => ({ type: "tableCell", children: this.#inlines(cell) })),
      });
      return [{ type: "table", align: [...align], children: [row(header), ...rows.map(row)] }];
    },
    chart: ({ name, alt }) => [
      paragraph([{ type: "image", url: this.#options.pictures.get(name) ?? "", alt: plainText(alt) }]),
    ],
    columns: ({ columns }) => columns.flatMap(({ blocks }) => this.#blocks(blocks)),
    kpi: ({ items }) => [this.#entries(items, false)],
    timeline: ({ items }) => [this.#entries(items, false)],
    flow: ({ items }) => [this.#entries(items, true)],
  };

  #entries(items: readonly Entry[], ordered: boolean): MdList {
    return list(
      ordered,
      items.map(({ lead, label, detail }) => {
        const first: PhrasingContent[] = [
          ...(lead.length > 0 ? [strong(this.#inlines(lead)), text(" ")] : []),
          ...this.#inlines(label),
          ...(detail.length > 0 ? [{ type: "break" } as const, ...this.#inlines(detail)] : []),
        ];
        return [paragraph(first)];
      }),
    );
  }

  #inlines(inlines: readonly Inline[]): PhrasingContent[] {
    return inlines.flatMap((inline) => this.#inline(inline));
  }

  #inline(inline: Inline): PhrasingContent[] {
    switch (inline.type) {
      case "figure":
        return this.#figure(inline);
      case "name":
        return [
          text(inline.text),
          ...(inline.lineage
            ? [this.#footnote(describeCitations(inline.lineage, this.#store, this.#document.language))]
            : []),
        ];
      case "period":
      case "literal":
        return [text(inline.text)];
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

  #figure({ figure, text: shown, mark }: Extract<Inline, { type: "figure" }>): PhrasingContent[] {
    const key = String(this.#shown.push({ figure, text: shown }) - 1);
    // As wide as the figure itself, so that the columns of tables line up.
    const marker = text(
      `${open}${key}${filler.repeat(Math.max(0, displayWidth(shown) - key.length - 2))}${close}`,
    );
    if (!mark) return [marker];
    return [marker, this.#footnote(describeLineage(figure, this.#store, this.#document.language))];
  }

  /** A reference to the footnote that says this; the same words are said once. */
  #footnote(note: string): PhrasingContent {
    const number = this.#notes.get(note) ?? this.#notes.size + 1;
    this.#notes.set(note, number);
    return { type: "footnoteReference", identifier: String(number), label: String(number) };
  }
}

function text(value: string): { type: "text"; value: string } {
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
