import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  bounds,
  interval,
  isFault,
  parseQuantity,
  type Quantity,
  scales,
} from "../../src/findings/quantity.ts";

const units = new Set(["users", "tokens", "months", "people"]);

function quantity(text: string): Quantity {
  const parsed = parseQuantity(text, units);
  if (isFault(parsed)) throw new Error(`${text}: ${JSON.stringify(parsed)}`);
  return parsed;
}

describe("a quantity", () => {
  it.each([
    ["301亿 CNY", "30100000000", "30100000000", "CNY", "100000000"],
    [">1.5亿 CNY", "150000000", "150000000", "CNY", "10000000"],
    ["120–130亿 USD", "12000000000", "13000000000", "USD", "100000000"],
    ["~5000万 users", "50000000", "50000000", "users", "10000"],
    ["5.36 pp", "5.36", "5.36", "pp", "0.01"],
    ["42%", "42", "42", "%", "1"],
    ["0.55 USD/1M tokens", "0.00000055", "0.00000055", "USD/tokens", "0.00000001"],
    ["0.0008 CNY/1k tokens", "0.0000008", "0.0000008", "CNY/tokens", "0.0000001"],
    ["20 USD/month", "20", "20", "USD/months", "1"],
    ["166万 USD/person", "1660000", "1660000", "USD/people", "10000"],
    ["1.2万亿 CNY", "1200000000000", "1200000000000", "CNY", "100000000000"],
    ["-3 %", "-3", "-3", "%", "1"],
    ["0.30 x", "0.3", "0.3", "x", "0.01"],
  ])("reads %s exactly", (text, low, high, unit, step) => {
    const { low: l, high: h, unit: u, step: s } = quantity(text);
    expect([l.toFixed(), h.toFixed(), u, s.toFixed()]).toEqual([low, high, unit, step]);
  });

  it.each([
    ["about five", { fault: "form" }],
    ["301 亿", { fault: "form" }],
    ["5 apples", { fault: "unit", unit: "apples" }],
    ["5 XYZ", { fault: "currency", unit: "XYZ" }],
    ["3 USD/1M apples", { fault: "unit", unit: "apples" }],
    ["130–120亿 USD", { fault: "range", low: "130", high: "120" }],
    ["1e9 CNY", { fault: "form" }],
    ["NaN CNY", { fault: "form" }],
  ])("refuses %s", (text, fault) => {
    expect(parseQuantity(text, units)).toEqual(fault);
  });

  test("of any bound, number, scale and unit keeps its bound and its exact value", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("", ...bounds),
        fc.bigInt({ min: 0n, max: 10n ** 15n }),
        fc.integer({ min: 0, max: 6 }),
        fc.constantFrom("", ...Object.keys(scales)),
        fc.constantFrom("CNY", "USD", "%", "users"),
        (bound, digits, places, scale, unit) => {
          const padded = digits.toString().padStart(places + 1, "0");
          const number = places === 0 ? padded : `${padded.slice(0, -places)}.${padded.slice(-places)}`;
          const { bound: read, low, unit: kept } = quantity(`${bound}${number}${scale} ${unit}`);
          expect(read ?? "").toBe(bound);
          expect(kept).toBe(unit);
          const shift = (scales[scale] ?? 0) - places;
          const exact = shift >= 0 ? digits * 10n ** BigInt(shift) : undefined;
          if (exact !== undefined) expect(low.toFixed()).toBe(exact.toString());
          else expect(low.mul(10 ** -shift).toFixed()).toBe(digits.toString());
        },
      ),
    );
  });

  test("means an interval: half a step for a plain number, an open side for a bound, a tenth for about", () => {
    const ends = (text: string): (string | undefined)[] => {
      const { low, high } = interval(quantity(text));
      return [low?.toFixed(), high?.toFixed()];
    };
    expect(ends("301亿 CNY")).toEqual(["30050000000", "30150000000"]);
    expect(ends(">1.5亿 CNY")).toEqual(["145000000", undefined]);
    expect(ends("≤9 %")).toEqual([undefined, "9.5"]);
    expect(ends("~50 users")).toEqual(["45", "55"]);
    expect(ends("12–13 USD")).toEqual(["11.5", "13.5"]);
  });
});
