/** Tables: native, with columns as wide as their content asks and rows as high as their text is. */
import type { Alignment, Inline, Table } from "../../model/document.ts";
import { plainText } from "../../model/walk.ts";
import type { Measured, Setting } from "./measured.ts";
import { tone } from "./measured.ts";
import { tableTooWide } from "./messages.ts";
import type { Cell, PlacedParagraph, PlacedTable } from "./placed.ts";
import { runsOf } from "./runs.ts";
import { heightOf, paragraph, widthsOf } from "./text.ts";
import { words } from "./words.ts";

/** Rows under the header on one slide; more continue on the next. */
const mostRows = 10;
/** Inches: a row, and up to what rows are opened where there is room. */
const rowHeight = { least: 0.32, most: 0.46 };
/** Inches inside a cell: top, right, bottom, left. */
const inset = [0.05, 0.1, 0.05, 0.1] as const;
/** Points under the header and under a row. */
const line = { header: 1, row: 0.5 };

interface Row {
  readonly cells: readonly PlacedParagraph[];
  /** Inches its text needs, insets included. */
  readonly height: number;
}

export function measureTable(table: Table, setting: Setting): Measured {
  const size = setting.sizes.table;
  const set = (bold: boolean) => (cell: readonly Inline[], column: number) =>
    paragraph(runsOf(cell, { ...tone(setting, size, bold ? "muted" : "ink"), bold }), {
      size,
      language: setting.language,
      align: table.align[column] ?? "left",
    });
  const header = table.header.map(set(true));
  const rows = table.rows.map((row) => row.map(set(false)));
  const { widths, missing } = columnWidths([header, ...rows], setting);
  const measured = (cells: readonly PlacedParagraph[]): Row => ({
    cells,
    height: Math.max(
      rowHeight.least,
      ...cells.map(
        (cell, i) =>
          heightOf([cell], widths[i]! - inset[1] - inset[3], setting.language) + inset[0] + inset[2],
      ),
    ),
  });
  const problems =
    missing > 0 ? [tableTooWide(setting.width + missing, setting.width, table.header.length, table.at)] : [];
  const alt = words[setting.language].tableAlt(table.header.map(plainText));
  const drawn = { widths, header: measured(header), align: table.align, alt };
  return measureRows(table, drawn, rows.map(measured), problems);
}

interface Drawn {
  readonly widths: readonly number[];
  readonly header: Row;
  readonly align: readonly Alignment[];
  readonly alt: string;
}

function measureRows(
  table: Table,
  drawn: Drawn,
  rows: readonly Row[],
  problems: Measured["problems"],
): Measured {
  const all = [drawn.header, ...rows];
  const minimum = all.reduce((sum, { height }) => sum + height, 0);
  const most = all.reduce((sum, { height }) => sum + Math.max(height, rowHeight.most), 0);
  return {
    type: "table",
    at: table.at,
    minimum,
    preferred: minimum,
    grow: 2,
    problems,
    mustSplit: rows.length > mostRows,
    place: (box) => {
      const open = most === minimum ? 0 : Math.min(1, (box.h - minimum) / (most - minimum));
      const heights = all.map(({ height }) => height + open * (Math.max(height, rowHeight.most) - height));
      return [placeTable(drawn, all, heights, box)];
    },
    split: (height) => {
      const fits = rowsThatFit(drawn.header, rows, height);
      if (fits === 0 || fits === rows.length) return undefined;
      const cut = Math.ceil(rows.length / Math.ceil(rows.length / fits));
      const part = (some: readonly Row[]): Measured => measureRows(table, drawn, some, []);
      return [part(rows.slice(0, Math.min(cut, fits))), part(rows.slice(Math.min(cut, fits)))];
    },
  };
}

function rowsThatFit(header: Row, rows: readonly Row[], height: number): number {
  let used = header.height;
  let fits = 0;
  while (fits < Math.min(rows.length, mostRows) && used + rows[fits]!.height <= height)
    used += rows[fits++]!.height;
  return fits;
}

function placeTable(
  drawn: Drawn,
  rows: readonly Row[],
  heights: readonly number[],
  box: PlacedTable["box"],
): PlacedTable {
  return {
    kind: "table",
    name: "Table",
    box: { ...box, h: heights.reduce((sum, height) => sum + height, 0) },
    columns: drawn.widths,
    rows: rows.map(({ cells }, i) => ({
      height: heights[i]!,
      cells: cells.map(
        (cell): Cell => ({
          paragraphs: [cell],
          align: cell.align,
          under: i === 0 ? { colour: "muted", width: line.header } : { colour: "hairline", width: line.row },
        }),
      ),
    })),
    inset,
    header: true,
    alt: drawn.alt,
  };
}

/**
 * Widths that add up to the table's. Where all cells fit on one line, what is left is shared in proportion; else narrow
 * columns keep their line and wide ones are cut to one width, their longest word at least. `missing` is by how much
 * the longest words together are too wide.
 */
function columnWidths(
  rows: readonly (readonly PlacedParagraph[])[],
  setting: Setting,
): { widths: number[]; missing: number } {
  const around = inset[1] + inset[3];
  const columns = rows[0]!.map((_, i) => {
    const cells = rows.map((row) => widthsOf(row[i]!, setting.language));
    return {
      line: Math.max(...cells.map(({ line }) => line)) + around,
      word: Math.max(...cells.map(({ word }) => word)) + around,
    };
  });
  const room = setting.width;
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
