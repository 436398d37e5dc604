/** What can be wrong with templates: one function per message. Where `where` is no parameter, whoever asked adds it. */

import { type Finding, languages } from "../findings/store.ts";
import { didYouMean, error, type Place, type Problem } from "../problem.ts";
import { type Damage, formOf, writtenName } from "./damage.ts";
import { directiveNames, isDirectiveName, textRoles } from "./directives.ts";
import type { Helper } from "./helper.ts";
import { limits } from "./limits.ts";
import type { DeclaredParam } from "./params.ts";

const list = (words: Iterable<string>): string => [...words].map((word) => `\`${word}\``).join(", ");

// Files

export const unknownTemplate = (name: string, known: readonly string[]): Problem =>
  error("unknown-template", `there is no template \`${name}\``, {
    found: name,
    expected: known.length > 0 ? `one of ${list(known)}` : "a file that ends in .md.hbs",
    ...didYouMean(name, known),
  });

export const tooLong = (file: string, found: number): Problem =>
  error("file-too-long", "this file is too long", {
    where: { file },
    found: `${found} characters`,
    expected: `at most ${limits.template}`,
  });

/** @param codePoint that of the character, however it is written */
export const reservedCharacter = (codePoint: number, where: Place): Problem =>
  error("reserved-character", "this template holds a character that cannot be printed", {
    where,
    found: `U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}`,
    expected: "no control, private-use or unassigned characters, and none that turn the direction of text",
  });

export const openFrontMatter = (where: Place): Problem =>
  error("open-front-matter", "the front matter does not end", {
    where,
    found: "`---`",
    expected: "a second line of `---`",
  });

export const noFrontMatter = (where: Place): Problem =>
  error("no-front-matter", "this template has no front matter", {
    where,
    expected: "`---`, `title: …`, `---` at the top",
  });

export const otherLanguage = (found: string, wanted: string, where: Place): Problem =>
  error("other-language", `this template is in another language than the document`, {
    where,
    found,
    expected: wanted,
  });

export const unknownParam = (name: string, known: readonly string[], where?: Place): Problem =>
  error("unknown-param", `the template takes no \`${name}\``, {
    ...(where && { where }),
    found: name,
    expected: known.length > 0 ? `one of ${list(known)}` : "nothing: the template is made for no one thing",
    ...didYouMean(name, known),
  });

export const missingParam = ({ name, type, kind, at }: DeclaredParam): Problem =>
  error("missing-param", `the template is made for one \`${name}\`, and none is given`, {
    where: at,
    expected: `the id of a ${type}${kind === undefined ? "" : ` of the kind ${kind}`}`,
    hint: `build it with --param ${name}=…, or for many with \`sourcedeck batch\``,
  });

export const subjectOfOtherKind = (id: string, kind: string, wanted: string): Problem =>
  error("other-kind", `\`${id}\` is of another kind`, {
    found: kind,
    expected: `a subject of the kind ${wanted}`,
  });

/** @param found the keys beside it */
export const halfWord = (path: string, found: readonly string[], where: Place): Problem => {
  const stray = found.filter((key) => !languages.some((language) => language === key));
  const [hint = {}] = stray.map((key) => didYouMean(key, languages));
  return error("half-word", `\`${path}\` is not in every language`, {
    where,
    ...(found.length > 0 ? { found: `{ ${found.map((key) => `${key}: …`).join(", ")} }` } : {}),
    expected: "{ en: …, zh: … }",
    ...hint,
  });
};

// Syntax

export const syntax = (where: Place, found: string | undefined, expected: string | undefined): Problem =>
  error("template-syntax", "this is not Handlebars", {
    where,
    ...(found === undefined ? {} : { found }),
    ...(expected === undefined ? {} : { expected }),
    hint: "look for an open `{{`, quote, bracket or block here or in the line above",
  });

/** @param line of the template in which it is closed */
export const unmatchedBlock = (
  where: Place,
  opened: string,
  closed: string,
  line: number | undefined,
): Problem =>
  error("template-syntax", `block \`${opened}\` is closed as \`${closed}\``, {
    where,
    found: `{{/${closed}}}${line === undefined ? "" : ` in line ${line}`}`,
    expected: `{{/${opened}}}`,
  });

export const openBlock = (where: Place, name: string): Problem =>
  error("template-syntax", `block \`${name}\` is not closed`, {
    where,
    found: `{{#${name} …}}`,
    expected: `{{/${name}}} at its end`,
  });

export const strayBlockEnd = (where: Place, found: string): Problem =>
  error("template-syntax", `\`${found}\` belongs to no block`, {
    where,
    found,
    expected: "a block around it, e.g. {{#if …}} … {{else}} … {{/if}}",
  });

export const openQuote = (where: Place): Problem =>
  error("template-syntax", "a quote is not closed", { where, expected: "a second quote before the `}}`" });

export const crookedQuote = (found: string, where: Place): Problem =>
  error("template-syntax", "a text within `{{…}}` stands in quotes that are not straight", {
    where,
    found,
    expected: '`"`, straight, before and after it',
    hint: "word processors and Chinese keyboards turn quotes: type them in a plain editor, on the English keyboard",
  });

export const openCall = (where: Place): Problem =>
  error("template-syntax", "a call is not closed in its line", { where, expected: "`}}` at its end" });

export const tooManyBraces = (where: Place): Problem =>
  error("template-syntax", "a call opens with too many braces", {
    where,
    found: "{{{{",
    expected: "`{{`",
  });

export const badPath = (where: Place, found: string): Problem =>
  error("template-syntax", `\`${found}\` leads to no field`, {
    where,
    found,
    expected: "`name`, `name.name`, or `../name` for a field of the loop around this one",
  });

export const tooDeep = (where: Place, most: number): Problem =>
  error("too-deep", "this is nested too deeply", { where, expected: `at most ${most} levels` });

export const refusedSyntax = (type: string, where: Place): Problem =>
  error("refused-syntax", "this kind of Handlebars is not allowed", {
    where,
    found: type === "PartialBlockStatement" ? "{{#> …}}" : "{{* …}}",
    expected: "{{x}}, {{#x}}…{{/x}} or {{> x}}",
  });

export const printedLiteral = (where: Place, found: string): Problem =>
  error("printed-literal", "a value in quotes cannot be printed like this", {
    where,
    found,
    expected: 'the name of a field or helper; `{{lit "…"}}` for a number',
  });

// Calls

export const unknownHelper = (name: string, where: Place, known: Iterable<string>): Problem =>
  error("unknown-helper", `there is no helper \`${name}\``, {
    where,
    found: name,
    ...didYouMean(name, known),
  });

/** @param helpers that might be called in its place */
export const unknownName = (
  name: string,
  where: Place,
  fields: readonly string[],
  helpers: Iterable<string> = [],
): Problem => {
  const called = [...helpers];
  const named = fields.length > 0 ? `a field, one of ${list(fields)}` : undefined;
  const expected = called.length > 0 ? [named, "a helper"] : [named];
  return error("unknown-name", `\`${name}\` is neither a field here nor a helper`, {
    where,
    found: name,
    expected: expected.filter((one) => one !== undefined).join(", or ") || "a field, which only loops have",
    ...didYouMean(name, [...fields, ...called]),
  });
};

export const notABlock = (helper: Helper, where: Place): Problem =>
  error("not-a-block", `\`${helper.name}\` has no block`, {
    where,
    found: `{{#${helper.name}}}`,
    expected: helper.example,
  });

export const onlyABlock = (helper: Helper, where: Place): Problem =>
  error("only-a-block", `\`${helper.name}\` needs a block`, {
    where,
    found: `{{${helper.name}}}`,
    expected: helper.example,
  });

/** @param name of the argument; none for one of many */
export const missingArgument = (
  helper: Helper,
  name: string | undefined,
  takes: string,
  where: Place,
): Problem =>
  error(
    "missing-argument",
    `\`${helper.name}\` lacks its ${name === undefined ? "arguments" : `argument \`${name}\``}`,
    {
      where,
      expected: `${takes}, as in ${helper.example}`,
    },
  );

export const tooManyArguments = (helper: Helper, where: Place): Problem =>
  error("too-many-arguments", `\`${helper.name}\` has an argument too many`, {
    where,
    expected: `${Object.keys(helper.positional).length} without a name, as in ${helper.example}`,
  });

export const unknownArgument = (helper: Helper, name: string, where: Place): Problem => {
  const known = Object.keys(helper.named);
  return error("unknown-argument", `\`${helper.name}\` has no argument \`${name}\``, {
    where,
    found: `${name}=`,
    expected: known.length > 0 ? `one of ${list(known)}` : `no named arguments, as in ${helper.example}`,
    ...didYouMean(name, known),
  });
};

/** @param known words of which one may have been meant */
export const badArgument = (
  found: string | undefined,
  takes: string,
  known: readonly string[] = [],
): Problem =>
  error(
    "bad-argument",
    found === undefined ? "this argument has no value" : `\`${found}\` cannot be used here`,
    {
      ...(found === undefined ? {} : { found, ...didYouMean(found, known) }),
      expected: takes,
    },
  );

export const badChoice = (found: string, choices: readonly string[]): Problem =>
  error("bad-argument", `\`${found}\` cannot be used here`, {
    found,
    expected: `one of ${list(choices)}`,
    ...didYouMean(found, choices),
  });

/** Ids that are few enough to be told all. */
const few = 12;

/** Where the ids of a kind are found. */
const homes: Readonly<Record<string, string>> = {
  finding: "the id of a figure, as `sourcedeck list` tells them",
  subject: "a subject of subjects.yaml",
  metric: "a metric of metrics.yaml",
  source: "a source of sources.yaml",
  scheme: "a scheme of schemes.yaml",
  category: "a category of schemes.yaml",
  place: "a place of places.yaml",
  word: "a word of words.yaml",
};

export const unknownId = (what: string, id: string, known: Iterable<string>): Problem => {
  const ids = [...known];
  const home = homes[what];
  const all = what !== "finding" && ids.length > 0 && ids.length <= few;
  const expected = all ? `one of ${list(ids)}` : home;
  return error(`unknown-${what.replaceAll(" ", "-")}`, `there is no ${what} \`${id}\``, {
    found: id,
    ...(expected === undefined ? {} : { expected }),
    ...didYouMean(id, ids),
  });
};

/** @param wanted kind of finding that the helper prints */
export const otherKind = (id: string, wanted: string, kind: string): Problem =>
  error("not-a-figure", `\`${id}\` is no ${wanted}`, {
    found: article(kind),
    expected: `the id of ${article(wanted)}`,
    ...(kind === "event" ? { hint: `{{what "${id}"}} prints it` } : {}),
    ...(kind === "statement" ? { hint: `{{say "${id}"}} prints it` } : {}),
    ...(kind === "figure" ? { hint: `{{fig "${id}"}} prints it` } : {}),
  });

const article = (noun: string): string => `${/^[aeiou]/.test(noun) ? "an" : "a"} ${noun}`;

export const withdrawn = (id: string, { on, why }: NonNullable<Finding["withdrawn"]>): Problem =>
  error("withdrawn", `\`${id}\` no longer holds`, {
    found: `withdrawn on ${on}: ${why.en}`,
    expected: "a finding that holds",
  });

/** @param withdrawn ids of findings of its formula that no longer hold */
export const notDerived = (id: string, withdrawn: readonly string[]): Problem =>
  error("not-derived", `\`${id}\` of derived.yaml cannot be computed`, {
    found: withdrawn.length === 0 ? "a formula that does not come out" : `withdrawn: ${withdrawn.join(", ")}`,
    expected: "figures that hold, in a formula that comes out in its unit",
  });

export const noWeek = (): Problem =>
  error("no-week", "this document is not made for a week", {
    expected: "a week, given with the product or on the command line, e.g. 2025-W32",
  });

export const mixedUnits = (units: readonly string[]): Problem =>
  error("mixed-units", "figures in different units cannot be sorted by value", {
    found: units.join(", "),
    expected: "one unit, or money with rates between the currencies",
    hint: "narrow the loop by `metric`, or sort by another key",
  });

/** An argument of `count` that the counted loop does not take. */
export const strayFilter = (loop: Helper, name: string): Problem => {
  const known = Object.keys(loop.named);
  return error("unknown-argument", `\`${loop.name}\` are not counted by \`${name}\``, {
    found: `${name}=`,
    expected: `one of ${list(known)}`,
    ...didYouMean(name, known),
  });
};

export const notAList = (where: Place): Problem =>
  error("not-a-list", "`each` goes through lists only", {
    where,
    expected: "a field that is a list, e.g. `findings`",
  });

// Helpers as code

export const helperNameTaken = (name: string, where: Place): Problem =>
  error("helper-name-taken", `there is a helper \`${name}\` already`, {
    where,
    found: name,
    expected: "a name of its own",
  });

export const helperThrew = (name: string, thrown: unknown): Problem =>
  error("helper-threw", `\`${name}\` failed`, {
    found: whatWasThrown(thrown),
    expected: "a text",
    hint: "look into the helper's file, or at what is given to it here",
  });

/** One line of it; whatever was thrown may have been made to be hard to print. */
export function whatWasThrown(thrown: unknown): string {
  try {
    const said = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
    return said.replace(/[\p{Cc}\s]+/gu, " ").slice(0, 200);
  } catch {
    return "something that cannot be printed";
  }
}

export const helperGaveNoText = (name: string, found: string): Problem =>
  error("helper-no-text", `\`${name}\` gave no text`, { found, expected: "a string" });

export const helperGaveTooMuch = (name: string, length: number): Problem =>
  error("helper-too-much", `\`${name}\` gave too long a text`, {
    found: `${length} characters`,
    expected: `at most ${limits.madeText}`,
  });

export const helperGaveCharacter = (name: string, codePoint: number): Problem =>
  error("reserved-character", `\`${name}\` gave a character that cannot be printed`, {
    found: `U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}`,
    expected: "no control, private-use or unassigned characters, and none that turn the direction of text",
  });

// Partials

export const unknownPartial = (name: string, where: Place, known: readonly string[]): Problem =>
  error("unknown-partial", `there is no partial \`${name}\``, {
    where,
    found: name,
    expected: known.length > 0 ? `one of ${list(known)}` : "a file in partials/",
    ...didYouMean(name, known),
  });

export const dynamicPartial = (where: Place): Problem =>
  error("dynamic-partial", "a partial is called by its name", { where, expected: "{{> name}}" });

export const selfIncluding = (chain: readonly string[], where: Place): Problem =>
  error("self-including-partial", `partial \`${chain.at(-1)}\` includes itself`, {
    where,
    found: chain.join(" → "),
    expected: "partials that do not come back to themselves",
  });

export const partialsTooDeep = (chain: readonly string[], where: Place): Problem =>
  error("partials-too-deep", "partials are nested too deeply", {
    where,
    found: chain.join(" → "),
    expected: `at most ${limits.partials} within each other`,
  });

export const tooManySteps = (where: Place): Problem =>
  error("too-many-steps", "the template goes on for too long", {
    where,
    expected: `at most ${limits.steps} turns of loops and calls of partials`,
  });

export const tooMuchOutput = (where: Place): Problem =>
  error("too-much-output", "the template prints too much", {
    where,
    expected: `at most ${limits.output} characters`,
  });

// Numbers

export const typedNumber = (found: string, where: Place): Problem =>
  error("typed-number", `the number \`${found}\` was typed by hand`, {
    where,
    found,
    expected: '`{{fig "…"}}` for a figure of the store, `{{lit "…"}}` for a number that is none',
  });

export const typedNumberInData = (found: string, where: Place): Problem =>
  error("typed-number", `the number \`${found}\` was typed into a text`, {
    where,
    found,
    expected: "`{finding-id}` in its place",
  });

/** For texts that name no findings: notes and reasons. */
export const typedNumberInWords = (found: string, where: Place): Problem =>
  error("typed-number", `the number \`${found}\` was typed into a text`, {
    where,
    found,
    expected: "words alone; a number belongs into a finding, with its citation",
  });

export const unknownReference = (id: string, where: Place, known: Iterable<string>): Problem =>
  error("unknown-finding", `the text names a figure \`${id}\` that does not exist`, {
    where,
    found: `{${id}}`,
    ...didYouMean(id, known),
  });

// Markdown

export const tooManyLines = (where: Place): Problem =>
  error("too-much-output", "the template gives too many lines", {
    where,
    expected: `at most ${limits.lines}`,
    hint: "choose what matters, e.g. with `limit=` in loops",
  });

export const tooManyMarks = (where: Place): Problem =>
  error("too-many-marks", "a paragraph has too many marks that pair", {
    where,
    expected: `at most ${limits.emphasis} of \`*\`, \`_\`, \`~\`, \`[\` and backquotes`,
  });

export const listStart = (found: number, where: Place): Problem =>
  error("list-start", "a numbered list begins with another number than one", {
    where,
    found: `\`${found}.\``,
    expected: "`1.`",
    hint: `a number that must stay is written {{lit "${found}."}}`,
  });

export const brokenTable = (where: Place): Problem =>
  error("broken-table", "these lines look like a table and are none", {
    where,
    expected: "under the header a line of `| - |` with as many cells",
  });

export const notInTheModel = (found: string, expected: string, where: Place, hint?: string): Problem =>
  error("unsupported-markdown", `${found} cannot stand here`, {
    where,
    found,
    expected,
    ...(hint === undefined ? {} : { hint }),
  });

export const unknownDirective = (found: string, known: readonly string[], where: Place): Problem =>
  error("unknown-directive", `there is no directive \`${found}\``, {
    where,
    found,
    expected: `one of ${list(known)}`,
    ...didYouMean(found, known),
  });

/** What would be printed as it stands, with its colons. */
export const damagedDirective = ({ found, line, meant, lacks }: Damage, where: Place): Problem =>
  meant !== undefined && lacks !== undefined
    ? error("damaged-directive", `this is not read as \`${writtenName(meant)}\`: ${lacks}`, {
        where,
        found: line.length > 60 ? `${line.slice(0, 60)}…` : line,
        expected: `\`${formOf(meant)}\`${isDirectiveName(meant) ? ", on a line of its own" : ""}`,
      })
    : error("unknown-directive", `there is no directive \`${found}\``, {
        where,
        found,
        expected: `one of ${list(/^:(?!:)/.test(found) ? textRoles.map(writtenName) : directiveNames.map(writtenName))}`,
        hint:
          meant === undefined
            ? "colons that are meant as they are have a backslash before them, `\\:`"
            : `did you mean \`${writtenName(meant)}\`?`,
      });

export const strayFence = (where: Place): Problem =>
  error("stray-fence", "this line of colons closes nothing", {
    where,
    found: "`:::`",
    expected: "a directive that is open, e.g. `:::kpi`",
    hint: "a directive around another one has a colon more, at its beginning and at its end: `::::columns`",
  });

/** @param found what stands where it should have ended */
export const openDirective = (directive: string, found: string, where: Place): Problem =>
  error("open-directive", `\`${directive}\` is not closed`, {
    where,
    found,
    expected: "a line of `:::` at its end",
  });

export const misplacedDirective = (name: string, expected: string, where: Place): Problem =>
  error("misplaced-directive", `\`${name}\` cannot stand here`, { where, found: name, expected });

export const unknownAttribute = (
  directive: string,
  name: string,
  known: readonly string[],
  where: Place,
): Problem =>
  error("unknown-attribute", `\`${directive}\` has no attribute \`${name}\``, {
    where,
    found: name,
    expected: known.length > 0 ? `one of ${list(known)}` : "no attributes",
    ...didYouMean(name, known),
  });

export const missingAttribute = (directive: string, name: string, where: Place): Problem =>
  error("missing-attribute", `\`${directive}\` lacks its attribute \`${name}\``, {
    where,
    expected: `{${name}="…"}`,
  });

export const missingAlt = (name: string, where: Place): Problem =>
  error("missing-alt", `chart \`${name}\` has no alternative text`, {
    where,
    expected: `::chart[what it shows]{name="${name}"}`,
  });

export const badWidths = (found: string, columns: number, where: Place): Problem =>
  error("bad-widths", "the columns do not fill the page", {
    where,
    found: `${found} for ${columns} ${columns === 1 ? "column" : "columns"}`,
    expected: 'a width for each column, together 12, e.g. widths="8,4"',
  });

export const notOneList = (directive: string, where: Place): Problem =>
  error("not-one-list", `\`${directive}\` holds one list and nothing else`, {
    where,
    expected: "- **lead** label, and details on the lines below",
  });

export const entryWithoutLead = (directive: string, where: Place): Problem =>
  error("entry-without-lead", `an item of \`${directive}\` does not begin with its lead`, {
    where,
    expected: "- **lead** label",
  });

export const entryWithoutRoute = (where: Place): Problem =>
  error("entry-without-route", "an item of `:::map` names no places", {
    where,
    expected: '- **lead** {{route "from" "to"}}, or {{route "place"}} for a point',
  });

export const notOneTable = (where: Place): Problem =>
  error("not-one-table", "`:::matrix` holds one table, and a line under it as its legend", {
    where,
    expected: "| company | way | and so on",
  });

export const cellWithoutMark = (found: string, where: Place): Problem =>
  error("cell-without-mark", "a cell of the matrix does not begin with its mark", {
    where,
    found,
    expected: "● and a word, ○ and a word, or –",
  });

export const raggedTable = (found: number, expected: number, where: Place): Problem =>
  error("ragged-table", "a row of the table has not as many cells as its header", {
    where,
    found: `${found} ${found === 1 ? "cell" : "cells"}`,
    expected: `${expected} ${expected === 1 ? "cell" : "cells"}`,
  });

export const badLink = (url: string, where: Place): Problem =>
  error("bad-link", "a link leads nowhere it may", { where, found: url, expected: "https://… or mailto:…" });

export const emptyTitle = (what: string, where: Place): Problem =>
  error("empty-title", `this ${what} has no title`, { where, expected: "words after the `#`" });
