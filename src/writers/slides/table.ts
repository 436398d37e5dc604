/** Tables: native, with columns as wide as their content asks and rows as high as their text and the page's room are. */
import type { Inline, Table } from "../../model/document.ts";
import type { Role } from "../../model/theme.ts";
import { plainText } from "../../model/walk.ts";
import type { Place } from "../../problem.ts";
import type { Measured, Setting } from "./measured.ts";
import { tone } from "./measured.ts";
import { tableTooWide } from "./messages.ts";
import type { Cell, PlacedParagraph, PlacedTable } from "./placed.ts";
import { runsOf } from "./runs.ts";
import { heightOf, paragraph, widthsOf } from "./text.ts";
import { words } from "./words.ts";

/** Rows under the header on one slide; more continue on the next. */
const mostRows = 10;
/** Inches: a row at least, and by how much and up to what rows are opened where there is room. */
const rowHeight = { least: 0.32, opening: 0.16, most: 0.5 };
/** Inches inside a cell: top, right, bottom, left. */
const inset = [0.05, 0.1, 0.05, 0.1] as const;
/** Air left and right of a cell's text. */
export const cellAir = inset[1] + inset[3];
/** Inches more before a column of text that follows one of figures, whose ends would else touch its beginnings. */
const gutter = 0.25;
/** Points under the header and under a row. */
const line = { header: 1, row: 0.5 };

interface Row {
  readonly cells: readonly PlacedParagraph[];
  /** What stands there instead where the row is a slide's first, e.g. with the name of its group. */
  readonly first?: readonly PlacedParagraph[];
  /** The line under the row; a hairline unless said. */
  readonly under?: { readonly colour: Role; readonly width: number };
}

interface MeasuredRow extends Row {
  /** Inches its text needs, insets included. */
  readonly height: number;
}

/** A table ready to be measured: its paragraphs, and the widths of its columns in inches. */
export interface Grid {
  readonly type: "table" | "matrix";
  readonly at: Place;
  readonly header: readonly PlacedParagraph[];
  readonly rows: readonly Row[];
  readonly widths: readonly number[];
  /** Inches by which each column stands in, besides its inset; none unless said. */
  readonly indents?: readonly number[];
  readonly alt: string;
  readonly problems: Measured["problems"];
}

export function measureTable(table: Table, setting: Setting): Measured {
  const size = setting.sizes.table;
  const set = (bold: boolean) => (cell: readonly Inline[], column: number) =>
    paragraph(runsOf(cell, { ...tone(setting, bold ? "muted" : "ink"), bold }), {
      size,
      language: setting.language,
      align: table.align[column] ?? "left",
    });
  const header = table.header.map(set(true));
  const rows = table.rows.map((row) => row.map(set(false)));
  const indents = table.header.map((_, i) =>
    table.align[i - 1] === "right" && (table.align[i] ?? "left") === "left" ? gutter : 0,
  );
  const { widths, missing } = columnWidths([header, ...rows], setting.width, setting, indents);
  return measureGrid(
    {
      type: "table",
      at: table.at,
      header,
      rows: rows.map((cells) => ({ cells })),
      widths,
      indents,
      alt: words[setting.language].tableAlt(table.header.map(plainText)),
      problems: tooWide(missing, table.header.length, setting, table.at),
    },
    setting,
  );
}

/** The problem of columns whose longest words are wider than the page by `missing` inches. */
export function tooWide(missing: number, columns: number, setting: Setting, at: Place): Measured["problems"] {
  return missing > 0 ? [tableTooWide(setting.width + missing, setting.width, columns, at)] : [];
}

/** A table as a block: its rows open where there is room, and continue under their header where there is none. */
export function measureGrid(grid: Grid, setting: Setting): Measured {
  const measured = (row: Row): MeasuredRow => ({
    ...row,
    height: Math.max(
      rowHeight.least,
      ...(row.first ?? row.cells).map(
        (cell, i) =>
          heightOf([cell], grid.widths[i]! - cellAir - (grid.indents?.[i] ?? 0), setting.language) +
          inset[0] +
          inset[2],
      ),
    ),
  });
  const header = measured({ cells: grid.header, under: { colour: "muted", width: line.header } });
  return measureRows(grid, header, grid.rows.map(measured), grid.problems);
}

function measureRows(
  grid: Grid,
  header: MeasuredRow,
  rows: readonly MeasuredRow[],
  problems: Measured["problems"],
): Measured {
  const all = [header, ...rows];
  const minimum = all.reduce((sum, { height }) => sum + height, 0);
  const opened = all.map(({ height }) => Math.max(height + rowHeight.opening, rowHeight.most));
  const most = opened.reduce((sum, height) => sum + height, 0);
  return {
    type: grid.type,
    at: grid.at,
    minimum,
    preferred: minimum,
    most,
    grow: 2,
    problems,
    mustSplit: rows.length > mostRows,
    place: (box) => {
      const open = Math.max(0, Math.min(1, (box.h - minimum) / (most - minimum)));
      const heights = all.map(({ height }, i) => height + open * (opened[i]! - height));
      return [placeTable(grid, all, heights, box)];
    },
    split: (height) => {
      const fits = rowsThatFit(header, rows, height);
      if (fits === 0 || fits === rows.length) return undefined;
      const cut = Math.min(fits, Math.ceil(rows.length / Math.ceil(rows.length / fits)));
      const part = (some: readonly MeasuredRow[]): Measured => measureRows(grid, header, some, []);
      return [part(rows.slice(0, cut)), part(rows.slice(cut))];
    },
  };
}

function rowsThatFit(header: MeasuredRow, rows: readonly MeasuredRow[], height: number): number {
  let used = header.height;
  let fits = 0;
  while (fits < Math.min(rows.length, mostRows) && used + rows[fits]!.height <= height)
    used += rows[fits++]!.height;
  return fits;
}

function placeTable(
  { widths, indents, alt }: Grid,
  rows: readonly MeasuredRow[],
  heights: readonly number[],
  box: PlacedTable["box"],
): PlacedTable {
  return {
    kind: "table",
    name: "Table",
    box: { ...box, h: heights.reduce((sum, height) => sum + height, 0) },
    columns: widths,
    rows: rows.map(({ cells, first, under = { colour: "hairline", width: line.row } }, i) => ({
      height: heights[i]!,
      cells: ((i === 1 ? first : undefined) ?? cells).map((cell, column): Cell => {
        const indent = indents?.[column] ?? 0;
        return { paragraphs: [cell], align: cell.align, ...(indent > 0 && { indent }), under };
      }),
    })),
    inset,
    header: true,
    alt,
  };
}

/**
 * Widths that add up to the room for them. Where all cells fit on one line, what is left is shared in proportion; else narrow
 * columns keep their line and wide ones are cut to one width, their longest word at least. `missing` is by how much
 * the longest words together are too wide.
 */
export function columnWidths(
  rows: readonly (readonly PlacedParagraph[])[],
  room: number,
  setting: Setting,
  indents: readonly number[] = [],
): { widths: number[]; missing: number } {
  const columns = rows[0]!.map((_, i) => {
    const cells = rows.map((row) => widthsOf(row[i]!, setting.language));
    const around = cellAir + (indents[i] ?? 0);
    return {
      line: Math.max(...cells.map(({ line }) => line)) + around,
      word: Math.max(...cells.map(({ word }) => word)) + around,
    };
  });
  const cutTo = (most: number): number[] =>
    columns.map(({ line, word }) => Math.max(word, Math.min(line, most)));
  const sum = (widths: readonly number[]): number => widths.reduce((total, width) => total + width, 0);
  let low = 0;
  let high = Math.max(room, ...columns.map(({ line }) => line));
  if (sum(cutTo(high)) > room) {
    for (let i = 0; i < 30; i++) {
      const middle = (low + high) / 2;
      if (sum(cutTo(middle)) > room) high = middle;
      else low = middle;
    }
    high = low;
  }
  const widths = cutTo(high);
  const total = sum(widths);
  return { widths: widths.map((width) => (width * room) / total), missing: Math.max(0, total - room) };
}
