/** YAML and JSON files: parsed with places, cleaned, bounded, checked against a schema. The only file that imports `yaml`. */
import {
  type Document,
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

/** Parses a file and checks it against a schema; every problem is located. */
export function parseFile<T>(file: string, text: string, schema: z.ZodType<T>): Outcome<Located<T>> {
  const parsed = parseYaml(file, text);
  if (!parsed.value) return { value: undefined, problems: parsed.problems };
  const { value, at, keys } = parsed.value;
  const checked = schema.safeParse(value, { reportInput: true });
  if (checked.success) return { value: { value: checked.data, at }, problems: parsed.problems };
  return {
    value: undefined,
    problems: [
      ...parsed.problems,
      ...checked.error.issues.flatMap((issue) => explain(issue, schema, at, keys)),
    ],
  };
}

interface Parsed extends Located<unknown> {
  /** The place of a key itself. */
  readonly keys: (path: Path, key: string) => Place;
}

function parseYaml(file: string, text: string): Outcome<Parsed> {
  if (text.length > longest)
    return { value: undefined, problems: [messages.fileTooLong(file, text.length, longest)] };
  const lines = new LineCounter();
  let doc: Document.Parsed;
  let value: unknown;
  try {
    doc = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true, strict: true });
    const problems = [...doc.errors, ...doc.warnings].map((fault) => {
      const { line, col } = lines.linePos(fault.pos[0]);
      return messages.brokenYaml({ file, line, column: col }, fault.message);
    });
    if (problems.length > 0) return { value: undefined, problems };
    keepWrittenNumbers(doc);
    value = clean(doc.toJS({ maxAliasCount: mostAliases }), deepest);
  } catch (fault) {
    // The parser throws for alias bombs (ReferenceError) and exhausts the stack on bottomless nesting (RangeError).
    if (fault instanceof ReferenceError || fault instanceof RangeError)
      return { value: undefined, problems: [messages.yamlTooDeep(file, deepest)] };
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
  return { value: { value, at, keys }, problems: [] };
}

/** `0.30` and `1e3` are meant as they are written wherever a text is expected. */
function keepWrittenNumbers(doc: Document.Parsed): void {
  visit(doc, {
    Scalar(_, node) {
      if (typeof node.value === "number" && node.source !== undefined && String(node.value) !== node.source)
        node.value = node.source;
    },
  });
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
  const path = issue.path.filter((step): step is string | number => typeof step !== "symbol");
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
  return def.type === "array" && step !== undefined ? fieldsAt(def.element, rest) : [];
}
