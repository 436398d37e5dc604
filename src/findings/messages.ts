/** What can be wrong with the data files: one function per message. */
import type { z } from "zod";
import { didYouMean, error, type Place, type Problem, warning } from "../problem.ts";
import type { FormulaFault } from "./formula.ts";
import { commonCurrencies } from "./quantity.ts";
import type { Path } from "./yaml.ts";

/** What the parser of YAML says, as whoever wrote the file may mend it. */
const yamlFaults: readonly (readonly [says: RegExp, message: string, expected: string, hint?: string])[] = [
  [/^Missing closing "quote/, "a quote is not closed", 'a second `"` at the end of the text'],
  [/^Missing closing 'quote/, "a quote is not closed", "a second `'` at the end of the text"],
  [
    / end with a ]/,
    "a list in brackets is not closed",
    "`]`",
    "brackets close in the order in which they opened",
  ],
  [
    / end with a }/,
    "fields in braces are not closed",
    "`}`",
    "brackets close in the order in which they opened",
  ],
  [
    /^Nested mappings/,
    "a text holds a colon followed by a space, which makes it a field",
    "a text with a colon in quotes",
  ],
  [/^Block collections/, "an entry begins within brackets that are not closed", "`]` or `}` before it"],
  [/^Tabs are not/, "a line begins with a tab", "spaces"],
  [
    /same column|without - indicator|^Unexpected block-seq-ind/,
    "a line is indented otherwise than what it belongs to",
    "as many spaces as the entries around it have, and `- ` before each entry of a list",
  ],
  [/^Map keys must be unique/, "a field stands here a second time", "each field once"],
  [
    /^Implicit (map )?keys/,
    "a line is neither a field nor an entry",
    "`field: value`, or `- ` before an entry of a list",
    "a space must follow the colon, and the dash",
  ],
  [/^Plain value cannot start/, "a text begins with a sign that means something else", "the text in quotes"],
  [
    /^Unexpected (scalar|flow-(seq|map)-end)|^Unexpected map-value/,
    "something follows what is complete",
    "one value, in quotes as a whole where it holds quotes, brackets or `#`",
  ],
  [
    /^Unresolved alias/,
    "a text begins with `*`, which stands for something named before",
    "the text in quotes",
  ],
  [/^Unresolved tag/, "a text begins with `!`, which names a type", "the text in quotes"],
  [/multiple documents/, "a line of `---` begins a second document", "one document"],
];

/** @param found what stands there, and what follows */
export const brokenYaml = (where: Place, says: string, found: string): Problem => {
  const [, message, expected, hint] = yamlFaults.find(([form]) => form.test(says)) ?? [];
  const isKey = /^Map keys/.test(says);
  const [shown = ""] = (isKey ? /^[^\s:,]+/ : /^\S.{0,39}/).exec(found) ?? [];
  // Where JSON is read as YAML, it is JSON but for keys that stand twice.
  const form = where.file.endsWith(".json") ? "JSON" : "YAML";
  return error(
    `broken-${form.toLowerCase()}`,
    `this is not ${form}: ${message ?? says.replace(/\s+/g, " ")}`,
    {
      where,
      ...(shown === "" ? {} : { found: shown }),
      expected: expected ?? `valid ${form}`,
      ...(message === undefined
        ? { hint: "check indentation, quotes and colons here and in the line above" }
        : hint === undefined
          ? {}
          : { hint }),
    },
  );
};

/** @param isComma whether a comma stands before the end of a list or of fields */
export const brokenJson = (where: Place, found: string, expected: string, isComma: boolean): Problem =>
  error("broken-json", "this is not JSON from here on", {
    where,
    found,
    expected,
    ...(isComma ? { hint: "the comma before it is one too many" } : {}),
  });

/** @param kind what the schema wants, e.g. "array" */
export const emptyFile = (where: Place, kind: string): Problem =>
  error("empty-file", "this is empty", {
    where,
    expected: kind === "array" ? "a list; `[]` for none" : (kindNames[kind] ?? `a ${kind}`),
  });

export const fileTooLong = (file: string, found: number, most: number): Problem =>
  error("file-too-long", "this file is too long", {
    where: { file },
    found: `${found} characters`,
    expected: `at most ${most}`,
  });

/** @param found signs of structure */
export const fileTooFull = (file: string, found: number, most: number): Problem =>
  error("file-too-full", "this file holds too much", {
    where: { file },
    found: `${found} brackets, colons, commas, dashes, quotes and lines`,
    expected: `at most ${most}`,
    hint: "part it into several files, or write figures in bulk as CSV",
  });

export const storeTooFull = (folder: string, found: number, most: number): Problem =>
  error("store-too-full", "this store holds too much", {
    where: { file: folder },
    found: `${found} brackets, colons, commas, dashes, quotes and lines`,
    expected: `at most ${most}`,
  });

export const yamlTooDeep = (file: string, most: number): Problem =>
  error("yaml-too-deep", "this file nests or repeats itself too deeply", {
    where: { file },
    expected: `at most ${most} levels, and few aliases`,
  });

/** What the parser of CSV says, by its codes. */
const csvFaults: Readonly<Record<string, readonly [message: string, expected: string]>> = {
  CSV_QUOTE_NOT_CLOSED: ["a quote is not closed", 'a second `"` at the end of the value'],
  INVALID_OPENING_QUOTE: [
    "a quote stands within a value",
    'the whole value in quotes, and `""` for each quote in it',
  ],
  CSV_INVALID_CLOSING_QUOTE: [
    "something follows a quote that is closed",
    'a comma, or `""` for a quote in the value',
  ],
};

export const brokenCsv = (where: Place, code: string): Problem => {
  const [message, expected] = csvFaults[code] ?? [];
  return error("broken-csv", `this is not CSV${message === undefined ? "" : `: ${message}`}`, {
    where,
    expected: expected ?? "comma-separated values with a header line",
  });
};

export const otherSeparator = (where: Place, found: string): Problem =>
  error("broken-csv", "the values are not separated by commas", {
    where,
    found: found === "\t" ? "tabs" : `\`${found}\``,
    expected: "commas",
    hint: "save it as CSV (comma-separated)",
  });

export const duplicateColumn = (where: Place, name: string): Problem =>
  error("duplicate-column", `the column \`${name}\` stands here a second time`, {
    where,
    found: name,
    expected: "each column once",
  });

export const missingColumn = (where: Place, name: string): Problem =>
  error("missing-column", `there is no column \`${name}\``, {
    where,
    expected: "the header line names it, even where cells are empty",
  });

export const tooManyLines = (file: string, found: number, most: number): Problem =>
  error("file-too-full", "this file holds too much", {
    where: { file },
    found: `${found} lines`,
    expected: `at most ${most}`,
    hint: "part it into several files",
  });

export const unevenRow = (where: Place, found: number, expected: number): Problem =>
  error("broken-csv", "this row is not as long as the header", {
    where,
    found: `${found} cells`,
    expected: String(expected),
    hint: "put values that hold a comma in double quotes",
  });

export const unknownFile = (file: string, known: readonly string[]): Problem =>
  warning("unknown-file", "this file is not read", {
    where: { file },
    expected: `one of ${known.join(", ")}, or a file in findings/`,
    ...didYouMean(file.split("/").at(-1) ?? "", known),
  });

export const missingFile = (file: string): Problem =>
  error("missing-file", `the data folder has no \`${file}\``, { where: { file }, expected: "this file" });

export const unknownField = (where: Place, key: string, path: Path, known: readonly string[]): Problem =>
  error("unknown-field", `unknown field \`${key}\`${inside(path)}`, {
    where,
    found: key,
    expected: known.length > 0 ? `one of ${known.join(", ")}` : "no field of this name",
    ...didYouMean(key, known),
  });

export const badShape = (where: Place, path: Path, issue: z.core.$ZodIssue): Problem => {
  const names = path.filter((step) => typeof step === "string");
  const field = names.length > 0 ? `\`${names.join(".")}\`` : path.length > 0 ? "this entry" : "this file";
  const missing = issue.input === undefined && isOfKind(issue);
  if (path.at(-1) === "citations" && (missing || issue.code === "too_small")) return uncited(where);
  return error(
    missing ? "missing-field" : "bad-value",
    missing ? `missing field ${field}` : `${field} cannot be read`,
    {
      where,
      ...(missing ? {} : { found: show(issue.code === "invalid_key" ? path.at(-1) : issue.input) }),
      expected: expectedOf(issue),
      ...(missing ? {} : slipIn(issue)),
    },
  );
};

const isOfKind = ({ code }: z.core.$ZodIssue): boolean => code === "invalid_type" || code === "invalid_union";

/** Whether a field is not there at all; citations have a message of their own. */
export const isMissing = (issue: z.core.$ZodIssue): boolean =>
  issue.input === undefined && isOfKind(issue) && issue.path.at(-1) !== "citations";

export const missingFields = (where: Place, path: Path, names: readonly string[]): Problem =>
  error("missing-field", `missing fields ${names.map((name) => `\`${name}\``).join(", ")}${inside(path)}`, {
    where,
    expected: "each of them, as a field",
  });

export const uncited = (where: Place): Problem =>
  error("uncited", "a finding without a citation", {
    where,
    found: "no citation",
    expected: "citations: [{ source: …, line: …, written: … }]",
    hint: "name the source, the line it stands in, and the figure as printed there",
  });

export const duplicateId = (where: Place, id: string, first: Place): Problem =>
  error("duplicate-id", `the id \`${id}\` is taken`, {
    where,
    found: id,
    expected: `an id of its own; it was first given in ${first.file}:${first.line}`,
  });

export const duplicateFigure = (where: Place, id: string, first: string): Problem =>
  warning("duplicate-figure", `\`${id}\` says the same as \`${first}\``, {
    where,
    expected: "one finding with several citations",
    hint: `add the citation to \`${first}\` and remove this finding`,
  });

/** @param kind what was looked for: subject, metric, source, … */
export const unknownReference = (
  where: Place,
  kind: string,
  id: string,
  known: Iterable<string>,
  file: string,
): Problem =>
  error(`unknown-${kind}`, `unknown ${kind} \`${id}\``, {
    where,
    found: id,
    expected: `a ${kind} of ${file}`,
    ...didYouMean(id, known),
  });

export const badQuantity = (where: Place, found: string): Problem => {
  const plain = found.replace(/(?<=\d)[,，](?=\d{3})/g, "");
  return error("bad-quantity", "this quantity cannot be read", {
    where,
    found,
    expected:
      "[bound] number[–number] [scale] unit, e.g. `>1.5亿 CNY`, `120–130亿 USD`, `5.36 pp`, `0.55 USD/1M tokens`",
    ...(plain === found ? {} : { hint: `write \`${plain}\`, without commas between thousands` }),
  });
};

export const reversedRange = (where: Place, low: string, high: string): Problem =>
  error("bad-quantity", "this range runs backwards", {
    where,
    found: `${low}–${high}`,
    expected: "the smaller end first",
  });

/** @param file in which units are declared */
export const unknownUnit = (where: Place, unit: string, known: Iterable<string>, file: string): Problem =>
  error("unknown-unit", `unknown unit \`${unit}\``, {
    where,
    found: unit,
    expected: `a currency (ISO 4217), %, pp, x, or a unit of ${file}`,
    ...didYouMean(unit, known),
  });

export const unknownCurrency = (where: Place, unit: string): Problem =>
  error("unknown-currency", `unknown currency \`${unit}\``, {
    where,
    found: unit,
    expected: "an ISO 4217 code, e.g. CNY, USD",
    ...didYouMean(unit, commonCurrencies),
  });

export const wrongUnit = (where: Place, metric: string, measures: string, unit: string): Problem =>
  error("wrong-unit", `\`${metric}\` measures ${measures}, not ${unit}`, {
    where,
    found: unit,
    expected:
      measures === "percent"
        ? "%"
        : measures === "points"
          ? "pp"
          : measures === "money"
            ? "a currency"
            : measures,
  });

export const duplicateProduct = (where: Place, name: string, first: Place): Problem =>
  error("duplicate-product", `another product is called \`${name}\``, {
    where,
    found: name,
    expected: `a name of its own, in more than capitals; it was first given in ${first.file}:${first.line}`,
  });

export const duplicateHelper = (where: Place, path: string): Problem =>
  error("duplicate-helper", `\`${path}\` is named twice`, { where, found: path, expected: "each file once" });

export const duplicateLanguage = (where: Place, language: string): Problem =>
  error("duplicate-product", `the product is made in \`${language}\` twice`, {
    where,
    found: language,
    expected: "each language once",
  });

export const notALanguageOf = (
  product: string,
  found: string,
  known: readonly string[],
  where: Place,
): Problem =>
  error("other-language", `\`${product}\` is not made in \`${found}\``, {
    where,
    found,
    expected: `one of ${known.join(", ")}, or another language of the product in sourcedeck.yaml`,
  });

export const notADay = (where: Place, found: string): Problem =>
  error("bad-day", "this is no day", {
    where,
    found,
    expected: "a day, e.g. 2025-06-30, or an ISO week, e.g. 2025-W24",
  });

export const noJobs = (where: Place): Problem =>
  error("no-jobs", "this file names nothing to build", {
    where,
    expected: "jobs: [{ product: …, each: { company: { subjects: company } } }]",
  });

export const noProducts = (where: Place): Problem =>
  warning("no-products", "this file names no product", {
    where,
    expected: "products: [{ name: …, template: …, writer: pptx, languages: [en] }]",
  });

/** @param empty the lists that a finding needs and that have no entry */
export const emptyStore = (folder: string, empty: readonly string[]): Problem =>
  error("empty-store", "the store holds no finding", {
    where: { file: folder },
    expected: "at least one finding in a file of findings/",
    ...(empty.length > 0 && { hint: `add an entry to ${empty.join(", ")} first` }),
  });

/** @param where where the week stands in a file, when it does */
export const noSuchWeek = (week: string, where?: Place): Problem =>
  error("no-such-week", `there is no week \`${week}\``, {
    ...(where && { where }),
    found: week,
    expected: "an ISO week, e.g. 2025-W24",
  });

/** @param first the first week of which the store holds anything */
export const weekBeforeStore = (week: string, first: string, where?: Place): Problem =>
  error("week-before-store", `the store holds nothing as early as \`${week}\``, {
    ...(where && { where }),
    found: week,
    expected: `${first} or later`,
  });

/** @param first ISO date on which the first finding entered the store */
export const dayBeforeStore = (day: string, first: string, where?: Place): Problem =>
  error("day-before-store", `the store holds nothing as early as \`${day}\``, {
    ...(where && { where }),
    found: day,
    expected: `${first} or later`,
  });

export const badPeriod = (where: Place, found: string): Problem =>
  error("bad-period", "this period does not exist", {
    where,
    found,
    expected:
      "2025, 2025H1, 2025Q1, 2025-03, 2025-03-01, 2025-W24, FY2025, FY2026Q1, a range a..b, or @ before one of these",
    ...(/Q[05-9]/.test(found) ? { hint: "a year has the quarters Q1 to Q4" } : {}),
  });

export const notOneArithmetic = (where: Place, found: readonly string[]): Problem =>
  error("bad-check", "a check states one piece of arithmetic", {
    where,
    found: found.length === 0 ? "none" : found.join(", "),
    expected: "one of growth, sum, share, ratio, product, cagr, conversion, difference, part",
  });

export const notBetween = (where: Place, found: string, between: readonly string[]): Problem =>
  error("bad-ruling", "a ruling uses one of the findings that it names", {
    where,
    found,
    expected: `one of ${between.join(", ")}, or both`,
    ...didYouMean(found, between),
  });

export const noRecordedDate = (where: Place, id: string): Problem =>
  error("missing-field", `\`${id}\` has no day of entry`, {
    where,
    expected: "`recorded: YYYY-MM-DD`, here or at the top of the file",
  });

export const noSource = (where: Place): Problem =>
  error("missing-field", "this citation names no source", {
    where,
    expected: "`source: …`, here or at the top of the file",
  });

export const parentCircle = (where: Place, id: string): Problem =>
  error("parent-circle", `\`${id}\` is its own ancestor, or has too many`, {
    where,
    expected: "parents that end",
  });

function inside(path: Path): string {
  const names = path.filter((step) => typeof step === "string");
  return names.length > 0 ? ` in ${names.join(".")}` : "";
}

/** The choice that was meant, or how a number becomes the text that is wanted. */
function slipIn(issue: z.core.$ZodIssue): { hint?: string } {
  const { input } = issue;
  if (typeof input === "string") return didYouMean(input, choicesOf(issue));
  const wantsText = /^a text/.test(expectedOf(issue));
  const isPlain = typeof input === "number" || typeof input === "boolean";
  return wantsText && isPlain ? { hint: `in quotes it is a text: "${input}"` } : {};
}

/** A problem with a value of which nothing is left, because it begins like a comment. */
export const commented = (problem: Problem): Problem => ({
  ...problem,
  hint: "`#` begins a comment: a text that begins with it stands in quotes",
});

function choicesOf(issue: z.core.$ZodIssue): string[] {
  if (issue.code === "invalid_value") return issue.values.map(String);
  return issue.code === "invalid_union" ? issue.errors.flat().flatMap(choicesOf) : [];
}

/** How a field is told that has no value. */
export const nothing = "nothing";

/** What was found, short enough for a line. */
function show(input: unknown): string {
  if (Array.isArray(input)) return input.length === 0 ? "an empty list" : "a list";
  if (typeof input === "object" && input !== null) return "a map of fields";
  if (input === null) return nothing;
  const text = typeof input === "string" ? input : (JSON.stringify(input) ?? String(input));
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function expectedOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_value":
      return issue.values.length === 1 ? String(issue.values[0]) : `one of ${issue.values.join(", ")}`;
    case "invalid_type":
      return kindNames[issue.expected] ?? `a ${issue.expected}`;
    case "invalid_key":
      return issue.issues[0]?.message ?? "a name";
    case "invalid_format":
      return issue.format === "date" ? "a date, YYYY-MM-DD" : issue.message;
    case "invalid_union": {
      // The schema's own words for the choice say it better.
      if (issue.message !== "Invalid input") return issue.message;
      const ways = issue.errors.flatMap(([first]) => (first ? expectedOf(first).split(", or ") : []));
      return ways.length > 0 ? [...new Set(ways)].join(", or ") : issue.message;
    }
    case "too_big":
      return `at most ${counted(Number(issue.maximum), issue.origin)}`;
    case "too_small":
      return `${issue.inclusive === false ? "above" : "at least"} ${counted(Number(issue.minimum), issue.origin)}`;
    default:
      return issue.message;
  }
}

/** The kinds of values, as whoever writes a file calls them. */
const kindNames: Readonly<Record<string, string>> = {
  array: "a list",
  boolean: "true or false",
  int: "a whole number",
  object: "a map of fields",
  record: "a map of fields",
  string: "a text",
};

function counted(number: number, of: string): string {
  if (of === "string") return `${number} ${number === 1 ? "character" : "characters"}`;
  return of === "array" ? `${number} ${number === 1 ? "entry" : "entries"}` : String(number);
}

export const badFormula = (where: Place, { found, expected, hint }: FormulaFault): Problem =>
  error("bad-formula", "this formula cannot be read", {
    where,
    found,
    expected,
    ...(hint === undefined ? {} : { hint }),
  });

export const formulaOfNumbers = (where: Place): Problem =>
  error("bad-formula", "this formula names no figure", {
    where,
    expected: "ids of figures; a number that stands in no source is no figure",
  });

export const notAFigure = (where: Place, id: string, kind: string): Problem =>
  error("not-a-figure", `\`${id}\` is no figure`, { where, found: kind, expected: "the id of a figure" });

export const unknownPart = (where: Place, id: string, known: readonly string[]): Problem => {
  // `a-b` is one name: whether a minus was meant shows where its parts are names.
  const cuts = [...id.matchAll(/-/g)].map(({ index }) => [id.slice(0, index), id.slice(index + 1)] as const);
  const isPart = (name: string): boolean => /^\d*$/.test(name) || known.includes(name);
  const cut = cuts.find(([left, right]) => known.includes(left) && isPart(right));
  return error("unknown-finding", `there is no figure \`${id}\``, {
    where,
    found: id,
    expected: "the id of a figure of findings/ or of derived.yaml",
    ...(cut
      ? { hint: `a minus stands between spaces: \`${cut.join(" - ").trim()}\`` }
      : didYouMean(id, known)),
  });
};

/** @param circle ids from one figure back to itself */
export const formulaCircle = (where: Place, circle: readonly string[]): Problem =>
  error("formula-circle", `\`${circle[0]}\` is computed from itself`, {
    where,
    found: circle.join(" → "),
    expected: "formulas that end at findings",
  });

interface Entered {
  readonly id: string;
  readonly recorded: string;
  readonly at: Place;
}

export const withdrawnTooSoon = ({ id, recorded, at }: Entered, on: string): Problem =>
  error("withdrawn-too-soon", `\`${id}\` is withdrawn no later than it enters the store`, {
    where: at,
    found: on,
    expected: `a day after ${recorded}`,
    hint: "a finding that never held is deleted, not withdrawn",
  });

export const supersededTooSoon = ({ id, recorded, at }: Entered, old: Entered): Problem =>
  error("superseded-too-soon", `\`${id}\` supersedes \`${old.id}\`, which is no older than itself`, {
    where: at,
    found: `recorded ${recorded}, and ${old.recorded} for \`${old.id}\``,
    expected: "a finding of an earlier day",
    hint: "a slip of the same day is corrected where it stands",
  });

export const supersedesAnother = ({ id, at }: Entered, old: Entered, field: string): Problem =>
  error("supersedes-another", `\`${id}\` supersedes \`${old.id}\`, which is about something else`, {
    where: at,
    found: `another ${field}`,
    expected: `the same ${field} as in \`${old.id}\``,
    hint: "withdraw the old finding with `withdrawn: { on, why }`, and add the new one by itself",
  });

export const supersededTwice = (where: Place, old: string, first: Entered): Problem =>
  error("superseded-twice", `\`${old}\` is superseded already`, {
    where,
    found: old,
    expected: `\`${first.id}\`, which superseded it, or another finding`,
    hint: "correct the latest one of a chain",
  });
