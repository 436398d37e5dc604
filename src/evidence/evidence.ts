/** The evidence: the store judged. What may be said, what it rests on, and what contradicts it. */
import type { Arithmetic, FigureFinding, Ruling, Store } from "../findings/store.ts";
import type { Place, Severity } from "../problem.ts";
import type { Equation } from "./equation.ts";
import type { Figure } from "./figure.ts";

/** Findings that cannot all be right, and the ruling that settles them, if there is one. */
export interface Conflict {
  /** Ids of the findings, sorted. */
  readonly between: readonly string[];
  readonly findings: readonly FigureFinding[];
  readonly ruling?: Ruling;
}

/** Arithmetic between findings, done. */
export interface CheckResult {
  /** That of `checks.yaml`, or `auto.…` for a check that needs no declaring. */
  readonly id: string;
  readonly kind: Arithmetic["kind"] | "series";
  readonly passed: boolean;
  /** How serious it is when it does not hold: a warning where a rule of thumb speaks, or only an open bound saves it. */
  readonly level: Severity;
  /** Ids of the findings that it compares, what is stated last. */
  readonly findings: readonly string[];
  /** What is computed and what it is held against, and both in one line, in the notation of the data. */
  readonly computed: string;
  readonly stated: string;
  readonly arithmetic: string;
  readonly equation: Equation;
  /** Where the check is declared; of the last finding, where it is not. */
  readonly at: Place;
  readonly ruling?: Ruling;
}

export interface Evidence {
  /** The store as it is seen. */
  readonly store: Store;
  /** The same with what was superseded or withdrawn by then: for telling of what was, not of what is. */
  readonly told: Store;
  /** All that is in the data, what came later included: for telling what is unknown from what is not known yet. */
  readonly known: Store;
  /** By the id of a finding that was superseded, or supersedes one only later, the one that holds in its place. */
  readonly standIns: ReadonlyMap<string, string>;
  /** Ids of findings, rates and derived figures that had not entered the store by the day as of which it is seen. */
  readonly later: ReadonlySet<string>;
  /** Every figure finding by id, ready to be printed or derived from. */
  readonly figures: ReadonlyMap<string, Figure>;
  /** Those of `derived.yaml` that can be computed, by id; what came later than the day stands in their lineage. */
  readonly derived: ReadonlyMap<string, Figure>;
  readonly conflicts: readonly Conflict[];
  /** Sorted by id: all that are declared, and of the others those of growth and parts, and whatever does not hold. */
  readonly checks: readonly CheckResult[];
  /** Findings that a ruling on a conflict set aside. */
  readonly aside: ReadonlySet<string>;
  /** Findings that loops leave out, because a conflict or a failed check with them is open, and derived figures of them. */
  readonly withheld: ReadonlySet<string>;
}
