import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { gfmStrikethroughFromMarkdown } from "mdast-util-gfm-strikethrough";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { gfmStrikethrough } from "micromark-extension-gfm-strikethrough";
import { gfmTable } from "micromark-extension-gfm-table";
import remarkDirective from "remark-directive";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { describe, expect, it } from "vitest";
import type { Memory } from "../../src/memory.ts";
import { treeOf } from "../../src/templates/tree.ts";

const remark = unified()
  .use(remarkParse)
  .data({
    micromarkExtensions: [
      gfmTable(),
      gfmStrikethrough({ singleTilde: false }),
      { disable: { null: ["codeIndented", "autolink", "setextUnderline"] } },
    ],
    fromMarkdownExtensions: [gfmTableFromMarkdown(), gfmStrikethroughFromMarkdown()],
  })
  .use(remarkDirective);

/** As plain data: remark leaves out no field, whether or not it says anything. Of places there are the offsets. */
const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (key, inner) =>
    key === "start" || key === "end" ? withOffset(inner) : inner,
  );
/** A list begins with a number, too. */
const withOffset = (point: unknown): unknown =>
  typeof point === "object" && point !== null && "offset" in point ? { offset: point.offset } : point;

const pieces = [
  ..."abc1 \n\n\n|-:`*_~#>&.{}[]()\\\"'=",
  ...[
    "\n\n",
    "| a | b |\n| --- | :-: |\n| `c\\|d\\\\|` | ~~e~~ |\n",
    '::chart[A *label*]{name="x" #id .one .two}\n',
  ],
  ...[
    ":::notes\n",
    ":::\n",
    "::::columns{a=b}\n",
    "::::\n",
    ":::kpi[Label]{x='&amp;&copy y' class=z .w}\n",
    ":cn[text]{a}",
  ],
  ...[
    "- item\n",
    "  - item\n",
    "1. one\n",
    "# Section\n",
    "## Page\n",
    "[link](https://a.b 'title')",
    "\uE0001\uE001",
    "中文",
  ],
];

const templates = join(import.meta.dirname, "../../templates");
/** Texts of the shipped templates, with tokens where values stand. */
const texts = readdirSync(templates, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".md.hbs"))
  .sort()
  .map((name) => readFileSync(join(templates, name), "utf8").replaceAll(/\{\{[^{}]*\}\}/g, "\uE0000\uE001"));

describe("the tree", () => {
  it("is the one that remark reads", () => {
    const markdown = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(markdown, (text) => {
        expect(plain(treeOf(text))).toEqual(plain(remark.parse(text).children));
      }),
      { numRuns: 300 },
    );
  });

  it("that is remembered is the one that was read, and is read once", () => {
    expect(texts.length).toBeGreaterThan(20);
    const kept = new Map<string, Uint8Array>();
    const memory: Memory = { get: (key) => kept.get(key), put: (key, bytes) => kept.set(key, bytes) };
    for (const text of texts) {
      const read = treeOf(text, memory);
      const known = kept.size;
      // Fields without a value are left out of what is remembered; nobody tells these from fields that are not there.
      expect(treeOf(text, memory)).toEqual(read);
      expect([kept.size, treeOf(text)]).toEqual([known, read]);
    }
    expect(kept.size).toBe(new Set(texts).size);
  });
});
