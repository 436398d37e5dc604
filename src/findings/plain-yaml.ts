/**
 * Plain YAML: the part of the language that data is nearly always written in, JSON included, read in one go. Whatever lies
 * outside it, mistakes among it, is left to the parser of the whole language, which takes ten times as long.
 */

import type { Place } from "../problem.ts";
import { cleanText } from "./clean.ts";

type Path = readonly (string | number)[];

/** Each with the offset at which it begins. */
type Node = Scalar | List | Fields;

interface Scalar {
  readonly kind: "scalar";
  readonly start: number;
  value: string | number | boolean | null;
  /** Of a text such as `0.30` or `1e3`: the number that it may be meant as. */
  readonly number?: number;
}

interface List {
  readonly kind: "list";
  readonly start: number;
  readonly items: readonly Node[];
}

interface Fields {
  readonly kind: "fields";
  readonly start: number;
  readonly fields: ReadonlyMap<string, { readonly key: number; readonly value: Node }>;
}

/** A text that was read as plain YAML. */
export interface PlainYaml {
  /** The value as plain data, its texts cleaned; numbers that would lose their written form are texts. */
  readonly value: unknown;
  /** The value once more, with the numbers for such texts at the paths; nothing where none stands at any. */
  readonly withNumbers: (paths: readonly Path[]) => unknown;
  /** Where the value at a path, the nearest thing around it, or its key begins. */
  readonly at: (path: Path, part?: "value" | "key") => Place;
}

/**
 * Reads a text of block and flow collections, of scalars on one line, and of comments.
 * @returns nothing for everything else: documents, tags, anchors, block scalars, empty values, and what is no YAML
 */
export function readPlainYaml(file: string, text: string): PlainYaml | undefined {
  const root = new Reader(text).document();
  if (!root) return undefined;
  const placeAt = placesIn(file, text);
  return {
    value: dataOf(root),
    withNumbers: (paths) => {
      const texts = paths.flatMap((path): Scalar[] => {
        const node = nodeAt(root, path);
        return node.kind === "scalar" && node.number !== undefined && node.value !== node.number
          ? [node]
          : [];
      });
      for (const scalar of texts) if (scalar.number !== undefined) scalar.value = scalar.number;
      return texts.length > 0 ? dataOf(root) : undefined;
    },
    at: (path, part) => {
      const around = part === "key" ? nodeAt(root, path.slice(0, -1)) : undefined;
      const field = around?.kind === "fields" ? around.fields.get(path.at(-1) as string) : undefined;
      return placeAt(field?.key ?? nodeAt(root, path).start);
    },
  };
}

function dataOf(node: Node): unknown {
  switch (node.kind) {
    case "scalar":
      return typeof node.value === "string" ? cleanText(node.value) : node.value;
    case "list":
      return node.items.map(dataOf);
    case "fields":
      return Object.fromEntries([...node.fields].map(([key, { value }]) => [cleanText(key), dataOf(value)]));
  }
}

/** What stands at a path, or the nearest thing around it. */
function nodeAt(root: Node, path: Path): Node {
  let node = root;
  for (const step of path) {
    const next = stepInto(node, step);
    if (!next) return node;
    node = next;
  }
  return node;
}

function stepInto(node: Node, step: string | number): Node | undefined {
  if (node.kind === "list") return step === "" ? undefined : node.items[Number(step)];
  return node.kind === "fields" ? node.fields.get(step as string)?.value : undefined;
}

/** Lines are looked for when a first place is asked for. */
function placesIn(file: string, text: string): (offset: number) => Place {
  let starts: number[] | undefined;
  return (offset) => {
    starts ??= [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)];
    let [line, after] = [0, starts.length];
    while (after - line > 1) {
      const middle = (line + after) >> 1;
      if ((starts[middle] ?? 0) <= offset) line = middle;
      else after = middle;
    }
    return { file, line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
  };
}

/** Thrown where a text leaves the part of YAML that is read here. */
const notPlain = Symbol("not plain");

/** Tabs and other controls, line ends of other kinds, and marks of documents. */
const foreign = /[\0-\x09\x0B\x0C\x0E-\x1F\x7F-\x9F\u2028\u2029\uFEFF]|\r(?!\n)|^(?:---|\.\.\.)/m;
/** Signs that begin no plain scalar; a hyphen does where something follows it. */
const indicators = "-?:,[]{}#&*!|>'\"%@`";
const flowIndicators = ",[]{}";
/** Where a plain scalar may end. */
const endsInBlock = /[:#\r\n]/g;
const endsInFlow = /[:#\r\n,[\]{}]/g;
const doubleQuoted = /"(?:[^"\\\r\n]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const singleQuoted = /'(?:[^'\r\n]|'')*'/y;
const lineEnd = / *(?: #[^\n]*)?(?:\r?\n|$)/y;
const emptyLine = / *(?:#[^\n]*)?(?:\r?\n|$)/y;
const spaces = / */y;
const gap = /[ \r\n]*/y;
/** Collections within each other; deeper ones are looked at elsewhere. */
const deepest = 30;
/** Signs of a key; YAML allows some more. */
const longestKey = 500;

/** Columns count from zero. */
class Reader {
  readonly #text: string;
  #at = 0;
  /** Column of what is read next where that begins a line or an item of a list; -1 at the end. */
  #column = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): Node | undefined {
    if (foreign.test(this.#text)) return undefined;
    try {
      this.#nextLine();
      if (this.#column !== 0) return undefined;
      const root = this.#block(0, 0);
      return this.#isOver() && root.kind !== "scalar" ? root : undefined;
    } catch (thrown) {
      if (thrown !== notPlain) throw thrown;
      return undefined;
    }
  }

  /** @param least column that all lines of a flow collection must have at least */
  #block(least: number, depth: number): Node {
    if (depth > deepest) throw notPlain;
    if (this.#isItem()) return this.#list(this.#column, depth);
    const start = this.#at;
    if (!this.#isOpen()) {
      this.#scalar(endsInBlock);
      const isKey = this.#sign() === ":";
      this.#at = start;
      if (isKey) return this.#fields(this.#column, depth);
    }
    return this.#inLine(least, depth);
  }

  #list(column: number, depth: number): List {
    const start = this.#at;
    const items: Node[] = [];
    while (this.#column === column && this.#isItem()) {
      const hyphen = this.#at++;
      if (this.#isLineOver()) {
        if (this.#column <= column) throw notPlain;
      } else {
        this.#skip(spaces);
        this.#column = column + this.#at - hyphen;
      }
      items.push(this.#block(column + 1, depth + 1));
    }
    if (this.#column > column) throw notPlain;
    return { kind: "list", start, items };
  }

  #fields(column: number, depth: number): Fields {
    const start = this.#at;
    const fields: Map<string, { key: number; value: Node }> = new Map();
    while (this.#column === column) {
      const key = this.#at;
      const name = this.#key(fields, endsInBlock);
      if (!isSpace(this.#sign())) throw notPlain;
      fields.set(name, { key, value: this.#fieldValue(column, depth + 1) });
    }
    if (this.#column > column) throw notPlain;
    return { kind: "fields", start, fields };
  }

  #fieldValue(column: number, depth: number): Node {
    if (!this.#isLineOver()) {
      this.#skip(spaces);
      return this.#inLine(column + 1, depth);
    }
    if (this.#column > column) return this.#block(column + 1, depth);
    // The hyphens of a list may stand right below the key.
    if (this.#column === column && this.#isItem()) return this.#list(column, depth);
    throw notPlain;
  }

  /** A scalar or flow collection with nothing but a comment behind it. */
  #inLine(least: number, depth: number): Node {
    const node = this.#isOpen() ? this.#flow(least, depth) : this.#scalar(endsInBlock);
    if (!this.#isLineOver()) throw notPlain;
    return node;
  }

  #flow(least: number, depth: number): Node {
    if (depth > deepest) throw notPlain;
    const start = this.#at++;
    const isList = this.#text[start] === "[";
    const items: Node[] = [];
    const fields: Map<string, { key: number; value: Node }> = new Map();
    const value = (): Node => (this.#isOpen() ? this.#flow(least, depth + 1) : this.#scalar(endsInFlow));
    for (this.#gap(least); this.#sign() !== (isList ? "]" : "}"); this.#gap(least)) {
      if (isList) items.push(value());
      else {
        const key = this.#at;
        const name = this.#key(fields, endsInFlow);
        this.#gap(least);
        fields.set(name, { key, value: value() });
      }
      this.#gap(least);
      if (this.#sign() === ",") this.#at++;
      else if (this.#sign() !== (isList ? "]" : "}")) throw notPlain;
    }
    this.#at++;
    return isList ? { kind: "list", start, items } : { kind: "fields", start, fields };
  }

  /** A key that does not stand among the fields yet, with its colon. */
  #key(fields: ReadonlyMap<string, unknown>, ends: RegExp): string {
    const isQuoted = this.#sign() === '"' || this.#sign() === "'";
    const { value, number } = this.#scalar(ends);
    if (ends === endsInFlow) this.#skip(spaces);
    if (this.#sign() !== ":" || typeof value !== "string" || number !== undefined) throw notPlain;
    if (value === "<<" || value.length > longestKey || fields.has(value)) throw notPlain;
    this.#at++;
    if (!isQuoted && !isSpace(this.#sign())) throw notPlain;
    return value;
  }

  #scalar(ends: RegExp): Scalar {
    const start = this.#at;
    const sign = this.#sign();
    if (sign === '"') {
      const quoted = this.#match(doubleQuoted);
      const value = quoted.includes("\\") ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);
      return { kind: "scalar", start, value };
    }
    if (sign === "'")
      return { kind: "scalar", start, value: this.#match(singleQuoted).slice(1, -1).replaceAll("''", "'") };
    const next = this.#text[start + 1];
    const isHyphen = sign === "-" && !isSpace(next) && !flowIndicators.includes(next ?? "");
    if (isSpace(sign) || (indicators.includes(sign ?? "") && !isHyphen)) throw notPlain;
    this.#at = this.#plainEnd(ends);
    return { kind: "scalar", start, ...meaningOf(this.#text.slice(start, this.#at)) };
  }

  /** Behind the last sign of a plain scalar. */
  #plainEnd(ends: RegExp): number {
    const text = this.#text;
    ends.lastIndex = this.#at;
    for (let end = ends.exec(text); ; end = ends.exec(text)) {
      const [sign] = end ?? [];
      const at = end?.index ?? text.length;
      if (sign === "#" && text[at - 1] !== " ") continue;
      if (sign === ":" && !isSpace(text[at + 1])) {
        if (ends === endsInFlow && flowIndicators.includes(text[at + 1] ?? "")) throw notPlain;
        continue;
      }
      let last = at;
      while (text[last - 1] === " ") last--;
      return last;
    }
  }

  /** Whether nothing but a comment follows on the line; if so, goes on to the next one that has more. */
  #isLineOver(): boolean {
    lineEnd.lastIndex = this.#at;
    if (!lineEnd.test(this.#text)) return false;
    this.#at = lineEnd.lastIndex;
    this.#nextLine();
    return true;
  }

  #nextLine(): void {
    emptyLine.lastIndex = this.#at;
    while (emptyLine.lastIndex < this.#text.length && emptyLine.test(this.#text))
      this.#at = emptyLine.lastIndex;
    const start = this.#at;
    this.#skip(spaces);
    this.#column = this.#isOver() ? -1 : this.#at - start;
  }

  /** Goes over spaces and line ends. */
  #gap(least: number): void {
    const start = this.#at;
    this.#skip(gap);
    const line = this.#text.lastIndexOf("\n", this.#at - 1) + 1;
    if (line > start && this.#at - line < least) throw notPlain;
  }

  #skip(form: RegExp): void {
    form.lastIndex = this.#at;
    form.test(this.#text);
    this.#at = form.lastIndex;
  }

  #match(form: RegExp): string {
    form.lastIndex = this.#at;
    const [found] = form.exec(this.#text) ?? [];
    if (found === undefined) throw notPlain;
    this.#at += found.length;
    return found;
  }

  #sign(): string | undefined {
    return this.#text[this.#at];
  }

  #isOver(): boolean {
    return this.#at === this.#text.length;
  }

  #isItem(): boolean {
    return this.#sign() === "-" && isSpace(this.#text[this.#at + 1]);
  }

  #isOpen(): boolean {
    return this.#sign() === "{" || this.#sign() === "[";
  }
}

/** The end of the text, too. */
function isSpace(sign: string | undefined): boolean {
  return sign === undefined || sign === " " || sign === "\n" || sign === "\r";
}

const words: ReadonlyMap<string, boolean | null> = new Map([
  ...["~", "null", "Null", "NULL"].map((word) => [word, null] as const),
  ...["true", "True", "TRUE"].map((word) => [word, true] as const),
  ...["false", "False", "FALSE"].map((word) => [word, false] as const),
]);
const integer = /^[-+]?\d+$/;
const decimal = /^[-+]?(?:\.\d+|\d+\.\d*|(?:\.\d+|\d+(?:\.\d*)?)[eE][-+]?\d+)$/;
const otherNumber = /^(?:0x[\da-fA-F]+|0o[0-7]+|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

/** What a plain scalar means. Numbers that are written in another way than ours stay texts at first. */
function meaningOf(written: string): Pick<Scalar, "value" | "number"> {
  const word = words.get(written);
  if (word !== undefined) return { value: word };
  if (!/^[-+.\d]/.test(written)) return { value: written };
  if (otherNumber.test(written)) throw notPlain;
  const number = integer.test(written)
    ? Number.parseInt(written, 10)
    : decimal.test(written)
      ? Number.parseFloat(written)
      : undefined;
  if (number === undefined) return { value: written };
  return String(number) === written ? { value: number } : { value: written, number };
}
