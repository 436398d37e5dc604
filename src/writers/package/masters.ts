/**
 * The slide master and the layouts: the brand as PowerPoint keeps it. Whoever adds a slide by hand gets its placeholders
 * where the deck's own slides have them, and what stands on every slide.
 */
import type { Theme } from "../../model/theme.ts";
import type { DrawnLogo } from "../logo/draw.ts";
import { titleSize } from "../slides/frame.ts";
import {
  type Branding,
  hangingIndent,
  type PlacedDeck,
  type PlacedSlide,
  type TextBox,
} from "../slides/placed.ts";
import { spacing } from "../slides/text.ts";
import { coverBackdrop, logoId, masterBackdrop } from "./backdrop.ts";
import {
  type Holder,
  type LayoutName,
  layoutNames,
  layoutOf,
  layouts,
  masterHolders,
  prompts,
} from "./layouts.ts";
import { type Package, type Part, type Relationship, relationTypes } from "./package.ts";
import {
  alignmentOf,
  bodyProperties,
  emu,
  hundredths,
  namespaces,
  numberField,
  type Placeholder,
  placeholderOf,
  placeholderXml,
  proofing,
  rectangle,
  shapeTree,
  transform,
} from "./shape.ts";
import { fillOf, groundMap } from "./theme.ts";
import { el, type Xml } from "./xml.ts";

const masterPath = "ppt/slideMasters/slideMaster1.xml";
const logoPath = "ppt/media/logo.png";

/** A text box that is a placeholder of its slide's layout. */
export interface PlaceholderBox {
  readonly box: TextBox;
  readonly placeholder: Placeholder;
}

export function placeholdersOn({ boxes }: PlacedSlide): PlaceholderBox[] {
  const counts = new Map<string, number>();
  return boxes.flatMap((box) => {
    if (box.kind !== "text" || box.placeholder === undefined) return [];
    const ordinal = counts.get(box.placeholder) ?? 0;
    counts.set(box.placeholder, ordinal + 1);
    const placeholder = placeholderOf(box.placeholder, ordinal);
    return placeholder ? [{ box, placeholder }] : [];
  });
}

const layoutPath = (name: LayoutName): string =>
  `ppt/slideLayouts/slideLayout${layoutNames.indexOf(name) + 1}.xml`;

/** Puts our master and layouts in place of the engine's. */
export function layMasters(parts: Package, brand: Branding, logo: DrawnLogo | undefined): void {
  for (const path of [...parts.keys()]) if (/^ppt\/slideLayouts\//.test(path)) parts.delete(path);
  const picture: Relationship = {
    id: logoId,
    type: relationTypes.image,
    target: logoPath,
    external: false,
  };
  const withLogo = logo ? [picture] : [];
  for (const name of layoutNames) {
    parts.set(layoutPath(name), {
      content: layoutXml(brand, name, logo),
      relationships: [
        { id: "rId1", type: relationTypes.master, target: masterPath, external: false },
        ...(name === "cover" ? withLogo : []),
      ],
    });
  }
  parts.set(masterPath, {
    content: masterXml(brand, logo),
    relationships: [
      ...layoutNames.map((name, index) => ({
        id: `rId${index + 1}`,
        type: relationTypes.layout,
        target: layoutPath(name),
        external: false,
      })),
      {
        id: `rId${layoutNames.length + 1}`,
        type: relationTypes.theme,
        target: "ppt/theme/theme1.xml",
        external: false,
      },
      ...withLogo,
    ],
  });
}

/** Puts in the logo, and points each slide to the layout that fits it. */
export function joinMasters(parts: Package, { slides }: PlacedDeck, logo: DrawnLogo | undefined): void {
  if (logo) parts.set(logoPath, { content: logo.png, relationships: [] });
  slides.forEach((slide, index) => {
    const part = parts.get(`ppt/slides/slide${index + 1}.xml`) as Part;
    part.relationships = part.relationships.map((relation) =>
      relation.type === relationTypes.layout
        ? { ...relation, target: layoutPath(layoutOf(slide)) }
        : relation,
    );
  });
}

/** The cover has its own backdrop in place of the master's. */
function layoutXml(brand: Branding, layout: LayoutName, logo: DrawnLogo | undefined): Xml {
  const { name, type, holders } = layouts[layout];
  const isCover = layout === "cover";
  const shapes = [
    ...(isCover ? coverBackdrop(brand, logo) : []),
    ...holders(brand).map((holder) => holderXml(brand, holder)),
  ];
  return el(
    "p:sldLayout",
    { ...namespaces, type, preserve: 1, userDrawn: 1, showMasterSp: isCover ? 0 : undefined },
    el("p:cSld", { name: name[brand.language] }, shapeTree(...numbered(shapes))),
    el("p:clrMapOvr", {}, el("a:masterClrMapping")),
  );
}

function masterXml(brand: Branding, logo: DrawnLogo | undefined): Xml {
  const { theme, language } = brand;
  const shapes = [
    ...masterBackdrop(brand, logo),
    ...masterHolders(brand).map((holder) => holderXml(brand, holder)),
  ];
  return el(
    "p:sldMaster",
    { ...namespaces, preserve: 1 },
    el(
      "p:cSld",
      {},
      el("p:bg", {}, el("p:bgPr", {}, fillOf(theme, "ground"), el("a:effectLst"))),
      shapeTree(...numbered(shapes)),
    ),
    el("p:clrMap", {
      ...groundMap(theme),
      ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((n) => [`accent${n}`, `accent${n}`])),
      hlink: "hlink",
      folHlink: "folHlink",
    }),
    el(
      "p:sldLayoutIdLst",
      {},
      ...layoutNames.map((_, index) =>
        el("p:sldLayoutId", { id: 2_147_483_649 + index, "r:id": `rId${index + 1}` }),
      ),
    ),
    el(
      "p:txStyles",
      {},
      el(
        "p:titleStyle",
        {},
        level(theme, 1, titleSize(theme, language), "mj", spacing.title[language], "plain"),
      ),
      el("p:bodyStyle", {}, ...bodyLevels(theme, spacing.text[language])),
      el("p:otherStyle", {}, level(theme, 1, theme.sizes.body, "mn", 1, "plain")),
    ),
  );
}

function holderXml({ theme, language }: Branding, holder: Holder): Xml {
  const { asks, placeholder, box, size, colour, bold, right, middle, tracking, bulleted } = holder;
  const properties = el("a:rPr", proofing[language]);
  const prompt = prompts[asks][language];
  const own = el(
    "a:lvl1pPr",
    { marL: 0, indent: 0, algn: alignmentOf(right ? "right" : "left") },
    el("a:buNone"),
    el(
      "a:defRPr",
      { sz: hundredths(size), b: bold ? 1 : 0, spc: tracking && hundredths(tracking) },
      fillOf(theme, colour),
    ),
  );
  return el(
    "p:sp",
    {},
    el(
      "p:nvSpPr",
      {},
      el("p:cNvPr", { id: 0, name: prompts[asks].en.split(":")[0] ?? asks }),
      el("p:cNvSpPr", {}, el("a:spLocks", { noGrp: 1 })),
      el("p:nvPr", {}, placeholderXml(placeholder)),
    ),
    el("p:spPr", {}, transform(box), rectangle()),
    el(
      "p:txBody",
      {},
      bodyProperties({ inset: [0, 0, 0, 0], valign: middle ? "middle" : "top" }),
      bulleted ? el("a:lstStyle") : el("a:lstStyle", {}, own),
      el(
        "a:p",
        {},
        asks === "number"
          ? numberField(prompt, properties)
          : el("a:r", {}, properties, el("a:t", {}, prompt)),
      ),
    ),
  );
}

/** Ids and names of shapes, each once. */
function numbered(shapes: readonly Xml[]): readonly Xml[] {
  const seen = new Map<string, number>();
  shapes.forEach((shape, index) => {
    const [heading] = shape.children as [Xml];
    const { attributes } = heading.children[0] as Xml;
    const name = attributes.get("name") ?? "";
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    attributes.set("id", String(index + 2));
    if (count > 1) attributes.set("name", `${name} ${count}`);
  });
  return shapes;
}

/** Five levels, as PowerPoint's own masters have, in two sizes. */
function bodyLevels(theme: Theme, lines: number): Xml[] {
  const { body, bodyFloor } = theme.sizes;
  return [1, 2, 3, 4, 5].map((number) =>
    level(theme, number, number === 1 ? body : bodyFloor, "mn", lines, "bulleted"),
  );
}

/** A level of text in the theme's font of titles (`mj`) or of other text (`mn`). */
function level(
  theme: Theme,
  number: number,
  size: number,
  font: "mj" | "mn",
  lines: number,
  style: "plain" | "bulleted",
): Xml {
  const indent = emu(hangingIndent);
  const isBulleted = style === "bulleted";
  return el(
    `a:lvl${number}pPr`,
    {
      marL: isBulleted ? number * indent : 0,
      indent: isBulleted ? -indent : 0,
      algn: "l",
      rtl: 0,
      eaLnBrk: 1,
      latinLnBrk: 0,
      hangingPunct: 1,
    },
    el("a:lnSpc", {}, el("a:spcPct", { val: Math.round(lines * 100_000) })),
    el("a:spcBef", {}, el("a:spcPts", { val: isBulleted ? 600 : 0 })),
    isBulleted ? el("a:buFont", { typeface: "Arial" }) : undefined,
    isBulleted ? el("a:buChar", { char: number % 2 === 1 ? "•" : "–" }) : el("a:buNone"),
    el(
      "a:defRPr",
      { sz: hundredths(size), b: font === "mj" ? 1 : 0, kern: 1200 },
      fillOf(theme, "ink"),
      ...["latin", "ea", "cs"].map((script) =>
        el(`a:${script}`, { typeface: `+${font}-${script === "latin" ? "lt" : script}` }),
      ),
    ),
  );
}
