/** Figures in bulk as CSV: one line a figure with one citation. The only file that imports `csv-parse`. */
import { CsvError, parse } from "csv-parse/sync";
import type { Outcome, Problem } from "../problem.ts";
import { clean } from "./clean.ts";
import * as messages from "./messages.ts";
import type { FindingsFile } from "./resolve.ts";
import { findingsSchema } from "./schema.ts";

interface Line {
  readonly record: Readonly<Record<string, string>>;
  readonly info: { readonly lines: number };
}

const columns = [
  "id",
  "subject",
  "metric",
  "period",
  "value",
  "status",
  "scope",
  "recorded",
  "source",
  "line",
  "written",
];

/** Reads `id,subject,metric,period,value,status,scope,recorded,source,line,written`; `status` and `scope` may be empty. */
export function parseFigureTable(file: string, text: string): Outcome<FindingsFile> {
  let lines: readonly Line[];
  try {
    lines = parse(text, {
      columns: true,
      bom: true,
      trim: true,
      skip_empty_lines: true,
      info: true,
    }) as unknown as Line[];
  } catch (fault) {
    if (!(fault instanceof CsvError)) throw fault;
    const line = typeof fault.lines === "number" ? fault.lines : 1;
    return { value: undefined, problems: [messages.brokenCsv({ file, line, column: 1 }, fault.message)] };
  }
  const at = (index: number) => ({ file, line: lines[index]?.info.lines ?? 1, column: 1 });
  const problems: Problem[] = [];
  const unknown = Object.keys(lines[0]?.record ?? {}).filter((name) => !columns.includes(name));
  for (const name of unknown)
    problems.push(messages.unknownField({ file, line: 1, column: 1 }, name, [], {}));

  const figures = lines.map(({ record }) => {
    const { source, line, written, ...rest } = clean(record, 2) as Record<string, string>;
    const filled = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== ""));
    const cited = written ? [{ ...(source ? { source } : {}), line: Number(line), written }] : [];
    return { ...filled, citations: cited };
  });
  const checked = findingsSchema.safeParse({ figures }, { reportInput: true });
  if (!checked.success) {
    for (const issue of checked.error.issues) {
      const path = issue.path.filter((step): step is string | number => typeof step !== "symbol");
      if (issue.code !== "unrecognized_keys")
        problems.push(messages.badShape(at(Number(path[1] ?? 0)), path, issue));
    }
  }
  if (problems.length > 0 || !checked.success) return { value: undefined, problems };
  return { value: { value: checked.data, at: (path) => at(Number(path[1] ?? 0)) }, problems: [] };
}
