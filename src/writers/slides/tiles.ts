/** Tiles: a large figure, what it is, and its bound or period; in a row, or under each other in a narrow column. */
import type { Entry, Inline, Kpis } from "../../model/document.ts";
import type { Role } from "../../model/theme.ts";
import { plainText } from "../../model/walk.ts";
import { largeFigures } from "./figures.ts";
import { beside } from "./grid.ts";
import { type Measured, narrow, type Setting, tone } from "./measured.ts";
import type { Box, Placed, PlacedParagraph } from "./placed.ts";
import { plainBox } from "./prose.ts";
import { runsOf } from "./runs.ts";
import { heightOf, paragraph } from "./text.ts";

const perRow = 5;
/** Inches: the coloured edge, and the air inside a tile: top, right, bottom, left. */
const bar = 0.06;
const inset = [0.2, 0.1, 0.18, 0.2] as const;
const leastHeight = 1.3;
/** Figures in a narrow column stand on steps of a third of it, or of as many parts as there are more. */
const leastSteps = 3;
/** Inches between two of them at least, and where the steps are too short for their text. */
const air = { least: 0.15, most: 0.55 };

export function measureTiles(tiles: Kpis, setting: Setting): Measured {
  return setting.width < narrow ? stacked(tiles, setting) : inRows(tiles, setting);
}

function inRows(tiles: Kpis, setting: Setting): Measured {
  const rows = Math.max(1, Math.ceil(tiles.items.length / perRow));
  const across = Math.ceil(tiles.items.length / rows);
  const gutter = setting.theme.page.gutter;
  const width = (setting.width - gutter * (across - 1)) / across;
  const contents = tileTexts(tiles.items, width, setting);
  const least = tilesHeight(contents, width, setting);
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
      return contents.flatMap((paragraphs, i) => {
        const y = box.y + Math.floor(i / across) * (h + gutter);
        const cell = beside({ ...box, y, h }, across, gutter)[i % across]!;
        return placeTile(paragraphs, tiles.items[i]!.role, cell);
      });
    },
  };
}

/** What is written on tiles of a width in inches. */
export function tileTexts(entries: readonly Entry[], width: number, setting: Setting): PlacedParagraph[][] {
  return paragraphsOf(entries, width - bar - inset[1] - inset[3], "tile", setting);
}

/** The height in inches that the highest of the texts asks of tiles of a width. */
export function tilesHeight(
  contents: readonly (readonly PlacedParagraph[])[],
  width: number,
  setting: Setting,
): number {
  const inner = width - bar - inset[1] - inset[3];
  const content = Math.max(0, ...contents.map((texts) => heightOf(texts, inner, setting.language)));
  return content + inset[0] + inset[2];
}

export function placeTile(
  paragraphs: readonly PlacedParagraph[],
  role: Role | undefined,
  box: Box,
): readonly Placed[] {
  const ground: Box = { ...box, x: box.x + bar, w: box.w - bar };
  return [
    { kind: "shape", shape: "rect", name: "Bar", box: { ...box, w: bar }, fill: role ?? "muted" },
    { kind: "text", name: "Tile", box: ground, paragraphs, valign: "top", inset, fill: "tile" },
  ];
}

/** On steps that are the same on every slide, so that neighbours align when one turns the page. */
function stacked(tiles: Kpis, setting: Setting): Measured {
  const contents = paragraphsOf(tiles.items, setting.width, "ground", setting);
  const heights = contents.map((paragraphs) => heightOf(paragraphs, setting.width, setting.language));
  const natural = heights.reduce((sum, height) => sum + height, 0);
  const between = Math.max(0, heights.length - 1);
  return {
    type: "kpi",
    at: tiles.at,
    minimum: natural + air.least * between,
    preferred: natural + 0.35 * between,
    grow: 1,
    problems: [],
    place: (box) => {
      const step = box.h / Math.max(leastSteps, heights.length);
      const stepped = heights.every((height) => height + air.least <= step);
      const spread = between === 0 ? 0 : Math.min(air.most, (box.h - natural) / between);
      let y = box.y;
      return contents.map((paragraphs, i) => {
        const placed = plainBox("Figure", { ...box, y, h: heights[i]! }, paragraphs);
        y += stepped ? step : heights[i]! + spread;
        return placed;
      });
    },
  };
}

/** The paragraphs of each entry: its figure large, what it is, and what is to be said of it. */
function paragraphsOf(
  entries: readonly Entry[],
  width: number,
  ground: Role,
  setting: Setting,
): PlacedParagraph[][] {
  const { language } = setting;
  const labelSize = Math.min(setting.sizes.body, setting.sizes.table);
  const under = (inlines: readonly Inline[], size: number, colour: Role): PlacedParagraph[] =>
    plainText(inlines).trim() === ""
      ? []
      : [
          paragraph(runsOf(trimmed(inlines), tone(setting, colour, ground)), {
            size,
            language,
            before: 3,
          }),
        ];
  return largeFigures(entries, width, ground, setting).map((lead, i) => [
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
