/** Text measuring: how wide a text is and where its lines break, without a canvas. */
import { packedAdvances, unitsPerEm } from "./advances.ts";
import { newSign } from "./sign.ts";

export interface TextStyle {
  /** Font size, in any unit; widths come back in the same unit. */
  readonly size: number;
  readonly bold?: boolean;
  /** In Chinese text quotation marks are set in the East Asian font, as wide as a Han character. */
  readonly eastAsian?: boolean;
  /** Added after each character, in the unit of `size`. */
  readonly tracking?: number;
}

/** A piece of text in one style. A line feed in the text ends the line. */
export interface StyledText extends TextStyle {
  readonly text: string;
}

export interface Line {
  readonly text: string;
  /** Without the spaces at the line's end. */
  readonly width: number;
}

const unknown = 0.6;

/** Characters as wide as they are high in every East Asian and emoji font. */
const fullWidth: readonly (readonly [from: number, to: number])[] = [
  [0x1100, 0x115f], // Hangul leads
  [0x2460, 0x24ff], // enclosed numbers
  [0x25a0, 0x27bf], // geometric shapes, symbols, dingbats
  [0x2e80, 0x303e], // radicals, CJK punctuation
  [0x3041, 0xa4cf], // kana, Han, Yi
  [0xac00, 0xd7a3], // Hangul
  [0xf900, 0xfaff], // compatibility Han
  [0xfe30, 0xfe4f], // vertical forms
  [0xff00, 0xff60], // full-width forms
  [0xffe0, 0xffe6], // full-width signs
  [0x1f000, 0x1faff], // emoji
  [0x20000, 0x3fffd], // Han, further planes
];

/** Characters that add nothing to a line. */
const noWidth: readonly (readonly [from: number, to: number])[] = [
  [0x0000, 0x001f], // controls
  [0x0300, 0x036f], // combining marks
  [0x200b, 0x200f], // zero-width space, joiners, direction marks
  [0x2060, 0x2064], // word joiner, invisible operators
  [0xfe00, 0xfe0f], // variation selectors
  [0xfeff, 0xfeff], // byte order mark
  [0x1f3fb, 0x1f3ff], // skin tones, drawn into the emoji before
];

/** Arial's advances, in em, of characters that the shipped font files lack. */
const supplement: ReadonlyMap<number, number> = new Map([
  ...[0x2190, 0x2192, 0x2194].map((arrow) => [arrow, 1] as const),
  [0x2002, 0.5], // en space
  [0x2003, 1], // em space
  [0x2007, 0.556], // figure space
  [0x2008, 0.278], // punctuation space
  [0x2010, 0.333], // hyphen
  [0x2011, 0.333], // non-breaking hyphen
  [0x202f, 0.2], // narrow no-break space
  [0x2030, 1], // per mille
  [0x2248, 0.549], // almost equal
  [0x2260, 0.549], // not equal
  [0x2264, 0.549], // at most
  [0x2265, 0.549], // at least
  [0x221e, 0.713], // infinity
]);

const inRanges = (code: number, ranges: typeof fullWidth): boolean =>
  ranges.some(([from, to]) => code >= from && code <= to);

function unpack(weight: "regular" | "bold"): ReadonlyMap<number, number> {
  const advances = new Map(supplement);
  for (const block of packedAdvances) {
    let code = block.from;
    for (const word of block[weight].split(" ")) {
      const [advance = "-", times = "1"] = word.split("x");
      for (let i = 0; i < Number(times); i++, code++)
        if (advance !== "-") advances.set(code, Number(advance) / unitsPerEm);
    }
  }
  return advances;
}

const regular = unpack("regular");
const bold = unpack("bold");

function advance(character: string, style: TextStyle): number {
  const code = character.codePointAt(0)!;
  if (style.eastAsian && "“”‘’".includes(character)) return style.size;
  const known = (style.bold ? bold : regular).get(code);
  if (known !== undefined) return known * style.size;
  if (inRanges(code, noWidth)) return 0;
  return (inRanges(code, fullWidth) ? 1 : unknown) * style.size;
}

/**
 * The width of a text on one line, in the unit of `size`: advances of Arial for Latin and Greek, one em for
 * Han, full-width characters and emoji, 0.6 em for what is not known. Kerning is left out.
 */
export function textWidth(text: string, style: TextStyle): number {
  let width = 0;
  for (const character of text) width += advance(character, style);
  return width;
}

/** Kinsoku: what no line starts with, closing marks and full stops, ... */
export const neverFirst = `，。；：、！？）》」』】〕〉”’％‰℃…—·ー～!,.:;?)]}%${newSign}`;
/** ... and what none ends with, opening marks and signs before a number. */
export const neverLast = "（《「『【〔〈“‘([{¥￥$€£";

/** Share of the size that renderers put between a Han character and a Latin letter or digit. */
const thinSpace = 0.2;

/** How a character behaves at the ends of lines. */
interface Trait {
  readonly kind: "space" | "feed" | "wide" | "letter" | "other";
  readonly neverFirst: boolean;
  readonly neverLast: boolean;
}

interface Atom {
  readonly text: string;
  readonly width: number;
  readonly trait: Trait;
}

/**
 * Breaks text of one or several styles into lines no wider than `width` (in the unit of `size`): Latin at spaces
 * and after hyphens between letters, Han between characters but for kinsoku. A word wider than a line is broken.
 * The lines hold all of the text but the spaces and line feeds at their ends. No text is one empty line.
 */
export function breakLines(texts: readonly StyledText[], width: number): Line[] {
  const atoms = texts.flatMap(split);
  const lines: Line[] = [];
  let from = 0;
  while (from < atoms.length) {
    const end = lineEnd(atoms, from, width);
    lines.push(lineOf(atoms.slice(from, end)));
    from = end;
    if (atoms[end - 1]!.trait.kind === "feed") {
      if (end === atoms.length) lines.push({ text: "", width: 0 });
    } else while (atoms[from]?.trait.kind === "space") from++;
  }
  return lines.length === 0 ? [{ text: "", width: 0 }] : lines;
}

/** The width of the widest piece that can only be broken by force. */
export function widestWord(texts: readonly StyledText[]): number {
  const atoms = texts.flatMap(split);
  let widest = 0;
  let width = 0;
  atoms.forEach((atom, i) => {
    if (i > 0 && mayBreak(atoms[i - 1]!, atom)) width = 0;
    if (atom.trait.kind !== "space" && atom.trait.kind !== "feed") width += atom.width;
    widest = Math.max(widest, width);
  });
  return widest;
}

/** Characters with the combining marks that follow them, each with its advance. */
function split(styled: StyledText): Atom[] {
  const atoms: Atom[] = [];
  for (const character of styled.text) {
    const width = advance(character, styled);
    const last = atoms.at(-1);
    const trait = traitOf(character);
    if (trait.kind === "feed") atoms.push({ text: "\n", width: 0, trait });
    else if (last && width === 0) atoms[atoms.length - 1] = { ...last, text: last.text + character };
    else {
      const joins =
        (last?.trait.kind === "wide" && trait.kind === "letter") ||
        (last?.trait.kind === "letter" && trait.kind === "wide");
      const air = (joins ? thinSpace * styled.size : 0) + (styled.tracking ?? 0);
      atoms.push({ text: character, width: width + air, trait });
    }
  }
  return atoms;
}

/** Looked up for every character of every text, often: kept once worked out. */
const traits = new Map<string, Trait>();

function traitOf(character: string): Trait {
  const known = traits.get(character);
  if (known) return known;
  const opening = neverLast.includes(character);
  const trait = {
    kind: kindOf(character, opening),
    neverFirst: neverFirst.includes(character),
    neverLast: opening,
  };
  traits.set(character, trait);
  return trait;
}

function kindOf(character: string, opening: boolean): Trait["kind"] {
  if (character === "\n") return "feed";
  if (character === " " || character === "\t") return "space";
  if (inRanges(character.codePointAt(0)!, fullWidth) && !opening) return "wide";
  return /[\p{L}\p{N}]/u.test(character) ? "letter" : "other";
}

function mayBreak(before: Atom, after: Atom): boolean {
  const a = before.trait;
  const b = after.trait;
  if (a.kind === "feed") return true;
  if (b.kind === "space" || b.kind === "feed" || b.neverFirst || a.neverLast) return false;
  if (a.kind === "space" || a.kind === "wide" || b.kind === "wide") return true;
  if (b.kind === "letter" && "-–—".includes(before.text)) return /\p{L}/u.test(after.text);
  return a.neverFirst && b.neverLast;
}

/** Where the line that starts at `from` ends: the index after its last atom. */
function lineEnd(atoms: readonly Atom[], from: number, width: number): number {
  let used = 0;
  let chance: number | undefined;
  for (let i = from; i < atoms.length; i++) {
    const atom = atoms[i]!;
    if (i > from && mayBreak(atoms[i - 1]!, atom)) chance = i;
    if (atom.trait.kind === "feed") return i + 1;
    used += atom.width;
    if (used > width && atom.trait.kind !== "space" && i > from) return chance ?? forcedEnd(atoms, from, i);
  }
  return atoms.length;
}

/** The last place before `limit` where breaking a word does not break kinsoku as well, else `limit`. */
function forcedEnd(atoms: readonly Atom[], from: number, limit: number): number {
  for (let i = limit; i > from; i--)
    if (!atoms[i]!.trait.neverFirst && !atoms[i - 1]!.trait.neverLast && atoms[i]!.trait.kind !== "space")
      return i;
  return limit;
}

function lineOf(atoms: readonly Atom[]): Line {
  let end = atoms.length;
  while (end > 0 && (atoms[end - 1]!.trait.kind === "space" || atoms[end - 1]!.trait.kind === "feed")) end--;
  const kept = atoms.slice(0, end);
  return {
    text: kept.map(({ text }) => text).join(""),
    width: kept.reduce((sum, atom) => sum + atom.width, 0),
  };
}
