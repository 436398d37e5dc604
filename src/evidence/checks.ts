/** Checks: the arithmetic that findings must satisfy, done, with the rulings on what does not hold. */
import type { Check, FigureFinding, Ruling, Store } from "../findings/store.ts";
import { order, type Place, type Problem } from "../problem.ts";
import { formulate, type Ground, isProblem, named, settle } from "./arithmetic.ts";
import { type Equation, notation, writeEquation } from "./equation.ts";
import type { CheckResult, Conflict } from "./evidence.ts";
import * as messages from "./messages.ts";
import { setAside } from "./rulings.ts";
import { undeclared } from "./undeclared.ts";

/**
 * Does every check of the store, and those that need no declaring unless a declared one compares the same findings.
 * A check one of whose findings is not in the store yet is passed over; one that was superseded is done with what stands in.
 * @returns results sorted by id, and a problem for each declared check that cannot be computed
 */
export function runChecks(
  store: Store,
  conflicts: readonly Conflict[],
  standIns: ReadonlyMap<string, string>,
): { readonly value: CheckResult[]; readonly problems: readonly Problem[] } {
  const stated = [...store.findings.values()].filter((finding) => finding.kind === "figure");
  const ground: Ground = { metrics: store.metrics, rates: store.rates };
  const results: CheckResult[] = [];
  const problems: Problem[] = [];
  for (const check of store.checks) {
    const result = declared(check, store, ground, standIns);
    if (result && isProblem(result)) problems.push(result);
    else if (result) results.push(result);
  }
  const told = new Set(results.map(({ findings }) => together(findings)));
  const aside = setAside(conflicts);
  const usable = stated.filter(({ id }) => !aside.has(id));
  for (const { holds, findings, equation, ...rest } of undeclared(usable, store, ground)) {
    const ids = findings.map(({ id }) => id);
    const at = findings.at(-1)?.at;
    if (at && !told.has(together(ids)))
      results.push(spelledOut({ ...rest, passed: holds, findings: ids }, equation, at));
  }
  const rulings = new Map<string, Ruling>();
  for (const ruling of store.rulings)
    if (ruling.check && !rulings.has(ruling.check)) rulings.set(ruling.check, ruling);
  const value = results
    .map((result) => {
      const ruling = result.passed ? undefined : rulings.get(result.id);
      // A ruling speaks of what had entered the store by its day.
      const isOfThese = result.findings.every(
        (id) => ruling !== undefined && (store.findings.get(id)?.recorded ?? "") <= ruling.on,
      );
      return ruling && isOfThese ? { ...result, ruling } : result;
    })
    .sort((a, b) => order(a.id, b.id));
  return { value, problems };
}

/** What came of a check the last time that it was done, and what it was done with: a store is judged as of many days. */
interface Done extends Ground {
  readonly findings: readonly FigureFinding[];
  readonly result: CheckResult | Problem;
}
const done = new WeakMap<Check, Done>();

function declared(
  check: Check,
  store: Store,
  ground: Ground,
  standIns: ReadonlyMap<string, string>,
): CheckResult | Problem | undefined {
  const findings: FigureFinding[] = [];
  for (const name of named(check.arithmetic)) {
    const each = standIns.get(name) ?? name;
    const finding = store.findings.get(each);
    if (!finding) return undefined;
    if (finding.kind !== "figure") return messages.checkNotFigure(check, each, finding.kind);
    findings.push(finding);
  }
  const before = done.get(check);
  if (before && isSame(before, findings, ground)) return before.result;
  const result = compared(check, findings, ground);
  done.set(check, { ...ground, findings, result });
  return result;
}

function isSame(before: Done, findings: readonly FigureFinding[], { metrics, rates }: Ground): boolean {
  return before.metrics === metrics && areSame(before.findings, findings) && areSame(before.rates, rates);
}

function areSame(some: readonly object[], others: readonly object[]): boolean {
  return some.length === others.length && some.every((one, index) => one === others[index]);
}

function compared(check: Check, findings: readonly FigureFinding[], ground: Ground): CheckResult | Problem {
  const { id, arithmetic, tolerance, at } = check;
  const formula = formulate(arithmetic, findings, ground, check);
  if (isProblem(formula)) return formula;
  const { holds, strained, equation } = settle(formula, tolerance, "rounded");
  const passed = holds && !strained;
  const level = strained ? "warning" : "error";
  const ids = findings.map((finding) => finding.id);
  return spelledOut({ id, kind: arithmetic.kind, passed, level, findings: ids }, equation, at);
}

function spelledOut(
  result: Pick<CheckResult, "id" | "kind" | "passed" | "level" | "findings">,
  equation: Equation,
  at: Place,
): CheckResult {
  const { left, computed, against } = equation;
  return {
    ...result,
    computed: computed ? notation(computed) : writeLeft(left),
    stated: notation(against.value),
    arithmetic: writeEquation(equation),
    equation,
    at,
  };
}

const writeLeft = (left: Equation["left"]): string =>
  left.map((part) => (typeof part === "string" ? part : notation(part))).join("");

const together = (ids: readonly string[]): string => [...ids].sort(order).join("\n");
