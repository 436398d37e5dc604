import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Language } from "../../../src/findings/store.ts";
import type { Block, Entry, Inline, Page, SourcedDocument, Stop } from "../../../src/model/document.ts";
import { roles } from "../../../src/model/theme.ts";
import type { Problem } from "../../../src/problem.ts";
import { layouts } from "../../../src/writers/slides/arrangements.ts";
import { contrast, readable } from "../../../src/writers/slides/contrast.ts";
import { smallLogoRoom, zones } from "../../../src/writers/slides/grid.ts";
import { chartRequests, layOut } from "../../../src/writers/slides/layout.ts";
import type { Placed, PlacedDeck, PlacedSlide, PlacedTable } from "../../../src/writers/slides/placed.ts";
import { heightOf } from "../../../src/writers/slides/text.ts";
import { checkSlide } from "./checks.ts";
import {
  at,
  chart,
  deckOf,
  entry,
  fig,
  figure,
  list,
  page,
  period,
  prose,
  runsIn,
  store,
  storeOfDays,
  strong,
  table,
  text,
  textIn,
  theme,
} from "./sample.ts";

function laid(
  document: SourcedDocument,
  charts = new Map<string, readonly ReturnType<typeof figure>[]>(),
): PlacedDeck {
  const { value, problems } = layOut(document, theme, store, charts);
  expect(problems).toEqual([]);
  return value!;
}

/** The slides after the cover. */
const slidesOf = (pages: readonly Page[], more: Partial<SourcedDocument> = {}): readonly PlacedSlide[] =>
  laid(deckOf(pages, more)).slides.slice(1);

function problemsOf(pages: readonly Page[], more: Partial<SourcedDocument> = {}): readonly Problem[] {
  const { value, problems } = layOut(deckOf(pages, more), theme, store, new Map());
  expect(value).toBeUndefined();
  return problems;
}

const kinds = (slide: PlacedSlide, kind: Placed["kind"]) => slide.boxes.filter((box) => box.kind === kind);
const named = (slide: PlacedSlide, name: string): Placed => slide.boxes.find((box) => box.name === name)!;
const notesOf = (slide: PlacedSlide) => slide.notes.map((runs) => runs.map((run) => run.text).join(""));
const tiles = (...items: ReturnType<typeof entry>[]): Block => ({ type: "kpi", at, items });
const companies = (count: number): Inline[][] =>
  Array.from({ length: count }, (_, i) => [text(`Company ${i}`), fig(`${i}.0`, figure(`revenue.${i}`))]);

describe("the arrangement", () => {
  const text1 = [list([[text("A point")], [text("Another")]])];

  test("follows from what stands on the page", () => {
    const chosen = (blocks: readonly Block[]) =>
      Object.entries(layouts).find(([, { suits }]) => suits(blocks))![0];
    const tile = tiles(entry([fig("5")], "label", ""));
    const timeline: Block = { type: "timeline", at, items: [] };
    const flow: Block = { type: "flow", at, items: [] };
    expect(chosen(text1)).toBe("points");
    expect(chosen([chart("a")])).toBe("chart");
    expect(chosen([chart("a"), chart("b")])).toBe("charts");
    expect(chosen([chart("a"), ...text1])).toBe("chart-and-points");
    expect(chosen([...text1, tile])).toBe("summary");
    expect(chosen([table(["a"], [])])).toBe("table");
    expect(chosen([timeline])).toBe("timeline");
    expect(chosen([flow, ...text1])).toBe("flow");
    expect(chosen([{ type: "bridge", at, items: [] }, ...text1])).toBe("bridge");
    expect(chosen([{ type: "matrix", at, header: [], rows: [], legend: [] }])).toBe("matrix");
    expect(chosen([{ type: "map", at, items: [], legend: [] }])).toBe("map");
    expect(chosen([{ type: "smile", at, items: [], legend: [] }])).toBe("smile");
    expect(chosen([{ type: "columns", at, columns: [{ span: 12, blocks: text1 }] }])).toBe("columns");
    expect(chosen([table(["a"], []), chart("a")])).toBe("points");
  });

  test("puts a chart on the left and what to read in it on the right", () => {
    const [slide] = slidesOf([page("Message", [...text1, chart("capex")])]);
    const picture = named(slide!, "Chart capex").box;
    const points = named(slide!, "List").box;
    expect(picture.w).toBeGreaterThan(1.8 * points.w);
    expect(points.x).toBeGreaterThan(picture.x + picture.w);
  });

  test("of an unknown name is a problem with the name that was meant", () => {
    expect(problemsOf([page("Message", text1, { layout: "sumary" })])).toMatchObject([
      { code: "unknown-layout", where: at, found: "sumary", hint: "did you mean `summary`?" },
    ]);
  });

  test("that lacks its blocks is a problem that says what it wants", () => {
    expect(problemsOf([page("Message", text1, { layout: "charts" })])).toMatchObject([
      { code: "layout-does-not-suit", found: "list", expected: "two charts, and text under them if any" },
    ]);
  });
});

describe("a chart", () => {
  test("is asked for once, in the exact size of its box", () => {
    const deck = laid(deckOf([page("One", [chart("capex")]), page("Two", [chart("capex")])]));
    const picture = named(deck.slides[1]!, "Chart capex");
    expect(chartRequests(deck)).toEqual([
      { key: "capex@12.13x5.05", name: "capex", width: picture.box.w, height: picture.box.h },
    ]);
  });

  test("without an alternative text is a problem", () => {
    expect(problemsOf([page("Message", [chart("capex", "")])])).toMatchObject([
      { code: "missing-alt", where: at },
    ]);
  });
});

describe("tiles", () => {
  test("share one size of figure, in which each stands on one line", () => {
    const [slide] = slidesOf([
      page("Message", [
        tiles(
          entry([fig("5 ×")], "short", "", "us"),
          entry([fig("CNY 30.1–302.5bn")], "long", ""),
          entry([fig("9 ×")], "short", "", "cn"),
        ),
      ]),
    ]);
    const sizes = kinds(slide!, "text")
      .filter(({ name }) => name.startsWith("Tile"))
      .map((box) => (box.kind === "text" ? box.paragraphs[0]!.size : 0));
    expect(new Set(sizes).size).toBe(1);
    expect(sizes[0]).toBeLessThan(theme.sizes.kpi);
    expect(slide!.boxes.filter(({ name }) => name.startsWith("Bar"))).toMatchObject([
      { fill: "us" },
      { fill: "muted" },
      { fill: "cn" },
    ]);
  });

  test("in a row have their figures, labels and notes each at one height, whatever wraps", () => {
    const long = "a label of so many words that it takes a second line on its tile";
    const rows = [
      [
        entry([fig("5 ×")], "short", "note"),
        entry([fig("6 ×")], long, "note"),
        entry([fig("7 ×")], "short", "note"),
      ],
      [entry([fig("5 ×")], "short", "note"), entry([fig("6 ×")], "short", "note")],
    ];
    const [uneven, even] = rows.map((items) => {
      const [slide] = slidesOf([page("Message", [tiles(...items)])]);
      return kinds(slide!, "text").flatMap((box) =>
        box.kind === "text" && box.name.startsWith("Tile") ? [box] : [],
      );
    });
    for (const boxes of [uneven!, even!])
      for (const from of [1, 2]) {
        const tops = boxes.map(({ box, inset, paragraphs }) => {
          const above = heightOf(paragraphs.slice(0, from), box.w - inset[1] - inset[3], "en");
          return (inset[0] + above + paragraphs[from]!.before / 72).toFixed(3);
        });
        expect(new Set(tops).size).toBe(1);
      }
    expect(even![0]!.paragraphs[2]!.before).toBe(3);
  });

  test("open, and let points under them keep to them, where a page has little else", () => {
    const row = tiles(entry([fig("5 ×")], "short", ""), entry([fig("6 ×")], "short", ""));
    const many = Array.from({ length: 9 }, (_, i) => [text(`Point ${i}`)]);
    const [open, full] = [[[text("Point")]], many].map((points) => {
      const [slide] = slidesOf([page("Message", [row, list(points)])]);
      return named(slide!, "Tile 1").box.h;
    });
    expect(open).toBeGreaterThan(full!);
  });

  test("stand without a ground under each other beside a chart, and so does a list that leads with figures", () => {
    const label = "OpenAI, in one year";
    const byTiles = slidesOf([page("Message", [chart("a"), tiles(entry([fig("3.6 ×")], label, ""))])]);
    const byList = slidesOf([
      page("Message", [chart("a"), list([[strong(fig("3.6 ×")), text(`: ${label}`)]])]),
    ]);
    for (const [slide] of [byTiles, byList]) {
      const box = named(slide!, "Figure");
      expect(box).not.toHaveProperty("fill");
      expect(runsIn(box).map((run) => run.text)).toEqual(["3.6 ×", label]);
    }
  });
});

describe("a table", () => {
  const header = ["Company", "Revenue"];
  const tableOn = (slide: PlacedSlide) => kinds(slide, "table")[0] as PlacedTable;
  const firstCells = (slide: PlacedSlide) =>
    tableOn(slide).rows.map(({ cells }) => cells[0]!.paragraphs[0]!.runs.map((run) => run.text).join(""));

  test("of more than ten rows continues on a next slide with its header, each row once", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 45 }), (count) => {
        const slides = slidesOf([page("Message", [table(header, companies(count))])]);
        for (const slide of slides) {
          expect(firstCells(slide)[0]).toBe("Company");
          expect(tableOn(slide).rows.length).toBeLessThanOrEqual(11);
        }
        const rows = slides.flatMap((slide) => firstCells(slide).slice(1));
        expect(rows).toEqual(companies(count).map((_, i) => `Company ${i}`));
      }),
      { numRuns: 20 },
    );
  });

  test("says in the kicker which part this is, and keeps the title", () => {
    const slides = slidesOf([page("Message", [table(header, companies(14))])]);
    expect(slides.map((slide) => textIn(slide, "Kicker"))).toEqual([
      "EXECUTIVE SUMMARY (1/2)",
      "EXECUTIVE SUMMARY (2/2)",
    ]);
    expect(slides.map((slide) => textIn(slide, "Title"))).toEqual(["Message", "Message"]);
    expect(slides.map(({ number }) => number)).toEqual([2, 3]);
  });

  test("is as wide as its columns and as high as its rows", () => {
    const [slide] = slidesOf([page("Message", [table(header, companies(5))])]);
    const { box, columns, rows } = tableOn(slide!);
    expect(columns.reduce((a, b) => a + b)).toBeCloseTo(box.w, 2);
    expect(rows.reduce((sum, { height }) => sum + height, 0)).toBeCloseTo(box.h, 2);
    for (const { height } of rows) expect(height).toBeGreaterThanOrEqual(0.32);
  });

  test("keeps a column of text apart from the figures before it", () => {
    const both = {
      ...table(["Company", "Revenue", "Status"], companies(3)),
      align: ["left", "right", "left"],
    };
    const rows = companies(3).map((row) => [...row, [text("reported")]].map((cell) => [cell].flat()));
    const [slide] = slidesOf([page("Message", [{ ...both, rows } as Block])]);
    for (const { cells } of tableOn(slide!).rows) {
      expect(cells.slice(0, 2).every((cell) => cell.indent === undefined)).toBe(true);
      expect(cells[2]!.indent).toBeGreaterThan(0.2);
    }
  });

  test.each([
    ["a paragraph", prose(text("A note."))],
    ["a list", list([[text("A point.")]])],
  ])("is followed by %s at the usual distance, however much room is left", (_, after) => {
    const [slide] = slidesOf([page("Message", [table(header, companies(2)), after])]);
    const { y, h } = tableOn(slide!).box;
    const below = slide!.boxes.find(({ name }) => ["Text", "List"].includes(name))!.box;
    expect(below.y - (y + h)).toBeCloseTo(0.25, 2);
  });

  test("whose longest words do not fit side by side is a problem", () => {
    const wide = Array.from({ length: 20 }, (_, i) => `Extraordinarily${i}`);
    expect(problemsOf([page("Message", [table(wide, [])])])).toMatchObject([
      { code: "does-not-fit", where: at, expected: "12.13 in at most" },
    ]);
  });
});

describe("a list", () => {
  test("that is too long for a slide continues on the next, numbers and all", () => {
    const long = "a point that goes on for a while, ".repeat(7);
    const items = Array.from({ length: 14 }, (_, i) => [strong(text(`Lead ${i}.`)), text(` ${long}`)]);
    const slides = slidesOf([page("Message", [list(items, true)])]);
    expect(slides.length).toBeGreaterThan(1);
    const numbers = slides.flatMap((slide) =>
      slide.boxes.filter(({ name }) => name.startsWith("Number")).flatMap(runsIn),
    );
    expect(numbers.map((run) => run.text)).toEqual(items.map((_, i) => String(i + 1)));
  });

  test("in a list stands further in", () => {
    const nested: Block = {
      type: "list",
      at,
      ordered: false,
      items: [[prose(text("Outer")), list([[text("Inner")]])]],
    };
    const [slide] = slidesOf([page("Message", [nested])]);
    expect(named(slide!, "List").box.x).toBe(named(slide!, "Text").box.x);
    expect(named(slide!, "List").box.x).toBeGreaterThan(theme.page.left);
  });
});

describe("a timeline", () => {
  test("of few entries is set larger than one of many, and text under it keeps to it", () => {
    const items = (count: number) =>
      Array.from({ length: count }, () => ({
        ...entry([period("Feb 2025")], "Acme", "opens"),
        role: undefined,
      }));
    const dates = (count: number) => {
      const [slide] = slidesOf([page("Message", [{ type: "timeline", at, items: items(count) }])]);
      const box = named(slide!, "Date 1");
      return box.kind === "text" ? box.paragraphs[0]!.size : 0;
    };
    expect(dates(3)).toBeGreaterThan(dates(7));
    const [slide] = slidesOf([
      page("Message", [{ type: "timeline", at, items: items(3) }, prose(text("A note."))]),
    ]);
    const { y, h } = named(slide!, "Event 1").box;
    expect(named(slide!, "Text").box.y - y - h).toBeLessThan(1);
  });

  test("takes its dates from what names a period, wherever that stands", () => {
    const items = [
      { ...entry([period("Feb 2025")], "DeepSeek", "opens its code"), role: undefined },
      { lead: [text("Baidu")], label: [period("Mar 2025")], detail: [text("follows")], role: undefined },
    ];
    const [slide] = slidesOf([page("Message", [{ type: "timeline", at, items }])]);
    expect([textIn(slide!, "Date 1"), textIn(slide!, "Date 2")]).toEqual(["Feb 2025", "Mar"]);
    expect(textIn(slide!, "Event 2")).toBe("Baidufollows");
  });

  test("says a year once where all dates share it, and everywhere where they do not", () => {
    const datesOf = (language: Language, ...dates: string[]): string[] => {
      const items = dates.map((date) => entry([period(date)], "Baidu", "follows"));
      const [slide] = slidesOf([page("Message", [{ type: "timeline", at, items }])], { language });
      return dates.map((_, i) => textIn(slide!, `Date ${i + 1}`));
    };
    expect(datesOf("en", "Feb 2025", "10 Feb 2025", "Q1 2025")).toEqual(["Feb 2025", "10 Feb", "Q1 2025"]);
    expect(datesOf("zh", "2025年2月", "2025年2月10日", "2025年")).toEqual(["2025年2月", "2月10日", "2025年"]);
    expect(datesOf("en", "Dec 2024", "10 Feb 2025")).toEqual(["Dec 2024", "10 Feb 2025"]);
  });

  test("stands in one row, its dots in the colours of who is named, up to seven entries", () => {
    const dotsOf = (count: number): Placed[] => {
      const items = Array.from(
        { length: count },
        (_, i): Entry => ({
          lead: [period("10 Feb 2025")],
          label: [{ type: "span", role: i === 0 ? "accent" : "cn", children: [text("Baidu")] }],
          detail: [text("opens the code of its model")],
          role: undefined,
        }),
      );
      const [slide] = slidesOf([page("Message", [{ type: "timeline", at, items }])]);
      return slide!.boxes.filter(({ name }) => name.startsWith("Dot"));
    };
    expect(new Set(dotsOf(7).map(({ box }) => box.y)).size).toBe(1);
    expect(new Set(dotsOf(8).map(({ box }) => box.y)).size).toBe(2);
    expect(dotsOf(3)).toMatchObject([{ fill: "accent" }, { fill: "cn" }, { fill: "cn" }]);
  });

  test("of more entries than two rows hold is a problem", () => {
    const items = Array.from({ length: 15 }, () => entry([period("Feb")], "x", ""));
    expect(problemsOf([page("Message", [{ type: "timeline", at, items }])])).toMatchObject([
      { code: "does-not-fit", found: "15", expected: "14 at most" },
    ]);
  });
});

describe("what does not fit", () => {
  const endless = "words without an end ".repeat(150);

  test("in a paragraph is a problem at its place, with its height", () => {
    const [problem, ...rest] = problemsOf([page("Message", [prose(text(endless))])]);
    expect(problem).toMatchObject({ code: "does-not-fit", where: at, expected: "5.05 in at most" });
    expect(problem!.found).toMatch(/^\d+\.\d\d in high at 14 pt$/);
    expect(rest).toEqual([]);
  });

  test("in a title, beside a chart, or in one item of a list is a problem too, and all are reported", () => {
    const pages = [
      page(endless, []),
      page("Message", [chart("a"), list([[text(endless)]])]),
      page("Message", [list([[text("short")], [text(endless.repeat(2))]])]),
    ];
    const problems = problemsOf(pages);
    expect(problems.map(({ code }) => code)).toEqual(["does-not-fit", "does-not-fit", "does-not-fit"]);
    expect(problems[0]).toMatchObject({ expected: "2 lines at most" });
  });

  test("at first is set smaller, down to the floor", () => {
    const [slide] = slidesOf([page("Message", [prose(text("words without an end ".repeat(112)))])]);
    const box = named(slide!, "Text");
    expect(box.kind === "text" && box.paragraphs[0]!.size).toBe(theme.sizes.bodyFloor + 1);
  });
});

describe("the source line", () => {
  const cite = (source: string, ...lines: number[]) =>
    lines.map((line) => ({ source, line, written: "301亿" }));
  const pageCiting = (...sources: string[]) =>
    page(
      "Message",
      sources.map((source, i) =>
        prose(fig("5", figure(`f${i}`, { citations: cite(source, 29, 31, 30, 41) }))),
      ),
    );

  test("names each source of the slide with its date and lines, in the document's language", () => {
    const pages = [pageCiting("dingjiao", "agi")];
    expect(textIn(slidesOf(pages)[0]!, "Sources")).toBe(
      "Sources: Dingjiao One, not before 3 Jun 2025, lines 29–31, 41; AGI Observatory, 7 Aug 2025, lines 29–31, 41",
    );
    expect(textIn(slidesOf(pages, { language: "zh" })[0]!, "Sources")).toBe(
      "来源：定焦One，不早于2025年6月3日，第29–31、41行；AGI观察室，2025年8月7日，第29–31、41行",
    );
  });

  test("is shortened to one line, says so, and stands in full in the notes", () => {
    const [slide] = slidesOf([pageCiting("dingjiao", "agi", "qingliu", "yicai", "xinmei")]);
    expect(textIn(slide!, "Sources")).toBe(
      "Sources: Dingjiao One; AGI Observatory; Qingliu Studio (NetEase); Yicai; Xinmei daybreak; more in the notes",
    );
    expect(notesOf(slide!).at(-1)).toContain(
      "Xinmei daybreak (An article of Xinmei daybreak), not before 27 May 2025, lines 29–31, 41",
    );
  });

  test("counts the sources that are left out", () => {
    const many = Array.from({ length: 60 }, (_, i) => `source-${String.fromCharCode(97 + (i % 26))}${i}`);
    const [slide] = slidesOf([
      page("Message", [prose(fig("5", figure("f", { citations: many.flatMap((id) => cite(id, 1)) })))]),
    ]);
    const shown = textIn(slide!, "Sources");
    const [, left] = /and (\d+) more in the notes$/.exec(shown)!;
    expect(shown.split("; ").length + Number(left)).toBe(60);
  });

  test("has the lines of the author and the figures of the charts", () => {
    const deck = laid(
      deckOf([page("Message", [chart("capex")], { sources: [prose(text("Dates as stated there."))] })]),
      new Map([["capex", [figure("f", { citations: cite("agi", 3) })]]]),
    );
    expect(textIn(deck.slides[1]!, "Sources")).toBe(
      "Source: AGI Observatory, 7 Aug 2025, line 3. Dates as stated there",
    );
  });
});

describe("what is new since a day", () => {
  const late = figure("late");
  const pages = [
    page("Message", [prose(fig("CNY 30.1bn◆", late))]),
    page("Before", [prose(fig("CNY 30.1bn", figure("early")))]),
    page("Chart", [chart("capex")]),
  ];
  const dated = (more: Partial<SourcedDocument> = {}, of = pages) =>
    layOut(deckOf(of, { since: "2025-06-08", ...more }), theme, storeOfDays, new Map([["capex", [late]]]))
      .value!;

  test("is said at the end of the source line of slides that show any of it, in their text or charts", () => {
    const [, text, before, drawn] = dated().slides;
    expect(textIn(text!, "Sources")).toMatch(/line 31\. ◆ new since 8 Jun 2025$/);
    expect(textIn(before!, "Sources")).toMatch(/line 31$/);
    expect(textIn(drawn!, "Sources")).toMatch(/◆ new since 8 Jun 2025$/);
    expect(textIn(dated({ language: "zh" }).slides[1]!, "Sources")).toMatch(
      /第31行。◆ 2025年6月8日之后新增$/,
    );
  });

  test("is said however short the sources have to be", () => {
    const citations = Array.from({ length: 60 }, (_, i) => ({ source: `source-${i}`, line: 1, written: "" }));
    const [, slide] = dated({}, [
      page("Message", [prose(fig("CNY 30.1bn◆", figure("late", { citations })))]),
    ]).slides;
    expect(textIn(slide!, "Sources")).toMatch(/more in the notes\. ◆ new since 8 Jun 2025$/);
    checkSlide(slide!, theme, "en");
  });

  test("is said on a cover that shows it, and in the notes", () => {
    const cover = dated({ subtitle: [text("Revenue of "), fig("CNY 30.1bn◆", late)] }).slides[0]!;
    expect(textIn(cover, "Date and audience")).toBe("8 Aug 2025 · ◆ new since 8 Jun 2025");
    expect(notesOf(cover)[0]).toMatch(/^CNY\s30\.1bn◆ — /);
    expect(notesOf(cover).at(-1)).toMatch(/◆ new since 8 Jun 2025$/);
    expect(textIn(dated().slides[0]!, "Date and audience")).toBe("8 Aug 2025");
    expect(notesOf(dated().slides[3]!)[0]).toMatch(/^CNY\s30\.1bn◆ — /);
  });

  test("has its sign small after the figure, which keeps its origin as a whole", () => {
    const [run, sign] = runsIn(named(dated().slides[1]!, "Text"));
    expect(run).toMatchObject({ text: "CNY\u00A030.1bn", origin: { whole: "CNY\u00A030.1bn◆" } });
    expect(sign).toMatchObject({ text: "◆", size: Math.round(theme.sizes.bodyLarge * 0.6) });
    expect(sign).not.toHaveProperty("origin");
  });

  test("has it after the unit on tiles, however large the figure", () => {
    const [, slide] = dated({}, [
      page("Message", [
        tiles(
          entry([fig("over CNY 30.1bn◆", late)], "Revenue", ""),
          entry([fig("360,000 users◆", late)], "Users", ""),
        ),
      ]),
    ]).slides;
    const [first, second] = [1, 2].map((i) => runsIn(named(slide!, `Tile ${i}`)));
    expect(first!.slice(0, 4).map((run) => run.text)).toEqual(["over ", "CNY\u00A030.1bn", "◆", "Revenue"]);
    expect(second!.map((run) => run.text).join("")).toMatch(/360,000 users◆Users$/);
    const signs = [...first!, ...second!].filter((run) => run.text === "◆");
    expect(signs.map(({ size }) => size)).toEqual(signs.map(() => Math.round(theme.sizes.kpi * 0.6)));
  });
});

describe("the notes", () => {
  test("hold what the author wrote, then each figure once with its lineage", () => {
    const [slide] = slidesOf([
      page("Message", [prose(fig("CNY 30.1bn"), text(" and again "), fig("30.1"))], {
        notes: [prose(text("Say this."))],
      }),
    ]);
    const [said, lineage, sources, ...rest] = notesOf(slide!);
    expect(said).toBe("Say this.");
    expect(lineage).toMatch(/^CNY\s30\.1bn — Alibaba Cloud, revenue, Q1 2025, reported.*line 31.*“301亿”/);
    expect(sources).toMatch(/^Sources in full \(headings are ours\): /);
    expect(rest).toEqual([]);
  });
});

describe("the notes of an author", () => {
  const noted = (...notes: Block[]) =>
    notesOf(slidesOf([page("Message", [prose(text("Text"))], { notes })])[0]!);

  test("have the cells of a table's row apart, a paragraph each", () => {
    expect(
      noted(table(["Maker", "Revenue", "For"], [[text("AB"), fig("USD 40bn"), period("2025")]])),
    ).toEqual(expect.arrayContaining(["Maker; Revenue; For", "AB; USD\u00A040bn; 2025"]));
  });

  test("have the parts of an entry apart", () => {
    const kpi: Block = { type: "kpi", at, items: [entry([fig("42%")], "Growth", "year on year")] };
    expect(noted(kpi)[0]).toBe("42%: Growth; year on year");
  });
});

test("a logo stands well above the letters of a title", () => {
  const logo = { width: 5 } as NonNullable<typeof theme.logo>;
  const { y, h } = smallLogoRoom({ ...theme, logo });
  expect(zones.title.y - (y + h)).toBeGreaterThanOrEqual(0.1);
});

describe("a kicker", () => {
  test("is in capitals, but for what comes from the store", () => {
    const title = [text("The gap of "), fig("USD 40bn")];
    const sections = [{ at, title, blocks: [], pages: [page("Message", [prose(text("Text"))])] }];
    expect(textIn(laid(deckOf([], { sections })).slides[1]!, "Kicker")).toBe("THE GAP OF USD\u00A040bn");
  });
});

describe("sizes that contradict each other", () => {
  test("leave no slide without its text: the floor is tried in any case", () => {
    for (const bodyFloor of [theme.sizes.bodyLarge + 2, theme.sizes.body + 0.5]) {
      const odd = { ...theme, sizes: { ...theme.sizes, bodyFloor } };
      const deck = layOut(deckOf([page("Message", [prose(text("Text"))])]), odd, store, new Map());
      expect(textIn(deck.value!.slides[1]!, "Text")).toBe("Text");
    }
  });
});

describe("a draft", () => {
  test("shows it on every slide, the cover included", () => {
    const pages = [page("Message", [prose(text("Text"))])];
    for (const [language, mark] of [
      ["en", "DRAFT"],
      ["zh", "草稿"],
    ] as const)
      for (const slide of laid(deckOf(pages, { draft: true, language })).slides)
        expect(textIn(slide, "Draft mark")).toBe(mark);
    for (const slide of laid(deckOf(pages)).slides) expect(textIn(slide, "Draft mark")).toBe("");
  });
});

describe("a section", () => {
  test("has a slide of its own only where it has something to say", () => {
    const section = { at, title: [text("The gap")], blocks: [], pages: [page("Message", [])] };
    const masters = (blocks: readonly Block[]) =>
      laid(deckOf([], { sections: [{ ...section, blocks }] })).slides.map(({ master }) => master);
    expect(masters([])).toEqual(["cover", "content"]);
    expect(masters([prose(text("What this is about"))])).toEqual(["cover", "section", "content"]);
  });
});

describe("colours", () => {
  test("of text can be read on every ground, whatever role is asked for", () => {
    for (const ground of ["ground", "tile"] as const)
      for (const role of roles.filter((role) => role !== "ground" && role !== "tile" && role !== "hairline"))
        expect(
          contrast(readable(role, ground, theme), ground, theme),
          `${role} on ${ground}`,
        ).toBeGreaterThanOrEqual(4.5);
  });
});

const words = (language: Language) =>
  fc
    .array(
      language === "en"
        ? fc.constantFrom(
            "AI",
            "revenue",
            "from",
            "cloud",
            "and",
            "advertising",
            "grows",
            "MaaS",
            "12–13bn",
            "a",
          )
        : fc.constantFrom("云", "与", "广告", "收入，", "增长。", "（大厂）", "MaaS", "“AI”", "变现"),
      { minLength: 1, maxLength: 24 },
    )
    .map((parts) => parts.join(language === "en" ? " " : ""));

let nextFigure = 0;
const inlines = (language: Language): fc.Arbitrary<Inline[]> =>
  fc.array(
    fc.oneof(
      words(language).map(text),
      words(language).map((value) => strong(text(value))),
      fc
        .constantFrom("CNY 30.1bn", "超301亿元", "+42%")
        .map((shown) => fig(shown, figure(`f${nextFigure++}`))),
      words(language).map(
        (value): Inline => ({ type: "span", role: "series-soft", children: [text(value)] }),
      ),
    ),
    { minLength: 1, maxLength: 3 },
  );

const entries = (language: Language, most: number) =>
  fc.array(
    fc.record({
      lead: fc
        .constantFrom("5.8 ×", "120–130亿美元", "Q1")
        .map((shown) => [fig(shown, figure(`f${nextFigure++}`))]),
      label: inlines(language),
      detail: fc.oneof(fc.constant([]), inlines(language)),
      role: fc.constantFrom("cn" as const, "us" as const, undefined),
    }),
    { minLength: 1, maxLength: most },
  );

const stop: fc.Arbitrary<Stop> = fc.record({
  id: fc.constantFrom("a", "b", "c", "d", "e", "f"),
  name: fc.constantFrom("San Francisco", "深圳", "Singapore"),
  latitude: fc.double({ min: -50, max: 70, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
});

const simple = (language: Language): fc.Arbitrary<Block>[] => [
  inlines(language).map((children) => prose(...children)),
  inlines(language).map((children): Block => ({ type: "heading", at, depth: 3, children })),
  fc
    .tuple(fc.array(inlines(language), { minLength: 1, maxLength: 6 }), fc.boolean())
    .map(([items, ordered]) => list(items, ordered)),
  fc
    .array(inlines(language), { minLength: 1, maxLength: 3 })
    .map((items): Block => ({ type: "list", at, ordered: false, items: [[prose(text("x")), list(items)]] })),
  fc.constantFrom("capex", "growth").map((name) => chart(name)),
  fc.integer({ min: 1, max: 16 }).map((count) => table(["Company", "Revenue"], companies(count))),
  entries(language, 6).map((items): Block => ({ type: "kpi", at, items })),
  entries(language, 9).map((items): Block => ({ type: "timeline", at, items })),
  entries(language, 7).map((items): Block => ({ type: "flow", at, items })),
  fc
    .tuple(
      fc.array(inlines(language), { minLength: 2, maxLength: 5 }),
      fc.integer({ min: 1, max: 2 }),
      fc.array(fc.tuple(inlines(language), fc.constantFrom("full", "open", "none")), {
        minLength: 1,
        maxLength: 12,
      }),
    )
    .map(
      ([header, names, cells]): Block => ({
        type: "matrix",
        at,
        header,
        rows: cells.map(([words, mark], i) => ({
          names: [[text(`Tier ${Math.floor(i / 3)}`)], [text(`Company ${i}`)]].slice(2 - names),
          cells: header.slice(names).map(() => ({ mark, words, role: "cn" })),
        })),
        legend: header[0]!,
      }),
    ),
  entries(language, 6).map(
    (items): Block => ({ type: "bridge", at, items: items.map((item) => ({ ...item, operator: "−" })) }),
  ),
  entries(language, 7).map((items): Block => ({ type: "smile", at, items, legend: [] })),
  fc
    .tuple(entries(language, 9), fc.array(fc.array(stop, { maxLength: 3 }), { minLength: 9, maxLength: 9 }))
    .map(
      ([items, stops]): Block => ({
        type: "map",
        at,
        items: items.map((item, i) => ({ ...item, stops: stops[i]! })),
        legend: [],
      }),
    ),
];

const block = (language: Language): fc.Arbitrary<Block> =>
  fc.oneof(
    ...simple(language),
    fc
      .array(fc.array(fc.oneof(...simple(language)), { minLength: 1, maxLength: 2 }), {
        minLength: 2,
        maxLength: 3,
      })
      .map(
        (columns): Block => ({
          type: "columns",
          at,
          columns: columns.map((blocks) => ({ span: 4, blocks })),
        }),
      ),
  );

const documents = fc.constantFrom<Language>("en", "zh").chain((language) =>
  fc
    .record({
      title: words(language),
      blocks: fc.array(block(language), { minLength: 1, maxLength: 3 }),
      draft: fc.boolean(),
    })
    .map(({ title, blocks, draft }) => deckOf([page(title, blocks)], { language, draft })),
);

/** How many generated documents could be laid out, so that the property below is known to say something. */
let laidOut = 0;

describe("any document", { timeout: 60_000 }, () => {
  test("either is refused with a place, or stands on its slides without overlap, inside the margins, in readable sizes", () => {
    fc.assert(
      fc.property(documents, (document) => {
        const { value, problems } = layOut(document, theme, store, new Map());
        if (!value) {
          for (const problem of problems) expect(problem).toMatchObject({ code: "does-not-fit", where: at });
          expect(problems.length).toBeGreaterThan(0);
          return;
        }
        laidOut += 1;
        for (const slide of value.slides) checkSlide(slide, theme, document.language);
      }),
      { numRuns: 150 },
    );
    expect(laidOut).toBeGreaterThan(50);
  });

  test("keeps every figure of its pages, with its origin", () => {
    fc.assert(
      fc.property(documents, (document) => {
        const { value } = layOut(document, theme, store, new Map());
        if (!value) return;
        const shown = value.slides.flatMap(({ boxes }) => boxes.flatMap(runsIn));
        const origins = new Set(
          shown.flatMap(({ origin }) => (origin?.kind === "figure" ? [origin.figure.id] : [])),
        );
        const written =
          JSON.stringify(document.sections).match(/"type":"figure","figure":\{"id":"[^"]+"/g) ?? [];
        for (const match of written) expect(origins).toContain(/"id":"([^"]+)"/.exec(match)![1]);
      }),
      { numRuns: 80 },
    );
  });

  test("is laid out the same each time", () => {
    fc.assert(
      fc.property(documents, (document) => {
        const once = JSON.stringify(layOut(document, theme, store, new Map()));
        expect(JSON.stringify(layOut(document, theme, store, new Map()))).toBe(once);
      }),
      { numRuns: 20 },
    );
  });
});
