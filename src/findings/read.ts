/** Reading the data folder: texts in, a store and all that is wrong with it out. */
import type { Memory } from "../memory.ts";
import { type Outcome, order, type Problem } from "../problem.ts";
import { parseFigureTable } from "./csv.ts";
import * as messages from "./messages.ts";
import { openReader } from "./reader.ts";
import { type FindingsFile, resolve, type Vocabulary } from "./resolve.ts";
import { type FileName, findingsSchema, schemas } from "./schema.ts";
import type { Store } from "./store.ts";
import { type Located, signsIn } from "./yaml.ts";

/** Signs that make structure, in all files together: some 30,000 figures as YAML, 80,000 as CSV. */
const mostSigns = 1_000_000;

const required: readonly FileName[] = ["sources.yaml", "subjects.yaml", "metrics.yaml", "sourcedeck.yaml"];

/**
 * Reads a data folder.
 * @param files texts by path within the folder, e.g. `findings/agi.yaml`
 * @param folder how the folder is named in problems, e.g. `data`
 * @param unread paths of files that are there but have no text, for reasons told already
 * @param memory of files that were read before
 * @returns no value when any file has an error: half a store would be judged wrongly
 */
export function readStore(
  files: ReadonlyMap<string, string>,
  folder: string,
  unread: readonly string[] = [],
  memory?: Memory,
): Outcome<Store> {
  const reader = openReader(memory);
  const problems: Problem[] = [];
  const vocabulary: Partial<Record<FileName, Located<unknown>>> = {};
  const findings: FindingsFile[] = [];
  const broken = new Set(unread.map((path) => (holdsFindings.test(path) ? "findings" : path)));
  const shown = (path: string): string => `${folder}/${path}`;

  let signs = 0;
  for (const text of files.values()) signs += signsIn(text);
  if (signs > mostSigns)
    return { value: undefined, problems: [messages.storeTooFull(folder, signs, mostSigns)] };

  for (const [path, text] of [...files].sort(([a], [b]) => order(a, b))) {
    if (isVocabulary(path)) {
      const parsed = reader.read<unknown>(shown(path), text, path, schemas[path]);
      problems.push(...parsed.problems);
      if (parsed.value) vocabulary[path] = parsed.value;
      else broken.add(path);
    } else if (holdsFindings.test(path)) {
      const parsed = path.endsWith(".csv")
        ? parseFigureTable(shown(path), text)
        : reader.read(shown(path), text, "findings", findingsSchema);
      problems.push(...parsed.problems);
      if (parsed.value) findings.push(parsed.value);
      else broken.add("findings");
    } else if (/\.(ya?ml|json|csv)$/.test(path) && !path.endsWith(".schema.json") && path !== jobsFile) {
      problems.push(messages.unknownFile(shown(path), [...Object.keys(schemas), jobsFile]));
    }
  }
  for (const name of required)
    if (!files.has(name) && !broken.has(name)) problems.push(messages.missingFile(shown(name)));

  // Files that did parse are resolved all the same, so that one slip does not hide the others; names that a broken
  // file would have declared are not reported as unknown.
  const resolved = resolve(vocabulary as Vocabulary, findings, broken, folder);
  problems.push(...resolved.problems);
  reader.close();
  if (problems.length === 0 && resolved.value.findings.size === 0) {
    const { sources, subjects, metrics } = resolved.value;
    const lists = Object.entries({ sources, subjects, metrics }).filter(([, { size }]) => size === 0);
    const empty = lists.map(([name]) => shown(`${name}.yaml`));
    problems.push(messages.emptyStore(folder, empty));
  }
  const failed = problems.some((problem) => problem.severity === "error");
  return { value: failed ? undefined : resolved.value, problems };
}

/** What a batch builds: no part of the store, whose products it names. */
export const jobsFile = "jobs.yaml";

const holdsFindings = /^findings\/.+\.(ya?ml|json|csv)$/;

function isVocabulary(path: string): path is FileName {
  return path in schemas;
}
