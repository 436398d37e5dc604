/** Coverage as a table for people: how much of each source was read. */
import type { Coverage } from "../evidence/citations.ts";

/** Aligned rows under a heading; none where there is no coverage. */
export function coverageTable(coverage: readonly Coverage[]): string[] {
  if (coverage.length === 0) return [];
  const rows = coverage.map(({ source, numbers, cited, dismissed, unread }) => [
    source,
    ...[numbers, cited, dismissed, unread].map(String),
    numbers === 0 ? "–" : `${(Math.floor((1000 * (cited + dismissed)) / numbers) / 10).toFixed(1)} %`,
  ]);
  const table = [["source", "numbers", "cited", "dismissed", "unread", "read"], ...rows];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths?.[column] ?? 0) : cell.padStart(widths?.[column] ?? 0),
      )
      .join("  "),
  );
}
