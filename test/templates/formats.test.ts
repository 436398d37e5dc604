import { describe, expect, it } from "vitest";
import { evidenceOf, printed, problemsOf } from "./sample.ts";

const formats = `
usd-short: { in: USD, scale: { en: bn, zh: 亿 }, digits: 1, bounds: signs }
plain: { bare: true, mark: false, scale: 1 }
growth: { sign: true, digits: { en: 0, zh: 2 } }
`;
const files = { "formats.yaml": formats };

describe("a named format", () => {
  it.each([
    ['{{fig "acme.revenue.2025Q1" as="usd-short"}}', "[fig USD 3.0bn]"],
    ['{{fig "long.capex.2025Q1" as="usd-short"}}', "[fig >USD 0.8bn]"],
    ['{{sum "long.revenue.2025Q1" "acme.revenue.2025Q1" as="usd-short"}}', "[fig USD 7.1bn]"],
    ['{{fig "acme.revenue.2025Q1" as="plain"}}', "[fig 3,000,000,000 unmarked]"],
    ['{{change "acme.revenue.2024Q1" "acme.revenue.2025Q1" as="growth"}}', "[fig +50%]"],
  ])("prints as its arguments would: %s", (body, prints) => {
    expect(printed(body, { files })).toBe(prints);
  });

  it("gives way to what the call says itself", () => {
    const body = '{{fig "acme.revenue.2025Q1" as="usd-short" digits=0 in="CNY" mark=false}}';
    expect(printed(body, { files })).toBe("[fig CNY 22bn unmarked]");
  });

  it("may differ by language", () => {
    const body = '{{change "acme.revenue.2024Q1" "acme.revenue.2025Q1" as="growth"}}';
    const chinese = printed(body, { files, options: { language: "zh" }, evidence: evidenceOf() });
    expect(chinese).toBe("[fig +50.00%]");
  });

  it("that does not exist, or says what no format says, is a problem at its place", () => {
    expect(problemsOf('{{fig "acme.revenue.2025Q1" as="usd-shrt"}}', { files })).toEqual([
      "4:29 unknown-format: there is no format `usd-shrt` (did you mean `usd-short`?)",
    ]);
    const wrong = "a: { in: DOLLARS }\nb: { scale: bn, digts: 1 }\nc: { scale: { en: bn, zh: 十 } }\n";
    expect(problemsOf("Words.", { files: { "formats.yaml": wrong } })).toEqual([
      "templates/formats.yaml:1:10 bad-value: `a.in` cannot be read",
      "templates/formats.yaml:2:17 unknown-field: unknown field `digts` in b (did you mean `digits`?)",
      "templates/formats.yaml:3:27 bad-value: `c.scale.zh` cannot be read",
    ]);
  });
});
