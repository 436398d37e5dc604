/** Walking the document tree: its words and its figures. */
import type { Figure } from "../evidence/figure.ts";
import type { Place } from "../problem.ts";
import type { Block, BlockType, Entry, Inline, SourcedDocument } from "./document.ts";

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

const entryInlines = ({ lead, label, detail }: Entry): Inline[] => [...lead, ...label, ...detail];

/** The inlines that stand in a block itself, and the blocks within it, in order. */
const parts: {
  readonly [Type in BlockType]: (block: Extract<Block, { type: Type }>) => {
    readonly inlines?: readonly Inline[];
    readonly blocks?: readonly Block[];
  };
} = {
  paragraph: ({ children }) => ({ inlines: children }),
  heading: ({ children }) => ({ inlines: children }),
  list: ({ items }) => ({ blocks: items.flat() }),
  table: ({ header, rows }) => ({ inlines: [...header, ...rows.flat()].flat() }),
  chart: ({ alt }) => ({ inlines: alt }),
  columns: ({ columns }) => ({ blocks: columns.flatMap(({ blocks }) => blocks) }),
  kpi: ({ items }) => ({ inlines: items.flatMap(entryInlines) }),
  timeline: ({ items }) => ({ inlines: items.flatMap(entryInlines) }),
  flow: ({ items }) => ({ inlines: items.flatMap(entryInlines) }),
};

/** A block and every block within it, each with its own inlines. */
export function* walkBlocks(
  blocks: readonly Block[],
): Generator<{ readonly block: Block; readonly inlines: readonly Inline[] }> {
  for (const block of blocks) {
    const { inlines = [], blocks: inner = [] } = (
      parts[block.type] as (block: Block) => ReturnType<(typeof parts)[BlockType]>
    )(block);
    yield { block, inlines };
    yield* walkBlocks(inner);
  }
}

/** Every run of inlines in a document with the place of the block that holds it. */
export function* walkDocument(
  document: SourcedDocument,
): Generator<{ readonly inlines: readonly Inline[]; readonly at: Place; readonly block?: Block }> {
  const first = document.sections[0]?.at ?? { file: "" };
  yield { inlines: [...document.title, ...document.subtitle], at: { file: first.file } };
  for (const section of document.sections) {
    yield { inlines: section.title, at: section.at };
    const groups = [
      section.blocks,
      ...section.pages.flatMap((page) => [page.blocks, page.notes, page.sources]),
    ];
    for (const page of section.pages) yield { inlines: page.title, at: page.at };
    for (const blocks of groups)
      for (const { block, inlines } of walkBlocks(blocks)) yield { inlines, at: block.at, block };
  }
}
