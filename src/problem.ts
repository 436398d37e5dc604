/** The shape of everything that can be wrong, and how it is shown to a person. */
import { distance } from "fastest-levenshtein";

/** `error` stops a build (exit 1); `warning` is shown and does not. */
export type Severity = "error" | "warning";

/** A place in a user's file. Lines and columns count from 1; columns count UTF-16 units. */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/**
 * One thing that is wrong. Problems are values: they are collected and shown together, never thrown.
 * A throw anywhere in Sourcedeck means a bug of ours.
 */
export interface Problem {
  readonly severity: Severity;
  /** Stable, machine-readable, kebab-case, e.g. `unknown-subject`. */
  readonly code: string;
  /** One sentence: what cannot be done, with what was found in backquotes. */
  readonly message: string;
  readonly where?: Place;
  readonly found?: string;
  readonly expected?: string;
  /** The likely slip, or the next step. */
  readonly hint?: string;
}

/** What a phase gives back. `value` is absent when the problems leave nothing to go on with. */
export interface Outcome<T> {
  readonly value: T | undefined;
  readonly problems: readonly Problem[];
}

type Parts = Omit<Problem, "severity" | "code" | "message">;

/** An error. Message functions (`…/messages.ts` in each folder) call this; nothing else should. */
export function error(code: string, message: string, parts: Parts = {}): Problem {
  return { severity: "error", code, message, ...parts };
}

/** A warning. */
export function warning(code: string, message: string, parts: Parts = {}): Problem {
  return { severity: "warning", code, message, ...parts };
}

export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === "error");
}

/** The candidate most like `found`, when one is near enough to be a slip of the keyboard. */
export function nearest(found: string, candidates: Iterable<string>): string | undefined {
  const limit = Math.max(2, Math.floor(found.length / 3));
  let best: string | undefined;
  let least = limit + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - found.length) >= least) continue;
    const apart = distance(found.toLowerCase(), candidate.toLowerCase());
    if (apart < least || (apart === least && best !== undefined && candidate < best)) {
      least = apart;
      best = candidate;
    }
  }
  return best;
}

/** "did you mean `x`?" when something known is near, else nothing. To be spread into a problem's parts. */
export function didYouMean(found: string, candidates: Iterable<string>): { hint?: string } {
  const near = nearest(found, candidates);
  return near === undefined ? {} : { hint: `did you mean \`${near}\`?` };
}

/** By file, line, column, code: the order in which problems are shown, whatever order they were found in. */
export function sortProblems(problems: readonly Problem[]): Problem[] {
  return [...problems].sort(
    (a, b) =>
      order(a.where?.file ?? "", b.where?.file ?? "") ||
      (a.where?.line ?? 0) - (b.where?.line ?? 0) ||
      (a.where?.column ?? 0) - (b.where?.column ?? 0) ||
      order(a.code, b.code) ||
      order(a.message, b.message),
  );
}

/** Each problem once, in the order given. */
export function distinctProblems(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

/** Plain code-unit order: the same in every locale. */
export function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** `file:line:column`, as terminals and editors link it. */
export function formatPlace(place: Place): string {
  if (place.line === undefined) return place.file;
  return place.column === undefined
    ? `${place.file}:${place.line}`
    : `${place.file}:${place.line}:${place.column}`;
}

/** A problem as plain lines: place and message first, then found, expected and hint, indented. */
export function formatProblem(problem: Problem): string {
  const head = problem.where ? `${formatPlace(problem.where)}: ` : "";
  const lines = [`${head}${problem.severity}: ${problem.message} [${problem.code}]`];
  if (problem.found !== undefined) lines.push(`    found:    ${problem.found}`);
  if (problem.expected !== undefined) lines.push(`    expected: ${problem.expected}`);
  if (problem.hint !== undefined) lines.push(`    hint:     ${problem.hint}`);
  return lines.join("\n");
}
