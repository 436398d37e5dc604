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

/**
 * Forecasts that nothing has come of yet, by the day they are due. One whose period was over when it entered the store is
 * history that a source tells, and waits for nothing.
 * @param day ISO date
 */
export function pendingForecasts({ store }: Evidence, day: string): Pending[] {
  const figures = [...store.findings.values()].filter((finding) => finding.kind === "figure");
  const told = new Map<string, FigureFinding[]>();
  for (const one of figures) if (one.status !== "forecast") add(told, one);
  return figures
    .filter((one) => one.status === "forecast" && one.recorded <= one.period.end)
    .filter((forecast) => !told.get(aim(forecast))?.some((one) => answers(one, forecast, store)))
    .map((forecast) => ({ forecast, due: forecast.period.end, overdue: forecast.period.end < day }))
    .sort((a, b) => order(a.due, b.due) || order(a.forecast.id, b.forecast.id));
}

/** The forecasts of a store, to be asked what a figure answers. */
export class Forecasts {
  readonly #store: Store;
  readonly #byAim = new Map<string, FigureFinding[]>();

  constructor({ store }: Evidence) {
    this.#store = store;
    for (const one of store.findings.values())
      if (one.kind === "figure" && one.status === "forecast") add(this.#byAim, one);
  }

  /** Those that a figure tells the outcome of; none where it is a forecast itself. */
  answeredBy(figure: FigureFinding): FigureFinding[] {
    if (figure.status === "forecast") return [];
    return (this.#byAim.get(aim(figure)) ?? []).filter((forecast) => answers(figure, forecast, this.#store));
  }
}

function add(byAim: Map<string, FigureFinding[]>, one: FigureFinding): void {
  const all = byAim.get(aim(one));
  if (all) all.push(one);
  else byAim.set(aim(one), [one]);
}

/** What a figure is about, whatever it says of it. */
function aim({ subject, metric, scope = "", period }: FigureFinding): string {
  return [subject, metric, scope, period.end].join("\n");
}

/** Of an amount the days must be the same; a level is told of its last day, but not by one of some day in a longer time. */
function answers(figure: FigureFinding, forecast: FigureFinding, store: Store): boolean {
  const isLevel = store.metrics.get(figure.metric)?.over === "instant";
  return isLevel
    ? figure.period.start >= forecast.period.start
    : figure.period.start === forecast.period.start;
}

/** Whether what came may be what was forecast, within bounds and rounding; nothing where the two cannot be compared. */
export function hasCome(forecast: Figure, came: Figure, evidence: Evidence): boolean | undefined {
  const currency = numerator(came.quantity.unit);
  const expected = isCurrency(currency) ? convert(forecast, currency, evidence).value : forecast;
  if (expected?.quantity.unit !== came.quantity.unit) return undefined;
  return meet(spanOf(expected.quantity, "wide"), spanOf(came.quantity, "wide"));
}
