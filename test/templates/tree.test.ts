import fc from "fast-check";
import { gfmStrikethroughFromMarkdown } from "mdast-util-gfm-strikethrough";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { gfmStrikethrough } from "micromark-extension-gfm-strikethrough";
import { gfmTable } from "micromark-extension-gfm-table";
import remarkDirective from "remark-directive";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { describe, expect, it } from "vitest";
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

/** As plain data: remark leaves out no field, whether or not it says anything. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

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
});
