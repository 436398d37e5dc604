import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { partsOf, readJson, rewrite } from "../../src/charts/json.ts";
import { clean } from "../../src/findings/clean.ts";

const read = (text: string) => readJson("a.json", text);
const fault = (text: string) => {
  const [problem] = read(text).problems;
  return `${problem?.where?.line}:${problem?.where?.column} ${problem?.found}, expected ${problem?.expected}`;
};

describe("reading JSON", () => {
  it("reads what JSON.parse reads, texts cleaned", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 8 }), fc.nat(4), (text, indent) => {
        const value = clean({ a: JSON.parse(text) }, 40);
        expect(read(JSON.stringify(value, null, indent)).value?.value).toEqual(value);
      }),
    );
  });

  it("refuses what JSON.parse refuses, without a throw", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[],:"\\ntruefals0123.e-+ ') }), (text) => {
        let valid = true;
        try {
          JSON.parse(`{"a":${text}}`);
        } catch {
          valid = false;
        }
        expect(read(`{"a":${text}}`).value !== undefined).toBe(valid);
      }),
      { numRuns: 500 },
    );
  });

  it("keeps numbers as numbers, however they are written", () => {
    expect(read('{"a": 1.50, "b": 1e3}').value?.value).toEqual({ a: 1.5, b: 1000 });
  });

  it("takes away what cannot be drawn", () => {
    expect(read('{"a": "b\\u0007c\\u202e"}').value?.value).toEqual({ a: "bc" });
  });

  it("knows where values stand", () => {
    const { value } = read('{\n  "a": [1,\n    { "b": 2 }]\n}');
    expect(value?.at(["a"])).toEqual({ file: "a.json", line: 2, column: 8 });
    expect(value?.at(["a", 1, "b"])).toEqual({ file: "a.json", line: 3, column: 12 });
    expect(value?.at(["a", 1, "missing"])).toEqual({ file: "a.json", line: 3, column: 5 });
  });

  it.each([
    ['{\n "a": 1,\n}', "3:1 }, expected a key in double quotes"],
    ['{ "a" 1 }', "1:7 1, expected `:`"],
    ['{ "a": 1, "a": 2 }', '1:11 "a", expected each field once'],
    ["[1 2]", "1:4 2], expected `,` or `]`"],
    ["[1]", "1:1 a list, expected a map of fields"],
    ["{'a': 1}", "1:2 'a':, expected a key in double quotes or `}`"],
  ])("says what is wrong with %j", (text, message) => {
    expect(fault(text)).toBe(message);
  });

  it("bounds size and depth", () => {
    const codes = (text: string) => read(text).problems.map(({ code }) => code);
    expect(codes(`{"a":${"[".repeat(50)}${"]".repeat(50)}}`)).toEqual(["yaml-too-deep"]);
    expect(codes(`"${"x".repeat(300_000)}"`)).toEqual(["chart-too-large"]);
  });

  it("walks parents first and rewrites children first, elements of lists as well", () => {
    expect(partsOf({ a: [1] }).map(({ path }) => path)).toEqual([[], ["a"], ["a", 0]]);
    expect(rewrite({ a: [1, 2] }, (value) => (typeof value === "number" ? value + 1 : value))).toEqual({
      a: [2, 3],
    });
  });
});
