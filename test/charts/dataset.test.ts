import { describe, expect, it } from "vitest";
import { bars, prepare } from "./sample.ts";

const query = (sourcedeck: object) => prepare({ ...bars, usermeta: { sourcedeck } });
const rows = (sourcedeck: object) => query(sourcedeck).value?.rows ?? [];
const ids = (sourcedeck: object) => rows(sourcedeck).map(({ id }) => id);

describe("the rows of a chart", () => {
  it("say all about a figure, in the words of the language", () => {
    const [row] = prepare(bars, "zh").value!.rows;
    expect(row).toEqual({
      id: "acme.revenue.2024",
      subject: "acme",
      name: "Acme",
      region: "us",
      regionName: "美国",
      metric: "revenue",
      metricName: "revenue",
      period: "2024",
      periodName: "2024年",
      start: "2024-01-01",
      end: "2024-12-31",
      scope: "",
      scopeName: "",
      value: 400,
      low: 400,
      high: 400,
      bound: "~",
      status: "reported",
      statusName: "已披露",
      unit: "亿美元",
      label: "~400",
      order: 0,
      note: "",
    });
  });

  it("have the sign of what is new in their labels, and in what the trace says of them", () => {
    const { rows, labels } = prepare(bars, "en", "2025-06-08").value!;
    expect(rows.map(({ id, label }) => [id, label])).toEqual([
      ["acme.revenue.2024", "~40"],
      ["acme.revenue.2025", "12–13"],
      ["long.revenue.2024", ">0.0206◆"],
    ]);
    expect([...labels.values()]).toEqual(["~40", "12–13", ">0.0206◆"]);
  });

  it("hold the middle of a range, and its ends", () => {
    const [row] = rows({ figures: ["acme.revenue.2025"], scale: "bn" });
    expect(row).toMatchObject({ value: 12.5, low: 12, high: 13, label: "12–13", status: "forecast" });
  });

  it("are converted by the store's rate, which the figures then rest on", () => {
    const { value } = query({ figures: ["long.capex.2024"], in: "USD", scale: "bn" });
    expect(value?.rows[0]).toMatchObject({ value: 10, label: "≤10", unit: "USD bn" });
    expect(value?.figures[0]?.lineage.rates).toEqual(["usd-cny.2025-03"]);
  });

  it("have a scale and digits of their own where a metric has them", () => {
    const [revenue, capex] = rows({
      figures: ["long.revenue.2024", "long.capex.2024"],
      scale: "亿",
      metrics: { revenue: { scale: "m", digits: 1 } },
    });
    expect([revenue?.value, revenue?.label]).toEqual([150, ">150.0"]);
    expect([capex?.value, capex?.label]).toEqual([726, "≤726"]);
  });

  it("keep the store's id, while the figure tells that it was converted", () => {
    const { value } = query({ figures: ["long.capex.2024", "acme.revenue.2024"], in: "USD" });
    expect(value?.rows.map(({ id }) => id)).toEqual(["long.capex.2024", "acme.revenue.2024"]);
    expect(value?.figures.map(({ id }) => id)).toEqual(["long.capex.2024 in USD", "acme.revenue.2024"]);
    expect([...value!.labels.keys()]).toEqual(value?.figures.map(({ id }) => id));
  });

  it("say no more digits of a converted figure than it can have", () => {
    expect(rows({ figures: ["long.capex.2024"], in: "USD" })[0]?.label).toMatch(/^≤[\d,]+,000,000$/);
  });

  it("keep the order in which figures are named", () => {
    const figures = ["long.capex.2024", "long.capex.2023"];
    expect(ids({ figures })).toEqual(figures);
  });

  it.each([
    [{ select: { metric: "capex" }, sort: "value" }, ["long.capex.2023", "long.capex.2024"]],
    [{ select: { metric: "capex" }, sort: "-value", limit: 1 }, ["long.capex.2024"]],
    [{ select: { metric: "capex", scope: "" } }, ["long.capex.2024"]],
    [{ select: { region: "cn", metric: ["revenue"] } }, ["long.revenue.2024"]],
    [{ select: { status: "forecast" } }, ["acme.revenue.2025"]],
    [{ select: { recorded: "2025-W24" } }, ["long.revenue.2024"]],
    [{ select: { period: "2023", source: "paper" } }, ["long.capex.2023"]],
  ])("answer %j", (sourcedeck, found) => {
    expect(ids(sourcedeck)).toEqual(found);
  });

  it("hold the ratio of two metrics of a subject, ranked with it", () => {
    const ratio = rows({
      figures: ["long.revenue.2024", "long.capex.2024"],
      ratio: { of: "capex", to: "revenue", digits: 0 },
      scale: "亿",
      sort: "-value",
      rank: "capex",
    }).find(({ metric }) => metric === "ratio");
    expect(ratio).toMatchObject({ subject: "long", label: "<484", unit: "×", order: 0 });
  });
});

describe("a query that cannot be answered", () => {
  it.each([
    [{ figures: ["acme.revenue.2042"] }, "unknown-figure", "did you mean `acme.revenue.2024`?"],
    [{ select: { metric: "revenu" } }, "unknown-metric", "did you mean `revenue`?"],
    [{ select: { metrik: "revenue" } }, "unknown-field", "did you mean `metric`?"],
    [{ select: { subject: "acme", period: "1999" } }, "chart-no-rows", "widen the query"],
    [{ select: { region: "cn" }, in: "EUR" }, "no-rate", undefined],
    [{ select: { metric: "revenue" } }, "chart-mixed-units", 'convert money with "in": "USD"'],
    [{ select: { recorded: "soon" } }, "chart-query", undefined],
    [{ select: { region: "moon" } }, "bad-value", undefined],
    [{ figures: { metric: "capex" } }, "bad-value", undefined],
    [{ figures: ["acme.revenue.2024"], digits: -1 }, "bad-value", undefined],
    [{ select: {}, metrics: { revenu: { digits: 1 } } }, "unknown-metric", "did you mean `revenue`?"],
    [{ select: {}, metrics: { revenue: { digit: 1 } } }, "unknown-field", "did you mean `digits`?"],
    [{}, "chart-query", undefined],
  ])("%j is a located problem", (sourcedeck, code, hint) => {
    const [problem] = query(sourcedeck).problems;
    expect(problem?.code).toBe(code);
    expect(problem?.hint ?? "").toContain(hint ?? "");
    expect(problem?.where?.line).toBeGreaterThan(2);
  });

  it.each([
    [{ figures: { metric: "capex" } }, "a map of fields", "a list"],
    [{ select: { metric: 5 } }, "5", "a text, or a list"],
    [{ figures: ["a"], sort: "up" }, "up", "one of value, -value, subject, period, given"],
  ])("%j says what was found and expected", (sourcedeck, found, expected) => {
    expect(query(sourcedeck).problems[0]).toMatchObject({ found, expected });
  });
});
