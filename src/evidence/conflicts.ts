/** Conflicts: figures that speak of the same thing and cannot all be right. */
import { Decimal } from "../findings/decimal.ts";
import { daysBetween } from "../findings/period.ts";
import { isCurrency, numerator, type Quantity } from "../findings/quantity.ts";
import type { FigureFinding, Rate, Ruling, Store } from "../findings/store.ts";
import { order } from "../problem.ts";
import { converted } from "./arithmetic.ts";
import { rateFor } from "./derive.ts";
import type { Conflict } from "./evidence.ts";
import { type Span, spanOf, widen } from "./span.ts";

/**
 * Groups the figures of one subject, metric, scope, unit and span of days, and keeps the groups in which two values are
 * further apart than their bounds and rounding allow. Levels hold on the last day of the period that they name. Money in
 * two currencies is compared by a rate of about that time. A forecast contradicts another forecast, never what came true.
 */
export function findConflicts(figures: Iterable<FigureFinding>, store: Store): Conflict[] {
  const groups = new Map<string, FigureFinding[]>();
  for (const figure of figures) {
    const key = identity(figure, store);
    const group = groups.get(key);
    if (group) group.push(figure);
    else groups.set(key, [figure]);
  }
  const rulings = rulingsByFinding(store.rulings);
  const conflicts: Conflict[] = [];
  for (const group of groups.values()) {
    const findings = group.length < 2 ? [] : contradicting(group, store.rates);
    if (findings.length === 0) continue;
    findings.sort((a, b) => order(a.id, b.id));
    const between = findings.map(({ id }) => id);
    const ruling = rulings
      .get(between[0] ?? "")
      ?.find(
        ({ between: ruled, use }) =>
          between.every((id) => ruled.includes(id)) && (use === "both" || between.includes(use)),
      );
    conflicts.push({ between, findings, ...(ruling ? { ruling } : {}) });
  }
  return conflicts.sort((a, b) => order(a.between.join(), b.between.join()));
}

function rulingsByFinding(rulings: readonly Ruling[]): Map<string, Ruling[]> {
  const found = new Map<string, Ruling[]>();
  for (const ruling of rulings)
    for (const id of ruling.between) found.set(id, [...(found.get(id) ?? []), ruling]);
  return found;
}

/** Amounts of money are one thing in whatever currency they are told. */
function identity(figure: FigureFinding, store: Store): string {
  const { subject, metric, scope = "", period, quantity, status } = figure;
  const expected = status === "forecast" ? "forecast" : "stated";
  const level = store.metrics.get(metric)?.over === "instant";
  const above = numerator(quantity.unit);
  const unit = isCurrency(above) ? quantity.unit.replace(above, "money") : quantity.unit;
  return [subject, metric, scope, level ? period.end : period.start, period.end, unit, expected].join("\n");
}

/** Lowest upper and highest lower end of a heap of values: what lies beyond either contradicts one of them. */
interface Ends {
  readonly high: Decimal;
  readonly low: Decimal;
}

/** Of figures of one thing, those that leave no value that both they and another of them could mean. */
function contradicting(group: readonly FigureFinding[], rates: readonly Rate[]): FigureFinding[] {
  const units = [...new Set(group.map(({ quantity }) => quantity.unit))];
  const spans = new Map(group.map((figure) => [figure, spanOf(figure.quantity, "wide")]));
  const ends = new Map<string, Ends>();
  for (const unit of units) {
    const same = group.filter(({ quantity }) => quantity.unit === unit);
    ends.set(unit, endsOf(same.flatMap((figure) => spans.get(figure) ?? [])));
    for (const other of units) {
      const currency = numerator(other);
      if (other === unit) continue;
      const there = same.flatMap(({ quantity, period }) => exchanged(quantity, currency, period.end, rates));
      if (there.length > 0) ends.set(`${unit} in ${other}`, endsOf(there));
    }
  }
  return group.filter((figure) => {
    const { unit } = figure.quantity;
    const span = spans.get(figure);
    return units.some((other) => {
      const beside = ends.get(other === unit ? unit : `${other} in ${unit}`);
      return beside && span && (span.high.lt(beside.low) || span.low.gt(beside.high));
    });
  });
}

function endsOf(spans: readonly Span[]): Ends {
  return {
    high: spans.reduce((least, { high }) => Decimal.min(least, high), new Decimal(Number.POSITIVE_INFINITY)),
    low: spans.reduce((most, { low }) => Decimal.max(most, low), new Decimal(Number.NEGATIVE_INFINITY)),
  };
}

/** Days from its own period for which a rate says enough to call two amounts contradictory. */
const eraOfDays = 366;
/** Per cent by which a rate wanders within that time. */
const drift = 5;

function exchanged(quantity: Quantity, currency: string, date: string, rates: readonly Rate[]): Span[] {
  const found = rateFor(numerator(quantity.unit), currency, date, rates);
  if (!found || Math.abs(daysBetween(found.rate.period.end, date)) > eraOfDays) return [];
  return [widen(spanOf(converted(quantity, currency, found.rate, found.factor), "wide"), drift)];
}
