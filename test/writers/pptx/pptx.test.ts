import { expect, test } from "vitest";
import { lint } from "../../../src/writers/package/lint.ts";
import { writePptx } from "../../../src/writers/pptx.ts";
import { deck, paragraph, run, sample, slide, text } from "../package/decks.ts";
import { open } from "../package/write.ts";

test("a deck without slides is refused", async () => {
  const { value, problems } = await writePptx(deck([]));
  expect(value).toBeUndefined();
  expect(problems.map(({ code }) => code)).toEqual(["deck-without-slides"]);
});

test("the placed deck is left as it was", async () => {
  const placed = sample(3);
  const before = structuredClone(placed);
  await writePptx(placed);
  expect(placed).toEqual(before);
});

test("what the engine writes still needs settling", async () => {
  const { value } = await writePptx(sample(3));
  expect(new Set(lint(value as Uint8Array, "raw").map(({ code }) => code))).toEqual(
    new Set(["directory-entry", "phantom-override", "duplicate-shape-id", "untitled-slide"]),
  );
});

test("a link that is no address stays text", async () => {
  const line = paragraph([run("here", { link: "https://[" })]);
  const { value } = await writePptx(deck([slide([text("Text", [line])])]));
  const written = open(value as Uint8Array).text("ppt/slides/slide1.xml");
  expect(written).toContain("here");
  expect(written).not.toContain("hlinkClick");
});

test("a cell that stands in has its table's inset and its own", async () => {
  const cell = { paragraphs: [paragraph(["text"])], align: "left" as const };
  const { value } = await writePptx(
    deck([
      slide([
        {
          kind: "table",
          name: "Table",
          alt: "Two cells",
          box: { x: 1, y: 2, w: 4, h: 0.5 },
          columns: [2, 2],
          inset: [0, 0, 0, 0.1],
          header: true,
          rows: [{ height: 0.5, cells: [cell, { ...cell, indent: 0.25 }] }],
        },
      ]),
    ]),
  );
  const written = open(value as Uint8Array).text("ppt/slides/slide1.xml");
  expect([...written.matchAll(/<a:tcPr[^>]* marL="(\d+)"/g)].map(([, left]) => left)).toEqual([
    "91440",
    "320040",
  ]);
});
