/** Rulings: which findings they set aside or leave in doubt, and which of them settle nothing. */
import type { Localized, Ruling, Store } from "../findings/store.ts";
import { hasErrors, type Problem } from "../problem.ts";
import type { CheckResult, Conflict } from "./evidence.ts";
import * as messages from "./messages.ts";

/** Findings that lost against another one. */
export function setAside(conflicts: readonly Conflict[]): Set<string> {
  return new Set(
    conflicts.flatMap(({ between, ruling }) =>
      ruling === undefined || ruling.use === "both" ? [] : between.filter((id) => id !== ruling.use),
    ),
  );
}

/** The findings that rulings of failed checks leave in doubt, and why. */
export function inDoubt(checks: readonly CheckResult[]): Map<string, Localized> {
  const reasons = new Map<string, Set<Localized>>();
  for (const { findings, ruling } of checks) {
    if (!ruling || ruling.use === "none") continue;
    for (const id of ruling.use === "both" ? findings : [ruling.use])
      reasons.set(id, (reasons.get(id) ?? new Set()).add(ruling.why));
  }
  return new Map([...reasons].map(([id, all]) => [id, joined([...all])]));
}

/** Several texts as one, in every language. */
export function joined(texts: readonly Localized[]): Localized {
  return { en: texts.map(({ en }) => en).join(" "), zh: texts.map(({ zh }) => zh).join("") };
}

/**
 * Rulings of nothing are warnings, those of a check that nobody knows or of a finding beside it errors.
 * @param onceSettled whether a ruling settled something on its own day
 */
export function strayRulings(
  store: Store,
  seen: Store,
  conflicts: readonly Conflict[],
  checks: readonly CheckResult[],
  onceSettled: (ruling: Ruling) => boolean,
): Problem[] {
  const settled = new Set(conflicts.map(({ ruling }) => ruling?.id));
  const results = new Map(checks.map((result) => [result.id, result]));
  // What it ruled on may have been superseded, withdrawn or ruled anew since; it still counts for the weeks before.
  const thing = ({ between, check = "" }: Ruling): string => [check, ...[...between].sort()].join(" ");
  const latest = new Map<string, string>();
  for (const ruling of store.rulings) {
    const day = latest.get(thing(ruling)) ?? "";
    if (ruling.on > day) latest.set(thing(ruling), ruling.on);
  }
  const isHistory = (ruling: Ruling): boolean =>
    [...ruling.between, ruling.use].some((id) => store.findings.has(id) && !seen.findings.has(id)) ||
    (latest.get(thing(ruling)) ?? "") > ruling.on;
  return store.rulings.flatMap((ruling) => {
    const stray = isHistory(ruling) ? [] : strayRuling(ruling, settled, results, store);
    const isIdle = stray.length > 0 && !hasErrors(stray);
    return isIdle && onceSettled(ruling) ? [] : stray;
  });
}

function strayRuling(
  { id, check, use, on, at }: Ruling,
  settled: ReadonlySet<string | undefined>,
  results: ReadonlyMap<string, CheckResult>,
  store: Store,
): Problem[] {
  if (check === undefined) return settled.has(id) ? [] : [messages.idleRuling(id, at, check)];
  const result = results.get(check);
  if (result && use !== "both" && use !== "none" && !result.findings.includes(use))
    return [messages.ruledBeside(result, use, at)];
  // A check that holds since one of its findings was corrected did need its ruling before.
  const corrected = result?.findings.some((each) => (store.findings.get(each)?.recorded ?? "") > on);
  if (result) return result.passed && !corrected ? [messages.idleRuling(id, at, check)] : [];
  const known = store.checks.some((one) => one.id === check) || isUndeclared(check, store);
  return [known ? messages.idleRuling(id, at, check) : messages.unknownCheck(check, at, results.keys())];
}

/** Whether it is the id of a check that would be made of a finding of the store, if there were anything to tell. */
function isUndeclared(check: string, { findings }: Store): boolean {
  return findings.has(findingOfCheck(check) ?? "");
}

/** The finding that a check which needs no declaring is named for. */
export function findingOfCheck(check: string): string | undefined {
  return /^auto\.(?:growth|part|series|rate)\.(?<id>.+)$/.exec(check)?.groups?.id;
}
