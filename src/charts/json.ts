/** JSON with places: reads a text of bounded size and depth and remembers where each key and element stands. */
import type { Outcome, Place } from "../problem.ts";
import * as messages from "./messages.ts";

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Steps from the root to a value: keys and indices. */
export type Path = readonly (string | number)[];

export interface LocatedJson {
  readonly value: Json;
  /** Where a key (or an element of an array) stands; the nearest known ancestor when it does not exist. */
  readonly at: (path: Path) => Place;
}

const maxBytes = 256 * 1024;
const maxDepth = 40;

const tokens = {
  space: /[ \t\r\n]*/y,
  string: /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y,
  number: /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y,
  word: /true|false|null/y,
};

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** Reads at most 256 KiB, nested at most 40 deep. A key that stands twice is an error. */
export function readJson(file: string, text: string): Outcome<LocatedJson> {
  if (Buffer.byteLength(text) > maxBytes)
    return { value: undefined, problems: [messages.fileTooLarge({ file }, maxBytes)] };
  const places = new Map<string, number>();
  try {
    const value = new Reader(text, places).read();
    const at = (path: Path): Place => {
      for (let length = path.length; length > 0; length--) {
        const offset = places.get(pointer(path.slice(0, length)));
        if (offset !== undefined) return place(file, text, offset);
      }
      return place(file, text, 0);
    };
    return { value: { value, at }, problems: [] };
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown;
    const problem = messages.notJson(place(file, text, thrown.offset), thrown.message, thrown.expected);
    return { value: undefined, problems: [problem] };
  }
}

/** Every object, list and leaf below `value`, parents first, with its path. */
export function* walk(
  value: Json,
  path: Path = [],
): Generator<{ readonly value: Json; readonly path: Path }> {
  yield { value, path };
  if (isList(value)) for (const [index, item] of value.entries()) yield* walk(item, [...path, index]);
  else if (isObject(value))
    for (const [key, item] of Object.entries(value)) yield* walk(item, [...path, key]);
}

/** A copy in which every value, children first, is what `change` makes of it. */
export function rewrite(value: Json, change: (value: Json, path: Path) => Json, path: Path = []): Json {
  if (isList(value))
    return change(
      value.map((item, index) => rewrite(item, change, [...path, index])),
      path,
    );
  if (!isObject(value)) return change(value, path);
  const entries = Object.entries(value).map(
    ([key, item]) => [key, rewrite(item, change, [...path, key])] as const,
  );
  return change(Object.fromEntries(entries), path);
}

function pointer(path: Path): string {
  return path.map((step) => String(step).replaceAll("~", "~0").replaceAll("/", "~1")).join("/");
}

function place(file: string, text: string, offset: number): Place {
  const before = text.slice(0, offset);
  const start = before.lastIndexOf("\n") + 1;
  return { file, line: before.split("\n").length, column: offset - start + 1 };
}

class Fault extends Error {
  readonly offset: number;
  readonly expected: string;
  constructor(offset: number, found: string, expected: string) {
    super(found);
    this.offset = offset;
    this.expected = expected;
  }
}

/** Recursive descent over one text. */
class Reader {
  private readonly text: string;
  private readonly places: Map<string, number>;
  private offset = 0;

  constructor(text: string, places: Map<string, number>) {
    this.text = text;
    this.places = places;
  }

  read(): Json {
    if (this.text.startsWith("\ufeff")) this.offset = 1;
    const value = this.value([]);
    this.take("space");
    if (this.offset < this.text.length) this.fail("the end of the file");
    return value;
  }

  private value(path: Path): Json {
    if (path.length > maxDepth)
      throw new Fault(this.offset, `more than ${maxDepth} levels`, "a flatter chart");
    this.take("space");
    switch (this.text[this.offset]) {
      case "{":
        return this.object(path);
      case "[":
        return this.list(path);
      case '"':
        return this.string();
    }
    const literal = this.take("number") || this.take("word");
    return literal === "" ? this.fail("a value") : (JSON.parse(literal) as Json);
  }

  private object(path: Path): JsonObject {
    const entries = new Map<string, Json>();
    this.each("}", () => {
      const start = this.offset;
      const key = this.string();
      if (entries.has(key)) throw new Fault(start, `the key \`${key}\` a second time`, "each key once");
      if (key === "__proto__") throw new Fault(start, "the key `__proto__`", "another key");
      this.places.set(pointer([...path, key]), start);
      this.take("space");
      this.expect(":");
      entries.set(key, this.value([...path, key]));
    });
    return Object.fromEntries(entries);
  }

  private list(path: Path): readonly Json[] {
    const items: Json[] = [];
    this.each("]", () => {
      this.places.set(pointer([...path, items.length]), this.offset);
      items.push(this.value([...path, items.length]));
    });
    return items;
  }

  /** The members between an opening bracket and `close`, comma after comma. */
  private each(close: string, member: () => void): void {
    this.offset++;
    this.take("space");
    if (this.text[this.offset] === close) {
      this.offset++;
      return;
    }
    for (;;) {
      this.take("space");
      member();
      this.take("space");
      if (this.text[this.offset] === close) break;
      if (this.text[this.offset] !== ",") this.fail(`\`,\` or \`${close}\``);
      this.offset++;
    }
    this.offset++;
  }

  private string(): string {
    const token = this.take("string");
    return token === "" ? this.fail("a string in double quotes") : (JSON.parse(token) as string);
  }

  private expect(character: string): void {
    if (this.text[this.offset] !== character) this.fail(`\`${character}\``);
    this.offset++;
  }

  private take(kind: keyof typeof tokens): string {
    const token = tokens[kind];
    token.lastIndex = this.offset;
    const [found = ""] = token.exec(this.text) ?? [];
    this.offset += found.length;
    return found;
  }

  private fail(expected: string): never {
    const [found] = this.text.slice(this.offset, this.offset + 20).split(/\s/);
    throw new Fault(this.offset, found ? `\`${found}\`` : "the end of the line", expected);
  }
}
