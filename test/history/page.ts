/** A report as another family of Markdown readers understands it. */
import MarkdownIt from "markdown-it";
import footnotes from "markdown-it-footnote";
import { expect } from "vitest";

export interface Page {
  /** Levels of the headings, in order. */
  readonly headings: readonly number[];
  /** By table, how many cells each of its lines has. */
  readonly tables: readonly (readonly number[])[];
  readonly pictures: readonly { readonly path: string; readonly alt: string }[];
  /** Labels of the footnotes that are defined; of those, the ones nobody refers to; and references to what is not defined. */
  readonly notes: { readonly defined: string[]; readonly idle: string[]; readonly dangling: string[] };
  readonly html: readonly string[];
}

export function readPage(text: string): Page {
  // Readers that let HTML through would show what those that do not print as text.
  const reader = new MarkdownIt({ html: true }).use(footnotes as unknown as (reader: MarkdownIt) => void);
  const env: { footnotes?: { refs?: Readonly<Record<string, number>> } } = {};
  const blocks = reader.parse(text, env);
  const tokens = blocks.flatMap((block) => [block, ...(block.children ?? [])]);
  const lines = text.split("\n");
  const notes = Object.entries(env.footnotes?.refs ?? {}).map(([label, use]) => ({
    label: label.slice(1),
    use,
  }));
  return {
    headings: tokens.filter(({ type }) => type === "heading_open").map(({ tag }) => Number(tag.slice(1))),
    tables: tokens
      .filter(({ type }) => type === "table_open")
      // The reader fills up and cuts off rows: the lines themselves are counted.
      .map(({ map }) => lines.slice(map?.[0], map?.[1]).map(cellsIn)),
    pictures: tokens
      .filter(({ type }) => type === "image")
      .map((image) => ({ path: image.attrGet("src") ?? "", alt: image.content })),
    notes: {
      defined: notes.map(({ label }) => label),
      idle: notes.filter(({ use }) => use < 0).map(({ label }) => label),
      dangling: tokens
        .filter(({ type }) => type === "text")
        .flatMap(({ content }) => content.match(/\[\^[^\]]*\]/g) ?? []),
    },
    html: tokens.filter(({ type }) => type.startsWith("html_")).map(({ content }) => content),
  };
}

/** Of a line between two bars; a bar behind a backslash is text. */
function cellsIn(line: string): number {
  const bars = line.replaceAll(/\\./g, "").split("|");
  return bars.length - 2;
}

/** Headings in order, tables rectangular, footnotes resolved, pictures among what was made and described, no HTML. */
export function expectReadable(made: ReadonlyMap<string, Uint8Array>): void {
  for (const [path, bytes] of made) {
    if (!path.endsWith(".md")) continue;
    const { headings, tables, pictures, notes, html } = readPage(new TextDecoder().decode(bytes));
    expect(headings[0]).toBe(1);
    for (const [index, level] of headings.slice(1).entries()) {
      expect(level).toBeGreaterThan(1);
      expect(level).toBeLessThanOrEqual(headings[index]! + 1);
    }
    for (const [columns, ...rows] of tables) expect(new Set(rows)).toEqual(new Set([columns]));
    expect(notes).toEqual({ defined: notes.defined, idle: [], dangling: [] });
    for (const { path: picture, alt } of pictures) {
      expect([...made.keys()]).toContain(picture);
      expect(alt).not.toBe("");
    }
    expect(html).toEqual([]);
  }
}
