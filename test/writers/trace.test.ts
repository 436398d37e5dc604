import { expect, test } from "vitest";
import { layOut } from "../../src/writers/slides/layout.ts";
import { traceDeck } from "../../src/writers/trace.ts";
import { chart, deckOf, fig, figure, page, prose, store, theme } from "./slides/sample.ts";

test("a deck's trace has what statements rest on, and the label of each figure of a chart", () => {
  const lineage = {
    findings: ["said"],
    citations: [{ source: "agi", line: 7, written: "说法" }],
    rates: [],
  };
  const drawn = [figure("bar"), figure("title")];
  const document = deckOf([
    page("Message", [prose({ type: "name", text: "Hardly any pays.", lineage }, fig("42%")), chart("capex")]),
  ]);
  const deck = layOut(document, theme, store, new Map([["capex", drawn]])).value!;
  const entries = traceDeck(deck, new Map([["capex", new Map([["bar", "~30.1"]])]]), store);
  expect(entries.find(({ kind }) => kind === "name")).toEqual({
    slide: 2,
    in: "Text",
    kind: "name",
    text: "Hardly any pays.",
    findings: ["said"],
    citations: [{ source: "agi", line: 7, written: "说法", file: "agi.txt" }],
  });
  expect(
    entries.filter((entry) => entry.in === "Chart capex").map(({ figure, text }) => [figure, text]),
  ).toEqual([
    ["bar", "~30.1"],
    ["title", "CNY 30.1bn"],
  ]);
});
