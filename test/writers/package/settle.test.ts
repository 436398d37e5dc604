import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { complete, type Settled, settle } from "../../../src/writers/package/settle.ts";
import { descendant, descendants, elements, textOf, type Xml } from "../../../src/writers/package/xml.ts";
import { writePptx } from "../../../src/writers/pptx.ts";
import { deck, paragraph, png, run, sample, slide, text, theme, title } from "./decks.ts";
import { open, write } from "./write.ts";

const one = async (language: "en" | "zh" = "en") => open(await write(sample(3, language)));
const values = (tree: Xml, name: string, key: string) =>
  [...descendants(tree, name)].map(({ attributes }) => attributes.get(key));

describe("text", () => {
  /** What reaches the writers: well-formed, NFC, no control characters. */
  const clean = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          ..."&<>\"'|*_`\\{}[]() \u00a0\u2028\ufeff",
          "]]>",
          "&amp;",
          "<a:t>",
          "👩🏽‍🔬",
          "中文，。",
          "שלום",
          "مرحبا",
          "e\u0301",
        ),
        fc.string({ unit: "grapheme", maxLength: 3 }),
        fc.string({ unit: "binary", maxLength: 3 }),
      ),
      { minLength: 1, maxLength: 8 },
    )
    .map((parts) =>
      parts
        .join("")
        .replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, "")
        .normalize("NFC"),
    )
    .filter((value) => value !== "");

  test("of any kind comes back from titles, boxes, cells, notes, names, descriptions, links and properties", {
    timeout: 60_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(clean, async (value) => {
        const link = `https://example.com/?q=${value}`;
        const written = deck(
          [
            slide(
              [
                title(value),
                text(
                  value,
                  [paragraph(["a", run(value, { link }), "b"]), paragraph([value], { bullet: "dot" })],
                  { alt: value },
                ),
                {
                  kind: "picture",
                  name: `${value} 1`,
                  box: { x: 1, y: 1, w: 1, h: 1 },
                  chart: "capex 3×1",
                  alt: value,
                  figures: [],
                },
                {
                  kind: "table",
                  name: `${value} 2`,
                  alt: value,
                  box: { x: 1, y: 4, w: 2, h: 1 },
                  columns: [2],
                  inset: [0, 0, 0, 0],
                  header: true,
                  rows: [{ height: 1, cells: [{ paragraphs: [paragraph([value])], align: "left" }] }],
                },
              ],
              { notes: [[run(value)], [run(value, { bold: true }), run(value)]], section: value },
            ),
          ],
          "en",
          { title: value },
        );
        const file = open(await write(written));
        const tree = file.xml("ppt/slides/slide1.xml");
        const [heading, box, , table] = elements(descendant(tree, "p:spTree")).slice(2) as [
          Xml,
          Xml,
          Xml,
          Xml,
        ];
        expect(textOf(heading)).toBe(value);
        expect([...descendants(box, "a:p")].map(textOf)).toEqual([`a${value}b`, value]);
        expect(textOf(table)).toBe(value);
        expect(values(tree, "p:cNvPr", "name").slice(1)).toEqual([
          "Title",
          value,
          `${value} 1`,
          `${value} 2`,
        ]);
        expect(values(tree, "p:cNvPr", "descr").slice(2)).toEqual([value, value, value]);
        const relations = file.xml("ppt/slides/_rels/slide1.xml.rels");
        expect(values(relations, "Relationship", "Target")).toContain(new URL(link).href);
        const notes = [...descendants(file.xml("ppt/notesSlides/notesSlide1.xml"), "a:p")].map(textOf);
        expect(notes.slice(0, 2)).toEqual([value, value + value]);
        expect(values(file.xml("ppt/presentation.xml"), "p14:section", "name")).toEqual([value]);
        expect(textOf(descendant(file.xml("docProps/core.xml"), "dc:title") as Xml)).toBe(value);
      }),
      { numRuns: 60 },
    );
  });

  test("keeps its paragraphs, whatever follows whatever", { timeout: 60_000 }, async () => {
    const line = fc
      .record({
        runs: fc.array(fc.constantFrom("a", "b", "\n"), { maxLength: 5 }),
        align: fc.constantFrom("left" as const, "center" as const, "right" as const),
        bullet: fc.constantFrom(undefined, "dot" as const, "number" as const),
        size: fc.integer({ min: 10, max: 40 }),
      })
      .map(({ runs, align, bullet, size }) => paragraph(runs, { align, size, ...(bullet && { bullet }) }));
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 6 }), async (lines) => {
        const row = { height: 1, cells: [{ paragraphs: lines, align: "left" as const }] };
        const box = { x: 1, y: 4, w: 2, h: 1 };
        const table = {
          kind: "table",
          name: "T",
          alt: "t",
          box,
          columns: [2],
          inset: [0, 0, 0, 0],
          header: true,
          rows: [row],
        } as const;
        const tree = open(await write(deck([slide([text("Text", lines), table])]))).xml(
          "ppt/slides/slide1.xml",
        );
        for (const shape of elements(descendant(tree, "p:spTree")).slice(2)) {
          expect([...descendants(shape, "a:p")].map(asPlaced)).toEqual(
            lines.map(({ runs, align, bullet, size }) => [
              runs.map(({ text }) => text).join(""),
              { left: "l", center: "ctr", right: "r" }[align],
              bullet === undefined ? "a:buNone" : bullet === "dot" ? "a:buChar" : "a:buAutoNum",
              String(size * 100),
            ]),
          );
        }
      }),
      { numRuns: 40 },
    );
  });

  /** Text with its line breaks, alignment, bullet and size at the end of a paragraph. */
  const asPlaced = (line: Xml) => {
    const [properties] = elements(line, "a:pPr");
    const shown = elements(line).map((child) => (child.name === "a:br" ? "\n" : textOf(child)));
    const bullet = elements(properties).find(({ name }) => /^a:bu(None|Char|AutoNum)$/.test(name));
    return [
      shown.join(""),
      properties?.attributes.get("algn"),
      bullet?.name,
      elements(line, "a:endParaRPr")[0]?.attributes.get("sz"),
    ];
  };

  test("has the document's language everywhere, and Chinese breaks its lines as Chinese does", async () => {
    const file = await one("zh");
    const tree = file.xml("ppt/slides/slide3.xml");
    expect(new Set(values(tree, "a:rPr", "lang"))).toEqual(new Set(["zh-CN"]));
    expect(new Set(values(tree, "a:pPr", "eaLnBrk"))).toEqual(new Set(["1"]));
    expect(values(file.xml("ppt/presentation.xml"), "p:kinsoku", "lang")).toEqual(["zh-CN"]);
    expect((await one("en")).text("ppt/slides/slide3.xml")).not.toContain("en-US");
  });

  test("begins no Chinese line with the sign of what is new, where there may be one", async () => {
    const never = async (more: { since?: string }) => {
      const file = open(await write({ ...sample(3, "zh"), ...more }));
      return values(file.xml("ppt/presentation.xml"), "p:kinsoku", "invalStChars")[0];
    };
    expect(await never({ since: "2025-06-08" })).toBe(`${await never({})}◆`);
  });
});

describe("the theme", () => {
  test("holds the brand's colours and both fonts, for slides and notes", async () => {
    const file = await one();
    for (const path of ["ppt/theme/theme1.xml", "ppt/theme/theme2.xml"]) {
      const scheme = elements(descendant(file.xml(path), "a:clrScheme"));
      expect(
        Object.fromEntries(
          scheme.map((slot) => [slot.name.slice(2), elements(slot)[0]?.attributes.get("val")]),
        ),
      ).toEqual({
        dk1: theme.colours.ink,
        lt1: theme.colours.ground,
        dk2: theme.colours.muted,
        lt2: theme.colours.tile,
        accent1: theme.colours.cn,
        accent2: theme.colours.us,
        accent3: theme.colours.accent,
        accent4: theme.colours.positive,
        accent5: theme.colours.negative,
        accent6: theme.colours.series,
        hlink: theme.colours.us,
        folHlink: theme.colours.muted,
      });
      const fonts = descendant(file.xml(path), "a:fontScheme") as Xml;
      expect(values(fonts, "a:latin", "typeface")).toEqual([theme.fonts.latin, theme.fonts.latin]);
      expect(values(fonts, "a:ea", "typeface")).toEqual([theme.fonts.eastAsian, theme.fonts.eastAsian]);
    }
  });

  test("is what slides refer to: no run names a font, roles with a slot name the slot", async () => {
    const slides = (await one()).text("ppt/slides/slide3.xml");
    expect(slides).not.toMatch(/<a:(latin|ea|cs) /);
    expect(slides).toContain('<a:schemeClr val="accent1"/>');
    expect(slides).not.toContain(theme.colours.cn);
    expect(slides).toContain(theme.colours["cn-soft"]);
  });
});

describe("placeholders", () => {
  test("of a slide are among those of its layout", async () => {
    const file = await one();
    const kinds = (path: string) =>
      [...descendants(file.xml(path), "p:ph")].map(({ attributes }) => [
        attributes.get("type"),
        attributes.get("idx"),
      ]);
    for (const number of [1, 2, 3]) {
      const [layout] = /slideLayout\d+\.xml/.exec(file.text(`ppt/slides/_rels/slide${number}.xml.rels`))!;
      const onSlide = kinds(`ppt/slides/slide${number}.xml`);
      expect(onSlide).toContainEqual(["title", undefined]);
      expect(kinds(`ppt/slideLayouts/${layout}`)).toEqual(expect.arrayContaining(onSlide));
    }
  });

  test("show the slide's number as a field", async () => {
    const field = descendant((await one()).xml("ppt/slides/slide3.xml"), "a:fld") as Xml;
    expect([field.attributes.get("type"), textOf(field)]).toEqual(["slidenum", "3"]);
  });
});

test("slides with the same section in a row are one section, with ids that repeat", async () => {
  const sections = ["A", "A", "B", "A"].map((section) => slide([title(section)], { section }));
  const tree = open(await write(deck(sections))).xml("ppt/presentation.xml");
  expect(
    [...descendants(tree, "p14:section")].map((section) => values(section, "p14:sldId", "id").length),
  ).toEqual([2, 1, 1]);
  for (const id of values(tree, "p14:section", "id"))
    expect(id).toMatch(/^\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}$/);
});

test("the same picture is stored once, another one by itself, numbered as shown", async () => {
  const picture = (name: string, chart: string, x: number) =>
    ({ kind: "picture", name, chart, box: { x, y: 3, w: 1, h: 1 }, alt: name, figures: [] }) as const;
  const written = deck([
    slide([title("One"), picture("a", "dark", 1), picture("b", "same", 3)]),
    slide([title("Two"), picture("c", "light", 1), picture("d", "dark", 3)]),
  ]);
  const drawn = new Map([
    ["dark", png(10)],
    ["same", png(10)],
    ["light", png(200)],
  ]);
  const file = open(await write(written, drawn));
  expect(file.names.filter((name) => name.startsWith("ppt/media/"))).toEqual([
    "ppt/media/image1.png",
    "ppt/media/image2.png",
  ]);
  expect(file.text("ppt/slides/_rels/slide2.xml.rels")).toMatch(/image2\.png.*image1\.png/);
});

test("each chart that was not drawn is a problem, located at its slide", async () => {
  const raw = await writePptx(sample(4));
  const settled = settle(raw.value as Uint8Array, sample(4));
  const { value, problems } = complete(settled.value as Settled, sample(4), new Map());
  expect(value).toBeUndefined();
  expect(problems.map(({ code, where, message }) => [code, where?.line, message])).toEqual(
    Array(2).fill(["picture-not-drawn", 3, "cannot place the chart `capex 3×1`: it was not drawn"]),
  );
});

test("only slides with something to say have notes", async () => {
  expect((await one()).names.filter((name) => name.startsWith("ppt/notesSlides/n"))).toEqual([
    "ppt/notesSlides/notesSlide3.xml",
  ]);
});

test("the file is dated as the document is and signed by nobody else", async () => {
  const file = await one();
  const core = file.xml("docProps/core.xml");
  for (const name of ["dcterms:created", "dcterms:modified"]) {
    expect(textOf(descendant(core, name) as Xml)).toBe("2025-06-13T00:00:00Z");
  }
  for (const name of file.names.filter((name) => name.endsWith(".xml")))
    expect(file.text(name)).not.toMatch(/pptxgen/i);
});

describe("the bytes", () => {
  const zone = process.env.TZ;
  afterEach(() => {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });

  test("are the same twice in a process and in two time zones", async () => {
    process.env.TZ = "America/New_York";
    const hours = new Date(0).getHours();
    const first = await write(sample(4, "zh"));
    expect(Buffer.compare(first, await write(sample(4, "zh")))).toBe(0);
    process.env.TZ = "Asia/Shanghai";
    expect(new Date(0).getHours()).not.toBe(hours);
    expect(Buffer.compare(first, await write(sample(4, "zh")))).toBe(0);
  });

  test("of another deck are refused, and so is what is no zip", async () => {
    const raw = await writePptx(sample(2));
    const codes = [raw.value as Uint8Array, new Uint8Array([1, 2, 3])].map((bytes) =>
      settle(bytes, sample(3)).problems.map(({ code }) => code),
    );
    expect(codes).toEqual([["package-mismatch"], ["not-a-package"]]);
  });
});
