/** Excerpts: the line of a file that a problem is about, as a terminal may show it, with a caret under its column. */

/** A line as it may be shown, and the blanks and caret that go under it. */
export interface Excerpt {
  readonly line: string;
  /** Absent where no column is known. */
  readonly caret?: string;
}

/** Cells of a terminal that an excerpt may take, gutter aside. */
const widest = 96;
/** What a tab is shown as. */
const tab = "    ";
/** UTF-16 units looked at on either side of the column: a file may be one line of many megabytes. */
const reach = 4 * widest;
/** Code points of a text within a message. */
const longestText = 600;

/** Characters that terminals set in two cells. */
const wide =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6\u{20000}-\u{3FFFD}]|\p{Emoji_Presentation}/u;
/** Characters that stand on the one before. */
const combining = /[\p{Mn}\p{Me}\u1160-\u11FF]/u;
/** What a terminal would obey, reorder or not show at all, e.g. escape sequences in a file from somewhere else. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/u;

/** A text from a file as part of a message: on one line, of bounded length, with pictures in place of controls. */
export function printable(text: string): string {
  const points = [...text.slice(0, 2 * longestText).replace(/[\t\r\n]+/g, " ")];
  const cut = points.length > longestText || text.length > 2 * longestText;
  return points.slice(0, longestText).map(pictureOf).join("") + (cut ? "…" : "");
}

/** A text with pictures in place of what a terminal would obey; its lines and tabs stay. */
export function visible(text: string): string {
  return text.replace(new RegExp(unprintable, "gu"), (character) =>
    character === "\n" || character === "\t" ? character : pictureOf(character),
  );
}

/** The lines of a text, by whatever ends them, without a byte order mark. */
export function linesOf(text: string): string[] {
  return text.replace(/^\uFEFF/, "").split(/\r\n?|\n/);
}

/**
 * Cuts a line to the width of a terminal, around the column.
 * @param column counts UTF-16 units from 1; behind the end of the line is its end
 */
export function excerpt(line: string, column?: number): Excerpt {
  const offset = Math.min(Math.max(0, (column ?? 1) - 1), line.length);
  const from = Math.max(0, offset - reach);
  const glyphs = glyphsOf(line.slice(from, offset + reach), from);
  let at = glyphs.findIndex((glyph) => glyph.end > offset);
  if (at < 0) at = glyphs.length;
  // Under a mark the caret stands below the character that carries it.
  while (at > 0 && glyphs[at]?.width === 0) at -= 1;

  const isWhole = from === 0 && offset + reach >= line.length && cells(glyphs) <= widest;
  const [first, last] = isWhole ? [0, glyphs.length] : windowAround(at, glyphs);
  const isCutBefore = from > 0 || first > 0;
  const isCutAfter = last < glyphs.length || offset + reach < line.length;
  const shown = glyphs.slice(first, last).map((glyph) => glyph.shown);
  const before = cells(glyphs.slice(first, at)) + (isCutBefore ? 1 : 0);
  return {
    line: `${isCutBefore ? "…" : ""}${shown.join("")}${isCutAfter ? "…" : ""}`.trimEnd(),
    ...(column === undefined ? {} : { caret: `${" ".repeat(before)}^` }),
  };
}

/** A character as shown. */
interface Glyph {
  readonly shown: string;
  /** Cells of a terminal. */
  readonly width: number;
  /** The offset in the line at which the next one begins. */
  readonly end: number;
}

function glyphsOf(text: string, from: number): Glyph[] {
  let end = from;
  return Array.from(text, (character): Glyph => {
    end += character.length;
    if (character === "\t") return { shown: tab, width: tab.length, end };
    const shown = pictureOf(character);
    const width = combining.test(shown) ? 0 : wide.test(shown) ? 2 : 1;
    return { shown, width, end };
  });
}

/** `␛` for an escape, `�` for what has no picture. */
function pictureOf(character: string): string {
  if (!unprintable.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  return code === 0x7f ? "␡" : "�";
}

/** As much as fits: from the start if the glyph `at` is seen then with what follows it, else around that. */
function windowAround(at: number, glyphs: readonly Glyph[]): [first: number, last: number] {
  const room = widest - 2;
  const left = room * (cells(glyphs.slice(0, at)) <= room * 0.8 ? 0.8 : 0.6);
  let first = at;
  let used = 0;
  for (; first > 0; first--) {
    const { width = 0 } = glyphs[first - 1] ?? {};
    if (used + width > left) break;
    used += width;
  }
  while (first > 0 && first < at && glyphs[first]?.width === 0) first += 1;
  let last = at;
  for (; last < glyphs.length; last++) {
    const { width = 0 } = glyphs[last] ?? {};
    if (used + width > room) break;
    used += width;
  }
  return [first, last];
}

function cells(glyphs: readonly Glyph[]): number {
  return glyphs.reduce((sum, { width }) => sum + width, 0);
}
