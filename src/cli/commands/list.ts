/** `sourcedeck list`: the figures of the store with their citations. */
import { always, seenOn } from "../../evidence/history.ts";
import { listFigures } from "../../evidence/listing.ts";
import { formatPeriod, formatQuantity } from "../../model/format.ts";
import { openConsole } from "../console.ts";
import { exit } from "../exit.ts";
import { type CommonOptions, openStore } from "../workspace.ts";

export interface ListOptions extends CommonOptions {
  /** ISO date as of which the store is seen. */
  readonly asOf?: string;
  readonly json?: boolean;
}

export async function runList(options: ListOptions): Promise<number> {
  const console = openConsole(options.quiet ?? false);
  const { value, problems } = await openStore(options);
  console.problems(problems);
  if (!value) return exit.problems;
  const { store } = seenOn(options.asOf ?? always, value);
  if (options.json) {
    console.result(JSON.stringify(listFigures(store), null, 2));
    return exit.done;
  }
  for (const finding of store.findings.values()) {
    if (finding.kind !== "figure") continue;
    const cited = finding.citations.map(({ source, line }) => `${source}:${line}`).join(" ");
    const value = formatQuantity(finding.quantity, "en", store.units);
    console.result([finding.id, value, formatPeriod(finding.period, "en"), finding.status, cited].join("\t"));
  }
  return exit.done;
}
