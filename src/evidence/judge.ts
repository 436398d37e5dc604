/** Judging: from what was found to what may be said. */
import type { Ruling, Store } from "../findings/store.ts";
import type { Outcome } from "../problem.ts";
import { runChecks } from "./checks.ts";
import { findConflicts } from "./conflicts.ts";
import { deriveAll } from "./derived.ts";
import type { Evidence } from "./evidence.ts";
import { type Figure, figureOf } from "./figure.ts";
import { openChecks } from "./gate.ts";
import { always, seenOn } from "./history.ts";
import { inDoubt, setAside, strayRulings } from "./rulings.ts";

export interface JudgeOptions {
  /** The store is seen as it was on this ISO date; with all that is in it unless given. */
  readonly asOf?: string;
  /** Figures in open conflicts and failed checks are withheld from loops rather than in the way of a build. */
  readonly withhold?: boolean;
}

/** Turns findings into figures with their lineage, finds what contradicts what, and does the checks. Idle rulings are warnings. */
export function judge(
  store: Store,
  options: JudgeOptions = {},
): Outcome<Evidence> & { readonly value: Evidence } {
  const { asOf } = options;
  const { store: seen, told, standIns, later } = seenOn(asOf ?? always, store);
  const stated = [...seen.findings.values()].filter((finding) => finding.kind === "figure");
  const conflicts = findConflicts(stated, seen);
  const contradicted = new Map(
    conflicts.flatMap((conflict) => conflict.between.map((id) => [id, conflict] as const)),
  );
  const { value: checks, problems } = runChecks(seen, conflicts, standIns);
  const doubts = inDoubt(checks);

  const figures = new Map<string, Figure>();
  for (const finding of stated) {
    const doubt = doubts.get(finding.id);
    figures.set(finding.id, {
      ...figureOf(finding, store),
      contradictedBy: contradicted.get(finding.id)?.between.filter((id) => id !== finding.id) ?? [],
      ...(doubt ? { doubt, status: "disputed" } : {}),
    });
  }
  const aside = setAside(conflicts);
  const open = conflicts.filter(({ ruling }) => ruling === undefined).flatMap(({ between }) => between);
  const withheld = options.withhold ? new Set([...open, ...openChecks(checks).keys()]) : new Set<string>();
  const stands = {
    store: seen,
    told,
    known: store,
    standIns,
    later,
    figures,
    conflicts,
    checks,
    aside,
    withheld,
  };
  const derived = deriveAll(stands);
  for (const { id, lineage } of derived.value.values())
    if (lineage.findings.some((part) => withheld.has(part))) withheld.add(id);
  const evidence: Evidence = { ...stands, derived: derived.value };
  // Seen as of an earlier day, a ruling may well be ahead of the findings that it settles.
  const stray =
    asOf === undefined
      ? strayRulings(store, seen, conflicts, checks, (ruling) => settles(ruling, store))
      : [];
  return { value: evidence, problems: [...problems, ...derived.problems, ...stray] };
}

/** Whether a ruling settles something as of its own day. */
function settles({ id, on }: Ruling, store: Store): boolean {
  const { conflicts, checks } = judge(store, { asOf: on }).value;
  return [...conflicts, ...checks].some(({ ruling }) => ruling?.id === id);
}
