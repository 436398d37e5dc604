/** Values: what an expression in a template stands for, none of them an object of the language it runs in. */
import type { Figure } from "../evidence/figure.ts";
import type { Inline } from "../model/document.ts";

/** Something of the store: as an argument it is its key, on the page its nodes. */
export interface Word {
  readonly kind: "word";
  readonly key: string;
  readonly nodes: readonly Inline[];
  /** What `{{{…}}}` prints instead, for the library's own words. */
  readonly markdown?: string;
}

/** What `this` is inside a loop: fields by name. */
export interface Item {
  readonly kind: "item";
  readonly fields: ReadonlyMap<string, Field>;
  /** Arguments that loops inside take from here, e.g. `subject`. */
  readonly defaults: Readonly<Record<string, string>>;
}

/** Plain strings, numbers and booleans are typed by the template's author; whatever comes from the store is a word. */
export type Value = undefined | string | number | boolean | Word | Item | readonly Value[];

/** A value, or how to work it out: a template asks for few of the fields that there are, and to count for none. */
export type Field = Value | (() => Value);

/** The field of that name, worked out if it was not yet. */
export function fieldIn(fields: ReadonlyMap<string, Field>, name: string): Value {
  const field = fields.get(name);
  return typeof field === "function" ? field() : field;
}

export function isItem(value: Value): value is Item {
  return typeof value === "object" && "kind" in value && value.kind === "item";
}

export function isWord(value: Value): value is Word {
  return typeof value === "object" && "kind" in value && value.kind === "word";
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function word(key: string, ...nodes: Inline[]): Word {
  return { kind: "word", key, nodes };
}

/** A name of the store, printed as it is. */
export function named(key: string, text: string = key): Word {
  return word(key, { type: "name", text: fold(text) });
}

export function item(
  fields: Readonly<Record<string, Field>>,
  defaults: Readonly<Record<string, string>> = {},
): Item {
  return { kind: "item", fields: new Map(Object.entries(fields)), defaults };
}

/** Worked out at most once. */
export function once(work: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: work() };
    return made.value;
  };
}

/** A text that a helper of the workspace made; on the page it is text like any that is typed. */
export function made(text: string): Word {
  return word(text, { type: "text", value: fold(text) });
}

export function isMade(value: Value): boolean {
  return isWord(value) && value.nodes.some(({ type }) => type === "text");
}

/** What a value is as an argument; `undefined` where it has no such form. */
export function keyOf(value: Value): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return isWord(value) ? value.key : undefined;
}

/** The figure that a word prints, when it is one. */
export function figureOf(value: Value): Figure | undefined {
  const [node, more] = isWord(value) ? value.nodes : [];
  return node?.type === "figure" && more === undefined ? node.figure : undefined;
}

/** As `{{#if}}` sees it: nothing, false, zero (a count, too), an empty string and an empty list do not hold. */
export function holds(value: Value): boolean {
  if (isWord(value)) return value.key !== "0";
  return isList(value) ? value.length > 0 : Boolean(value);
}

/** What a value prints. */
export function nodesOf(value: Value): readonly Inline[] {
  if (value === undefined) return [];
  if (isList(value))
    return value.flatMap((entry, index) => [...(index > 0 ? [comma] : []), ...nodesOf(entry)]);
  if (isWord(value)) return value.nodes;
  if (isItem(value)) return [];
  return [{ type: "text", value: fold(String(value)) }];
}

/** What a value prints where a query is written: keys of the store, and words as they are. */
export function keyNodes(value: Value): readonly Inline[] {
  return isWord(value) && !isMade(value) ? [{ type: "name", text: value.key }] : nodesOf(value);
}

const comma: Inline = { type: "text", value: ", " };

/** White space of any length, line breaks among it, as one space. */
export function fold(text: string): string {
  return text.replace(/\s+/g, " ");
}
