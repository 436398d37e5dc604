/** The listing: every figure normalised to base units, as rows that other tools can read. */
import type { FigureFinding, Store } from "../findings/store.ts";

export interface ListedFigure {
  readonly id: string;
  readonly kind: "figure";
  readonly subject: string;
  readonly region: string | undefined;
  readonly metric: string;
  readonly period: string;
  readonly start: string;
  readonly end: string;
  /** Decimal strings in base units; `value` is the middle of a range. */
  readonly value: string;
  readonly low: string;
  readonly high: string;
  readonly bound: string | undefined;
  readonly status: string;
  readonly unit: string;
  readonly scope: string | undefined;
  readonly recorded: string;
  readonly citations: FigureFinding["citations"];
}

export function listFigures(store: Store): ListedFigure[] {
  return [...store.findings.values()]
    .filter((finding) => finding.kind === "figure")
    .map(({ id, kind, subject, metric, period, quantity, status, scope, recorded, citations }) => ({
      id,
      kind,
      subject,
      region: store.subjects.get(subject)?.region,
      metric,
      period: period.text,
      start: period.start,
      end: period.end,
      value: quantity.low.add(quantity.high).div(2).toString(),
      low: quantity.low.toString(),
      high: quantity.high.toString(),
      bound: quantity.bound,
      status,
      unit: quantity.unit,
      scope,
      recorded,
      citations,
    }));
}
