import { describe, expect, it, test } from "vitest";
import { change, convert } from "../../src/evidence/derive.ts";
import { judge } from "../../src/evidence/judge.ts";
import type { Store } from "../../src/findings/store.ts";
import { citationsOf, describeLineage, describeSource, lineRanges } from "../../src/model/lineage.ts";
import { finding, store, usdCny } from "../sample.ts";

const undated: Store = (() => {
  const dated = store([]);
  const paper = dated.sources.get("paper")!;
  const published = { date: "2025-06-03", certain: false };
  return { ...dated, sources: new Map([["paper", { ...paper, published }]]) };
})();

describe("a source in words", () => {
  it.each([
    [{}, "The Paper", "报纸"],
    [{ date: "short" }, "The Paper, not before 3 Jun 2025", "报纸，不早于2025年6月3日"],
    [{ date: "long" }, "The Paper, undated, not before 3 Jun 2025", "报纸，页面无日期，不早于2025年6月3日"],
    [{ lines: [3, 1, 2, 9] }, "The Paper, lines 1–3, 9", "报纸，第1–3、9行"],
    [{ heading: true, lines: [4] }, "The Paper (A title), line 4", "报纸（标题），第4行"],
  ] as const)("%o", (detail, en, zh) => {
    expect(describeSource("paper", detail, undated, "en")).toBe(en);
    expect(describeSource("paper", detail, undated, "zh")).toBe(zh);
  });

  it("joins neighbouring lines, each once", () => {
    expect(lineRanges([31, 29, 30, 41, 29])).toEqual(["29–31", "41"]);
  });
});

describe("the lineage of a derived figure in words", () => {
  const findings = [
    finding("now", "40bn USD", { period: "2024", line: 3 }),
    {
      ...finding("then", "60–70bn USD", { period: "2026", status: "forecast", scope: "AI only", line: 8 }),
      attributed: { en: "A bank", zh: "某银行" },
    },
  ];
  const { value: evidence } = judge(store(findings));
  const growth = change(evidence.figures.get("now")!, evidence.figures.get("then")!).value!;

  it("says what it is when it is not reported, and scope, status and source of each part", () => {
    expect(describeLineage(growth, evidence.store, "en")).toMatch(
      /^forecast, computed as USD 60–70bn \(AI only, forecast, A bank\) ÷ USD 40bn − 1; The Paper/,
    );
    expect(describeLineage(growth, evidence.store, "zh")).toMatch(
      /^预测，计算方法：600–700亿美元（AI only，预测，某银行） ÷ 400亿美元 − 1；报纸/,
    );
  });

  it("names currencies and values, never an id", () => {
    const yuan = convert(evidence.figures.get("now")!, "CNY", evidence).value!;
    const zh = describeLineage(change(yuan, yuan).value!, evidence.store, "zh");
    expect(zh).toContain("400亿美元（折元）");
    for (const id of ["now", usdCny.id])
      expect(describeLineage(yuan, evidence.store, "en")).not.toContain(id);
  });
});

test("what contradicts a figure is told with its own source, and cited with it", () => {
  const findings = [finding("a", "18 %", { line: 4 }), finding("b", "23 %", { line: 7 })];
  const { value: evidence } = judge(store(findings));
  const figure = evidence.figures.get("a")!;
  expect(describeLineage(figure, evidence.store, "en")).toContain(
    "; stated otherwise: 23% (The Paper, 3 Jun 2025, line 7: “23 %”).",
  );
  expect(citationsOf(figure, evidence.store).map(({ line }) => line)).toEqual([4, 7]);
});
