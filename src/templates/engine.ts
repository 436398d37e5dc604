/**
 * The engine: templates filled with evidence. The only file that imports Handlebars, and of it the parser alone: what runs
 * templates there is not used, and would take longest to load.
 */
import { parse } from "handlebars/dist/cjs/handlebars/compiler/base.js";
import type { Evidence } from "../evidence/evidence.ts";
import type { Figure, Lineage } from "../evidence/figure.ts";
import type { Inline } from "../model/document.ts";
import { typedNumbers } from "../model/numbers.ts";
import { figuresIn, lineagesIn, plainText } from "../model/walk.ts";
import { hasErrors, type Outcome, type Place, type Problem } from "../problem.ts";
import { check } from "./check.ts";
import { helpersOf } from "./code.ts";
import { evaluate } from "./evaluate.ts";
import { formatsOf } from "./formats.ts";
import { type Front, splitFront } from "./front.ts";
import { type Library, namesOf, templatePath } from "./library.ts";
import { limits } from "./limits.ts";
import * as messages from "./messages.ts";
import { Output, pieces, reserved, type Written } from "./output.ts";
import type { FillOptions, World } from "./parameters.ts";
import { straightened } from "./quotes.ts";
import type { Location, Program, Template } from "./syntax.ts";
import { Partials, Problems } from "./templates.ts";
import { wordsOf } from "./words.ts";

export type { FillOptions } from "./parameters.ts";

/** A template filled: Markdown, and what its front matter says. */
export interface Filled extends Written {
  readonly title: readonly Inline[];
  readonly subtitle: readonly Inline[];
  readonly audience: readonly Inline[];
  /** Where the title stands. */
  readonly at: Place;
  /** Named in the front matter. */
  readonly theme: { readonly name: string; readonly at: Place } | undefined;
  readonly staleDays: number | undefined;
  readonly options: FillOptions;
}

/** Fills the template `name`, e.g. `briefing.en`. What can be printed is, so that later phases find their problems, too. */
export function fill(
  library: Library,
  name: string,
  evidence: Evidence,
  options: FillOptions,
): Outcome<Filled> {
  const found = library.files.get(templatePath(name));
  if (!found)
    return { value: undefined, problems: [messages.unknownTemplate(name, namesOf(library, "templates"))] };
  const problems = new Problems();
  problems.add(...wordsOf(library).problems, ...formatsOf(library).problems, ...helpersOf(library).problems);
  const { body, front } = splitFront({ ...found, text: lines(found.text) });
  const unknown = new Map(Object.keys(front.value?.front.params ?? {}).map((param) => [param, undefined]));
  const world = worldOf(library, evidence, { params: unknown, ...options });
  problems.add(...front.problems);
  const { language: declared } = front.value?.front ?? {};
  if (front.value && declared !== undefined && declared !== options.language)
    problems.add(messages.otherLanguage(declared, options.language, front.value.at("language")));

  const written = run(library, name, body, { file: found.file, line: 1, column: 1 }, world, problems);
  const inline = (field: "title" | "subtitle" | "audience"): Inline[] => {
    const text = front.value?.front[field];
    if (!front.value || text === undefined) return [];
    return fillLine(library, text, front.value.at(field), world, problems);
  };
  const [title, subtitle, audience] = [inline("title"), inline("subtitle"), inline("audience")];
  if (!written) return { value: undefined, problems: problems.all };
  const { theme, limits: allowed }: Partial<Front> = front.value?.front ?? {};
  return {
    value: {
      ...written,
      title,
      subtitle,
      audience,
      at: front.value?.at("title") ?? { file: found.file, line: 1, column: 1 },
      theme: theme === undefined || !front.value ? undefined : { name: theme, at: front.value.at("theme") },
      staleDays: allowed?.["stale-days"],
      options,
    },
    problems: problems.all,
  };
}

/** All that helpers may know of a document. */
export function worldOf(library: Library, evidence: Evidence, options: FillOptions): World {
  return {
    evidence,
    options,
    words: wordsOf(library).value,
    formats: formatsOf(library).value,
    helpers: helpersOf(library).value,
    defaults: {},
    params: options.params ?? new Map(),
    asKeys: false,
  };
}

/**
 * For strings inside chart specs: plain text, and the figures it shows. Typed numbers are problems beside the value.
 * @param asKeys things of the store are printed by their ids and not by their names, as a query wants them
 */
export function fillText(
  library: Library,
  text: string,
  where: Place,
  evidence: Evidence,
  options: FillOptions,
  asKeys = false,
): Outcome<{
  readonly text: string;
  readonly figures: readonly Figure[];
  readonly lineages: readonly Lineage[];
}> {
  const problems = new Problems();
  const world = { ...worldOf(library, evidence, options), asKeys };
  const written = run(library, "", text, where, world, problems);
  if (!written || hasErrors(problems.all)) return { value: undefined, problems: problems.all };
  const line = judged(written, where, problems);
  return {
    value: { text: plainText(line), figures: figuresIn(line), lineages: lineagesIn(line) },
    problems: problems.all,
  };
}

/** A line of front matter: text and nodes, in which typed numbers are problems. */
function fillLine(library: Library, text: string, where: Place, world: World, problems: Problems): Inline[] {
  const written = run(library, "", text, where, world, problems);
  return written ? judged(written, where, problems) : [];
}

/** Text and nodes of a line that is no Markdown. Numbers typed in it are located at `where`, those of a partial there. */
function judged(written: Written, where: Place, problems: Problems): Inline[] {
  return pieces(written).flatMap(({ part, offset }): Inline[] => {
    const node: Inline = typeof part === "string" ? { type: "text", value: part } : part;
    if (node.type !== "text") return [node];
    let from = 0;
    for (const number of typedNumbers(node.value)) {
      const found = node.value.indexOf(number, from);
      from = found + number.length;
      const at = written.placeAt(offset + (node === part ? 0 : found));
      problems.add(messages.typedNumber(number, at.file === where.file ? where : at));
    }
    return node.value === "" ? [] : [node];
  });
}

function run(
  library: Library,
  name: string,
  text: string,
  where: Place,
  world: World,
  problems: Problems,
): Written | undefined {
  const template = read(name, text, where);
  problems.add(...template.problems);
  if (!template.value) return undefined;
  const partials = new Partials(
    library,
    (partial, source, place) => read(partial, lines(source), place),
    problems,
  );
  const output = new Output();
  const isFillable = check(template.value, world, partials, problems);
  return isFillable && evaluate(template.value, world, partials, output, problems)
    ? output.written()
    : undefined;
}

/** Line ends as one character, without a byte order mark. */
function lines(text: string): string {
  return text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
}

/** Text as a tree. `where` is the place at which the text begins. */
function read(name: string, text: string, where: Place): Outcome<Template> {
  if (text.length > limits.template) return failed(messages.tooLong(where.file, text.length));
  const place = ({ start }: Location): Place => {
    if (where.line === undefined) return where;
    if (start.line > 1)
      return { file: where.file, line: where.line + start.line - 1, column: start.column + 1 };
    return where.column === undefined ? where : { ...where, column: where.column + start.column };
  };
  const stray = text.search(reserved);
  if (stray >= 0)
    return failed(
      messages.reservedCharacter(text.codePointAt(stray) ?? 0, place({ start: positionOf(text, stray) })),
    );
  const raw = withoutComments(text).indexOf("{{{{");
  if (raw >= 0) return failed(messages.tooManyBraces(place({ start: positionOf(text, raw) })));
  const deep = tooDeepAt(text);
  if (deep !== undefined)
    return failed(messages.tooDeep(place({ start: positionOf(text, deep) }), limits.nesting));
  const { text: straight, offsets } = straightened(text, withoutComments);
  const crooked = offsets.map((offset) =>
    messages.crookedQuote(text.charAt(offset), place({ start: positionOf(text, offset) })),
  );
  try {
    // Our own tree describes the part of Handlebars' that is understood here.
    return { value: { name, program: parse(straight) as Program, place }, problems: crooked };
  } catch (fault) {
    if (fault instanceof RangeError) return failed(messages.tooDeep(where, limits.nesting));
    if (fault instanceof Error) return failed(explain(fault, text, place));
    throw fault;
  }
}

/** The text with blanks for its comments, where braces mean nothing. What follows an open comment is left as it is. */
function withoutComments(text: string): string {
  const parts: string[] = [];
  const opening = /\{\{~?!(--)?/g;
  let from = 0;
  for (let open = opening.exec(text); open; open = opening.exec(text)) {
    const closing = open[1] === undefined ? /\}\}/g : /--~?\}\}/g;
    closing.lastIndex = opening.lastIndex;
    if (!closing.test(text)) break;
    parts.push(text.slice(from, open.index), " ".repeat(closing.lastIndex - open.index));
    from = opening.lastIndex = closing.lastIndex;
  }
  return [...parts, text.slice(from)].join("");
}

/** What opens, goes on (`{{else if}}`) or closes a block, begins another mustache, or is a bracket. */
const nesting =
  /(?<!\\)\{\{~?(?:(?<opens>#|\^(?!~?\s*\}))|(?<chains>else\s+\w)|(?<closes>\/))?|(?<bracket>[()])/g;

/** Where the text goes deeper than allowed: seen before parsing, for which depth costs time by its square. */
function tooDeepAt(text: string): number | undefined {
  const blocks: number[] = [];
  let depth = 0;
  let brackets = 0;
  for (const { index, groups = {} } of withoutComments(text).matchAll(nesting)) {
    if (groups.bracket !== undefined) brackets += groups.bracket === "(" ? 1 : -1;
    else brackets = 0;
    if (groups.opens !== undefined) {
      blocks.push(1);
      depth += 1;
    }
    if (groups.chains !== undefined && blocks.length > 0) {
      blocks[blocks.length - 1]! += 1;
      depth += 1;
    }
    if (groups.closes !== undefined) depth -= blocks.pop() ?? 0;
    if (depth > limits.nesting || brackets > limits.nesting) return index;
  }
  return undefined;
}

/** Handlebars says the line in its text, and draws the column with a caret below the text around it. */
function explain(
  fault: Error & { lineNumber?: number; column?: number },
  text: string,
  place: (at: Location) => Place,
): Problem {
  if (fault.lineNumber !== undefined) {
    const start = { line: fault.lineNumber, column: fault.column ?? 0 };
    const says = fault.message.replace(/ - \d+:\d+$/, "");
    const [, opened, closed = ""] = /^(.+) doesn't match (.+)$/.exec(says) ?? [];
    if (opened === undefined) return messages.badPath(place({ start }), says.replace(/^Invalid path: /, ""));
    const end = text.indexOf(`/${closed}`, offsetOf(text, start));
    const line = end < 0 ? undefined : place({ start: positionOf(text, end) }).line;
    return messages.unmatchedBlock(place({ start }), opened, closed, line);
  }
  const [head = "", shown = "", caret = "", ...more] = fault.message.split("\n");
  const line = Number(/on line (\d+)/.exec(head)?.[1] ?? 1);
  const [, expected, found] = /^Expecting (.*), got '(.*)'$/.exec(more.join(" ")) ?? [];
  const start = caretIn(text, line, shown.slice(0, caret.indexOf("^")));
  const where = place({ start });
  const offset = found === "EOF" ? text.length : offsetOf(text, start);
  const rest = text.slice(offset);
  const call = text.lastIndexOf("{{", offset - 1);
  const within = text.slice(Math.max(0, call), offset) + (/^\s*/.exec(rest)?.[0] ?? "");
  if (call >= 0 && found !== "CLOSE" && !within.includes("}}") && within.includes("\n"))
    return messages.openCall(place({ start: positionOf(text, call) }));
  const unclosed = found === "EOF" ? openAt(text) : undefined;
  if (unclosed) return messages.openBlock(place({ start: positionOf(text, unclosed.offset) }), unclosed.name);
  if (found === "INVALID" && /^["']/.test(rest)) return messages.openQuote(where);
  if (expected === "'EOF'") return messages.strayBlockEnd(where, /^.*?\}\}/.exec(rest)?.[0] ?? "{{/");
  const stray = found === "INVALID" && rest !== "" ? `\`${rest.charAt(0)}\`` : undefined;
  return messages.syntax(where, stray ?? (found && tokenNames[found]), tokensInWords(expected));
}

/** The innermost block that is open at the end of the text, and where it opens. */
function openAt(text: string): { readonly name: string; readonly offset: number } | undefined {
  const open: { name: string; offset: number }[] = [];
  for (const { index, 1: sign, 2: name = "" } of withoutComments(text).matchAll(
    /(?<!\\)\{\{~?([#/^])[*>]?\s*([^\s}~]*)/g,
  )) {
    if (sign === "/") open.pop();
    else if (name !== "") open.push({ name, offset: index });
  }
  return open.at(-1);
}

/** Of the text before a fault, Handlebars shows no more than this, its line ends left out. */
const shownBefore = 20;

/** The place before which the text is as `shown`, on the line or nearest before it. */
function caretIn(text: string, line: number, shown: string): Location["start"] {
  const cut = shown.startsWith("...") && shown.length > 3;
  const wanted = cut ? shown.slice(3) : shown;
  const last = text.split("\n").slice(0, line).join("\n").length;
  for (let end = cut ? last : Math.min(last, shownBefore); end >= 0; end--) {
    const before = text.slice(cut ? Math.max(0, end - shownBefore) : 0, end);
    if (before.replaceAll("\n", "") === wanted) return positionOf(text, end);
  }
  return { line, column: 0 };
}

function offsetOf(text: string, { line, column }: Location["start"]): number {
  const above = text.split("\n").slice(0, line - 1);
  return above.reduce((sum, row) => sum + row.length + 1, column);
}

function positionOf(text: string, offset: number): Location["start"] {
  const rows = text.slice(0, offset).split("\n");
  return { line: rows.length, column: rows.at(-1)?.length ?? 0 };
}

/** Handlebars' tokens as an author knows them; those without a row are left out of messages. */
const tokenNames: Readonly<Record<string, string>> = {
  CLOSE: "`}}`",
  CLOSE_SEXPR: "`)`",
  EOF: "the end of the template",
  OPEN_ENDBLOCK: "`{{/`",
  INVERSE: "`{{else}}`",
  OPEN_INVERSE_CHAIN: "`{{else …`",
  ID: "a name",
  STRING: "a quoted string",
  NUMBER: "a number",
  EQUALS: "`=`",
  INVALID: "a stray character",
  CONTENT: "text",
};

function tokensInWords(expected: string | undefined): string | undefined {
  const known = expected?.split(", ").flatMap((name) => tokenNames[name.replaceAll("'", "")] ?? []) ?? [];
  return known.length > 0 ? [...new Set(known)].join(", ") : undefined;
}

function failed(problem: Problem): { value: undefined; problems: readonly Problem[] } {
  return { value: undefined, problems: [problem] };
}
