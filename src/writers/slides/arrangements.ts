/** How the blocks of a page are arranged: each layout is a row of a table with its reason. */
import type { Block, BlockType, Columns, Page } from "../../model/document.ts";
import type { Problem } from "../../problem.ts";
import { layoutDoesNotSuit, unknownLayout } from "./messages.ts";

export type LayoutName =
  | "chart"
  | "charts"
  | "chart-and-points"
  | "summary"
  | "table"
  | "timeline"
  | "flow"
  | "matrix"
  | "bridge"
  | "map"
  | "smile"
  | "columns"
  | "points";

export interface Arrangement {
  /** What it looks like, and when it is right. */
  readonly reason: string;
  /** What must be on the page, in words. */
  readonly wants: string;
  readonly suits: (blocks: readonly Block[]) => boolean;
  readonly arrange: (blocks: readonly Block[]) => readonly Block[];
}

const textual: readonly BlockType[] = ["paragraph", "heading", "list", "kpi"];
const count = (blocks: readonly Block[], type: BlockType): number =>
  blocks.filter((block) => block.type === type).length;
const asWritten = (blocks: readonly Block[]): readonly Block[] => blocks;

/** Only one block of the type, and text besides. */
const oneWithText = (type: BlockType) => (blocks: readonly Block[]) =>
  count(blocks, type) === 1 &&
  blocks.every((block) => block.type === type || ["paragraph", "heading", "list"].includes(block.type));

/** The first that suits a page is its layout unless it names one. */
export const layouts: Readonly<Record<LayoutName, Arrangement>> = {
  chart: {
    reason: "The picture is the evidence: one chart over the whole width.",
    wants: "one chart and nothing else",
    suits: (blocks) => blocks.length === 1 && count(blocks, "chart") === 1,
    arrange: asWritten,
  },
  charts: {
    reason: "Two pictures to be compared stand side by side at one size.",
    wants: "two charts, and text under them if any",
    suits: (blocks) =>
      count(blocks, "chart") === 2 && blocks.every(({ type }) => type === "chart" || textual.includes(type)),
    arrange: (blocks) => {
      const charts = blocks.filter(({ type }) => type === "chart");
      const rest = blocks.filter(({ type }) => type !== "chart");
      return [
        besideEachOther(
          charts.map((chart) => [chart]),
          [6, 6],
        ),
        ...rest,
      ];
    },
  },
  "chart-and-points": {
    reason:
      "A chart on eight columns, and at its right what to read in it: figures large, a line of text each.",
    wants: "one chart and text, lists or tiles",
    suits: (blocks) =>
      blocks.length > 1 &&
      count(blocks, "chart") === 1 &&
      blocks.every(({ type }) => type === "chart" || textual.includes(type)),
    arrange: (blocks) => [
      besideEachOther(
        [blocks.filter(({ type }) => type === "chart"), blocks.filter(({ type }) => type !== "chart")],
        [8, 4],
      ),
    ],
  },
  summary: {
    reason: "The figures to remember as tiles, and under them the points that they carry.",
    wants: "tiles, and text or lists if any",
    suits: oneWithText("kpi"),
    arrange: (blocks) => [
      ...blocks.filter(({ type }) => type === "kpi"),
      ...blocks.filter(({ type }) => type !== "kpi"),
    ],
  },
  table: {
    reason: "Exact figures to be looked up: a table over the whole width.",
    wants: "one table, and text if any",
    suits: oneWithText("table"),
    arrange: asWritten,
  },
  timeline: {
    reason: "What happened when, in one glance.",
    wants: "one timeline, and text if any",
    suits: oneWithText("timeline"),
    arrange: asWritten,
  },
  flow: {
    reason: "What leads to what, from left to right.",
    wants: "one flow, and text if any",
    suits: oneWithText("flow"),
    arrange: asWritten,
  },
  matrix: {
    reason: "Who does what, compared by eye: marks in columns of one width.",
    wants: "one matrix, and text if any",
    suits: oneWithText("matrix"),
    arrange: asWritten,
  },
  bridge: {
    reason: "How figures follow from each other, large enough to be added up.",
    wants: "one bridge, and text if any",
    suits: oneWithText("bridge"),
    arrange: asWritten,
  },
  map: {
    reason: "Who went where: distances and directions are the message.",
    wants: "one map, and text if any",
    suits: oneWithText("map"),
    arrange: asWritten,
  },
  smile: {
    reason: "Where along a chain most is earned.",
    wants: "one smile curve, and text if any",
    suits: oneWithText("smile"),
    arrange: asWritten,
  },
  columns: {
    reason: "The author's own columns on the grid.",
    wants: "columns",
    suits: (blocks) => count(blocks, "columns") > 0,
    arrange: asWritten,
  },
  points: {
    reason: "Blocks under each other, as they are written: right for text, possible for all else.",
    wants: "anything",
    suits: () => true,
    arrange: asWritten,
  },
};

const names = Object.keys(layouts) as LayoutName[];

/** The blocks of a page in the arrangement it names, or in the first that suits them. */
export function arrange(page: Page): {
  readonly blocks: readonly Block[];
  readonly problems: readonly Problem[];
} {
  const { blocks, layout } = page;
  if (layout === undefined) {
    const name = names.find((name) => layouts[name].suits(blocks)) ?? "points";
    return { blocks: layouts[name].arrange(blocks), problems: [] };
  }
  if (!Object.hasOwn(layouts, layout))
    return { blocks, problems: [unknownLayout(layout, names, page.layoutAt ?? page.at)] };
  const { suits, wants, arrange } = layouts[layout as LayoutName];
  if (suits(blocks)) return { blocks: arrange(blocks), problems: [] };
  const found = blocks.map(({ type }) => type).join(", ") || "nothing";
  return { blocks, problems: [layoutDoesNotSuit(layout, wants, found, page.layoutAt ?? page.at)] };
}

function besideEachOther(stacks: readonly (readonly Block[])[], widths: readonly number[]): Columns {
  return {
    type: "columns",
    at: stacks[0]![0]!.at,
    columns: stacks.map((blocks, i) => ({ span: widths[i]!, blocks })),
  };
}
