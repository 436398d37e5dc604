/** Judging: from what was found to what may be said. */
import type { Citation, Store } from "../findings/store.ts";
import type { Outcome } from "../problem.ts";
import { runChecks } from "./checks.ts";
import { findConflicts } from "./conflicts.ts";
import type { Evidence } from "./evidence.ts";
import type { Figure } from "./figure.ts";
import { inDoubt, strayRulings } from "./rulings.ts";

export interface JudgeOptions {
  /** Only what had entered the store by this ISO date is seen: findings, citations, rates and rulings. */
  readonly asOf?: string;
}

/** Turns findings into figures with their lineage, finds what contradicts what, and does the checks. Idle rulings are warnings. */
export function judge(
  store: Store,
  options: JudgeOptions = {},
): Outcome<Evidence> & { readonly value: Evidence } {
  const { asOf } = options;
  const seen = asOf === undefined ? store : seenOn(asOf, store);
  const stated = [...seen.findings.values()].filter((finding) => finding.kind === "figure");
  const conflicts = findConflicts(stated, seen);
  const contradicted = new Map(
    conflicts.flatMap((conflict) => conflict.between.map((id) => [id, conflict] as const)),
  );
  const { value: checks, problems } = runChecks(seen, conflicts);
  const doubts = inDoubt(checks);

  const figures = new Map<string, Figure>();
  for (const finding of stated) {
    const region = store.subjects.get(finding.subject)?.region;
    const doubt = doubts.get(finding.id);
    figures.set(finding.id, {
      id: finding.id,
      quantity: finding.quantity,
      status: doubt ? "disputed" : finding.status,
      subject: finding.subject,
      ...(region === undefined ? {} : { region }),
      metric: finding.metric,
      period: finding.period,
      ...(finding.scope === undefined ? {} : { scope: finding.scope }),
      ...(finding.attributed === undefined ? {} : { attributed: finding.attributed }),
      notes: finding.note === undefined ? [] : [finding.note],
      lineage: { findings: [finding.id], citations: finding.citations, rates: [] },
      contradictedBy: contradicted.get(finding.id)?.between.filter((id) => id !== finding.id) ?? [],
      ...(doubt ? { doubt } : {}),
    });
  }
  const evidence = { store: seen, figures, conflicts, checks };
  // Seen as of an earlier day, a ruling may well be ahead of the findings that it settles.
  const stray = asOf === undefined ? strayRulings(store, conflicts, checks) : [];
  return { value: evidence, problems: [...problems, ...stray] };
}

/** The store as it was on an ISO date. A finding or rate that cites a later source as well was not so well founded then. */
function seenOn(day: string, store: Store): Store {
  const cited = <T extends { readonly recorded: string; readonly citations: readonly Citation[] }>(
    one: T,
  ): T[] => {
    if (one.recorded > day) return [];
    const citations = one.citations.filter(
      ({ source }) => (store.sources.get(source)?.published.date ?? "") <= day,
    );
    return citations.length > 0 ? [{ ...one, citations }] : [];
  };
  return {
    ...store,
    findings: new Map([...store.findings.values()].flatMap(cited).map((finding) => [finding.id, finding])),
    rates: store.rates.flatMap(cited),
    rulings: store.rulings.filter(({ on }) => on <= day),
  };
}
