/** Paragraphs and headings. */
import type { Heading, Paragraph } from "../../model/document.ts";
import { type Measured, type Setting, tone } from "./measured.ts";
import type { PlacedParagraph, TextBox } from "./placed.ts";
import { runsOf } from "./runs.ts";
import { heightOf, paragraph } from "./text.ts";

export function measureParagraph(block: Paragraph, setting: Setting): Measured {
  const size = setting.sizes.body;
  return measureProse(block, "Text", runsOf(block.children, tone(setting)), size, setting);
}

export function measureHeading(block: Heading, setting: Setting): Measured {
  const size = block.depth === 3 ? setting.sizes.heading : setting.sizes.body;
  const runs = runsOf(block.children, { ...tone(setting), bold: true });
  return measureProse(block, "Heading", runs, size, setting);
}

function measureProse(
  block: Paragraph | Heading,
  name: string,
  runs: PlacedParagraph["runs"],
  size: number,
  setting: Setting,
): Measured {
  const paragraphs = [paragraph(runs, { size, language: setting.language })];
  const height = heightOf(paragraphs, setting.width, setting.language);
  return {
    type: block.type,
    at: block.at,
    minimum: height,
    preferred: height,
    grow: 0,
    problems: [],
    place: (box) => [plainBox(name, { ...box, h: height }, paragraphs)],
  };
}

/** Text on the page's ground, flush with the edges of its box. */
export function plainBox(name: string, box: TextBox["box"], paragraphs: readonly PlacedParagraph[]): TextBox {
  return { kind: "text", name, box, paragraphs, valign: "top", inset: [0, 0, 0, 0] };
}
