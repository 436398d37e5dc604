import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readQuery } from "../src/charts/query.ts";
import { findingsSchema, schemas } from "../src/findings/schema.ts";
import { parseFile } from "../src/findings/yaml.ts";
import type { Problem } from "../src/problem.ts";
import { describes, printedSchemas } from "../src/schemas.ts";
import { frontSchema } from "../src/templates/front.ts";
import { readTheme } from "../src/templates/themes/read.ts";
import { wordsSchema } from "../src/templates/words.ts";
import { root, shippedLibrary, textsBelow } from "./workspace.ts";

const ajv = new Ajv({ allErrors: true, strict: true, strictRequired: false, allowUnionTypes: true });
(addFormats as unknown as (to: Ajv) => void)(ajv);
const validators = new Map(printedSchemas.map(({ name, schema }) => [name, ajv.compile(schema)]));

/** What a validator that is not ours says against a value. */
function faults(schema: string, value: unknown): string[] {
  const validate = validators.get(schema)!;
  return validate(value) ? [] : validate.errors!.map((fault) => `${fault.instancePath} ${fault.message}`);
}

const of =
  (definition: Parameters<typeof parseFile>[2]) =>
  (text: string): readonly Problem[] =>
    parseFile("a.yaml", text, definition).problems;

/** What we say against a text. */
const refused: Readonly<Record<string, (text: string) => readonly Problem[]>> = {
  "chart-query": (text) => readQuery(parse(text), () => ({ file: "a.vl.json" })).problems,
  findings: of(findingsSchema),
  "front-matter": of(frontSchema),
  rates: of(schemas["rates.yaml"]),
  sourcedeck: of(schemas["sourcedeck.yaml"]),
  sources: of(schemas["sources.yaml"]),
  subjects: of(schemas["subjects.yaml"]),
  theme: (text) => readTheme(shippedLibrary({ "themes/own.yaml": text }), "own").problems,
  words: of(wordsSchema),
};

/** Paths as they are in a workspace, with the texts. */
const shipped = [
  ...[...textsBelow(join(root, "data"))].map(([path, text]) => [`data/${path}`, text] as const),
  ...[...textsBelow(join(root, "templates"))].map(([path, text]) => [`templates/${path}`, text] as const),
];
const starters = shipped
  .filter(([path]) => path.startsWith("templates/starter/"))
  .map(([path, text]) => [path.replace(/^templates\/starter\/[^/]+\//, ""), text] as const);
const all = [...shipped.filter(([path]) => !path.startsWith("templates/starter/")), ...starters];

function yamlOf(schema: (typeof printedSchemas)[number]): (readonly [string, string])[] {
  return all.filter(([path]) => describes(schema, path));
}

describe("the printed schemas", () => {
  it.each(printedSchemas.filter(({ files }) => files !== undefined))(
    "accept as $name every file that is shipped and every one of a new workspace",
    (schema) => {
      for (const [path, text] of yamlOf(schema))
        expect([path, ...faults(schema.name, parse(text))]).toEqual([path]);
    },
  );

  it("describe every YAML file that is shipped, and each but rare ones is there to be held against them", () => {
    const yaml = all.map(([path]) => path).filter((path) => path.endsWith(".yaml"));
    expect(yaml.filter((path) => !printedSchemas.some((schema) => describes(schema, path)))).toEqual([]);
    const unused = printedSchemas.filter((schema) => schema.files && yamlOf(schema).length === 0);
    expect(["derived", "formats"]).toEqual(expect.arrayContaining(unused.map(({ name }) => name)));
  });

  it("accept the front matter of every template", () => {
    const fronts = all.flatMap(([path, text]) => {
      const front = /^---\n(.*?)\n---\n/s.exec(text)?.[1];
      return path.endsWith(".md.hbs") && front !== undefined ? [[path, front] as const] : [];
    });
    expect(fronts.length).toBeGreaterThan(8);
    for (const [path, front] of fronts)
      expect([path, ...faults("front-matter", parse(front))]).toEqual([path]);
  });

  it("accept the query of every chart", () => {
    const charts = all.filter(([path]) => path.endsWith(".vl.json"));
    expect(charts.length).toBeGreaterThan(15);
    for (const [path, text] of charts)
      expect([path, ...faults("chart-query", JSON.parse(text).usermeta.sourcedeck)]).toEqual([path]);
  });

  const theme = parse(readFileSync(join(root, "templates/themes/default.yaml"), "utf8"));
  const { colours, ...colourless } = theme;
  const cited = "citations: [{ line: 1, written: x }]";
  it.each([
    [
      "findings",
      "a finding without a citation",
      "figures: [{ id: a, subject: a, metric: m, period: 2025, value: 1 % }]",
    ],
    [
      "findings",
      "an unknown field",
      `events: [{ id: a, subject: a, date: 2025, typo: x, type: launch, what: { en: x, zh: x }, ${cited} }]`,
    ],
    [
      "findings",
      "an unknown type of event",
      `events: [{ id: a, subject: a, date: 2025, type: party, what: { en: x, zh: x }, ${cited} }]`,
    ],
    [
      "findings",
      "a statement in one language",
      `statements: [{ id: a, subjects: [a], topic: t, text: { en: x }, ${cited} }]`,
    ],
    [
      "sources",
      "a day that does not exist",
      "[{ id: a, file: a.txt, publisher: { en: x, zh: x }, title: { en: x, zh: x }, language: en, published: 2025-02-30 }]",
    ],
    ["subjects", "an unknown region", "[{ id: a, kind: company, en: A, zh: A, region: eu }]"],
    ["sourcedeck", "an unknown writer", "products: [{ name: a, template: a, writer: pdf, languages: [en] }]"],
    [
      "rates",
      "a rate of zero",
      `[{ id: a, base: USD, quote: CNY, rate: "0", period: 2025, recorded: 2025-01-01, ${cited} }]`,
    ],
    ["theme", "a whole theme without colours", JSON.stringify(colourless)],
    ["theme", "a colour by its name", "{ extends: default, colours: { cn: teal } }"],
    ["theme", "a role that does not exist", "{ extends: default, colours: { brand: AB1234 } }"],
    ["words", "a word that is a list", "{ a: { en: [x], zh: x } }"],
    ["front-matter", "no title", "{ subtitle: x }"],
    ["chart-query", "a query of nothing", "{ in: USD }"],
    ["chart-query", "too many digits", "{ figures: [a], digits: 9 }"],
  ])("refuse as %s what we refuse: %s", (schema, _, text) => {
    expect(faults(schema, parse(text))).not.toEqual([]);
    expect(refused[schema]!(text)).not.toEqual([]);
  });

  it("accept a theme that says only what differs", () => {
    expect(faults("theme", { extends: "default", colours: { cn: "B5442E" } })).toEqual([]);
    expect(faults("theme", { ...colourless, colours })).toEqual([]);
  });

  it("describe what stands in the files, for those who write them", () => {
    const text = JSON.stringify(printedSchemas.find(({ name }) => name === "findings")!.schema);
    expect(text).toContain("As it is printed in that line, letter by letter.");
    expect(printedSchemas.map(({ name }) => name)).toEqual(printedSchemas.map(({ name }) => name).sort());
  });
});
