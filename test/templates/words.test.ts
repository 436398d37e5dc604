import { describe, expect, it } from "vitest";
import type { Memory } from "../../src/memory.ts";
import { formatProblem } from "../../src/problem.ts";
import type { Library } from "../../src/templates/library.ts";
import { wordsOf } from "../../src/templates/words.ts";

/** A new library each time, as every process has one. */
const library = (own: string, under?: string): Library => ({
  files: new Map([["words.yaml", { file: "templates/words.yaml", text: own }]]),
  ...(under !== undefined && {
    under: new Map([["words.yaml", { file: "shipped/words.yaml", text: under }]]),
  }),
});

function openMemory(): Memory & { readonly kept: Map<string, Uint8Array> } {
  const kept = new Map<string, Uint8Array>();
  return { kept, get: (key) => kept.get(key), put: (key, bytes) => void kept.set(key, bytes) };
}

describe("words that were read before", () => {
  const shipped = "chart: { title: { en: Revenue, zh: 收入 }, note: { en: Rounded, zh: 约数 } }\n";
  const own = "chart: { title: { en: Sales, zh: 销售额 } }\n";

  it("are what they are without a memory, laid over each other key by key", () => {
    const memory = openMemory();
    const anew = wordsOf(library(own, shipped));
    expect([...(anew.value ?? [])]).toEqual([
      ["chart.title", { en: "Sales", zh: "销售额" }],
      ["chart.note", { en: "Rounded", zh: "约数" }],
    ]);
    expect(wordsOf(library(own, shipped), memory)).toEqual(anew);
    expect(memory.kept.size).toBe(2);
    expect(wordsOf(library(own, shipped), memory)).toEqual(anew);
    expect(wordsOf(library(shipped, own), memory)).toEqual(wordsOf(library(shipped, own)));
    expect(memory.kept.size).toBe(2);
  });

  it.each([
    ["a half word", "a: { en: Half }\n"],
    ["a number", "a: { en: Up 5%, zh: 升 }\n"],
    ["no YAML", "a: { en: [\n"],
  ])("are read again, and what is wrong told, where there is %s", (_, text) => {
    const memory = openMemory();
    const anew = wordsOf(library(text)).problems.map(formatProblem);
    expect(anew).toHaveLength(1);
    for (const again of [1, 2])
      expect([again, wordsOf(library(text), memory).problems.map(formatProblem)]).toEqual([again, anew]);
    expect(memory.kept.size).toBe(0);
  });
});
