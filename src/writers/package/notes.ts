/** Speaker notes: a real paragraph each, and no notes page where there is nothing to say. */
import type { PlacedDeck } from "../slides/placed.ts";
import type { KeptSlides } from "./kept.ts";
import { type Package, type Part, relationTypes, treeOf } from "./package.ts";
import { proofing } from "./shape.ts";
import { renumber } from "./slide.ts";
import { themeXml } from "./theme.ts";
import { descendants, el, elements } from "./xml.ts";

const notesThemePath = "ppt/theme/theme2.xml";

/** Writes the notes of each slide that is made, or takes its empty notes page away. */
export function writeNotes(parts: Package, { slides, language }: PlacedDeck, kept: KeptSlides): void {
  slides.forEach(({ notes }, index) => {
    if (kept.has(index)) return;
    if (notes.length === 0) {
      const slide = parts.get(`ppt/slides/slide${index + 1}.xml`) as Part;
      slide.relationships = slide.relationships.filter(({ type }) => type !== relationTypes.notes);
      return;
    }
    const tree = treeOf(parts, `ppt/notesSlides/notesSlide${index + 1}.xml`);
    const paragraphs = notes.map((runs) =>
      el(
        "a:p",
        {},
        ...runs.map(({ text, bold, italic }) => {
          const properties = el("a:rPr", {
            ...proofing[language],
            b: bold ? 1 : undefined,
            i: italic ? 1 : undefined,
          });
          return text === "\n" ? el("a:br", {}, properties) : el("a:r", {}, properties, el("a:t", {}, text));
        }),
      ),
    );
    for (const shape of descendants(tree, "p:sp")) {
      const isBody = [...descendants(shape, "p:ph")].some(
        ({ attributes }) => attributes.get("type") === "body",
      );
      const [text] = elements(shape, "p:txBody");
      if (isBody && text) text.children = [el("a:bodyPr"), el("a:lstStyle"), ...paragraphs];
    }
    for (const field of descendants(tree, "a:rPr")) field.attributes.set("lang", proofing[language].lang);
    renumber(tree);
  });
}

/** A theme may belong to one master only, so the notes master gets a copy. */
export function giveNotesTheme(parts: Package, { theme }: PlacedDeck): void {
  parts.set(notesThemePath, { content: themeXml(theme), relationships: [] });
  const master = parts.get("ppt/notesMasters/notesMaster1.xml") as Part;
  master.relationships = [{ id: "rId1", type: relationTypes.theme, target: notesThemePath, external: false }];
}
