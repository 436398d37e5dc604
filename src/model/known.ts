/** What was known: leaving out of a document what rests on findings that had not entered the store by its day. */
import type { Evidence } from "../evidence/evidence.ts";
import type { Lineage } from "../evidence/figure.ts";
import { laterOf } from "../evidence/named.ts";
import type { Place } from "../problem.ts";
import type { SourcedDocument } from "./document.ts";
import { figuresIn, lineagesIn, walkDocument } from "./walk.ts";

/** A page, or what stands in a section before its pages, that is not shown. */
export interface LeftOut {
  readonly at: Place;
  /** Ids of the findings that came later, and names of charts that only they give something to draw; sorted. */
  readonly later: readonly string[];
}

/**
 * Leaves out every page that names something of a later day, with its notes, and sections that are named for it or have
 * nothing left.
 * @param drawn by a chart's name, what it rests on; an empty list for one that had nothing to draw by then
 * @returns the document, what was left out of it, and the later findings named on its cover, where they cannot be left out
 */
export function whatWasKnown(
  document: SourcedDocument,
  drawn: ReadonlyMap<string, readonly Lineage[]>,
  evidence: Evidence,
): {
  readonly document: SourcedDocument;
  readonly leftOut: readonly LeftOut[];
  readonly onCover: readonly string[];
} {
  const later = new Map<object, Set<string>>();
  for (const { inlines, block, on } of walkDocument(document)) {
    const lineages = [
      ...figuresIn(inlines).map(({ lineage }) => lineage),
      ...lineagesIn(inlines),
      ...(block?.type === "chart" ? (drawn.get(block.name) ?? []) : []),
    ];
    const found = lineages.flatMap((lineage) => laterOf(lineage, evidence));
    if (block?.type === "chart" && drawn.get(block.name)?.length === 0) found.push(block.name);
    if (found.length > 0) later.set(on, new Set([...(later.get(on) ?? []), ...found]));
  }
  const leftOut: LeftOut[] = [];
  const isKnown = (at: Place, ...parts: readonly object[]): boolean => {
    const found = new Set(parts.flatMap((part) => [...(later.get(part) ?? [])]));
    if (found.size > 0) leftOut.push({ at, later: [...found].sort() });
    return found.size === 0;
  };
  const sections = document.sections.flatMap((section) => {
    if (!isKnown(section.at, section.title)) return [];
    const blocks = isKnown(section.at, section) ? section.blocks : [];
    const pages = section.pages.filter((page) => isKnown(page.at, page, page.notes));
    const isEmptied = pages.length + blocks.length === 0 && section.pages.length + section.blocks.length > 0;
    return isEmptied ? [] : [{ ...section, blocks, pages }];
  });
  const onCover = [...(later.get(document) ?? [])].sort();
  return { document: leftOut.length > 0 ? { ...document, sections } : document, leftOut, onCover };
}
