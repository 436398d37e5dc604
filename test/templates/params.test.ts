import { describe, expect, it } from "vitest";
import type { Evidence } from "../../src/evidence/evidence.ts";
import { plainText } from "../../src/model/walk.ts";
import { fill, fillText } from "../../src/templates/engine.ts";
import type { Library } from "../../src/templates/library.ts";
import { bindParams, declaredParams, fittingValues, type Param } from "../../src/templates/params.ts";
import { evidenceOf, finding } from "../sample.ts";

const options = { language: "en", date: "2025-06-03", draft: false } as const;
const evidence = evidenceOf(
  finding("a.2024", "4 USD", { subject: "acme", period: "2024" }),
  finding("l.2025", "5 USD", { subject: "long", period: "2025" }),
);

function library(params: string, body: string, more: Readonly<Record<string, string>> = {}): Library {
  const texts = { "card.en.md.hbs": `---\ntitle: Card\nparams: ${params}\n---\n${body}`, ...more };
  return {
    files: new Map(Object.entries(texts).map(([path, text]) => [path, { file: `templates/${path}`, text }])),
  };
}

function told(from: Library, given: readonly Param[], seen: Evidence = evidence): string {
  const bound = bindParams(declaredParams(from, "card.en"), given, from, seen, options);
  if (!bound.value) return bound.problems.map(({ code }) => code).join(" ");
  const { value, problems } = fill(from, "card.en", seen, { ...options, params: bound.value });
  return problems.length > 0 ? problems.map(({ code }) => code).join(" ") : plainTextOf(value);
}

/** Values in the places where they stand. */
function plainTextOf(filled: ReturnType<typeof fill>["value"]): string {
  const nodes = filled?.nodes ?? [];
  return (filled?.markdown ?? "").replace(/\uE000(\d+)\uE001/g, (_, index) =>
    plainText([nodes[Number(index)]!]),
  );
}

const company = [{ name: "company", value: "long" }];

describe("a parameter", () => {
  it("is a name on the page and an id as an argument, within loops and partials, too", () => {
    const from = library(
      "{ company: subject }",
      "{{company}} {{#figures subject=company}}{{figure}} {{name company}}{{/figures}} {{> whose}}",
      { "partials/whose.md.hbs": "{{name company}}" },
    );
    expect(told(from, company).match(/Long/g)).toHaveLength(3);
    expect(told(from, company)).toContain("USD 5");
  });

  it("stands behind what is nearer: fields of a turn, and names given with `as`", () => {
    const from = library(
      "{ subject: subject }",
      "{{#figures}}{{subject}}{{/figures}}{{#figures as |subject|}}{{subject.subject}}{{/figures}}",
    );
    const text = told(from, [{ name: "subject", value: "long" }]);
    expect([text.match(/Acme/g)?.length, text.match(/Long/g)?.length]).toEqual([2, 2]);
  });

  it("is refused when it is missing, unknown, of another kind or not declared", () => {
    const from = library("{ company: { subject: country } }", "{{company}}");
    expect(told(from, [])).toBe("missing-param");
    expect(told(from, [{ name: "company", value: "lang" }])).toBe("unknown-subject");
    expect(told(from, company)).toBe("other-kind");
    expect(told(from, [...company, { name: "year", value: "2025" }])).toBe("unknown-param other-kind");
  });

  it("without a value is checked and not filled", () => {
    const from = library("{ company: subject }", "{{name company}} {{name compny}}");
    const { value, problems } = fill(from, "card.en", evidence, options);
    expect([value, problems.map(({ code }) => code)]).toEqual([undefined, ["unknown-name"]]);
  });

  it("is its id where a chart asks for figures, and its name in a chart's texts", () => {
    const from = library("{ company: subject }", "");
    const { value: params } = bindParams(declaredParams(from, "card.en"), company, from, evidence, options);
    const where = { file: "chart.vl.json" };
    const text = (asKeys: boolean): string | undefined =>
      fillText(from, "{{company}}", where, evidence, { ...options, params: params! }, asKeys).value?.text;
    expect([text(true), text(false)]).toEqual(["long", "Long"]);
  });

  it("has values to try it with: those of which the store tells something", () => {
    const types = {
      subject: ["acme", "long"],
      metric: ["revenue"],
      region: ["cn", "us"],
      source: ["paper"],
      topic: [],
      period: ["2025", "2024"],
    };
    for (const [type, values] of Object.entries(types)) {
      const [declared] = declaredParams(library(`{ one: ${type} }`, ""), "card.en");
      expect([type, fittingValues(declared!, evidence)]).toEqual([type, values]);
    }
  });
});
