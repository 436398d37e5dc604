/** A figure: what a template prints, with everything it rests on. */
import type { Period } from "../findings/period.ts";
import type { Quantity } from "../findings/quantity.ts";
import type { Citation, Localized, Region, Status } from "../findings/store.ts";

/** What a figure rests on. A derived figure has the lineage of all its parts. */
export interface Lineage {
  /** Ids of findings, sorted. */
  readonly findings: readonly string[];
  readonly citations: readonly Citation[];
  /** For a derived figure, in ids: `a / b`, `a × usd-cny.2025-03`. */
  readonly formula?: string;
  /** Ids of exchange rates used. */
  readonly rates: readonly string[];
}

export interface Figure {
  /** The finding's id, or the formula of a derived figure. */
  readonly id: string;
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
  /** Shown as one side of a contradiction: the gate lets it through where all the others stand beside it. */
  readonly asOneSide?: true;
}
