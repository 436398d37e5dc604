/** Forecasts: what came of them, and which still wait for it. */
import { isCurrency, numerator } from "../findings/quantity.ts";
import type { FigureFinding } from "../findings/store.ts";
import { order } from "../problem.ts";
import { convert } from "./derive.ts";
import type { Evidence } from "./evidence.ts";
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
export function pendingForecasts(evidence: Evidence, day: string): Pending[] {
  const outlook = new Outlook(evidence);
  return outlook.forecasts
    .filter((one) => one.recorded <= one.period.end && outlook.answersTo(one).length === 0)
    .map((forecast) => ({ forecast, due: forecast.period.end, overdue: forecast.period.end < day }))
    .sort((a, b) => order(a.due, b.due) || order(a.forecast.id, b.forecast.id));
}

/** What came of a forecast: what it said, more than that, or less. */
export type Came = "as-forecast" | "above" | "below";

/** The forecasts of a store and the figures that answer them. */
export class Outlook {
  readonly forecasts: readonly FigureFinding[];
  readonly #evidence: Evidence;
  readonly #expected = new Map<string, FigureFinding[]>();
  readonly #stated = new Map<string, FigureFinding[]>();

  constructor(evidence: Evidence) {
    this.#evidence = evidence;
    const figures = [...evidence.store.findings.values()].filter((finding) => finding.kind === "figure");
    this.forecasts = figures.filter(({ status }) => status === "forecast");
    for (const one of figures) add(one.status === "forecast" ? this.#expected : this.#stated, one);
  }

  /** The forecasts that a figure tells the outcome of. */
  answeredBy(figure: FigureFinding): FigureFinding[] {
    return (this.#expected.get(aim(figure)) ?? []).filter((one) => this.#answers(figure, one));
  }

  /** The figures that tell the outcome of a forecast. */
  answersTo(forecast: FigureFinding): FigureFinding[] {
    return (this.#stated.get(aim(forecast)) ?? []).filter((one) => this.#answers(one, forecast));
  }

  /** What came of a forecast by a figure, within bounds and rounding; nothing where the two cannot be compared. */
  outcome(forecast: FigureFinding, figure: FigureFinding): Came | undefined {
    const { figures } = this.#evidence;
    const [expected, came] = [figures.get(forecast.id), figures.get(figure.id)];
    const currency = numerator(figure.quantity.unit);
    const there =
      expected && isCurrency(currency) ? convert(expected, currency, this.#evidence).value : expected;
    if (!came || there?.quantity.unit !== came.quantity.unit) return undefined;
    const [wanted, found] = [spanOf(there.quantity, "wide"), spanOf(came.quantity, "wide")];
    if (meet(wanted, found)) return "as-forecast";
    return found.low.gt(wanted.high) ? "above" : "below";
  }

  /**
   * Of an amount the days must be the same, and a pace is none; a level is told of its last day, but not by one of some day
   * in a longer time. What is told before the period ends is a guess as well.
   */
  #answers({ status, metric, period, recorded }: FigureFinding, forecast: FigureFinding): boolean {
    if (status === "forecast" || recorded < period.end) return false;
    if (this.#evidence.store.metrics.get(metric)?.over === "instant")
      return period.start >= forecast.period.start;
    return status !== "run-rate" && period.start === forecast.period.start;
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
