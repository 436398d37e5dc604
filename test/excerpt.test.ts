/** The line of a problem, as a terminal shows it. */
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { excerpt, linesOf, printable } from "../src/excerpt.ts";

/** The line with the caret below it. */
const shown = (line: string, column?: number): string => {
  const { line: cut, caret } = excerpt(line, column);
  return caret === undefined ? cut : `${cut}\n${caret}`;
};

describe("the caret stands right under", () => {
  it.each([
    ["a letter", "a {{fig}}", 5, "a {{fig}}\n    ^"],
    ["what follows Chinese text, in two cells a character", "收入{{fig}}", 3, "收入{{fig}}\n    ^"],
    ["a full-width mark", "“阿里”，增长", 6, "“阿里”，增长\n        ^"],
    ["what follows a tab", "\ta: 1", 2, "    a: 1\n    ^"],
    ["what follows combining marks", "e\u0301e\u0301 x", 6, "e\u0301e\u0301 x\n   ^"],
    ["the character that carries a mark", "ae\u0301x", 3, "ae\u0301x\n ^"],
    ["what follows an emoji", "😀😀 x", 6, "😀😀 x\n     ^"],
    ["an emoji, at either half of its pair", "a😀", 3, "a😀\n ^"],
    ["the end of the line, for a column behind it", "abc", 9, "abc\n   ^"],
    ["the start of an empty line", "", 1, "\n^"],
  ])("%s", (_, line, column, expected) => {
    expect(shown(line, column)).toBe(expected);
  });
});

it("shows no caret where no column is known", () => {
  expect(excerpt("## A title")).toEqual({ line: "## A title" });
});

describe("a long line", () => {
  const line = `${"left ".repeat(40)}HERE${" right".repeat(40)}`;

  it("is cut on both sides of the column", () => {
    const { line: cut, caret = "" } = excerpt(line, line.indexOf("HERE") + 1);
    expect(cut).toMatch(/^….*left HERE right.*…$/);
    expect(cut.length).toBeLessThanOrEqual(96);
    expect(cut.slice(caret.length - 1)).toMatch(/^HERE/);
  });

  it("is cut behind a column near its start, and before one near its end", () => {
    expect(shown(line, 1)).toMatch(/^left .*…\n\^$/);
    expect(excerpt(line, line.length).line).toMatch(/^….*right$/);
  });

  it("may have many megabytes", () => {
    const { line: cut, caret = "" } = excerpt(
      `${"字".repeat(2_000_000)}x${"y".repeat(2_000_000)}`,
      2_000_001,
    );
    expect(cut).toMatch(/^…字+xy+…$/);
    expect(caret.length).toBe(2 + 2 * (cut.indexOf("x") - 1));
  });
});

test("what a terminal would obey is shown as a picture", () => {
  expect(shown("a\u001B[31mb\u0007", 6)).toBe("a␛[31mb␇\n     ^");
  expect(shown("a\u202Eb\u009Bc\u200Bd", 3)).toBe("a�b�c�d\n  ^");
  expect(printable("one\n\ttwo\u001B]0;title\u0007\u007F")).toBe("one two␛]0;title␇␡");
});

test("a text within a message has an end", () => {
  expect([...printable("😀".repeat(5000))]).toHaveLength(601);
  expect(printable("x".repeat(600))).toHaveLength(600);
});

test("lines end as they do for whoever reads the file", () => {
  expect(linesOf("\uFEFFa\r\nb\nc\rd")).toEqual(["a", "b", "c", "d"]);
});

test("no line and no column leave the terminal's width, or reach it with a control", () => {
  const anything = fc.string({ unit: fc.oneof(fc.constantFrom("\t", "字", "é", "\u001B"), fc.string()) });
  fc.assert(
    fc.property(anything, fc.integer({ min: -5, max: 500 }), (line, column) => {
      const { line: cut, caret = "" } = excerpt(line.repeat(9), column);
      expect(cut + caret).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
      expect(caret).toMatch(/^ {0,97}\^$/);
    }),
  );
});
