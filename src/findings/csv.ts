/** Figures in bulk as CSV: one row a figure with one citation. The only file that imports `csv-parse`. */
import { CsvError, parse } from "csv-parse/sync";
import { nearest, type Outcome, type Place, type Problem } from "../problem.ts";
import { clean } from "./clean.ts";
import * as messages from "./messages.ts";
import type { FindingsFile } from "./resolve.ts";
import { findingsSchema } from "./schema.ts";

const required = ["id", "subject", "metric", "period", "value", "recorded", "source", "line", "written"];
const columns = [...required, "status", "scope"];

/** Lines of one file, each of which is a figure. */
const mostLines = 20_000;
/** Cells of the header that are looked at; there are eleven columns. */
const mostCells = 50;

interface Row {
  readonly cells: readonly string[];
  /** Where each cell begins. */
  readonly places: readonly Place[];
}

/** Reads `id,subject,metric,period,value,status,scope,recorded,source,line,written`; `status` and `scope` may be left out. */
export function parseFigureTable(file: string, text: string): Outcome<FindingsFile> {
  const lines = text.split("\n").length;
  if (lines > mostLines) return failed(messages.tooManyLines(file, lines, mostLines));
  const read = readRows(file, text);
  const [header, ...rows] = read.value ?? [];
  if (!read.value || !header) return failed(...read.problems);
  const wrong = headerProblems(header, file);
  if (wrong.length > 0) return failed(...wrong);

  const names = header.cells;
  const at = (index: number, name?: string | number): Place => {
    const places = rows[index]?.places;
    return places?.[names.indexOf(String(name))] ?? places?.[0] ?? { file, line: 1, column: 1 };
  };
  const isEven = ({ cells }: Row): boolean => cells.length === names.length;
  const uneven = rows.flatMap((row, index) =>
    isEven(row) ? [] : [messages.unevenRow(at(index), row.cells.length, names.length)],
  );
  const figures = rows.map(({ cells }) => {
    const record = Object.fromEntries(names.map((name, index) => [name, cells[index] ?? ""]));
    const { source, line = "", written, ...rest } = clean(record, 2) as Record<string, string>;
    const filled = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== ""));
    const cited = { ...(source ? { source } : {}), line: /^\d+$/.test(line) ? Number(line) : line, written };
    return { ...filled, citations: written ? [cited] : [] };
  });
  const checked = findingsSchema.safeParse({ figures }, { reportInput: true, jitless: true });
  const place = (path: readonly (string | number)[]): Place =>
    at(Number(path[1] ?? 0), path.at(-1) === "citations" ? "written" : path.findLast(isName));
  if (checked.success && uneven.length === 0)
    return { value: { value: checked.data, at: place }, problems: [] };
  const bad = checked.error?.issues.flatMap((issue) => {
    const path = issue.path.filter((step): step is string | number => typeof step !== "symbol");
    const row = rows[Number(path[1])];
    return row && !isEven(row) ? [] : [messages.badShape(place(path), path, issue)];
  });
  return failed(...uneven, ...(bad ?? []));
}

function headerProblems({ cells, places }: Row, file: string): Problem[] {
  const where = (index: number): Place => places[index] ?? { file, line: 1, column: 1 };
  if (cells.length > mostCells) return [messages.unevenRow(where(0), cells.length, columns.length)];
  const [first = ""] = cells;
  const separator = cells.length === 1 ? /[;\t|]/.exec(first)?.[0] : undefined;
  if (separator !== undefined) return [messages.otherSeparator(where(0), separator)];
  const stray = cells.flatMap((name, index) => {
    if (!columns.includes(name)) return [messages.unknownField(where(index), name, [], columns)];
    return cells.indexOf(name) < index ? [messages.duplicateColumn(where(index), name)] : [];
  });
  const meant = new Set(cells.map((name) => (columns.includes(name) ? name : nearest(name, columns))));
  const missing = required.filter((name) => !meant.has(name));
  return [...stray, ...missing.map((name) => messages.missingColumn(where(0), name))];
}

const isName = (step: string | number): boolean => typeof step === "string";

function readRows(file: string, text: string): Outcome<readonly Row[]> {
  let records: readonly { readonly record: readonly string[]; readonly raw: string }[];
  try {
    records = parse(text, {
      bom: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      info: true,
      raw: true,
    }) as unknown as typeof records;
  } catch (fault) {
    if (!(fault instanceof CsvError)) throw fault;
    const line = typeof fault.lines === "number" ? fault.lines : 1;
    return failed(messages.brokenCsv({ file, line, column: 1 }, fault.code));
  }
  if (records.length === 0) return failed(messages.emptyFile({ file, line: 1, column: 1 }, "table"));
  let line = 1;
  const rows = records.map(({ record, raw }): Row => {
    const places = placesOf(file, raw, line);
    line += raw.split("\n").length - 1;
    return { cells: record, places };
  });
  return { value: rows, problems: [] };
}

/** Where the cells of a record begin. `raw` is the record with the empty lines before it, as it stands in the file. */
function placesOf(file: string, raw: string, first: number): Place[] {
  const places: Place[] = [];
  let line = first;
  let column = 1;
  let quoted = false;
  let begins = true;
  for (const character of raw.trimEnd()) {
    if (begins && !/\s/.test(character)) {
      places.push({ file, line, column });
      begins = false;
    }
    if (character === '"') quoted = !quoted;
    else if (character === "," && !quoted) begins = true;
    column += character.length;
    if (character === "\n") {
      line += 1;
      column = 1;
    }
  }
  if (begins) places.push({ file, line, column });
  return places;
}

function failed(...problems: readonly Problem[]): Outcome<never> {
  return { value: undefined, problems };
}
