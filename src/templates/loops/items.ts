/** Items: what a turn of a loop hands to its block. */
import type { Figure } from "../../evidence/figure.ts";
import type { FigureFinding } from "../../findings/store.ts";
import type { World } from "../parameters.ts";
import * as print from "../print.ts";
import { type Field, type Item, item, named, once, type Value } from "../values.ts";
import { citedBy } from "./filters.ts";

export const figureFields = {
  id: "its id",
  figure: "the figure as `fig` prints it; `fig` and its kin take it as well",
  subject: "whose it is",
  metric: "what is measured",
  period: "when",
  region: "where the subject belongs",
  status: "how sure it is: reported, estimated, forecast, run-rate, disputed",
  scope: "what is counted, where it is not the obvious whole",
  attributed: "who says so, where it is not the source",
  note: "a remark that its author made, if any",
  source: "the publishers of its sources",
  recorded: "the day on which it entered the store",
} as const;

export function figureItem(
  finding: FigureFinding,
  world: World,
  figure: Figure | undefined = world.evidence.figures.get(finding.id),
): Item {
  const { language } = world.options;
  const region = world.evidence.store.subjects.get(finding.subject)?.region;
  const status = figure?.status ?? finding.status;
  const fields: Record<keyof typeof figureFields, Field> = {
    id: named(finding.id),
    figure: figure && once(() => print.figureWord(figure, world)),
    subject: print.subjectWord(finding.subject, world),
    metric: print.metricWord(finding.metric, world),
    period: once(() => print.periodWord(finding.period, world)),
    region: region && print.termWord("region", region, world),
    status: print.statusWord(status, world),
    scope: finding.scope === undefined ? undefined : print.scopeWord(finding.scope, world),
    attributed: finding.attributed && named(finding.attributed[language]),
    note: finding.note && named(finding.note[language]),
    source: once(() => sourceWords(citedBy(finding), world)),
    recorded: once(() => print.dateWord(finding.recorded, world)),
  };
  return item(fields);
}

export function sourceWords(ids: readonly string[], world: World): Value[] {
  const { sources } = world.evidence.store;
  return [...new Set(ids)].map((id) => named(id, sources.get(id)?.publisher[world.options.language]));
}

/** Each figure's value for comparing: as it is where all have one unit, else in the first one's currency. */
