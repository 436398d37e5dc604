/** A block of the document measured for a width: how high it must be, would like to be, and how it is placed. */
import type { Figure } from "../../evidence/figure.ts";
import type { Language } from "../../findings/store.ts";
import type { BlockType } from "../../model/document.ts";
import type { Role, Theme } from "../../model/theme.ts";
import type { Place, Problem } from "../../problem.ts";
import type { Box, Placed } from "./placed.ts";
import type { Tone } from "./runs.ts";

/** What blocks need to know of the page they stand on. */
export interface Setting {
  readonly theme: Theme;
  readonly language: Language;
  /** Inches. */
  readonly width: number;
  /** Points, of the step that is being tried. */
  readonly sizes: {
    readonly body: number;
    readonly table: number;
    readonly label: number;
    readonly heading: number;
  };
  readonly chartFigures: ReadonlyMap<string, readonly Figure[]>;
}

/** Heights are inches. */
export interface Measured {
  readonly type: BlockType;
  readonly at: Place;
  readonly minimum: number;
  readonly preferred: number;
  /** The height that it has use for beside others; without end unless said. Alone, it has the page to itself. */
  readonly most?: number;
  /** Weight in sharing what the page has left; 0 keeps to the preferred height. */
  readonly grow: number;
  /** Wrong whatever the height. */
  readonly problems: readonly Problem[];
  /** The boxes, within the given one. Names may repeat; the slide numbers them. */
  readonly place: (box: Box) => readonly Placed[];
  /** For what may continue on a next slide: the part that stands in a height, and the rest. */
  readonly split?: (height: number) => readonly [Measured, Measured] | undefined;
  /** More than one slide may hold, even where the height would do. */
  readonly mustSplit?: boolean;
}

/** In a column narrower than this (inches), lists with a strong lead and tiles stand as figures over text. */
export const narrow = 4.5;

/** The tone of text on the page's ground. */
export function tone(setting: Setting, colour: Role = "ink", ground: Role = "ground"): Tone {
  return { theme: setting.theme, language: setting.language, ground, colour };
}

/** Above a block, by what it is: a heading belongs to what follows, tiles stand apart. */
const gaps: Partial<Record<BlockType, number>> = { kpi: 0.36, chart: 0.25, table: 0.25, columns: 0.3 };
const gap = 0.18;

/** The air between two blocks in inches. */
export function gapBetween(above: Measured, below: Measured): number {
  if (above.type === "heading") return 0.12;
  return Math.max(gaps[above.type] ?? gap, gaps[below.type] ?? gap);
}

/** The height of blocks under each other with the air between them. */
export function stackHeight(blocks: readonly Measured[], height: "minimum" | "preferred"): number {
  return blocks.reduce(
    (sum, block, i) => sum + block[height] + (i === 0 ? 0 : gapBetween(blocks[i - 1]!, block)),
    0,
  );
}

/** The most height that blocks under each other have use for. */
export function stackMost(blocks: readonly Measured[]): number {
  const more = blocks.map(({ grow, preferred, most = Number.POSITIVE_INFINITY }) =>
    grow > 0 ? most - preferred : 0,
  );
  return stackHeight(blocks, "preferred") + more.reduce((sum, one) => sum + one, 0);
}

/**
 * Places blocks under each other. What is left over goes to those that grow, and stays below them where none has use for
 * it; what is missing is taken from those that would like more than they must have. The caller has seen that the minimum
 * fits.
 */
export function placeStack(blocks: readonly Measured[], box: Box): Placed[] {
  const spare = box.h - stackHeight(blocks, "preferred");
  const heights = spare >= 0 ? grown(blocks, spare) : shrunk(blocks, -spare);
  const placed: Placed[] = [];
  let y = box.y;
  blocks.forEach((block, i) => {
    if (i > 0) y += gapBetween(blocks[i - 1]!, block);
    const h = heights[i]!;
    placed.push(...block.place({ x: box.x, y, w: box.w, h }));
    y += h;
  });
  return placed;
}

/** Inches below which nothing is left to share. */
const hair = 1e-6;

/** Heights with what is left over, shared by weight; who has enough leaves the rest to the others. */
function grown(blocks: readonly Measured[], spare: number): number[] {
  const heights = blocks.map(({ preferred }) => preferred);
  const most = blocks.map(
    (block) => (blocks.length === 1 ? undefined : block.most) ?? Number.POSITIVE_INFINITY,
  );
  let growing = blocks.flatMap(({ grow }, i) => (grow > 0 ? [i] : []));
  for (let left = spare; left > hair && growing.length > 0; ) {
    const whole = left;
    const weight = growing.reduce((sum, i) => sum + blocks[i]!.grow, 0);
    for (const i of growing) {
      const more = Math.max(0, Math.min((whole * blocks[i]!.grow) / weight, most[i]! - heights[i]!));
      heights[i] = heights[i]! + more;
      left -= more;
    }
    growing = growing.filter((i) => heights[i]! < most[i]! - hair);
  }
  return heights;
}

/** Heights without what is missing, each giving in proportion to what it has above its minimum. */
function shrunk(blocks: readonly Measured[], missing: number): number[] {
  const give = blocks.reduce((sum, block) => sum + block.preferred - block.minimum, 0);
  return blocks.map(({ preferred, minimum }) =>
    Math.max(minimum, preferred - (missing * (preferred - minimum)) / (give || 1)),
  );
}
