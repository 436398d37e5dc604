/** Walking the document tree: its words and its figures. */
import type { Figure, Lineage } from "../evidence/figure.ts";
import type { Place } from "../problem.ts";
import type { Block, BlockType, Entry, Inline, Page, Section, SourcedDocument } from "./document.ts";

/** The words alone. */
export function plainText(inlines: readonly Inline[]): string {
  return inlines
    .map((inline) => {
      if (inline.type === "break") return " ";
      if ("children" in inline) return plainText(inline.children);
      return "text" in inline ? inline.text : inline.value;
    })
    .join("");
}

/** Every figure in the inlines, in order. */
export function figuresIn(inlines: readonly Inline[]): Figure[] {
  return inlines.flatMap((inline) => {
    if (inline.type === "figure") return [inline.figure];
    return "children" in inline ? figuresIn(inline.children) : [];
  });
}

/** What the words among the inlines rest on: statements, events, classes and checks. */
export function lineagesIn(inlines: readonly Inline[]): Lineage[] {
  return inlines.flatMap((inline) => {
    if (inline.type === "name") return inline.lineage ?? [];
    return "children" in inline ? lineagesIn(inline.children) : [];
  });
}

/** Words that stand in a line of their own, in parts that stand apart, e.g. the cells of a row. */
export type Line = readonly (readonly Inline[])[];

const entryLines = (items: readonly Entry[]): Line[] =>
  items.map(({ lead, label, detail }) => [lead, label, detail]);

/** The lines that stand in a block itself, and the blocks within it, in order. */
const parts: {
  readonly [Type in BlockType]: (block: Extract<Block, { type: Type }>) => {
    readonly lines?: readonly Line[];
    readonly blocks?: readonly Block[];
  };
} = {
  paragraph: ({ children }) => ({ lines: [[children]] }),
  heading: ({ children }) => ({ lines: [[children]] }),
  list: ({ items }) => ({ blocks: items.flat() }),
  table: ({ header, rows }) => ({ lines: [header, ...rows] }),
  chart: ({ alt }) => ({ lines: [[alt]] }),
  columns: ({ columns }) => ({ blocks: columns.flatMap(({ blocks }) => blocks) }),
  kpi: ({ items }) => ({ lines: entryLines(items) }),
  timeline: ({ items }) => ({ lines: entryLines(items) }),
  flow: ({ items }) => ({ lines: entryLines(items) }),
  matrix: ({ header, rows, legend }) => ({
    lines: [
      header,
      ...rows.map(({ names, cells }) => [...names, ...cells.map(({ words }) => words)]),
      [legend],
    ],
  }),
  bridge: ({ items }) => ({ lines: entryLines(items) }),
  map: ({ items, legend }) => ({ lines: [...entryLines(items), [legend]] }),
  smile: ({ items, legend }) => ({ lines: [...entryLines(items), [legend]] }),
};

/** A block and every block within it, each with its own words: as lines, and all in a row. */
export function* walkBlocks(blocks: readonly Block[]): Generator<{
  readonly block: Block;
  readonly lines: readonly Line[];
  readonly inlines: readonly Inline[];
}> {
  for (const block of blocks) {
    const { lines = [], blocks: inner = [] } = (
      parts[block.type] as (block: Block) => ReturnType<(typeof parts)[BlockType]>
    )(block);
    yield { block, lines, inlines: lines.flat(2) };
    yield* walkBlocks(inner);
  }
}

/** Every run of inlines in a document with the place of the block that holds it, and with what is read together with it. */
export function* walkDocument(document: SourcedDocument): Generator<{
  readonly inlines: readonly Inline[];
  readonly at: Place;
  readonly block?: Block;
  /** The page, its notes, the title of a section, what stands in it outside of its pages, or the cover. */
  readonly on: SourcedDocument | Section | Section["title"] | Page | Page["notes"];
}> {
  const first = document.sections[0]?.at ?? { file: "" };
  const { title, subtitle, audience } = document;
  const at = document.at ?? { file: first.file };
  yield { inlines: [...title, ...subtitle, ...audience], at, on: document };
  for (const section of document.sections) {
    yield { inlines: section.title, at: section.at, on: section.title };
    // What stands in a title stands somewhere in its line.
    for (const page of section.pages) {
      const { column: _, ...line } = page.at;
      yield { inlines: page.title, at: line, on: page };
    }
    const groups = [
      { blocks: section.blocks, on: section },
      ...section.pages.flatMap((page) => [
        { blocks: page.blocks, on: page },
        { blocks: page.notes, on: page.notes },
        { blocks: page.sources, on: page },
      ]),
    ];
    for (const { blocks, on } of groups)
      for (const { block, inlines } of walkBlocks(blocks)) yield { inlines, at: block.at, block, on };
  }
}
