/** The presentation part and the file's properties. */
import { newSign } from "../../model/sign.ts";
import type { PlacedDeck } from "../slides/placed.ts";
import { type Package, type Part, type Relationship, relationTypes, treeOf } from "./package.ts";
import { proofing } from "./shape.ts";
import { el, elements, type Xml } from "./xml.ts";

/** Children of the presentation in the schema's order. */
const childOrder = [
  "p:sldMasterIdLst",
  "p:notesMasterIdLst",
  "p:sldIdLst",
  "p:sldSz",
  "p:notesSz",
  "p:kinsoku",
  "p:defaultTextStyle",
  "p:extLst",
];

/** Characters that begin no line and that end none, as PowerPoint lists them for simplified Chinese. */
const kinsoku = {
  lang: "zh-CN",
  invalStChars:
    "!%),.:;?]}¢°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠",
  invalEndChars: "$([{£¥·‘“〈《「『【〔〖〝﹗﹙﹛＄（．［｛￡￥",
};

function kinsokuOf({ since }: PlacedDeck): typeof kinsoku {
  return since === undefined ? kinsoku : { ...kinsoku, invalStChars: `${kinsoku.invalStChars}${newSign}` };
}

const presentationPath = "ppt/presentation.xml";

/** Lists every slide of the deck, with the ids that the engine gives when it has written them all. */
export function listSlides(parts: Package, { slides }: PlacedDeck): void {
  const part = parts.get(presentationPath) as Part;
  const tree = treeOf(parts, presentationPath);
  const [master, ...others] = part.relationships.filter(({ type }) => type !== relationTypes.slide);
  const all: readonly Relationship[] = [
    ...(master ? [master] : []),
    ...slides.map((_, index) => ({
      id: "",
      type: relationTypes.slide,
      target: `ppt/slides/slide${index + 1}.xml`,
      external: false,
    })),
    ...others,
  ];
  part.relationships = all.map((relation, index) => ({ ...relation, id: `rId${index + 1}` }));
  for (const { name, children } of elements(tree)) {
    if (name !== "p:sldMasterIdLst" && name !== "p:notesMasterIdLst") continue;
    for (const { attributes } of children as Xml[]) {
      const at = all.findIndex(({ id }) => id === attributes.get("r:id"));
      attributes.set("r:id", `rId${at + 1}`);
    }
  }
  const [list] = elements(tree, "p:sldIdLst");
  if (list)
    list.children = slides.map((_, index) => el("p:sldId", { id: 256 + index, "r:id": `rId${index + 2}` }));
}

/** Notes pages upright, children in order, line breaking of Chinese, and the sections. */
export function mendPresentation(parts: Package, deck: PlacedDeck): void {
  const presentation = treeOf(parts, presentationPath);
  const made = [
    el("p:notesSz", { cx: 6_858_000, cy: 9_144_000 }),
    el("p:extLst", {}, sections(presentation, deck)),
    ...(deck.language === "zh" ? [el("p:kinsoku", kinsokuOf(deck))] : []),
  ];
  const kept = elements(presentation).filter(({ name }) => !made.some((child) => child.name === name));
  presentation.children = [...kept, ...made].sort(
    (a, b) => childOrder.indexOf(a.name) - childOrder.indexOf(b.name),
  );
}

/** Slides in a row with the same section; the id follows from the section's number, where the engine throws dice. */
function sections(presentation: Xml, { slides, title }: PlacedDeck): Xml {
  const ids = elements(elements(presentation, "p:sldIdLst")[0], "p:sldId").map(({ attributes }) =>
    attributes.get("id"),
  );
  const list: { readonly name: string; readonly ids: Xml[] }[] = [];
  slides.forEach(({ section }, index) => {
    const id = el("p14:sldId", { id: ids[index] });
    const name = section || title;
    const last = list.at(-1);
    if (last?.name === name) last.ids.push(id);
    else list.push({ name, ids: [id] });
  });
  const children = list.map(({ name, ids }, index) =>
    el("p14:section", { name, id: sectionId(index + 1) }, el("p14:sldIdLst", {}, ...ids)),
  );
  return el(
    "p:ext",
    { uri: "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}" },
    el(
      "p14:sectionLst",
      { "xmlns:p14": "http://schemas.microsoft.com/office/powerpoint/2010/main" },
      ...children,
    ),
  );
}

function sectionId(number: number): string {
  return `{50DECDEC-0000-4000-8000-${number.toString(16).toUpperCase().padStart(12, "0")}}`;
}

/** Title, dates and author from the deck, and nothing of the engine's. */
export function writeProperties(parts: Package, { title, date, language, slides }: PlacedDeck): void {
  const dated = { "xsi:type": "dcterms:W3CDTF" };
  const midnight = `${date}T00:00:00Z`;
  const core = el(
    "cp:coreProperties",
    {
      "xmlns:cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
      "xmlns:dc": "http://purl.org/dc/elements/1.1/",
      "xmlns:dcterms": "http://purl.org/dc/terms/",
      "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    },
    el("dc:title", {}, title),
    el("dc:creator", {}, "Sourcedeck"),
    el("cp:lastModifiedBy", {}, "Sourcedeck"),
    el("cp:revision", {}, "1"),
    el("dcterms:created", dated, midnight),
    el("dcterms:modified", dated, midnight),
    el("dc:language", {}, proofing[language].lang),
  );
  const app = el(
    "Properties",
    { xmlns: "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties" },
    el("TotalTime", {}, "0"),
    el("Application", {}, "Sourcedeck"),
    el("PresentationFormat", {}, "Widescreen"),
    el("Slides", {}, String(slides.length)),
    el("Notes", {}, String(slides.filter(({ notes }) => notes.length > 0).length)),
    el("HiddenSlides", {}, "0"),
  );
  parts.set("docProps/core.xml", { content: core, relationships: [] });
  parts.set("docProps/app.xml", { content: app, relationships: [] });
}
