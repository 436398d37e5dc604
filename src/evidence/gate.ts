/** The gate: which figures may stand on a page. */
import { daysBetween } from "../findings/period.ts";
import type { Place, Problem } from "../problem.ts";
import type { CheckResult, Conflict, Evidence } from "./evidence.ts";
import type { Figure } from "./figure.ts";
import * as messages from "./messages.ts";

export interface Shown {
  readonly figure: Figure;
  /** Where the template shows it. */
  readonly at: Place;
  /** What it stands on, e.g. a page: figures on one and the same are read together. */
  readonly on?: object;
}

export interface GateLimits {
  /** ISO date of the document. */
  readonly date: string;
  /** Figures that entered the store more than this many days before the document's date are refused. */
  readonly staleDays?: number;
}

/**
 * Refuses figures that are unsourced, contradicted or in a failed check without a ruling, ruled out, or stale. One side of
 * a contradiction passes where all the others are read together with it.
 */
export function gate(shown: readonly Shown[], evidence: Evidence, limits: GateLimits): Problem[] {
  const conflictOf = new Map(
    evidence.conflicts.flatMap((conflict) => conflict.between.map((id) => [id, conflict] as const)),
  );
  const doubted = openChecks(evidence.checks);
  const together = findingsTogether(shown);
  const problems = shown.flatMap(({ figure, at, on }): Problem[] => {
    const found: Problem[] = figure.lineage.citations.length === 0 ? [messages.unsourced(figure.id, at)] : [];
    for (const id of figure.contested ? [] : figure.lineage.findings) {
      const conflict = conflictOf.get(id);
      const beside = together.get(on);
      const inFull = figure.asOneSide && conflict?.between.every((other) => beside?.has(other));
      if (conflict && !inFull) found.push(...contradiction(id, conflict, evidence, at));
      found.push(...(doubted.get(id) ?? []).map((check) => messages.failedCheckShown(id, check, at)));
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

/** By what they stand on, the findings that are shown as they are, not as parts of what is derived. */
function findingsTogether(shown: readonly Shown[]): Map<object | undefined, Set<string>> {
  const found = new Map<object | undefined, Set<string>>();
  for (const { figure, on } of shown) {
    const [id, more] = figure.lineage.findings;
    if (id !== undefined && more === undefined && !figure.lineage.derived)
      found.set(on, (found.get(on) ?? new Set()).add(id));
  }
  return found;
}

function contradiction(id: string, conflict: Conflict, evidence: Evidence, at: Place): Problem[] {
  if (!conflict.ruling) return [messages.unruledConflict(conflict, at)];
  const { use } = conflict.ruling;
  if (use === id || use === "both") return [];
  return [messages.ruledOut(id, use, evidence.store.findings.has(use) ? conflict.ruling.id : "", at)];
}

/** By finding, the failed checks that no ruling settles. Warnings let figures through. */
export function openChecks(checks: readonly CheckResult[]): Map<string, CheckResult[]> {
  const open = new Map<string, CheckResult[]>();
  for (const check of checks) {
    if (check.passed || check.ruling || check.level !== "error") continue;
    for (const id of check.findings) open.set(id, [...(open.get(id) ?? []), check]);
  }
  return open;
}

/** Checks that do not hold and that no ruling settles, shown or not. */
export function failedChecks(checks: readonly CheckResult[]): Problem[] {
  return checks.filter(({ passed, ruling }) => !passed && !ruling).map(messages.failedCheck);
}

/** Conflicts that no ruling settles, each at its last finding, shown or not. */
export function unsettled(conflicts: readonly Conflict[]): Problem[] {
  return conflicts.flatMap((conflict) => {
    const at = conflict.findings.at(-1)?.at;
    return conflict.ruling || !at ? [] : [messages.unruledConflict(conflict, at)];
  });
}
