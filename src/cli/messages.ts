/** What can be wrong with the workspace around the files: one function per message. */
import { didYouMean, error, type Problem } from "../problem.ts";

export const noFolder = (folder: string): Problem =>
  error("no-folder", `cannot read the folder \`${folder}\``, {
    where: { file: folder },
    expected: "a folder",
    hint: "run this in a workspace, or name its folders with --data and --templates",
  });

export const leadsOutside = (file: string): Problem =>
  error("leads-outside", `\`${file}\` leads out of its folder`, {
    where: { file },
    expected: "a file within the folder",
  });

export const tooLarge = (file: string, size: number, most: number): Problem =>
  error("file-too-long", "this file is too long", {
    where: { file },
    found: `${size} bytes`,
    expected: `at most ${most}`,
  });

export const tooManyFiles = (folder: string, most: number): Problem =>
  error("too-many-files", `\`${folder}\` holds too many files`, {
    where: { file: folder },
    expected: `at most ${most}`,
  });

export const unknownProduct = (name: string, known: readonly string[]): Problem =>
  error("unknown-product", `unknown product \`${name}\``, {
    found: name,
    expected: `one of ${known.join(", ")} (see sourcedeck.yaml)`,
    ...didYouMean(name, known),
  });

export const noSuchWeek = (week: string): Problem =>
  error("no-such-week", `there is no week \`${week}\``, {
    found: week,
    expected: "an ISO week, e.g. 2025-W24",
  });

export const weekBeforeStore = (week: string, first: string): Problem =>
  error("week-before-store", `the store holds nothing as early as \`${week}\``, {
    found: week,
    expected: `${first} or later`,
  });

export const noReport = (): Problem =>
  error("no-report", "no product of this workspace is made for a week", {
    where: { file: "sourcedeck.yaml" },
    expected: "a product with `week: latest`",
  });
