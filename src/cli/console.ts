/** The console: results to stdout, messages for people to stderr, colour and progress on a terminal only. */
import pc from "picocolors";
import { formatPlace, hasErrors, type Problem, sortProblems } from "../problem.ts";

export interface Console {
  /** A line of a command's result. */
  result(line: string): void;
  /** A line for people; silent with --quiet. */
  say(line: string): void;
  /** What is being done now: rewritten in place on a terminal, a line elsewhere. */
  progress(line: string): void;
  /** Problems, sorted, with a count at the end. Shown even with --quiet. */
  problems(problems: readonly Problem[]): void;
}

export function openConsole(quiet: boolean): Console {
  const live = process.stderr.isTTY === true && !quiet;
  const clear = (): void => {
    if (live) process.stderr.write("\r\u001B[2K");
  };
  return {
    result(line) {
      clear();
      process.stdout.write(`${line}\n`);
    },
    say(line) {
      clear();
      if (!quiet) process.stderr.write(`${line}\n`);
    },
    progress(line) {
      if (live) process.stderr.write(`\r\u001B[2K${pc.dim(line)}`);
      else if (!quiet) process.stderr.write(`${line}\n`);
    },
    problems(problems) {
      clear();
      const sorted = sortProblems(problems);
      for (const problem of sorted) process.stderr.write(`${paint(problem)}\n`);
      if (sorted.length > 0) process.stderr.write(`${count(sorted)}\n`);
    },
  };
}

function paint({ severity, code, message, where, found, expected, hint }: Problem): string {
  const mark = severity === "error" ? pc.red("error") : pc.yellow("warning");
  const head = where ? `${pc.bold(formatPlace(where))}: ` : "";
  const rows = Object.entries({ found, expected, hint }).filter(([, value]) => value !== undefined);
  return [
    `${head}${mark}: ${message} ${pc.dim(`[${code}]`)}`,
    ...rows.map(([label, value]) => `    ${pc.dim(`${label}:`.padEnd(9))} ${value}`),
  ].join("\n");
}

function count(problems: readonly Problem[]): string {
  const errors = problems.filter((problem) => problem.severity === "error").length;
  const warnings = problems.length - errors;
  const some = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? "" : "s"}`;
  const parts = [
    ...(errors > 0 ? [some(errors, "error")] : []),
    ...(warnings > 0 ? [some(warnings, "warning")] : []),
  ];
  return hasErrors(problems) ? pc.red(parts.join(", ")) : pc.yellow(parts.join(", "));
}
