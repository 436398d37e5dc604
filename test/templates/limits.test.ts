/** What a template cannot do: reach beyond its fields, go on for ever, or break what stands around a value. */
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { Inline } from "../../src/model/document.ts";
import { limits } from "../../src/templates/limits.ts";
import { subject } from "../sample.ts";
import { evidenceOf, make, problemsOf } from "./sample.ts";

/** Everything that means something to YAML, Handlebars, Markdown, directives or this engine. */
const nasty = fc.constantFrom(
  ...[
    "*",
    "_",
    "**",
    "`",
    "|",
    "[",
    "]",
    "](x)",
    "!",
    "<b>",
    "&amp;",
    "#",
    "# ",
    "- ",
    "1. ",
    "---",
    ":::",
    "::chart",
    ":cn[a]",
  ],
  ...[
    "\\",
    "~~",
    "{{x}}",
    "{{",
    "}}",
    "\n",
    "\n\n",
    "  ",
    "\t",
    "5%",
    "https://a.b",
    "a@b.c",
    "\uE0000\uE001",
    "中",
    "$",
    "\u0000",
    "=",
    "+ ",
  ],
);
const anyText = fc.oneof(
  fc
    .array(fc.oneof(nasty, fc.string({ maxLength: 4 })), { minLength: 1, maxLength: 6 })
    .map((parts) => parts.join("")),
  fc.string({ minLength: 1, unit: "binary" }),
);

function namesIn(nodes: readonly Inline[]): string[] {
  return nodes.flatMap((node) =>
    node.type === "name" ? [node.text] : "children" in node ? namesIn(node.children) : [],
  );
}

test("any text of the store comes through a heading, paragraph, link, list, table, tile and label unbroken", () => {
  const body = [
    "# A {{x}} b",
    "## {{x}}",
    "a **{{x}}**c [d {{x}}](https://e.f) :cn[{{x}}]",
    "- {{x}}",
    "| {{x}} | {{x}} |\n| - | - |\n| {{x}} | g |",
    ":::kpi\n- **{{x}}** {{x}}\n  {{x}}\n:::",
    "::chart[h {{x}}]{name=i}",
  ];
  fc.assert(
    fc.property(fc.array(anyText, { minLength: 40, maxLength: 40 }), (texts) => {
      const evidence = evidenceOf();
      const subjects = new Map(texts.map((text, index) => [`s${index}`, subject(`s${index}`, "cn", text)]));
      const template = texts
        .map((_, index) => `${body.join("\n\n").replaceAll("{{x}}", `{{name "s${index}"}}`)}\n`)
        .join("\n");
      const { value, problems } = make(template, {
        evidence: { ...evidence, store: { ...evidence.store, subjects } },
      });
      expect(problems).toEqual([]);
      expect(value?.sections).toHaveLength(texts.length);
      value?.sections.forEach(({ title, pages: [page, ...more] }, index) => {
        const folded = texts[index]?.replace(/\s+/g, " ");
        const found = [title, page?.title ?? []].flatMap(namesIn);
        for (const block of page?.blocks ?? []) {
          if (block.type === "paragraph") found.push(...namesIn(block.children));
          if (block.type === "list")
            found.push(
              ...block.items.flat().flatMap((item) => ("children" in item ? namesIn(item.children) : [])),
            );
          if (block.type === "table") found.push(...namesIn([...block.header, ...block.rows.flat()].flat()));
          if (block.type === "kpi")
            found.push(
              ...block.items.flatMap(({ lead, label, detail }) => namesIn([...lead, ...label, ...detail])),
            );
          if (block.type === "chart") found.push(...namesIn(block.alt));
        }
        expect(found).toEqual(Array.from({ length: 13 }, () => folded));
        expect(page?.blocks.map((block) => block.type)).toEqual([
          "paragraph",
          "list",
          "table",
          "kpi",
          "chart",
        ]);
        expect(more).toEqual([]);
      });
    }),
    { numRuns: 20 },
  );
}, 30_000);

describe("the language it runs in is out of reach", () => {
  it.each([
    "{{constructor}}",
    "{{this.constructor}}",
    "{{__proto__}}",
    "{{toString}}",
    "{{@root.constructor}}",
    "{{#figures}}{{constructor.constructor}}{{/figures}}",
    "{{#figures limit=1}}{{subject.nodes}}{{/figures}}",
    "{{#figures limit=1}}{{subject.constructor}}{{/figures}}",
    "{{#statements}}{{subjects.constructor}}{{/statements}}",
    '{{lookup this "constructor"}}',
    "{{#with this}}{{hasOwnProperty}}{{/with}}",
    '{{constructor "return process"}}',
    "{{helperMissing}}{{#blockHelperMissing}}{{/blockHelperMissing}}",
  ])("%s", (body) => {
    const { filled, problems } = make(body);
    expect(problems.map((problem) => problem.code)).toContain(
      body.includes('"') || body.includes("#block") ? "unknown-helper" : "unknown-name",
    );
    expect(filled?.markdown.trim()).toBe("");
  });
});

describe("limits", () => {
  const files = (count: number, text: (index: number) => string) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`partials/p${index}.md.hbs`, text(index)]),
    );

  it("refuse a partial that comes back to itself, with the way", () => {
    const partials = files(3, (index) => `x\n{{> p${(index + 1) % 3}}}\n`);
    const { problems } = make("{{> p0}}", { files: partials });
    expect(problems).toMatchObject([
      {
        code: "self-including-partial",
        found: "p0 → p1 → p2 → p0",
        where: { file: "templates/partials/p2.md.hbs", line: 2, column: 1 },
      },
    ]);
  });

  it("end a chain of partials that is too long", () => {
    expect(
      problemsOf("{{> p0}}", {
        files: files(limits.partials, (index) => (index + 1 < limits.partials ? `{{> p${index + 1}}}` : "")),
      }),
    ).toEqual([]);
    expect(
      problemsOf("{{> p0}}", { files: files(40, (index) => (index < 39 ? `{{> p${index + 1}}}` : "")) }),
    ).toEqual([
      `templates/partials/p${limits.partials - 1}.md.hbs:1:1 partials-too-deep: partials are nested too deeply`,
    ]);
  });

  it("end partials that multiply, and loops within loops", () => {
    const double = files(19, (index) => (index < 18 ? `{{> p${index + 1}}}{{> p${index + 1}}}` : "x"));
    expect(make("{{> p0}}", { files: double }).problems.map((problem) => problem.code)).toEqual([
      "too-many-steps",
    ]);
    const loops = `${"{{#figures}}".repeat(8)}x${"{{/figures}}".repeat(8)}`;
    expect(problemsOf(loops)).toEqual(["4:85 too-many-steps: the template goes on for too long"]);
  });

  it("end a template that prints too much, or is too long itself", () => {
    const many = `${"{{#figures}}".repeat(5)}${"x".repeat(8000)}${"{{/figures}}".repeat(5)}`;
    expect(make(many).problems.map((problem) => problem.code)).toEqual(["too-much-output"]);
    expect(make("x".repeat(limits.template)).problems.map((problem) => problem.code)).toEqual([
      "file-too-long",
    ]);
  });

  it.each([
    ["blocks", "{{#if true}}".repeat(20_000), "4:601"],
    ["alternatives", `{{#if false}}${"{{else if false}}".repeat(20_000)}{{/if}}`, "4:847"],
    ["subexpressions", `{{is ${"(is ".repeat(20_000)}`, "4:206"],
  ])("refuse %s nested without end", (_, body, place) => {
    expect(problemsOf(body)).toEqual([`${place} too-deep: this is nested too deeply`]);
  });

  it("refuse a paragraph of too many marks of emphasis, not a table or list of as many", () => {
    expect(problemsOf(`a\n\n${"*a_".repeat(9_000)}`)).toEqual([
      "6:1 too-many-marks: a paragraph has too many marks that pair",
    ]);
    expect(problemsOf("- **a**\n".repeat(400))).toEqual([]);
    expect(problemsOf(`| a |\n| - |\n${"| **a** |\n".repeat(400)}`)).toEqual([]);
  });

  it("let comments hold anything, and an open one be a problem of syntax", () => {
    expect(problemsOf(`{{!-- {{#if}} }} --}}{{! {{#if ((( }}${"{{!-- (( --}}".repeat(100)}`)).toEqual([]);
    expect(make("{{!".repeat(50_000)).problems.map((problem) => problem.code)).toEqual(["template-syntax"]);
  });

  it.each([
    ["lists", `${"- ".repeat(200)}x`],
    ["lists of many lines", Array.from({ length: 500 }, (_, depth) => `${"  ".repeat(depth)}- x`).join("\n")],
    [
      "directives",
      Array.from({ length: 200 }, (_, depth) => `${":".repeat(210 - depth)}columns`).join("\n\n"),
    ],
    ["spans", `${":cn[".repeat(200)}x${"]".repeat(200)}`],
  ])("refuse %s nested without end", (_, body) => {
    expect(make(body).problems.map((problem) => problem.code)).toEqual(["too-deep"]);
  });
});
