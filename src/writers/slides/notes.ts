/** Speaker notes: what the author wrote, then the lineage of every figure on the slide in words. */
import type { Figure } from "../../evidence/figure.ts";
import type { Language, Store } from "../../findings/store.ts";
import type { Block } from "../../model/document.ts";
import { formatPeriod } from "../../model/format.ts";
import { citationsOf, describeLineage } from "../../model/lineage.ts";
import { type Line, walkBlocks } from "../../model/walk.ts";
import { order } from "../../problem.ts";
import type { Run } from "./placed.ts";
import { runsOf, type Tone } from "./runs.ts";
import { words } from "./words.ts";

/** A figure as it stands on the slide. */
export interface Shown {
  readonly figure: Figure;
  readonly text: string;
}

/** The texts of blocks, a paragraph each: items of lists with a dash, cells and the parts of entries set apart. */
export function paragraphsOf(blocks: readonly Block[], tone: Tone): Run[][] {
  return blocks
    .flatMap((block) => {
      if (block.type !== "list")
        return [...walkBlocks([block])].flatMap((one) =>
          one.lines.map((line) => lineRuns(line, one.block, tone)),
        );
      return block.items.map((item, i): Run[] => [
        block.ordered
          ? { text: `${i + 1}. `, colour: tone.colour, origin: { kind: "literal" } }
          : { text: "– ", colour: tone.colour },
        ...[...walkBlocks(item)].flatMap(({ inlines }, k) => [
          ...(k === 0 ? [] : [{ text: " ", colour: tone.colour }]),
          ...runsOf(inlines, tone),
        ]),
      ]);
    })
    .filter((runs) => runs.length > 0);
}

/** The parts of a line that say something, with a sign between them: a colon after what leads an entry. */
function lineRuns(line: Line, block: Block, tone: Tone): Run[] {
  const { colon, semicolon } = words[tone.language];
  const first = "items" in block ? colon : semicolon;
  const said = line.map((part) => runsOf(part, tone)).filter((runs) => runs.length > 0);
  return said.flatMap((runs, i) =>
    i === 0 ? runs : [{ text: i === 1 ? first : semicolon, colour: tone.colour }, ...runs],
  );
}

/** A paragraph for each figure, once, in order of appearance: what is shown, what it is, who says so, the rate used. */
export function figureNotes(shown: readonly Shown[], store: Store, language: Language): Run[][] {
  const seen = new Set<string>();
  return shown.flatMap(({ figure, text }): Run[][] => {
    if (seen.has(figure.id)) return [];
    seen.add(figure.id);
    const citations = citationsOf(figure, store);
    return [
      [
        { text, colour: "ink", bold: true, origin: { kind: "figure", figure } },
        {
          text: `${language === "en" ? " — " : "——"}${describeLineage(figure, store, language)}`,
          colour: "ink",
          origin: { kind: "citation", citations },
        },
        ...rateRuns(figure, store, language),
      ],
    ];
  });
}

function rateRuns(figure: Figure, store: Store, language: Language): Run[] {
  return store.rates
    .filter(({ id }) => figure.lineage.rates.includes(id))
    .sort((a, b) => order(a.id, b.id))
    .map(({ base, quote, rate, period, citations }) => {
      const equation = `1 ${base} = ${rate} ${quote}`;
      const when = formatPeriod(period, language);
      return {
        text: language === "en" ? ` Rate: ${equation}, ${when}.` : `汇率：${equation}，${when}。`,
        colour: "ink",
        origin: { kind: "citation", citations },
      };
    });
}
