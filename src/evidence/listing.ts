/** The listing: every figure normalised to base units, as rows that other tools can read. */
import type { Quantity } from "../findings/quantity.ts";
import type { FigureFinding, Localized, Store } from "../findings/store.ts";
import { order } from "../problem.ts";
import type { Evidence } from "./evidence.ts";
import { laterOf } from "./named.ts";

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

/** A figure of `derived.yaml`; what it does not declare is absent. */
export interface ListedDerived
  extends Omit<
    ListedFigure,
    "kind" | "subject" | "metric" | "period" | "start" | "end" | "recorded" | "scope"
  > {
  readonly kind: "derived";
  readonly name: Localized | undefined;
  readonly subject: string | undefined;
  readonly metric: string | undefined;
  readonly period: string | undefined;
  readonly start: string | undefined;
  readonly end: string | undefined;
  /** Spelled out to the ids of findings and rates. */
  readonly formula: string | undefined;
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
      ...valuesOf(quantity),
      status,
      scope,
      recorded,
      citations,
    }));
}

/** Figures of `derived.yaml` that can be computed of what is in the store. */
export function listDerived(evidence: Evidence): ListedDerived[] {
  return [...evidence.derived.values()]
    .filter(({ lineage }) => laterOf(lineage, evidence).length === 0)
    .map(({ id, name, subject, region, metric, period, quantity, status, lineage }) => ({
      id,
      kind: "derived" as const,
      name,
      subject,
      region,
      metric,
      period: period?.text,
      start: period?.start,
      end: period?.end,
      ...valuesOf(quantity),
      status,
      formula: lineage.formula,
      citations: lineage.citations,
    }))
    .sort((a, b) => order(a.id, b.id));
}

function valuesOf({
  low,
  high,
  bound,
  unit,
}: Quantity): Pick<ListedFigure, "value" | "low" | "high" | "bound" | "unit"> {
  return {
    value: low.add(high).div(2).toString(),
    low: low.toString(),
    high: high.toString(),
    bound,
    unit,
  };
}
