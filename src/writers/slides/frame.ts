/** What every slide has around its body: kicker, title, rule, source line, slide number, and the mark of a draft. */
import type { Lineage } from "../../evidence/figure.ts";
import type { Language, Store } from "../../findings/store.ts";
import type { Theme } from "../../model/theme.ts";
import type { Place, Problem } from "../../problem.ts";
import { sourceLine } from "./footer.ts";
import { contentWidth, zone, zones } from "./grid.ts";
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

/** Inches: the slide's number, the mark of a draft, and between neighbours in one zone. */
const numberWidth = 0.6;
const draftWidth = 1.2;
const apart = 0.2;

/** Chinese titles are set smaller, because Han fill their square. */
const chineseTitleLess = 2;

/** Points by which a title may be smaller rather than leave a lone word on a second line. */
const onOneLine = 2;

/** Points between the characters of the kicker, which sets it apart from text of its size. */
const kickerTracking = 1.5;

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
  const largest = theme.sizes.title - (language === "zh" ? chineseTitleLess : 0);
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
  const box = { ...whole, w: whole.w - (draft ? draftWidth + apart : 0) };
  const kicker = paragraph(runs, { size, language });
  const lines = linesOf(kicker, box.w, language);
  return {
    boxes: [plainBox("Kicker", box, [kicker])],
    problems:
      lines > 1 ? [lineDoesNotFit("section's name", { text: textOf(section), lines, size }, 1, at)] : [],
  };
}

/** DRAFT, at the top right of every slide of a draft. */
export function placeDraftMark({ theme, language, draft }: Frame): TextBox[] {
  if (!draft) return [];
  const whole = zone("kicker", theme);
  const box: Box = { ...whole, x: whole.x + whole.w - draftWidth, w: draftWidth };
  const runs: Run[] = [{ text: words[language].draft, colour: "negative", bold: true }];
  return [plainBox("Draft mark", box, [paragraph(runs, { size: 12, language, align: "right" })])];
}

/** The rule, the sources and what is new at the left, the theme's own line and the slide's number at the right. */
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
  const own = theme.footer[language];
  const ownWidth = own === "" ? 0 : lineWidth(own, size, language) + 0.02;
  const numberRoom = number === undefined ? 0 : numberWidth;
  const sourcesWidth = whole.w - numberRoom - (ownWidth > 0 ? ownWidth + apart : 0) - apart;
  const sources = sourceLine(lineages, remarks, news, sourcesWidth, size, store, language);
  const text = (
    name: string,
    box: Box,
    content: PlacedParagraph,
    placeholder?: PlaceholderKind,
  ): TextBox => ({
    ...plainBox(name, box, [content]),
    valign: "middle",
    ...(placeholder === undefined ? {} : { placeholder }),
  });
  const atRight = (run: Run): PlacedParagraph => paragraph([run], { size, language, align: "right" });
  return [
    {
      kind: "rule",
      name: "Rule",
      box: { x: theme.page.left, y: zones.rule.y, w: contentWidth(theme), h: 0 },
      colour: "hairline",
      width: 0.75,
    },
    ...(sources ? [text("Sources", { ...whole, w: sourcesWidth }, sources, "footer")] : []),
    ...(own === ""
      ? []
      : [
          text(
            "Theme footer",
            { ...whole, x: right - numberRoom - ownWidth, w: ownWidth },
            atRight({ text: own, colour: "muted" }),
          ),
        ]),
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
