import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Fill, prepareChart } from "../../src/charts/spec.ts";
import type { Memory } from "../../src/memory.ts";
import { error, type Place } from "../../src/problem.ts";
import { bars, evidence, shout } from "./sample.ts";

const shipped = join(import.meta.dirname, "../../templates/charts");
const kept = new Map<string, Uint8Array>();
const memory: Memory = { get: (key) => kept.get(key), put: (key, bytes) => kept.set(key, bytes) };

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

/** Each time from a file of another name: this process knows none of them yet. */
const files = (text: string) =>
  ["one", "two", "three"].map((name) => ({ name, file: `known/${name}`, text }));

test.each(readdirSync(shipped).filter((name) => name.endsWith(".vl.json")))(
  "%s that was read before is the chart that it is now, and knows where its parts stand",
  (name) => {
    const [anew, first, again] = files(readFileSync(join(shipped, name), "utf8")).map((file, index) => {
      const { value, problems } = prepareChart(
        { ...file, file: `${file.file}/${name}` },
        evidence,
        "en",
        shout,
        undefined,
        index === 0 ? undefined : memory,
      );
      const place = (...path: readonly (string | number)[]) => ({ ...value?.at(path), file: undefined });
      const told = problems.map(({ where, ...problem }) => ({ ...problem, line: where?.line }));
      return {
        told,
        value: value && { ...value, name: "", at: undefined },
        places: [place("mark"), place("usermeta", "sourcedeck"), place("title", 0)],
      };
    });
    expect(first).toEqual(anew);
    expect(again).toEqual(anew);
  },
);

test("a chart with which something is wrong is read again, and told again", () => {
  const size = kept.size;
  const told = files(JSON.stringify({ ...bars, mark: "bra" })).map(
    (file) => prepareChart(file, evidence, "en", shout, undefined, memory).problems,
  );
  expect(told[0]).toHaveLength(1);
  expect(told.map((problems) => problems.map(({ code }) => code))).toEqual(
    Array(3).fill(told[0]?.map(({ code }) => code)),
  );
  expect(kept.size).toBe(size);
});
