/** The theme as Vega-Lite's config: colours by role, fonts, sizes, and named styles that specs may use. */
import type { Language } from "../findings/store.ts";
import { breakLines } from "../model/measure.ts";
import { type Role, roles, type Theme } from "../model/theme.ts";
import type { Row } from "./dataset.ts";
import { isList, isObject, type Json, type JsonObject } from "./json.ts";
import type { ScaleName } from "./query.ts";

/** Which role draws a region. */
const regionRoles: readonly (readonly [region: Row["region"], role: Role])[] = [
  ["cn", "cn"],
  ["us", "us"],
  ["other", "series"],
  ["global", "series-soft"],
];

/** CSS colours by role. */
export function roleColours(theme: Theme): Readonly<Record<string, string>> {
  return Object.fromEntries(roles.map((role) => [role, `#${theme.colours[role]}`]));
}

/** A colour scale for the field `region` or `regionName`, holding the regions that the rows have, in a fixed order. */
export function regionScale(rows: readonly Row[], field: "region" | "regionName", theme: Theme): JsonObject {
  const present = regionRoles.flatMap(([region, role]) => {
    const row = rows.find((candidate) => candidate.region === region);
    return row ? [{ name: row[field], colour: `#${theme.colours[role]}` }] : [];
  });
  return { domain: present.map(({ name }) => name), range: present.map(({ colour }) => colour) };
}

/** The font families of a chart, Latin first: Han characters fall through to the second. */
export function fontFamilies(theme: Theme): string {
  return [theme.fonts.latin, theme.fonts.eastAsian, "sans-serif"].join(", ");
}

/** Chinese needs more air between lines. */
const lineHeights: Readonly<Record<Language, number>> = { en: 1.25, zh: 1.4 };

/** Names and values stand two points larger in a chart of seven inches or more, which has a slide to itself. */
function nameSize(theme: Theme, width: number): number {
  return width < 500 ? theme.sizes.chart : theme.sizes.chart + 2;
}

/** The twelve months as Chinese pages write them, in full and short alike. */
const chineseMonths = Array.from({ length: 12 }, (_, month) => `${month + 1}月`);

/** Dates on axes, in legends and in texts: the engine's own are English. */
const dates: Readonly<Record<Language, { readonly config: JsonObject; readonly axis: JsonObject }>> = {
  en: { config: {}, axis: {} },
  zh: {
    config: {
      timeFormat: "%Y年%-m月%-d日",
      // Of this chart alone: what is set here reaches no other.
      locale: {
        time: {
          dateTime: "%Y年%-m月%-d日 %H:%M",
          date: "%Y年%-m月%-d日",
          time: "%H:%M",
          periods: ["上午", "下午"],
          days: ["星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"],
          shortDays: ["周日", "周一", "周二", "周三", "周四", "周五", "周六"],
          months: chineseMonths,
          shortMonths: chineseMonths,
        },
      },
    },
    // By what begins at a tick: a year, else a month, else a week or a day.
    axis: {
      format: {
        year: "%Y年",
        quarter: "%-m月",
        month: "%-m月",
        week: "%-m月%-d日",
        date: "%-m月%-d日",
        day: "%-m月%-d日",
      },
    },
  },
};

/**
 * Ticks of Chinese charts, printed as their labels are: on 万 and 亿 where these are on scales of their own, else with
 * four digits left together. A tick without a label, and one with a sign such as % in it, stays as it is.
 */
function axisNumbers({ language, scale }: Pick<ChartSetting, "language" | "scale">): JsonObject {
  if (language === "en" || scale === "1") return {};
  const size = "abs(datum.value)";
  const plain = "format(datum.value, '~f')";
  const larger = scale
    ? `${size} >= 1e4 ? datum.label : ${plain}`
    : `${size} >= 1e8 ? format(datum.value / 1e8, '~f') + '亿' : ${size} >= 1e4 ? format(datum.value / 1e4, '~f') + '万' : ${plain}`;
  return { labelExpr: `test(regexp('^[−0-9.,]+$'), datum.label) ? (${larger}) : datum.label` };
}

/** What the config of a chart depends on, besides the theme. */
export interface ChartSetting {
  readonly language: Language;
  /** Pixels. */
  readonly width: number;
  /** On which its labels are printed; nothing where each is on its own. */
  readonly scale: ScaleName | undefined;
}

/**
 * The config of every chart. A spec may use these styles by name (`"style": "value-label"`):
 * each role (`cn`, `muted`, …) as the colour of a mark, where a style cannot stand the colour `role:cn` does the same;
 * texts: `value-label` at a bar's end, `point-label` above a point, `end-label` at a line's end, `inside-label` on a
 * bar, `note-label` muted, `callout` for the one thing that matters; left of a bar `row-name`, or `row-head` with
 * `row-note` under it; above a bar `over-head` and `over-note`; `group-head` above several; under a
 * column `axis-head` and `axis-name`; numbers in a `column` under a `column-head`;
 * marks: `forecast` (dashed) for lines, `forecast-bar` (pale, dashed outline), `estimate-bar` (pale, outlined), `rest`
 * for bars that matter less, `open-point`, `range` for rules, `band` for areas, `reference`.
 */
export function chartConfig(theme: Theme, setting: ChartSetting): JsonObject {
  const { language, width } = setting;
  const colour = roleColours(theme);
  const size = theme.sizes.chart;
  const row = nameSize(theme, width);
  const line = (points: number): number => Math.round(points * lineHeights[language]);
  const ink = colour.ink as string;
  const muted = colour.muted as string;
  const hairline = colour.hairline as string;
  const ground = colour.ground as string;
  return {
    ...dates[language].config,
    font: fontFamilies(theme),
    aria: false,
    background: ground,
    padding: { left: 1, top: 2, right: 4, bottom: 4 },
    view: { stroke: null },
    title: {
      anchor: "start",
      frame: "bounds",
      align: "left",
      offset: Math.round(size * 1.2),
      color: muted,
      fontSize: row,
      fontWeight: "normal",
      lineHeight: line(row),
      subtitleColor: muted,
      subtitleFontSize: size,
      subtitleLineHeight: line(size),
      subtitlePadding: 4,
    },
    axis: {
      grid: false,
      ticks: false,
      title: null,
      domainColor: hairline,
      gridColor: hairline,
      labelColor: muted,
      labelFontSize: size,
      labelPadding: 8,
      labelLimit: 0,
      titleColor: muted,
      titleFontSize: size,
      titleFontWeight: "normal",
    },
    axisY: { labelColor: ink },
    axisXDiscrete: { labelColor: ink, labelAngle: 0, labelFontSize: row, labelLineHeight: line(row) },
    axisQuantitative: { labelColor: muted, tickCount: 5, ...axisNumbers(setting) },
    axisTemporal: {
      ...dates[language].axis,
      labelColor: muted,
      labelFlush: false,
      grid: false,
      ticks: true,
      tickColor: hairline,
      tickSize: 5,
    },
    legend: {
      orient: "top",
      direction: "horizontal",
      title: null,
      offset: Math.round(size * 0.8),
      symbolType: "square",
      symbolSize: size * 8,
      symbolStrokeWidth: 0,
      labelColor: muted,
      labelFontSize: size,
      labelLimit: 0,
      columnPadding: size * 1.5,
      padding: 0,
    },
    scale: { bandPaddingInner: 0.44, bandPaddingOuter: 0.2, pointPadding: 0.3 },
    bar: { color: colour.series as string },
    line: { color: colour.series as string, strokeWidth: 2.5, strokeCap: "round", strokeJoin: "round" },
    point: { filled: true, size: size * 5, color: colour.series as string, opacity: 1 },
    rule: { color: hairline, strokeWidth: 1 },
    text: { color: ink },
    style: {
      // A size under `config.text` would win over those of the styles.
      text: { fontSize: size, lineHeight: line(size) },
      ...Object.fromEntries(roles.map((role) => [role, { color: colour[role] as string }])),
      "value-label": { align: "left", baseline: "middle", dx: 7, fontSize: row, fontWeight: "bold" },
      "point-label": { align: "center", baseline: "bottom", dy: -9, fontSize: row, fontWeight: "bold" },
      "end-label": { align: "left", baseline: "middle", dx: 10, fontSize: row, fontWeight: "bold" },
      "note-label": { color: muted, fontWeight: "normal" },
      "inside-label": { color: ground, baseline: "middle", fontWeight: "bold" },
      callout: {
        color: colour.accent as string,
        fontSize: row + 8,
        lineHeight: line(row + 8),
        fontWeight: "bold",
      },
      "row-name": { align: "right", baseline: "middle", dx: -10, fontSize: row },
      "row-head": { align: "right", baseline: "middle", dx: -10, dy: -Math.round(row * 0.6), fontSize: row },
      "row-note": { align: "right", baseline: "middle", dx: -10, dy: Math.round(row * 0.65), color: muted },
      "over-head": { align: "left", baseline: "bottom", fontSize: row, fontWeight: "bold" },
      "over-note": { align: "left", baseline: "bottom", color: muted },
      "group-head": { align: "left", baseline: "bottom", fontSize: row, fontWeight: "bold" },
      "axis-name": { align: "center", baseline: "top", dy: 8, color: muted },
      "axis-head": { align: "center", baseline: "top", dy: 28, fontSize: row },
      column: { align: "right", baseline: "middle", fontSize: row },
      "column-head": { align: "right", baseline: "bottom", color: muted, lineHeight: line(size) },
      range: { size: 14, opacity: 0.3, strokeCap: "butt" },
      "open-point": { filled: false, strokeWidth: 2 },
      band: { opacity: 0.18, strokeWidth: 0 },
      forecast: { strokeDash: [5, 5] },
      "forecast-bar": { fillOpacity: 0.2, strokeWidth: 1.5, strokeDash: [4, 3] },
      "estimate-bar": { fillOpacity: 0.35, strokeWidth: 1.5 },
      rest: { color: colour.series as string },
      reference: { color: muted, strokeWidth: 1, strokeDash: [2, 3] },
    },
  };
}

/** A title, its heading and subtitle broken into lines that fit the chart's width in pixels. */
export function wrapTitle(title: Json, theme: Theme, width: number): Json {
  const size = theme.sizes.chart;
  const head = nameSize(theme, width);
  if (!isObject(title)) return wrap(title, head, width);
  const { text, subtitle, ...rest } = title;
  return {
    ...rest,
    ...(text === undefined ? {} : { text: wrap(text, head, width) }),
    ...(subtitle === undefined ? {} : { subtitle: wrap(subtitle, size, width) }),
  };
}

function wrap(text: Json, size: number, width: number): Json {
  const lines = (isList(text) ? text : [text]).filter((part) => typeof part === "string");
  const broken = lines.flatMap((part) => breakLines([{ text: part, size }], width).map((line) => line.text));
  return broken.length === 1 ? (broken[0] as string) : broken;
}
