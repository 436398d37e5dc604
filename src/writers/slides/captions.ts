/** Captions: what stands under the points of a drawing, each led by its name in its role's colour; without boxes. */
import type { Inline } from "../../model/document.ts";
import type { Role } from "../../model/theme.ts";
import { plainText } from "../../model/walk.ts";
import { type Setting, tone } from "./measured.ts";
import type { Box, PlacedParagraph } from "./placed.ts";
import { plainBox } from "./prose.ts";
import { runsOf } from "./runs.ts";
import { heightOf, paragraph, widthsOf } from "./text.ts";

/** Points. */
export interface CaptionType {
  readonly lead: number;
  readonly text: number;
}

/** In which type captions are tried, from the largest: the first in which they read well is taken, else the last. */
export function captionTypes({ sizes: { body, table, label } }: Setting): readonly CaptionType[] {
  return [
    { lead: body + 2, text: body },
    { lead: body, text: table },
    { lead: table, text: label },
  ];
}

export function caption(
  lead: readonly Inline[],
  rest: readonly (readonly Inline[])[],
  style: {
    readonly type: CaptionType;
    readonly role: Role | undefined;
    readonly align?: PlacedParagraph["align"];
  },
  setting: Setting,
): PlacedParagraph[] {
  const { type, role, align = "left" } = style;
  const { language } = setting;
  const said = (inlines: readonly Inline[]): boolean => plainText(inlines).trim() !== "";
  const leadTone = { ...tone(setting, role ?? "ink"), bold: true };
  const leading = said(lead)
    ? [paragraph(runsOf(lead, leadTone), { size: type.lead, language, align, after: 3 })]
    : [];
  const following = rest
    .filter(said)
    .map((inlines, i) => runsOf(inlines, tone(setting, i === 0 ? "ink" : "muted")))
    .map((runs) => paragraph(runs, { size: type.text, language, align, after: 3 }));
  return [...leading, ...following];
}

/** Whether no word is broken in a width of inches. */
export function keepsWords(texts: readonly PlacedParagraph[], width: number, setting: Setting): boolean {
  return texts.every((text) => widthsOf(text, setting.language).word <= width);
}

/** Whether no word is broken and no caption is a column of short lines, higher than wide. */
export function readsWell(
  captions: readonly (readonly PlacedParagraph[])[],
  width: number,
  setting: Setting,
): boolean {
  return captions.every(
    (texts) => keepsWords(texts, width, setting) && heightOf(texts, width, setting.language) <= width,
  );
}

/** The height of the highest caption, inches. */
export function captionsHeight(
  captions: readonly (readonly PlacedParagraph[])[],
  width: number,
  setting: Setting,
): number {
  return Math.max(0, ...captions.map((texts) => heightOf(texts, width, setting.language)));
}

/** A line of small text that says how to read a drawing; nothing where there is none. */
export function legendOf(legend: readonly Inline[], setting: Setting): PlacedParagraph[] {
  const size = setting.sizes.label;
  return legend.length === 0
    ? []
    : [paragraph(runsOf(legend, tone(setting, "muted")), { size, language: setting.language })];
}

/** Inches of air above a legend. */
const legendAir = 0.14;

/** Legend and air above it, inches. */
export function legendHeight(legend: readonly PlacedParagraph[], setting: Setting): number {
  return legend.length === 0 ? 0 : legendAir + heightOf(legend, setting.width, setting.language);
}

/** The legend at the top of what is left under a drawing. */
export function placeLegend(legend: readonly PlacedParagraph[], box: Box, setting: Setting) {
  return legend.length === 0
    ? []
    : [
        plainBox(
          "Legend",
          { ...box, y: box.y + legendAir, h: heightOf(legend, box.w, setting.language) },
          legend,
        ),
      ];
}
