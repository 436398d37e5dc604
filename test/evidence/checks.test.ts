import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { CheckResult } from "../../src/evidence/evidence.ts";
import { failedChecks, gate } from "../../src/evidence/gate.ts";
import { judge } from "../../src/evidence/judge.ts";
import { unusedFindings } from "../../src/evidence/usage.ts";
import { Decimal } from "../../src/findings/decimal.ts";
import { readStore } from "../../src/findings/read.ts";
import type { Arithmetic, Check, FigureFinding, Metric, Ruling, Store } from "../../src/findings/store.ts";
import { describeLineage } from "../../src/model/lineage.ts";
import { formatProblem } from "../../src/problem.ts";
import { finding, store, subject } from "../sample.ts";
import { shippedStore } from "../workspace.ts";

const at = { file: "data/checks.yaml", line: 1, column: 3 };
const name = { en: "", zh: "" };
const money = { name, measures: "money", over: "period", at } as const;
const percent = { name, measures: "percent", over: "period", at } as const;

const metrics: readonly Metric[] = [
  { ...money, id: "revenue" },
  { ...percent, id: "revenue-growth", growthOf: "revenue" },
  { ...percent, id: "revenue-growth-qoq", growthOf: "revenue", against: "quarter" },
  { ...percent, id: "revenue-share", shareOf: "revenue" },
  { ...money, id: "profit", additive: false },
  { id: "users", name, measures: "count", over: "instant", at },
  { id: "price", name, measures: "price", over: "instant", at },
];

interface Given {
  readonly checks?: readonly Check[];
  readonly rulings?: readonly Ruling[];
}

function given(findings: readonly FigureFinding[], { checks = [], rulings = [] }: Given = {}): Store {
  const base = store(findings, { rulings });
  return {
    ...base,
    metrics: new Map(metrics.map((metric) => [metric.id, metric])),
    subjects: new Map([
      ...base.subjects,
      ["unit", { ...subject("unit", "us"), kind: "segment", parent: "acme" }],
    ]),
    checks,
  };
}

const check = (arithmetic: Arithmetic, tolerance = 0): Check => ({ id: "c", arithmetic, tolerance, at });

/** Values by the letters that the arithmetic names them with, each an unrelated figure. */
function figures(values: Readonly<Record<string, string>>): FigureFinding[] {
  return Object.entries(values).map(([id, text]) => {
    const [value = "", period = "2025Q1"] = text.split(" in ");
    return finding(id, value, { metric: "users", scope: id, period });
  });
}

function declared(values: Readonly<Record<string, string>>, arithmetic: Arithmetic, tolerance = 0) {
  const { value, problems } = judge(given(figures(values), { checks: [check(arithmetic, tolerance)] }));
  const [result] = value.checks;
  return result ? `${verdict(result)}: ${result.arithmetic}` : problems.map(formatProblem).join("\n");
}

const verdict = ({ passed, level }: CheckResult): string => (passed ? "holds" : level);

const growth: Arithmetic = { kind: "growth", from: "a", to: "b", rate: "r" };
const cagr: Arithmetic = { kind: "cagr", from: "a", to: "b", rate: "r" };
const sum: Arithmetic = { kind: "sum", parts: ["a", "b"], total: "r" };
const share: Arithmetic = { kind: "share", part: "a", whole: "b", percent: "r" };
const ratio: Arithmetic = { kind: "ratio", of: "a", to: "b", times: "r" };
const yearly: Arithmetic = { kind: "product", factors: ["a", "b"], times: "12", result: "r" };
const conversion: Arithmetic = { kind: "conversion", from: "a", to: "b" };
const difference: Arithmetic = { kind: "difference", from: "a", less: "b", result: "r" };
const part: Arithmetic = { kind: "part", part: "a", whole: "b" };

describe("a check that was done before", () => {
  const one = given(figures({ a: "10亿 USD", b: "72.6亿 CNY" }), { checks: [check(conversion)] });
  const arithmeticOf = (judged: Store): string[] => judge(judged).value.checks.map((each) => each.arithmetic);
  const before = ["72.6亿 CNY / 10亿 USD = 7.26 CNY/USD, usd-cny.2025-03 gives 7.26 CNY/USD"];
  /** The same store but for one thing, so that nothing else tells them apart. */
  const but = (other: Partial<Store>): Store => ({ ...one, ...other });

  it("is done again when a figure is another", () => {
    const [a, b] = figures({ a: "10亿 USD", b: "70亿 CNY" });
    const findings = new Map([...one.findings, [b!.id, b!]]);
    expect([a!.id, b!.id]).toEqual([...one.findings.keys()]);
    expect(arithmeticOf(one)).toEqual(before);
    expect(arithmeticOf(but({ findings }))).toEqual([
      "70亿 CNY / 10亿 USD = 7 CNY/USD, usd-cny.2025-03 gives 7.26 CNY/USD",
    ]);
    expect(arithmeticOf(one)).toEqual(before);
  });

  it("is done again when a rate is another, or gone", () => {
    const rates = one.rates.map((rate) => ({ ...rate, rate: "7.1" }));
    expect(arithmeticOf(one)).toEqual(before);
    expect(arithmeticOf(but({ rates }))).toEqual([
      "72.6亿 CNY / 10亿 USD = 7.26 CNY/USD, usd-cny.2025-03 gives 7.1 CNY/USD",
    ]);
    expect(arithmeticOf(but({ rates: [] }))).toEqual([]);
    expect(arithmeticOf(one)).toEqual(before);
  });

  it("is done again when a metric is another", () => {
    const rising = given(figures({ a: "10 USD", b: "12 USD", r: "20 %" }), { checks: [check(growth)] });
    const measures = new Map([...rising.metrics, ["users", { ...percent, id: "users", growthOf: "profit" }]]);
    const codes = (judged: Store): string[] => judge(judged).problems.map(({ code }) => code);
    expect(codes(rising)).toEqual([]);
    expect(codes({ ...rising, metrics: measures })).toEqual(["different-units"]);
    expect(codes(rising)).toEqual([]);
  });

  it("gives the same result, and the same problem, each time, without being done again", () => {
    const [first] = judge(one).value.checks;
    const [second] = judge(but({})).value.checks;
    expect(second).toBe(first);
    const broken = given(figures({ a: "10 USD", b: "12 USD", r: "20 CNY" }), { checks: [check(share)] });
    expect(judge(broken).problems).toHaveLength(1);
    expect(judge({ ...broken }).problems).toEqual(judge(broken).problems);
  });
});

describe("declared arithmetic", () => {
  it.each<[string, Arithmetic, Record<string, string>, string]>([
    [
      "growth",
      growth,
      { a: "255亿 CNY", b: "301亿 CNY", r: "18 %" },
      "holds: 301亿 CNY / 255亿 CNY - 1 = 18 %, stated 18 %",
    ],
    [
      "growth",
      growth,
      { a: "~55亿 USD", b: "200亿 USD", r: "~300 %" },
      "error: 200亿 USD / about 55亿 USD - 1 = about 264 %, stated about 300 %",
    ],
    [
      "growth in times",
      growth,
      { a: "10 USD", b: "40 USD", r: "3 x" },
      "holds: 40 USD / 10 USD - 1 = 3 x, stated 3 x",
    ],
    [
      "growth to over",
      growth,
      { a: "10亿 USD", b: ">90亿 USD", r: "820 %" },
      "holds: over 90亿 USD / 10亿 USD - 1 = at least 800 %, stated 820 %",
    ],
    [
      "growth to far over",
      growth,
      { a: "10亿 USD", b: ">90亿 USD", r: "3000 %" },
      "warning: over 90亿 USD / 10亿 USD - 1 = at least 800 %, stated 3000 %",
    ],
    [
      "growth to under",
      growth,
      { a: "10亿 USD", b: "<90亿 USD", r: "900 %" },
      "error: under 90亿 USD / 10亿 USD - 1 = at most 800 %, stated 900 %",
    ],
    [
      "a sum",
      sum,
      { a: "200亿 USD", b: "90亿 USD", r: "290亿 USD" },
      "holds: 200亿 USD + 90亿 USD = 290亿 USD, stated 290亿 USD",
    ],
    [
      "a sum",
      sum,
      { a: "200亿 USD", b: "90亿 USD", r: "310亿 USD" },
      "error: 200亿 USD + 90亿 USD = 290亿 USD, stated 310亿 USD",
    ],
    [
      "a sum of a range",
      sum,
      { a: "120–130亿 USD", b: "90亿 USD", r: "217亿 USD" },
      "holds: 120–130亿 USD + 90亿 USD = 210–220亿 USD, stated 217亿 USD",
    ],
    [
      "a sum in two currencies",
      sum,
      { a: "10 USD", b: "2.6 CNY", r: "75 CNY" },
      "holds: 10 USD × usd-cny.2025-03 + 2.6 CNY = 75.2 CNY, stated 75 CNY",
    ],
    [
      "a share",
      share,
      { a: "189.1亿 CNY", b: "1800亿 CNY", r: "10.5 %" },
      "holds: 189.1亿 CNY / 1800亿 CNY = 10.5 %, stated 10.5 %",
    ],
    [
      "a share",
      share,
      { a: "189.1亿 CNY", b: "1800亿 CNY", r: "15 %" },
      "error: 189.1亿 CNY / 1800亿 CNY = 10.5 %, stated 15 %",
    ],
    [
      "a ratio",
      ratio,
      { a: "140亿 USD", b: "50亿 USD", r: "~3 x" },
      "holds: 140亿 USD / 50亿 USD = 2.8 x, stated about 3 x",
    ],
    [
      "a ratio",
      ratio,
      { a: "140亿 USD", b: "50亿 USD", r: "4 x" },
      "error: 140亿 USD / 50亿 USD = 2.8 x, stated 4 x",
    ],
    [
      "a price as a ratio",
      ratio,
      { a: "100 USD", b: "50 tokens", r: "14.5 CNY/tokens" },
      "holds: 100 USD × usd-cny.2025-03 / 50 tokens = 14500000 CNY/1M tokens, stated 14500000 CNY/1M tokens",
    ],
    [
      "a product",
      yearly,
      { a: "40万 users", b: "20.0 USD/month", r: "9600万 USD" },
      "holds: 40万 users × 20 USD/month × 12 = 9600万 USD, stated 9600万 USD",
    ],
    [
      "a product",
      yearly,
      { a: "40万 users", b: "20.0 USD/month", r: "5亿 USD" },
      "error: 40万 users × 20 USD/month × 12 = 9600万 USD, stated 5亿 USD",
    ],
    [
      "a product far under",
      yearly,
      { a: ">40万 users", b: "20.0 USD/month", r: "5.0亿 USD" },
      "warning: over 40万 users × 20 USD/month × 12 = at least 9600万 USD, stated 5亿 USD",
    ],
    [
      "a product with a percentage",
      { ...yearly, times: "1" },
      { a: "100亿 USD", b: "75 %", r: "10亿 USD" },
      "error: 100亿 USD × 75 % = 75亿 USD, stated 10亿 USD",
    ],
    [
      "a product in another currency",
      yearly,
      { a: "100 users", b: "20.0 USD/month", r: "17.4万 CNY" },
      "holds: 100 users × 20 USD/month × 12 × usd-cny.2025-03 = 17.4万 CNY, stated 17.4万 CNY",
    ],
    [
      "compound growth",
      cagr,
      { a: "100 USD in 2024", b: "121 USD in 2026", r: "10 %" },
      "holds: (121 USD / 100 USD)^(1/2) - 1 = 10 %, stated 10 %",
    ],
    [
      "compound growth",
      cagr,
      { a: "10.23亿 USD in 2024", b: "103.2亿 USD in 2031", r: "39.7 %" },
      "error: (103.2亿 USD / 10.23亿 USD)^(1/7) - 1 = 39.1 %, stated 39.7 %",
    ],
    [
      "a conversion",
      conversion,
      { a: "50亿 USD", b: "363亿 CNY" },
      "holds: 363亿 CNY / 50亿 USD = 7.26 CNY/USD, usd-cny.2025-03 gives 7.26 CNY/USD",
    ],
    [
      "a conversion the other way",
      conversion,
      { a: "363亿 CNY", b: "50亿 USD" },
      "holds: 363亿 CNY / 50亿 USD = 7.26 CNY/USD, usd-cny.2025-03 gives 7.26 CNY/USD",
    ],
    [
      "a conversion",
      conversion,
      { a: "6300万 USD", b: "~4.3亿 CNY" },
      "error: about 4.3亿 CNY / 6300万 USD = about 6.83 CNY/USD, usd-cny.2025-03 gives 7.26 CNY/USD",
    ],
    [
      "a difference",
      difference,
      { a: "562027 USD", b: "87072 USD", r: "≤47.5万 USD" },
      "holds: 56.2027万 USD - 8.7072万 USD = 47.5万 USD, stated at most 47.5万 USD",
    ],
    [
      "a difference",
      difference,
      { a: "562027 USD", b: "87072 USD", r: "46.0万 USD" },
      "error: 56.2027万 USD - 8.7072万 USD = 47.5万 USD, stated 46万 USD",
    ],
    [
      "a difference of percentages",
      difference,
      { a: "30 %", b: "24.6 %", r: "5.4 pp" },
      "holds: 30 % - 24.6 % = 5.4 pp, stated 5.4 pp",
    ],
    [
      "a part",
      part,
      { a: "385亿 CNY", b: ">8600亿 CNY" },
      "holds: 385亿 CNY, expected no more than over 8600亿 CNY",
    ],
    [
      "a part",
      part,
      { a: "2750亿 CNY", b: "2432亿 CNY" },
      "error: 2750亿 CNY, expected no more than 2432亿 CNY",
    ],
    [
      "a division by what may be nothing",
      ratio,
      { a: "5 USD", b: "<2 USD", r: "4 x" },
      "holds: 5 USD / under 2 USD = at least 2.5 x, stated 4 x",
    ],
  ])("%s", (_, arithmetic, values, expected) => {
    expect(declared(values, arithmetic)).toBe(expected);
  });

  it("may differ by its tolerance, and by no more", () => {
    const values = { a: "200亿 USD", b: "1400亿 CNY" };
    expect(declared(values, conversion, 4)).toMatch(/^holds/);
    expect(declared(values, conversion, 2)).toMatch(/^error/);
  });

  it("is passed over until all of its findings are recorded", () => {
    const [a, b] = figures({ a: "5 USD", b: "4 USD" });
    const all = given([a!, { ...b!, recorded: "2025-07-01" }], { checks: [check(part)] });
    expect(judge(all, { asOf: "2025-06-30" }).value.checks).toEqual([]);
    expect(judge(all).value.checks).toHaveLength(1);
  });
});

describe("arithmetic that cannot be done is a located problem", () => {
  it.each<[string, Arithmetic, Record<string, string>, string, string]>([
    [
      "a zero below the line",
      ratio,
      { a: "5 USD", b: "0 USD", r: "3 x" },
      "division-by-zero",
      "`b`, not above zero",
    ],
    [
      "growth from zero",
      growth,
      { a: "0 USD", b: "5 USD", r: "3 %" },
      "division-by-zero",
      "`a`, not above zero",
    ],
    [
      "a range that begins at zero",
      share,
      { a: "5 USD", b: "0–9 USD", r: "3 %" },
      "division-by-zero",
      "`b`, not above zero",
    ],
    ["no rate", sum, { a: "5 EUR", b: "1 CNY", r: "9 CNY" }, "no-rate", "rate between EUR and CNY"],
    [
      "a conversion without a rate",
      conversion,
      { a: "5 EUR", b: "9 CNY" },
      "no-rate",
      "rate between EUR and CNY",
    ],
    [
      "a conversion of users",
      conversion,
      { a: "5 users", b: "9 CNY" },
      "not-money",
      "`a` in users, `b` in CNY",
    ],
    [
      "a conversion into itself",
      conversion,
      { a: "5 CNY", b: "9 CNY" },
      "not-money",
      "`a` in CNY, `b` in CNY",
    ],
    [
      "users and tokens",
      sum,
      { a: "5 users", b: "9 tokens", r: "14 users" },
      "different-units",
      "`r` in users, `b` in tokens",
    ],
    [
      "growth of a rate",
      share,
      { a: "5 %", b: "9 USD", r: "14 %" },
      "different-units",
      "`a` in %, `b` in USD",
    ],
    ["a rate in money", growth, { a: "5 USD", b: "9 USD", r: "14 USD" }, "different-units", "`r` in USD"],
    [
      "a product of the wrong unit",
      yearly,
      { a: "5 users", b: "9 users", r: "14 USD" },
      "different-units",
      "`r` in USD",
    ],
    [
      "a product of two currencies",
      yearly,
      { a: "5 USD", b: "9 CNY", r: "14 USD" },
      "different-units",
      "`b` in CNY",
    ],
    [
      "no time between",
      cagr,
      { a: "5 USD in 2025", b: "9 USD in 2025", r: "14 %" },
      "no-time-between",
      "`a` of 2025, `b` of 2025",
    ],
    [
      "time that runs backwards",
      cagr,
      { a: "5 USD in 2025", b: "9 USD in 2024", r: "14 %" },
      "no-time-between",
      "`b` of 2024",
    ],
  ])("%s", (_, arithmetic, values, code, found) => {
    const told = declared(values, arithmetic);
    expect(told).toContain(`data/checks.yaml:1:3: error: cannot compute check \`c\` [${code}]`);
    expect(told).toContain(found);
  });

  test("growth rates taken for levels", () => {
    const rates = ["a", "b", "r"].map((id) => finding(id, "5 %", { metric: "revenue-growth", scope: id }));
    const { value, problems } = judge(given(rates, { checks: [check(growth)] }));
    expect(value.checks).toEqual([]);
    expect(problems.map(formatProblem)).toEqual([
      "data/checks.yaml:1:3: error: cannot compute check `c` [different-units]\n" +
        "    found:    `a`, a growth rate\n" +
        "    expected: levels from which growth follows",
    ]);
  });

  test("whatever is divided, multiplied and bounded, no result is no number", () => {
    const values = fc
      .tuple(
        fc.constantFrom("", ">", "≥", "<", "≤", "~"),
        fc.integer({ min: 0, max: 10_000 }),
        fc.constantFrom("", "亿"),
        fc.constantFrom("USD", "CNY", "%", "users", "x", "USD/users"),
      )
      .map(([bound, number, scale, unit]) => `${bound}${number}${scale} ${unit}`);
    const kinds = [growth, cagr, sum, share, ratio, yearly, conversion, difference, part];
    fc.assert(
      fc.property(values, values, values, fc.constantFrom(...kinds), (a, b, r, kind) => {
        const told = declared({ a: `${a} in 2024`, b: `${b} in 2025`, r }, kind);
        expect(told).toMatch(/^(holds|warning|error): |error: cannot compute check/);
        expect(told).not.toMatch(/NaN|Infinity/);
      }),
    );
  });
});

test("levels rounded from a true growth never fail it, and always fail one that is off by more than rounding", () => {
  const rounded = (value: Decimal, digits: number): string => value.div(1e6).toPrecision(digits);
  const level = fc.integer({ min: 1000, max: 99_999_999 }).map((value) => new Decimal(value));
  const precision = fc.integer({ min: 3, max: 8 });
  fc.assert(
    fc.property(
      level,
      level,
      precision,
      precision,
      fc.integer({ min: 0, max: 2 }),
      (from, to, m, n, places) => {
        const a = `${rounded(from, m)}M USD`;
        const b = `${rounded(to, n)}M USD`;
        const rate = to.div(from).sub(1).mul(100);
        expect(declared({ a, b, r: `${rate.toFixed(places)} %` }, growth)).toMatch(/^holds/);
        // Three digits leave each level half a per cent either way, so that what is computed spans two; the rate adds its own.
        const off = to.div(from).mul(2.1).add(new Decimal(10).pow(-places).mul(1.1));
        expect(declared({ a, b, r: `${rate.add(off).toFixed(places)} %` }, growth)).toMatch(/^error/);
      },
    ),
  );
});

const undeclared = (...findings: readonly FigureFinding[]): string[] =>
  judge(given(findings)).value.checks.map(
    (result) => `${verdict(result)} ${result.id}: ${result.arithmetic}`,
  );

describe("checks that need no declaring", () => {
  const rate = (value: string, more: Parameters<typeof finding>[2] = {}) =>
    finding("rate", value, { metric: "revenue-growth", ...more });

  it("hold growth against both its levels, a year or a quarter apart", () => {
    const levels = [finding("before", "255亿 CNY", { period: "2024Q1" }), finding("now", "301亿 CNY")];
    expect(undeclared(...levels, rate("18 %"))).toEqual([
      "holds auto.growth.rate: 301亿 CNY / 255亿 CNY - 1 = 18 %, stated 18 %",
    ]);
    expect(undeclared(...levels, rate("28 %"))).toEqual([
      "error auto.growth.rate: 301亿 CNY / 255亿 CNY - 1 = 18 %, stated 28 %",
    ]);
    expect(undeclared(...levels, rate("28 %", { scope: "AI only" }))).toEqual([]);
    expect(
      undeclared(
        finding("before", "100 CNY", { period: "2024Q4" }),
        finding("now", "130 CNY"),
        rate("10 %", { metric: "revenue-growth-qoq" }),
      ),
    ).toEqual(["error auto.growth.rate: 130 CNY / 100 CNY - 1 = 30 %, stated 10 %"]);
  });

  it("leave to a declared check what it compares already", () => {
    const levels = [finding("a", "255亿 CNY", { period: "2024Q1" }), finding("b", "301亿 CNY")];
    const all = given([...levels, { ...rate("28 %"), id: "r" }], { checks: [check(growth, 90)] });
    expect(judge(all).value.checks.map(({ id, passed }) => [id, passed])).toEqual([["c", true]]);
  });

  it("hold a part against its parent, its wider scope, its longer period and the whole of a share", () => {
    const one = finding("part", "30 CNY", { subject: "unit" });
    expect(undeclared(one, finding("whole", "20 CNY"))).toEqual([
      "error auto.part.part: 30 CNY, expected no more than 20 CNY",
    ]);
    expect(undeclared(one, finding("whole", "20 CNY", { period: "2024Q1" }))).toEqual([]);
    const profit = { metric: "profit" };
    expect(
      undeclared(finding("p", "30 CNY", { ...profit, subject: "unit" }), finding("w", "20 CNY", profit)),
    ).toEqual([]);
    expect(undeclared(finding("q", "30 CNY"), finding("y", "~20 CNY", { period: "2025" }))).toEqual([
      "error auto.part.q: 30 CNY, expected no more than about 20 CNY",
    ]);
    const app = finding("app", "6181万 users", { metric: "users", scope: "app" });
    const both = finding("both", "0.57亿 users", { metric: "users", scope: "web and app" });
    expect(undeclared(app, both)).toEqual([
      "error auto.part.app: 6181万 users, expected no more than 5700万 users",
    ]);
    expect(undeclared(finding("s", "104 %", { metric: "revenue-share" }))).toEqual([
      "error auto.part.s: 104 %, expected no more than 100 %",
    ]);
    expect(undeclared(finding("s", "84 %", { metric: "revenue-share" }))).toEqual([]);
  });

  it("warn of neighbours an order of magnitude apart, of a peak once", () => {
    const series = (...values: readonly string[]) =>
      values.map((value, index) => finding(`q${index + 1}`, value, { period: `2024Q${index + 1}` }));
    expect(undeclared(...series("1.1亿 CNY", "~14亿 CNY", "15亿 CNY"))).toEqual([
      "warning auto.series.q2: about 14亿 CNY / 1.1亿 CNY = 12.7 x, expected under 10 x",
    ]);
    expect(undeclared(...series("30亿 CNY", "300亿 CNY", "29亿 CNY"))).toEqual([
      "warning auto.series.q2: 300亿 CNY / 30亿 CNY = 10 x, expected under 10 x",
    ]);
    expect(undeclared(...series("30亿 CNY", "299亿 CNY"))).toEqual([]);
    expect(undeclared(finding("a", "1 CNY", { period: "2023Q1" }), finding("b", "99 CNY"))).toEqual([]);
  });

  it("warn of one amount in two currencies at a rate unlike any known, and call it a conflict when far off", () => {
    const usd = finding("usd", "6300万 USD");
    expect(undeclared(usd, finding("yuan", "~4.3亿 CNY"))).toEqual([
      "warning auto.rate.yuan: about 4.3亿 CNY / 6300万 USD = about 6.83 CNY/USD, usd-cny.2025-03 gives 7.26 CNY/USD",
    ]);
    expect(undeclared(usd, finding("yuan", "~4.6亿 CNY"))).toEqual([]);
    const conflicts = (...findings: readonly FigureFinding[]) =>
      judge(given(findings)).value.conflicts.map(({ between }) => between);
    expect(conflicts(usd, finding("yuan", "~4.6亿 CNY"))).toEqual([]);
    expect(conflicts(usd, finding("yuan", "9.2亿 CNY"))).toEqual([["usd", "yuan"]]);
    // No rate of the store speaks of that time.
    const old = { period: "2019Q1" };
    expect(conflicts(finding("usd", "6300万 USD", old), finding("yuan", "9.2亿 CNY", old))).toEqual([]);
  });

  test("levels told for a period hold at its end", () => {
    const level = (id: string, value: string, period: string) =>
      finding(id, value, { metric: "users", period });
    const { value } = judge(
      given([level("a", "5.0亿 users", "2025-03"), level("b", "6.0亿 users", "@2025-03-31")]),
    );
    expect(value.conflicts.map(({ between }) => between)).toEqual([["a", "b"]]);
  });
});

const ruling = (id: string, use: string): Ruling => ({
  id: "r1",
  between: [],
  check: id,
  use,
  why: { en: "The levels are firmer.", zh: "水平更可靠。" },
  by: "An analyst",
  on: "2025-06-04",
  at: { file: "data/rulings.yaml", line: 1 },
});

describe("a failed check", () => {
  const values = figures({ a: "255亿 CNY", b: "301亿 CNY", r: "28 %" });
  const page = { file: "templates/deck.en.md.hbs", line: 12 };
  const checks = [check(growth)];
  const judged = (rulings: readonly Ruling[]) => judge(given(values, { checks, rulings }));
  const shown = (id: string, rulings: readonly Ruling[]) => {
    const evidence = judged(rulings).value;
    return gate([{ figure: evidence.figures.get(id)!, at: page }], evidence, { date: "2025-08-07" });
  };

  it("keeps what it touches off the page until a ruling covers it", () => {
    for (const id of ["a", "b", "r"])
      expect(shown(id, []).map(formatProblem)).toEqual([
        `templates/deck.en.md.hbs:12: error: \`${id}\` is in doubt: check \`c\` does not hold [failed-check]
    found:    301亿 CNY / 255亿 CNY - 1 = 18 %, stated 28 %
    expected: arithmetic that holds, or a ruling in rulings.yaml of check \`c\` that says which finding is in doubt and why`,
      ]);
    expect(shown("r", [ruling("c", "r")])).toEqual([]);
    expect(failedChecks(judged([]).value.checks).map(({ code }) => code)).toEqual(["failed-check"]);
    expect(failedChecks(judged([ruling("c", "r")]).value.checks)).toEqual([]);
  });

  it("leaves the finding in doubt disputed, with the reason in its lineage", () => {
    const { store: seen, figures: all } = judged([ruling("c", "r")]).value;
    expect([...all.values()].map(({ id, status }) => [id, status])).toEqual([
      ["a", "reported"],
      ["b", "reported"],
      ["r", "disputed"],
    ]);
    expect(describeLineage(all.get("r")!, seen, "en")).toMatch(
      /disputed.*In doubt: The levels are firmer\.$/,
    );
    const doubted = (use: string) =>
      [...judged([ruling("c", use)]).value.figures.values()].filter(({ doubt }) => doubt).map(({ id }) => id);
    expect(doubted("both")).toEqual(["a", "b", "r"]);
    expect(doubted("none")).toEqual([]);
  });

  it("of a rule of thumb lets its figures pass", () => {
    const findings = [finding("a", "1 CNY", { period: "2024Q4" }), finding("b", "99 CNY")];
    const { value } = judge(given(findings));
    expect(gate([{ figure: value.figures.get("b")!, at: page }], value, { date: "2025-08-07" })).toEqual([]);
    expect(failedChecks(value.checks).map(({ severity }) => severity)).toEqual(["warning"]);
  });
});

test("rulings of checks that hold are idle; of unknown checks or of findings beside them, wrong", () => {
  const values = figures({ a: "255亿 CNY", b: "301亿 CNY", r: "18 %" });
  const told = (one: Ruling, r = "18 %") =>
    judge(given([...values.slice(0, 2), ...figures({ r })], { checks: [check(growth)], rulings: [one] }))
      .problems.map(formatProblem)
      .join("\n");
  expect(told(ruling("c", "r"))).toContain(
    "data/rulings.yaml:1: warning: ruling `r1` settles nothing: check `c` does not fail [idle-ruling]",
  );
  expect(told(ruling("auto.series.a", "both"))).toContain(
    "check `auto.series.a` does not fail [idle-ruling]",
  );
  expect(told(ruling("cc", "both"))).toContain("error: unknown check `cc` [unknown-check]");
  expect(told(ruling("cc", "both"))).toContain("did you mean `c`?");
  expect(told(ruling("c", "elsewhere"), "28 %")).toContain("error: check `c` is not about `elsewhere`");
});

test("checks and rulings that name no finding are wrong at their line", () => {
  const files = new Map([
    ["checks.yaml", "- id: one\n  part: { part: acme.revenu, whole: acme.cost }\n"],
    [
      "rulings.yaml",
      "- { id: r, check: one, use: acme.revenu, why: { en: a, zh: b }, by: me, on: 2025-01-01 }\n",
    ],
    ["findings/f.yaml", "recorded: 2025-01-01\nfigures: []\n"],
  ]);
  const { problems } = readStore(files, "data");
  const dangling = problems.filter(({ code }) => code === "unknown-finding");
  expect(dangling.map(({ where, found }) => `${where?.file}:${where?.line} ${found}`)).toEqual([
    "data/checks.yaml:2 acme.revenu",
    "data/checks.yaml:2 acme.cost",
    "data/rulings.yaml:1 acme.revenu",
  ]);
});

test("the shipped store fails no check that is not ruled, and has no ruling of nothing", () => {
  const { value, problems } = judge(shippedStore());
  expect([...problems, ...failedChecks(value.checks)].map(formatProblem)).toEqual([]);
  expect(value.store.checks.length).toBeGreaterThanOrEqual(35);
  expect(value.checks.filter(({ passed }) => !passed).length).toBeGreaterThan(0);
});

test("findings that no page shows are named", () => {
  const all = given(figures({ a: "1 CNY", b: "2 CNY" }));
  expect(unusedFindings(all, new Set(["b"]))).toEqual(["a"]);
});

/** What is done, and how many numbers were compared for it. */
function counted<T>(work: () => T): { readonly value: T; readonly calls: number } {
  const numbers = Decimal.prototype as { cmp: (other: Decimal) => number };
  const { cmp } = numbers;
  let calls = 0;
  numbers.cmp = function (this: Decimal, other) {
    calls += 1;
    return cmp.call(this, other);
  };
  try {
    return { value: work(), calls };
  } finally {
    numbers.cmp = cmp;
  }
}

describe("a store of any size", () => {
  /** Ten years of quarters for each subject, with growth beside them; every hundredth figure is told again. */
  function large(count: number): Store {
    const findings: FigureFinding[] = [];
    for (let index = 0; findings.length < count; index++) {
      const of = Math.floor(index / 40);
      const period = `${2015 + Math.floor((index % 40) / 4)}Q${(index % 4) + 1}`;
      const value = 100 + (index % 40);
      findings.push(finding(`s${of}.${period}`, `${value}亿 CNY`, { subject: `s${of}`, period }));
      const growth = (value / (value - 4) - 1) * 100;
      const more = { subject: `s${of}`, period, metric: "revenue-growth" };
      if (index % 40 >= 4) findings.push(finding(`s${of}.${period}.growth`, `${growth.toFixed(1)} %`, more));
      if (index % 100 === 0)
        findings.push(finding(`s${of}.${period}.again`, `${value}.2亿 CNY`, { subject: `s${of}`, period }));
    }
    return given(findings);
  }

  function comparisons(count: number): number {
    const all = large(count);
    const { value, calls } = counted(() => judge(all).value);
    expect(value.conflicts).toEqual([]);
    expect(failedChecks(value.checks)).toEqual([]);
    expect(value.checks.length).toBeGreaterThan(count / 3);
    return calls;
  }

  it("is judged with comparisons in proportion to its figures, without a false alarm", () => {
    const few = comparisons(4000);
    const many = comparisons(40_000);
    expect(few).toBeGreaterThan(4000);
    expect(many / few).toBeLessThan(11);
  }, 60_000);

  it("and so is one whose figures all speak of the same thing", () => {
    const compared = (count: number): number => {
      const all = given(
        Array.from({ length: count }, (_, index) => finding(`f${index}`, `${index + 1} CNY`)),
      );
      const { value, calls } = counted(() => judge(all).value);
      expect(value.conflicts[0]?.between).toHaveLength(count);
      return calls;
    };
    expect(compared(4000) / compared(400)).toBeLessThan(11);
  });
});
