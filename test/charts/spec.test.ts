import { expect, test } from "vitest";
import { type Fill, prepareChart } from "../../src/charts/spec.ts";
import { error, type Place } from "../../src/problem.ts";
import { bars, evidence, shout } from "./sample.ts";

const chart = (name: string, spec: object) => ({
  name,
  file: `${name}.vl.json`,
  text: JSON.stringify(spec, null, 2),
});

test("a text is filled once, and once more with its place where something is wrong with it", () => {
  const asked: (readonly [text: string, where: Place])[] = [];
  const fill: Fill = (text, where, isQuery) => {
    asked.push([text, where]);
    return text === "{{bad}}"
      ? { value: undefined, problems: [error("bad", "it is bad", { where })] }
      : shout(text, where, isQuery);
  };
  const spec = { ...bars, title: ["{{good}}", "{{bad}}"] };
  const { problems } = prepareChart(chart("titled", spec), evidence, "en", fill);
  expect(asked.map(([text, where]) => [text, where.line])).toEqual([
    ["{{good}}", undefined],
    ["{{bad}}", undefined],
    ["{{bad}}", 17],
  ]);
  expect(problems).toEqual([error("bad", "it is bad", { where: asked[2]![1] })]);
});

test("a chart that is asked for again has the same problems, each in its own file", () => {
  const files = ["one", "two", "one"].map((name) => chart(name, { ...bars, mark: "bra" }));
  const told = files.map((file) => prepareChart(file, evidence, "en", shout).problems);
  expect(told[0]).toEqual(told[2]);
  expect(told.map(([problem]) => problem?.where?.file)).toEqual(files.map(({ file }) => file));
});
