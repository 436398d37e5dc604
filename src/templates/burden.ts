/** Burden: what would keep the parser of Markdown busy by its square, seen beforehand in a walk over the lines. */
import type { Place, Problem } from "../problem.ts";
import { limits } from "./limits.ts";
import * as messages from "./messages.ts";

/** The indent of a line, and the markers of items and quotations that it opens with. */
const opening = /^([ \t]*)((?:(?:[-*+]|\d{1,9}[.)])(?:[ \t]+|$)|>[ \t]?)*)/;
const oneMarker = /[-*+>]|\d+[.)]/g;
/** The colons of a container directive: `:::kpi` opens it, `:::` alone closes it. */
const fence = /^[ \t]*(:{3,})[ \t]*(\w?)/;

/** The first line that is one too many, is nested too deeply, or with which a paragraph has too many marks that pair. */
export function overburdened(markdown: string, placeAt: (offset: number) => Place): Problem | undefined {
  /** Indents of the lists, and colons of the directives, that are open. */
  const lists: number[] = [];
  const containers: number[] = [];
  let lines = 0;
  let marks = 0;
  let inTable = false;
  let afterBlank = true;
  let offset = 0;
  for (const line of markdown.split("\n")) {
    const [, indent = "", markers = ""] = opening.exec(line) ?? [];
    const blank = line.trim() === "";
    if (!blank) lines += 1;
    if (lines > limits.lines) return messages.tooManyLines(placeAt(offset));
    const opened = markers.match(oneMarker)?.length ?? 0;
    if (!blank && (afterBlank || opened > 0)) {
      while (lists.length > 0 && (lists.at(-1) ?? 0) >= indent.length) lists.pop();
      if (opened > 0) lists.push(indent.length);
    }
    const [, colons = "", name = ""] = fence.exec(line) ?? [];
    if (name !== "") containers.push(colons.length);
    else if (colons !== "") {
      const closed = containers.findIndex((length) => length <= colons.length);
      if (closed >= 0) containers.length = closed;
    }
    if (lists.length + Math.max(0, opened - 1) > limits.markdown || containers.length > limits.markdown)
      return messages.tooDeep(placeAt(offset + indent.length), limits.markdown);

    inTable = !blank && (inTable || (/^[\s|:-]+$/.test(line) && line.includes("|") && line.includes("-")));
    // Items, headings and rows are read each for itself, other lines together with those around them.
    if (blank || opened > 0 || inTable || /^[ \t]*#/.test(line)) marks = 0;
    marks += line.match(/[*_~[`]/g)?.length ?? 0;
    if (marks > limits.emphasis) return messages.tooManyMarks(placeAt(offset));
    afterBlank = blank;
    offset += line.length + 1;
  }
  return undefined;
}
