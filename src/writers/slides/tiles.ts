/** Tiles: a large figure, what it is, and its bound or period; in a row, or under each other in a narrow column. */
import type { Entry, Inline, Kpis } from "../../model/document.ts";
import type { Role } from "../../model/theme.ts";
import { plainText } from "../../model/walk.ts";
import { beside } from "./grid.ts";
import { type Measured, narrow, type Setting, tone } from "./measured.ts";
import type { Box, Placed, PlacedParagraph } from "./placed.ts";
import { plainBox } from "./prose.ts";
import { runsOf } from "./runs.ts";
import { heightOf, linesOf, paragraph } from "./text.ts";

const perRow = 5;
/** Inches */
const bar = 0.06;
const inset = [0.2, 0.1, 0.18, 0.2] as const;
const leastHeight = 1.3;
/** Figures step down through these shares of the theme's size until each stands on one line. */
const steps = [1, 0.9, 0.8, 0.7, 0.6, 0.55];
/** A figure in a narrow column against one on a tile, and most air under it in inches. */
const narrowShare = 0.73;
const mostAir = 0.55;

export function measureTiles(tiles: Kpis, setting: Setting): Measured {
  return setting.width < narrow ? stacked(tiles, setting) : inRows(tiles, setting);
}

function inRows(tiles: Kpis, setting: Setting): Measured {
  const rows = Math.max(1, Math.ceil(tiles.items.length / perRow));
  const across = Math.ceil(tiles.items.length / rows);
  const gutter = setting.theme.page.gutter;
  const width = (setting.width - gutter * (across - 1)) / across - bar;
  const inner = width - inset[1] - inset[3];
  const contents = paragraphsOf(tiles.items, inner, setting.theme.sizes.kpi, "tile", setting);
  const content = Math.max(0, ...contents.map((paragraphs) => heightOf(paragraphs, inner, setting.language)));
  const least = content + inset[0] + inset[2];
  const preferred = Math.max(least, leastHeight);
  return {
    type: "kpi",
    at: tiles.at,
    minimum: rows * least + (rows - 1) * gutter,
    preferred: rows * preferred + (rows - 1) * gutter,
    grow: 0,
    problems: [],
    place: (box) => {
      const h = (box.h - (rows - 1) * gutter) / rows;
      return contents.flatMap((paragraphs, i): Placed[] => {
        const y = box.y + Math.floor(i / across) * (h + gutter);
        const cell = beside({ ...box, y, h }, across, gutter)[i % across]!;
        const ground: Box = { ...cell, x: cell.x + bar, w: cell.w - bar };
        return [
          {
            kind: "shape",
            shape: "rect",
            name: "Bar",
            box: { ...cell, w: bar },
            fill: tiles.items[i]!.role ?? "muted",
          },
          { kind: "text", name: "Tile", box: ground, paragraphs, valign: "top", inset, fill: "tile" },
        ];
      });
    },
  };
}

function stacked(tiles: Kpis, setting: Setting): Measured {
  const size = setting.theme.sizes.kpi * narrowShare;
  const contents = paragraphsOf(tiles.items, setting.width, size, "ground", setting);
  const heights = contents.map((paragraphs) => heightOf(paragraphs, setting.width, setting.language));
  const natural = heights.reduce((sum, height) => sum + height, 0);
  const between = Math.max(0, heights.length - 1);
  return {
    type: "kpi",
    at: tiles.at,
    minimum: natural + 0.15 * between,
    preferred: natural + 0.35 * between,
    grow: 1,
    problems: [],
    place: (box) => {
      const air = between === 0 ? 0 : Math.min(mostAir, (box.h - natural) / between);
      let y = box.y;
      return contents.map((paragraphs, i) => {
        const placed = plainBox("Figure", { ...box, y, h: heights[i]! }, paragraphs);
        y += heights[i]! + air;
        return placed;
      });
    },
  };
}

/** The paragraphs of each entry, all figures in the one size in which each stands on a line of its own. */
function paragraphsOf(
  entries: readonly Entry[],
  width: number,
  largest: number,
  ground: Role,
  setting: Setting,
): PlacedParagraph[][] {
  const { language } = setting;
  const leads = (size: number): PlacedParagraph[] =>
    entries.map(({ lead, role }) =>
      paragraph(runsOf(lead, { ...tone(setting, size, role ?? "ink", ground), bold: true }), {
        size,
        language,
      }),
    );
  const sizes = [...new Set(steps.map((step) => Math.max(setting.sizes.body, Math.round(largest * step))))];
  const size =
    sizes.find((size) => leads(size).every((one) => linesOf(one, width, language) <= 1)) ?? sizes.at(-1)!;
  const labelSize = Math.min(setting.sizes.body, setting.sizes.table);
  const under = (inlines: readonly Inline[], size: number, colour: Role): PlacedParagraph[] =>
    plainText(inlines).trim() === ""
      ? []
      : [
          paragraph(runsOf(trimmed(inlines), tone(setting, size, colour, ground)), {
            size,
            language,
            before: 3,
          }),
        ];
  return leads(size).map((lead, i) => [
    lead,
    ...under(entries[i]!.label, labelSize, "ink"),
    ...under(entries[i]!.detail, setting.sizes.label, "muted"),
  ]);
}

/** What follows a strong lead begins with the space, colon or comma that set it apart there. */
function trimmed(inlines: readonly Inline[]): readonly Inline[] {
  const [first, ...rest] = inlines;
  if (first?.type !== "text") return inlines;
  return [{ type: "text", value: first.value.replace(/^[\s:：,，.。–—-]+/u, "") }, ...rest];
}
