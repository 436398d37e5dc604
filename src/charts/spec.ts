/**
 * The spec of a chart: a Vega-Lite file is read, checked, filled and sized. The only place that knows Vega-Lite's form.
 *
 *     text --readJson--> JSON --check--> locked --fill--> words in --answer--> with rows   (prepareChart)
 *                                                    --size--> for one box and theme        (sizeChart)
 */
import type { Evidence } from "../evidence/evidence.ts";
import type { Figure, Lineage } from "../evidence/figure.ts";
import type { Language } from "../findings/store.ts";
import { fromMemory, keyOf, type Memory, remember } from "../memory.ts";
import type { Theme } from "../model/theme.ts";
import { hasErrors, type Outcome, type Place, type Problem } from "../problem.ts";
import { check } from "./check.ts";
import { chartConfig, regionScale, roleColours, wrapTitle } from "./config.ts";
import { answer, type Row, scaleOf } from "./dataset.ts";
import {
  isList,
  isObject,
  type Json,
  type JsonObject,
  type LocatedJson,
  type Path,
  readJson,
  rewrite,
} from "./json.ts";
import * as messages from "./messages.ts";
import { type Query, readQuery, type ScaleName } from "./query.ts";

export interface ChartFile {
  readonly name: string;
  /** Path, for problems. */
  readonly file: string;
  readonly text: string;
}

/** Fills one string of a spec with Handlebars; given by the build. In a query, things of the store are their ids. */
export type Fill = (
  text: string,
  where: Place,
  isQuery: boolean,
) => Outcome<{
  readonly text: string;
  readonly figures: readonly Figure[];
  /** What its words rest on. */
  readonly lineages: readonly Lineage[];
}>;

/** A chart checked, filled and with its rows, for any box. */
export interface PreparedChart {
  readonly name: string;
  readonly spec: JsonObject;
  readonly rows: readonly Row[];
  /** The figures drawn, and those printed in its texts. */
  readonly figures: readonly Figure[];
  /** What the words rest on that are printed in its texts. */
  readonly lineages: readonly Lineage[];
  /** The label of each row's figure, by the figure's id. */
  readonly labels: ReadonlyMap<string, string>;
  /** On which labels are printed; nothing where each is on its own. */
  readonly scale: ScaleName | undefined;
  /** Where a part of the spec stands in the chart's file. */
  readonly at: (path: Path) => Place;
}

/** A chart for one box: a complete Vega-Lite spec. */
export interface SizedChart {
  /** Name and box, e.g. `capex@8x4.6`. */
  readonly key: string;
  readonly spec: JsonObject;
  /** Pixels, 72 to the inch: a font of 12 pixels is one of 12 points on the slide. */
  readonly width: number;
  readonly height: number;
  /** Where a part of the spec stands in the chart's file. */
  readonly at: (path: Path) => Place;
}

const pixelsPerInch = 72;

/**
 * Reads and checks a chart's file, fills its texts and answers its query. All problems are located in the file.
 * @param since ISO date after which figures are new; none is unless said
 * @param memory of files that were read before, and nothing was wrong with
 */
export function prepareChart(
  file: ChartFile,
  evidence: Evidence,
  language: Language,
  fill: Fill,
  since?: string,
  memory?: Memory,
): Outcome<PreparedChart> {
  const read = readChart(file, memory);
  if (!read.value) return { value: undefined, problems: read.problems };
  const { at } = read.value;
  const problems: Problem[] = [...read.problems];
  const filled = fillTexts(read.value, { file: file.file }, fill, problems);
  const query = queryOf(filled.spec, at, problems);
  const dataset =
    query && answer(query, evidence, language, (path) => at(["usermeta", "sourcedeck", ...path]), since);
  problems.push(...(dataset?.problems ?? []));
  // A chart with typed numbers can be drawn; whether it may be is for the build to say, which lets drafts have it.
  const grave = problems.filter(({ code }) => code !== "chart-typed-number" && code !== "typed-number");
  if (!query || !dataset?.value || hasErrors(grave)) return { value: undefined, problems };
  const { usermeta, data, ...spec } = filled.spec;
  const figures = [...new Set([...dataset.value.figures, ...filled.figures])];
  const { rows } = dataset.value;
  const labels = new Map(dataset.value.figures.map(({ id }, index) => [id, rows[index]?.label ?? ""]));
  const scale = scaleOf(query, language);
  const { lineages } = filled;
  return { value: { name: file.name, spec, rows, figures, lineages, labels, scale, at }, problems };
}

/** Characters of the charts that are kept together. */
const mostKept = 1024 * 1024;
/** Charts as they were read and checked: each is asked for by every document, in each language, that shows it. */
const known = new Map<string, Outcome<LocatedJson>>();
let kept = 0;

function readChart({ file, text }: ChartFile, memory: Memory | undefined): Outcome<LocatedJson> {
  const key = `${file}\n${text}`;
  const before = known.get(key);
  if (before) return before;
  const inMemory = memory && keyOf("chart", text);
  const sound = inMemory && fromMemory<JsonObject>(memory.get(inMemory));
  const read = sound ? readSound(file, text, sound) : readAnew(file, text);
  if (inMemory && !sound && read.value && read.problems.length === 0)
    remember(memory, inMemory, read.value.value);
  kept += text.length;
  if (kept > mostKept) {
    known.clear();
    kept = text.length;
  }
  known.set(key, read);
  return read;
}

function readAnew(file: string, text: string): Outcome<LocatedJson> {
  const { value, problems } = readJson(file, text);
  return { value, problems: value ? check(value) : problems };
}

/** A file with which nothing was wrong. Where its parts stand is looked up only when there is something to tell. */
function readSound(file: string, text: string, value: JsonObject): Outcome<LocatedJson> {
  let located: LocatedJson | undefined;
  const at: LocatedJson["at"] = (path, part) => {
    located ??= readJson(file, text).value;
    return located?.at(path, part) ?? { file };
  };
  return { value: { value, at }, problems: [] };
}

/** @param top the file, as a place */
function fillTexts(
  located: LocatedJson,
  top: Place,
  fill: Fill,
  problems: Problem[],
): { readonly spec: JsonObject; readonly figures: readonly Figure[]; readonly lineages: readonly Lineage[] } {
  const figures: Figure[] = [];
  const lineages: Lineage[] = [];
  const spec = rewrite(located.value, (value, path) => {
    if (typeof value !== "string" || !value.includes("{{")) return value;
    const isQuery = path[0] === "usermeta";
    // Where a text stands is looked up, which takes reading the file once more, only when there is something to tell.
    const filled = fill(value, top, isQuery);
    const outcome = filled.problems.length === 0 ? filled : fill(value, located.at(path), isQuery);
    problems.push(...outcome.problems);
    figures.push(...(outcome.value?.figures ?? []));
    lineages.push(...(outcome.value?.lineages ?? []));
    return outcome.value?.text ?? "";
  });
  return { spec: isObject(spec) ? spec : {}, figures, lineages };
}

function queryOf(spec: JsonObject, at: LocatedJson["at"], problems: Problem[]): Query | undefined {
  const usermeta = spec.usermeta;
  const raw = isObject(usermeta) ? usermeta.sourcedeck : undefined;
  if (raw === undefined) {
    problems.push(messages.noQuery(at(["usermeta"])));
    return undefined;
  }
  const outcome = readQuery(raw, (path, part) => at(["usermeta", "sourcedeck", ...path], part));
  problems.push(...outcome.problems);
  return outcome.value;
}

/** The key of a chart in a box; both in inches. */
export function chartKey(name: string, box: { readonly width: number; readonly height: number }): string {
  const inches = (length: number): number => Math.round(length * 1000) / 1000;
  return `${name}@${inches(box.width)}x${inches(box.height)}`;
}

/** A prepared chart for a box in inches: rows, theme and size put in. Pure; the same chart may have many boxes. */
export function sizeChart(
  chart: PreparedChart,
  box: { readonly width: number; readonly height: number },
  theme: Theme,
  language: Language,
): SizedChart {
  const width = Math.round(box.width * pixelsPerInch);
  const height = Math.round(box.height * pixelsPerInch);
  const spec = rewrite(chart.spec, (value, path) => {
    if (typeof value === "string")
      return value.startsWith("role:") ? (roleColours(theme)[value.slice(5)] ?? value) : value;
    if (path.at(-1) === "axis" && isObject(value)) return settleAxis(value);
    return path.at(-2) === "encoding" && isObject(value)
      ? settleChannel(value, String(path.at(-1)), chart, theme)
      : value;
  }) as JsonObject;
  const config = chartConfig(theme, { language, width, scale: chart.scale });
  return {
    key: chartKey(chart.name, box),
    spec: {
      ...spec,
      ...(spec.title === undefined ? {} : { title: wrapTitle(spec.title, theme, width) }),
      data: { values: chart.rows as unknown as readonly Json[] },
      width,
      height,
      autosize: { type: "fit", contains: "padding", resize: true },
      // Pictures have no transparency: the ground is the theme's.
      config: {
        ...merge(config, isObject(spec.config) ? spec.config : {}),
        background: config.background ?? null,
      },
    },
    width,
    height,
    at: chart.at,
  };
}

/** Dates are drawn in UTC, in every time zone alike; regions have the theme's colours, in a fixed order. */
function settleChannel(channel: JsonObject, name: string, chart: PreparedChart, theme: Theme): JsonObject {
  const scale = isObject(channel.scale) ? channel.scale : {};
  if (channel.type === "temporal" && channel.timeUnit === undefined && ["x", "y", "x2", "y2"].includes(name))
    return name.endsWith("2") ? channel : { ...channel, scale: { type: "utc", ...scale } };
  const field = channel.field;
  const coloured =
    ["color", "fill", "stroke"].includes(name) && (field === "region" || field === "regionName");
  if (coloured && channel.scale === undefined)
    return { ...channel, scale: regionScale(chart.rows, field, theme) };
  return channel;
}

/** What an author says of its labels stands before what the config says of all. */
function settleAxis(axis: JsonObject): JsonObject {
  return axis.format === undefined || axis.labelExpr !== undefined
    ? axis
    : { ...axis, labelExpr: "datum.label" };
}

/** The second over the first, object by object. */
function merge(base: JsonObject, over: JsonObject): JsonObject {
  const result: Record<string, Json> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const before = result[key];
    result[key] = isObject(before) && isObject(value) && !isList(value) ? merge(before, value) : value;
  }
  return result;
}
