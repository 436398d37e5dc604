/** Keys: the chapters on files of keys and values, from the schemas by which they are checked. */
import { mostRows, rowMeanings } from "../charts/dataset.ts";
import { mostBytes } from "../charts/json.ts";
import type { Theme } from "../model/theme.ts";
import { type JsonSchema, printedSchemas } from "../schemas.ts";
import { limitMeanings, limits } from "../templates/limits.ts";
import { code, table } from "./markdown.ts";

interface Key {
  /** As a path, e.g. `colours.ink`. */
  readonly key: string;
  readonly takes: string;
  readonly says: string;
  readonly isNeeded: boolean;
}

/** The keys of one of the schemas, those within a key by their paths; of a list, or of names, those of an entry. */
function keysOf(name: string): Key[] {
  const found = printedSchemas.find((one) => one.name === name)?.schema ?? {};
  const entry = part(found, "items") ?? part(found, "additionalProperties") ?? found;
  return keysIn(entry, "");
}

/** The keys of a whole theme and those that a theme may have besides. */
export function themeKeys(): Key[] {
  const theme = printedSchemas.find(({ name }) => name === "theme")?.schema ?? {};
  const ofDifferences = keysIn(part(theme, "then") ?? {}, "").filter(({ key }) => key === "extends");
  return [...ofDifferences, ...keysIn(part(theme, "else") ?? {}, "")];
}

function keysIn(schema: JsonSchema, path: string): Key[] {
  const needed = list(schema.required);
  return Object.entries(part(schema, "properties") ?? {}).flatMap(([name, value]): Key[] => {
    const inner = isObject(value) ? value : {};
    const key = `${path}${name}`;
    const values = part(inner, "additionalProperties");
    const within = values ? keysIn(values, `${key}.….`) : keysIn(inner, `${key}.`);
    const says = typeof inner.description === "string" ? inner.description : "";
    return [{ key, takes: takes(inner), says, isNeeded: needed.includes(name) }, ...within];
  });
}

/** What a value may be, in words. */
function takes(schema: JsonSchema): string {
  if ("const" in schema) return code(String(schema.const));
  if (Array.isArray(schema.enum)) return schema.enum.map((value) => code(String(value))).join(", ");
  if (Array.isArray(schema.anyOf)) return anyOf(schema.anyOf.filter(isObject));
  switch (schema.type) {
    case "array":
      return `a list of ${takes(part(schema, "items") ?? {}).replace(/^a text$/, "texts")}`;
    case "boolean":
      return "true or false";
    case "integer":
      return `a whole number${range(schema)}`;
    case "number":
      return `a number${range(schema)}`;
    case "object":
      return part(schema, "additionalProperties") ? "keys of your own" : "keys";
    default:
      return schema.format === "date" ? "a day, e.g. 2025-06-03" : "a text";
  }
}

/** One or several, and one for all languages or one for each: these are the choices there are. */
function anyOf(choices: readonly JsonSchema[]): string {
  const languages = choices.find((one) => part(one, "properties")?.en !== undefined);
  const [first, ...others] = [...new Set(choices.filter((one) => one !== languages).map(takes))];
  const several = choices.some(
    ({ type, items }) => type === "array" && isObject(items) && takes(items) === first,
  );
  const rest = others.filter((other) => !first?.split(", ").includes(other));
  const known = several ? `${first}, or a list of such` : [first, ...rest].join(" or ");
  return languages ? `${known}; or ${code("{ en: …, zh: … }")}` : known;
}

function range({ minimum, maximum }: JsonSchema): string {
  const isWhole = (value: unknown): value is number => typeof value === "number" && Math.abs(value) < 1e9;
  if (isWhole(minimum) && isWhole(maximum)) return ` from ${minimum} to ${maximum}`;
  return isWhole(minimum) ? ` from ${minimum}` : isWhole(maximum) ? ` up to ${maximum}` : "";
}

/** A table of the keys of a schema. */
export function keyTable(name: string): string {
  return table(
    ["key", "takes", "what it is"],
    keysOf(name).map(({ key, takes, says, isNeeded }) => [
      code(key),
      takes,
      isNeeded && !key.includes(".") ? `${says} Needed.` : says,
    ]),
  );
}

/** A table of the keys of a theme, with what the given one has there. */
export function themeTable(shipped: Theme): string {
  return table(
    ["key", "takes", "what it is", "in the shipped theme"],
    themeKeys().map(({ key, takes, says }) => [code(key), takes, says, valueAt(shipped, key)]),
  );
}

function valueAt(theme: Theme, key: string): string {
  const value = key.split(".").reduce<unknown>((at, step) => (isObject(at) ? at[step] : undefined), theme);
  if (value === "") return "empty";
  return typeof value === "string" || typeof value === "number" ? code(String(value)) : "";
}

/** The fields of the rows that a chart gets. */
export function rowTable(): string {
  return table(
    ["field", "what it is"],
    Object.entries(rowMeanings).map(([field, says]) => [code(field), says]),
  );
}

/** The bounds of templates. */
export function limitTable(): string {
  return table(
    ["at most", "of"],
    [
      ...Object.entries(limitMeanings).map(
        ([name, says]) => [limits[name as keyof typeof limits], says] as const,
      ),
      [mostRows, "rows of a chart"] as const,
      [mostBytes, "bytes of a chart's file"] as const,
    ].map(([most, says]) => [most.toLocaleString("en-US"), says]),
  );
}

function part(schema: JsonSchema, key: string): JsonSchema | undefined {
  const value = schema[key];
  return isObject(value) ? value : undefined;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isObject(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
