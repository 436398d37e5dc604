/** What a chart's file may not hold: typed data and numbers, ways out of the workspace, clocks and dice, unknown names. */

import { typedNumbers } from "../model/numbers.ts";
import { roles } from "../model/theme.ts";
import type { Problem } from "../problem.ts";
import { rowFields } from "./dataset.ts";
import { isList, isObject, type Json, type JsonObject, type LocatedJson, type Path, walk } from "./json.ts";
import * as messages from "./messages.ts";

const schemaUrl = /^https:\/\/vega\.github\.io\/schema\/vega-lite\/v6(?:\.\d+){0,2}\.json$/;

const marks = [
  "arc",
  "area",
  "bar",
  "boxplot",
  "circle",
  "errorband",
  "errorbar",
  "line",
  "point",
  "rect",
  "rule",
  "square",
  "text",
  "tick",
  "trail",
];

const viewKeys = [
  "$schema",
  "config",
  "data",
  "description",
  "encoding",
  "layer",
  "mark",
  "name",
  "params",
  "resolve",
  "title",
  "transform",
  "usermeta",
  "view",
];

/** Several views have no one size that can be fitted to a box. */
const compositions = ["concat", "facet", "hconcat", "repeat", "spec", "vconcat"];
const facetChannels = ["row", "column", "facet"];

/** The size comes from the box, the look from the theme. */
const sizeKeys = ["width", "height", "autosize", "padding", "background"];

/** Keys that lead out of the workspace or off the picture, wherever they stand. */
const refusedKeys: Readonly<Record<string, string>> = {
  url: "a chart reads no file and no network",
  href: "a picture has no links",
  datasets: "its data is what the query finds",
  lookup: "its data is what the query finds",
  sample: "it throws dice",
  impute: "it makes up data",
  bind: "a picture has no controls",
};

/** Functions of Vega's expressions that would make the picture differ from one run to the next. */
const refusedFunctions: Readonly<Record<string, readonly [why: string, hint?: string]>> = {
  now: ["it reads the clock", "take dates from the rows"],
  random: ["it throws dice"],
  sampleNormal: ["it throws dice"],
  sampleLogNormal: ["it throws dice"],
  sampleUniform: ["it throws dice"],
  datetime: ["it depends on the time zone", "use utc()"],
  date: ["it depends on the time zone", "use utcdate()"],
  day: ["it depends on the time zone", "use utcday()"],
  month: ["it depends on the time zone", "use utcmonth()"],
  quarter: ["it depends on the time zone", "use utcquarter()"],
  week: ["it depends on the time zone", "use utcweek()"],
  year: ["it depends on the time zone", "use utcyear()"],
  dayofyear: ["it depends on the time zone", "use utcdayofyear()"],
  hours: ["it depends on the time zone", "use utchours()"],
  timezoneoffset: ["it depends on the time zone"],
  timeFormat: ["it depends on the time zone", "use utcFormat()"],
  timeParse: ["it depends on the time zone", "use utcParse()"],
  timeOffset: ["it depends on the time zone", "use utcOffset()"],
  timeSequence: ["it depends on the time zone", "use utcSequence()"],
  warn: ["it only writes to a console"],
  info: ["it only writes to a console"],
  debug: ["it only writes to a console"],
};

/** Names in expressions that belong to a chart on a screen. */
const refusedNames: Readonly<Record<string, string>> = {
  event: "a picture receives no events",
  item: "a picture receives no events",
};

const expressionKeys = ["calculate", "filter", "test", "expr", "signal", "labelExpr", "update"];

/** Keys whose strings are printed. */
const printedKeys = ["title", "subtitle", "text"];

/** Everything in a chart's file that cannot be drawn, or must not be, each with its place. */
export function check(located: LocatedJson): Problem[] {
  const { value: root, at } = located;
  if (!isObject(root)) return [messages.notVegaLite(at([]), "no JSON object")];
  const schema = root.$schema;
  if (typeof schema !== "string" || !schemaUrl.test(schema))
    return [messages.notVegaLite(at(["$schema"]), schema === undefined ? "no $schema" : String(schema))];
  const { usermeta, ...spec } = root;
  const known = knownFields(spec);
  const problems = view(spec, [], at);
  for (const { value, path } of walk(spec))
    for (const rule of rules) problems.push(...rule(value, path, at, known));
  return problems;
}

type At = LocatedJson["at"];
type Rule = (value: Json, path: Path, at: At, known: readonly string[]) => readonly Problem[];

function view(spec: JsonObject, path: Path, at: At): Problem[] {
  const problems = Object.keys(spec).flatMap((key) => {
    const where = at([...path, key]);
    if (compositions.includes(key)) return [messages.notOneView(where, key)];
    if (sizeKeys.includes(key))
      return [messages.refused(where, key, "its size and ground come from its box and theme")];
    if (Object.hasOwn(refusedKeys, key)) return [];
    return viewKeys.includes(key) ? [] : [messages.unknownKey(where, key, viewKeys)];
  });
  const layers = isList(spec.layer) ? spec.layer : [];
  return [
    ...problems,
    ...layers.flatMap((layer, index) => (isObject(layer) ? view(layer, [...path, "layer", index], at) : [])),
  ];
}

const rules: readonly Rule[] = [
  function refusedKey(_value, path, at) {
    const key = path.at(-1);
    if (typeof key !== "string" || !Object.hasOwn(refusedKeys, key)) return [];
    return [messages.refused(at(path), key, refusedKeys[key] ?? "")];
  },
  function data(value, path, at) {
    if (path.at(-1) !== "data") return [];
    const named = isObject(value) && Object.keys(value).join() === "name";
    return named ? [] : [messages.typedData(at(path), JSON.stringify(value).slice(0, 60))];
  },
  function mark(value, path, at) {
    const parent = path.at(-2);
    const isMark = path.at(-1) === "mark" && typeof value === "string";
    const isType = path.at(-1) === "type" && parent === "mark" && typeof value === "string";
    if (!isMark && !isType) return [];
    if (value === "image")
      return [messages.refused(at(path), "image", "a chart reads no file and no network")];
    return marks.includes(value as string) ? [] : [messages.unknownMark(at(path), value as string, marks)];
  },
  function facet(_value, path, at) {
    const key = path.at(-1);
    return path.at(-2) === "encoding" && facetChannels.includes(String(key))
      ? [messages.notOneView(at(path), String(key))]
      : [];
  },
  function field(value, path, at, known) {
    const key = path.at(-1);
    const names = key === "field" ? [value] : key === "groupby" && isList(value) ? value : [];
    return names
      .filter((name): name is string => typeof name === "string" && !known.includes(name))
      .map((name) => messages.unknownField(at(path), name, known));
  },
  function localTime(value, path, at) {
    const isUnit = path.at(-1) === "timeUnit" && typeof value === "string";
    if (isUnit && !(value as string).startsWith("utc"))
      return [
        messages.refused(
          at(path),
          value as string,
          "it depends on the time zone",
          `use \`utc${value as string}\``,
        ),
      ];
    if (value === "time" && path.at(-1) === "type" && path.at(-2) === "scale")
      return [messages.refused(at(path), "time", "it depends on the time zone", "use `utc`")];
    return [];
  },
  function expression(value, path, at, known) {
    if (typeof value !== "string" || !expressionKeys.includes(String(path.at(-1)))) return [];
    return checkExpression(value, path, at, known);
  },
  function printed(value, path, at) {
    const text = printedText(value, path);
    return text === undefined ? [] : typed(text, path, at);
  },
  function datum(value, path, at) {
    const typedHere = path.at(-1) === "datum" && typeof value === "number" && value !== 0;
    return typedHere ? [messages.typedData(at(path), String(value))] : [];
  },
  function role(value, path, at) {
    if (typeof value !== "string" || !value.startsWith("role:")) return [];
    const name = value.slice("role:".length);
    return roles.some((known) => known === name) ? [] : [messages.unknownRole(at(path), name, roles)];
  },
];

/** The text that a value prints, if it does. */
function printedText(value: Json, path: Path): string | undefined {
  const key = path.findLast((step) => typeof step === "string");
  if (key !== undefined && printedKeys.includes(key) && typeof value === "string") return value;
  if (key === "datum" && typeof value === "string") return value;
  if (path[0] === "params" && path.includes("value") && typeof value === "string") return value;
  const prints = key === "value" && path.includes("text") && path.includes("encoding");
  return prints && (typeof value === "string" || typeof value === "number") ? String(value) : undefined;
}

function typed(text: string, path: Path, at: At): Problem[] {
  const found = typedNumbers(text.replace(/\{\{.*?\}\}/gs, "\uFFFC"));
  return found.length > 0 ? [messages.typedNumber(at(path), text, found)] : [];
}

function checkExpression(text: string, path: Path, at: At, known: readonly string[]): Problem[] {
  // A word with an apostrophe in it would end the expression's string.
  if (text.includes("{{"))
    return [
      messages.refused(
        at(path),
        "{{…}}",
        "Handlebars cannot fill expressions",
        "put the words into `params` and name them",
      ),
    ];
  const problems: Problem[] = [];
  const literals = [...text.matchAll(/'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/gs)];
  for (const literal of literals) {
    const inIndex = /datum\s*\[\s*$/.test(text.slice(0, literal.index));
    if (!inIndex) problems.push(...typed(literal[1] ?? literal[2] ?? "", path, at));
  }
  const code = text.replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/gs, "''");
  for (const [, name = ""] of code.matchAll(/(?<![\w.])([A-Za-z]\w*)\s*\(/g)) {
    const [why, hint] = (Object.hasOwn(refusedFunctions, name) && refusedFunctions[name]) || [];
    if (why !== undefined) problems.push(messages.refused(at(path), `${name}()`, why, hint));
  }
  for (const [name = ""] of code.matchAll(/(?<![\w.])[A-Za-z]\w*(?!\s*\()/g))
    if (Object.hasOwn(refusedNames, name))
      problems.push(messages.refused(at(path), name, refusedNames[name] ?? ""));
  const ofLabel = path.at(-1) === "labelExpr" ? ["label", "value", "index"] : [];
  for (const [, plain, quoted] of text.matchAll(/(?<![\w.])datum\s*(?:\.\s*(\w+)|\[\s*["']([^"']+)["'])/g)) {
    const name = plain ?? quoted ?? "";
    if (![...known, ...ofLabel].includes(name)) problems.push(messages.unknownField(at(path), name, known));
  }
  if (path.at(-1) === "calculate" && !code.includes("datum"))
    problems.push(messages.typedData(at(path), text));
  return problems;
}

/** The fields of the rows, and those that the spec's own transforms make. */
function knownFields(spec: JsonObject): readonly string[] {
  const made = [...walk(spec)].flatMap(({ value, path }) =>
    path.at(-1) === "as" ? (isList(value) ? value : [value]).filter((name) => typeof name === "string") : [],
  );
  return [...rowFields, ...made];
}
