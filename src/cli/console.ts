/** The console: results to stdout, messages for people to stderr, colour and progress on a terminal only. */
import pc from "picocolors";
import { visible } from "../excerpt.ts";
import { hasErrors, type Look, linesIn, type Problem, showProblem, sortProblems } from "../problem.ts";

/** Texts of files that were read, by their names as problems show them. */
export type Texts = ReadonlyMap<string, string>;

export interface Console {
  /** A line of a command's result. */
  result(line: string): void;
  /** A line for people; silent with --quiet. */
  say(line: string): void;
  /** What is being done now: rewritten in place on a terminal, a line elsewhere. */
  progress(line: string): void;
  /** Problems, sorted, each with its line of the texts, and a count at the end. Shown even with --quiet. */
  problems(problems: readonly Problem[], texts?: Texts): void;
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
    problems(problems, texts = new Map()) {
      clear();
      const sorted = sortProblems(problems);
      const lineAt = linesIn(texts);
      for (const problem of sorted.slice(0, mostTold))
        process.stderr.write(`${showProblem(problem, lineAt, look)}\n`);
      if (sorted.length > mostTold) process.stderr.write(`… and ${sorted.length - mostTold} more\n`);
      if (sorted.length > 0) process.stderr.write(`${count(sorted)}\n`);
    },
  };
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
