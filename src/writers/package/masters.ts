/** The slide master and the layouts: real placeholders in the theme's type, where the deck's own slides have them. */
import type { Theme } from "../../model/theme.ts";
import { order } from "../../problem.ts";
import type { MasterName, PlacedDeck, PlacedSlide, PlaceholderKind, TextBox } from "../slides/placed.ts";
import { type Package, type Part, relationTypes } from "./package.ts";
import {
  alignmentOf,
  bodyProperties,
  hundredths,
  namespaces,
  numberField,
  type Placeholder,
  placeholderOf,
  placeholderXml,
  proofing,
  shapeTree,
  transform,
} from "./shape.ts";
import { fillOf } from "./theme.ts";
import { el, type Xml } from "./xml.ts";

const masterPath = "ppt/slideMasters/slideMaster1.xml";

/** Names and types of the layouts, in the order of PowerPoint's own gallery. */
const layouts: Readonly<Record<MasterName, { readonly name: string; readonly type: string }>> = {
  cover: { name: "Cover", type: "title" },
  section: { name: "Section", type: "secHead" },
  content: { name: "Content", type: "obj" },
};

/** The prompts that an empty placeholder shows to whoever edits the deck. */
const prompts: Readonly<Record<PlacedDeck["language"], Readonly<Record<PlaceholderKind, string>>>> = {
  en: { title: "Title: the message", subtitle: "Subtitle", body: "Text", footer: "Sources", number: "‹#›" },
  zh: { title: "标题：一句话讲清要点", subtitle: "副标题", body: "正文", footer: "来源", number: "‹#›" },
};

/** A text box that is a placeholder, with its place among those of its kind on the slide. */
export interface PlaceholderBox {
  readonly box: TextBox;
  readonly kind: PlaceholderKind;
  readonly placeholder: Placeholder;
}

export function placeholdersOn({ boxes }: PlacedSlide): PlaceholderBox[] {
  const counts = new Map<PlaceholderKind, number>();
  return boxes.flatMap((box) => {
    if (box.kind !== "text" || box.placeholder === undefined) return [];
    const kind = box.placeholder;
    const ordinal = counts.get(kind) ?? 0;
    counts.set(kind, ordinal + 1);
    return [{ box, kind, placeholder: placeholderOf(kind, ordinal) }];
  });
}

/** Puts one master and a layout for each kind of slide that the deck has in place of the engine's, and points the slides there. */
export function layMasters(parts: Package, deck: PlacedDeck): void {
  for (const path of [...parts.keys()]) if (/^ppt\/slideLayouts\//.test(path)) parts.delete(path);
  const used = (Object.keys(layouts) as MasterName[]).filter((name) =>
    deck.slides.some(({ master }) => master === name),
  );
  const pathOf = (name: MasterName): string => `ppt/slideLayouts/slideLayout${used.indexOf(name) + 1}.xml`;
  for (const name of used) {
    parts.set(pathOf(name), {
      content: layoutXml(deck, name),
      relationships: [{ id: "rId1", type: relationTypes.master, target: masterPath, external: false }],
    });
  }
  deck.slides.forEach(({ master }, index) => {
    const slide = parts.get(`ppt/slides/slide${index + 1}.xml`) as Part;
    slide.relationships = slide.relationships.map((relation) =>
      relation.type === relationTypes.layout ? { ...relation, target: pathOf(master) } : relation,
    );
  });
  parts.set(masterPath, {
    content: masterXml(deck, used.length),
    relationships: [
      ...used.map((name, index) => ({
        id: `rId${index + 1}`,
        type: relationTypes.layout,
        target: pathOf(name),
        external: false,
      })),
      {
        id: `rId${used.length + 1}`,
        type: relationTypes.theme,
        target: "ppt/theme/theme1.xml",
        external: false,
      },
    ],
  });
}

/** Every placeholder that some slide of the layout has, where the first such slide has it. */
function layoutXml(deck: PlacedDeck, master: MasterName): Xml {
  const seen = new Map<string, PlaceholderBox>();
  for (const slide of deck.slides) {
    if (slide.master !== master) continue;
    for (const found of placeholdersOn(slide)) {
      const key = `${found.placeholder.type} ${found.placeholder.idx ?? 0}`;
      if (!seen.has(key)) seen.set(key, found);
    }
  }
  const found = [...seen].sort(([a], [b]) => order(a, b)).map(([, box]) => box);
  const { name, type } = layouts[master];
  return el(
    "p:sldLayout",
    { ...namespaces, type, preserve: 1 },
    el("p:cSld", { name }, shapeTree(...found.map((box, index) => placeholderShape(deck, box, index + 2)))),
    el("p:clrMapOvr", {}, el("a:masterClrMapping")),
  );
}

function masterXml(deck: PlacedDeck, layoutCount: number): Xml {
  const { theme } = deck;
  const kinds = (["title", "body", "footer", "number"] as const).map((kind, index) =>
    placeholderShape(deck, masterPlaceholder(deck, kind), index + 2),
  );
  return el(
    "p:sldMaster",
    namespaces,
    el(
      "p:cSld",
      {},
      el("p:bg", {}, el("p:bgPr", {}, fillOf(theme, "ground"), el("a:effectLst"))),
      shapeTree(...kinds),
    ),
    el("p:clrMap", {
      bg1: "lt1",
      tx1: "dk1",
      bg2: "lt2",
      tx2: "dk2",
      ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((n) => [`accent${n}`, `accent${n}`])),
      hlink: "hlink",
      folHlink: "folHlink",
    }),
    el(
      "p:sldLayoutIdLst",
      {},
      ...Array.from({ length: layoutCount }, (_, index) =>
        el("p:sldLayoutId", { id: 2_147_483_649 + index, "r:id": `rId${index + 1}` }),
      ),
    ),
    el(
      "p:txStyles",
      {},
      el("p:titleStyle", {}, level(theme, theme.sizes.title, "mj", true)),
      el("p:bodyStyle", {}, level(theme, theme.sizes.body, "mn", false)),
      el("p:otherStyle", {}, level(theme, theme.sizes.body, "mn", false)),
    ),
  );
}

/** The deck's own first placeholder of the kind, on a content slide if there is one; else where the page plan has it. */
function masterPlaceholder(deck: PlacedDeck, kind: PlaceholderKind): PlaceholderBox {
  const content = deck.slides.filter(({ master }) => master === "content");
  for (const slide of content) {
    const found = placeholdersOn(slide).find((box) => box.kind === kind);
    if (found) return { ...found, placeholder: placeholderOf(kind, 0) };
  }
  const { page, sizes } = deck.theme;
  const width = 13.333 - page.left - page.right;
  const plan = {
    title: { y: 0.58, h: 0.84, size: sizes.title, align: "left" },
    subtitle: { y: 1.65, h: 0.6, size: sizes.heading, align: "left" },
    body: { y: 1.65, h: 5.05, size: sizes.body, align: "left" },
    footer: { y: 6.98, h: 0.27, size: sizes.footer, align: "left" },
    number: { y: 6.98, h: 0.27, size: sizes.footer, align: "right" },
  } as const;
  const { y, h, size, align } = plan[kind];
  // Sources and number share a line.
  const w = kind === "footer" ? width - 0.8 : kind === "number" ? 0.6 : width;
  const x = kind === "number" ? 13.333 - page.right - w : page.left;
  return {
    kind,
    placeholder: placeholderOf(kind, 0),
    box: {
      kind: "text",
      name: kind,
      box: { x, y, w, h },
      valign: "top",
      inset: [0, 0, 0, 0],
      paragraphs: [{ runs: [], size, align, before: 0, after: 0, spacing: 1 }],
    },
  };
}

function placeholderShape(deck: PlacedDeck, { box, kind, placeholder }: PlaceholderBox, id: number): Xml {
  const { theme, language } = deck;
  const paragraph = box.paragraphs[0];
  const run = paragraph?.runs[0];
  const size = hundredths(run?.size ?? paragraph?.size ?? theme.sizes.body);
  const colour = run?.colour ?? (kind === "footer" || kind === "number" ? "muted" : "ink");
  const properties = el("a:rPr", proofing[language]);
  const prompt = prompts[language][kind];
  return el(
    "p:sp",
    {},
    el(
      "p:nvSpPr",
      {},
      el("p:cNvPr", { id, name: `${prompts.en[kind].split(":")[0]} placeholder ${id - 1}` }),
      el("p:cNvSpPr", {}, el("a:spLocks", { noGrp: 1 })),
      el("p:nvPr", {}, placeholderXml(placeholder)),
    ),
    el("p:spPr", {}, transform(box.box), el("a:prstGeom", { prst: "rect" }, el("a:avLst"))),
    el(
      "p:txBody",
      {},
      bodyProperties(box),
      el(
        "a:lstStyle",
        {},
        el(
          "a:lvl1pPr",
          { marL: 0, indent: 0, algn: alignmentOf(paragraph?.align ?? "left") },
          el("a:buNone"),
          el("a:defRPr", { sz: size, b: (run?.bold ?? kind === "title") ? 1 : 0 }, fillOf(theme, colour)),
        ),
      ),
      el(
        "a:p",
        {},
        kind === "number"
          ? numberField(prompt, properties)
          : el("a:r", {}, properties, el("a:t", {}, prompt)),
      ),
    ),
  );
}

function level(theme: Theme, size: number, font: "mj" | "mn", bold: boolean): Xml {
  return el(
    "a:lvl1pPr",
    { marL: 0, algn: "l", rtl: 0, eaLnBrk: 1, latinLnBrk: 0, hangingPunct: 1 },
    el("a:spcBef", {}, el("a:spcPts", { val: 0 })),
    el("a:buNone"),
    el(
      "a:defRPr",
      { sz: hundredths(size), b: bold ? 1 : 0, kern: 1200 },
      fillOf(theme, "ink"),
      ...["latin", "ea", "cs"].map((script) =>
        el(`a:${script}`, { typeface: `+${font}-${script === "latin" ? "lt" : script}` }),
      ),
    ),
  );
}
