/** Derived figures as `derived.yaml` declares them: which parts they name, and in which order they can be computed. */
import { order, type Problem } from "../problem.ts";
import { idsIn } from "./formula.ts";
import * as messages from "./messages.ts";
import type { DerivedFigure } from "./store.ts";

/** What a formula may name besides derived figures. */
export interface Parts {
  /** Ids of all findings that are declared, with their kinds where they could be read. */
  readonly findings: ReadonlyMap<string, string | undefined>;
  /** Some could not be read: a name that is not known may be one of theirs. */
  readonly areBroken: boolean;
  /** Ids of all derived figures, of those that could not be read, too. */
  readonly derived: ReadonlySet<string>;
}

/** Puts parts before what is made of them. Names of nothing, and figures that are made of themselves, are problems. */
export function inOrder(
  declared: ReadonlyMap<string, DerivedFigure>,
  parts: Parts,
): { readonly value: ReadonlyMap<string, DerivedFigure>; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const needs = new Map<string, Set<string>>();
  for (const { id, formula, formulaAt: where } of declared.values()) {
    const named = idsIn(formula);
    if (named.length === 0) problems.push(messages.formulaOfNumbers(where));
    needs.set(id, new Set(named.filter((part) => declared.has(part))));
    for (const part of named) {
      const kind = parts.findings.get(part);
      const isKnown = parts.derived.has(part) || parts.findings.has(part) || parts.areBroken;
      if (kind !== undefined && kind !== "figure") problems.push(messages.notAFigure(where, part, kind));
      if (!isKnown)
        problems.push(messages.unknownPart(where, part, [...parts.findings.keys(), ...parts.derived]));
    }
  }

  const value = new Map<string, DerivedFigure>();
  const neededBy = new Map<string, string[]>();
  for (const [id, named] of needs)
    for (const part of named) {
      const wholes = neededBy.get(part);
      if (wholes) wholes.push(id);
      else neededBy.set(part, [id]);
    }
  const waiting = new Map([...needs].map(([id, named]) => [id, named.size]));
  const ready = [...waiting.keys()].filter((id) => waiting.get(id) === 0).sort(order);
  for (const id of ready) {
    const figure = declared.get(id);
    if (figure) value.set(id, figure);
    waiting.delete(id);
    for (const whole of neededBy.get(id) ?? []) {
      const left = (waiting.get(whole) ?? 0) - 1;
      waiting.set(whole, left);
      if (left === 0) ready.push(whole);
    }
  }
  // What waits for ever is on a circle, or made of something that is.
  const nextOf = (id: string): string => [...(needs.get(id) ?? [])].find((part) => waiting.has(part)) ?? id;
  const seen = new Set<string>();
  for (const start of [...waiting.keys()].sort(order)) {
    const walk: string[] = [];
    let at = start;
    for (; !seen.has(at); at = nextOf(at)) {
      seen.add(at);
      walk.push(at);
    }
    const first = declared.get(at);
    if (first && walk.includes(at))
      problems.push(messages.formulaCircle(first.formulaAt, [...walk.slice(walk.indexOf(at)), at]));
  }
  return { value, problems };
}
