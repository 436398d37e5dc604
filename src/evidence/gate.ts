/** The gate: which figures may stand on a page. */
import type { Place, Problem } from "../problem.ts";
import type { Conflict, Evidence } from "./evidence.ts";
import type { Figure } from "./figure.ts";
import * as messages from "./messages.ts";

export interface Shown {
  readonly figure: Figure;
  /** Where the template shows it. */
  readonly at: Place;
}

export interface GateLimits {
  /** ISO date of the document. */
  readonly date: string;
  /** Figures that entered the store more than this many days before the document's date are refused. */
  readonly staleDays?: number;
}

/** Refuses figures that are unsourced, contradicted without a ruling, ruled out, or stale. */
export function gate(shown: readonly Shown[], evidence: Evidence, limits: GateLimits): Problem[] {
  const conflictOf = new Map(
    evidence.conflicts.flatMap((conflict) => conflict.between.map((id) => [id, conflict] as const)),
  );
  const problems = shown.flatMap(({ figure, at }): Problem[] => {
    const found: Problem[] = figure.lineage.citations.length === 0 ? [messages.unsourced(figure.id, at)] : [];
    for (const id of figure.lineage.findings) {
      const conflict = conflictOf.get(id);
      if (conflict && !figure.asOneSide) found.push(...contradiction(id, conflict, evidence, at));
      const recorded = evidence.store.findings.get(id)?.recorded;
      if (
        recorded !== undefined &&
        limits.staleDays !== undefined &&
        daysBetween(recorded, limits.date) > limits.staleDays
      )
        found.push(messages.stale(id, recorded, limits.staleDays, at));
    }
    return found;
  });
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

function contradiction(id: string, conflict: Conflict, evidence: Evidence, at: Place): Problem[] {
  if (!conflict.ruling) return [messages.unruledConflict(conflict, at)];
  const { use } = conflict.ruling;
  if (use === id || use === "both") return [];
  return [messages.ruledOut(id, use, evidence.store.findings.has(use) ? conflict.ruling.id : "", at)];
}

/** Conflicts that no ruling settles, each at its last finding, shown or not. */
export function unsettled(conflicts: readonly Conflict[]): Problem[] {
  return conflicts.flatMap((conflict) => {
    const at = conflict.findings.at(-1)?.at;
    return conflict.ruling || !at ? [] : [messages.unruledConflict(conflict, at)];
  });
}

function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}
