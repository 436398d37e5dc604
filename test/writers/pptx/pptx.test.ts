import { expect, test } from "vitest";
import { lint } from "../../../src/writers/package/lint.ts";
import { writePptx } from "../../../src/writers/pptx.ts";
import { deck, paragraph, pictures, run, sample, slide, text } from "../package/decks.ts";
import { open } from "../package/write.ts";

test("a deck without slides is refused", async () => {
  const { value, problems } = await writePptx(deck([]), pictures);
  expect(value).toBeUndefined();
  expect(problems.map(({ code }) => code)).toEqual(["deck-without-slides"]);
});

test("each chart that was not drawn is a problem, located at its slide", async () => {
  const { value, problems } = await writePptx(sample(4), new Map());
  expect(value).toBeUndefined();
  expect(problems.map(({ code, where, message }) => [code, where?.line, message])).toEqual(
    Array(2).fill(["picture-not-drawn", 3, "cannot place the chart `capex 3×1`: it was not drawn"]),
  );
});

test("the placed deck is left as it was", async () => {
  const placed = sample(3);
  const before = structuredClone(placed);
  await writePptx(placed, pictures);
  expect(placed).toEqual(before);
});

test("what the engine writes still needs settling", async () => {
  const { value } = await writePptx(sample(3), pictures);
  expect(new Set(lint(value as Uint8Array, "raw").map(({ code }) => code))).toEqual(
    new Set(["directory-entry", "phantom-override", "duplicate-shape-id", "untitled-slide"]),
  );
});

test("a link that is no address stays text", async () => {
  const line = paragraph([run("here", { link: "https://[" })]);
  const { value } = await writePptx(deck([slide([text("Text", [line])])]), pictures);
  const written = open(value as Uint8Array).text("ppt/slides/slide1.xml");
  expect(written).toContain("here");
  expect(written).not.toContain("hlinkClick");
});
