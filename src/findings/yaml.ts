/** YAML and JSON files: parsed with places, cleaned, bounded, checked against a schema. The only file that imports `yaml`. */
import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from "yaml";
import type { z } from "zod";
import { nearest, type Outcome, type Place, type Problem } from "../problem.ts";
import { clean } from "./clean.ts";
import { jsonFault } from "./json.ts";
import * as messages from "./messages.ts";
import { type PlainYaml, readPlainYaml } from "./plain-yaml.ts";

export type Path = readonly (string | number)[];
/** What a file is checked against, and becomes. */
export type Schema<T> = z.ZodType<T>;

/** A file that was parsed: its value, and where in the file each part of it stands. */
export interface Located<T> {
  readonly value: T;
  /** The place of the value at a path, or of the nearest thing around it that exists; or that of the value's key. */
  readonly at: (path: Path, part?: "value" | "key") => Place;
}

/** UTF-16 units; long texts take little else than their own room. */
const longest = 32 * 1024 * 1024;
/** Signs that make structure, each of which may take a kilobyte or two: some 6,000 figures. */
const mostSigns = 200_000;
/** Aliases may stand for at most this many nodes each: a bomb of nested aliases is refused. */
const mostAliased = 50;
/** Aliases of one file, each of which is looked for among all others. */
const mostAliases = 1_000;
/** Faults of one file that are told. */
const mostFaults = 1_000;
/** Brackets and indentation deeper than this are no data of ours. */
const deepest = 40;

/** Parses a file and checks it against a schema; every problem is located. A file named `.json` is read strictly. */
export function parseFile<T>(file: string, text: string, schema: z.ZodType<T>): Outcome<Located<T>> {
  if (text.length > longest) return failed(messages.fileTooLong(file, text.length, longest));
  const found = signsIn(text);
  if (found > mostSigns) return failed(messages.fileTooFull(file, found, mostSigns));
  const plain = text.replace(/^\uFEFF/, "");
  const parsed = isJson(file) ? parseJson(file, plain) : parseYaml(file, plain);
  if (!parsed.value) return { value: undefined, problems: parsed.problems };
  const { value, withNumbers, at } = parsed.value;
  if (value === null) return failed(messages.emptyFile({ file, line: 1, column: 1 }, schema.def.type));
  const asText = schema.safeParse(value, checking);
  // Where the schema refuses the text of a number, it may want the number itself.
  const again = asText.success ? undefined : withNumbers(pathsOf(asText.error.issues));
  const checked = again === undefined ? asText : schema.safeParse(again, checking);
  if (checked.success) return { value: { value: checked.data, at }, problems: [] };
  const problems = explainAll(checked.error.issues, schema, at);
  return {
    value: undefined,
    problems: problems.map((one) => (isCommented(one, plain) ? messages.commented(one) : one)),
  };
}

/** Whether a file is read as JSON, of which YAML that is no JSON is refused. */
export function isJson(file: string): boolean {
  return file.endsWith(".json");
}

/** Whether the value that is missing stands there, behind a sign that makes it a comment. */
function isCommented({ found, where }: Problem, text: string): boolean {
  return found === messages.nothing && /:\s+#/.test(text.split("\n")[(where?.line ?? 0) - 1] ?? "");
}

/** Files are few and each is read once, which compiling of schemas would never pay for. */
const checking = { reportInput: true, jitless: true } as const;

/** By UTF-16 unit, of ASCII. */
const isSign = Array.from({ length: 128 }, (_, unit) =>
  "\n\r,:[]{}\"'&*!|>?#%@`-".includes(String.fromCharCode(unit)),
);

/** How many signs a text has that may begin, end or part something in YAML: what its parts together cost to read. */
export function signsIn(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) if (isSign[text.charCodeAt(at)]) count++;
  return count;
}

/** Checks a part of a file that was parsed; `at` tells where a path within the part stands. */
export function checkShape<T>(value: unknown, schema: z.ZodType<T>, at: Located<unknown>["at"]): Outcome<T> {
  const checked = schema.safeParse(value, checking);
  if (checked.success) return { value: checked.data, problems: [] };
  return { value: undefined, problems: explainAll(checked.error.issues, schema, at) };
}

function parseJson(file: string, text: string): Outcome<PlainYaml> {
  const fault = text.trim() === "" ? undefined : jsonFault(text);
  // All JSON is YAML, and the YAML parser knows where everything stands.
  if (!fault) return parseYaml(file, text);
  const before = text.slice(0, fault.offset).split("\n");
  const where = { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  const found = /^\S{1,20}/.exec(text.slice(fault.offset))?.[0];
  const hint = /,\s*$/.test(text.slice(0, fault.offset)) && /^[\]}]/.test(found ?? "");
  return failed(messages.brokenJson(where, found ?? "the end of the file", fault.expected, hint));
}

function parseYaml(file: string, text: string): Outcome<PlainYaml> {
  const plain = readPlainYaml(file, text);
  return plain ? { value: plain, problems: [] } : parseAnyYaml(file, text);
}

function parseAnyYaml(file: string, text: string): Outcome<PlainYaml> {
  const lines = new LineCounter();
  let doc: Document.Parsed;
  let numbers: ReadonlyMap<Node, number>;
  let value: unknown;
  const read = (): unknown => clean(doc.toJS({ maxAliasCount: mostAliased }), deepest);
  try {
    // Keys that stand twice are looked for here: the parser compares each with all others. Nor has it a console to warn on.
    doc = parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      uniqueKeys: false,
      strict: true,
      logLevel: "error",
    });
    if (doc.errors.some(({ code }) => code === "RESOURCE_EXHAUSTION") || aliasesIn(doc) > mostAliases)
      return failed(messages.yamlTooDeep(file, deepest));
    const faults = faultsOf(doc);
    const problems = faults.slice(0, mostFaults).map(({ message, offset }) => {
      const { line, col } = lines.linePos(offset);
      return messages.brokenYaml({ file, line, column: col }, message, text.slice(offset, offset + 60));
    });
    if (problems.length > 0) return { value: undefined, problems };
    numbers = keepWrittenNumbers(doc);
    value = read();
  } catch (fault) {
    // The parser throws for alias bombs (ReferenceError) and exhausts the stack on bottomless nesting (RangeError).
    if (fault instanceof ReferenceError || fault instanceof RangeError)
      return failed(messages.yamlTooDeep(file, deepest));
    throw fault;
  }
  const place = (node: Node | null | undefined): Place => {
    const start = node?.range?.[0];
    if (start === undefined) return { file, line: 1, column: 1 };
    const { line, col } = lines.linePos(start);
    return { file, line, column: col };
  };
  const at: Located<unknown>["at"] = (path, part) =>
    place((part === "key" && keyAt(doc, path)) || nodeAt(doc, path));
  const withNumbers = (paths: readonly Path[]): unknown => {
    const texts = paths.flatMap((path) => {
      const node = nodeAt(doc, path);
      const scalar = isAlias(node) ? node.resolve(doc) : node;
      return isScalar(scalar) && typeof scalar.value === "string" && numbers.has(scalar) ? [scalar] : [];
    });
    for (const scalar of texts) scalar.value = numbers.get(scalar);
    return texts.length > 0 ? read() : undefined;
  };
  return { value: { value, withNumbers, at }, problems: [] };
}

function aliasesIn(doc: Document.Parsed): number {
  let count = 0;
  visit(doc, {
    Alias() {
      count += 1;
    },
  });
  return count;
}

/** `0.30` and `1e3` are meant as they are written wherever a text is expected; gives the numbers that they were. */
function keepWrittenNumbers(doc: Document.Parsed): Map<Node, number> {
  const numbers = new Map<Node, number>();
  visit(doc, {
    Scalar(_, node) {
      if (typeof node.value !== "number" || node.source === undefined || String(node.value) === node.source)
        return;
      numbers.set(node, node.value);
      node.value = node.source;
    },
  });
  return numbers;
}

/** Where issues stand, those within unions, too. */
function pathsOf(issues: readonly z.core.$ZodIssue[]): Path[] {
  return issues.flatMap((issue) => {
    const inner = issue.code === "invalid_union" ? issue.errors.flatMap(pathsOf) : [];
    return [stepsOf(issue), ...inner.map((path) => [...stepsOf(issue), ...path])];
  });
}

function stepsOf({ path }: z.core.$ZodIssue): (string | number)[] {
  return path.filter((step): step is string | number => typeof step !== "symbol");
}

function failed(problem: Problem): Outcome<never> {
  return { value: undefined, problems: [problem] };
}

function keyAt(doc: Document.Parsed, path: Path): Node | undefined {
  const map = nodeAt(doc, path.slice(0, -1));
  const pairs = isMap(map) ? map.items : [];
  const pair = pairs.find((item) => isPair(item) && isScalar(item.key) && item.key.value === path.at(-1));
  return pair && isNode(pair.key) ? pair.key : undefined;
}

function nodeAt(doc: Document.Parsed, path: Path): Node | null {
  let node: Node | null = doc.contents;
  for (const step of path) {
    if (!isMap(node) && !isSeq(node)) return node;
    const next: unknown = node.get(step, true);
    if (!isNode(next)) return node;
    node = next;
  }
  return node;
}

/** What a text is not YAML for: of what follows from one another, the first. */
function faultsOf(doc: Document.Parsed): { readonly message: string; readonly offset: number }[] {
  const faults = [...doc.errors, ...doc.warnings]
    .map(({ message, pos }) => ({ message, offset: pos[0] }))
    .sort((a, b) => a.offset - b.offset);
  const open = faults.find(({ message }) => /^Missing closing .quote/.test(message));
  const broken = open ?? faults[0];
  const twice = keysTwice(doc).filter(({ offset }) => offset < (broken?.offset ?? Infinity));
  const stray: typeof twice = [];
  const start = { found: open?.offset ?? 0 };
  visit(doc, {
    // An open quote is found at the end of the file; what matters is where it begins.
    Scalar(_, { type, range }) {
      if (open && type?.startsWith("QUOTE") && range && range[1] >= open.offset) start.found = range[0];
    },
    Alias(_, node) {
      const message = `Unresolved alias ${node.source}`;
      if (!node.resolve(doc)) stray.push({ message, offset: node.range?.[0] ?? 0 });
    },
  });
  if (open) return [...twice, { ...open, offset: start.found }];
  return broken ? [...twice, broken] : [...twice, ...stray];
}

function keysTwice(doc: Document.Parsed): { readonly message: string; readonly offset: number }[] {
  const twice: { message: string; offset: number }[] = [];
  visit(doc, {
    Map(_, { items }) {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value))
          twice.push({ message: "Map keys must be unique", offset: key.range?.[0] ?? 0 });
        seen.add(key.value);
      }
    },
  });
  return twice.sort((a, b) => a.offset - b.offset);
}

/**
 * A schema's issues as problems. Fields that are missing from one map are told together, and not those whose name stands
 * there with a slip.
 */
function explainAll(
  all: readonly z.core.$ZodIssue[],
  schema: z.ZodType,
  at: Located<unknown>["at"],
): Problem[] {
  const issues = all.slice(0, mostFaults);
  const key = (path: Path): string => JSON.stringify(path);
  const misspelt = new Set(
    issues.flatMap((issue) => {
      if (issue.code !== "unrecognized_keys") return [];
      const path = stepsOf(issue);
      const known = fieldsAt(schema, path);
      return issue.keys.map((found) => key([...path, nearest(found, known) ?? found]));
    }),
  );
  const missing = new Map<string, z.core.$ZodIssue[]>();
  const others: z.core.$ZodIssue[] = [];
  for (const issue of issues) {
    const path = stepsOf(issue);
    if (!messages.isMissing(issue)) others.push(issue);
    else if (!misspelt.has(key(path))) {
      const inside = key(path.slice(0, -1));
      missing.set(inside, [...(missing.get(inside) ?? []), issue]);
    }
  }
  const absent = [...missing.values()].flatMap((together) => {
    const [one] = together;
    if (!one || together.length === 1) return together.flatMap((issue) => explain(issue, schema, at));
    const inside = stepsOf(one).slice(0, -1);
    const names = together.map((issue) => String(stepsOf(issue).at(-1)));
    return [messages.missingFields(at(inside), inside, names)];
  });
  return [...absent, ...others.flatMap((issue) => explain(issue, schema, at))];
}

/** A schema's issue as problems; an unknown key is one problem each. */
function explain(issue: z.core.$ZodIssue, schema: z.ZodType, at: Located<unknown>["at"]): Problem[] {
  const path = stepsOf(issue);
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) =>
      messages.unknownField(at([...path, key], "key"), key, path, fieldsAt(schema, path)),
    );
  if (issue.code === "invalid_union" && issue.errors.length > 0) {
    const [fewest = [], next] = issue.errors.toReversed().sort((a, b) => a.length - b.length);
    const inner = fewest[0];
    // Where two ways are equally near, the schema's own words for the choice say it better, if it has any.
    const undecided = fewest.length === next?.length && issue.message !== "Invalid input";
    if (inner && inner.path.length > 0 && !undecided)
      return explain({ ...inner, path: [...issue.path, ...inner.path] }, schema, at);
  }
  return [messages.badShape(at(path, issue.code === "invalid_key" ? "key" : "value"), path, issue)];
}

/** The fields of the object that a schema wants at a path, for "did you mean". */
function fieldsAt(schema: unknown, path: Path): string[] {
  const { def } = schema as { readonly def: z.core.$ZodTypeDef & Record<string, unknown> };
  const inner = def.innerType ?? def.in;
  if (inner !== undefined) return fieldsAt(inner, path);
  const [step, ...rest] = path;
  if (def.type === "object") {
    const shape = def.shape as Record<string, unknown>;
    if (step === undefined) return Object.keys(shape);
    const field = shape[String(step)];
    return field === undefined ? [] : fieldsAt(field, rest);
  }
  const item = def.type === "record" ? def.valueType : def.type === "array" ? def.element : undefined;
  return item !== undefined && step !== undefined ? fieldsAt(item, rest) : [];
}
