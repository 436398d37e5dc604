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
import { heightOf, paragraph, pointsPerInch } from "./text.ts";

const perRow = 5;
/** Inches: the coloured edge, and the air inside a tile: top, right, bottom, left. */
const bar = 0.06;
const inset = [0.2, 0.1, 0.18, 0.2] as const;
const leastHeight = 1.3;
/** Inches to which tiles open where the page has little else. */
const openHeight = 1.5;
/** The part of what a tile is opened by that stands above its figure: a little above the middle. */
const openAbove = 0.4;
/** The part of the room above tiles that have a page to themselves. */
const alone = 0.3;
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
  const contents = tileTexts(tiles.items, width, setting, across);
  const least = tilesHeight(contents, width, setting);
  const preferred = Math.max(least, leastHeight);
  const most = Math.max(preferred, openHeight);
  return {
    type: "kpi",
    at: tiles.at,
    minimum: rows * least + (rows - 1) * gutter,
    preferred: rows * preferred + (rows - 1) * gutter,
    most: rows * most + (rows - 1) * gutter,
    // Points under them open first.
    grow: 0.05,
    problems: [],
    place: (box) => {
      const h = Math.min(most, (box.h - (rows - 1) * gutter) / rows);
      const lower = Math.max(0, h - preferred) * openAbove;
      const top = box.y + (box.h - rows * h - (rows - 1) * gutter) * alone;
      return contents.flatMap((paragraphs, i) => {
        const y = top + Math.floor(i / across) * (h + gutter);
        const cell = beside({ ...box, y, h }, across, gutter)[i % across]!;
        return placeTile(paragraphs, tiles.items[i]!.role, cell, lower);
      });
    },
  };
}

/** What is written on tiles of a width in inches, so many in a row, whose labels begin at one height, and their notes. */
export function tileTexts(
  entries: readonly Entry[],
  width: number,
  setting: Setting,
  across = entries.length,
): PlacedParagraph[][] {
  const inner = width - bar - inset[1] - inset[3];
  const parts = partsOf(entries, inner, "tile", setting);
  return parts.flatMap((_, i) =>
    i % across === 0 ? aligned(parts.slice(i, i + across), inner, setting) : [],
  );
}

function aligned(row: readonly Parts[], width: number, setting: Setting): PlacedParagraph[][] {
  const points = (one: PlacedParagraph | undefined): number =>
    one ? one.before + heightOf([one], width, setting.language) * pointsPerInch : 0;
  const leads = Math.max(...row.map(({ lead }) => points(lead)));
  const labels = Math.max(...row.map(({ label }) => points(label)));
  const lower = (one: PlacedParagraph, by: number): PlacedParagraph => ({ ...one, before: one.before + by });
  return row.map(({ lead, label, detail }) => {
    const underLead = leads - points(lead);
    return [
      lead,
      ...(label ? [lower(label, underLead)] : []),
      ...(detail ? [lower(detail, labels - points(label) + (label ? 0 : underLead))] : []),
    ];
  });
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

/** @param lower inches by which its text begins lower than usual */
export function placeTile(
  paragraphs: readonly PlacedParagraph[],
  role: Role | undefined,
  box: Box,
  lower = 0,
): readonly Placed[] {
  const [top, right, bottom, left] = inset;
  const ground: Box = { ...box, x: box.x + bar, w: box.w - bar };
  return [
    { kind: "shape", shape: "rect", name: "Bar", box: { ...box, w: bar }, fill: role ?? "muted" },
    {
      kind: "text",
      name: "Tile",
      box: ground,
      paragraphs,
      valign: "top",
      inset: [top + lower, right, bottom, left],
      fill: "tile",
    },
  ];
}

/** On steps that are the same on every slide, so that neighbours align when one turns the page. */
function stacked(tiles: Kpis, setting: Setting): Measured {
  const contents = partsOf(tiles.items, setting.width, "ground", setting).map(({ lead, label, detail }) => [
    lead,
    ...(label ? [label] : []),
    ...(detail ? [detail] : []),
  ]);
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

/** What an entry says: its figure large, what it is, and what is to be said of it. */
interface Parts {
  readonly lead: PlacedParagraph;
  readonly label: PlacedParagraph | undefined;
  readonly detail: PlacedParagraph | undefined;
}

function partsOf(entries: readonly Entry[], width: number, ground: Role, setting: Setting): Parts[] {
  const { language, sizes } = setting;
  const under = (inlines: readonly Inline[], size: number, colour: Role): PlacedParagraph | undefined =>
    plainText(inlines).trim() === ""
      ? undefined
      : paragraph(runsOf(trimmed(inlines), tone(setting, colour, ground)), { size, language, before: 3 });
  return largeFigures(entries, width, ground, setting).map((lead, i) => ({
    lead,
    label: under(entries[i]!.label, Math.min(sizes.body, sizes.table), "ink"),
    detail: under(entries[i]!.detail, sizes.label, "muted"),
  }));
}

/** What follows a strong lead begins with the space, colon or comma that set it apart there. */
function trimmed(inlines: readonly Inline[]): readonly Inline[] {
  const [first, ...rest] = inlines;
  if (first?.type !== "text") return inlines;
  return [{ type: "text", value: first.value.replace(/^[\s:：,，.。–—-]+/u, "") }, ...rest];
}
