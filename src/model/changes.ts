/** Changes in words: a line for people, and a row for other tools. */
import type { Change } from "../evidence/changes.ts";
import type { Figure } from "../evidence/figure.ts";
import type { EventFinding, Language, StatementFinding, Store } from "../findings/store.ts";
import { formatEquation } from "./equation.ts";
import { formatPeriod, formatQuantity } from "./format.ts";

/** Kinds of changes as the command line tells them. */
const headings: Readonly<Record<Change["kind"], string>> = {
  source: "source added",
  revision: "corrected",
  withdrawal: "no longer holds",
  "conflict-opened": "conflict opened",
  "conflict-settled": "conflict settled",
  "check-failed": "check began to fail",
  "check-settled": "check settled",
  "forecast-met": "forecast came true",
  "forecast-exceeded": "above forecast",
  "forecast-missed": "below forecast",
  forecast: "new forecast",
  rank: "rank changed",
  figure: "new figure",
  "class-change": "class changed",
  class: "new class",
  event: "event",
  statement: "statement",
};

/** `corrected: Acme, revenue, Q1 2025: CNY 1bn → CNY 1.1bn (+10%): restated [paper:12]` */
export function describeChange(change: Change, store: Store, language: Language): string {
  return `${headings[change.kind]}: ${said(change, store, language)}${cited(change)}`;
}

function said(change: Change, store: Store, language: Language): string {
  const { figure, before, difference, told, toldBefore, conflict, check, source, why } = change;
  const value = (one: Pick<Figure, "quantity">, sign = false): string =>
    formatQuantity(one.quantity, language, store.units, { bounds: "signs", sign });
  const because = why ? `: ${why[language]}` : "";
  if (source !== undefined) {
    const { publisher, title } = store.sources.get(source) ?? {};
    return `${publisher?.[language] ?? source}, ${title?.[language] ?? ""}`;
  }
  if (conflict) {
    const [first] = conflict.findings;
    const sides = conflict.findings.map(({ quantity }) => value({ quantity })).join(" / ");
    return `${first ? about(first, store, language) : change.id}: ${sides}${because}`;
  }
  if (check) return `${formatEquation(check.equation, language, store)}${because}`;
  if (told?.kind === "class") {
    const category = (id: string): string =>
      store.schemes.get(told.scheme)?.categories.find((one) => one.id === id)?.name[language] ?? id;
    const old = toldBefore?.kind === "class" ? `${category(toldBefore.category)} → ` : "";
    return `${nameOf(told.subject, store, language)}, ${store.schemes.get(told.scheme)?.name[language] ?? told.scheme}: ${old}${category(told.category)}${because}`;
  }
  if (told) {
    const filled = (one: EventFinding | StatementFinding): string =>
      (one.kind === "event" ? one.what : one.text)[language].replace(/\{([^{}]*)\}/g, (_, id: string) => {
        const figure = change.named?.get(id);
        return figure ? value(figure) : id;
      });
    const old = toldBefore && toldBefore.kind !== "class" ? `${filled(toldBefore)} → ` : "";
    return `${old}${filled(told)}${because}`;
  }
  const shown = figure ?? before;
  if (!shown) return `${change.id}${because}`;
  const values = [before, figure].flatMap((one) => (one ? [value(one)] : [])).join(" → ");
  const earlier =
    change.kind !== "revision" && figure && before?.period && before.period.text !== figure.period?.text
      ? since[language](formatPeriod(before.period, language))
      : "";
  return `${about(shown, store, language)}: ${values}${difference ? ` (${value(difference, true)}${earlier})` : ""}${because}`;
}

const since: Readonly<Record<Language, (period: string) => string>> = {
  en: (period) => ` since ${period}`,
  zh: (period) => `，较${period}`,
};

function about(
  { subject, metric, scope, period }: Pick<Figure, "subject" | "metric" | "scope" | "period">,
  store: Store,
  language: Language,
): string {
  return [
    subject === undefined ? undefined : nameOf(subject, store, language),
    metric === undefined ? undefined : store.metrics.get(metric)?.name[language],
    scope === undefined ? undefined : (store.scopes.get(scope)?.[language] ?? scope),
    period && formatPeriod(period, language),
  ]
    .filter((part) => part !== undefined)
    .join(", ");
}

function nameOf(id: string, { subjects }: Store, language: Language): string {
  return subjects.get(id)?.name[language] ?? id;
}

/** Source and line of every citation. */
function cited({ citations }: Change): string {
  const places = citations.map(({ source, line }) => `${source}:${line}`);
  return places.length > 0 ? ` [${[...new Set(places)].join(" ")}]` : "";
}

/** A change as data: its kind, day, values in base units and the lineage of each. */
export function listChange(change: Change, store: Store, language: Language): object {
  const {
    kind,
    on,
    id,
    findings,
    citations,
    figure,
    before,
    difference,
    toldBefore,
    conflict,
    check,
    source,
    why,
  } = change;
  return {
    kind,
    on,
    id,
    text: said(change, store, language),
    findings,
    citations,
    figure: figure && listFigure(figure),
    before: before && listFigure(before),
    difference: difference && listFigure(difference),
    classBefore: toldBefore?.kind === "class" ? toldBefore.category : undefined,
    ruling: (conflict ?? check)?.ruling?.id,
    check: check?.id,
    source,
    why: why?.[language],
  };
}

function listFigure({ id, quantity, status, lineage }: Figure): object {
  const { low, high, unit, bound } = quantity;
  return {
    id,
    low: low.toString(),
    high: high.toString(),
    unit,
    bound,
    status,
    formula: lineage.formula,
    rates: lineage.rates,
  };
}
