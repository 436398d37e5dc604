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
  if (above.type === "heading") return 0.08;
  return Math.max(gaps[above.type] ?? gap, gaps[below.type] ?? gap);
}

/** The height of blocks under each other with the air between them. */
export function stackHeight(blocks: readonly Measured[], height: "minimum" | "preferred"): number {
  return blocks.reduce(
    (sum, block, i) => sum + block[height] + (i === 0 ? 0 : gapBetween(blocks[i - 1]!, block)),
    0,
  );
}

/**
 * Places blocks under each other. What is left over goes to those that grow; what is missing is taken from those
 * that would like more than they must have. The caller has seen that the minimum fits.
 */
export function placeStack(blocks: readonly Measured[], box: Box): Placed[] {
  const spare = box.h - stackHeight(blocks, "preferred");
  const weight = blocks.reduce((sum, block) => sum + block.grow, 0);
  const give = blocks.reduce((sum, block) => sum + block.preferred - block.minimum, 0);
  const placed: Placed[] = [];
  let y = box.y;
  blocks.forEach((block, i) => {
    if (i > 0) y += gapBetween(blocks[i - 1]!, block);
    const share = spare >= 0 ? block.grow / (weight || 1) : (block.preferred - block.minimum) / (give || 1);
    const h = Math.max(block.minimum, block.preferred + spare * share);
    placed.push(...block.place({ x: box.x, y, w: box.w, h }));
    y += h;
  });
  return placed;
}
