/** What is wrong with a template is said with its place, all of it at once. */
import { describe, expect, it, test } from "vitest";
import { formatProblem } from "../../src/problem.ts";
import { fill } from "../../src/templates/engine.ts";
import { brief, evidenceOf, library, make, options, problemsOf } from "./sample.ts";

const noHandlebars =
  "template-syntax: this is not Handlebars (look for an open `{{`, quote, bracket or block here or in the line above)";

/** The body begins on line 4. */
const bad: Readonly<Record<string, readonly (readonly [body: string, ...problems: string[]])[]>> = {
  "a call": [
    ['{{fgi "a"}}', "4:3 unknown-helper: there is no helper `fgi` (did you mean `fig`?)"],
    ["{{dat}}", "4:3 unknown-name: `dat` is neither a field here nor a helper (did you mean `date`?)"],
    [
      '{{fig "acme.revenu.2025Q1"}}',
      "4:7 unknown-finding: there is no finding `acme.revenu.2025Q1` (did you mean `acme.revenue.2025Q1`?)",
    ],
    ['{{fig "long.move"}}', '4:7 not-a-figure: `long.move` is no figure ({{what "long.move"}} prints it)'],
    [
      '{{fig "acme.revenue.2025Q1" digit=1 digits="x"}}',
      "4:29 unknown-argument: `fig` has no argument `digit` (did you mean `digits`?)",
      "4:37 bad-argument: `x` cannot be used here",
    ],
    ["{{fig}}", "4:1 missing-argument: `fig` lacks its argument `figure`"],
    ["{{sum}}", "4:1 missing-argument: `sum` lacks its arguments"],
    ['{{name "acme" "long"}}', "4:15 too-many-arguments: `name` has an argument too many"],
    ['{{name "long" __proto__="x"}}', "4:15 unknown-argument: `name` has no argument `__proto__`"],
    ['{{lit "1"}} {{"5"}}', "4:13 printed-literal: a value in quotes cannot be printed like this"],
    ["{{figures}}", "4:1 only-a-block: `figures` needs a block"],
    ['{{#name "acme"}}{{/name}}', "4:1 not-a-block: `name` has no block"],
    ['{{count "events" metric="revenue"}}', "4:1 unknown-argument: `events` are not counted by `metric`"],
    ['{{#each (is "a" "b")}}{{/each}}', "4:1 not-a-list: `each` goes through lists only"],
    [
      '{{category "tier" "frst"}}',
      "4:19 unknown-category: there is no category `frst` (did you mean `first`?)",
    ],
    [
      '{{t "cover.kiker"}}',
      "4:5 unknown-word: there is no word `cover.kiker` (did you mean `cover.kicker`?)",
    ],
    [
      '{{ratio "acme.revenue.2025Q1" "long.revenue.2025Q1"}}',
      '4:1 different-units: cannot compute `ratio` of figures in different units (convert money first, e.g. in="USD")',
    ],
  ],
  "a loop, reached or not": [
    [
      '{{#figures subject="lng"}}{{metrc}}{{/figures}}',
      "4:12 unknown-subject: there is no subject `lng` (did you mean `long`?)",
      "4:29 unknown-name: `metrc` is neither a field here nor a helper (did you mean `metric`?)",
    ],
    [
      '{{#if false}}{{#events type="lunch"}}{{/events}}{{/if}}',
      "4:24 unknown-type-of-event: there is no type of event `lunch` (did you mean `launch`?)",
    ],
    [
      "{{#figures}}{{../subject}}{{/figures}}",
      "4:15 unknown-name: `../subject` is neither a field here nor a helper",
    ],
    [
      "{{#figures}}{{@idx}}{{/figures}}",
      "4:15 unknown-name: `@idx` is neither a field here nor a helper (did you mean `@index`?)",
    ],
    [
      '{{#figures sort="valu"}}{{/figures}}',
      "4:12 bad-argument: `valu` cannot be used here (did you mean `value`?)",
    ],
    [
      '{{#figures recorded="wek"}}{{/figures}}',
      "4:12 bad-argument: `wek` cannot be used here (did you mean `week`?)",
    ],
  ],
  syntax: [
    ["a\n{{#if true}}\nb\n{{/each}}", "5:4 template-syntax: block `if` is closed as `each`"],
    ['a\nb {{fig "x}}', "5:9 template-syntax: a quote is not closed"],
    ["{{else}}", "4:1 template-syntax: `{{else}}` belongs to no block"],
    ["{{/if}}", "4:1 template-syntax: `{{/if}}` belongs to no block"],
    ["a\n{{#if true}}\n{{#figures}}{{/figures}}", "5:1 template-syntax: block `if` is not closed"],
    ["a {{fig\n\nb", "4:3 template-syntax: a call is not closed in its line"],
    ["{{{{a}}}}", "4:1 template-syntax: a call opens with too many braces"],
    ["{{a/../b}}", "4:3 template-syntax: `a/..` leads to no field"],
    ["a long line before the slip\n\n{{fig a=}} b", `6:9 ${noHandlebars}`],
    ["{{#> a}}{{/a}}", "4:1 refused-syntax: this kind of Handlebars is not allowed"],
    ['{{#*inline "a"}}{{/inline}}', "4:1 refused-syntax: this kind of Handlebars is not allowed"],
    ["{{> (a)}}", "4:1 dynamic-partial: a partial is called by its name"],
    ["{{> tils}}", "4:1 unknown-partial: there is no partial `tils` (did you mean `tiles`?)"],
    ...["\uE0000", "\uE010", "\u0001", "\uFFFE", "\u202E", "&#xE000;", "&#x202e;", "&#57360;"].map(
      (character) =>
        [
          `a${character}`,
          "4:2 reserved-character: this template holds a character that cannot be printed",
        ] as const,
    ),
  ],
  "a number typed by hand": [
    [
      "It has 5 floors and USD 3bn.",
      "4:8 typed-number: the number `5` was typed by hand",
      "4:21 typed-number: the number `USD 3bn` was typed by hand",
    ],
    ["# Up 12%", "4:6 typed-number: the number `12%` was typed by hand"],
    ["| a |\n| - |\n| 7 |", "6:3 typed-number: the number `7` was typed by hand"],
    ["- **a** [b 30亿](https://x.org)", "4:12 typed-number: the number `30亿` was typed by hand"],
    ['::chart[rose 5%]{name="x"}', "4:14 typed-number: the number `5%` was typed by hand"],
    [
      "at 10:30 and `5`",
      "4:4 typed-number: the number `10:30` was typed by hand",
      "4:15 typed-number: the number `5` was typed by hand",
    ],
    ['{{name "acme"}} has 5\\.', "4:21 typed-number: the number `5` was typed by hand"],
    [
      '{{> tiles label="4 of them"}}',
      "templates/partials/tiles.md.hbs:1:3 typed-number: the number `4` was typed by hand",
    ],
  ],
  Markdown: [
    ["a <b>c", "4:3 unsupported-markdown: HTML cannot stand here (a comment is written {{!-- … --}})"],
    ["![a](b.png)", "4:1 unsupported-markdown: an image cannot stand here"],
    ["> a", "4:1 unsupported-markdown: a quotation cannot stand here"],
    ["```\na\n```", "4:1 unsupported-markdown: a block of code cannot stand here"],
    ["a\n---\nb", "5:1 unsupported-markdown: a line across the page cannot stand here"],
    ["- # a", "4:3 unsupported-markdown: a heading cannot stand here"],
    [
      "[a](http://x.org) [b](javascript:x)",
      "4:1 bad-link: a link leads nowhere it may",
      "4:19 bad-link: a link leads nowhere it may",
    ],
    [
      "| a | b |\n| - | - |\n| c |\n| d | e | f |",
      "6:1 ragged-table: a row of the table has not as many cells as its header",
      "7:1 ragged-table: a row of the table has not as many cells as its header",
    ],
    ["# a\n##", "5:1 empty-title: this page has no title"],
    ["| a | b |\n| - |\n| c | d |", "4:1 broken-table: these lines look like a table and are none"],
    [
      "- a\n\n7. b\n8. c",
      '6:1 list-start: a numbered list begins with another number than one (a number that must stay is written {{lit "7."}})',
    ],
  ],
  "a directive": [
    ["::chrt[a]{name=b}", "4:1 unknown-directive: there is no directive `::chrt` (did you mean `::chart`?)"],
    [
      ":::chart[a]{name=b}\n:::",
      "4:1 unknown-directive: there is no directive `:::chart` (did you mean `::chart`?)",
    ],
    [":postive[a]", "4:1 unknown-directive: there is no directive `:postive` (did you mean `:positive`?)"],
    ["::chart[a]", "4:1 missing-attribute: `::chart` lacks its attribute `name`"],
    ["::chart{name=a}", "4:1 missing-alt: chart `a` has no alternative text"],
    [
      "::chart[a]{nam=b name=c}",
      "4:1 unknown-attribute: `::chart` has no attribute `nam` (did you mean `name`?)",
    ],
    [":::notes\na\n:::", "4:1 misplaced-directive: `:::notes` cannot stand here"],
    ["## a\n\n::layout{name=a}\n\n::layout{name=b}", "8:1 misplaced-directive: `::layout` cannot stand here"],
    [':::columns{widths="8"}\na\n\n---\n\nb\n:::', "4:1 bad-widths: the columns do not fill the page"],
    [":::kpi\na\n:::", "4:1 not-one-list: `:::kpi` holds one list and nothing else"],
    [":::kpi\n- a\n:::", "5:1 entry-without-lead: an item of `:::kpi` does not begin with its lead"],
    [":::bridge\n- − a\n:::", "5:1 entry-without-lead: an item of `:::bridge` does not begin with its lead"],
    [":::map\n- **a** b\n:::", "5:1 entry-without-route: an item of `:::map` names no places"],
    [":::smile\na\n:::", "4:1 not-one-list: `:::smile` holds one list and nothing else"],
    [
      ":::matrix\n- a\n:::",
      "5:1 not-one-table: `:::matrix` holds one table, and a line under it as its legend",
    ],
    [
      ":::matrix\n| a | b |\n| - | - |\n| c | ● d |\n| e | f |\n:::",
      "8:5 cell-without-mark: a cell of the matrix does not begin with its mark",
    ],
  ],
};

describe.each(Object.entries(bad))("%s", (_, all) => {
  it.each(all)("%j", (body, ...problems) => {
    expect(problemsOf(body, { files: { "partials/tiles.md.hbs": "- {{label}}\n" } })).toEqual(problems);
  });
});

test("a problem says what was found, what was expected and what to do", () => {
  const [problem] = make('{{fig "acme.revenue.2025Q1" digts=1}}').problems;
  expect(problem && formatProblem(problem)).toBe(
    [
      "templates/deck.en.md.hbs:4:29: error: `fig` has no argument `digts` [unknown-argument]",
      "    found:    digts=",
      "    expected: one of `in`, `digits`, `scale`, `bounds`, `sign`, `bare`, `mark`, `as`",
      "    hint:     did you mean `digits`?",
    ].join("\n"),
  );
});

test("problems of all phases come together, each once however often a loop meets it", () => {
  const body = '{{#figures}}{{fig "nope"}} 5 {{t "nope"}}\n{{/figures}}\n<br>\n';
  expect(problemsOf(body)).toEqual([
    "4:19 unknown-finding: there is no finding `nope`",
    "4:34 unknown-word: there is no word `nope`",
    "4:28 typed-number: the number `5` was typed by hand",
    "6:1 unsupported-markdown: HTML cannot stand here (a comment is written {{!-- … --}})",
  ]);
});

describe("front matter", () => {
  const of = (deck: string): string[] => {
    const { problems } = fill(library({ "deck.en.md.hbs": deck }), "deck.en", evidenceOf(), options);
    return problems.map(brief);
  };

  it("is needed, with a title", () => {
    expect(of("# A\n")).toEqual(["1:1 no-front-matter: this template has no front matter"]);
    expect(of("---\ntitle: A\n")).toEqual(["1:1 open-front-matter: the front matter does not end"]);
    expect(of("---\nsubtitle: A\n---\n")).toEqual(["2:1 missing-field: missing field `title`"]);
  });

  it("knows its fields", () => {
    expect(of("---\ntitle: A\nsubtitel: B\n---\n")).toEqual([
      "3:1 unknown-field: unknown field `subtitel` (did you mean `subtitle`?)",
    ]);
  });

  it("holds no typed number, and no unknown helper", () => {
    expect(of("---\ntitle: A year of 5%\nsubtitle: '{{fgi 1}}'\n---\n")).toEqual([
      "2:8 typed-number: the number `5%` was typed by hand",
      "3:13 unknown-helper: there is no helper `fgi` (did you mean `fig`?)",
    ]);
    expect(of("---\ntitle: A\naudience: Holders of 5%\n---\n")).toEqual([
      "3:11 typed-number: the number `5%` was typed by hand",
    ]);
  });

  it("is in the language of the document", () => {
    expect(of("---\ntitle: A\nlanguage: zh\n---\n")).toEqual([
      "3:11 other-language: this template is in another language than the document",
    ]);
  });
});

test("an unknown template is named, with the nearest", () => {
  const { problems } = fill(library({ "deck.en.md.hbs": "" }), "dek.en", evidenceOf(), options);
  expect(problems.map(brief)).toEqual([
    "nowhere unknown-template: there is no template `dek.en` (did you mean `deck.en`?)",
  ]);
});

test("words are in every language and hold no number", () => {
  const words = "a: { en: Up 5%, zh: 升 }\nb: { en: Half }\n";
  expect(problemsOf("", { files: { "words.yaml": words } })).toEqual([
    "templates/words.yaml:1:10 typed-number: the number `5%` was typed by hand",
    "templates/words.yaml:2:6 half-word: `b` is not in every language",
  ]);
});

test("a number typed into the text of a statement is a problem of the data", () => {
  const at = { file: "data/findings/agi.yaml", line: 9 };
  const text = { en: "Up 5% on {nope}", zh: "" };
  const statement = {
    kind: "statement",
    id: "s",
    subjects: ["acme"],
    topic: "cost",
    text,
    recorded: "2025-06-03",
    citations: [],
    at,
  } as const;
  expect(problemsOf('{{say "s"}}', { evidence: evidenceOf([statement]) })).toEqual([
    "data/findings/agi.yaml:9 typed-number: the number `5%` was typed into a text",
    "data/findings/agi.yaml:9 unknown-finding: the text names a figure `nope` that does not exist",
  ]);
});

test("figures in units that cannot be compared are not sorted by value", () => {
  const body = '{{#figures sort="value"}}{{/figures}}';
  const evidence = evidenceOf();
  const noRates = { ...evidence, store: { ...evidence.store, rates: [] } };
  expect(problemsOf(body)).toEqual([]);
  expect(problemsOf(body, { evidence: noRates })).toEqual([
    "4:1 mixed-units: figures in different units cannot be sorted by value (narrow the loop by `metric`, or sort by another key)",
  ]);
});

test("`week` without a week is a problem", () => {
  const { filled: _, ...made } = make("{{week}}");
  expect(made.problems).toEqual([]);
  const { week: __, ...weekless } = options;
  const { problems } = fill(
    library({ "d.en.md.hbs": '---\ntitle: A\n---\n{{week}}{{#events recorded="week"}}{{/events}}' }),
    "d.en",
    evidenceOf(),
    weekless,
  );
  expect(problems.map((problem) => problem.code)).toEqual(["no-week", "no-week"]);
});
