/** Print: what comes from the store, as words that templates can print and pass on. */
import type { Figure, Lineage } from "../evidence/figure.ts";
import { figureIds, figureNamed } from "../evidence/named.ts";
import type { Period } from "../findings/period.ts";
import type { ClassFinding, EventFinding, Finding, StatementFinding, Status } from "../findings/store.ts";
import type { Inline, Stop } from "../model/document.ts";
import { currencyName, type FormatOptions, formatDate, formatPeriod, formatStatus } from "../model/format.ts";
import { formatFigure } from "../model/news.ts";
import { typedNumbers } from "../model/numbers.ts";
import type { Outcome, Problem } from "../problem.ts";
import * as messages from "./messages.ts";
import type { World } from "./parameters.ts";
import { fold, named, type Word, word } from "./values.ts";

export interface PrintOptions extends FormatOptions {
  /** Whether the figure carries its source mark; it does unless said. */
  readonly mark?: boolean;
}

/** A figure in words, with the sign of what is new, whether or not it carries its source mark. */
export function figureWord(figure: Figure, world: World, options: PrintOptions = {}): Word {
  const { evidence, options: fill } = world;
  const text = formatFigure(figure, fill.language, evidence.told, fill.since, options);
  return word(figure.id, { type: "figure", figure, text, mark: options.mark ?? true });
}

/** `USD 1 = CNY 7.26 (Mar 2025)` / `1美元=7.26元（2025年3月）` */
export function rateWord(id: string, { evidence, options: { language } }: World): Word {
  const found = evidence.known.rates.find((rate) => rate.id === id);
  if (!found) return named(id);
  const when = formatPeriod(found.period, language);
  const [base, quote] = [found.base, found.quote].map((currency) => currencyName(currency, language));
  const text =
    language === "en"
      ? `${base} 1 = ${quote} ${found.rate} (${when})`
      : `1${base}=${found.rate}${quote}（${when}）`;
  const lineage = { findings: [], citations: found.citations, rates: [id] };
  return word(id, { type: "name", text, lineage });
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

/** Places by their ids, in order. */
export function routeWord(ids: readonly string[], world: World): Word {
  const stops = ids.flatMap((id): Stop[] => {
    const spot = world.evidence.store.spots.get(id);
    if (!spot) return [];
    const { name, latitude, longitude } = spot;
    return [{ id, name: name[world.options.language], latitude, longitude }];
  });
  const text = stops.map(({ name }) => name).join(world.options.language === "zh" ? "→" : " → ");
  return word(ids.join(" "), { type: "route", stops, text });
}

export function statusWord(status: Status, { options }: World): Word {
  return named(status, formatStatus(status, options.language));
}

export function scopeWord(scope: string, { evidence, options }: World): Word {
  return named(scope, evidence.store.scopes.get(scope)?.[options.language]);
}

/** A term of the store's own, such as a topic: in the words of `words.yaml` (`topic.cloud`) where they have it. */
export function termWord(group: string, id: string, world: World, finding?: Finding): Word {
  const text = world.words?.get(`${group}.${id}`)?.[world.options.language] ?? id;
  return word(id, { type: "name", text, ...(finding ? { lineage: lineageOf(finding) } : {}) });
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
    const figure = figureNamed(part, world.evidence);
    if (figure) return [...figureWord(figure, world).nodes];
    problems.push(messages.unknownReference(part, finding.at, figureIds(world.evidence)));
    return [];
  });
  return { value: word(finding.id, ...nodes), problems };
}
