/** Params of the command line: what `--param` gives goes to the products whose templates take it. */
import type { Job } from "../build.ts";
import { order } from "../problem.ts";
import type { Library } from "../templates/library.ts";
import { unknownParam } from "../templates/messages.ts";
import { type DeclaredParam, declaredParams, type Param } from "../templates/params.ts";
import type { Choice } from "./workshop.ts";

/**
 * Gives jobs what their templates are made for. Those that want something which is not given are left out and said,
 * unless they were asked for or nothing else is there: then building them tells what is missing.
 * @param areNamed whether the jobs were asked for by name
 */
export function withParams(
  jobs: readonly Job[],
  library: Library,
  given: readonly Param[],
  areNamed: boolean,
): Choice {
  const wanting = jobs.map((job) => {
    const declared = declaredParams(library, `${job.product.template}.${job.language}`);
    const lacks = declared.filter(({ name }) => !given.some((param) => param.name === name));
    return { job: { ...job, params: ordered(declared, given) }, declared, lacks };
  });
  const taken = [...new Set(wanting.flatMap(({ declared }) => declared.map(({ name }) => name)))].sort(order);
  const stray = given.filter(({ name }) => !taken.includes(name));
  const whole = wanting.filter(({ lacks }) => lacks.length === 0);
  const left = areNamed || whole.length === 0 ? [] : wanting.filter(({ lacks }) => lacks.length > 0);
  const kept = left.length === 0 ? wanting : whole;
  const leftOut = new Map(
    left.map(({ job, lacks }) => [job.product.name, lacks.map(({ name }) => name)] as const),
  );
  return {
    jobs: kept.map(({ job }) => job),
    problems: stray.map(({ name }) => unknownParam(name, taken)),
    remarks: [...leftOut].map(
      ([name, lacks]) =>
        `${name} is left out, for it is made for one ${lacks.join(" and one ")} at a time: \`sourcedeck build ${name} ${lacks
          .map((lack) => `--param ${lack}=…`)
          .join(" ")}\`, or \`sourcedeck batch\` for many.`,
    ),
  };
}

/** Those that are declared, in the order of their declaration. */
export function ordered(declared: readonly DeclaredParam[], given: readonly Param[]): Param[] {
  return declared.flatMap(({ name }) => given.filter((param) => param.name === name));
}
