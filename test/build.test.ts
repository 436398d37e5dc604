/** What is said about a product that cannot be built, and where. */
import { describe, expect, it, test } from "vitest";
import { type BuildOptions, compose, inspect } from "../src/build.ts";
import type { Product } from "../src/findings/store.ts";
import { formatPlace } from "../src/problem.ts";
import { finding, store } from "./sample.ts";
import { shippedLibrary } from "./workspace.ts";

const product: Product = {
  name: "deck",
  writer: "pptx",
  template: "deck",
  languages: ["en"],
  at: { file: "data/sourcedeck.yaml", line: 3 },
};

function problems(
  deck: string,
  more: {
    files?: Readonly<Record<string, string>>;
    product?: Partial<Product>;
    options?: Partial<BuildOptions>;
  } = {},
  findings = [finding("a", "7 CNY")],
): string[] {
  const library = shippedLibrary({
    "deck.en.md.hbs": `---\ntitle: T\n${deck}`,
    ...more.files,
  });
  return inspect({ product: { ...product, ...more.product }, language: "en" }, store(findings), library, {
    draft: false,
    version: "test",
    ...more.options,
  }).problems.map(
    ({ severity, code, where }) => `${where ? formatPlace(where) : "nowhere"} ${severity} ${code}`,
  );
}

it("is a theme that does not exist: where it is named", () => {
  expect(problems("theme: nope\n---\n")).toEqual(["templates/deck.en.md.hbs:3:8 error unknown-theme"]);
  expect(problems("---\n", { product: { theme: "nope" } })).toEqual([
    "data/sourcedeck.yaml:3 error unknown-theme",
  ]);
  expect(problems("---\n", { options: { theme: "nope" } })).toEqual(["nowhere error unknown-theme"]);
});

it("keeps the line of confidentiality of its own theme in whatever other theme it is built", () => {
  const board = "extends: default\nconfidentiality: { en: Board only, zh: 仅供董事会 }\n";
  const files = { "deck.en.md.hbs": "---\ntitle: T\ntheme: board\n---\n", "themes/board.yaml": board };
  const library = shippedLibrary(files);
  const lines = [undefined, "dark", "paper", "board"].map((theme) => {
    const options = { draft: false, version: "test", ...(theme !== undefined && { theme }) };
    const { value } = compose({ product, language: "en" }, store([finding("a", "7 CNY")]), library, options);
    return [value?.theme.name, value?.theme.confidentiality?.en];
  });
  expect(lines).toEqual([
    ["Default", "Board only"],
    ["Dark", "Board only"],
    ["Paper", "Board only"],
    ["Default", "Board only"],
  ]);
});

it("is a template that does not exist: where the product names it", () => {
  expect(problems("---\n", { product: { template: "dek" } })).toEqual([
    "data/sourcedeck.yaml:3 error unknown-template",
  ]);
});

it("is a contradicted figure shown as a side without the others", () => {
  const contradicting = [finding("a", "7 CNY"), finding("b", "3 CNY")];
  const deck = (body: string) =>
    `---\n## A\n\n{{#conflicts}}{{#each findings}}${body}{{/each}}{{/conflicts}}\n`;
  const sides = (body: string) =>
    problems(deck(body), {}, contradicting).filter((problem) => problem.startsWith("templates/"));
  expect(sides("{{figure}} ")).toEqual([]);
  expect(sides("{{#if @first}}{{figure}}{{/if}}")).toEqual(["templates/deck.en.md.hbs:6 error conflict"]);
  expect(sides("{{#if @first}}{{figure}}{{else}}\n\n## B\n\n{{figure}}{{/if}}")).toEqual([
    "templates/deck.en.md.hbs:6 error conflict",
    "templates/deck.en.md.hbs:10 error conflict",
  ]);
  expect(problems("audience: 'Of {{fig \"a\"}}'\n---\n## A\n", {}, contradicting)).toContain(
    "templates/deck.en.md.hbs:2:8 error conflict",
  );
});

test("typed numbers in notes, footers and charts are errors, and in a draft warnings", () => {
  const noted = [finding("a", "7 CNY", { note: { en: "Up 5%", zh: "升" } })];
  const footer = shippedLibrary()
    .files.get("themes/default.yaml")!
    .text.replace(/^footer: .*$/m, 'footer: { en: "Since 1999", zh: "" }');
  const chart = JSON.stringify({
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    title: "Revenue of 2024",
    usermeta: { sourcedeck: { figures: ["a"] } },
    data: { name: "rows" },
    mark: "bar",
    encoding: { x: { field: "value", type: "quantitative" } },
  });
  const files = { "themes/default.yaml": footer, "charts/c.vl.json": chart };
  const body = "---\n## A\n\n::chart[alt]{name=c}\n";
  const codes = (draft: boolean) => problems(body, { files, options: { draft } }, noted);
  expect(codes(false)).toEqual([
    "data/findings/sample.yaml:1:1 error typed-number",
    "templates/themes/default.yaml:34:15 error typed-number",
    "templates/charts/c.vl.json:1:70 error chart-typed-number",
  ]);
  expect(codes(true)).toEqual(codes(false).map((line) => line.replace(" error ", " warning ")));
});

test("a contradiction that no page shows is refused all the same, at its last finding", () => {
  expect(problems("---\n", {}, [finding("a", "7 CNY"), finding("b", "3 CNY")])).toEqual([
    "data/findings/sample.yaml:1:1 error conflict",
  ]);
});

describe("as of an earlier day", () => {
  const early = finding("a", "7 CNY");
  const late = finding("b", "8 CNY", { period: "2025Q2", recorded: "2025-07-01" });
  const asOf = { options: { asOf: "2025-06-30" } };
  const chart = (query: object) =>
    JSON.stringify({
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      usermeta: { sourcedeck: query },
      data: { name: "rows" },
      mark: "bar",
      encoding: { x: { field: "value", type: "quantitative" } },
    });

  it.each([
    ["in its title", '## Now {{fig "b"}}'],
    ["in its text", '## Now\n\nIt is {{fig "b"}}.'],
    ["in its notes", '## Now\n\nText.\n\n:::notes\n{{fig "b"}}\n:::'],
    ["as a part of what is derived", '## Now {{change "a" "b"}}'],
    ["in its chart", "## Now\n\n::chart[alt]{name=named}"],
    ["as all that its chart has to draw", "## Now\n\n::chart[alt]{name=selected}"],
  ])("a page that shows a later figure %s is left out, with a warning", (_, page) => {
    const files = {
      "charts/named.vl.json": chart({ figures: ["a", "b"] }),
      "charts/selected.vl.json": chart({ select: { period: "2025Q2" } }),
    };
    const deck = `---\n## Then {{fig "a"}}\n\n${page}\n`;
    expect(problems(deck, { files }, [early, late])).toEqual([]);
    expect(problems(deck, { files, ...asOf }, [early, late])).toEqual([
      "templates/deck.en.md.hbs:6:1 warning later-page",
    ]);
  });

  it("loops go through what was there", () => {
    const deck = "---\n## Then\n\n{{#figures}}{{figure}} {{/figures}}\n";
    const { value } = inspect(
      { product, language: "en" },
      store([early, late]),
      shippedLibrary({ "deck.en.md.hbs": `---\ntitle: T\n${deck}` }),
      { draft: false, version: "test", asOf: "2025-06-30" },
    );
    expect([...(value ?? [])]).toEqual(["a"]);
  });

  it("a title that rests on a later figure cannot be left out", () => {
    const deck = "subtitle: 'Now {{fig \"b\"}}'\n---\n## Then\n";
    expect(problems(deck, asOf, [early, late])).toEqual(["templates/deck.en.md.hbs:2:8 error later-cover"]);
  });

  it("a figure that was corrected later is the old one, under either name", () => {
    const why = { en: "Restated.", zh: "重述。" };
    const corrected = {
      ...finding("c", "9 CNY", { recorded: "2025-07-01" }),
      supersedes: { finding: "a", why },
    };
    const deck = '---\n## {{fig "a"}} {{fig "c"}}\n';
    const used = (options: Partial<BuildOptions>): readonly string[] => {
      const library = shippedLibrary({ "deck.en.md.hbs": `---\ntitle: T\n${deck}` });
      const made = inspect({ product, language: "en" }, store([early, corrected]), library, {
        draft: false,
        version: "test",
        ...options,
      });
      expect(made.problems).toEqual([]);
      return [...(made.value ?? [])];
    };
    expect(used({ asOf: "2025-06-30" })).toEqual(["a"]);
    expect(used({})).toEqual(["c"]);
  });

  it("there is nothing before the first day", () => {
    expect(problems("---\n## A\n", { options: { asOf: "2025-01-01" } }, [early])).toEqual([
      "nowhere error day-before-store",
    ]);
  });
});

test("the product of a week leaves out what is contradicted or in a failed check, and may tell it as such", () => {
  const contradicting = [
    finding("a", "7 CNY"),
    finding("b", "3 CNY"),
    finding("c", "5 CNY", { period: "2024" }),
  ];
  const body =
    "{{#figures}}{{figure}} {{/figures}}\n\n{{#conflicts}}{{#each findings}}{{figure}} {{/each}}{{/conflicts}}";
  const week = { product: { week: "2025-W23" } };
  expect(problems(`---\n## A\n\n${body}\n`, week, contradicting)).toEqual([]);
  expect(problems('---\n## A {{fig "a"}}\n', week, contradicting)).toEqual([
    "templates/deck.en.md.hbs:4 error conflict",
  ]);
});

test("a withdrawn finding is no longer shown, and why is said", () => {
  const gone = {
    ...finding("a", "7 CNY"),
    withdrawn: { on: "2025-07-01", why: { en: "A misprint.", zh: "误植。" } },
  };
  expect(problems('---\n## A {{fig "a"}}\n', {}, [gone, finding("b", "8 CNY", { period: "2024" })])).toEqual([
    "templates/deck.en.md.hbs:4:12 error withdrawn",
  ]);
});
