/** Days of entry: since when a store holds findings, and until when. */
import type { Store } from "./store.ts";

/** ISO date on which the first finding entered a store that has any. */
export function firstDay({ findings }: Store): string {
  let first: string | undefined;
  for (const { recorded } of findings.values()) if (first === undefined || recorded < first) first = recorded;
  return first ?? "";
}

/** ISO date on which the latest finding entered a store that has any. */
export function latestDay({ findings }: Store): string {
  let latest = "";
  for (const { recorded } of findings.values()) if (recorded > latest) latest = recorded;
  return latest;
}
