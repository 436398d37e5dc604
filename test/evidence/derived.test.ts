import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { ratio } from "../../src/evidence/derive.ts";
import type { Figure } from "../../src/evidence/figure.ts";
import { gate, type Shown } from "../../src/evidence/gate.ts";
import { judge } from "../../src/evidence/judge.ts";
import { listDerived } from "../../src/evidence/listing.ts";
import { figureNamed, laterOf } from "../../src/evidence/named.ts";
import { Decimal } from "../../src/findings/decimal.ts";
import { parsePeriod } from "../../src/findings/period.ts";
import { readStore } from "../../src/findings/read.ts";
import type { Store } from "../../src/findings/store.ts";
import { describeFigure, describeLineage } from "../../src/model/lineage.ts";
import { typedInStore } from "../../src/model/typed.ts";
import { formatProblem } from "../../src/problem.ts";

/** A workspace of one source whose figures and formulas are given as texts. */
interface Given {
  /** `id: value`, or with a period of its own `id @2023: value`. */
  readonly figures: readonly string[];
  /** `id: formula = unit` */
  readonly derived: readonly string[];
  readonly more?: string;
  readonly files?: Readonly<Record<string, string>>;
}

function read({ figures, derived, more = "", files = {} }: Given) {
  const rows = figures.map((row) => {
    const [, id, period = "2024", value] = /^(\S+?)(?: @(\S+))?: (.*)$/.exec(row)!;
    return `  - { id: ${id}, subject: acme, metric: ${id}, period: ${period}, value: "${value}", citations: [{ line: 1, written: x }] }`;
  });
  const metrics = figures.map((row) => {
    const [, id, value = ""] = /^(\S+?)(?: @\S+)?: (.*)$/.exec(row)!;
    const measures = value.includes("%")
      ? "percent"
      : value.includes(" pp")
        ? "points"
        : /[A-Z]{3}/.test(value)
          ? "money"
          : / x$/.test(value)
            ? "ratio"
            : / rank$/.test(value)
              ? "rank"
              : "count";
    return `- { id: ${id}, en: ${id}, zh: ${id}, measures: ${measures}, over: period }`;
  });
  const formulas = derived.map((row) => {
    const [, id, formula, unit] = /^(\S+): (.*) = (\S+)$/.exec(row)!;
    return `- { id: ${id}, formula: "${formula}", unit: "${unit}", en: A name, zh: 名称${more} }`;
  });
  const name = (id: string) => `{ id: ${id}, en: { one: ${id}, other: ${id} }, zh: ${id} }`;
  const all = {
    "sources.yaml":
      "- { id: paper, file: paper.txt, publisher: { en: P, zh: 报 }, title: { en: T, zh: 题 }, language: zh, published: 2025-06-03 }",
    "subjects.yaml": "- { id: acme, kind: company, en: Acme, zh: 艾克米, region: us }",
    "units.yaml": `[${["users", "months", "years", "quarters"].map(name).join(", ")}, { id: rank, en: { one: th, other: th }, zh: 名, ordinal: true }]`,
    "metrics.yaml": metrics.length > 0 ? [...new Set(metrics)].join("\n") : "[]",
    "rates.yaml":
      '- { id: usd-cny, base: USD, quote: CNY, rate: "7.26", period: 2024, recorded: 2025-06-03, citations: [{ source: paper, line: 2, written: "7.26" }] }',
    "sourcedeck.yaml": "products: [{ name: deck, template: deck, writer: pptx, languages: [en] }]",
    "findings/paper.yaml": `source: paper\nrecorded: 2025-06-03\nfigures:\n${rows.join("\n")}\n`,
    "derived.yaml": formulas.join("\n"),
    ...files,
  };
  return readStore(new Map(Object.entries(all)), "data");
}

function storeOf(given: Given): Store {
  const { value, problems } = read(given);
  if (!value) throw new Error(problems.map(formatProblem).join("\n"));
  return value;
}

/** The problems of a workspace, of its files or of its arithmetic. */
function problemsOf(given: Given): string[] {
  const { value, problems } = read(given);
  const all = value ? [...problems, ...judge(value).problems] : problems;
  return all.map(
    ({ where, code, message, found, hint }) =>
      `${where?.file.replace("data/", "")}:${where?.line} ${code}: ${message} | ${found ?? ""}${hint === undefined ? "" : ` (${hint})`}`,
  );
}

function show({ quantity: { bound, low, high, unit } }: Figure): string {
  const print = (end: Decimal): string => end.toSignificantDigits(6).toFixed();
  return `${bound ?? ""}${print(low)}${low.eq(high) ? "" : `–${print(high)}`} ${unit}`;
}

/** What the last of the formulas gives. */
function computed(figures: readonly string[], ...derived: readonly string[]): Figure {
  const { value, problems } = judge(storeOf({ figures, derived }));
  const last = /^(\S+):/.exec(derived.at(-1) ?? "")?.[1] ?? "";
  const figure = value.derived.get(last);
  if (!figure) throw new Error(problems.map(formatProblem).join("\n"));
  return figure;
}

describe("a derived figure", () => {
  it.each([
    ["an average quarter", ["a: 400 CNY"], "d: a / 4 = CNY", "100 CNY"],
    ["an average quarter, per quarter", ["a: 400 CNY"], "d: a / 4 = CNY/quarter", "100 CNY/quarters"],
    ["a year of months", ["a: 20 USD/month"], "d: a * 12 = USD", "240 USD"],
    ["months that cancel", ["a: 20 USD/month", "m: 12 months"], "d: a * m = USD", "240 USD"],
    ["growth", ["a: 30 CNY", "b: 20 CNY"], "d: a / b - 1 = %", "50 %"],
    ["a share as a ratio", ["a: 30 CNY", "b: 20 CNY"], "d: a / b = x", "1.5 x"],
    ["a percentage of money", ["p: 18 %", "a: 200 CNY"], "d: p * a = CNY", "36 CNY"],
    ["what is left of a whole", ["p: 18 %"], "d: 1 - p = %", "82 %"],
    ["a projection", ["p: 18 %", "a: 200 CNY"], "d: a * (1 + p) = CNY", "236 CNY"],
    ["points between percentages", ["p: 42 %", "q: 30 %"], "d: p - q = pp", "12 pp"],
    ["a percentage moved by points", ["p: 42 %", "q: 2 pp"], "d: p + q = %", "44 %"],
    ["money a head", ["a: 300 USD", "u: 20 users"], "d: a / u = USD/users", "15 USD/users"],
    ["money in one currency", ["a: 726 CNY", "b: 50 USD"], "d: a in USD + b = USD", "150 USD"],
    ["money there and back", ["a: 100 USD"], "d: a in CNY = CNY", "726 CNY"],
    ["typeset signs", ["a: 30 CNY", "b: 20 CNY"], "d: (a − b) × 2 ÷ b = x", "1 x"],
    ["a range", ["a: 12–13 CNY", "b: 2–3 CNY"], "d: a - b = CNY", "9–11 CNY"],
    ["a range below zero", ["a: -4 CNY", "b: 1–2 CNY"], "d: a / b = x", "-4–-2 x"],
    ["a bound", ["a: >6 CNY", "b: 2 CNY"], "d: a / b = x", ">3 x"],
    ["a bound below the line", ["a: 6 CNY", "b: ≤2 CNY"], "d: a / b = x", "≥3 x"],
    ["a bound taken away", ["a: 10 CNY", "b: ≥3 CNY"], "d: a - b = CNY", "≤7 CNY"],
    ["a bound of what is negative", ["a: -6 CNY", "b: >2 CNY"], "d: a * 1 / b = x", ">-3 x"],
    ["bounds that pull apart", ["a: >6 CNY", "b: >2 CNY"], "d: a / b = x", "~3 x"],
    ["about and at most", ["a: ~6 CNY", "b: ≤2 CNY"], "d: a / b = x", "≳3 x"],
  ])("is %s", (_, figures, formula, expected) => {
    expect(show(computed(figures, formula))).toBe(expected);
  });

  it("divides exactly, so that its bound stays true in print", () => {
    expect(computed(["a: >6 CNY"], "d: a / 3 = CNY").quantity.low.toString()).toBe("2");
    expect(computed(["a: >72.6 CNY"], "d: a in USD = USD").quantity.low.toString()).toBe("10");
  });

  it("is made of others, in whatever order they are written, and names their findings", () => {
    const whole = computed(
      ["a: 30 CNY", "b: 20 CNY"],
      "second: first / b = x",
      "first: a + b = CNY",
      "third: second * 2 - first / a = x",
    );
    expect(show(whole)).toBe("3.33333 x");
    expect(whole.lineage).toMatchObject({
      findings: ["a", "b"],
      formula: "(a + b) / b × 2 - (a + b) / a",
      derived: ["first", "second", "third"],
    });
  });

  it("is no firmer than its parts, and says its name, what it is and how it was computed", () => {
    const given = {
      figures: ["a: ~30 CNY", "b: 20 CNY"],
      derived: ["d: (a - b) / b = %"],
      more: ', note: { en: "A note.", zh: 附注。 }',
    };
    const store = storeOf({
      ...given,
      files: {
        "findings/paper.yaml":
          'source: paper\nrecorded: 2025-06-03\nfigures:\n  - { id: a, subject: acme, metric: a, period: 2024, value: "~30 CNY", status: forecast, citations: [{ line: 1, written: x }] }\n  - { id: b, subject: acme, metric: b, period: 2024, value: 20 CNY, citations: [{ line: 1, written: x }] }\n',
      },
    });
    const figure = judge(store).value.derived.get("d")!;
    expect(describeFigure(figure, store, "en")).toBe(
      "A name, forecast, computed as (~CNY 30 (forecast) − CNY 20) ÷ CNY 20",
    );
    expect(describeFigure(figure, store, "zh")).toBe("名称，预测，计算方法：(~30元（预测） − 20元) ÷ 20元");
    expect(describeLineage(figure, store, "en")).toMatch(/A note\.$/);
  });

  it("has a rate in its lineage and its formula", () => {
    const { lineage } = computed(["a: 726 CNY", "b: 50 USD"], "d: b / (a in USD) = x");
    expect(lineage).toMatchObject({ rates: ["usd-cny"], formula: "b / (a / usd-cny)" });
    expect(lineage.citations).toContainEqual({ source: "paper", line: 2, written: "7.26" });
  });
});

describe("a formula", () => {
  const figures = [
    "a: 30 CNY",
    "b: 20 CNY",
    "c: 5 USD",
    "p: 18 %",
    "u: 20 users",
    "r: 3 rank",
    "m: 5 USD/month",
  ];
  it.each([
    ["a +", "bad-formula: this formula cannot be read | the end of the formula, after `+`"],
    ["a b", "bad-formula: this formula cannot be read | b, after `a`"],
    ["(a / b", "bad-formula: this formula cannot be read | the end of the formula, after `b`"],
    ["a ^ b", "bad-formula: this formula cannot be read | ^ b"],
    ["a / 0", "bad-formula: this formula cannot be read | 0"],
    ["a in yuan", "bad-formula: this formula cannot be read | yuan, after `in`"],
    [
      "(a + b) in USD",
      "bad-formula: this formula cannot be read | in, after `)` (convert each figure by itself)",
    ],
    [`${"(".repeat(13)}a${")".repeat(13)}`, "bad-formula: this formula cannot be read | more of them"],
    ["12 * 4", "bad-formula: this formula names no figure | "],
    ["ab / b", "unknown-finding: there is no figure `ab` | ab (did you mean `a`?)"],
    ["a-b", "unknown-finding: there is no figure `a-b` | a-b (a minus stands between spaces: `a - b`)"],
    ["d / b", "formula-circle: `d` is computed from itself | d → d"],
    ["a + 5", "typed-number: the number `5` was typed into a formula | 5"],
    ["a / b - 0.5", "typed-number: the number `0.5` was typed into a formula | 0.5"],
    ["a - 1", "different-units: 1 is the whole of a ratio or a percentage, and of nothing else | a: CNY"],
    [
      "a + c",
      "different-units: only figures in one unit can be added or taken from each other | a: CNY; c: USD (convert money with `in USD` after a figure's id)",
    ],
    [
      "a * b",
      "wrong-unit: the formula of `d` does not come out in x | CNY × CNY (give the unit that comes out, or convert money with `in USD` after a figure's id)",
    ],
    [
      "a / u",
      "wrong-unit: the formula of `d` does not come out in x | CNY / users (give the unit that comes out, or convert money with `in USD` after a figure's id)",
    ],
    [
      "p + p",
      "wrong-unit: the formula of `d` does not come out in x | a number in % (give the unit that comes out, or convert money with `in USD` after a figure's id)",
    ],
    ["u in USD / c", "not-money: cannot convert `u` into a currency | a figure in users"],
    ["a in EUR / c", "no-rate: cannot convert `a` from CNY to EUR | "],
    ["a / (a - a)", "division-by-zero: cannot divide by what may be zero | a - a"],
    [
      "m * 1 / c",
      "wrong-unit: the formula of `d` does not come out in x | 1 / months (give the unit that comes out, or convert money with `in USD` after a figure's id)",
    ],
    ["r / r", "different-units: cannot compute with `r` | a figure in rank"],
  ])("%s is refused, at its place", (formula, expected) => {
    expect(problemsOf({ figures, derived: [`d: ${formula} = x`] })).toEqual([`derived.yaml:1 ${expected}`]);
  });

  it("is refused where a bound lets a difference below the line be zero, but not where it reaches zero only", () => {
    const bounded = ["a: 10 CNY", "b: >3 CNY", "c: <3 CNY"];
    expect(problemsOf({ figures: bounded, derived: ["d: a / (a - b) = x"] })).toEqual([
      "derived.yaml:1 division-by-zero: cannot divide by what may be zero | a - b",
    ]);
    expect(show(computed(bounded, "d: a / (c + c) = x"))).toBe(">1.66667 x");
  });

  it("is refused when it is long with all parts spelled out, and those made of it say nothing more", () => {
    const doubling = Array.from({ length: 14 }, (_, index) => `d${index + 1}: d${index} + d${index} = CNY`);
    expect(problemsOf({ figures, derived: ["d0: a + b = CNY", ...doubling] })).toEqual([
      expect.stringContaining("formula-too-long: the formula of `d8` is too long with its parts spelled out"),
    ]);
  });

  it("goes round no circle, through however many figures", () => {
    const derived = ["x: y / a = CNY", "y: z * 2 = CNY", "z: y + a = CNY"];
    expect(problemsOf({ figures, derived })).toEqual([
      "derived.yaml:2 formula-circle: `y` is computed from itself | y → z → y",
    ]);
  });
});

describe("derived.yaml", () => {
  const figures = ["a: 30 CNY"];
  it("gives no id that a finding has, and names nothing that does not exist", () => {
    expect(problemsOf({ figures, derived: ["a: a * 2 = CNY"] })[0]).toContain(
      "duplicate-id: the id `a` is taken",
    );
    const more = ", subject: acmee, metric: aa, period: 2024Q7";
    expect(problemsOf({ figures, derived: ["d: a * 2 = CMY"], more })).toEqual([
      "derived.yaml:1 unknown-subject: unknown subject `acmee` | acmee (did you mean `acme`?)",
      "derived.yaml:1 unknown-metric: unknown metric `aa` | aa (did you mean `a`?)",
      expect.stringContaining("bad-period"),
      "derived.yaml:1 unknown-currency: unknown currency `CMY` | CMY (did you mean `CNY`?)",
    ]);
  });

  it("holds no amounts in its names, and no number in its notes", () => {
    const typed = (en: string, zh: string, note = "Words.") =>
      typedInStore(
        storeOf({
          figures,
          derived: [],
          files: {
            "derived.yaml": `- { id: d, formula: a / 4, unit: CNY, en: "${en}", zh: ${zh}, note: { en: "${note}", zh: 文字 } }`,
          },
        }),
      ).map(({ number }) => number);
    expect(typed("Acme, average quarter of 2024", "艾克米2024年季均收入")).toEqual([]);
    expect(typed("A quarter of USD 400", "艾克米400亿元的四分之一", "Up 5%")).toEqual([
      "5%",
      "USD 400",
      "400亿元",
    ]);
  });

  it("takes a subject, a metric and a period for the rows of charts, in a unit that suits the metric", () => {
    const more = ", subject: acme, metric: a, period: 2024";
    const store = storeOf({ figures, derived: ["d: a / 4 = CNY"], more });
    expect(judge(store).value.derived.get("d")).toMatchObject({ subject: "acme", metric: "a", region: "us" });
    expect(problemsOf({ figures, derived: ["d: a / a = x"], more })[0]).toContain(
      "`a` measures money, not x",
    );
  });
});

describe("as of a day", () => {
  const at = { file: "data/findings/paper.yaml", line: 4 };
  const base = storeOf({ figures: ["a: 30 CNY", "b: 20 CNY"], derived: ["d: a / b = x"] });
  const with_ = (id: string, more: object): Store => ({
    ...base,
    findings: new Map(
      [...base.findings].map(([each, one]) => [each, each === id ? { ...one, ...more } : one]),
    ),
  });
  const later = (store: Store, asOf: string): string[] => {
    const evidence = judge(store, { asOf }).value;
    return laterOf(figureNamed("d", evidence)!.lineage, evidence);
  };

  it("it is there when all its parts are, and not before the day that it names", () => {
    expect(later(with_("b", { recorded: "2025-06-10" }), "2025-06-09")).toEqual(["b"]);
    expect(later(with_("b", { recorded: "2025-06-10" }), "2025-06-10")).toEqual([]);
    const derived = new Map([["d", { ...base.derived.get("d")!, recorded: "2025-06-20" }]]);
    expect(later({ ...base, derived }, "2025-06-19")).toEqual(["d"]);
    expect(listDerived(judge({ ...base, derived }, { asOf: "2025-06-19" }).value)).toEqual([]);
    expect(listDerived(judge({ ...base, derived }).value)).toMatchObject([
      { id: "d", formula: "a / b", value: "1.5" },
    ]);
  });

  it("a part that was superseded is replaced by the one that holds", () => {
    const old = base.findings.get("a")!;
    const corrected = {
      ...old,
      id: "a.corrected",
      recorded: "2025-06-10",
      quantity: { low: new Decimal(40), high: new Decimal(40), unit: "CNY", step: new Decimal(1) },
      supersedes: { finding: "a", why: { en: "So.", zh: "故。" } },
      period: parsePeriod("2024")!,
      at,
    };
    const store: Store = {
      ...base,
      findings: new Map([...base.findings, ["a.corrected", corrected as typeof old]]),
    };
    const seen = (asOf: string): string => {
      const { lineage, ...figure } = judge(store, { asOf }).value.derived.get("d")!;
      return `${show({ lineage, ...figure })} = ${lineage.formula}`;
    };
    expect(seen("2025-06-09")).toBe("1.5 x = a / b");
    expect(seen("2025-06-10")).toBe("2 x = a.corrected / b");
  });

  it("one whose part was withdrawn is gone, without a problem", () => {
    const store = with_("b", { withdrawn: { on: "2025-06-10", why: { en: "So.", zh: "故。" } } });
    expect(judge(store, { asOf: "2025-06-09" }).value.derived.has("d")).toBe(true);
    expect(judge(store).value.derived.has("d")).toBe(false);
    expect(judge(store).problems).toEqual([]);
  });
});

describe("the gate", () => {
  const rival =
    "  - { id: rival, subject: acme, metric: a, period: 2024, value: 90 CNY, citations: [{ line: 1, written: x }] }\n";
  const findings = `source: paper\nrecorded: 2025-06-03\nfigures:\n  - { id: a, subject: acme, metric: a, period: 2024, value: 30 CNY, citations: [{ line: 1, written: x }] }\n${rival}`;
  const store = storeOf({
    figures: ["a: 30 CNY"],
    derived: ["d: a / 4 = CNY"],
    files: { "findings/paper.yaml": findings },
  });
  const shown = (figure: Figure, line = 1): Shown => ({ figure, at: { file: "t", line }, on: store });

  it("refuses a derived figure whose part is contradicted, and it stands for no side of the contradiction", () => {
    const { value } = judge(store, { withhold: true });
    expect(value.withheld.has("d")).toBe(true);
    const rival: Figure = { ...value.figures.get("rival")!, asOneSide: true };
    const page = [shown(value.derived.get("d")!, 1), shown(rival, 2)];
    expect(gate(page, value, { date: "2025-06-03" }).map(({ where, code }) => [where?.line, code])).toEqual([
      [1, "conflict"],
      [2, "conflict"],
    ]);
    const whole = [...page, shown({ ...value.figures.get("a")!, asOneSide: true }, 3)];
    expect(gate(whole, value, { date: "2025-06-03" }).map(({ where }) => where?.line)).toEqual([1]);
  });

  it("refuses a derived figure whose part is stale", () => {
    const { value } = judge(storeOf({ figures: ["a: 30 CNY"], derived: ["d: a / 4 = CNY"] }));
    expect(
      gate([shown(value.derived.get("d")!)], value, { date: "2025-08-03", staleDays: 30 }).map(
        ({ code }) => code,
      ),
    ).toEqual(["stale"]);
  });
});

const bound = fc.constantFrom("", ">", "≥", "<", "≤", "~");
const amount = fc.tuple(bound, fc.integer({ min: 1, max: 999 }), fc.integer({ min: 0, max: 99 }));

test("`a / b` is what the helper `ratio` makes of the two", () => {
  fc.assert(
    fc.property(amount, amount, (...both) => {
      const figures = both.map(
        ([sign, low, wide], index) => `${"ab"[index]}: ${sign}${low}${wide > 0 ? `–${low + wide}` : ""} CNY`,
      );
      const { value } = judge(storeOf({ figures, derived: ["d: a / b = x"] }));
      const [a, b, d] = [value.figures.get("a")!, value.figures.get("b")!, value.derived.get("d")!];
      const helped = ratio(a, b).value!;
      expect(d.quantity).toEqual(helped.quantity);
      expect({ ...d.lineage, derived: undefined }).toEqual({ ...helped.lineage, derived: undefined });
    }),
    { numRuns: 60 },
  );
});

type Tree = string | readonly [Tree, string, Tree];
const tree = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    fc.constantFrom("a", "b", "c"),
    fc.tuple(tie("tree"), fc.constantFrom("+", "-", "*", "/"), tie("tree")),
  ),
})).tree;
const written = (node: Tree): string =>
  typeof node === "string"
    ? node
    : `(${node.map((part) => (part === node[1] ? part : written(part as Tree))).join(" ")})`;

test("what comes out of a formula holds every combination of its parts' ends", () => {
  const range = fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 0, max: 20 }));
  const worth = (node: Tree, of: Readonly<Record<string, Decimal>>): Decimal => {
    if (typeof node === "string") return of[node]!;
    const [left, right] = [worth(node[0], of), worth(node[2], of)];
    const name = ({ "+": "add", "-": "sub", "*": "mul", "/": "div" } as const)[node[1] as "+"];
    return left[name](right);
  };
  fc.assert(
    fc.property(tree, range, range, range, (node, ...ranges) => {
      const ends = ranges.map(([low, wide]) => [low, low + wide] as const);
      const figures = ends.map(
        ([low, high], index) => `${"abc"[index]}: ${low < 0 || low === high ? low : `${low}–${high}`} x`,
      );
      const store = storeOf({
        figures,
        derived: [`d: ${written(node)} = x`],
      });
      const figure = judge(store).value.derived.get("d");
      if (!figure) return;
      const of = (index: number) => {
        const { low, high } = judge(store).value.figures.get("abc"[index]!)!.quantity;
        return [low, high];
      };
      for (const a of of(0))
        for (const b of of(1))
          for (const c of of(2)) {
            const value = worth(node, { a, b, c });
            const slack = value.abs().add(1).mul("1e-30");
            expect(figure.quantity.low.sub(slack).lte(value)).toBe(true);
            expect(figure.quantity.high.add(slack).gte(value)).toBe(true);
          }
    }),
    { numRuns: 200 },
  );
});
