/** Output: the Markdown that a template gives, growing, with the way back from every character to its template. */
import type { Inline } from "../model/document.ts";
import type { Place } from "../problem.ts";
import { limits } from "./limits.ts";

/**
 * Values stand in the Markdown as `U+E000 index U+E001`: neither punctuation nor white space nor markup to any parser, so
 * that no value can break what stands around it.
 */
const token = /\uE000(\d+)\uE001/g;

/**
 * What may stand nowhere in a template: the characters that tokens, here and in writers, are made of, and those that XML
 * does not know or that turn the direction of the text around them.
 */
export const reserved =
  /(?![\t\n])[\p{Cc}\p{Cs}\p{Co}\p{Noncharacter_Code_Point}\u2028\u2029\u202A-\u202E\u2066-\u2069\uFEFF]/u;

/** Where a piece of the Markdown comes from: text runs on from there, a value stays there. */
interface Piece {
  readonly offset: number;
  readonly place: Place;
  readonly verbatim: boolean;
}

/** What a template gives: Markdown in which tokens stand for nodes. */
export interface Written {
  readonly markdown: string;
  readonly nodes: readonly Inline[];
  /** The place in the template (or partial) that the character at `offset` comes from. */
  readonly placeAt: (offset: number) => Place;
}

export class Output {
  #length = 0;
  #indent = "";
  #atLineStart = true;
  readonly #parts: string[] = [];
  readonly #nodes: Inline[] = [];
  readonly #pieces: Piece[] = [];

  get full(): boolean {
    return this.#length > limits.output;
  }

  /** Text of a template that begins at `place`. */
  text(text: string, place: Place): void {
    let { line = 1, column = 1 } = place;
    for (const row of text.split(/(?<=\n)/)) {
      this.#write(row, { ...place, line, column }, true);
      line += 1;
      column = 1;
    }
  }

  /** Markdown of the library's own words, asked for at `place`. */
  words(markdown: string, place: Place): void {
    this.#write(markdown, place, false);
  }

  value(nodes: readonly Inline[], place: Place): void {
    for (const node of nodes) this.#write(`\uE000${this.#nodes.push(node) - 1}\uE001`, place, false);
  }

  /** Every line written by `inner` stands `indent` deeper, as a partial alone on its line does. */
  indented(indent: string, inner: () => void): void {
    const before = this.#indent;
    this.#indent += indent;
    // The first line, too, where `~` took away the line end before it: so does Handlebars.
    if (indent !== "") this.#atLineStart = true;
    inner();
    this.#indent = before;
  }

  written(): Written {
    const pieces = this.#pieces;
    return {
      markdown: this.#parts.join(""),
      nodes: this.#nodes,
      placeAt: (offset) => placeIn(pieces, offset),
    };
  }

  #write(text: string, place: Place, verbatim: boolean): void {
    if (text === "" || this.full) return;
    if (this.#atLineStart && this.#indent !== "")
      this.#push(this.#indent, { offset: this.#length, place, verbatim: false });
    this.#push(text, { offset: this.#length, place, verbatim });
    this.#atLineStart = text.endsWith("\n");
  }

  #push(text: string, piece: Piece): void {
    this.#pieces.push(piece);
    this.#parts.push(text);
    this.#length += text.length;
  }
}

function placeIn(pieces: readonly Piece[], offset: number): Place {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((pieces[middle]?.offset ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  const piece = pieces[low];
  if (!piece) return { file: "" };
  const { place } = piece;
  if (!piece.verbatim || place.column === undefined) return place;
  return { ...place, column: place.column + offset - piece.offset };
}

/** The strings and nodes of what was written, each with the offset at which it begins. */
export function pieces({
  markdown,
  nodes,
}: Written): { readonly part: string | Inline; readonly offset: number }[] {
  let end = 0;
  return markdown.split(token).map((found, index) => {
    const offset = end;
    const isToken = index % 2 === 1;
    end += found.length + (isToken ? 2 : 0);
    return { part: isToken ? (nodes[Number(found)] ?? "") : found, offset };
  });
}

/** Text split at its tokens: strings as they are, and the nodes that stand between them. */
export function splitTokens(text: string, nodes: readonly Inline[]): (string | Inline)[] {
  return text
    .split(token)
    .map((part, index) => (index % 2 === 0 ? part : (nodes[Number(part)] ?? "")))
    .filter((part) => part !== "");
}
