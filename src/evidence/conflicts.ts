/** Conflicts: figures that speak of the same thing and cannot all be right. */
import { interval } from "../findings/quantity.ts";
import type { FigureFinding, Ruling } from "../findings/store.ts";
import { order } from "../problem.ts";
import type { Conflict } from "./evidence.ts";

/**
 * Groups the figures of one subject, metric, scope, unit and span of days, and keeps the groups in which two values are
 * further apart than their bounds and rounding allow. A forecast contradicts another forecast, never what came true.
 */
export function findConflicts(figures: Iterable<FigureFinding>, rulings: readonly Ruling[]): Conflict[] {
  const groups = new Map<string, FigureFinding[]>();
  for (const figure of figures) {
    const key = identity(figure);
    const group = groups.get(key);
    if (group) group.push(figure);
    else groups.set(key, [figure]);
  }
  const conflicts: Conflict[] = [];
  for (const group of groups.values()) {
    const apart = group.filter((figure) => group.some((other) => isApart(figure, other)));
    if (apart.length === 0) continue;
    const between = apart.map((figure) => figure.id).sort(order);
    const ruling = rulings.find((entry) => between.every((id) => entry.between.includes(id)));
    conflicts.push({
      between,
      findings: apart.sort((a, b) => order(a.id, b.id)),
      ...(ruling ? { ruling } : {}),
    });
  }
  return conflicts.sort((a, b) => order(a.between.join(), b.between.join()));
}

function identity(figure: FigureFinding): string {
  const { subject, metric, scope = "", period, quantity, status } = figure;
  const expected = status === "forecast" ? "forecast" : "stated";
  return [subject, metric, scope, period.start, period.end, quantity.unit, expected].join("\n");
}

/** Whether two values leave no value that both could mean. */
function isApart(a: FigureFinding, b: FigureFinding): boolean {
  const first = interval(a.quantity);
  const second = interval(b.quantity);
  const below = (high: typeof first.high, low: typeof first.low): boolean =>
    high !== null && low !== null && high.lt(low);
  return below(first.high, second.low) || below(second.high, first.low);
}
