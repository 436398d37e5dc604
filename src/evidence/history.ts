/** History: the store as it was on a day. What came later is not seen, and nothing that holds later rewrites it. */
import type { Check, Citation, Finding, Rate, Ruling, Store } from "../findings/store.ts";
import { order } from "../problem.ts";

/** A day after every other: with it, everything that is in the store is seen. */
export const always = "9999-12-31";

/** A store as it was on a day, and which finding then stood for which. */
export interface Seen {
  readonly store: Store;
  /** The same with the findings that were superseded or withdrawn by then: for telling of what was, not of what is. */
  readonly told: Store;
  /** By the id of any finding of a succession, the one of them that holds on the day. */
  readonly standIns: ReadonlyMap<string, string>;
  /** Ids of findings, rates and derived figures that had not entered the store by the day. */
  readonly later: ReadonlySet<string>;
}

/**
 * @param day ISO date; what entered the store on that day is seen
 * A finding or rate that cites a later source as well was not so well founded then. Findings that were superseded or
 * withdrawn by that day are gone; checks and statements that name a superseded one mean the one in its place.
 */
export function seenOn(day: string, store: Store): Seen {
  const entered = new Map(
    [...store.findings.values()].flatMap((finding) =>
      founded(finding, day, store).map((one) => [one.id, stillHeld(one, day)] as const),
    ),
  );
  const gone = new Set(
    [...entered.values()].flatMap(({ supersedes }) => (supersedes ? [supersedes.finding] : [])),
  );
  const findings = new Map(
    [...entered].filter(([id, { withdrawn }]) => !gone.has(id) && withdrawn === undefined),
  );
  const rates = store.rates.flatMap((rate) => founded(rate, day, store));
  const derived = new Map([...store.derived].filter(([, { recorded = day }]) => recorded <= day));
  const inTime = new Set([...entered.keys(), ...rates.map(({ id }) => id), ...derived.keys()]);
  const all = [...store.findings.keys(), ...store.rates.map(({ id }) => id), ...store.derived.keys()];
  const seen: Store = {
    ...store,
    findings,
    rates,
    derived,
    rulings: latestFirst(store.rulings.filter(({ on }) => on <= day)),
    checks: store.checks.filter(({ recorded }) => recorded === undefined || recorded <= day),
  };
  return {
    store: seen,
    told: { ...seen, findings: entered },
    standIns: standIns(store, findings),
    later: new Set(all.filter((id) => !inTime.has(id))),
  };
}

/** As it was known on the day; nothing when it was not. */
function founded<T extends { readonly recorded: string; readonly citations: readonly Citation[] }>(
  one: T,
  day: string,
  { sources }: Store,
): T[] {
  if (one.recorded > day) return [];
  const known = one.citations.filter(({ source }) => (sources.get(source)?.published.date ?? "") <= day);
  if (known.length === one.citations.length) return [one];
  return known.length > 0 ? [{ ...one, citations: known }] : [];
}

/** That it would be withdrawn was not known before the day of it. */
function stillHeld(finding: Finding, day: string): Finding {
  if (finding.withdrawn === undefined || finding.withdrawn.on <= day) return finding;
  const { withdrawn: _, ...held } = finding;
  return held;
}

/** Of several rulings on one thing the latest counts, and of those of one day the first by id. */
function latestFirst(rulings: readonly Ruling[]): Ruling[] {
  return [...rulings].sort((a, b) => order(b.on, a.on) || order(a.id, b.id));
}

/** Successions are chains: each finding supersedes one at most, and is superseded by one at most. */
function standIns(store: Store, holding: ReadonlyMap<string, Finding>): Map<string, string> {
  const found = new Map<string, string>();
  for (const finding of store.findings.values()) {
    if (finding.supersedes === undefined) continue;
    const chain = [finding.id];
    for (
      let older = finding.supersedes.finding;
      !chain.includes(older);
      older = store.findings.get(older)?.supersedes?.finding ?? older
    )
      chain.push(older);
    const current = chain.find((id) => holding.has(id));
    if (current !== undefined) for (const id of chain) if (id !== current) found.set(id, current);
  }
  return found;
}

/** ISO dates on which something entered the store, was ruled or withdrawn, sorted, each once. */
export function daysOfChange({ findings, rates, rulings, checks, sources }: Store): string[] {
  const entered: readonly (Finding | Rate | Check)[] = [...findings.values(), ...rates, ...checks];
  const days = [
    ...entered.flatMap(({ recorded }) => recorded ?? []),
    ...[...findings.values()].flatMap(({ withdrawn }) => withdrawn?.on ?? []),
    ...rulings.map(({ on }) => on),
    // A citation of a source that was published later adds to its finding on that day.
    ...entered.flatMap((one) =>
      "citations" in one
        ? one.citations.flatMap(({ source }) => {
            const { date = "" } = sources.get(source)?.published ?? {};
            return date > one.recorded ? date : [];
          })
        : [],
    ),
  ];
  return [...new Set(days)].sort(order);
}
