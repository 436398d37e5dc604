/**
 * Reading: the text of a template as a tree. The only file that imports Handlebars, and of it the parser alone: what runs
 * templates there is not used, and would take longest to load.
 */
import { parse } from "handlebars/dist/cjs/handlebars/compiler/base.js";
import { fromMemory, keyOf, type Memory, remember } from "../memory.ts";
import type { Outcome, Place, Problem } from "../problem.ts";
import { limits } from "./limits.ts";
import * as messages from "./messages.ts";
import { reserved } from "./output.ts";
import { straightened } from "./quotes.ts";
import type { Location, Program, Template } from "./syntax.ts";

/** UTF-16 units; shorter texts, such as lines of charts, are read sooner than they are looked up. */
const leastRemembered = 500;
/** Short texts that were read last: those of a chart are for each language, and for each document that shows it. */
const short = new Map<string, Program>();
const mostShort = 5_000;

/**
 * Text as a tree.
 * @param where the place at which the text begins
 * @param memory of texts that were read before without a problem
 */
export function readTemplate(name: string, text: string, where: Place, memory?: Memory): Outcome<Template> {
  const key = memory && text.length >= leastRemembered ? keyOf("template", text) : undefined;
  const known = key && fromMemory<Program>(memory?.get(key));
  const place = placesFrom(where);
  if (known) return { value: { name, program: known, place }, problems: [] };
  const before = short.get(text);
  if (before) return { value: { name, program: before, place }, problems: [] };
  const read = readAnew(name, text, where, place);
  if (text.length < leastRemembered && read.value && read.problems.length === 0) {
    if (short.size >= mostShort) short.clear();
    short.set(text, read.value.program);
  }
  if (key && read.value && read.problems.length === 0) remember(memory, key, read.value.program, lean);
  return read;
}

/** Of Handlebars' tree no more than what we ask for: where things begin, and nothing of its own handling of white space. */
function lean(key: string, value: unknown): unknown {
  return /^(?:end|source|strip|openStrip|closeStrip|inverseStrip|chained)$/.test(key) ? undefined : value;
}

function placesFrom(where: Place): Template["place"] {
  return ({ start }) => {
    if (where.line === undefined) return where;
    if (start.line > 1)
      return { file: where.file, line: where.line + start.line - 1, column: start.column + 1 };
    return where.column === undefined ? where : { ...where, column: where.column + start.column };
  };
}

function readAnew(name: string, text: string, where: Place, place: Template["place"]): Outcome<Template> {
  if (text.length > limits.template) return failed(messages.tooLong(where.file, text.length));
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
