/** Items: what a turn of a loop hands to its block. */
import type { Figure } from "../../evidence/figure.ts";
import type { FigureFinding } from "../../findings/store.ts";
import type { World } from "../parameters.ts";
import * as print from "../print.ts";
import { type Item, item, named, type Value } from "../values.ts";
import { citedBy } from "./filters.ts";

export const figureFields = [
  "id",
  "figure",
  "subject",
  "metric",
  "period",
  "region",
  "status",
  "scope",
  "attributed",
  "note",
  "source",
  "recorded",
] as const;

export function figureItem(
  finding: FigureFinding,
  world: World,
  figure: Figure | undefined = world.evidence.figures.get(finding.id),
): Item {
  const { language } = world.options;
  const region = world.evidence.store.subjects.get(finding.subject)?.region;
  const status = figure?.status ?? finding.status;
  const fields: Record<(typeof figureFields)[number], Value> = {
    id: named(finding.id),
    figure: figure && print.figureWord(figure, world),
    subject: print.subjectWord(finding.subject, world),
    metric: print.metricWord(finding.metric, world),
    period: print.periodWord(finding.period, world),
    region: region && print.termWord("region", region, world),
    status: print.statusWord(status, world),
    scope: finding.scope === undefined ? undefined : print.scopeWord(finding.scope, world),
    attributed: finding.attributed && named(finding.attributed[language]),
    note: finding.note && named(finding.note[language]),
    source: sourceWords(citedBy(finding), world),
    recorded: print.dateWord(finding.recorded, world),
  };
  return item(fields);
}

export function sourceWords(ids: readonly string[], world: World): Value[] {
  const { sources } = world.evidence.store;
  return [...new Set(ids)].map((id) => named(id, sources.get(id)?.publisher[world.options.language]));
}

/** Each figure's value for comparing: as it is where all have one unit, else in the first one's currency. */
