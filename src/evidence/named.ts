/** Names: what an id in a template, a chart or a text means on the day as of which the store is seen. */
import type { EventFinding, Finding, StatementFinding } from "../findings/store.ts";
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

/** Ids of the figures that an event or a statement names, each as the one that holds. */
export function idsNamedIn(
  finding: EventFinding | StatementFinding,
  { standIns }: Pick<Evidence, "standIns">,
): string[] {
  const { en } = finding.kind === "event" ? finding.what : finding.text;
  return [...en.matchAll(/\{([^{}]*)\}/g)].flatMap(([, id]) =>
    id === undefined ? [] : (standIns.get(id) ?? id),
  );
}

/**
 * Whether an event or a statement can be told: not where it names a figure that no longer holds, that a ruling set aside,
 * or that an open conflict or failed check keeps from loops; nor one that is derived of such a figure.
 */
export function canBeTold(finding: EventFinding | StatementFinding, evidence: Evidence): boolean {
  return idsNamedIn(finding, evidence).every((id) => {
    const figure = figureNamed(id, evidence);
    // An id that nobody knows is a mistake, to be told and not left out.
    if (!figure) return !evidence.known.findings.has(id) && !evidence.known.derived.has(id);
    return figure.lineage.findings.every((part) => !evidence.aside.has(part) && !evidence.withheld.has(part));
  });
}
