import { describe, expect, it, test } from "vitest";
import { gate, unsettled } from "../../src/evidence/gate.ts";
import { judge } from "../../src/evidence/judge.ts";
import type { FigureFinding, Ruling } from "../../src/findings/store.ts";
import { formatProblem } from "../../src/problem.ts";
import { finding, store } from "../sample.ts";

const between = (...findings: readonly FigureFinding[]): (readonly string[])[] =>
  judge(store(findings)).value.conflicts.map((conflict) => conflict.between);

const ruling = (use: string): Ruling => ({
  id: "r",
  between: ["a", "b"],
  use,
  why: { en: "Because.", zh: "因为。" },
  by: "An analyst",
  on: "2025-06-04",
  at: { file: "data/rulings.yaml", line: 1 },
});

describe("two figures of one thing", () => {
  it.each([
    ["719亿 CNY", "385亿 CNY", {}],
    [">719亿 CNY", "385亿 CNY", {}],
    ["12–13 USD", "15 USD", {}],
  ])("contradict each other when nothing satisfies both: %s and %s", (a, b, more) => {
    expect(between(finding("a", a), finding("b", b, more))).toEqual([["a", "b"]]);
  });

  it.each([
    ["189亿 CNY", "189.1亿 CNY", {}, "one is the other rounded"],
    [">1.5亿 CNY", "1.5亿 CNY", {}, "the bound lets the number stand"],
    ["~100 users", "95 users", {}, "about leaves a tenth"],
    ["719亿 CNY", "385亿 CNY", { scope: "cloud only" }, "of different scope"],
    ["719亿 CNY", "385亿 CNY", { period: "2024" }, "of different periods"],
    ["719亿 CNY", "385亿 CNY", { subject: "long" }, "of different subjects"],
    ["719亿 CNY", "385亿 CNY", { status: "forecast" as const }, "one is a forecast"],
  ])("agree: %s and %s %o (%s)", (a, b, more, _) => {
    expect(between(finding("a", a), finding("b", b, more))).toEqual([]);
  });

  test("seen before the second was recorded are no conflict", () => {
    const findings = [finding("a", "7 CNY"), finding("b", "3 CNY", { recorded: "2025-07-01" })];
    expect(judge(store(findings), { asOf: "2025-06-30" }).value.conflicts).toEqual([]);
  });
});

describe("the gate", () => {
  const at = { file: "templates/deck.en.md.hbs", line: 12 };
  const pass = (id: string, rulings: readonly Ruling[], limits = {}) => {
    const evidence = judge(store([finding("a", "719亿 CNY"), finding("b", "385亿 CNY")], { rulings })).value;
    return gate([{ figure: evidence.figures.get(id)!, at }], evidence, { date: "2025-08-07", ...limits }).map(
      formatProblem,
    );
  };

  it("refuses a contradicted figure without a ruling, and shows both sides", () => {
    expect(pass("a", [])).toEqual([
      `templates/deck.en.md.hbs:12: error: findings contradict each other: \`a\`, \`b\` [conflict]
    found:    719亿 CNY (a) against 385亿 CNY (b)
    expected: a ruling in rulings.yaml that names them and says which is used and why, or \`both\``,
    ]);
  });

  it("lets the figure through that a ruling uses, or both, and refuses the other one", () => {
    expect(pass("a", [ruling("a")])).toEqual([]);
    expect(pass("b", [ruling("both")])).toEqual([]);
    expect(pass("b", [ruling("a")])).toEqual([
      `templates/deck.en.md.hbs:12: error: ruling \`r\` sets \`b\` aside [ruled-out]
    found:    b
    expected: a
    hint:     show the finding that the ruling uses, or let the ruling show both`,
    ]);
  });

  it("lets one side of a contradiction through only where all sides are shown together", () => {
    const evidence = judge(store([finding("a", "719亿 CNY"), finding("b", "385亿 CNY")])).value;
    const side = (id: string, on: object) => ({
      figure: { ...evidence.figures.get(id)!, asOneSide: true as const },
      at,
      on,
    });
    const codes = (...shown: Parameters<typeof gate>[0][number][]) =>
      gate(shown, evidence, { date: "2025-08-07" }).map(({ code }) => code);
    const [page, next] = [{}, {}];
    expect(codes(side("a", page), side("b", page))).toEqual([]);
    expect(codes(side("a", page))).toEqual(["conflict"]);
    expect(codes(side("a", page), side("b", next))).toEqual(["conflict"]);
    const both = { ...evidence.figures.get("a")!.lineage, findings: ["a", "b"] };
    const derived = { figure: { ...evidence.figures.get("a")!, lineage: both }, at, on: page };
    expect(codes(side("a", page), derived)).toEqual(["conflict"]);
  });

  it("refuses a figure older than the template's limit", () => {
    expect(pass("a", [ruling("a")], { staleDays: 65 })).toEqual([]);
    expect(pass("a", [ruling("a")], { staleDays: 64 })).toEqual([
      `templates/deck.en.md.hbs:12: error: \`a\` is stale [stale]
    found:    recorded on 2025-06-03
    expected: no more than 64 days before the document's date`,
    ]);
  });

  test("a conflict that no page shows is found all the same, and a ruling without a conflict is idle", () => {
    const { value, problems } = judge(store([finding("a", "7 CNY"), finding("b", "3 CNY")]));
    expect(unsettled(value.conflicts).map((problem) => problem.code)).toEqual(["conflict"]);
    expect(problems).toEqual([]);
    const idle = judge(store([finding("a", "7 CNY"), finding("b", "7 CNY")], { rulings: [ruling("a")] }));
    expect(idle.problems.map(formatProblem)[0]).toContain("ruling `r` settles nothing");
  });
});

describe("seen as of a day", () => {
  const rest = store([]);
  const paper = rest.sources.get("paper")!;
  const later = { ...paper, id: "later", published: { date: "2025-08-07", certain: true } };
  const one = finding("a", "7 CNY", { recorded: "2025-06-03" });
  const both = { ...one, citations: [...one.citations, { source: "later", line: 2, written: "7" }] };
  const seen = (asOf?: string) => {
    const all = store([both], { rulings: [ruling("a")] });
    const sources = new Map([...all.sources, ["later", later]]);
    return judge({ ...all, sources }, asOf === undefined ? {} : { asOf }).value;
  };
  const citedBy = (asOf?: string): readonly string[] =>
    seen(asOf)
      .figures.get("a")!
      .lineage.citations.map(({ source }) => source);

  it("a figure cites no source that appeared later", () => {
    expect(citedBy()).toEqual(["paper", "later"]);
    expect(citedBy("2025-08-07")).toEqual(["paper", "later"]);
    expect(citedBy("2025-08-06")).toEqual(["paper"]);
  });

  it("there are no rates and no rulings of later days", () => {
    const known = (asOf: string) => [seen(asOf).store.rates.length, seen(asOf).store.rulings.length];
    expect(known("2025-06-04")).toEqual([1, 1]);
    expect(known("2025-06-03")).toEqual([1, 0]);
    expect(known("2025-03-05")).toEqual([0, 0]);
  });
});
