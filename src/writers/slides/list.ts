/** Lists: native bullets where every item is a line of text, else rows of a marker and what the item holds. */
import type { Block, Entry, Inline, List } from "../../model/document.ts";
import type { Role } from "../../model/theme.ts";
import { figuresIn } from "../../model/walk.ts";
import { measure } from "./blocks.ts";
import { type Measured, narrow, placeStack, type Setting, stackHeight, tone } from "./measured.ts";
import { type Box, hangingIndent, type Placed, type PlacedParagraph } from "./placed.ts";
import { plainBox } from "./prose.ts";
import { roleOfRegion, runsOf, type Tone } from "./runs.ts";
import { heightOf, paragraph, pointsPerInch } from "./text.ts";
import { measureTiles } from "./tiles.ts";

/** Points between items, and inches up to which they are spread over the room there is: further where they are numbered or large. */
const air = { least: 6, most: 0.2, mostOfLarge: 0.42 };
/** Inches from a numbered item's number to its text. */
const numberIndent = 0.45;

interface Rows {
  readonly heights: readonly number[];
  /** Most air between rows, inches. */
  readonly most: number;
  readonly place: (from: number, to: number, box: Box, air: number) => readonly Placed[];
}

export function measureList(list: List, setting: Setting): Measured {
  const entries = setting.width < narrow ? entriesOf(list) : undefined;
  if (entries) return measureTiles({ type: "kpi", at: list.at, items: entries }, setting);
  const texts = list.ordered ? undefined : list.items.map(onlyText);
  const flat = texts?.every((text) => text !== undefined) ? texts : undefined;
  const rows = flat ? bulleted(flat, setting) : marked(list, setting);
  return measureRows(list, rows, 0, list.items.length);
}

function measureRows(list: List, rows: Rows, from: number, to: number): Measured {
  const heights = rows.heights.slice(from, to);
  const least = air.least / pointsPerInch;
  const natural = heights.reduce((sum, height) => sum + height, 0);
  const minimum = natural + least * (heights.length - 1);
  return {
    type: "list",
    at: list.at,
    minimum,
    preferred: minimum,
    most: natural + Math.max(least, rows.most) * (heights.length - 1),
    grow: 1,
    problems: [],
    place: (box) => {
      const spread = heights.length > 1 ? (box.h - natural) / (heights.length - 1) : 0;
      return rows.place(from, to, box, Math.min(Math.max(spread, least), rows.most));
    },
    split: (height) => {
      let used = 0;
      let fits = 0;
      while (fits < heights.length && used + heights[fits]! <= height) used += heights[fits++]! + least;
      if (fits === 0 || fits === heights.length) return undefined;
      const slides = Math.ceil(heights.length / fits);
      const cut = from + Math.min(fits, Math.ceil(heights.length / slides));
      return [measureRows(list, rows, from, cut), measureRows(list, rows, cut, to)];
    },
  };
}

/** All items in one box with PowerPoint's own bullets, as an author would have set them. */
function bulleted(items: readonly (readonly Inline[])[], setting: Setting): Rows {
  const size = setting.sizes.body;
  const paragraphs = items.map((inlines) =>
    paragraph(runsOf(inlines, tone(setting)), { size, language: setting.language, bullet: "dot" }),
  );
  return {
    heights: paragraphs.map((one) => heightOf([one], setting.width, setting.language)),
    most: size > setting.theme.sizes.body ? air.mostOfLarge : air.most,
    place: (from, to, box, between) => {
      const spaced: PlacedParagraph[] = paragraphs
        .slice(from, to)
        .map((one, i, all) => ({ ...one, after: i < all.length - 1 ? between * pointsPerInch : 0 }));
      return [plainBox("List", { ...box, h: heightOf(spaced, box.w, setting.language) }, spaced)];
    },
  };
}

/** A marker, and beside it whatever the item holds. */
function marked(list: List, setting: Setting): Rows {
  const size = setting.sizes.body;
  const indent = list.ordered ? numberIndent : hangingIndent;
  const inner = { ...setting, width: setting.width - indent };
  const items = list.items.map((blocks) =>
    blocks.map((block, i) => measureItem(block, i, list.ordered, inner)),
  );
  const heights = items.map((blocks) => stackHeight(blocks, "minimum"));
  return {
    heights,
    most: list.ordered || size > setting.theme.sizes.body ? air.mostOfLarge : air.most,
    place: (from, to, box, between) => {
      const placed: Placed[] = [];
      let y = box.y;
      for (let i = from; i < to; i++) {
        const marker = list.ordered
          ? paragraph([{ text: String(i + 1), colour: "accent", bold: true, origin: { kind: "literal" } }], {
              size,
              language: setting.language,
            })
          : paragraph([{ text: "•", colour: "muted" }], { size, language: setting.language });
        const h = heightOf([marker], indent, setting.language);
        placed.push(plainBox("Number", { x: box.x, y, w: indent, h }, [marker]));
        placed.push(...placeStack(items[i]!, { x: box.x + indent, y, w: box.w - indent, h: heights[i]! }));
        y += heights[i]! + between;
      }
      return placed;
    },
  };
}

/** In a numbered item that leads with its message in strong, the rest steps back. */
function measureItem(block: Block, index: number, numbered: boolean, setting: Setting): Measured {
  const [lead, ...rest] = block.type === "paragraph" ? block.children : [];
  if (!numbered || index > 0 || lead?.type !== "strong" || block.type !== "paragraph")
    return measure(block, setting);
  const size = setting.sizes.body;
  const muted: Tone = tone(setting, "muted");
  const runs = [...runsOf([lead], tone(setting)), ...runsOf(rest, muted)];
  const paragraphs = [paragraph(runs, { size, language: setting.language })];
  const height = heightOf(paragraphs, setting.width, setting.language);
  return {
    ...measure(block, setting),
    minimum: height,
    preferred: height,
    place: (box) => [plainBox("Point", { ...box, h: height }, paragraphs)],
  };
}

function onlyText(item: readonly Block[]): readonly Inline[] | undefined {
  const [first] = item;
  return item.length === 1 && first?.type === "paragraph" ? first.children : undefined;
}

/** The items as figures over text, where each leads in strong: for narrow columns. */
function entriesOf(list: List): Entry[] | undefined {
  const entries = list.items.map((item): Entry | undefined => {
    const [lead, ...label] = onlyText(item) ?? [];
    if (lead?.type === "strong")
      return { lead: lead.children, label, detail: [], role: roleOf(lead.children) };
    if (lead?.type === "span" && lead.children[0]?.type === "strong")
      return { lead: lead.children, label, detail: [], role: lead.role };
    return undefined;
  });
  return entries.every((entry) => entry !== undefined) ? entries : undefined;
}

function roleOf(lead: readonly Inline[]): Role | undefined {
  const span = lead.find((inline) => inline.type === "span");
  return span?.type === "span" ? span.role : roleOfRegion(figuresIn(lead)[0]);
}
