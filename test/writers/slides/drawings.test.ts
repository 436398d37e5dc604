/** Matrices, bridges, maps, smile curves and large figures: how they stand on a slide. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Language } from "../../../src/findings/store.ts";
import type { Block, Entry, Inline, MarkedCell, Stop } from "../../../src/model/document.ts";
import { layOut } from "../../../src/writers/slides/layout.ts";
import type { Freeform, PlacedSlide, PlacedTable } from "../../../src/writers/slides/placed.ts";
import { project } from "../../../src/writers/slides/projection.ts";
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
  runsIn,
  store,
  strong,
  table,
  text,
  textIn,
  theme,
} from "./sample.ts";

const slidesOf = (blocks: readonly Block[], language: Language = "en"): readonly PlacedSlide[] => {
  const { value, problems } = layOut(
    deckOf([page("Message", blocks)], { language }),
    theme,
    store,
    new Map(),
  );
  expect(problems).toEqual([]);
  return value!.slides.slice(1);
};
const slideOf = (blocks: readonly Block[], language: Language = "en"): PlacedSlide => {
  const [slide, ...rest] = slidesOf(blocks, language);
  expect(rest).toEqual([]);
  checkSlide(slide!, theme, language);
  return slide!;
};
const boxesOf = (slide: PlacedSlide, name: string) =>
  slide.boxes.filter((box) => box.name.replace(/ \d+$/, "") === name);
const sizesOf = (slide: PlacedSlide, name: string): number[] =>
  boxesOf(slide, name).map((box) => (box.kind === "text" ? box.paragraphs[0]!.size : 0));

const cell = (mark: MarkedCell["mark"], word = ""): MarkedCell => ({
  mark,
  words: word === "" ? [] : [text(word)],
  role: mark === "full" ? "cn" : undefined,
});
const matrix = (companies: number, perTier: number): Block => ({
  type: "matrix",
  at,
  header: ["Tier", "Company", "Product", "Service"].map((name) => [text(name)]),
  rows: Array.from({ length: companies }, (_, i) => ({
    names: [[text(`Tier ${Math.floor(i / perTier) + 1}`)], [text(`Company ${i}`)]],
    cells: [cell("full", "main"), i % 2 === 0 ? cell("open", "also") : cell("none")],
  })),
  legend: [text("● main way ○ also present")],
});
const rowsOf = (slide: PlacedSlide): string[][] =>
  (slide.boxes.find(({ kind }) => kind === "table") as PlacedTable).rows.map(({ cells }) =>
    cells.map(({ paragraphs }) => paragraphs.flatMap(({ runs }) => runs.map((run) => run.text)).join("")),
  );

describe("a matrix", () => {
  test("prints a group once, and each mark with its word", () => {
    expect(rowsOf(slideOf([matrix(3, 2)]))).toEqual([
      ["Tier", "Company", "Product", "Service"],
      ["Tier 1", "Company 0", "● main", "○ also"],
      ["", "Company 1", "● main", "–"],
      ["Tier 2", "Company 2", "● main", "○ also"],
    ]);
  });

  test("draws a stronger line between groups than between rows", () => {
    const { rows } = slideOf([matrix(3, 2)]).boxes.find(({ kind }) => kind === "table") as PlacedTable;
    const widths = rows.map(({ cells }) => cells[0]!.under!.width);
    expect(widths[2]).toBeGreaterThan(widths[1]!);
    expect(widths[3]).toBe(widths[1]);
  });

  test("continues with its header, the name of the group it is in, and its legend", () => {
    const slides = slidesOf([matrix(14, 9)]);
    expect(slides.map((slide) => rowsOf(slide)[0]![0])).toEqual(["Tier", "Tier"]);
    expect(rowsOf(slides[1]!)[1]!.slice(0, 2)).toEqual(["Tier 1", "Company 7"]);
    for (const slide of slides) expect(textIn(slide, "Legend")).toBe("● main way ○ also present");
  });
});

describe("large figures", () => {
  const tiles = (...leads: Inline[][]): Block => ({
    type: "kpi",
    at,
    items: leads.map((lead) => entry(lead, "label", "", "us")),
  });

  test("have the theme's full size where each stands on one line", () => {
    const slide = slideOf([tiles([fig("5.8×")], [fig("+42%")], [fig("35%")])]);
    expect(new Set(sizesOf(slide, "Tile"))).toEqual(new Set([theme.sizes.kpi]));
  });

  test.each([
    ["en", "at least about USD 68.9bn", ["at least about ", "USD ", "68.9bn"]],
    ["zh", "至少约5.8倍", ["至少约", "5.8倍"]],
  ] as const)("set the words of a bound small (%s), and stay one figure", (language, shown, parts) => {
    const slide = slideOf([chart("a"), tiles([fig(shown)])], language);
    const runs = runsIn(boxesOf(slide, "Figure")[0]!).slice(0, -1);
    expect(runs.map((run) => run.text.replaceAll("\u00A0", " "))).toEqual(parts);
    expect(runs[0]!.size).toBe(theme.sizes.table);
    expect(runs[0]).not.toHaveProperty("origin");
    expect(runs.at(-1)!.origin).toMatchObject({ kind: "figure", whole: shown.replace("USD ", "USD\u00A0") });
    expect(
      slide.notes
        .flat()
        .map((run) => run.text)
        .join(""),
    ).toContain(parts[0]);
  });

  test("are 28 points at least in a narrow column, where they stand on the same steps on every slide", () => {
    const long = tiles([fig("at most USD 68.9bn")], [fig("120–130亿美元")], [fig("about CNY 1,234.5bn")]);
    const short = tiles([fig("5%")], [fig("6%")]);
    const [first, second] = [long, short].map((block) => slideOf([chart("a"), block]));
    expect(Math.min(...sizesOf(first!, "Figure"))).toBeGreaterThanOrEqual(28);
    const steps = (slide: PlacedSlide) => boxesOf(slide, "Figure").map(({ box }) => box.y);
    expect(steps(second!)).toEqual(steps(first!).slice(0, 2));
  });

  test("are no larger than a heading where words lead", () => {
    const slide = slideOf([chart("a"), list([[strong(text("Price.")), text(" It falls.")]])]);
    expect(sizesOf(slide, "Figure")).toEqual([theme.sizes.heading]);
  });
});

describe("a bridge", () => {
  const items = (count: number): (Entry & { operator: "−" | undefined })[] =>
    Array.from({ length: count }, (_, i) => ({
      ...entry([fig(`USD ${i}62,027`)], "Revenue", "in one day"),
      operator: i === 0 ? undefined : "−",
    }));

  test("puts each operator between two tiles of one size", () => {
    const slide = slideOf([{ type: "bridge", at, items: items(3) }]);
    const tiles = boxesOf(slide, "Tile").map(({ box }) => box);
    const operators = boxesOf(slide, "Operator").map(({ box }) => box);
    expect(operators).toHaveLength(2);
    operators.forEach(({ x, w }, i) => {
      expect(x).toBeGreaterThanOrEqual(tiles[i]!.x + tiles[i]!.w - 0.002);
      expect(x + w).toBeLessThanOrEqual(tiles[i + 1]!.x + 0.002);
    });
    expect(new Set(tiles.map(({ w, h }) => `${w} ${h}`)).size).toBe(1);
    expect(Math.min(...sizesOf(slide, "Tile"))).toBeGreaterThanOrEqual(32);
  });

  test("of more tiles than stand side by side is a problem", () => {
    const { problems } = layOut(
      deckOf([page("Message", [{ type: "bridge", at, items: items(6) }])]),
      theme,
      store,
      new Map(),
    );
    expect(problems).toMatchObject([{ code: "does-not-fit", where: at, found: "6", expected: "5 at most" }]);
  });
});

const stops: Readonly<Record<string, Stop>> = Object.fromEntries(
  [
    { id: "china", name: "China", latitude: 31.2, longitude: 112 },
    { id: "shenzhen", name: "Shenzhen", latitude: 22.5, longitude: 114.1 },
    { id: "hong-kong", name: "Hong Kong", latitude: 22.3, longitude: 114.2 },
    { id: "singapore", name: "Singapore", latitude: 1.35, longitude: 103.8 },
    { id: "los-angeles", name: "Los Angeles", latitude: 34.05, longitude: -118.2 },
    { id: "san-francisco", name: "San Francisco", latitude: 37.8, longitude: -122.4 },
  ].map((stop) => [stop.id, stop]),
);
const move = (lead: string, ...ids: string[]): Entry & { readonly stops: Stop[] } => ({
  ...entry([text(lead)], "moves", "with its team", "cn"),
  stops: ids.map((id) => stops[id]!),
});
const mapOf = (...items: ReturnType<typeof move>[]): Block => ({ type: "map", at, items, legend: [] });

describe("a map", () => {
  const abroad = mapOf(
    move("Manus", "china", "singapore"),
    move("HeyGen", "shenzhen", "los-angeles"),
    move("Lovart", "san-francisco"),
  );

  test("crosses the ocean by the shorter way, with a point and a label for each place and an arrow for each move", () => {
    const slide = slideOf([abroad]);
    expect(boxesOf(slide, "Place")).toHaveLength(5);
    expect(boxesOf(slide, "Label").map((box) => runsIn(box).map((run) => run.text))).toEqual([
      ["China"],
      ["Manus", "Singapore"],
      ["Shenzhen"],
      ["HeyGen", "Los Angeles"],
      ["Lovart", "San Francisco"],
    ]);
    const arrows = boxesOf(slide, "Arrow") as Freeform[];
    expect(arrows.map(({ arrow }) => arrow)).toEqual(["end", "end"]);
    const [, , shenzhen, losAngeles] = boxesOf(slide, "Place");
    expect(losAngeles!.box.x).toBeGreaterThan(shenzhen!.box.x + 5);
  });

  test("says in words what it shows", () => {
    const land = boxesOf(slideOf([abroad]), "Land")[0]!;
    expect(land.alt).toBe("Manus: China → Singapore; HeyGen: Shenzhen → Los Angeles; Lovart: San Francisco");
  });

  test("keeps neighbours apart", () => {
    slideOf([mapOf(move("One", "hong-kong", "singapore"), move("Two", "shenzhen", "los-angeles"))]);
  });

  test("keeps its arrows off its labels, wherever on the globe, or is refused", () => {
    const anywhere = fc.record({
      latitude: fc.integer({ min: -55, max: 75 }),
      longitude: fc.integer({ min: -180, max: 180 }),
      name: fc.constantFrom("Rome", "San Francisco", "Llanfairpwllgwyngyll"),
    });
    let drawn = 0;
    fc.assert(
      fc.property(fc.array(anywhere, { minLength: 3, maxLength: 6 }), fc.boolean(), (places, isChain) => {
        const all = places.map((place, i): Stop => ({ id: `place-${i}`, ...place }));
        const pairs = all.slice(1).map((stop, i) => [all[i]!, stop]);
        const moves = (isChain ? [all] : pairs).map((stops) => ({ ...move("Acme"), stops }));
        const { value } = layOut(deckOf([page("Message", [mapOf(...moves)])]), theme, store, new Map());
        if (!value) return;
        drawn += 1;
        for (const slide of value.slides) checkSlide(slide, theme, "en");
      }),
      { numRuns: 150 },
    );
    expect(drawn).toBeGreaterThan(50);
  });

  test("draws land within its box, wherever on the globe", () => {
    const anywhere = fc.record({
      latitude: fc.double({ min: -55, max: 75, noNaN: true }),
      longitude: fc.double({ min: -180, max: 180, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(anywhere, { minLength: 1, maxLength: 6 }), (points) => {
        const box = { x: 1, y: 2, w: 10, h: 3 };
        const { place, outline } = project(points, box);
        const square = [
          { longitude: -170, latitude: -50 },
          { longitude: 170, latitude: -50 },
          { longitude: 170, latitude: 70 },
          { longitude: -170, latitude: 70 },
        ];
        for (const { x, y } of [...points.map(place), ...outline(square).flat()]) {
          expect(x).toBeGreaterThanOrEqual(box.x - 1e-6);
          expect(x).toBeLessThanOrEqual(box.x + box.w + 1e-6);
          expect(y).toBeGreaterThanOrEqual(box.y - 1e-6);
          expect(y).toBeLessThanOrEqual(box.y + box.h + 1e-6);
        }
      }),
    );
  });
});

describe("a smile curve", () => {
  test("is high at its ends, with each point above its text", () => {
    const items = ["Chips", "Models", "Tools", "Apps", "Users"].map((lead) =>
      entry([text(lead)], "label", "detail"),
    );
    const slide = slideOf([{ type: "smile", at, items, legend: [text("Height: profit, schematic.")] }]);
    const dots = boxesOf(slide, "Dot").map(({ box }) => box);
    const heights = dots.map(({ y }) => y);
    expect(heights[0]).toBe(heights[4]);
    expect(Math.max(...heights)).toBe(heights[2]);
    boxesOf(slide, "Step").forEach(({ box }, i) => {
      expect(box.x + box.w / 2).toBeCloseTo(dots[i]!.x + dots[i]!.w / 2, 2);
    });
    expect(textIn(slide, "Legend")).toBe("Height: profit, schematic.");
  });
});

describe("columns", () => {
  const rows = (count: number): Inline[][] =>
    Array.from({ length: count }, (_, i) => [text(`Source ${i}`), text("55")]);

  test("hold two tables side by side under headings, which begin at one height", () => {
    const heading = (value: string): Block => ({ type: "heading", at, depth: 3, children: [text(value)] });
    const columns = [
      [
        heading("A heading that is much too long to stand on one line of its column"),
        table(["a", "b"], rows(5)),
      ],
      [heading("Short"), table(["c", "d"], rows(2))],
    ];
    const slide = slideOf([{ type: "columns", at, columns: columns.map((blocks) => ({ span: 6, blocks })) }]);
    const [left, right] = slide.boxes.filter(({ kind }) => kind === "table");
    expect(left!.box.y).toBe(right!.box.y);
  });

  test("continue on a next slide, each where it was", () => {
    const columns = [[table(["a", "b"], rows(14))], [table(["c", "d"], rows(3))]];
    const slides = slidesOf([
      { type: "columns", at, columns: columns.map((blocks) => ({ span: 6, blocks })) },
    ]);
    const tables = slides.map((slide) => slide.boxes.filter(({ kind }) => kind === "table"));
    expect(tables.map((some) => some.length)).toEqual([2, 1]);
    expect(tables[1]![0]!.box.x).toBe(tables[0]![0]!.box.x);
  });

  test("centre few words on the chart beside them, and set them larger", () => {
    const slide = slideOf([chart("a"), list([[text("One point")], [text("Another point")]])]);
    const points = boxesOf(slide, "List")[0]!;
    const picture = boxesOf(slide, "Chart a")[0]!;
    expect(points.box.y + points.box.h / 2).toBeCloseTo(picture.box.y + picture.box.h / 2, 1);
    expect(sizesOf(slide, "List")[0]).toBeGreaterThan(theme.sizes.body);
  });
});

describe("a unit in Chinese that says what it is for", () => {
  test("stands small before the number on a tile", () => {
    const slide = slideOf(
      [
        {
          type: "kpi",
          at,
          items: Array.from({ length: 5 }, () => entry([fig("每家门店76.2万美元")], "label", "")),
        },
      ],
      "zh",
    );
    const [before, number, after] = runsIn(boxesOf(slide, "Tile")[0]!);
    expect([before, number, after].map((run) => run?.text)).toEqual(["每家门店", "76.2", "万美元"]);
    expect(number?.size).toBeUndefined();
    expect(before?.size).toBe(after?.size);
  });
});

describe("a page of little", () => {
  test("has a table of few rows in larger type and taller rows than a full one", () => {
    const rowsOf = (count: number) =>
      (
        slideOf([
          table(
            ["Company", "Stated"],
            Array.from({ length: count }, (_, i) => [text(`Company ${i}`), text("5")]),
          ),
        ]).boxes.find(({ kind }) => kind === "table") as PlacedTable
      ).rows;
    const [few, many] = [rowsOf(3), rowsOf(10)];
    expect(few[1]!.height).toBeGreaterThan(many[1]!.height);
    expect(few[1]!.cells[0]!.paragraphs[0]!.size).toBe(theme.sizes.body);
    expect(many[1]!.cells[0]!.paragraphs[0]!.size).toBe(theme.sizes.table);
  });
});

describe.each(["en", "zh"] as const)("texts three times as long (%s)", (language) => {
  const usual = {
    en: "moves its headquarters to Singapore with its core team",
    zh: "总部迁往新加坡，带走技术骨干",
  };
  const name = { en: "Alibaba Cloud Intelligence", zh: "阿里云智能集团" };
  const long = (words: string): string =>
    new Array<string>(3).fill(words).join(language === "en" ? " " : "，");
  const items = (count: number): Entry[] =>
    Array.from({ length: count }, (_, i) => ({
      lead: [text(long(name[language]))],
      label: [fig("CNY 30.1bn", figure(`f${i}`))],
      detail: [text(long(usual[language]))],
      role: "cn",
    }));
  const places = Object.values(stops);
  const blocks: readonly Block[] = [
    { type: "timeline", at, items: items(6) },
    { type: "smile", at, items: items(4), legend: [text(long(usual[language]))] },
    { type: "bridge", at, items: items(3).map((item) => ({ ...item, operator: "=" })) },
    {
      type: "map",
      at,
      items: items(3).map((item, i) => ({ ...item, stops: [places[i]!, places[i + 3]!] })),
      legend: [],
    },
    {
      type: "matrix",
      at,
      header: ["Tier", "Company", "Product", "Service", "Feature"].map((word) => [text(word)]),
      rows: Array.from({ length: 9 }, (_, i) => ({
        names: [[text(`Tier ${Math.floor(i / 3)}`)], [text(long(name[language]))]],
        cells: [0, 1, 2].map(() => cell("full", long(name[language]))),
      })),
      legend: [],
    },
  ];

  test.each(blocks.map((block) => [block.type, block] as const))("in a %s fit or continue", (_, block) => {
    for (const slide of slidesOf([block], language)) checkSlide(slide, theme, language);
  });

  test("and much longer are a problem at their place", () => {
    for (const block of blocks) {
      const longer = JSON.parse(
        JSON.stringify(block, (key, value) =>
          key === "value" ? new Array(12).fill(value).join(" ") : value,
        ),
      ) as Block;
      const { value, problems } = layOut(
        deckOf([page("Message", [longer])], { language }),
        theme,
        store,
        new Map(),
      );
      for (const problem of problems) expect(problem).toMatchObject({ code: "does-not-fit", where: at });
      for (const slide of value?.slides ?? []) checkSlide(slide, theme, language);
      if (block.type !== "matrix") expect(value, block.type).toBeUndefined();
    }
  });
});
