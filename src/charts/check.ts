/** What a chart's file may not hold: typed data and numbers, ways out of the workspace, clocks and dice, unknown names. */

import { cleanText } from "../findings/clean.ts";
import { typedNumbers } from "../model/numbers.ts";
import { roles } from "../model/theme.ts";
import type { Place, Problem } from "../problem.ts";
import {
  type Expression,
  fieldOf,
  isName,
  knownFunctions,
  readExpression,
  refusedFunctions,
  refusedNames,
  textsIn,
  walkExpression,
} from "./expression.ts";
import { overgrown } from "./growth.ts";
import {
  isList,
  isObject,
  type Json,
  type JsonObject,
  type LocatedJson,
  type Part,
  type Path,
  partsOf,
} from "./json.ts";
import * as messages from "./messages.ts";
import {
  computedIn,
  computedLabels,
  isPrintable,
  isTextKey,
  type Printable,
  printableIn,
} from "./printed.ts";
import { aggregates, channels, scaleTypes, transforms, types, windowOperations } from "./vocabulary.ts";

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
  density: "it makes up data",
  loess: "it makes up data",
  quantile: "it makes up data",
  regression: "it makes up data",
  flatten: "the rows are tidy",
  fold: "the rows are tidy",
  bind: "a picture has no controls",
  select: "a picture has no controls",
  ["__proto__"]: "it is no key of Vega-Lite",
  formatType: "how a label is written follows from its type",
};

const expressionKeys = ["calculate", "filter", "test", "expr", "signal", "labelExpr", "update"];

/** Keys that hold values of a scale, which stand at its axis or in its legend. */
const scaleKeys = ["datum", "domain", "unionWith", "values"];

/** Channels that dates may be drawn on: in legends and texts Vega-Lite prints them in local time. */
const dateChannels = ["x", "x2", "y", "y2"];

/** Units of time between ticks of an axis: with shorter ones a year has more ticks than fit into memory. */
const tickUnits = ["day", "week", "month", "quarter", "year"];

/** The most that a number may be, because the work grows with it. */
const limits: Readonly<Record<string, number>> = {
  tickCount: 100,
  maxbins: 100,
  columns: 100,
  gradientLength: 2000,
};
/** Entries of a list. */
const longestLists: Readonly<Record<string, number>> = { params: 100, transform: 200 };
const mostLayers = 100;
/** Pixels; shorter dashes take longer to draw than anyone can see. */
const shortestDash = 0.5;

/** Keys of a date in pieces, which is one in local time. */
const dateKeys = ["year", "quarter", "month", "date", "day", "hours", "minutes", "seconds", "milliseconds"];

/** Directives that print a date as a count. */
const countDirective = /%[-_0]?[QsfL]/;
const numberFormat = /^[-+ ]?,?(?:\.\d)?~?[defgrs]?$/;

/** Everything in a chart's file that cannot be drawn, or must not be, each with its place. */
export function check(located: LocatedJson): Problem[] {
  const { value: root, at } = located;
  const schema = root.$schema;
  if (typeof schema !== "string" || !schemaUrl.test(schema))
    return [messages.notVegaLite(at(["$schema"]), schema === undefined ? "no $schema" : String(schema))];
  const { usermeta, ...spec } = root;
  const parts = partsOf(spec);
  const printable = printableIn(spec, parts);
  const names: Names = { fields: [...printable.known], printable, temporal: temporalIn(spec) };
  const problems = view(spec, [], at);
  for (const part of parts) {
    const spot = spotOf(part);
    for (const rule of rules) {
      const found = rule(spot, at, names);
      if (found) problems.push(...[found].flat());
    }
  }
  const grown = overgrown(parts);
  if (grown)
    problems.push(
      messages.tooMuch(at(grown), String(grown.at(-1)), "texts or lists of one another", "fewer"),
    );
  return problems;
}

type At = LocatedJson["at"];

/** What the names of a spec stand for. */
interface Names {
  readonly fields: readonly string[];
  readonly printable: Printable;
  /** Whether the channel that a path leads into shows dates. */
  readonly temporal: (path: Path) => boolean;
}

/** A part of a spec, with what most rules ask of its path. */
interface Spot extends Part {
  /** Its own key or index, and the one around that. */
  readonly key: string | number | undefined;
  readonly parent: string | number | undefined;
  /** It stands in the value of a parameter, whose keys are the chart's own. */
  readonly isParameter: boolean;
}

function spotOf({ value, path }: Part): Spot {
  const isParameter = path[0] === "params" && path.includes("value");
  return { value, path, key: path.at(-1), parent: path.at(-2), isParameter };
}

/** Nothing where nothing is wrong, which is so almost everywhere. */
type Rule = (spot: Spot, at: At, names: Names) => readonly Problem[] | Problem | undefined;

function view(spec: JsonObject, path: Path, at: At): Problem[] {
  const problems = Object.keys(spec).flatMap((key) => {
    if (viewKeys.includes(key) || Object.hasOwn(refusedKeys, key)) return [];
    const where = at([...path, key], "key");
    if (compositions.includes(key)) return [messages.notOneView(where, key)];
    if (sizeKeys.includes(key))
      return [messages.refused(where, key, "its size and ground come from its box and theme")];
    return [messages.unknownKey(where, key, viewKeys)];
  });
  const layers = isList(spec.layer) ? spec.layer : [];
  const { mark, layer, encoding, transform } = spec;
  const isComposed = compositions.some((key) => key in spec);
  if (!isComposed && (mark ?? layer ?? null) === null) problems.push(messages.noMark(at(path)));
  const forms = { layer, transform };
  for (const [key, list] of Object.entries(forms))
    if (list !== undefined && !isList(list))
      problems.push(messages.otherForm(at([...path, key]), key, "a list"));
  if (encoding !== undefined && !isObject(encoding))
    problems.push(messages.otherForm(at([...path, "encoding"]), "encoding", "channels by their names"));
  return [
    ...problems,
    ...layers.flatMap((layer, index) => (isObject(layer) ? view(layer, [...path, "layer", index], at) : [])),
  ];
}

const rules: readonly Rule[] = [
  function refusedKey({ key, path, isParameter }, at) {
    if (typeof key !== "string" || !Object.hasOwn(refusedKeys, key) || isParameter) return undefined;
    return messages.refused(at(path), key, refusedKeys[key] ?? "");
  },
  function data({ value, key, path }, at) {
    if (key !== "data") return undefined;
    const named = isObject(value) && Object.keys(value).join() === "name";
    return named ? undefined : messages.typedData(at(path), JSON.stringify(value).slice(0, 60));
  },
  function mark({ value, key, parent, path }, at) {
    const isMark = key === "mark" || (key === "type" && parent === "mark");
    if (!isMark || typeof value !== "string") return undefined;
    if (value === "image") return messages.refused(at(path), "image", "a chart reads no file and no network");
    return marks.includes(value) ? undefined : messages.unknownMark(at(path), value, marks);
  },
  function word({ value, path, isParameter }, at) {
    const wanted = isParameter || typeof value !== "string" ? undefined : wordsAt(path);
    if (wanted === undefined || wanted.known.includes(value as string)) return undefined;
    return messages.unknownValue(at(path), wanted.what, value as string, wanted.known);
  },
  function channel({ key: last, parent, path, isParameter }, at) {
    if (parent !== "encoding" || isParameter) return undefined;
    const key = String(last);
    const told = channels.includes(key) || facetChannels.includes(key) || Object.hasOwn(refusedKeys, key);
    return told ? undefined : messages.unknownKey(at(path, "key"), key, channels);
  },
  function transform({ value, parent, path }, at) {
    if (parent !== "transform" || !isObject(value)) return undefined;
    const keys = Object.keys(value);
    const told = keys.some((key) => transforms.includes(key) || Object.hasOwn(refusedKeys, key));
    const [first = ""] = keys;
    return told ? undefined : messages.unknownKey(at([...path, first], "key"), first, transforms);
  },
  function facet({ key, parent, path }, at) {
    return parent === "encoding" && facetChannels.includes(String(key))
      ? messages.notOneView(at(path), String(key))
      : undefined;
  },
  function field({ value, key, path }, at, { fields: known }) {
    const names = key === "field" ? [value] : key === "groupby" && isList(value) ? value : [];
    return names
      .filter((name): name is string => typeof name === "string" && !known.includes(name))
      .map((name) => messages.unknownField(at(path), name, known));
  },
  function localTime({ value, key, parent, path, isParameter }, at) {
    const isUnit = key === "timeUnit";
    const unit = isUnit && isObject(value) ? value.unit : value;
    if (isUnit && !(isObject(value) && value.utc === true) && !String(unit).startsWith("utc"))
      return messages.localTime(
        at(path),
        show(unit ?? null),
        typeof unit === "string" ? `utc${unit}` : "utcyear",
      );
    if (value === "time" && key === "type" && parent === "scale")
      return messages.localTime(at(path), "time", "utc");
    const isDate = isObject(value) && !isParameter && value.utc !== true;
    return isDate && dateKeys.some((one) => typeof value[one] === "number" || typeof value[one] === "string")
      ? messages.localTime(at(path), show(value), "true", "utc")
      : undefined;
  },
  function dateElsewhere({ value, key, parent, path }, at) {
    if (parent !== "encoding" || !isObject(value)) return undefined;
    const isDate = value.type === "temporal" || value.timeUnit !== undefined;
    if (isDate && !dateChannels.includes(String(key))) return messages.dateElsewhere(at(path), String(key));
    const scale = isObject(value.scale) ? value.scale.type : undefined;
    return value.type === "temporal" && ![undefined, "utc", "time"].includes(scale as string | undefined)
      ? messages.localTime(at([...path, "scale", "type"]), show(scale ?? null), "utc")
      : undefined;
  },
  function expression({ value, key, path }, at, names) {
    if (typeof value !== "string" || !expressionKeys.includes(String(key))) return undefined;
    return checkExpression(value, path, at, names);
  },
  function printed(spot, at) {
    const text = printedText(spot);
    return text === undefined ? undefined : typed(text, spot.path, at);
  },
  function computed({ value, key, path, isParameter }, at, { printable }) {
    if (!isTextKey(key) || isParameter) return undefined;
    return computedIn(value, printable).map((found) => messages.computedText(at(path), found));
  },
  function computedLabel({ value, key, parent, path }, at, { printable }) {
    if (parent !== "encoding" || !isObject(value)) return undefined;
    const found = computedLabels(value, String(key), printable);
    return found.map((label) => messages.computedText(at(path), label));
  },
  function format({ value, key, path }, at) {
    if (typeof key !== "string" || !/(?:^format|(?:number|time)Format)$/i.test(key)) return undefined;
    if (typeof value !== "string") return messages.badFormat(at(path), show(value));
    if (!/%[-_0]?[A-Za-z]/.test(value))
      return numberFormat.test(value) ? undefined : messages.badFormat(at(path), value);
    if (countDirective.test(value)) return messages.badFormat(at(path), value);
    return typed(value.replace(/%[-_0]?[A-Za-z]/g, "\uFFFC"), path, at);
  },
  function countOfDate({ value, path, isParameter }, at) {
    const counts = isParameter && typeof value === "string" && countDirective.test(value);
    return counts ? messages.badFormat(at(path), value) : undefined;
  },
  function datum({ value, key, path, isParameter }, at) {
    if (key !== "datum" || isParameter) return undefined;
    return (typeof value === "number" && value !== 0) || isObject(value)
      ? messages.typedData(at(path), show(value))
      : undefined;
  },
  function work({ value, key: last, parent, path, isParameter }, at) {
    if (isParameter) return undefined;
    const key = String(last);
    const limit = Object.hasOwn(limits, key) ? limits[key] : undefined;
    if (limit !== undefined) {
      const unit = isObject(value) ? value.interval : value;
      const bounded = typeof value === "number" ? value <= limit : tickUnits.includes(String(unit));
      return bounded ? undefined : messages.tooMuch(at(path), key, show(value), `at most ${limit}`);
    }
    const longest = isList(value) && Object.hasOwn(longestLists, key) ? longestLists[key] : undefined;
    if (longest !== undefined && isList(value) && value.length > longest)
      return messages.tooMuch(at(path), key, String(value.length), `at most ${longest}`);
    if (path.length === 1 && key === "layer" && layersIn(value) > mostLayers)
      return messages.tooMuch(at(path), key, String(layersIn(value)), `at most ${mostLayers}`);
    if (parent === "bin" && key === "step") return messages.tooMuch(at(path), key, show(value), "`maxbins`");
    const dashes = key === "strokeDash" && isList(value) ? value : [];
    const drawable = dashes.every((dash) => typeof dash === "number" && dash >= shortestDash);
    return drawable
      ? undefined
      : messages.tooMuch(at(path), key, show(value), `dashes of at least ${shortestDash}`);
  },
  function address({ value, path }, at) {
    return typeof value === "string" && /\burl\s*\(/i.test(value)
      ? messages.refused(at(path), value.slice(0, 60), "a chart reads no file and no network")
      : undefined;
  },
  function role({ value, path }, at) {
    if (typeof value !== "string" || !value.startsWith("role:")) return undefined;
    const name = value.slice("role:".length);
    return roles.some((known) => known === name) ? undefined : messages.unknownRole(at(path), name, roles);
  },
];

/** Layers, and those within them. */
function layersIn(value: Json): number {
  return partsOf(value).filter(({ path }) => path.length === 1 || path.at(-2) === "layer").length;
}

/** The words that may stand at a path, where they are few. */
function wordsAt(path: Path): { readonly what: string; readonly known: readonly string[] } | undefined {
  const key = path.at(-1);
  if (key === "type" && path.at(-3) === "encoding") return { what: "type of field", known: types };
  if (key === "type" && path.at(-2) === "scale") return { what: "type of scale", known: scaleTypes };
  if (key === "aggregate" && path.at(-3) === "encoding") return { what: "aggregate", known: aggregates };
  if (key !== "op" || !path.includes("transform")) return undefined;
  const isWindow = path.includes("window");
  return { what: "operation", known: isWindow ? [...aggregates, ...windowOperations] : aggregates };
}

/** The text that a value prints, if it does. */
function printedText({ value, path, isParameter }: Spot): string | undefined {
  if (typeof value !== "string") return undefined;
  const key = path.findLast((step) => typeof step === "string");
  const channel = ["value", "condition"].includes(key ?? "") && path.includes("text");
  return isTextKey(key) || scaleKeys.includes(key ?? "") || channel || isParameter ? value : undefined;
}

function typed(text: string, path: Path, at: At): Problem[] {
  // What Handlebars prints is judged with the text around it when it is filled.
  const found = text.includes("{{") ? [] : typedNumbers(text);
  return found.length > 0 ? [messages.typedNumber(at(path), text, found)] : [];
}

function show(value: Json): string {
  return (typeof value === "string" ? value : JSON.stringify(value)).slice(0, 60);
}

function checkExpression(text: string, path: Path, at: At, names: Names): Problem[] {
  // A word with an apostrophe in it would end the expression's string.
  if (text.includes("{{")) return [messages.filledExpression(at(path))];
  const root = readExpression(text);
  if (typeof root === "string") return [messages.notAnExpression(at(path), text, root)];
  const isLabel = path.at(-1) === "labelExpr";
  const fields = isLabel ? [...names.fields, "label", "value", "index"] : names.fields;
  const nodes = [...walkExpression(root)];
  const problems = textsIn(root).flatMap((literal) =>
    cleanText(literal) === literal.trim()
      ? typed(literal, path, at)
      : [messages.refused(at(path), JSON.stringify(literal), "it holds characters that cannot be drawn")],
  );
  for (const node of nodes) {
    if (node.type === "CallExpression") problems.push(...called(node.callee, () => at(path)));
    if (node.type === "Literal" && node.regex)
      problems.push(messages.refused(at(path), String(node.value), "a regular expression may run for ever"));
    if (node.type === "Identifier" && Object.hasOwn(refusedNames, node.name))
      problems.push(messages.refused(at(path), node.name, refusedNames[node.name] ?? ""));
    const field = fieldOf(node);
    if (field !== undefined && !fields.includes(field))
      problems.push(messages.unknownField(at(path), field, names.fields));
  }
  if (path.at(-1) === "calculate" && !nodes.some((node) => isName(node, "datum")))
    problems.push(messages.typedData(at(path), text));
  if (
    isLabel &&
    !isPrintable(root, ofTicks(names.printable), names.temporal(path) ? () => true : () => false)
  )
    problems.push(messages.computedText(at(path), text));
  return problems;
}

/** A tick's own label is what its scale says; its value is a number. */
function ofTicks(printable: Printable): Printable {
  return { ...printable, fields: new Set(["label"]), intact: new Set() };
}

function called(callee: Expression, where: () => Place): Problem[] {
  const name = callee.type === "Identifier" ? callee.name : "";
  if (knownFunctions.includes(name)) return [];
  const [why, hint] = (Object.hasOwn(refusedFunctions, name) && refusedFunctions[name]) || [];
  return [
    why === undefined
      ? messages.unknownFunction(where(), name, knownFunctions)
      : messages.refused(where(), `${name}()`, why, hint),
  ];
}

function temporalIn(spec: JsonObject): Names["temporal"] {
  return (path) => {
    const start = path.lastIndexOf("encoding");
    let channel: Json | undefined = start < 0 ? undefined : spec;
    for (const step of path.slice(0, start + 2))
      channel = isList(channel) ? channel[Number(step)] : isObject(channel) ? channel[step] : undefined;
    return isObject(channel) && channel.type === "temporal";
  };
}
