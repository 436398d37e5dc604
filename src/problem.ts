/** The shape of everything that can be wrong, and how it is shown to a person. */
import { distance } from "fastest-levenshtein";
import { excerpt, linesOf, printable } from "./excerpt.ts";

/** `error` stops a build (exit 1); `warning` is shown and does not. */
export type Severity = "error" | "warning";

/** A place in a user's file. Lines and columns count from 1; columns count UTF-16 units. */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  /** Within a partial: the calls through which it was reached, innermost first. */
  readonly via?: readonly Place[];
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

/** Candidates that are compared letter by letter: in a store of any size that takes no time. */
const mostCompared = 2_000;

/** The candidate most like `found`, when one is near enough to be a slip of the keyboard. */
export function nearest(found: string, candidates: Iterable<string>): string | undefined {
  const limit = Math.min(Math.max(2, Math.floor(found.length / 3)), found.length - 1);
  let best: string | undefined;
  let least = limit + 1;
  let compared = 0;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - found.length) >= least) continue;
    if (++compared > mostCompared) break;
    const apart = slipsBetween(found.toLowerCase(), candidate.toLowerCase());
    if (apart < least || (apart === least && best !== undefined && candidate < best)) {
      least = apart;
      best = candidate;
    }
  }
  return best;
}

/** Letters wrong, missing or too many; two letters that changed places are one slip. */
function slipsBetween(a: string, b: string): number {
  const apart = distance(a, b);
  return apart === 2 && [...a].sort().join("") === [...b].sort().join("") ? 1 : apart;
}

/** Those that are told at once of several ids that begin alike. */
const mostMeant = 3;

/**
 * "did you mean `x`?" when something known is near, else nothing. To be spread into a problem's parts. For an id whose
 * last parts are missing, as in `acme.revenue`, those are named that have them.
 */
export function didYouMean(found: string, candidates: Iterable<string>): { hint?: string } {
  const all = [...candidates];
  const near = nearest(found, all);
  const meant = near === undefined ? longerThan(found, all) : [near];
  if (meant.length === 0) return {};
  const more = meant.length - mostMeant;
  const named = meant.slice(0, mostMeant).map((one) => `\`${one}\``);
  return { hint: `did you mean ${named.join(" or ")}${more > 0 ? `, or one of ${more} more` : ""}?` };
}

function longerThan(found: string, candidates: readonly string[]): string[] {
  const length = found.split(".").length;
  if (length === 1) return [];
  const start = (id: string): string => id.split(".").slice(0, length).join(".");
  const longer = candidates.filter((id) => id.split(".").length > length);
  const near = nearest(found, new Set(longer.map(start)));
  return longer.filter((id) => start(id) === near).sort(order);
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

/**
 * Each problem once, in the order given: what is wrong in a partial is told for the first of the calls that meet it, and
 * not again where something else would have been expected.
 */
export function distinctProblems(problems: readonly Problem[]): Problem[] {
  const found = new Map<string, Problem>();
  for (const problem of problems) {
    const { severity, code, message, where, found: what } = problem;
    const key = JSON.stringify([where && formatPlace(where), severity, code, message, what]);
    if (!found.has(key)) found.set(key, problem);
  }
  return [...found.values()];
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
  return showProblem(problem, () => undefined, plain);
}

/** How the parts of a problem look, e.g. in colour. */
export interface Look {
  readonly place: (text: string) => string;
  readonly severity: Readonly<Record<Severity, (text: string) => string>>;
  /** Code, labels and gutter. */
  readonly aside: (text: string) => string;
}

const same = (text: string): string => text;
const plain: Look = { place: same, severity: { error: same, warning: same }, aside: same };

/** A problem as `formatProblem` gives it, with the line that it is about and a caret under its column. */
export function showProblem(problem: Problem, lineAt: LineAt, look: Look = plain): string {
  const { severity, code, message, where, found, expected, hint } = problem;
  const head = where ? `${look.place(printable(formatPlace(where)))}: ` : "";
  const rows = Object.entries({ found, expected, hint }).flatMap(([label, value]) =>
    value === undefined ? [] : `    ${look.aside(`${label}:`.padEnd(9))} ${printable(value)}`,
  );
  return [
    `${head}${look.severity[severity](severity)}: ${printable(message)} ${look.aside(`[${code}]`)}`,
    ...(where ? excerptOf(where, severity, lineAt, look) : []),
    ...(where?.via ? [`    ${look.aside("called at")} ${printable(formatCalls(where.via))}`] : []),
    ...rows,
  ].join("\n");
}

function excerptOf(where: Place, severity: Severity, lineAt: LineAt, look: Look): string[] {
  const text = lineAt(where);
  if (text === undefined || text.trim() === "") return [];
  const { line, caret } = excerpt(text, where.column);
  const number = String(where.line);
  const gutter = (label: string): string => look.aside(`    ${label.padStart(number.length)} |`);
  return [
    `${gutter(number)} ${line}`,
    ...(caret === undefined ? [] : [`${gutter("")} ${caret.slice(0, -1)}${look.severity[severity]("^")}`]),
  ];
}

const mostCalls = 4;

function formatCalls(via: readonly Place[]): string {
  const more = via.length - mostCalls;
  return [...via.slice(0, mostCalls).map(formatPlace), ...(more > 0 ? [`${more} more`] : [])].join(", from ");
}

/** The line of a file at a place, without its end; nothing for files and lines that are not known. */
export type LineAt = (place: Place) => string | undefined;

/** @param texts of files, by their names as problems show them */
export function linesIn(texts: ReadonlyMap<string, string>): LineAt {
  const known = new Map<string, readonly string[]>();
  return ({ file, line }) => {
    const text = texts.get(file);
    if (text === undefined || line === undefined) return undefined;
    const lines = known.get(file) ?? linesOf(text);
    known.set(file, lines);
    return lines[line - 1];
  };
}
