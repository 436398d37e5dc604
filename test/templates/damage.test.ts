/** What was meant as a directive is never printed as text, and ordinary text with colons always is. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { directives, isDirectiveName, textRoles, writtenDirective } from "../../src/templates/directives.ts";
import { printed, problemsOf } from "./sample.ts";

describe("text with colons stays text", () => {
  it.each([
    "at ten:thirty",
    "Note: this",
    "Note: chart of accounts",
    "a::b and std::vector[n], std::map[x], std::chart{x}",
    "the ratio is :x, :d[e]{f=g}",
    "see https://example.org/a:chart[x]",
    "中文：图表",
    "来源：路透社",
    "来源:路透社[x]",
    "图表:见下",
    "a: :b :: c",
    "end of the line:",
    "Source: chart",
    "key:value{x}",
    ":)",
    "::",
    "the cn[x] and us[y]",
  ])("%j", (body) => {
    expect([problemsOf(body), printed(body)]).toEqual([[], body]);
  });

  it("with a backslash before it, or as code", () => {
    expect([problemsOf("\\::: kpi"), printed("\\::: kpi")]).toEqual([[], "::: kpi"]);
    expect(problemsOf("`::chart[x` and `:red[x]`")).toEqual([]);
  });
});

describe("what was meant as a directive is refused", () => {
  it.each([
    ['::chart[Lines of the stores{name="growth"}', "no `]` after its words"],
    ['::chart[Lines]{name="growth"', "no `}` after its attributes"],
    ['::chart[Lines]{name="growth}', 'a " that is not closed'],
    ['::chart[Lines] {name="growth"}', "a blank before the `{`"],
    [':chart[Lines]{name="growth"}', "one colon in place of 2"],
    ['::chart [Lines]{name="growth"}', "a blank after the name"],
    [':: chart[Lines]{name="growth"}', "a blank after the colons"],
    ['See ::chart[Lines]{name="growth"}', "it does not begin its line"],
    ['见::chart[Lines]{name="growth"}', "it does not begin its line"],
    ['**::chart[Lines]{name="growth"}**', "it does not begin its line"],
    ['::chart[Lines]{name="growth"} above', "more after it in its line"],
    ['::chart[Lines of **all**{name="growth"}', "no `]` after its words"],
    ["::: kpi", "a blank after the colons"],
    ["：：：kpi", "full-width colons"],
    [":kpi", "one colon in place of 3"],
    [":cn[China", "no `]` after its words"],
    ["and :cn China", "no words in brackets after it"],
    ["::cn[China] grows", "2 colons in place of 1"],
    ['::layout{name="x"', "no `}` after its attributes"],
    [':::columns{widths="8,4"', "no `}` after its attributes"],
  ])("%s: %s", (body, lacks) => {
    const [first = "", ...more] = problemsOf(body);
    expect(more).toEqual([]);
    expect(first).toContain("damaged-directive");
    expect(first).toContain(lacks);
  });

  it.each([":red[x]", "It is :postive[x]", ":chrt[x]", ":: hello", ":: chrt[x]", "::graph[x"])(
    "%s, whose name is none",
    (body) => {
      expect(problemsOf(body)).toEqual([expect.stringContaining("unknown-directive")]);
    },
  );

  it.each([
    ["a heading", "### ::chart[x"],
    ["a list", "- ::: kpi"],
    ["a table", "| a |\n| - |\n| ::chart[x] |"],
    ["notes", "## A\n\n:::notes\n::chart[x\n:::"],
    ["remarks", "## A\n\n:::source\n:red[x]\n:::"],
    ["columns", ":::columns\na\n\n---\n\n:: chart[x]\n:::"],
    ["a link", "[:red[x]](https://example.org)"],
    ["a title", "## Lines ::chart[x]"],
  ])("in %s", (_, body) => {
    expect(problemsOf(body)).toHaveLength(1);
  });

  it("and so is a line of colons that closes nothing", () => {
    expect(problemsOf("a\n\n:::")).toEqual([expect.stringContaining("6:1 stray-fence")]);
    expect(problemsOf(":::columns\na\n\n---\n\n:::flow\n- a\n:::\n:::")).toHaveLength(1);
    expect(problemsOf("::: kpi\n- **a** b\n:::")).toHaveLength(1);
    expect(problemsOf("\\:::")).toEqual([]);
  });

  it("at its own line and column, in each line of a paragraph", () => {
    expect(problemsOf("one\n  see ::chart[x]\nthree :red[y]").map((one) => one.split(" ")[0])).toEqual([
      "5:7",
      "6:7",
    ]);
  });

  const names = [...Object.keys(directives), ...textRoles];
  it("whatever sign of it is lost, or blank is put into it", () => {
    const whole = fc
      .constantFrom(...names)
      .map((name) =>
        isDirectiveName(name)
          ? name === "chart" || name === "layout"
            ? `${writtenDirective(name)}${name === "chart" ? "[Bars]" : ""}{name="bars"}`
            : writtenDirective(name)
          : `:${name}[words]`,
      );
    fc.assert(
      fc.property(
        whole,
        fc.nat(),
        fc.constantFrom("", " "),
        fc.constantFrom("", "a ", "- "),
        (text, at, by, lead) => {
          const place = at % text.length;
          const sign = text[place] ?? "";
          // `:cnwords]` could be anything.
          fc.pre(!(by === "" && sign === "[" && /^:\w/.test(text)));
          // Without one of its letters it is another word, and blanks within words are none of it.
          fc.pre(by === "" ? /[:\]}[{]/.test(sign) : /[:{[]/.test(sign));
          const broken =
            by === ""
              ? text.slice(0, place) + text.slice(place + 1)
              : `${text.slice(0, place)} ${text.slice(place)}`;
          const colons = /^:*/.exec(broken)![0].length;
          fc.pre(colons > 0 && (lead !== "a " || /^:+[a-z]+[[{]/.test(broken)));
          expect([lead + broken, problemsOf(lead + broken).length > 0]).toEqual([lead + broken, true]);
        },
      ),
    );
  });
});
