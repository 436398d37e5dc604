/** Repairs of one slide: its shapes are brought back together with the boxes they were made from. */
import type { Language } from "../../findings/store.ts";
import type { Placed, PlacedDeck, PlacedParagraph, PlacedSlide } from "../slides/placed.ts";
import { type PlaceholderBox, placeholdersOn } from "./masters.ts";
import { hundredths, numberField, placeholderXml, proofing } from "./shape.ts";
import { descendant, descendants, el, elements, textOf, type Xml } from "./xml.ts";

/** A shape of the slide beside the box it was made from. */
interface Pair {
  readonly shape: Xml;
  readonly box: Placed;
  readonly slide: PlacedSlide;
  readonly language: Language;
  /** Absent for what is no placeholder. */
  readonly placeholder: PlaceholderBox | undefined;
}

interface ShapeRepair {
  readonly why: string;
  readonly mend: (pair: Pair) => void;
}

/** In this order for each shape of each slide. */
const shapeRepairs: readonly ShapeRepair[] = [
  {
    why: "the engine escapes names on some shapes and makes them up on others",
    mend: ({ shape, box }) => properties(shape).attributes.set("name", box.name),
  },
  {
    why: "only pictures can be given alternative text, and an empty one becomes a file name",
    mend: describe,
  },
  {
    why: "the engine's placeholders take place and style of the layout and lose those of the slide",
    mend: ({ shape, placeholder, slide }) => {
      if (placeholder) becomePlaceholder(shape, placeholder, slide);
    },
  },
  {
    why: "tables are written without a header row, so that none is read out",
    mend: ({ shape }) => descendant(shape, "a:tblPr")?.attributes.set("firstRow", "1"),
  },
  {
    why: "each further run of a paragraph brings its properties again, line breaks and line ends have none or another's",
    mend: ({ shape, box, language }) => {
      for (const [body, paragraphs] of bodies(shape, box)) mendBody(body, paragraphs, language);
    },
  },
  {
    why: "text is said to be American English",
    mend: ({ shape, language }) => {
      for (const run of descendants(shape))
        if (run.name === "a:rPr" || run.name === "a:endParaRPr") setAll(run, proofing[language]);
    },
  },
];

/** Shapes of a slide or layout, without the two elements that open the tree. */
export function shapesOf(slide: Xml): Xml[] {
  return elements(descendant(slide, "p:spTree")).slice(2);
}

/** Mends the slide's shapes in place. */
export function mendSlide(tree: Xml, slide: PlacedSlide, { language }: PlacedDeck): void {
  const placeholders = new Map<Placed, PlaceholderBox>(placeholdersOn(slide).map((one) => [one.box, one]));
  shapesOf(tree).forEach((shape, index) => {
    const box = slide.boxes[index];
    if (!box) return;
    const pair = { shape, box, slide, language, placeholder: placeholders.get(box) };
    for (const { mend } of shapeRepairs) mend(pair);
  });
  renumber(tree);
}

/** Gives every shape an id of its own. Nothing the engine writes refers to these ids. */
export function renumber(tree: Xml): void {
  let id = 0;
  for (const shape of descendants(tree, "p:cNvPr")) shape.attributes.set("id", String(++id));
}

/** Where a shape of any kind keeps its id, name and description. */
function properties(shape: Xml): Xml {
  return descendant(shape, "p:cNvPr") as Xml;
}

/** Shapes that say nothing are marked as decoration, which screen readers pass over. */
function describe({ shape, box }: Pair): void {
  const drawing = properties(shape);
  if (box.alt !== undefined) drawing.attributes.set("descr", box.alt);
  else if (box.kind === "shape" || box.kind === "rule" || box.kind === "freeform") {
    const decorative = el("adec:decorative", {
      "xmlns:adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
      val: 1,
    });
    drawing.children.push(
      el("a:extLst", {}, el("a:ext", { uri: "{C183D7F6-B498-43B3-948B-1728B52AA6E4}" }, decorative)),
    );
  }
}

function becomePlaceholder(shape: Xml, { box, placeholder }: PlaceholderBox, slide: PlacedSlide): void {
  const drawing = descendant(shape, "p:cNvSpPr") as Xml;
  drawing.attributes.delete("txBox");
  drawing.children = [el("a:spLocks", { noGrp: 1 })];
  (descendant(shape, "p:nvPr") as Xml).children = [placeholderXml(placeholder)];
  if (box.placeholder !== "number") return;
  for (const paragraph of descendants(shape, "a:p")) {
    paragraph.children = paragraph.children.map((run) =>
      typeof run !== "string" && run.name === "a:r" && textOf(run) === String(slide.number)
        ? numberField(textOf(run), descendant(run, "a:rPr") as Xml)
        : run,
    );
  }
}

/** The shape's text bodies, each beside what was to be written there. */
function bodies(shape: Xml, box: Placed): readonly (readonly [Xml, readonly PlacedParagraph[]])[] {
  if (box.kind === "text") return [[descendant(shape, "p:txBody") as Xml, box.paragraphs]];
  if (box.kind !== "table") return [];
  const cells = box.rows.flatMap(({ cells }) => cells);
  return [...descendants(shape, "a:txBody")].map((body, index) => [body, cells[index]?.paragraphs ?? []]);
}

function mendBody(body: Xml, paragraphs: readonly PlacedParagraph[], language: Language): void {
  elements(body, "a:p").forEach((paragraph, index) => {
    const [first] = elements(paragraph, "a:pPr");
    paragraph.children = paragraph.children.filter(
      (child) => typeof child === "string" || child.name !== "a:pPr" || child === first,
    );
    // Characters that may not begin or end a line stay off its edge, and punctuation may hang over it.
    if (language === "zh" && first) setAll(first, { eaLnBrk: "1", hangingPunct: "1" });
    const size = paragraphs[index]?.size;
    if (size === undefined) return;
    const sz = hundredths(size);
    for (const line of elements(paragraph, "a:br")) line.children = [el("a:rPr", { sz })];
    for (const end of elements(paragraph, "a:endParaRPr")) end.attributes.set("sz", String(sz));
  });
}

function setAll({ attributes }: Xml, values: Readonly<Record<string, string>>): void {
  for (const [key, value] of Object.entries(values)) attributes.set(key, value);
}
