import { describe, expect, it } from "vitest";
import { formatProblem } from "../../src/problem.ts";
import { bars, prepare } from "./sample.ts";

/** The first line of each problem of the sample chart with some keys changed. */
const problems = (change: object) =>
  prepare({ ...bars, ...change }).problems.map((problem) => formatProblem(problem).split("\n")[0]);

const encoding = (change: object) => ({ encoding: { ...bars.encoding, ...change } });

describe("a chart's file", () => {
  it("passes when it is plain Vega-Lite with a query", () => {
    expect(prepare({ ...bars, data: { name: "rows" } }).problems).toEqual([]);
  });

  it("is located down to line and column", () => {
    expect(problems({ mark: "bra" })).toEqual([
      "sample.vl.json:16:3: error: cannot draw the mark `bra` [chart-unknown-mark]",
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
      encoding({ x: { field: "value", title: "USD 5bn" } }),
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
    ["an unknown role", { mark: { type: "bar", color: "role:cm" } }, "chart-unknown-role"],
  ])("is refused for %s", (_, change, code) => {
    expect(prepare({ ...bars, ...change }).problems.map((problem) => problem.code)).toContain(code);
    expect(prepare({ ...bars, ...change }).value).toBeUndefined();
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
