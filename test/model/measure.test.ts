import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  breakLines,
  type Line,
  neverFirst,
  neverLast,
  textWidth,
  widestWord,
} from "../../src/model/measure.ts";

/** Widths in thousandths of an em, as published for Helvetica and Arial. */
const published = {
  regular: {
    A: 667,
    V: 667,
    i: 222,
    m: 833,
    "0": 556,
    " ": 278,
    "–": 556,
    "€": 556,
    "%": 889,
    ü: 556,
    α: 578,
  },
  bold: { A: 722, V: 667, i: 278, m: 889, "0": 556, " ": 278, "–": 556, "€": 556, "%": 889, ü: 611 },
};

describe("the width of a text", () => {
  test("is the sum of Arial's advances", () => {
    for (const [character, width] of Object.entries(published.regular))
      expect(textWidth(character, { size: 1000 }), character).toBeCloseTo(width, -0.5);
    for (const [character, width] of Object.entries(published.bold))
      expect(textWidth(character, { size: 1000, bold: true }), character).toBeCloseTo(width, -0.5);
    expect(textWidth("AA0", { size: 2048 })).toBe(1366 + 1366 + 1139);
  });

  test("counts Han, full-width marks and emoji as one em, and what is unknown as six tenths", () => {
    expect(textWidth("阿里云，🚀", { size: 10 })).toBe(50);
    expect(textWidth("א", { size: 10 })).toBe(6);
    expect(textWidth("e\u0301", { size: 10 })).toBe(textWidth("e", { size: 10 }));
  });

  test("sets quotation marks as wide as Han in Chinese text only", () => {
    expect(textWidth("“”", { size: 10, eastAsian: true })).toBe(20);
    expect(textWidth("“”", { size: 10 })).toBeLessThan(8);
  });

  test("grows with the size and adds up over parts", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (a, b) => {
        const width = (text: string, size: number) => textWidth(text, { size });
        expect(width(a + b, 12)).toBeCloseTo(width(a, 12) + width(b, 12), 6);
        expect(width(a, 24)).toBeCloseTo(2 * width(a, 12), 6);
      }),
    );
  });
});

describe("breaking lines", () => {
  const texts = (lines: readonly Line[]) => lines.map(({ text }) => text);
  const broken = (text: string, width: number) => texts(breakLines([{ text, size: 10 }], width));

  test("adds tracking after each character", () => {
    const width = (tracking: number): number =>
      breakLines([{ text: "KICKER", size: 12, tracking }], Number.POSITIVE_INFINITY)[0]!.width;
    expect(width(1.5) - width(0)).toBeCloseTo(6 * 1.5);
  });

  test("breaks Latin at spaces and after hyphens between letters, never inside a number or a word", () => {
    expect(broken("China earns through cloud", 75)).toEqual(["China earns", "through cloud"]);
    expect(broken("year-on-year growth", 40)).toEqual(["year-on-", "year", "growth"]);
    expect(broken("USD 12–13bn", 45)).toEqual(["USD", "12–13bn"]);
  });

  test("breaks Han between characters, and keeps marks with what they belong to", () => {
    expect(broken("云与广告养着大模型", 40)).toEqual(["云与广告", "养着大模", "型"]);
    expect(broken("云与广告，养着", 40)).toEqual(["云与广", "告，养着"]);
    expect(broken("差距在（收入）", 40)).toEqual(["差距在", "（收入）"]);
    expect(broken("收入三亿元◆高", 50)).toEqual(["收入三亿", "元◆高"]);
  });

  test("breaks over runs of differing style as if they were one text", () => {
    const runs = [
      { text: "Alibaba ", size: 10, bold: true },
      { text: "Cloud grows", size: 10 },
    ];
    expect(texts(breakLines(runs, 70))).toEqual(["Alibaba Cloud", "grows"]);
  });

  test("breaks a word that is wider than the line, and ends a line at a line feed", () => {
    expect(broken("0123456789", 30)).toEqual(["01234", "56789"]);
    expect(broken("one\ntwo\n", 300)).toEqual(["one", "two", ""]);
    expect(broken("", 300)).toEqual([""]);
  });

  const word = fc.oneof(
    fc.constantFrom("云", "告", "收入", "AI", "MaaS", "2025", "a", "12–13"),
    fc.constantFrom(..."，。；：、！？）》”’％…").map((mark) => `云${mark}`),
    fc.constantFrom(..."（《“‘").map((mark) => `${mark}云`),
    fc.constant(" "),
  );

  test("keeps every character, in order, and stays within the width", () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), fc.integer({ min: 20, max: 200 }), (words, width) => {
        const text = words.join("");
        const lines = breakLines([{ text, size: 10 }], width);
        expect(texts(lines).join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
        for (const line of lines) expect(line.width <= width || [...line.text].length === 1).toBe(true);
      }),
    );
  });

  test("starts no line with a closing mark and ends none with an opening one", () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), fc.integer({ min: 80, max: 300 }), (words, width) => {
        const text = words.join("").trim();
        const lines = texts(breakLines([{ text, size: 10, eastAsian: true }], width));
        for (const line of lines.slice(1)) expect(neverFirst).not.toContain(line[0] ?? "-");
        for (const line of lines.slice(0, -1)) expect(neverLast).not.toContain(line.at(-1) ?? "-");
      }),
    );
  });

  test("in a width of the widest word breaks no word", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("cloud", "advertising", "AI", "x"), { minLength: 1 }), (words) => {
        const runs = [{ text: words.join(" "), size: 10 }];
        const pieces = texts(breakLines(runs, widestWord(runs) + 0.01)).flatMap((line) => line.split(" "));
        expect(pieces).toEqual(words);
      }),
    );
  });
});
