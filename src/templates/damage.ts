/**
 * Damage: what was meant as a directive or as a coloured span and is none, so that it would be printed with its colons.
 *
 * Text is text unless it is
 * - at the beginning of a line, two colons or more before a word, with a blank between or not;
 * - elsewhere, colons right before the name of a directive or a role, or a slip of it, and a bracket or brace after it;
 * - colons after a blank and right before such a name alone, a blank or nothing after it;
 * - after a blank or an opening bracket, one colon before any word of two letters or more with a bracket after it.
 *
 * A letter or digit right before the colons makes text of them (`10:30`, `a::b`, `std::map[0]`), as does a backslash.
 */
import { nearest } from "../problem.ts";
import {
  type DirectiveName,
  directiveNames,
  directives,
  isDirectiveName,
  textRoles,
  writtenDirective,
} from "./directives.ts";

export interface Damage {
  /** Of its first colon, in the Markdown. */
  readonly at: number;
  /** Up to there it explains what is found: a directive up to the end of its line. */
  readonly end: number;
  /** Its beginning as it is written, e.g. `::: kpi`. */
  readonly found: string;
  /** Its line from there on. */
  readonly line: string;
  /** The directive or role that was meant; nothing for a name that is near none. */
  readonly meant: DirectiveName | TextRole | undefined;
  /** What is wrong with how a name that is right is written; nothing where the name itself is what is wrong. */
  readonly lacks: string | undefined;
}

type TextRole = (typeof textRoles)[number];

const colons = /(?<![\\:：])(?<colons>[:：]+)(?<blank>[ \t]*)(?<name>[\p{L}][\p{L}\p{Nd}_-]*)/gu;

/** The damage in a stretch of Markdown that came out as text. */
export function damageIn(markdown: string, from: number, to: number): Damage[] {
  if (!/[:：]/.test(markdown.slice(from, to))) return [];
  const start = markdown.lastIndexOf("\n", from - 1) + 1;
  const pattern = new RegExp(colons);
  pattern.lastIndex = from - start;
  const found: Damage[] = [];
  for (const match of markdown.slice(start, to).matchAll(pattern)) {
    const at = start + match.index;
    const one = damageAt(match, at, markdown);
    // Whatever else its line holds belongs to it.
    if (one && (found.at(-1)?.end ?? -1) < at) found.push(one);
  }
  return found;
}

function damageAt(match: RegExpMatchArray, at: number, markdown: string): Damage | undefined {
  const lineEnd = markdown.indexOf("\n", at);
  const end = lineEnd < 0 ? markdown.length : lineEnd;
  const { colons = "", blank = "", name = "" } = match.groups ?? {};
  const before = markdown.slice(markdown.lastIndexOf("\n", at - 1) + 1, at);
  const after = markdown.slice(at + match[0].length, end);
  const isWide = colons.includes("：");
  const meant = meantBy(name, colons.length);
  const damage = (lacks: string | undefined): Damage => ({
    at,
    end: meant !== undefined && isDirectiveName(meant) ? end : at + match[0].length,
    found: `${colons}${blank}${name}`,
    line: markdown.slice(at, end).trimEnd(),
    meant,
    lacks: meant === name ? lacks : undefined,
  });

  if (beginsLine.test(before) && colons.length > 1 && (!isWide || meant !== undefined))
    return damage(lackOf(meant, match, "", after));
  if (isWide || blank !== "" || /[\p{Script=Latin}\p{Nd}_]$/u.test(before)) return undefined;
  const isApart = /(?:^|[\s([（“"'‘*])$/u.test(before);
  const isCalled = /^\s*[[{]/.test(after);
  const isSpan = colons.length === 1 && /^\[/.test(after) && name.length > 1;
  if (meant !== undefined && isCalled) {
    const lacks = lackOf(meant, match, before, after);
    // A span that is whole is text only where spans stand in each other beyond all bounds.
    return meant === name && lacks === undefined ? undefined : damage(lacks);
  }
  if (isSpan && isApart) return damage(undefined);
  if (meant === name && isApart && /^(?:\s|$)/.test(after))
    return damage(lackOf(meant, match, before, after));
  return undefined;
}

/** Marks of lists, headings and columns of a table, which may stand before what begins a line. */
const beginsLine = /^[\s>]*(?:(?:[-*+]|\d{1,9}[.)])\s+)*(?:#{1,6}\s+)?$/;

/** One colon is more likely to begin a role, several a directive. */
function meantBy(name: string, count: number): DirectiveName | TextRole | undefined {
  const names: readonly (DirectiveName | TextRole)[] = [...textRoles, ...directiveNames];
  const kinds: readonly (readonly string[])[] =
    count === 1 ? [textRoles, directiveNames] : [directiveNames, textRoles];
  const near = (): string | undefined =>
    kinds.map((kind) => nearest(name, kind)).find((one) => one !== undefined);
  const meant = names.some((one) => one === name) || name.length < 2 ? name : near();
  return names.find((one) => one === meant);
}

function lackOf(
  meant: Damage["meant"],
  match: RegExpMatchArray,
  before: string,
  after: string,
): string | undefined {
  const { colons = "", blank = "" } = match.groups ?? {};
  if (meant === undefined) return undefined;
  if (colons.includes("：")) return "full-width colons";
  if (blank !== "") return "a blank after the colons";
  if (/^[ \t]+[[{]/.test(after)) return "a blank after the name";
  const isRole = !isDirectiveName(meant);
  const wanted = isRole ? 1 : directives[meant].isLeaf ? 2 : 3;
  if (isRole ? colons.length !== 1 : colons.length < wanted || (wanted === 2 && colons.length > 2))
    return `${colons.length === 1 ? "one colon" : `${colons.length} colons`} in place of ${wanted}`;
  const rest = restOf(after);
  if (typeof rest !== "string") return rest.lacks;
  if (isRole) return after.startsWith("[") ? undefined : "no words in brackets after it";
  if (before.trim() !== "") return "it does not begin its line";
  if (rest.trim() !== "") return "more after it in its line";
  return 'its attributes are no `name="…"`';
}

/** What follows label and attributes; or what they lack. */
function restOf(after: string): string | { readonly lacks: string } {
  let rest = after;
  if (rest.startsWith("[")) {
    const end = closing(rest);
    if (end === undefined) return { lacks: "no `]` after its words" };
    rest = rest.slice(end + 1);
  }
  if (/^[ \t]+\{/.test(rest)) return { lacks: "a blank before the `{`" };
  if (!rest.startsWith("{")) return rest;
  const [whole = "", quote] = /^\{(?:[^"'}]|"[^"]*"|'[^']*')*(?<quote>["']|\}|$)/.exec(rest) ?? [];
  if (quote === '"' || quote === "'") return { lacks: `a ${quote} that is not closed` };
  return quote === "}" ? rest.slice(whole.length) : { lacks: "no `}` after its attributes" };
}

/** Where the bracket that a text begins with is closed. */
function closing(text: string): number | undefined {
  let depth = 0;
  for (const { 0: sign, index } of text.matchAll(/\\.|[[\]]/gs)) {
    if (sign === "[") depth += 1;
    if (sign === "]") depth -= 1;
    if (depth === 0 && sign === "]") return index;
  }
  return undefined;
}

/** `:cn`, `::chart`, `:::kpi`. */
export function writtenName(name: DirectiveName | TextRole): string {
  return isDirectiveName(name) ? writtenDirective(name) : `:${name}`;
}

/** How a directive or role is written, e.g. `::chart[…]{name="…"}`. */
export function formOf(name: DirectiveName | TextRole): string {
  if (!isDirectiveName(name)) return `:${name}[words]`;
  const attributes = Object.keys(directives[name].attributes).map((key) => `{${key}="…"}`);
  return `${writtenDirective(name)}${name === "chart" ? "[what it shows]" : ""}${attributes.join("")}`;
}
