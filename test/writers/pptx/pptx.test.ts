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
