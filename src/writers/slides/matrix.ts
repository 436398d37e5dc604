/** Matrices: who does what, as a native table of filled and open marks with a word each, in groups of rows. */

import type { Language } from "../../findings/store.ts";
import { type Inline, type MarkedCell, type Matrix, markSigns } from "../../model/document.ts";
import type { Role } from "../../model/theme.ts";
import { plainText } from "../../model/walk.ts";
import { legendHeight, legendOf, placeLegend } from "./captions.ts";
import { type Measured, type Setting, tone } from "./measured.ts";
import type { PlacedParagraph, Run } from "./placed.ts";
import { runsOf } from "./runs.ts";
import { cellAir, columnWidths, measureGrid, tooWide } from "./table.ts";
import { paragraph, widthsOf } from "./text.ts";
import { words } from "./words.ts";

/** Points by which a mark is larger than its word, or smaller: in East Asian fonts a circle fills its square. */
const markMore: Readonly<Record<Language, number>> = { en: 6, zh: -2 };
/** Points; no text is smaller. */
const leastMark = 12;
/** Points by which names are larger than words: between them and the marks, so that all seem to stand on one line. */
const nameMore = 2;
/** Points: the line under the last row of a group, between the header's and a row's. */
const groupLine = { colour: "series-soft", width: 1 } as const;
/** Inches between names and what follows; and the part of the width that names may take. */
const namesAir = 0.3;
const namesShare = 0.5;

export function measureMatrix(matrix: Matrix, setting: Setting): Measured {
  const { language, sizes, width } = setting;
  const size = sizes.table;
  const set = (inlines: readonly Inline[], colour: Role, bold: boolean, more = 0): PlacedParagraph =>
    paragraph(runsOf(inlines, { ...tone(setting, colour), bold }), {
      size: size + more,
      language,
    });
  const names = matrix.rows[0]?.names.length ?? 1;
  const header = matrix.header.map((cell) => set(cell, "muted", true));
  const grouped = names > 1;
  const groups = matrix.rows.map((row) => plainText(row.names[0] ?? []));
  const rows = matrix.rows.map((row, i) => {
    const own = row.names.map((name, j) =>
      grouped && j === 0 ? set(name, "muted", false) : set(name, "ink", true, nameMore),
    );
    const marks = row.cells.map((cell) => markOf(cell, setting));
    const again = grouped && i > 0 && groups[i] === groups[i - 1];
    const ends = grouped && i < groups.length - 1 && groups[i] !== groups[i + 1];
    const first = [...own, ...marks];
    return {
      first,
      cells: again ? [set([], "muted", false), ...first.slice(1)] : first,
      ...(ends ? { under: groupLine } : {}),
    };
  });
  const all = [header, ...rows.map(({ first }) => first)];
  const { widths, missing } = matrixWidths(all, names, width, setting);
  const table = measureGrid(
    {
      type: "matrix",
      at: matrix.at,
      header,
      rows,
      widths,
      alt: words[language].tableAlt(matrix.header.map(plainText)),
      problems: tooWide(missing, header.length, setting, matrix.at),
    },
    setting,
  );
  return withLegend(table, legendOf(matrix.legend, setting), setting);
}

/** Names on one line where they leave room for it, marks in columns of one width; else as any table. */
function matrixWidths(
  rows: readonly (readonly PlacedParagraph[])[],
  names: number,
  width: number,
  setting: Setting,
): { widths: number[]; missing: number } {
  const columns = rows[0]!.map((_, i) => rows.map((row) => widthsOf(row[i]!, setting.language)));
  const lines = columns
    .slice(0, names)
    .map((cells) => Math.max(...cells.map(({ line }) => line)) + cellAir + namesAir);
  const word =
    Math.max(0, ...columns.slice(names).flatMap((cells) => cells.map((cell) => cell.word))) + cellAir;
  const left = width - lines.reduce((sum, line) => sum + line, 0);
  const ways = columns.length - names;
  if (ways === 0 || left < width * (1 - namesShare) || left / ways < word)
    return columnWidths(rows, width, setting);
  return { widths: [...lines, ...new Array<number>(ways).fill(left / ways)], missing: 0 };
}

function markOf({ mark, words: said, role }: MarkedCell, setting: Setting): PlacedParagraph {
  const { language, sizes } = setting;
  const size = Math.max(sizes.table + markMore[language], leastMark);
  const colour: Role = mark === "none" ? "muted" : (role ?? (mark === "full" ? "ink" : "muted"));
  const sign = runsOf([{ type: "text", value: markSigns[mark] }], tone(setting, colour));
  const text: Run[] = runsOf(said, tone(setting, mark === "full" ? "ink" : "muted"));
  const small = (runs: readonly Run[]): Run[] => runs.map((run) => ({ ...run, size: sizes.table }));
  const spaced: Run[] = said.length === 0 ? [] : [{ text: " ", colour, size: sizes.table }, ...small(text)];
  return mark === "none"
    ? paragraph([...sign, ...spaced], { size: sizes.table, language })
    : paragraph([...sign, ...spaced], { size, language });
}

/** The legend under a table, on each slide that it continues on. */
function withLegend(table: Measured, legend: readonly PlacedParagraph[], setting: Setting): Measured {
  const height = legendHeight(legend, setting);
  if (height === 0) return table;
  const { split } = table;
  return {
    ...table,
    minimum: table.minimum + height,
    preferred: table.preferred + height,
    ...(table.most !== undefined && { most: table.most + height }),
    place: (box) => {
      const placed = table.place({ ...box, h: box.h - height });
      const bottom = Math.max(...placed.map(({ box: { y, h } }) => y + h));
      return [...placed, ...placeLegend(legend, { ...box, y: bottom }, setting)];
    },
    ...(split && {
      split: (room) => {
        const parts = split(room - height);
        return parts && [withLegend(parts[0], legend, setting), withLegend(parts[1], legend, setting)];
      },
    }),
  };
}
