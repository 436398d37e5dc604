/** What can be wrong with the workspace around the files: one function per message. */
import { join } from "node:path";
import { didYouMean, error, type Place, type Problem } from "../problem.ts";
import type { DiskFault } from "./disk.ts";

export const noFolder = (folder: string, found: string): Problem =>
  error("no-folder", `cannot read the folder \`${folder}\``, {
    where: { file: folder },
    found,
    expected: "a folder",
    hint: "run this in a workspace, or name its folders with --data and --templates",
  });

/** @param where `sourcedeck.yaml` names it */
export const noSources = (folder: string, found: string, where: Place): Problem =>
  error("no-sources", `cannot read the folder of sources \`${folder}\``, {
    where,
    found,
    expected: "a folder of the workspace that holds the texts of the sources",
    hint: "leave `sources` away where there are none: then no citation is held to its line",
  });

export const leadsOutside = (file: string): Problem =>
  error("leads-outside", `\`${file}\` leads out of its folder`, {
    where: { file },
    expected: "a file within the folder",
  });

export const linkedFolder = (link: string): Problem =>
  error("linked-folder", "this is a link to a folder", {
    where: { file: link },
    expected: "files and folders that stand here themselves",
  });

export const deadLink = (link: string, { code }: DiskFault): Problem =>
  error("dead-link", "this link leads nowhere", {
    where: { file: link },
    found: code === "ELOOP" ? "links that lead in a circle" : "a link to a file that does not exist",
    expected: "a link to a file within the folder, or the file itself",
  });

export const notAFile = (file: string): Problem =>
  error("not-a-file", "this is a pipe or a device, and is not read", {
    where: { file },
    expected: "a regular file",
  });

/** @param isUtf16 the bytes look like UTF-16, as some editors save text */
export const notUtf8 = (where: Place, isUtf16: boolean): Problem =>
  error("not-utf8", "this file is not UTF-8", {
    where,
    found: isUtf16 ? "UTF-16, or NUL bytes" : "bytes of another encoding",
    expected: "UTF-8, with or without a byte order mark",
    hint: "open it in the encoding that it was saved in (GB18030, Windows-1252, …), and save it as UTF-8",
  });

/** What the disk's faults mean to whoever has to mend them. */
const troubles: Readonly<Record<string, readonly [found: string, hint: string]>> = {
  EACCES: ["no permission", "change the permissions of the file or its folder"],
  EBUSY: ["a file in use", "close the program that has it open"],
  EDQUOT: ["a full disk", "make room"],
  EEXIST: ["a file, or a link that leads nowhere", "move it away, or name another folder"],
  EISDIR: ["a folder", "move it away, or name another folder"],
  ELOOP: ["links that lead in a circle", "remove the links"],
  EMFILE: ["too many open files", "raise the limit of open files"],
  ENAMETOOLONG: ["a name that is too long", "give it a shorter name"],
  ENOENT: ["nothing there", "see whether its folder exists and files can be made in it"],
  ENOSPC: ["a full disk", "make room"],
  ENOTDIR: ["a file where a folder is needed", "move it away, or name another folder"],
  EPERM: ["no permission", "change its permissions, or close the program that has it open"],
  EROFS: ["a disk that is read-only", "name a folder on another disk"],
};

/** What a fault means, e.g. "no permission". */
export const foundFor = (fault: DiskFault): string => trouble(fault).found;

function trouble({ code }: DiskFault): { found: string; hint?: string } {
  const [found, hint] = troubles[code] ?? [code];
  return { found, ...(hint === undefined ? {} : { hint }) };
}

export const cannotRead = (file: string, fault: DiskFault): Problem =>
  error("cannot-read", "this cannot be read", { where: { file }, ...trouble(fault) });

export const cannotWrite = (file: string, fault: DiskFault): Problem =>
  error("cannot-write", "cannot write here", { where: { file }, ...trouble(fault) });

export const folderInTheWay = (file: string): Problem =>
  error("cannot-write", "a folder stands where a product goes", {
    where: { file },
    found: "a folder",
    expected: "a file, or nothing",
    hint: "move it away, or name another folder with --out",
  });

/** Files in the way that are named; the rest are counted. */
const mostNamed = 3;

/** @param files at least one, by their paths within the folder */
export const alreadyThere = (folder: string, files: readonly string[], hint: string): Problem => {
  const [first = "", ...others] = files.map((file) => join(folder, file));
  if (others.length === 0)
    return error("already-there", "this would be written over", { where: { file: first }, hint });
  const more = files.length - mostNamed;
  const named = [...files.slice(0, mostNamed), ...(more > 0 ? [`${more} more`] : [])];
  return error("already-there", `${files.length} files would be written over`, {
    where: { file: folder },
    found: named.join(", "),
    hint,
  });
};

/** @param act what was to be done with it */
export const unknownTemplate = (name: string, act: "show" | "copy", known: readonly string[]): Problem =>
  error("unknown-template", `there is nothing called \`${name}\` to ${act}`, {
    found: name,
    expected: "a name that `sourcedeck templates` lists",
    ...didYouMean(name, known),
  });

/** @param kind what has the name, e.g. "helper" */
export const nothingToCopy = (name: string, kind: string): Problem =>
  error("nothing-to-copy", `\`${name}\` is built in, and no file`, {
    found: `a ${kind}`,
    expected: "a template, partial, chart or theme that is shipped, or words",
    hint: `\`sourcedeck templates show ${name}\` tells how it is used`,
  });

/** @param file the workspace's own, which stands over nothing */
export const notShipped = (name: string, file: string): Problem =>
  error("not-shipped", `nothing that is shipped is called \`${name}\``, {
    where: { file },
    found: "a file of your own",
    expected: "a name that `sourcedeck templates` lists as shipped",
  });

export const severalToCopy = (name: string, names: readonly string[]): Problem =>
  error("several-to-copy", `several files are called \`${name}\``, {
    found: name,
    expected: `one of ${names.join(", ")}`,
  });

export const emptyOverShipped = (file: string, name: string): Problem =>
  error("empty-file", "this file is empty, and stands over the shipped one", {
    where: { file },
    expected: `what \`sourcedeck templates show ${name} --shipped\` prints, or no file at all`,
    hint: `remove it; \`sourcedeck templates copy ${name}\` puts the shipped one in its place`,
  });

export const collidingOutputs = (file: string, first: string): Problem =>
  error("duplicate-product", "two products would be written to one file", {
    where: { file },
    found: file === first ? "the same name twice" : `\`${first}\`, which differs in capitals only`,
    expected: "products with names of their own",
  });

export const tooLarge = (file: string, size: number, most: number): Problem =>
  error("file-too-long", "this file is too long", {
    where: { file },
    found: `${size} bytes`,
    expected: `at most ${most}`,
  });

/** @param charts keys, e.g. `capex@8x4.6` */
export const chartsTooLarge = (charts: readonly string[]): Problem =>
  error("charts-too-large", "the charts take more memory than there is to draw them", {
    found: charts.join(", "),
    hint: "draw fewer rows in each, or build one product at a time",
  });

export const folderTooLarge = (folder: string, most: number): Problem =>
  error("folder-too-large", `the files of \`${folder}\` are too long together`, {
    where: { file: folder },
    expected: `at most ${most} characters`,
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

/** @param language the only one asked for */
export const nothingToBuild = (file: string, language: string | undefined): Problem =>
  error(
    "nothing-to-build",
    `there is no product to build${language === undefined ? "" : ` in ${language}`}`,
    {
      where: { file },
      expected: "a product, in a language that it is made in",
    },
  );

export const noReport = (file: string): Problem =>
  error("no-report", "no product of this workspace is made for a week", {
    where: { file },
    expected: "a product with `week: latest`",
  });

export const weekAfterDay = (week: string, day: string): Problem =>
  error("week-after-day", `\`${week}\` begins after the day as of which the store is seen`, {
    found: `--week ${week} --as-of ${day}`,
    expected: "a week that has begun by then",
  });

export const turnedSpan = (from: string, to: string): Problem =>
  error("turned-span", "`--from` is later than `--to`", {
    found: `${from} to ${to}`,
    expected: "the earlier one first",
  });

export const codeNotAllowed = (file: string, where: Place): Problem =>
  error("code-not-allowed", `\`${file}\` is code, and would be run`, {
    where,
    found: file,
    expected: "--allow-code on the command line",
    hint: "read the file first: code that is allowed can do all that you can",
  });

/** @param found why, e.g. "nothing there" */
export const cannotLoad = (file: string, found: string, where: Place): Problem =>
  error("cannot-load-helper", `\`${file}\` cannot be loaded`, {
    where,
    found,
    expected: "a module of JavaScript in the folder of templates",
  });

export const noHelperIn = (file: string, where: Place): Problem =>
  error("no-helper", `\`${file}\` gives no helper`, {
    where,
    expected:
      '`export default function (…) { return "…"; }`, or `export default { name, does, example, run }`',
  });
