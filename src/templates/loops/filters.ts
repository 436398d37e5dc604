/** Filters: what the arguments of a loop let through, and in which order. */
import { canBeTold } from "../../evidence/named.ts";
import type { Period } from "../../findings/period.ts";
import type { Finding, Store } from "../../findings/store.ts";
import type { World } from "../parameters.ts";
import * as take from "../parameters.ts";

/** Filters take one value or several; a filter not given lets everything through. */
export function passes<T>(wanted: readonly T[] | undefined, ...found: readonly (T | undefined)[]): boolean {
  return wanted === undefined || found.some((value) => value !== undefined && wanted.includes(value));
}

export function within(period: Period | undefined, date: string): boolean {
  return period === undefined || (period.start <= date && date <= period.end);
}

/** `2025-01..2025-03` is `2025Q1`, but a day is not what is held as of that day. */
export function samePeriod(wanted: readonly Period[] | undefined, found: Period): boolean {
  return (
    wanted === undefined ||
    wanted.some(
      (period) =>
        period.text === found.text ||
        (period.start === found.start &&
          period.end === found.end &&
          (period.kind === "instant") === (found.kind === "instant")),
    )
  );
}

export function citedBy(finding: Finding): string[] {
  return finding.citations.map((citation) => citation.source);
}

export function subjectsOf(finding: Finding): readonly string[] {
  return finding.kind === "statement" ? finding.subjects : [finding.subject];
}

/** The subject's parents, nearest first. */
export function ancestors(id: string, store: Store): string[] {
  const found: string[] = [];
  for (
    let at = store.subjects.get(id)?.parent;
    at !== undefined && !found.includes(at);
    at = store.subjects.get(at)?.parent
  )
    found.push(at);
  return found;
}

/** What an open conflict or failed check keeps from the page is left out, and events and statements that cannot be told. */
export function ofKind<K extends Finding["kind"]>(kind: K, world: World): Extract<Finding, { kind: K }>[] {
  const { evidence } = world;
  return [...evidence.store.findings.values()].filter(
    (finding): finding is Extract<Finding, { kind: K }> =>
      finding.kind === kind &&
      !evidence.withheld.has(finding.id) &&
      ((finding.kind !== "event" && finding.kind !== "statement") || canBeTold(finding, evidence)),
  );
}

/** A key to sort by, or the same with a minus before it. */
export function sorted<T>(
  all: readonly T[],
  key: string | undefined,
  by: Readonly<Record<string, (a: T, b: T) => number>>,
): T[] {
  const compare = key === undefined ? undefined : by[key.replace(/^-/, "")];
  if (!compare) return [...all];
  return [...all].sort(key?.startsWith("-") ? (a, b) => compare(b, a) : compare);
}

export const limit = take.told(take.integer(1, 10_000), "only this many from the top");
export const subjectFilter = take.anyOf(take.subject);
export const sourceFilter = take.anyOf(take.source);

/** Arguments of a loop, with those that it takes from the loops around it. */
export function inherited<
  T extends {
    readonly subject?: readonly string[] | undefined;
    readonly source?: readonly string[] | undefined;
  },
>(given: T, { defaults }: World): T {
  return {
    ...given,
    ...(given.subject === undefined && defaults.subject !== undefined ? { subject: [defaults.subject] } : {}),
    ...(given.source === undefined && defaults.source !== undefined ? { source: [defaults.source] } : {}),
  };
}
