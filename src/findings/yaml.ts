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
import { didYouMean, type Outcome, type Place, type Problem } from "../problem.ts";
import { clean } from "./clean.ts";
import { jsonFault } from "./json.ts";
import * as messages from "./messages.ts";

export type Path = readonly (string | number)[];

/** A file that was parsed: its value, and where in the file each part of it stands. */
export interface Located<T> {
  readonly value: T;
  /** The place of the value at a path, or of the nearest thing around it that exists. */
  readonly at: (path: Path) => Place;
}

/** 32 MiB holds some 100,000 figures. */
const longest = 32 * 1024 * 1024;
/** Aliases may stand for at most this many nodes each: a bomb of nested aliases is refused. */
const mostAliases = 50;
/** Brackets and indentation deeper than this are no data of ours. */
const deepest = 40;

/** Parses a file and checks it against a schema; every problem is located. A file named `.json` is read strictly. */
export function parseFile<T>(file: string, text: string, schema: z.ZodType<T>): Outcome<Located<T>> {
  if (text.length > longest) return failed(messages.fileTooLong(file, text.length, longest));
  const plain = text.replace(/^\uFEFF/, "");
  const parsed = file.endsWith(".json") ? parseJson(file, plain) : parseYaml(file, plain);
  if (!parsed.value) return { value: undefined, problems: parsed.problems };
  const { read, restoreNumbers, at, keys } = parsed.value;
  const value = read();
  if (value === null) return failed(messages.emptyFile({ file, line: 1, column: 1 }, schema.def.type));
  const asText = schema.safeParse(value, { reportInput: true });
  // Where the schema refuses the text of a number, it may want the number itself.
  const checked =
    !asText.success && restoreNumbers(pathsOf(asText.error.issues))
      ? schema.safeParse(read(), { reportInput: true })
      : asText;
  if (checked.success) return { value: { value: checked.data, at }, problems: [] };
  return {
    value: undefined,
    problems: checked.error.issues.flatMap((issue) => explain(issue, schema, at, keys)),
  };
}

/** Checks a part of a file that was parsed; `at` tells where a path within the part stands. */
export function checkShape<T>(value: unknown, schema: z.ZodType<T>, at: (path: Path) => Place): Outcome<T> {
  const checked = schema.safeParse(value, { reportInput: true });
  if (checked.success) return { value: checked.data, problems: [] };
  const keys = (path: Path, key: string): Place => at([...path, key]);
  const problems = checked.error.issues.flatMap((issue) => explain(issue, schema, at, keys));
  return { value: undefined, problems };
}

interface Parsed extends Pick<Located<unknown>, "at"> {
  /** The value as plain data, in which numbers that would lose their written form are texts. */
  readonly read: () => unknown;
  /** Makes such texts numbers again; whether any stands at the paths. */
  readonly restoreNumbers: (paths: readonly Path[]) => boolean;
  /** The place of a key itself. */
  readonly keys: (path: Path, key: string) => Place;
}

function parseJson(file: string, text: string): Outcome<Parsed> {
  const fault = text.trim() === "" ? undefined : jsonFault(text);
  // All JSON is YAML, and the YAML parser knows where everything stands.
  if (!fault) return parseYaml(file, text);
  const before = text.slice(0, fault.offset).split("\n");
  const where = { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  const found = /^\S{1,20}/.exec(text.slice(fault.offset))?.[0];
  return failed(messages.brokenJson(where, found ?? "the end of the file", fault.expected));
}

function parseYaml(file: string, text: string): Outcome<Parsed> {
  const lines = new LineCounter();
  let doc: Document.Parsed;
  let numbers: ReadonlyMap<Node, number>;
  const read = (): unknown => clean(doc.toJS({ maxAliasCount: mostAliases }), deepest);
  try {
    doc = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true, strict: true });
    if (doc.errors.some(({ code }) => code === "RESOURCE_EXHAUSTION"))
      return failed(messages.yamlTooDeep(file, deepest));
    const problems = [...doc.errors, ...doc.warnings].map((fault) => {
      const { line, col } = lines.linePos(fault.pos[0]);
      const where = { file, line, column: col };
      return file.endsWith(".json")
        ? messages.brokenJson(where, fault.message, "JSON in which each key stands once")
        : messages.brokenYaml(where, fault.message);
    });
    if (problems.length > 0) return { value: undefined, problems };
    numbers = keepWrittenNumbers(doc);
    read();
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
  const at = (path: Path): Place => place(nodeAt(doc, path));
  const keys = (path: Path, key: string): Place => {
    const map = nodeAt(doc, path);
    const pair = isMap(map)
      ? map.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === key)
      : undefined;
    return pair && isNode(pair.key) ? place(pair.key) : at(path);
  };
  const restoreNumbers = (paths: readonly Path[]): boolean => {
    const texts = paths.flatMap((path) => {
      const node = nodeAt(doc, path);
      const scalar = isAlias(node) ? node.resolve(doc) : node;
      return isScalar(scalar) && typeof scalar.value === "string" && numbers.has(scalar) ? [scalar] : [];
    });
    for (const scalar of texts) scalar.value = numbers.get(scalar);
    return texts.length > 0;
  };
  return { value: { read, restoreNumbers, at, keys }, problems: [] };
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

/** A schema's issue as problems; an unknown key is one problem each. */
function explain(
  issue: z.core.$ZodIssue,
  schema: z.ZodType,
  at: Located<unknown>["at"],
  keys: Parsed["keys"],
): Problem[] {
  const path = stepsOf(issue);
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) =>
      messages.unknownField(keys(path, key), key, path, didYouMean(key, fieldsAt(schema, path))),
    );
  if (issue.code === "invalid_union" && issue.errors.length > 0) {
    const nearest = [...issue.errors].sort((a, b) => b.length - a.length).at(-1) ?? [];
    const inner = nearest[0];
    if (inner && inner.path.length > 0)
      return explain({ ...inner, path: [...issue.path, ...inner.path] }, schema, at, keys);
  }
  return [messages.badShape(at(path), path, issue)];
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
