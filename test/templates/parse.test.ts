/** Markdown becomes a document, and every part of it knows its line. */
import { describe, expect, it, test } from "vitest";
import type { Block } from "../../src/model/document.ts";
import { formatPlace } from "../../src/problem.ts";
import { blocksOf, make, printed, problemsOf, show } from "./sample.ts";

const one = (body: string): Block => {
  const [block, ...more] = blocksOf(body);
  if (!block || more.length > 0) throw new Error(`${more.length + 1} blocks`);
  return block;
};

test("`#` begins a section, `##` a page, what stands before belongs to the section", () => {
  const { value } = make(
    "before\n\n# One\n\nunder one\n\n## First\n\na\n\n### Within\n\n## Second\n\n# Two\n\n## Third",
  );
  const outline = value?.sections.map(({ title, blocks, pages }) => [
    show(title),
    blocks.length,
    pages.map((page) => [show(page.title), page.blocks.map((block) => block.type)]),
  ]);
  expect(outline).toEqual([
    ["", 1, []],
    [
      "One",
      1,
      [
        ["First", ["paragraph", "heading"]],
        ["Second", []],
      ],
    ],
    ["Two", 0, [["Third", []]]],
  ]);
});

test("a page has a layout, notes and sources of its own", () => {
  const { value, problems } = make(
    "## A\n\n::layout{name=wide}\n\na\n\n:::notes\nsay\n\n- this\n:::\n\n:::source\nOwn count\n:::\n",
  );
  expect(problems).toEqual([]);
  const [page] = value?.sections[0]?.pages ?? [];
  expect(page?.layout).toBe("wide");
  expect([page?.blocks, page?.notes, page?.sources].map((blocks) => blocks?.map(({ type }) => type))).toEqual(
    [["paragraph"], ["paragraph", "list"], ["paragraph"]],
  );
});

describe("text", () => {
  it.each([
    [
      "**a** *b* ~~c~~ `d` [e](https://f.org/g) :cn[h :us[i]]",
      "<strong a> <emphasis b> <delete c> <code d> <link e> <cn h <us i>>",
    ],
    ["a:b, c :d[e]{f=g} and R1:2b", "a:b, c :d[e]{f=g} and R1:2b"],
    ["half past ten:thirty :x", "half past ten:thirty :x"],
    ["www.example.com a@b.co <https://c.org>", "www.example.com a@b.co <https://c.org>"],
    ["    indented", "indented"],
    ["~a~ GPT-4 and 5G", "~a~ GPT-4 and 5G"],
    ["one\ntwo", "one two"],
    ["中文\n接着", "中文接着"],
    ["中文\nand", "中文 and"],
    ['{{name "acme"}}\n{{name "long"}}', "[name Acme] [name Long]"],
    ["a  \nb", "a|b"],
  ])("%j", (body, shown) => {
    expect(printed(body)).toBe(shown);
  });
});

test("lists may be numbered and nested", () => {
  expect(one("1. a\n2. b\n   - c")).toMatchObject({
    ordered: true,
    items: [[{ type: "paragraph" }], [{ type: "paragraph" }, { type: "list", ordered: false }]],
  });
});

test("a loop writes the rows of a table", () => {
  const table = one(
    '| who | what |\n| :- | -: |\n{{#figures metric="revenue" period="2025Q1"}}\n| {{subject}} | {{figure}} |\n{{/figures}}\n',
  );
  if (table.type !== "table") throw new Error(table.type);
  expect(table.align).toEqual(["left", "right"]);
  expect([table.header, ...table.rows].map((row) => row.map(show))).toEqual([
    ["who", "what"],
    ["[name Acme]", "[fig USD 3bn]"],
    ["[name Long]", "[fig CNY 30.1bn]"],
  ]);
});

test("a chart has a name and an alternative text", () => {
  expect(one('::chart[Revenue of {{name "acme"}}]{name="rev"}')).toMatchObject({
    type: "chart",
    name: "rev",
    alt: [{ value: "Revenue of " }, { text: "Acme" }],
  });
});

test("columns share the page equally or by their widths", () => {
  const spans = (body: string) => {
    const block = one(body);
    return block.type === "columns"
      ? block.columns.map(({ span, blocks }) => [span, blocks.map(({ type }) => type)])
      : [];
  };
  expect(spans(":::columns\na\n\n---\n\n- b\n- c\n:::")).toEqual([
    [6, ["paragraph"]],
    [6, ["list"]],
  ]);
  expect(spans('::::columns{widths="8,4"}\n::chart[a]{name=b}\n---\n:::flow\n- c\n:::\n::::')).toEqual([
    [8, ["chart"]],
    [4, ["flow"]],
  ]);
});

describe("tiles, timelines and flows", () => {
  it.each([
    ["- **lead** label", "lead / label / ", undefined],
    ["- **lead**: label\n  first\n  detail\n\n  second", "lead / label / first detail|second", undefined],
    ['- **{{fig "long.revenue.2025Q1"}}** a', "[fig CNY 30.1bn] / a / ", "cn"],
    ['- **{{fig "acme.revenue.2025Q1"}}** a', "[fig USD 3bn] / a / ", "us"],
    ['- **:accent[{{fig "acme.revenue.2025Q1"}}]** a', "<accent [fig USD 3bn]> / a / ", "accent"],
    ["- :positive[**lead**] a", "<positive lead> / a / ", "positive"],
  ])("%j", (item, shown, role) => {
    const block = one(`:::timeline\n${item}\n:::`);
    const [entry] = block.type === "timeline" ? block.items : [];
    expect([entry?.lead, entry?.label, entry?.detail].map((part) => show(part ?? [])).join(" / ")).toBe(
      shown,
    );
    expect(entry?.role).toBe(role);
  });

  it("may lack a lead in a flow only", () => {
    expect(one(":::flow\n- a\n- b\n:::")).toMatchObject({
      items: [{ lead: [], label: [{ value: "a" }] }, { lead: [] }],
    });
  });
});

describe("a matrix", () => {
  const table =
    "| tier | who | way |\n| - | - | - |\n| first | a | :cn[● *mainly* so] |\n| first | b | ○ |\n| last | c | |";

  it("has one column of names or two, cells that begin with their mark, and a legend", () => {
    expect(one(`:::matrix\n${table}\n\n● mainly\n:::`)).toMatchObject({
      type: "matrix",
      header: [{}, {}, {}],
      rows: [
        {
          names: [[{ value: "first" }], [{ value: "a" }]],
          cells: [{ mark: "full", role: "cn", words: [{ type: "emphasis" }, { value: " so" }] }],
        },
        { cells: [{ mark: "open", role: undefined, words: [] }] },
        { cells: [{ mark: "none", words: [] }] },
      ],
      legend: [{ value: "● mainly" }],
    });
    expect(one(":::matrix\n| who | way |\n| - | - |\n| a | – |\n:::")).toMatchObject({
      rows: [{ names: [[{ value: "a" }]], cells: [{ mark: "none" }] }],
    });
  });
});

describe("bridges, maps and smiles", () => {
  it.each([
    ["− **b**", "−"],
    ["– **b**", "−"],
    ["= :accent[**b**]", "="],
    ["÷ **b**", "÷"],
    ["/ **b**", "÷"],
    ["**b**", undefined],
  ])("read %j as operator and tile", (item, operator) => {
    const block = one(`:::bridge\n- **a**\n- ${item} label\n:::`);
    const [first, second] = block.type === "bridge" ? block.items : [];
    expect([first?.operator, second?.operator]).toEqual([undefined, operator]);
    expect(show([...second!.lead, ...second!.label])).toMatch(/^(b|<accent b>)label$/);
  });

  it("know the places of a route, wherever in the item it stands", () => {
    const items = '- **a** {{route "china" "singapore"}}\n- **b** c\n  {{route "singapore"}}';
    expect(one(`:::map\n${items}\n\nArrows: moves.\n:::`)).toMatchObject({
      type: "map",
      items: [{ stops: [{ id: "china" }, { id: "singapore" }] }, { stops: [{ id: "singapore" }] }],
      legend: [{ value: "Arrows: moves." }],
    });
  });

  it("may say how to read them", () => {
    expect(one(":::smile\n- **a** b\n- **c**\n\nHeight: profit.\n:::")).toMatchObject({
      type: "smile",
      items: [{ lead: [{ value: "a" }] }, { lead: [{ value: "c" }] }],
      legend: [{ value: "Height: profit." }],
    });
  });
});

describe("the way back to the template", () => {
  const files = { "partials/rows.md.hbs": "{{#each list}}\n- {{this}}\n\n  <b>\n{{/each}}\n" };

  it("leads through blocks and loops that stand on lines of their own", () => {
    const body =
      "# A\n{{#if true}}\n\n## B\n\n{{#statements}}\n{{#each subjects}}\n\nc {{this}}\n{{/each}}\n{{/statements}}\n\n{{/if}}\nlast\n";
    const { value } = make(body);
    const [section] = value?.sections ?? [];
    const [page] = section?.pages ?? [];
    expect(
      [section?.at, page?.at, ...(page?.blocks ?? []).map((block) => block.at)].map((at) => at?.line),
    ).toEqual([4, 7, 12, 12, 17]);
  });

  it("leads into partials, indented or not, with the column there", () => {
    const body = "{{#statements}}\n- a\n  {{> rows list=subjects}}\n{{/statements}}\n";
    expect(problemsOf(body, { files })).toEqual([
      "templates/partials/rows.md.hbs:4:3 unsupported-markdown: HTML cannot stand here (a comment is written {{!-- … --}})",
    ]);
    const { value } = make(body, { files: { "partials/rows.md.hbs": "- b\n\n\n  c\n" } });
    const [list] = value?.sections[0]?.blocks ?? [];
    const inner = list?.type === "list" ? list.items[0]?.[1] : undefined;
    const blocks = inner?.type === "list" ? (inner.items[0] ?? []) : [];
    expect(blocks.map(({ at }) => formatPlace(at))).toEqual([
      "templates/partials/rows.md.hbs:1",
      "templates/partials/rows.md.hbs:4",
    ]);
  });

  it("finds the column of a number behind escapes, values and white space control", () => {
    expect(problemsOf('{{#if true~}}\n\n   \\*a {{name "acme"}} &amp; 7 and 7\n{{~/if}}')).toEqual([
      "6:30 typed-number: the number `7` was typed by hand",
      "6:36 typed-number: the number `7` was typed by hand",
    ]);
  });

  it("is the same for every kind of line end, with a byte order mark", () => {
    const files = {
      "deck.en.md.hbs": "\uFEFF---\r\ntitle: A\r\n---\r\n# B\r\n\r\n{{#if true}}\r\n5\r\n{{/if}}\r\n",
    };
    expect(problemsOf("", { files })).toEqual(["7:1 typed-number: the number `5` was typed by hand"]);
  });
});
