/** Columns: stacks of blocks side by side on the grid. */
import type { Columns } from "../../model/document.ts";
import { measure } from "./blocks.ts";
import { spans } from "./grid.ts";
import { type Measured, placeStack, type Setting, stackHeight } from "./measured.ts";

/** Air between columns of text and pictures, in gutters of the grid. */
const gutters = 2;

export function measureColumns(columns: Columns, setting: Setting): Measured {
  const gutter = setting.theme.page.gutter * gutters;
  const parts = columns.columns.map(({ span }) => span);
  const widths = spans({ x: 0, y: 0, w: setting.width, h: 0 }, parts, gutter).map(({ w }) => w);
  const stacks = columns.columns.map(({ blocks }, i) =>
    blocks.map((block) => measure(block, { ...setting, width: widths[i]! })),
  );
  const highest = stacks.reduce(
    (best, stack) => (stackHeight(stack, "minimum") > stackHeight(best, "minimum") ? stack : best),
    stacks[0] ?? [],
  );
  return {
    type: "columns",
    at: (highest.at(-1) ?? columns).at,
    minimum: stackHeight(highest, "minimum"),
    preferred: Math.max(0, ...stacks.map((stack) => stackHeight(stack, "preferred"))),
    grow: Math.max(0, ...stacks.flat().map((block) => block.grow)),
    problems: stacks.flat().flatMap(({ problems }) => problems),
    place: (box) => spans(box, parts, gutter).flatMap((column, i) => placeStack(stacks[i]!, column)),
  };
}
