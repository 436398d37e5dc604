/** Reading the data folder: texts in, a store and all that is wrong with it out. */
import { type Outcome, order, type Problem } from "../problem.ts";
import { parseFigureTable } from "./csv.ts";
import * as messages from "./messages.ts";
import { type FindingsFile, resolve, type Vocabulary } from "./resolve.ts";
import { type FileName, findingsSchema, schemas } from "./schema.ts";
import type { Store } from "./store.ts";
import { type Located, parseFile } from "./yaml.ts";

const required: readonly FileName[] = ["sources.yaml", "subjects.yaml", "metrics.yaml", "sourcedeck.yaml"];

/**
 * Reads a data folder.
 * @param files texts by path within the folder, e.g. `findings/agi.yaml`
 * @param folder how the folder is named in problems, e.g. `data`
 * @returns no value when any file has an error: half a store would be judged wrongly
 */
export function readStore(files: ReadonlyMap<string, string>, folder: string): Outcome<Store> {
  const problems: Problem[] = [];
  const vocabulary: Partial<Record<FileName, Located<unknown>>> = {};
  const findings: FindingsFile[] = [];
  const shown = (path: string): string => `${folder}/${path}`;

  for (const [path, text] of [...files].sort(([a], [b]) => order(a, b))) {
    if (isVocabulary(path)) {
      const parsed = parseFile<unknown>(shown(path), text, schemas[path]);
      problems.push(...parsed.problems);
      if (parsed.value) vocabulary[path] = parsed.value;
    } else if (/^findings\/.+\.csv$/.test(path)) {
      const parsed = parseFigureTable(shown(path), text);
      problems.push(...parsed.problems);
      if (parsed.value) findings.push(parsed.value);
    } else if (/^findings\/.+\.(ya?ml|json)$/.test(path)) {
      const parsed = parseFile(shown(path), text, findingsSchema);
      problems.push(...parsed.problems);
      if (parsed.value) findings.push(parsed.value);
    } else if (/\.(ya?ml|json|csv)$/.test(path) && !path.endsWith(".schema.json")) {
      problems.push(messages.unknownFile(shown(path), Object.keys(schemas)));
    }
  }
  for (const name of required) if (!files.has(name)) problems.push(messages.missingFile(shown(name)));

  // Files that did parse are resolved all the same, so that one slip does not hide the others; names that a broken
  // file would have declared are not reported as unknown.
  const broken = new Set(
    Object.keys(schemas).filter((name) => files.has(name) && !vocabulary[name as FileName]),
  );
  const resolved = resolve(vocabulary as Vocabulary, findings, broken, folder);
  problems.push(...resolved.problems);
  const failed = problems.some((problem) => problem.severity === "error");
  return { value: failed ? undefined : resolved.value, problems };
}

function isVocabulary(path: string): path is FileName {
  return path in schemas;
}
