import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { jsonFault } from "../../src/findings/json.ts";

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe("JSON", () => {
  it("is told from what is none as JSON.parse tells it, in sound texts and in those with one slip", () => {
    const slips = fc.record({
      value: fc.jsonValue(),
      indent: fc.constantFrom(0, 2, "\t"),
      at: fc.nat(),
      cut: fc.nat(1),
      put: fc.constantFrom("", ",", "}", "]", ":", '"', "1", "null", "#", "'", "\\", "[", "{"),
    });
    fc.assert(
      fc.property(slips, ({ value, indent, at, cut, put }) => {
        const sound = JSON.stringify(value, null, indent);
        const place = at % (sound.length + 1);
        const text = sound.slice(0, place) + put + sound.slice(place + cut);
        expect(jsonFault(sound)).toBeUndefined();
        expect([text, jsonFault(text) === undefined]).toEqual([text, isJson(text)]);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['{"a": 1,}', 8, "a key in double quotes"],
    ["[1, 2,]", 6, "a value"],
    ['{"a" 1}', 5, "`:`"],
    ["[1 2]", 3, "`,` or `]`"],
    ["{'a': 1}", 1, "a key in double quotes or `}`"],
    ["[01]", 2, "`,` or `]`"],
    ["// no\n[]", 0, "a value"],
    ["[] []", 3, "the end of the file"],
    ["[".repeat(50_000), 50_000, "a value or `]`"],
  ])("%.20s ends at offset %i", (text, offset, expected) => {
    expect(jsonFault(text)).toEqual({ offset, expected });
  });
});
