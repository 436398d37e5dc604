/** The words that the layout itself puts on slides and into notes, in each language. */
import type { Language } from "../../findings/store.ts";

export interface Words {
  readonly draft: string;
  readonly source: string;
  readonly sources: string;
  /** Between sources, and between the cells of a row in the notes. */
  readonly semicolon: string;
  readonly colon: string;
  readonly stop: string;
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
    colon: ": ",
    stop: ". ",
    linesInNotes: "; lines in the notes",
    restInNotes: "; more in the notes",
    allInNotes: "Sources in the notes",
    moreInNotes: (count) => ` and ${count} more in the notes`,
    sourcesInFull: "Sources in full (headings are ours): ",
    tableAlt: (columns) => `Table with the columns ${columns.join(", ")}`,
  },
  zh: {
    draft: "草稿",
    source: "来源：",
    sources: "来源：",
    semicolon: "；",
    colon: "：",
    stop: "。",
    linesInNotes: "；行号见备注",
    restInNotes: "；详见备注",
    allInNotes: "来源见备注",
    moreInNotes: (count) => `，另有${count}个来源见备注`,
    sourcesInFull: "来源全文（标题为编者所拟）：",
    tableAlt: (columns) => `表格，各列为${columns.join("、")}`,
  },
};
