/** What can be wrong with a chart: one function per message. */
import type { Finding } from "../findings/store.ts";
import { didYouMean, error, order, type Place, type Problem, warning } from "../problem.ts";

export const fileTooLarge = (where: Place, limit: number): Problem =>
  error("chart-too-large", "cannot read a chart this large", {
    where,
    expected: `at most ${limit / 1024} KiB`,
  });

export const endlessNumber = (where: Place): Problem =>
  error("chart-endless-number", "this number is larger than any that can be drawn", {
    where,
    expected: "a number below 1.8e308",
  });

export const notVegaLite = (where: Place, found: string): Problem =>
  error("chart-not-vega-lite", "cannot draw a chart that does not say it is Vega-Lite", {
    where,
    found,
    expected: '"$schema": "https://vega.github.io/schema/vega-lite/v6.json"',
  });

export const unknownKey = (where: Place, key: string, known: readonly string[]): Problem =>
  error("chart-unknown-key", `Vega-Lite has no \`${key}\` here`, {
    where,
    found: key,
    ...didYouMean(key, known),
  });

/** @param what the word names */
export const unknownValue = (where: Place, what: string, found: string, known: readonly string[]): Problem =>
  error("chart-unknown-value", `Vega-Lite has no ${what} \`${found}\``, {
    where,
    found,
    expected: known.join(", "),
    ...didYouMean(found, known),
  });

export const noMark = (where: Place): Problem =>
  error("chart-no-mark", "this view draws nothing", {
    where,
    found: "neither `mark` nor `layer`",
    expected: '"mark": "bar", or another mark',
  });

export const otherForm = (where: Place, key: string, expected: string): Problem =>
  error("chart-other-form", `\`${key}\` cannot be read`, { where, expected });

export const notOneView = (where: Place, key: string): Problem =>
  error("chart-not-one-view", `cannot draw \`${key}\` to the size of its box`, {
    where,
    found: key,
    expected: "one view, or `layer` upon `layer`",
  });

export const unknownMark = (where: Place, mark: string, known: readonly string[]): Problem =>
  error("chart-unknown-mark", `cannot draw the mark \`${mark}\``, {
    where,
    found: mark,
    expected: known.join(", "),
    ...didYouMean(mark, known),
  });

export const refused = (where: Place, what: string, why: string, hint?: string): Problem =>
  error("chart-refused", `a chart cannot use \`${what}\`: ${why}`, {
    where,
    found: what,
    ...(hint === undefined ? {} : { hint }),
  });

export const typedData = (where: Place, found: string): Problem =>
  error("chart-typed-data", "a chart's data is what its query finds, it cannot be typed", {
    where,
    found,
    expected: 'no `data`, or `{ "name": "rows" }`, with a query in `usermeta.sourcedeck`',
  });

export const typedNumber = (where: Place, text: string, numbers: readonly string[]): Problem =>
  error(
    "chart-typed-number",
    `a number was typed into the chart: ${numbers.map((found) => `\`${found}\``).join(", ")}`,
    {
      where,
      found: text,
      expected: 'numbers from the store, e.g. `{{fig "…"}}`, or `{{lit "…"}}` for one that is no figure',
    },
  );

export const computedText = (where: Place, found: string): Problem =>
  error("chart-computed-text", "a chart prints what its rows and words say, it cannot compute a text", {
    where,
    found,
    expected:
      "a field of words such as `label`, `name` or `periodName`, a filled word, or texts put together of these",
  });

export const badFormat = (where: Place, found: string): Problem =>
  error("chart-computed-text", `a label cannot have the format \`${found}\``, {
    where,
    found,
    expected: "digits of a number, e.g. `,.1f`, or parts of a date, e.g. `%b %Y`",
  });

export const localTime = (where: Place, found: string, instead: string, key?: string): Problem =>
  error("chart-refused", `a chart cannot use \`${found}\`: it depends on the time zone`, {
    where,
    found,
    hint: key === undefined ? `use \`${instead}\`` : `add \`"${key}": ${instead}\``,
  });

export const dateElsewhere = (where: Place, channel: string): Problem =>
  error("chart-refused", `\`${channel}\` cannot show dates: they would depend on the time zone`, {
    where,
    found: channel,
    expected: "dates on `x` and `y`; in texts `periodName`",
  });

export const tooMuch = (where: Place, key: string, found: string, expected: string): Problem =>
  error("chart-too-much", `\`${key}\` makes a chart more work than it can be`, { where, found, expected });

export const notAnExpression = (where: Place, found: string, why: string): Problem =>
  error("chart-expression", `cannot read an expression: ${why}`, {
    where,
    found,
    expected: "an expression of Vega, e.g. `datum.value > 0`",
  });

export const filledExpression = (where: Place): Problem =>
  refused(where, "{{…}}", "Handlebars cannot fill expressions", "put the words into `params` and name them");

export const unknownFunction = (where: Place, name: string, known: readonly string[]): Problem =>
  error("chart-refused", `an expression of a chart cannot call \`${name}\``, {
    where,
    found: name,
    expected: [...known].sort(order).join(", "),
    ...didYouMean(name, known),
  });

/** What is wrong with a picture; where it stands is known to whoever asked for it. */
export const notDrawn = (why: string): Problem => error("chart-not-drawn", `cannot draw the chart: ${why}`);

export const unknownField = (where: Place, field: string, known: readonly string[]): Problem =>
  error("chart-unknown-field", `the rows of a chart have no field \`${field}\``, {
    where,
    found: field,
    expected: known.join(", "),
    ...didYouMean(field, known),
  });

export const unknownRole = (where: Place, role: string, known: readonly string[]): Problem =>
  error("chart-unknown-role", `the theme has no role \`${role}\``, {
    where,
    found: `role:${role}`,
    expected: known.map((name) => `role:${name}`).join(", "),
    ...didYouMean(
      `role:${role}`,
      known.map((name) => `role:${name}`),
    ),
  });

export const noQuery = (where: Place): Problem =>
  error("chart-no-query", "cannot draw a chart without a query", {
    where,
    expected: 'e.g. "usermeta": { "sourcedeck": { "select": { "metric": "capex" } } }',
  });

export const emptyQuery = (where: Place): Problem =>
  error("chart-query", "the chart's query names no figures", {
    where,
    expected: "`figures`, `select` or both",
  });

export const notAPeriod = (where: Place, key: string, found: string): Problem =>
  error("chart-query", `\`${key}\` of the chart's query is no period`, {
    where,
    found,
    expected: "a period as in the data, e.g. `2025-W23`, `2025-06`",
  });

export const unknownFigure = (where: Place, id: string, known: Iterable<string>): Problem =>
  error("unknown-figure", `the store has no figure \`${id}\``, {
    where,
    found: id,
    ...didYouMean(id, known),
  });

/** Files in which the store declares what figures are chosen by. */
const homes: Readonly<Record<string, string>> = {
  metric: "metrics.yaml",
  subject: "subjects.yaml",
  source: "sources.yaml",
};

export const unknownSelection = (where: Place, key: string, id: string, known: Iterable<string>): Problem =>
  error(`unknown-${key}`, `the store has no ${key} \`${id}\``, {
    where,
    found: id,
    ...(homes[key] !== undefined && { expected: `a ${key} of ${homes[key]}` }),
    ...didYouMean(id, known),
  });

export const noRows = (where: Place): Problem =>
  error("chart-no-rows", "the chart's query finds no figure in the store", {
    where,
    hint: "widen the query, or show the chart only where there are figures",
  });

export const tooManyRows = (where: Place, found: number, limit: number): Problem =>
  error("chart-too-many-rows", "the chart's query finds more figures than a chart can show", {
    where,
    found: String(found),
    expected: `at most ${limit}`,
  });

export const mixedUnits = (where: Place, units: readonly string[]): Problem =>
  error("chart-mixed-units", "cannot draw figures of different units to one scale", {
    where,
    found: units.join(", "),
    expected: "one unit for each metric, and one currency",
    hint: 'convert money with "in": "USD", or narrow the query',
  });

export const notCompiled = (why: string): Problem =>
  error("chart-not-compiled", `Vega-Lite cannot draw the chart: ${why}`);

export const vegaWarning = (text: string): Problem =>
  error("chart-not-as-written", `the chart would not be drawn as written: ${text}`);

export const textOutside = (texts: readonly string[], size: string): Problem =>
  error("chart-text-outside", `texts of the chart do not fit into its box of ${size}`, {
    found: texts.map((text) => `\`${text}\``).join(", "),
    hint: "shorten the texts, or give the chart a larger box",
  });

export const textOverlap = (pairs: readonly (readonly [string, string])[], size: string): Problem =>
  warning("chart-text-overlap", `texts of the chart overlap in its box of ${size}`, {
    found: pairs.map(([a, b]) => `\`${a}\` and \`${b}\``).join(", "),
    hint: "draw fewer of them, or give the chart a larger box",
  });

export const missingGlyphs = (characters: readonly string[]): Problem =>
  error("missing-glyphs", "the shipped fonts cannot draw all characters of the charts", {
    found: characters
      .map(
        (character) =>
          `${character} (U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")})`,
      )
      .join(", "),
    expected: "Latin, Greek, Cyrillic and simplified Chinese",
  });

export const fontsNotUnpacked = (folder: string, why: string): Problem =>
  error("fonts-not-unpacked", `cannot unpack the shipped fonts into \`${folder}\`: ${why}`, {
    expected: "a folder that can be written to",
  });

export const fontsNotUsed = (folder: string, configuration: string): Problem =>
  error("fonts-not-used", "the shipped fonts were not found when a text was drawn: Chinese would be boxes", {
    hint: `remove \`${folder}\` and start again; if that changes nothing, with FONTCONFIG_FILE=${configuration} in the environment`,
  });

export const withdrawn = (
  where: Place,
  id: string,
  { on, why }: NonNullable<Finding["withdrawn"]>,
): Problem =>
  error("withdrawn", `\`${id}\` no longer holds`, {
    where,
    found: `withdrawn on ${on}: ${why.en}`,
    expected: "a figure that holds",
  });
