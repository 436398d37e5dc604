/** Forecasts: what came of them, and which still wait for it. */
import { isCurrency, numerator } from "../findings/quantity.ts";
import type { FigureFinding, Store } from "../findings/store.ts";
import { order } from "../problem.ts";
import { convert } from "./derive.ts";
import type { Evidence } from "./evidence.ts";
import type { Figure } from "./figure.ts";
import { meet, spanOf } from "./span.ts";

/** A forecast without anything reported for its period. */
export interface Pending {
  readonly forecast: FigureFinding;
  /** ISO date on which its period ends. */
  readonly due: string;
  /** Whether that day had passed on the day asked about. */
  readonly overdue: boolean;
}

/** Forecasts that nothing has come of yet, by the day they are due. @param day ISO date */
export function pendingForecasts({ store }: Evidence, day: string): Pending[] {
  const figures = figuresOf(store);
  const told = new Set(
    figures.filter(({ status }) => status !== "forecast").map((one) => whatIsTold(one, store)),
  );
  return figures
    .filter((one) => one.status === "forecast" && !told.has(whatIsTold(one, store)))
    .map((forecast) => ({ forecast, due: forecast.period.end, overdue: forecast.period.end < day }))
    .sort((a, b) => order(a.due, b.due) || order(a.forecast.id, b.forecast.id));
}

/** Forecasts by what they tell. */
export function forecastsIn({ store }: Evidence): Map<string, FigureFinding[]> {
  const found = new Map<string, FigureFinding[]>();
  for (const one of figuresOf(store)) {
    if (one.status !== "forecast") continue;
    const key = whatIsTold(one, store);
    found.set(key, [...(found.get(key) ?? []), one]);
  }
  return found;
}

/** Whether what came may be what was forecast, within bounds and rounding; nothing where the two cannot be compared. */
export function hasCome(forecast: Figure, came: Figure, evidence: Evidence): boolean | undefined {
  const currency = numerator(came.quantity.unit);
  const expected = isCurrency(currency) ? convert(forecast, currency, evidence).value : forecast;
  if (expected?.quantity.unit !== came.quantity.unit) return undefined;
  return meet(spanOf(expected.quantity, "wide"), spanOf(came.quantity, "wide"));
}

/** What a figure is about, whatever it says of it: levels are told of a day, amounts of a span of days. */
export function whatIsTold({ subject, metric, scope = "", period }: FigureFinding, store: Store): string {
  const level = store.metrics.get(metric)?.over === "instant";
  return [subject, metric, scope, level ? "" : period.start, period.end].join("\n");
}

function figuresOf({ findings }: Store): FigureFinding[] {
  return [...findings.values()].filter((finding) => finding.kind === "figure");
}
