/** `sourcedeck list`: the figures of the store with their citations. */
import { judge } from "../../evidence/judge.ts";
import { listDerived, listFigures } from "../../evidence/listing.ts";
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
  const { value, problems, texts } = openStore(options);
  console.problems(problems, texts);
  if (!value) return exit.problems;
  const evidence = judge(value, options.asOf === undefined ? {} : { asOf: options.asOf }).value;
  const { store } = evidence;
  if (options.json) {
    console.result(JSON.stringify([...listFigures(store), ...listDerived(evidence)], null, 2));
    return exit.done;
  }
  for (const finding of store.findings.values()) {
    if (finding.kind !== "figure") continue;
    const cited = finding.citations.map(({ source, line }) => `${source}:${line}`).join(" ");
    const value = formatQuantity(finding.quantity, "en", store.units);
    console.result([finding.id, value, formatPeriod(finding.period, "en"), finding.status, cited].join("\t"));
  }
  for (const { id, status, formula, citations } of listDerived(evidence)) {
    const { quantity, period } = evidence.derived.get(id) ?? {};
    const value = quantity ? formatQuantity(quantity, "en", store.units) : "";
    const cited = citations.map(({ source, line }) => `${source}:${line}`).join(" ");
    console.result(
      [id, value, period ? formatPeriod(period, "en") : "", status, cited, `= ${formula}`].join("\t"),
    );
  }
  return exit.done;
}
