/** Judging: from what was found to what may be said. */
import type { Store } from "../findings/store.ts";
import type { Outcome, Problem } from "../problem.ts";
import { findConflicts } from "./conflicts.ts";
import type { Conflict, Evidence } from "./evidence.ts";
import type { Figure } from "./figure.ts";
import * as messages from "./messages.ts";

export interface JudgeOptions {
  /** Only findings that had entered the store by this ISO date are seen. */
  readonly asOf?: string;
}

/** Turns findings into figures with their lineage, and finds what contradicts what. Idle rulings are warnings. */
export function judge(
  store: Store,
  options: JudgeOptions = {},
): Outcome<Evidence> & { readonly value: Evidence } {
  const { asOf } = options;
  const findings =
    asOf === undefined
      ? store.findings
      : new Map([...store.findings].filter(([, finding]) => finding.recorded <= asOf));
  const stated = [...findings.values()].filter((finding) => finding.kind === "figure");
  const conflicts = findConflicts(stated, store.rulings);
  const contradicted = new Map(
    conflicts.flatMap((conflict) => conflict.between.map((id) => [id, conflict] as const)),
  );

  const figures = new Map<string, Figure>();
  for (const finding of stated) {
    const region = store.subjects.get(finding.subject)?.region;
    figures.set(finding.id, {
      id: finding.id,
      quantity: finding.quantity,
      status: finding.status,
      subject: finding.subject,
      ...(region === undefined ? {} : { region }),
      metric: finding.metric,
      period: finding.period,
      ...(finding.scope === undefined ? {} : { scope: finding.scope }),
      ...(finding.attributed === undefined ? {} : { attributed: finding.attributed }),
      notes: finding.note === undefined ? [] : [finding.note],
      lineage: { findings: [finding.id], citations: finding.citations, rates: [] },
      contradictedBy: contradicted.get(finding.id)?.between.filter((id) => id !== finding.id) ?? [],
    });
  }
  const evidence = { store: { ...store, findings }, figures, conflicts };
  return { value: evidence, problems: idleRulings(store, conflicts, asOf) };
}

function idleRulings(store: Store, conflicts: readonly Conflict[], asOf: string | undefined): Problem[] {
  // Seen as of an earlier day, a ruling may well be ahead of the findings that it settles.
  if (asOf !== undefined) return [];
  const used = new Set(conflicts.map((conflict) => conflict.ruling?.id));
  return store.rulings
    .filter((ruling) => !used.has(ruling.id))
    .map((ruling) => messages.rulingWithoutConflict(ruling.id, ruling.at));
}
