import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { cagr, change, convert, difference, ratio, share, sum } from "../../src/evidence/derive.ts";
import type { Figure } from "../../src/evidence/figure.ts";
import type { Outcome } from "../../src/problem.ts";
import { evidenceOf, figure, finding } from "../sample.ts";

function shown(outcome: Outcome<Figure>): string {
  const { quantity } = outcome.value!;
  const low = quantity.low.toSignificantDigits(6).toFixed();
  const high = quantity.high.toSignificantDigits(6).toFixed();
  return `${quantity.bound ?? ""}${low === high ? low : `${low}–${high}`} ${quantity.unit}`;
}

const a = figure("a", "400亿 USD", { period: "2024", line: 3 });
const b = figure("b", "160亿 USD", { period: "2025", line: 5, status: "forecast" });

describe("a derived figure", () => {
  it("is exact and carries the lineage of its parts", () => {
    const { value } = ratio(a, b);
    expect(shown(ratio(a, b))).toBe("2.5 x");
    expect(value!.lineage).toEqual({
      findings: ["a", "b"],
      citations: [...a.lineage.citations, ...b.lineage.citations],
      formula: "a / b",
      rates: [],
    });
  });

  it("is no firmer than its least firm part", () => {
    expect(ratio(a, b).value!.status).toBe("forecast");
  });

  it.each([
    ["share", shown(share(b, a)), "40 %"],
    ["change", shown(change(b, a)), "150 %"],
    ["difference", shown(difference(a, b)), "24000000000 USD"],
    ["sum", shown(sum([a, b])), "56000000000 USD"],
    ["cagr", shown(cagr(a, figure("c", "900亿 USD", { period: "2026" }))), "50 %"],
    ["difference of percentages", shown(difference(figure("p", "42 %"), figure("q", "30 %"))), "12 pp"],
  ])("%s", (_, found, expected) => {
    expect(found).toBe(expected);
  });

  it.each([
    ["≤5000亿 below the line turns into at least", ">5 USD", "<2 USD", ">2.5 x"],
    ["at least over a plain number", "≥6 USD", "2 USD", "≥3 x"],
    ["over a number that is at most", "6 USD", "≤2 USD", "≥3 x"],
    ["about over at most is at least about", "~6 USD", "≤2 USD", "≳3 x"],
    ["bounds that pull apart leave about", ">6 USD", ">2 USD", "~3 x"],
    ["a range stays one", "12–13 USD", "2 USD", "6–6.5 x"],
    ["a range below the line runs the other way", "12 USD", "2–3 USD", "4–6 x"],
  ])("keeps its bounds: %s", (_, top, bottom, expected) => {
    expect(shown(ratio(figure("top", top), figure("bottom", bottom)))).toBe(expected);
  });

  test("of converted money goes there and back unharmed, and names the rate both times", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (amount) => {
        const evidence = evidenceOf(finding("m", `${amount}亿 CNY`));
        const there = convert(evidence.figures.get("m")!, "USD", evidence).value!;
        const back = convert(there, "CNY", evidence).value!;
        expect(there.lineage).toMatchObject({
          rates: ["usd-cny.2025-03"],
          formula: "m × 1 / usd-cny.2025-03",
        });
        expect(back.quantity.low.toSignificantDigits(30).eq(`${amount}00000000`)).toBe(true);
        expect(back.lineage.citations).toHaveLength(2);
      }),
    );
  });

  it("that cannot be computed is a problem, never NaN", () => {
    const evidence = evidenceOf(
      finding("m", "5 CNY"),
      finding("e", "5 EUR"),
      finding("u", "5 users"),
      finding("z", "0 CNY"),
    );
    const get = (id: string): Figure => evidence.figures.get(id)!;
    const code = (outcome: Outcome<Figure>): unknown => [outcome.value, outcome.problems[0]?.code];
    expect(code(ratio(get("m"), get("e")))).toEqual([undefined, "different-units"]);
    expect(code(ratio(get("m"), get("z")))).toEqual([undefined, "division-by-zero"]);
    expect(code(sum([]))).toEqual([undefined, "nothing-to-compute"]);
    expect(code(cagr(get("m"), get("m")))).toEqual([undefined, "no-time-between"]);
    expect(code(convert(get("e"), "CNY", evidence))).toEqual([undefined, "no-rate"]);
    expect(code(convert(get("u"), "CNY", evidence))).toEqual([undefined, "not-money"]);
    expect(code(convert(get("m"), "XYZ", evidence))).toEqual([undefined, "unknown-currency"]);
  });
});
