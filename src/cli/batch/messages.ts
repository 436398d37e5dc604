/** What can be wrong with a batch: one function per message. */
import { error, formatPlace, type Place, type Problem } from "../../problem.ts";
import type { DeclaredParam } from "../../templates/params.ts";

export const missingEach = ({ name, type, kind }: DeclaredParam, where: Place): Problem =>
  error("missing-param", `the template is made for one \`${name}\` each, and none is named`, {
    where,
    expected:
      type === "subject"
        ? `each: { ${name}: { subjects: ${kind ?? "company"} } }, or a list of ids in place of the braces`
        : `each: { ${name}: [ … ] }, with ids of a ${type}`,
  });

/** @param kind the kind of subjects that is named */
export const notThoseSubjects = ({ name, type, kind }: DeclaredParam, found: string, where: Place): Problem =>
  error("other-kind", `\`${name}\` is not one of these subjects`, {
    where,
    found: `subjects: ${found}`,
    expected: kind === undefined ? `a list of ids of a ${type}` : `subjects: ${kind}`,
  });

export const sameName = (name: string, where: Place, first: string, other: Place): Problem =>
  error("duplicate-product", "two products would be written to one file", {
    where,
    found: name === first ? name : `${name} and ${first}, which differ in capitals only`,
    expected: `each combination once; it is there already from ${formatPlace(other)}`,
  });

export const tooManyJobs = (where: Place, most: number): Problem =>
  error("too-many-jobs", "these are too many products for one batch", { where, expected: `at most ${most}` });

export const noCombination = (where: Place): Problem =>
  error("nothing-to-build", "there is nothing to build: no combination has a value for everything", {
    where,
    expected: "subjects of which the store tells something on that day",
  });

export const noJobsFile = (file: string): Problem =>
  error("no-jobs", `there is no \`${file}\``, {
    where: { file },
    expected: "a file that says what to build, e.g. jobs: [{ product: …, languages: [en], themes: [dark] }]",
    hint: "name another one: sourcedeck batch FILE",
  });

export const changedMeanwhile = (folders: readonly string[]): Problem =>
  error("changed-meanwhile", "a file was changed while the batch began", {
    where: { file: folders.join(", ") },
    expected: "the same files for all products",
    hint: "start it again: what is built already is left alone",
  });

/** @param how e.g. "SIGKILL", "exit code 134" */
export const workerEnded = (name: string, how: string): Problem =>
  error("worker-ended", "the process that built this came to an end", {
    where: { file: name },
    found: how,
    expected: "a product",
    hint: "if the machine is short of memory, take fewer at a time: --jobs 1",
  });

export const bug = (what: string): Problem =>
  error("bug", `this is a bug of ours, not of your files: ${what}`, {
    hint: "set SOURCEDECK_DEBUG=1 to see where it happened, and please report it",
  });
