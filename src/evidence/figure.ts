/** A figure: what a template prints, with everything it rests on. */
import type { Period } from "../findings/period.ts";
import type { Quantity } from "../findings/quantity.ts";
import type { Citation, FigureFinding, Localized, Region, Status, Store } from "../findings/store.ts";

/** What a figure rests on. A derived figure has the lineage of all its parts. */
export interface Lineage {
  /** Ids of findings, sorted. */
  readonly findings: readonly string[];
  readonly citations: readonly Citation[];
  /** For a derived figure, in ids: `a / b`, `a × usd-cny.2025-03`. */
  readonly formula?: string;
  /** Ids of exchange rates used. */
  readonly rates: readonly string[];
  /** Ids of the figures of `derived.yaml` that it is or is made of. */
  readonly derived?: readonly string[];
}

export interface Figure {
  /** The finding's id, that of `derived.yaml`, or the formula of what was derived on the way to a page. */
  readonly id: string;
  /** What a figure of `derived.yaml` is called. */
  readonly name?: Localized;
  readonly quantity: Quantity;
  readonly status: Status;
  readonly subject?: string;
  readonly region?: Region;
  readonly metric?: string;
  readonly period?: Period;
  readonly scope?: string;
  readonly attributed?: Localized;
  readonly notes: readonly Localized[];
  readonly lineage: Lineage;
  /** Ids of the findings that say otherwise, where a ruling lets this figure be shown all the same. */
  readonly contradictedBy: readonly string[];
  /** Why it is disputed, where a ruling on a failed check says so. */
  readonly doubt?: Localized;
  /** Told as contested, with the reason in `doubt`: the gate lets it through whatever contradicts it. */
  readonly contested?: true;
  /** Shown as one side of a contradiction: the gate lets it through where all the others stand beside it. */
  readonly asOneSide?: true;
}

/** What a finding says by itself. Why it took the place of an earlier one is told with it. */
export function figureOf(finding: FigureFinding, store: Store): Figure {
  const { id, quantity, status, subject, metric, period, scope, attributed, note, supersedes } = finding;
  const region = store.subjects.get(subject)?.region;
  return {
    id,
    quantity,
    status,
    subject,
    ...(region === undefined ? {} : { region }),
    metric,
    period,
    ...(scope === undefined ? {} : { scope }),
    ...(attributed === undefined ? {} : { attributed }),
    notes: [...(note === undefined ? [] : [note]), ...(supersedes === undefined ? [] : [supersedes.why])],
    lineage: { findings: [id], citations: finding.citations, rates: [] },
    contradictedBy: [],
  };
}
