/** Usage: which findings reach a page. */
import type { Store } from "../findings/store.ts";

/** Ids of the findings that no product shows, sorted. @param used ids of those that some product shows */
export function unusedFindings(store: Store, used: ReadonlySet<string>): string[] {
  return [...store.findings.keys()].filter((id) => !used.has(id));
}
