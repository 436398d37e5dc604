import { describe, expect, it } from "vitest";
import type { Figure, Lineage } from "../../src/evidence/figure.ts";
import type { Block, Inline, Page, SourcedDocument } from "../../src/model/document.ts";
import { writeMarkdown } from "../../src/writers/markdown.ts";
import { tracePage } from "../../src/writers/trace.ts";
import {
  at,
  chart,
  deckOf,
  fig,
  figure,
  page,
  period,
  prose,
  store,
  storeOfDays,
  strong,
  table,
  text,
} from "./slides/sample.ts";

const bars = figure("bar", { citations: [{ source: "agi", line: 12, written: "13亿" }] });
const picture = { url: "week.png", figures: [bars], labels: new Map([["bar", "~1.3"]]) };

function write(blocks: readonly Block[], more: Partial<SourcedDocument> = {}) {
  const document = deckOf([page("Page", blocks)], more);
  const written = writeMarkdown(document, store, { pictures: new Map([["week", picture]]) });
  const body = written.text.split("\n").filter((line) => line !== "" && !/^(?:#|\[\^|\*A brief)/.test(line));
  return { ...written, body, entries: tracePage(written, store) };
}

const cited = (line: number): Lineage => ({
  findings: ["said"],
  citations: [{ source: "dingjiao", line, written: "说法" }],
  rates: [],
});
const name = (value: string, lineage?: Lineage): Inline => ({
  type: "name",
  text: value,
  ...(lineage ? { lineage } : {}),
});

describe("marks of footnotes", () => {
  const said = (lineage: Lineage, ...figures: readonly Figure[]): string =>
    write([
      prose(
        name("Buys "),
        ...figures.flatMap((one) => [fig("49%", one), name(" ")]),
        name("of it for", lineage),
        name(" "),
        fig("1bn", figure("price", { citations: [{ source: "agi", line: 99, written: "十亿" }] })),
      ),
    ]).body[0]!;

  it("stand after the number, and that of a statement at its end", () => {
    expect(said(cited(5))).toBe("Buys of it for 1bn[^1][^2]");
  });

  it("are one where a statement and its only figure stand in the same line", () => {
    const one = write([prose(name("Grew by "), fig("42%"), name(".", cited(31)))]);
    expect(one.body[0]).toBe("Grew by 42%[^1].");
    const elsewhere = write([prose(name("Grew by "), fig("42%"), name(".", cited(32)))]);
    expect(elsewhere.body[0]).toBe("Grew by 42%[^1].[^2]");
    expect(said(cited(31), figure("share"))).toBe("Buys 49%[^1] of it for 1bn[^2][^3]");
  });
});

describe("headings", () => {
  it("are left out where nothing stands under them", () => {
    const section = (title: string, pages: readonly Page[]) => ({
      at,
      title: [text(title)],
      blocks: [],
      pages,
    });
    const { text: written } = write([], {
      sections: [
        section("Empty", [page("Nothing", [])]),
        section("Full", [page("One", [prose(text("Words"))])]),
      ],
    });
    expect(written).not.toMatch(/Empty|Nothing/);
    expect(written).toMatch(/## Full\n\n### One\n\nWords/);
  });
});

describe("the trace of a page", () => {
  it("has every text of the store in its line, statements with what they rest on", () => {
    const { text: written, entries } = write([
      table(["Maker", "Revenue"], [[name("Long & Sons_1"), fig("301亿元")]]),
      prose(strong(period("Q1 2025")), text(": "), { type: "literal", text: "5" }, name(" *", cited(7))),
    ]);
    const lines = written.split("\n");
    expect(entries.map(({ kind, text }) => [kind, text])).toEqual([
      ["name", "Long & Sons_1"],
      ["figure", "301亿元"],
      ["period", "Q1 2025"],
      ["literal", "5"],
      ["name", " *"],
      ["citation", expect.stringContaining("Alibaba Cloud, revenue, Q1 2025")],
      ["citation", expect.stringContaining("line 7")],
    ]);
    for (const { line, text } of entries) expect(lines[line! - 1]!.replaceAll("\\", "")).toContain(text);
    expect(entries[4]).toMatchObject({ findings: ["said"], citations: [{ line: 7, file: "dingjiao.txt" }] });
    expect(written).not.toMatch(/[\uE000-\uF8FF]/);
  });

  it("has the figures of a picture with their labels, and the page names their sources under it", () => {
    const { body, entries, text: written } = write([chart("week")]);
    expect(body).toEqual([
      "![What the chart shows](week.png)",
      "*Source: AGI Observatory, 7 Aug 2025, line 12.*",
    ]);
    const line = written.split("\n").findIndex((one) => one.startsWith("![")) + 1;
    expect(entries).toMatchObject([
      { line, in: "Chart week", kind: "figure", text: "~1.3", figure: "bar", citations: [{ line: 12 }] },
      { line: line + 2, kind: "citation", citations: [{ line: 12 }] },
    ]);
  });
});

describe("what is new since a day", () => {
  const dated = (of: Figure, more: Partial<SourcedDocument> = {}) =>
    writeMarkdown(
      deckOf([page("Page", [prose(fig("30.1", of)), chart("week")])], { since: "2025-06-08", ...more }),
      storeOfDays,
      { pictures: new Map([["week", { ...picture, figures: [of], labels: new Map() }]]) },
    );

  it("is explained once, under the subtitle, where anything is new", () => {
    expect(dated(figure("late")).text).toContain("*A briefing*\n\n◆ new since 8 Jun 2025\n\n##");
    expect(dated(figure("late"), { language: "zh" }).text).toContain("\n◆ 2025年6月8日之后新增\n");
    expect(dated(figure("early")).text).not.toContain("◆");
  });

  it("is traced: its day, and the figures of a picture with their sign", () => {
    const entries = tracePage(dated(figure("late")), storeOfDays);
    expect(entries[0]).toMatchObject({ kind: "period", text: "8 Jun 2025" });
    expect(entries.find((entry) => entry.in === "Chart week")?.text).toBe("CNY 30.1bn◆");
  });
});

it("columns of tables line up as if nothing were traced", () => {
  const { body } = write([table(["A", "B"], [[name("Long"), fig("42%")]])]);
  expect(new Set(body.map((row) => row.replace(/\[\^1\]/, "    ").length)).size).toBe(1);
});
