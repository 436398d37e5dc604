import { describe, expect, it } from "vitest";
import { formatProblem } from "../../src/problem.ts";
import { bars, prepare } from "./sample.ts";

/** The first line of each problem of the sample chart with some keys changed. */
const problems = (change: object) =>
  prepare({ ...bars, ...change }).problems.map((problem) => formatProblem(problem).split("\n")[0]);

const encoding = (change: object) => ({ encoding: { ...bars.encoding, ...change } });

const axis = (change: object) => encoding({ x: { ...bars.encoding.x, axis: change } });
const textOf = (text: object) => ({ mark: "text", ...encoding({ text }) });
const made = (calculate: string, ...before: object[]) => ({
  transform: [...before, { calculate, as: "a" }],
  ...textOf({ field: "a" }),
});

describe("a chart's file", () => {
  it("passes when it is plain Vega-Lite with a query", () => {
    expect(prepare({ ...bars, data: { name: "rows" } }).problems).toEqual([]);
  });

  it("is located down to line and column", () => {
    expect(problems({ mark: "bra" })).toEqual([
      "sample.vl.json:16:11: error: cannot draw the mark `bra` [chart-unknown-mark]",
    ]);
  });

  it.each<[string, object, string]>([
    ["no $schema", { $schema: undefined }, "chart-not-vega-lite"],
    ["another $schema", { $schema: "https://vega.github.io/schema/vega/v6.json" }, "chart-not-vega-lite"],
    ["no query", { usermeta: {} }, "chart-no-query"],
    ["an unknown key", { encodng: {} }, "chart-unknown-key"],
    ["an unknown mark", { mark: { type: "pie" } }, "chart-unknown-mark"],
    ["a picture from elsewhere", { mark: { type: "image", url: "a.png" } }, "chart-refused"],
    ["several views", { hconcat: [] }, "chart-not-one-view"],
    ["facets", encoding({ row: { field: "region" } }), "chart-not-one-view"],
    ["a size of its own", { width: 300 }, "chart-refused"],
    ["typed values", { data: { values: [{ value: 1 }] } }, "chart-typed-data"],
    ["a file", { data: { url: "file:///etc/passwd" } }, "chart-typed-data"],
    ["typed values in a layer", { layer: [{ data: { values: [] }, mark: "bar" }] }, "chart-typed-data"],
    ["named data sets", { datasets: { a: [1] } }, "chart-refused"],
    ["a lookup", { transform: [{ lookup: "id", from: { data: { values: [] } } }] }, "chart-refused"],
    ["a sequence", { data: { sequence: { start: 0, stop: 9 } } }, "chart-typed-data"],
    ["filled gaps", { transform: [{ impute: "value", key: "id", value: 0 }] }, "chart-refused"],
    ["a link", encoding({ href: { field: "id" } }), "chart-refused"],
    ["a typed line", { layer: [{ mark: "rule", encoding: { y: { datum: 42 } } }] }, "chart-typed-data"],
    ["a typed field", { transform: [{ calculate: "42", as: "answer" }] }, "chart-typed-data"],
    ["an unknown field", encoding({ x: { field: "valeu" } }), "chart-unknown-field"],
    [
      "an unknown field in an expression",
      { transform: [{ filter: "datum.valeu > 0" }] },
      "chart-unknown-field",
    ],
    ["a number in the title", { title: "Revenue of 2024" }, "chart-typed-number"],
    ["a number in a subtitle", { title: { text: "Revenue", subtitle: ["about 40%"] } }, "chart-typed-number"],
    [
      "a number in an axis title",
      encoding({ x: { ...bars.encoding.x, title: "USD 5bn" } }),
      "chart-typed-number",
    ],
    ["a number as text", encoding({ text: { value: "42" } }), "chart-typed-number"],
    [
      "a number in an expression",
      { transform: [{ calculate: "datum.label + ' of 42'", as: "a" }] },
      "chart-typed-number",
    ],
    ["a number in a parameter", { params: [{ name: "a", value: { b: "5%" } }] }, "chart-typed-number"],
    [
      "Handlebars in an expression",
      { transform: [{ calculate: "datum.id + '{{a}}'", as: "a" }] },
      "chart-refused",
    ],
    ["the clock", { transform: [{ filter: "time(datum.end) < now()" }] }, "chart-refused"],
    ["dice", { transform: [{ calculate: "datum.value * random()", as: "a" }] }, "chart-refused"],
    ["the time zone", { transform: [{ calculate: "year(datum.end)", as: "a" }] }, "chart-refused"],
    ["a local time unit", encoding({ x: { field: "end", timeUnit: "yearmonth" } }), "chart-refused"],
    ["an event", { transform: [{ filter: "event.x > datum.value" }] }, "chart-refused"],
    ["a number for text", { mark: { type: "text", text: 31 } }, "chart-computed-text"],
    ["a calculated number for text", textOf({ value: { expr: "30" } }), "chart-computed-text"],
    ["a number as a mark's text", { mark: { type: "text", text: { expr: "30" } } }, "chart-computed-text"],
    [
      "a parameter's number as text",
      { params: [{ name: "p", value: 31 }], ...textOf({ value: { expr: "p" } }) },
      "chart-computed-text",
    ],
    [
      "a letter count as text",
      { params: [{ name: "p", value: { a: "b" } }], ...textOf({ value: { expr: "p.a.length" } }) },
      "chart-computed-text",
    ],
    ["a value as text", textOf({ field: "value", type: "quantitative" }), "chart-computed-text"],
    ["a formatted field as text", textOf({ field: "label", format: ".1f" }), "chart-computed-text"],
    ["a sum as text", textOf({ field: "value", aggregate: "sum" }), "chart-computed-text"],
    ["a converted value as text", made("datum.value * 7"), "chart-computed-text"],
    ["a value made a text", made("'' + datum.value"), "chart-computed-text"],
    [
      "a value made a text in two steps",
      made("datum.b", { calculate: "datum.low + ''", as: "b" }),
      "chart-computed-text",
    ],
    [
      "a label written over",
      { transform: [{ calculate: "datum.value + ''", as: "label" }], ...textOf({ field: "label" }) },
      "chart-computed-text",
    ],
    [
      "a number chosen by a condition",
      textOf({ condition: { test: "datum.value > 0", value: 5 }, value: "a" }),
      "chart-computed-text",
    ],
    ["a calculated title", { title: { text: { expr: "toString(30)" } } }, "chart-computed-text"],
    [
      "values as names of an axis",
      encoding({ y: { field: "value", type: "nominal" } }),
      "chart-computed-text",
    ],
    [
      "numbers as names of an axis",
      encoding({ y: { field: "name", type: "nominal", scale: { domain: [30] } } }),
      "chart-computed-text",
    ],
    ["values in a legend", encoding({ color: { field: "high", type: "ordinal" } }), "chart-computed-text"],
    ["calculated ticks", axis({ labelExpr: "datum.index * 10 + 30" }), "chart-computed-text"],
    ["converted ticks", axis({ labelExpr: "datum.value * 7 + ''" }), "chart-computed-text"],
    ["ticks that are no dates", axis({ labelExpr: "utcFormat(datum.value, '%S')" }), "chart-computed-text"],
    ["percent of what is none", axis({ format: ".0%" }), "chart-computed-text"],
    ["seconds of a date", axis({ format: "%Q" }), "chart-computed-text"],
    ["numbers in a date's format", axis({ format: "%b 30bn" }), "chart-typed-number"],
    [
      "numbers in a domain",
      encoding({ y: { field: "name", scale: { domain: ["Baidu USD 30bn"] } } }),
      "chart-typed-number",
    ],
    [
      "numbers in a legend",
      encoding({ color: { field: "name", legend: { values: ["Acme 5%"] } } }),
      "chart-typed-number",
    ],
    [
      "numbers in disguise",
      { transform: [{ calculate: "datum.name + '\\u0033\\u0030%'", as: "a" }] },
      "chart-typed-number",
    ],
    [
      "a line at a calculated place",
      { layer: [{ mark: "rule", encoding: { y: { datum: { expr: "40 + 2" } } } }] },
      "chart-typed-data",
    ],
    ["what is no expression", { transform: [{ calculate: "datum.value +", as: "a" }] }, "chart-expression"],
    ["a regular expression", { transform: [{ filter: "test('(a+)+$', datum.name)" }] }, "chart-refused"],
    ["a written regular expression", { transform: [{ filter: "/(a+)+$/ && datum.name" }] }, "chart-refused"],
    ["a list without end", axis({ values: { expr: "sequence(0, 20000000)" } }), "chart-refused"],
    [
      "a function nobody looked at",
      { transform: [{ calculate: "warp(datum.value)", as: "a" }] },
      "chart-refused",
    ],
    [
      "a control character",
      { transform: [{ calculate: "datum.name + '\\u0007'", as: "a" }] },
      "chart-refused",
    ],
    ["too many ticks", axis({ tickCount: 1e8 }), "chart-too-much"],
    ["a tick each second", axis({ tickCount: { interval: "second", step: 1 } }), "chart-too-much"],
    ["dashes without end", { mark: { type: "rule", strokeDash: [1e-9, 1e-9] } }, "chart-too-much"],
    ["a curve that no figure is on", { transform: [{ regression: "value", on: "order" }] }, "chart-refused"],
    ["rows multiplied", { transform: [{ fold: ["value", "low"] }] }, "chart-refused"],
    ["a date as text", textOf({ field: "start", type: "temporal" }), "chart-refused"],
    ["dates in a legend", encoding({ color: { field: "start", type: "temporal" } }), "chart-refused"],
    [
      "dates on another scale",
      encoding({ x: { field: "start", type: "temporal", scale: { type: "band" } } }),
      "chart-refused",
    ],
    [
      "a local time unit in an object",
      encoding({ x: { field: "end", timeUnit: { unit: "year" } } }),
      "chart-refused",
    ],
    ["a local date", { transform: [{ filter: { field: "end", gt: { year: 2024 } } }] }, "chart-refused"],
    ["local minutes", { transform: [{ calculate: "minutes(datum.end)", as: "a" }] }, "chart-refused"],
    ["an unknown role", { mark: { type: "bar", color: "role:cm" } }, "chart-unknown-role"],
  ])("is refused for %s", (_, change, code) => {
    const { value, problems } = prepare({ ...bars, ...change });
    expect(problems.map((problem) => problem.code)).toContain(code);
    // A draft is drawn with its typed numbers.
    expect(value !== undefined).toBe(code === "chart-typed-number");
  });

  it.each<[string, object]>([
    ["a label", textOf({ field: "label" })],
    [
      "words put together",
      made("datum.label === '' ? null : '+' + datum.label + ' · ' + upper(datum.periodName)"),
    ],
    [
      "a filled word",
      { params: [{ name: "p", value: { us: "{{a}}" } }], ...made("p[datum.region] + datum.name") },
    ],
    ["a day of the rows", made("utcFormat(toDate(datum.end), '%b')")],
    ["a tick of a measure", axis({ format: ",.1f" })],
    ["a tick with a unit", axis({ labelExpr: "datum.label + ' x'" })],
    [
      "a date of an axis",
      encoding({
        x: { field: "end", type: "temporal", axis: { labelExpr: "utcFormat(datum.value - 1, '%b')" } },
      }),
    ],
    [
      "a time unit",
      encoding({ x: { field: "end", type: "temporal", timeUnit: { unit: "yearmonth", utc: true } } }),
    ],
    [
      "values that no axis names",
      encoding({ y: { field: "order", type: "ordinal", axis: { labels: false } } }),
    ],
    ["a year compared with", { transform: [{ filter: "datum.period === '2024'" }] }],
  ])("may print or use %s", (_, change) => {
    expect(problems(change)).toEqual([]);
  });

  it("suggests the function that was meant", () => {
    const found = prepare({ ...bars, ...made("uper(datum.name)") }).problems;
    expect(found.find((problem) => problem.found === "uper")?.hint).toBe("did you mean `upper`?");
  });

  it("shows all its problems at once", () => {
    const found = problems({
      mark: "bra",
      title: "in 2024",
      datasets: {},
      ...encoding({ x: { field: "valeu" } }),
    });
    expect(found).toHaveLength(4);
  });

  it("suggests what was meant", () => {
    const [problem] = prepare({ ...bars, ...encoding({ x: { field: "valeu" } }) }).problems;
    expect(problem?.hint).toBe("did you mean `value`?");
  });

  it("may hold names with digits, fields of its own and the base line", () => {
    const change = {
      title: "Price of GPT-4 and Qwen3",
      transform: [{ calculate: "datum.name + ' · ' + datum.periodName", as: "head" }],
      layer: [{ mark: "text", encoding: { x: { datum: 0 }, text: { field: "head" } } }],
      mark: undefined,
    };
    expect(problems(change)).toEqual([]);
  });
});
