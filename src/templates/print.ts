/** Print: what comes from the store, as words that templates can print and pass on. */
import type { Figure, Lineage } from "../evidence/figure.ts";
import type { Period } from "../findings/period.ts";
import type { ClassFinding, EventFinding, Finding, StatementFinding } from "../findings/store.ts";
import type { Inline } from "../model/document.ts";
import { type FormatOptions, formatDate, formatPeriod, formatQuantity } from "../model/format.ts";
import { typedNumbers } from "../model/numbers.ts";
import type { Outcome, Problem } from "../problem.ts";
import * as messages from "./messages.ts";
import type { World } from "./parameters.ts";
import { fold, named, type Word, word } from "./values.ts";

export interface PrintOptions extends FormatOptions {
  /** Whether the figure carries its source mark; it does unless said. */
  readonly mark?: boolean;
}

export function figureWord(figure: Figure, world: World, options: PrintOptions = {}): Word {
  const { evidence, options: fill } = world;
  const text = formatQuantity(figure.quantity, fill.language, evidence.store.units, options);
  return word(figure.id, { type: "figure", figure, text, mark: options.mark ?? true });
}

export function periodWord(period: Period, world: World): Word {
  return word(period.text, { type: "period", text: formatPeriod(period, world.options.language) });
}

export function dateWord(date: string, world: World): Word {
  return word(date, { type: "period", text: formatDate(date, world.options.language) });
}

export function subjectWord(id: string, world: World): Word {
  return named(id, world.evidence.store.subjects.get(id)?.name[world.options.language]);
}

export function metricWord(id: string, world: World): Word {
  return named(id, world.evidence.store.metrics.get(id)?.name[world.options.language]);
}

/** @param finding the class that says so, whose source the word then carries */
export function categoryWord(scheme: string, id: string, world: World, finding?: ClassFinding): Word {
  const found = world.evidence.store.schemes.get(scheme)?.categories.find((category) => category.id === id);
  const text = found?.name[world.options.language] ?? id;
  return word(id, { type: "name", text, ...(finding ? { lineage: lineageOf(finding) } : {}) });
}

function lineageOf({ id, citations }: Finding): Lineage {
  return { findings: [id], citations, rates: [] };
}

/** A term of the store's own, such as a topic: in the words of `words.yaml` (`topic.cloud`) where they have it. */
export function termWord(group: string, id: string, world: World): Word {
  return named(id, world.words.get(`${group}.${id}`)?.[world.options.language]);
}

/** An event or statement in words, the figures that it names as `{finding-id}` among them. */
export function textWord(finding: EventFinding | StatementFinding, world: World): Outcome<Word> {
  const problems: Problem[] = [];
  const text = (finding.kind === "event" ? finding.what : finding.text)[world.options.language];
  const parts = text.split(/\{([^{}]*)\}/);
  const lastWords = parts.findLastIndex((part, index) => index % 2 === 0 && part !== "");
  const nodes = parts.flatMap((part, index): Inline[] => {
    if (index % 2 === 0) {
      for (const number of typedNumbers(part)) problems.push(messages.typedNumberInData(number, finding.at));
      // The last words carry the source of the whole.
      const lineage = index === lastWords ? { lineage: lineageOf(finding) } : {};
      return part === "" ? [] : [{ type: "name", text: fold(part), ...lineage }];
    }
    const figure = world.evidence.figures.get(part);
    if (figure) return [...figureWord(figure, world).nodes];
    problems.push(messages.unknownReference(part, finding.at, world.evidence.figures.keys()));
    return [];
  });
  return { value: word(finding.id, ...nodes), problems };
}
