/** The console: results to stdout, messages for people to stderr, colour and progress on a terminal only. */
import pc from "picocolors";
import { visible } from "../excerpt.ts";
import { hasErrors, type Look, linesIn, type Problem, showProblem, sortProblems } from "../problem.ts";

/** Texts of files that were read, by their names as problems show them. */
export type Texts = ReadonlyMap<string, string>;

/** A line below a problem. */
export type Remark = (problem: Problem) => string | undefined;

export interface Console {
  /** A line of a command's result. */
  result(line: string): void;
  /** A line for people; silent with --quiet. */
  say(line: string): void;
  /** What is being done now: rewritten in place on a terminal, a line elsewhere. */
  progress(line: string): void;
  /** What is being done now, on a terminal alone: rewritten in place. */
  passing(line: string): void;
  /** Problems, sorted, each with its line of the texts, and a count at the end. Shown even with --quiet. */
  problems(problems: readonly Problem[], texts?: Texts, remark?: Remark): void;
  /** Problems as `problemLines` gives them. */
  shown(lines: string): void;
}

const { NO_COLOR: noColour = "", TERM: terminal } = process.env;
const paint = pc.createColors(process.stderr.isTTY === true && noColour === "" && terminal !== "dumb");

const look: Look = {
  place: paint.bold,
  severity: { error: paint.red, warning: paint.yellow },
  aside: paint.dim,
};

/** Problems that are shown; the rest are counted. */
const mostTold = 1_000;

export function openConsole(quiet: boolean): Console {
  const live = process.stderr.isTTY === true && !quiet;
  const clear = (): void => {
    if (live) process.stderr.write("\r\u001B[2K");
  };
  const shown = (lines: string): void => {
    clear();
    process.stderr.write(lines);
  };
  return {
    result(line) {
      clear();
      process.stdout.write(`${process.stdout.isTTY ? visible(line) : line}\n`);
    },
    say(line) {
      clear();
      if (!quiet) process.stderr.write(`${visible(line)}\n`);
    },
    progress(line) {
      if (live) process.stderr.write(`\r\u001B[2K${paint.dim(line)}`);
      else if (!quiet) process.stderr.write(`${line}\n`);
    },
    passing(line) {
      if (live) process.stderr.write(`\r\u001B[2K${paint.dim(line)}`);
    },
    problems(problems, texts, remark) {
      shown(problemLines(problems, texts, remark));
    },
    shown,
  };
}

/** Problems as they are shown, each line with its end; empty when there are none. */
export function problemLines(
  problems: readonly Problem[],
  texts: Texts = new Map(),
  remark: Remark = () => undefined,
): string {
  if (problems.length === 0) return "";
  const sorted = sortProblems(problems);
  const lineAt = linesIn(texts);
  const lines = sorted.slice(0, mostTold).flatMap((problem) => {
    const below = remark(problem);
    return [showProblem(problem, lineAt, look), ...(below === undefined ? [] : [`    ${paint.dim(below)}`])];
  });
  const more = sorted.length > mostTold ? [`… and ${sorted.length - mostTold} more`] : [];
  return `${[...lines, ...more, count(sorted)].join("\n")}\n`;
}

function count(problems: readonly Problem[]): string {
  const errors = problems.filter((problem) => problem.severity === "error").length;
  const warnings = problems.length - errors;
  const some = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? "" : "s"}`;
  const parts = [
    ...(errors > 0 ? [some(errors, "error")] : []),
    ...(warnings > 0 ? [some(warnings, "warning")] : []),
  ];
  return hasErrors(problems) ? paint.red(parts.join(", ")) : paint.yellow(parts.join(", "));
}
