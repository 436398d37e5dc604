/** The words that the layout itself puts on slides and into notes, in each language. */
import type { Language } from "../../findings/store.ts";

export interface Words {
  readonly draft: string;
  readonly source: string;
  readonly sources: string;
  /** Between sources, and between the parts of one. */
  readonly semicolon: string;
  readonly comma: string;
  readonly stop: string;
  readonly after: (date: string) => string;
  readonly lines: (ranges: readonly string[]) => string;
  readonly title: (title: string) => string;
  /** What ends a source line that leaves something out. */
  readonly linesInNotes: string;
  readonly restInNotes: string;
  readonly allInNotes: string;
  readonly moreInNotes: (count: number) => string;
  readonly sourcesInFull: string;
  readonly tableAlt: (columns: readonly string[]) => string;
}

export const words: Readonly<Record<Language, Words>> = {
  en: {
    draft: "DRAFT",
    source: "Source: ",
    sources: "Sources: ",
    semicolon: "; ",
    comma: ", ",
    stop: ". ",
    after: (date) => `after ${date}`,
    lines: (ranges) =>
      ranges.length === 1 && !ranges[0]!.includes("–") ? `line ${ranges[0]}` : `lines ${ranges.join(", ")}`,
    title: (title) => `“${title}”`,
    linesInNotes: "; lines in the notes",
    restInNotes: "; more in the notes",
    allInNotes: "Sources in the notes",
    moreInNotes: (count) => ` and ${count} more in the notes`,
    sourcesInFull: "Sources in full: ",
    tableAlt: (columns) => `Table with the columns ${columns.join(", ")}`,
  },
  zh: {
    draft: "草稿",
    source: "来源：",
    sources: "来源：",
    semicolon: "；",
    comma: "，",
    stop: "。",
    after: (date) => `${date}后`,
    lines: (ranges) => `第${ranges.join("、")}行`,
    title: (title) => `《${title}》`,
    linesInNotes: "；行号见备注",
    restInNotes: "；详见备注",
    allInNotes: "来源见备注",
    moreInNotes: (count) => `，另有${count}个来源见备注`,
    sourcesInFull: "来源全文：",
    tableAlt: (columns) => `表格，各列为${columns.join("、")}`,
  },
};
