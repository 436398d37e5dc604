/** What is said about a product that cannot be built, and where. */
import { expect, it, test } from "vitest";
import { type BuildOptions, inspect } from "../src/build.ts";
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
    "templates/deck.en.md.hbs error conflict",
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
