/** Names: what an id in a template, a chart or a text means on the day as of which the store is seen. */
import type { Finding } from "../findings/store.ts";
import type { Evidence } from "./evidence.ts";
import { type Figure, figureOf, type Lineage } from "./figure.ts";

/**
 * The finding that an id means. Of a succession, the one that holds; one that had not entered the store by the day is
 * given all the same, for pages that name it to be left out.
 */
export function findingNamed(id: string, { store, known, standIns, later }: Evidence): Finding | undefined {
  const held = store.findings.get(standIns.get(id) ?? id);
  return held ?? (later.has(id) ? known.findings.get(id) : undefined);
}

/** The figure that an id means, of a finding or of `derived.yaml`; see `findingNamed`. */
export function figureNamed(id: string, evidence: Evidence): Figure | undefined {
  const finding = findingNamed(id, evidence);
  if (finding?.kind !== "figure") return evidence.derived.get(id);
  return evidence.figures.get(finding.id) ?? figureOf(finding, evidence.known);
}

/** Ids by which figures can be named, for "did you mean". */
export function figureIds({ figures, derived }: Evidence): string[] {
  return [...figures.keys(), ...derived.keys()];
}

/** What stands behind something and had not entered the store by the day: findings, rates and derived figures. */
export function laterOf({ findings, rates, derived = [] }: Lineage, { later }: Evidence): string[] {
  return [...findings, ...rates, ...derived].filter((id) => later.has(id));
}
