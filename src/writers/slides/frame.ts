/** What every slide has around its body: kicker, title, rule, source line, slide number, and the mark of a draft. */
import type { Lineage } from "../../evidence/figure.ts";
import type { Language, Store } from "../../findings/store.ts";
import type { Theme } from "../../model/theme.ts";
import type { Place, Problem } from "../../problem.ts";
import { sourceLine } from "./footer.ts";
import { apart, numberWidth, smallLogoRoom, zone } from "./grid.ts";
import { lineDoesNotFit } from "./messages.ts";
import type { Box, Placed, PlacedParagraph, PlaceholderKind, Run, TextBox } from "./placed.ts";
import { plainBox } from "./prose.ts";
import { linesOf, lineWidth, paragraph, spacing } from "./text.ts";
import { words } from "./words.ts";

/** What the frame of each slide of a deck depends on. */
export interface Frame {
  readonly theme: Theme;
  readonly language: Language;
  readonly draft: boolean;
  readonly store: Store;
  /** ISO date after which figures are new. */
  readonly since?: string;
}

/** Inches: the mark of a draft. */
const draftWidth = 1.2;

/** Points of a title at its largest; Chinese ones are set smaller, because Han fill their square. */
export function titleSize({ sizes }: Theme, language: Language): number {
  return sizes.title - (language === "zh" ? 2 : 0);
}

/** Points by which a title may be smaller rather than leave a lone word on a second line. */
const onOneLine = 2;

/** Points between the characters of the kicker, which sets it apart from text of its size. */
export const kickerTracking = 1.5;

/** A text in the largest size, of those from `largest` to `floor`, in which it takes no more than `most` lines. */
export function fitted(
  runs: readonly Run[],
  width: number,
  sizes: { readonly largest: number; readonly floor: number },
  most: number,
  language: Language,
): { readonly paragraph: PlacedParagraph; readonly lines: number } {
  for (let size = sizes.largest; ; size -= 1) {
    const set = paragraph(runs, { size, language, spacing: spacing.title[language] });
    const lines = linesOf(set, width, language);
    if (lines <= most || size - 1 < sizes.floor) return { paragraph: set, lines };
  }
}

/** The title in its placeholder, in two lines at most. */
export function placeTitle(
  runs: readonly Run[],
  at: Place,
  frame: Frame,
): { box: TextBox; problems: Problem[] } {
  const { theme, language } = frame;
  const box = zone("title", theme);
  const largest = titleSize(theme, language);
  const { titleFloor } = theme.sizes;
  const oneLine = fitted(
    runs,
    box.w,
    { largest, floor: Math.max(titleFloor, largest - onOneLine) },
    1,
    language,
  );
  const { paragraph: title, lines } =
    oneLine.lines === 1 ? oneLine : fitted(runs, box.w, { largest, floor: titleFloor }, 2, language);
  const found = { text: textOf(runs), lines, size: title.size };
  return {
    box: { ...plainBox("Title", box, [title]), placeholder: "title" },
    problems: lines > 2 ? [lineDoesNotFit("title", found, 2, at)] : [],
  };
}

/** The section's name, what the author typed in it in capitals, with the count of a continued page. */
export function placeKicker(
  section: readonly Run[],
  part: { readonly number: number; readonly of: number },
  at: Place,
  frame: Frame,
): { boxes: TextBox[]; problems: Problem[] } {
  const { theme, language, draft } = frame;
  const size = theme.sizes.kicker;
  // Capitals would change figures and names: `USD 40bn` is no `USD 40BN`.
  const name = section.map((run) => (run.origin ? run : { ...run, text: run.text.toUpperCase() }));
  const count: Run[] =
    part.of === 1
      ? []
      : [
          {
            text: `${section.length > 0 ? " " : ""}(${part.number}/${part.of})`,
            colour: "muted",
            origin: { kind: "literal" },
          },
        ];
  const runs = [...name, ...count].map((run) => ({ ...run, tracking: kickerTracking }));
  if (runs.length === 0) return { boxes: [], problems: [] };
  const whole = zone("kicker", theme);
  const box = { ...whole, w: whole.w - logoWidth(theme) - (draft ? draftWidth + apart : 0) };
  const kicker = paragraph(runs, { size, language });
  const lines = linesOf(kicker, box.w, language);
  return {
    boxes: [{ ...plainBox("Kicker", box, [kicker]), placeholder: "kicker" }],
    problems:
      lines > 1 ? [lineDoesNotFit("section's name", { text: textOf(section), lines, size }, 1, at)] : [],
  };
}

/** Inches that the theme's logo takes from the right of the kicker's zone. */
export function logoWidth(theme: Theme): number {
  return theme.logo ? smallLogoRoom(theme).w + apart : 0;
}

/** DRAFT, at the top right of every slide of a draft, beside the logo where one stands there. */
export function placeDraftMark({ theme, language, draft }: Frame, on: "cover" | "slide"): TextBox[] {
  if (!draft) return [];
  const whole = zone("kicker", theme);
  const right = whole.x + whole.w - (on === "slide" ? logoWidth(theme) : 0);
  const box: Box = { ...whole, x: right - draftWidth, w: draftWidth };
  const runs: Run[] = [{ text: words[language].draft, colour: "negative", bold: true }];
  return [plainBox("Draft mark", box, [paragraph(runs, { size: 12, language, align: "right" })])];
}

/** Inches that the theme's own line, which the master holds, takes beside the slide's number. */
export function ownLineWidth({ footer, sizes }: Theme, language: Language): number {
  const own = footer[language];
  return own === "" ? 0 : lineWidth(own, sizes.footer, language) + 0.02 + apart;
}

/** The sources and what is new at the left, the slide's number at the right; rule and own line are the master's. */
export function placeFooter(
  lineages: readonly Lineage[],
  remarks: readonly (readonly Run[])[],
  news: readonly Run[],
  number: number | undefined,
  { theme, language, store }: Frame,
): Placed[] {
  const whole = zone("footer", theme);
  const size = theme.sizes.footer;
  const right = whole.x + whole.w;
  const numberRoom = number === undefined ? 0 : numberWidth;
  const sourcesWidth = whole.w - numberRoom - ownLineWidth(theme, language) - apart;
  const sources = sourceLine(lineages, remarks, news, sourcesWidth, size, store, language);
  const text = (name: string, box: Box, content: PlacedParagraph, placeholder: PlaceholderKind): TextBox => ({
    ...plainBox(name, box, [content]),
    valign: "middle",
    placeholder,
  });
  const atRight = (run: Run): PlacedParagraph => paragraph([run], { size, language, align: "right" });
  return [
    ...(sources ? [text("Sources", { ...whole, w: sourcesWidth }, sources, "footer")] : []),
    ...(number === undefined
      ? []
      : [
          text(
            "Slide number",
            { ...whole, x: right - numberWidth, w: numberWidth },
            atRight({ text: String(number), colour: "muted", origin: { kind: "literal" } }),
            "number",
          ),
        ]),
  ];
}

export function textOf(runs: readonly Run[]): string {
  return runs.map(({ text }) => (text === "\n" ? " " : text)).join("");
}
