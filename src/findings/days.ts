/** Days of entry: since when a store holds findings, and until when. */
import type { Store } from "./store.ts";

/** ISO date on which the first finding entered a store that has any. */
export function firstDay(store: Store): string {
  return recordedDays(store)[0] ?? "";
}

/** ISO date on which the latest finding entered a store that has any. */
export function latestDay(store: Store): string {
  return recordedDays(store).at(-1) ?? "";
}

function recordedDays({ findings }: Store): string[] {
  return [...findings.values()].map(({ recorded }) => recorded).sort();
}
