/** The cover: title, subtitle, for whom and of when, and what the sign of new figures in them means. */
import type { Language } from "../../findings/store.ts";
import type { SourcedDocument } from "../../model/document.ts";
import { formatDate } from "../../model/format.ts";
import { figuresIn } from "../../model/walk.ts";
import type { Place, Problem } from "../../problem.ts";
import { newsOf } from "./footer.ts";
import { type Frame, fitted, placeDraftMark, textOf } from "./frame.ts";
import { contentWidth, coverBar } from "./grid.ts";
import { lineDoesNotFit } from "./messages.ts";
import type { Placed, PlacedParagraph, Run } from "./placed.ts";
import { plainBox } from "./prose.ts";
import { runsOf, type Tone } from "./runs.ts";
import { heightOf, linesOf, paragraph } from "./text.ts";

/** Inches: the title's width, and the line with date and audience. */
const titleWidth = 10.6;
const below = { y: 6.4, h: 0.3 };
const mostLines = { title: 3, subtitle: 3 };

export function placeCover(
  document: SourcedDocument,
  at: Place,
  frame: Frame,
): { boxes: Placed[]; problems: Problem[] } {
  const { theme, language, store, since } = frame;
  const x = theme.page.left;
  const width = Math.min(titleWidth, contentWidth(theme));
  const problems: Problem[] = [];
  const set = (what: "title" | "subtitle", tone: Tone, largest: number, floor: number) => {
    const runs = runsOf(document[what], tone);
    const most = mostLines[what];
    const { paragraph: text, lines } = fitted(runs, width, { largest, floor }, most, language);
    if (lines > most)
      problems.push(
        lineDoesNotFit(`cover's ${what}`, { text: textOf(runs), lines, size: text.size }, most, at),
      );
    return {
      text,
      width: balancedWidth(text, lines, width, language),
      height: heightOf([text], width, language),
    };
  };
  const { cover, title: titleSize, heading, body, table } = theme.sizes;
  const tone: Tone = { theme, language, ground: "ground", colour: "ink" };
  const title = set("title", { ...tone, bold: true }, cover, titleSize);
  const subtitle = set("subtitle", { ...tone, colour: "muted" }, heading, body);
  const titleY = coverBar.y + 0.25;
  const figures = figuresIn([...document.title, ...document.subtitle, ...document.audience]);
  const news = newsOf(
    figures.map((figure) => ({ figure })),
    since,
    store,
    language,
  );
  const facts: Run[] = [
    { text: formatDate(document.date, language), colour: "muted", origin: { kind: "period" } },
    ...(document.audience.length === 0
      ? []
      : [
          { text: " · ", colour: "muted" } as const,
          ...runsOf(document.audience, { ...tone, colour: "muted" }),
        ]),
    ...(news.length === 0 ? [] : [{ text: " · ", colour: "muted" } as const, ...news]),
  ];
  return {
    boxes: [
      {
        ...plainBox("Title", { x, y: titleY, w: title.width, h: title.height }, [title.text]),
        placeholder: "title",
      },
      ...(document.subtitle.length === 0
        ? []
        : [
            {
              ...plainBox(
                "Subtitle",
                { x, y: titleY + title.height + 0.2, w: subtitle.width, h: subtitle.height },
                [subtitle.text],
              ),
              placeholder: "subtitle",
            } as const,
          ]),
      plainBox("Date and audience", { x, y: below.y, w: contentWidth(theme), h: below.h }, [
        paragraph(facts, { size: table, language }),
      ]),
      ...placeDraftMark(frame, "cover"),
    ],
    problems,
  };
}

/** The narrowest width that takes no more lines, so that the last line is not a lone word. */
function balancedWidth(text: PlacedParagraph, lines: number, widest: number, language: Language): number {
  const step = 0.1;
  let width = widest;
  while (lines > 1 && width > widest / 2 && linesOf(text, width - step, language) === lines) width -= step;
  return width;
}
