/** A chart's file as plain JSON, cleaned, of bounded size, and the ways to go through it. */
import { z } from "zod";
import { clean } from "../findings/clean.ts";
import { type Path, parseFile } from "../findings/yaml.ts";
import type { Outcome, Place } from "../problem.ts";
import * as messages from "./messages.ts";

export type { Path } from "../findings/yaml.ts";

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

export interface LocatedJson {
  readonly value: JsonObject;
  /** Where a value, or its key, stands; the nearest thing around it when there is none. */
  readonly at: (path: Path, part?: "value" | "key") => Place;
}

/** Bytes of a chart's file. */
export const mostBytes = 256 * 1024;
const maxDepth = 40;

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** Reads an object of at most 256 KiB, nested at most 40 deep. A key that stands twice is an error; texts are cleaned. */
export function readJson(file: string, text: string): Outcome<LocatedJson> {
  if (Buffer.byteLength(text) > mostBytes)
    return { value: undefined, problems: [messages.fileTooLarge({ file }, mostBytes)] };
  const located = parseFile(file, text, z.looseObject({}));
  if (!located.value) return { value: undefined, problems: located.problems };
  // The data's parser keeps numbers as they are written; a chart wants the numbers.
  const value = clean(JSON.parse(text.replace(/^\uFEFF/, "")), maxDepth) as JsonObject;
  const { at } = located.value;
  const endless = partsOf(value).filter(
    (part) => typeof part.value === "number" && !Number.isFinite(part.value),
  );
  if (endless.length > 0)
    return { value: undefined, problems: endless.map(({ path }) => messages.endlessNumber(at(path))) };
  return { value: { value, at }, problems: located.problems };
}

/** A value within another, and where it stands there. */
export interface Part {
  readonly value: Json;
  readonly path: Path;
}

/** Every object, list and leaf of `value`, itself first, parents before what is in them. */
export function partsOf(value: Json, path: Path = [], found: Part[] = []): readonly Part[] {
  found.push({ value, path });
  if (isList(value)) for (const [index, item] of value.entries()) partsOf(item, [...path, index], found);
  else if (isObject(value))
    for (const [key, item] of Object.entries(value)) partsOf(item, [...path, key], found);
  return found;
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
