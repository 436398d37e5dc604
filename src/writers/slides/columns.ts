/** Columns: stacks of blocks side by side on the grid. */
import type { Block, Columns } from "../../model/document.ts";
import { walkBlocks } from "../../model/walk.ts";
import { measure } from "./blocks.ts";
import { spans, zones } from "./grid.ts";
import { gapBetween, type Measured, placeStack, type Setting, stackHeight, stackMost } from "./measured.ts";
import type { Box, Placed } from "./placed.ts";

/** Air between columns of text and pictures, in gutters of the grid. */
const gutters = 2;
/** Points by which text beside a chart may be larger, and the part of the body that it may fill then. */
const larger = 2;
const fullest = 0.55;

type Stack = readonly Measured[];

export function measureColumns(columns: Columns, setting: Setting): Measured {
  const gutter = setting.theme.page.gutter * gutters;
  const parts = columns.columns.map(({ span }) => span);
  const widths = spans({ x: 0, y: 0, w: setting.width, h: 0 }, parts, gutter).map(({ w }) => w);
  const drawn = columns.columns.map(({ blocks }) =>
    [...walkBlocks(blocks)].some(({ block }) => isChart(block)),
  );
  const stacks = columns.columns.map(({ blocks }, i) => {
    const own = { ...setting, width: widths[i]! };
    const beside = drawn.includes(true) && !drawn[i];
    return beside ? measureBeside(blocks, own) : blocks.map((block) => measure(block, own));
  });
  return measureStacks(columns, alignHeadings(stacks), drawn, parts, gutter);
}

const isChart = ({ type }: Block): boolean => type === "chart";

/** Text beside a chart, larger where there is little of it. */
function measureBeside(blocks: readonly Block[], setting: Setting): Stack {
  const { theme, sizes } = setting;
  const usual = blocks.map((block) => measure(block, setting));
  if (sizes.body < theme.sizes.body || !usual.every(isText)) return usual;
  const body = Math.min(theme.sizes.bodyLarge, sizes.body + larger);
  const large = blocks.map((block) => measure(block, { ...setting, sizes: { ...sizes, body } }));
  return stackHeight(large, "minimum") <= zones.body.h * fullest ? large : usual;
}

/** Lists that lead with figures stand as tiles, and are no text here. */
const isText = ({ type }: Measured): boolean => type === "paragraph" || type === "heading" || type === "list";

/** Where each column begins with a heading, what follows begins at one height. */
function alignHeadings(stacks: readonly Stack[]): readonly Stack[] {
  const headings = stacks.flatMap(([first]) => (first?.type === "heading" ? [first] : []));
  if (headings.length < stacks.length) return stacks;
  const minimum = Math.max(...headings.map((heading) => heading.minimum));
  return stacks.map(([first, ...rest]) => [{ ...first!, minimum, preferred: minimum }, ...rest]);
}

function measureStacks(
  columns: Columns,
  stacks: readonly Stack[],
  drawn: readonly boolean[],
  parts: readonly number[],
  gutter: number,
): Measured {
  const highest = stacks.reduce(
    (best, stack) => (stackHeight(stack, "minimum") > stackHeight(best, "minimum") ? stack : best),
    stacks[0] ?? [],
  );
  return {
    type: "columns",
    at: (highest.at(-1) ?? columns).at,
    minimum: stackHeight(highest, "minimum"),
    preferred: Math.max(0, ...stacks.map((stack) => stackHeight(stack, "preferred"))),
    most: Math.max(0, ...stacks.map(stackMost)),
    grow: Math.max(0, ...stacks.flat().map((block) => block.grow)),
    problems: stacks.flat().flatMap(({ problems }) => problems),
    place: (box) =>
      spans(box, parts, gutter).flatMap((column, i) => {
        const placed = placeStack(stacks[i]!, column);
        const beside = drawn.includes(true) && !drawn[i] && stacks[i]!.every(isText);
        return beside ? centred(placed, column) : placed;
      }),
    mustSplit: stacks.flat().some(({ mustSplit }) => mustSplit),
    // A chart stands once: text beside it has to fit.
    ...(!drawn.includes(true) && {
      split: (height) => {
        const cut = stacks.map((stack) => splitStack(stack, height));
        if (cut.some((one) => one === undefined) || cut.every((one) => one![1].length === 0))
          return undefined;
        const part = (which: 0 | 1): Measured =>
          measureStacks(
            columns,
            cut.map((one) => one![which]),
            drawn,
            parts,
            gutter,
          );
        return [{ ...part(0), mustSplit: false }, part(1)];
      },
    }),
  };
}

/** What of a stack stands in a height, and the rest; nothing where its first block neither fits nor continues. */
function splitStack(stack: Stack, height: number): readonly [Stack, Stack] | undefined {
  let used = 0;
  for (const [i, block] of stack.entries()) {
    const room = height - used - (i > 0 ? gapBetween(stack[i - 1]!, block) : 0);
    if (block.minimum <= room && !block.mustSplit) {
      used = height - room + block.minimum;
      continue;
    }
    const parts = block.split?.(room);
    if (parts)
      return [
        [...stack.slice(0, i), parts[0]],
        [parts[1], ...stack.slice(i + 1)],
      ];
    // A heading goes with what it heads.
    const kept = stack[i - 1]?.type === "heading" ? i - 1 : i;
    return kept > 0 ? [stack.slice(0, kept), stack.slice(kept)] : undefined;
  }
  return [stack, []];
}

/** Moved down as one, so that the air above and below is the same. */
function centred(placed: readonly Placed[], { y, h }: Box): Placed[] {
  const bottom = Math.max(y, ...placed.map(({ box }) => box.y + box.h));
  const down = (y + h - bottom) / 2;
  return placed.map((one) => ({ ...one, box: { ...one.box, y: one.box.y + down } }));
}
