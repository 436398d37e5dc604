/** The evidence: the store judged. What may be said, what it rests on, and what contradicts it. */
import type { FigureFinding, Ruling, Store } from "../findings/store.ts";
import type { Figure } from "./figure.ts";

/** Findings that cannot all be right, and the ruling that settles them, if there is one. */
export interface Conflict {
  /** Ids of the findings, sorted. */
  readonly between: readonly string[];
  readonly findings: readonly FigureFinding[];
  readonly ruling?: Ruling;
}

export interface Evidence {
  readonly store: Store;
  /** Every figure finding by id, ready to be printed or derived from. */
  readonly figures: ReadonlyMap<string, Figure>;
  readonly conflicts: readonly Conflict[];
}
