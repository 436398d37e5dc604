import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readJson, rewrite, walk } from "../../src/charts/json.ts";

const read = (text: string) => readJson("a.json", text);
const fault = (text: string) => {
  const [problem] = read(text).problems;
  return `${problem?.where?.line}:${problem?.where?.column} ${problem?.found}, expected ${problem?.expected}`;
};

describe("reading JSON", () => {
  it("reads what JSON.parse reads", () => {
    fc.assert(
      fc.property(
        fc.json({ maxDepth: 8 }).filter((text) => !text.includes("__proto__")),
        fc.nat(4),
        (text, indent) => {
          const value: unknown = JSON.parse(text);
          expect(read(JSON.stringify(value, null, indent)).value?.value).toEqual(value);
        },
      ),
    );
  });

  it("refuses what JSON.parse refuses, without a throw", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[],:"\\ntruefals0123.e-+ ') }), (text) => {
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        expect(read(text).value !== undefined).toBe(valid);
      }),
      { numRuns: 2000 },
    );
  });

  it("knows where keys and elements stand", () => {
    const { value } = read('{\n  "a": [1,\n    { "b": 2 }]\n}');
    expect(value?.at(["a"])).toEqual({ file: "a.json", line: 2, column: 3 });
    expect(value?.at(["a", 1, "b"])).toEqual({ file: "a.json", line: 3, column: 7 });
    expect(value?.at(["a", 1, "missing"])).toEqual({ file: "a.json", line: 3, column: 5 });
  });

  it.each([
    ['{\n "a": 1,\n}', "3:1 `}`, expected a string in double quotes"],
    ['{ "a" 1 }', "1:7 `1`, expected `:`"],
    ['{ "a": 1, "a": 2 }', "1:11 the key `a` a second time, expected each key once"],
    ["[1 2]", "1:4 `2]`, expected `,` or `]`"],
    ["[1] x", "1:5 `x`, expected the end of the file"],
    ['{ "__proto__": 1 }', "1:3 the key `__proto__`, expected another key"],
    ["", "1:1 the end of the line, expected a value"],
  ])("says what is wrong with %j", (text, message) => {
    expect(fault(text)).toBe(message);
  });

  it("bounds size and depth", () => {
    expect(fault("[".repeat(50))).toContain("more than 40 levels");
    expect(read(`"${"x".repeat(300_000)}"`).problems.map(({ code }) => code)).toEqual(["chart-too-large"]);
  });

  it("walks parents first and rewrites children first, elements of lists as well", () => {
    expect([...walk({ a: [1] })].map(({ path }) => path)).toEqual([[], ["a"], ["a", 0]]);
    expect(rewrite({ a: [1, 2] }, (value) => (typeof value === "number" ? value + 1 : value))).toEqual({
      a: [2, 3],
    });
  });
});
