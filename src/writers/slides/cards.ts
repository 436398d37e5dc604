/** Cards: equal boxes with a coloured edge on which entries of timelines and flows are written. */
import type { Entry, Inline } from "../../model/document.ts";
import type { Role } from "../../model/theme.ts";
import { plainText } from "../../model/walk.ts";
import { type Setting, tone } from "./measured.ts";
import type { Box, Placed, PlacedParagraph } from "./placed.ts";
import { runsOf } from "./runs.ts";
import { heightOf, paragraph, widthsOf } from "./text.ts";

/** Inches: the coloured edge on top, and the air inside: top, right, bottom, left. */
const edge = 0.06;
const inset = [0.14, 0.15, 0.16, 0.15] as const;

/** In how many rows and in which type cards are tried: the first in which they read well is taken, else the last. */
export const cardSettings: readonly { readonly rows: number; readonly large: boolean }[] = [
  { rows: 1, large: true },
  { rows: 1, large: false },
  { rows: 2, large: true },
  { rows: 2, large: false },
];

/** The paragraphs of a card: what leads it in its role's colour, what it says, and further on what is less. */
export function cardText(
  lead: readonly Inline[],
  rest: readonly (readonly Inline[])[],
  role: Role | undefined,
  large: boolean,
  setting: Setting,
): PlacedParagraph[] {
  const { language, sizes } = setting;
  const leadSize = sizes.body + (large ? 2 : 0);
  const size = large ? sizes.body : sizes.table;
  const said = (inlines: readonly Inline[]): boolean => plainText(inlines).trim() !== "";
  const head = { ...tone(setting, role ?? "ink", "tile"), bold: true };
  const leading = said(lead) ? [paragraph(runsOf(lead, head), { size: leadSize, language, after: 4 })] : [];
  const following = rest
    .filter(said)
    .map((inlines, i) => runsOf(inlines, tone(setting, i === 0 ? "ink" : "muted", "tile")))
    .map((runs) => paragraph(runs, { size, language, after: 4 }));
  return [...leading, ...following];
}

/** No word is broken, and no card is a column of short lines, much higher than wide. */
export function readWell(
  cards: readonly (readonly PlacedParagraph[])[],
  width: number,
  setting: Setting,
): boolean {
  const inner = width - inset[1] - inset[3];
  return cards.every(
    (card) =>
      card.every((one) => widthsOf(one, setting.language).word <= inner) &&
      cardHeight(card, width, setting) <= 1.2 * width,
  );
}

/** The height of a card of a width with its text, inches. */
export function cardHeight(paragraphs: readonly PlacedParagraph[], width: number, setting: Setting): number {
  return edge + inset[0] + heightOf(paragraphs, width - inset[1] - inset[3], setting.language) + inset[2];
}

export function placeCard(
  name: string,
  entry: Entry,
  paragraphs: readonly PlacedParagraph[],
  box: Box,
): Placed[] {
  const ground: Box = { ...box, y: box.y + edge, h: box.h - edge };
  return [
    { kind: "shape", shape: "rect", name: "Edge", box: { ...box, h: edge }, fill: entry.role ?? "muted" },
    { kind: "text", name, box: ground, paragraphs, valign: "top", inset, fill: "tile" },
  ];
}
