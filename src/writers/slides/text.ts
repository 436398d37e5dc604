/** Paragraphs of a size, and how high they stand in a width. */
import type { Language } from "../../findings/store.ts";
import { breakLines, type StyledText, textWidth, widestWord } from "../../model/measure.ts";
import { newSign, newSignShare } from "../../model/sign.ts";
import type { PlacedParagraph, Run } from "./placed.ts";
import { hangingIndent } from "./placed.ts";

export const pointsPerInch = 72;

/** Renderers differ a little in their advances: a line is taken for full before it is. */
const tolerance = 0.985;

/**
 * A line's own height as a multiple of its size. Arial has 1.15; East Asian fonts differ, from 1.32 (Microsoft YaHei)
 * to 1.45 (Noto), and what is measured must hold for the font that is there.
 */
const lineHeight: Readonly<Record<Language, number>> = { en: 1.16, zh: 1.4 };

/** Multiples of single spacing: lines of a title stand closer, two of them between kicker and body. */
export const spacing: Readonly<Record<"text" | "title", Readonly<Record<Language, number>>>> = {
  text: { en: 1, zh: 1 },
  title: { en: 0.95, zh: 0.95 },
};

export interface ParagraphStyle {
  readonly size: number;
  readonly language: Language;
  readonly align?: PlacedParagraph["align"];
  readonly bullet?: "dot" | "number";
  readonly before?: number;
  readonly after?: number;
  readonly spacing?: number;
}

export function paragraph(runs: readonly Run[], style: ParagraphStyle): PlacedParagraph {
  return {
    runs: runs.flatMap((run) => withSmallSign(run, style.size)),
    size: style.size,
    align: style.align ?? "left",
    ...(style.bullet === undefined ? {} : { bullet: style.bullet }),
    before: style.before ?? 0,
    after: style.after ?? 0,
    spacing: style.spacing ?? spacing.text[style.language],
  };
}

/** Renderers set a sign apart from letters and digits before and after it; against its size. */
const signAir = 0.6;

/** The sign of what is new as a run of its own, small behind the figure, which is traced with it as a whole. */
function withSmallSign(run: Run, size: number): Run[] {
  const { text, origin, ...style } = run;
  if (origin?.kind !== "figure" || !text.endsWith(newSign)) return [run];
  return [
    { ...style, text: text.slice(0, -newSign.length), origin: { ...origin, whole: origin.whole ?? text } },
    { ...style, text: newSign, size: Math.round((run.size ?? size) * newSignShare) },
  ];
}

function styled(paragraph: PlacedParagraph, language: Language): StyledText[] {
  return paragraph.runs.map((run) => ({
    text: run.text,
    size: run.size ?? paragraph.size,
    bold: run.bold ?? false,
    eastAsian: language === "zh",
    tracking: (run.tracking ?? 0) + (run.text === newSign ? signAir * (run.size ?? 0) : 0),
  }));
}

/** The lines of a paragraph where none has to be broken, and the widest of them in points. */
interface Unbroken {
  readonly lines: number;
  readonly widest: number;
}

/** Cells are measured for the widths of their columns first: most then fit, and need not be measured again. */
const unbroken = new WeakMap<PlacedParagraph, Unbroken>();

/** How many lines a paragraph takes in a width in inches. */
export function linesOf(paragraph: PlacedParagraph, width: number, language: Language): number {
  const room = (width - (paragraph.bullet === undefined ? 0 : hangingIndent)) * pointsPerInch * tolerance;
  const known = unbroken.get(paragraph);
  if (known && known.widest <= room) return known.lines;
  return breakLines(styled(paragraph, language), room).length;
}

/** The height of paragraphs under each other in a width, in inches; no air before the first and after the last. */
export function heightOf(paragraphs: readonly PlacedParagraph[], width: number, language: Language): number {
  let points = 0;
  paragraphs.forEach((paragraph, i) => {
    points += linesOf(paragraph, width, language) * paragraph.size * paragraph.spacing * lineHeight[language];
    if (i > 0) points += paragraph.before;
    if (i < paragraphs.length - 1) points += paragraph.after;
  });
  return points / pointsPerInch;
}

/** The widths in inches that a paragraph has on one line, and at least if no word is to be broken. */
export function widthsOf(paragraph: PlacedParagraph, language: Language): { line: number; word: number } {
  const texts = styled(paragraph, language);
  const inches = pointsPerInch * tolerance;
  const lines = breakLines(texts, Number.POSITIVE_INFINITY);
  const widest = Math.max(...lines.map(({ width }) => width));
  unbroken.set(paragraph, { lines: lines.length, widest });
  return {
    line: widest / inches,
    word: widestWord(texts) / inches,
  };
}

/** The width of a short text on one line in inches. */
export function lineWidth(text: string, size: number, language: Language, bold = false): number {
  return textWidth(text, { size, bold, eastAsian: language === "zh" }) / (pointsPerInch * tolerance);
}
