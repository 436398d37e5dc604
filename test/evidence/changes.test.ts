import { describe, expect, it, test } from "vitest";
import { type Change, changesBetween } from "../../src/evidence/changes.ts";
import { pendingForecasts } from "../../src/evidence/forecasts.ts";
import { judge } from "../../src/evidence/judge.ts";
import type { FigureFinding, Finding, Ruling } from "../../src/findings/store.ts";
import { finding, store } from "../sample.ts";

const why = { en: "Restated.", zh: "重述。" };
const june = { recorded: "2025-06-03" };
const july = { recorded: "2025-07-01" };

const superseding = (old: string, one: FigureFinding): FigureFinding => ({
  ...one,
  supersedes: { finding: old, why },
});

/** Each change of July as its kind and what it is about. */
function inJuly(findings: readonly Finding[], rulings: readonly Ruling[] = []): string[] {
  return changesOf(findings, rulings).map(({ kind, id }) => `${kind} ${id}`);
}

function changesOf(findings: readonly Finding[], rulings: readonly Ruling[] = []): readonly Change[] {
  return changesBetween(store(findings, { rulings }), "2025-06-30", "2025-07-31");
}

describe("a figure that enters the store", () => {
  it("is new, and was not before its day", () => {
    const findings = [finding("a", "7 CNY", july)];
    expect(inJuly(findings)).toEqual(["source paper", "figure a"]);
    expect(changesBetween(store(findings), "2025-06-01", "2025-06-30")).toEqual([]);
  });

  it("is told with the latest earlier period of its series, and the growth from it", () => {
    const [change] = changesOf([
      finding("q3", "80亿 CNY", { ...june, period: "2024Q3" }),
      finding("q4", "100亿 CNY", { ...june, period: "2024Q4" }),
      finding("year", "300亿 CNY", { ...june, period: "2024" }),
      finding("q1", "110亿 CNY", { ...july, period: "2025Q1" }),
    ]);
    expect(change).toMatchObject({ kind: "figure", id: "q1", before: { id: "q4" }, findings: ["q1", "q4"] });
    expect(change?.difference?.quantity.low.toString()).toBe("10");
    expect(change?.difference?.lineage.findings).toEqual(["q1", "q4"]);
  });

  it.each([
    ["another scope", { scope: "cloud only" }],
    ["a run rate", { status: "run-rate" as const }],
    ["a forecast", { status: "forecast" as const }],
  ])("is not held against %s", (_, more) => {
    const [change] = changesOf([
      finding("q4", "100亿 CNY", { ...june, period: "2024Q4", ...more }),
      finding("q1", "110亿 CNY", { ...july, period: "2025Q1" }),
    ]);
    expect(change).not.toHaveProperty("before");
  });

  it("is not held against an earlier figure that is contradicted, or by bounds from which nothing follows", () => {
    const earlier = (id: string, value: string) => finding(id, value, { ...june, period: "2024Q4" });
    const now = (value: string) => finding("q1", value, { ...july, period: "2025Q1" });
    const [contested] = changesOf([earlier("a", "100亿 CNY"), earlier("b", "50亿 CNY"), now("110亿 CNY")]);
    expect(contested).not.toHaveProperty("before");
    const [open] = changesOf([earlier("a", ">100亿 CNY"), now(">150亿 CNY")]);
    expect(open).toMatchObject({ before: { id: "a" } });
    expect(open).not.toHaveProperty("difference");
  });

  it("of a longer range is not held against a shorter one", () => {
    const [change] = changesOf([
      finding("a", "10亿 CNY", { ...june, period: "2025-01..2025-03" }),
      finding("b", "60亿 CNY", { ...july, period: "2025-01..2025-06" }),
    ]);
    expect(change).not.toHaveProperty("before");
  });

  it("moves from a loss by an amount, not by a share of it", () => {
    const [change] = changesOf([
      finding("q4", "-5 CNY", { ...june, period: "2024Q4" }),
      finding("q1", "3 CNY", { ...july, period: "2025Q1" }),
    ]);
    expect(change?.difference?.quantity).toMatchObject({ unit: "CNY" });
    expect(change?.difference?.quantity.low.toString()).toBe("8");
  });
});

describe("a correction", () => {
  const old = finding("a", "100亿 CNY", june);
  const corrected = superseding("a", finding("a2", "90亿 CNY", july));

  it("tells the old value, the new one, by how much and why", () => {
    const [change] = changesOf([old, corrected]);
    expect(change).toMatchObject({
      kind: "revision",
      id: "a2",
      before: { id: "a" },
      figure: { id: "a2" },
      why,
    });
    expect(change?.difference?.quantity.low.toString()).toBe("-10");
  });

  it("is no contradiction of what it corrects, and the old value is what held before", () => {
    const both = store([old, corrected]);
    expect(judge(both).value.conflicts).toEqual([]);
    expect([...judge(both).value.figures.keys()]).toEqual(["a2"]);
    expect([...judge(both, { asOf: "2025-06-30" }).value.figures.keys()]).toEqual(["a"]);
  });

  it("of a correction is told against the last value", () => {
    const again = superseding("a2", finding("a3", "99亿 CNY", { recorded: "2025-07-08" }));
    expect(changesOf([old, corrected, again]).map(({ before, figure }) => [before?.id, figure?.id])).toEqual([
      ["a", "a2"],
      ["a2", "a3"],
    ]);
  });
});

describe("a forecast", () => {
  const forecast = finding("f", "100–120亿 CNY", { ...june, period: "2025H1", status: "forecast" });
  const came = (value: string, more: Parameters<typeof finding>[2] = {}): FigureFinding =>
    finding("a", value, { ...july, period: "2025H1", ...more });

  it.each([
    ["110亿 CNY", "forecast-met"],
    ["100亿 CNY", "forecast-met"],
    ["130亿 CNY", "forecast-exceeded"],
    [">150亿 CNY", "forecast-exceeded"],
    ["90亿 CNY", "forecast-missed"],
    [">90亿 CNY", "forecast-met"],
  ])("of 100 to 120 with %s reported is %s", (value, kind) => {
    expect(inJuly([forecast, came(value)])).toEqual([`${kind} f`, "figure a"]);
  });

  it.each([
    ["a pace", came("300亿 CNY", { status: "run-rate" })],
    ["what is told before the period ends", came("110亿 CNY", { period: "2025" })],
    ["another scope", came("110亿 CNY", { scope: "cloud only" })],
  ])("is not answered by %s", (_, other) => {
    const expected = { ...forecast, period: other.period.text === "2025" ? other.period : forecast.period };
    expect(inJuly([expected, other])).toEqual(["figure a"]);
  });

  it("is told to have come true once, whoever tells it again", () => {
    const again = finding("b", "110亿 CNY", { recorded: "2025-07-10", period: "2025H1" });
    expect(inJuly([forecast, came("110亿 CNY"), again])).toEqual(["forecast-met f", "figure a", "figure b"]);
  });

  it("of another period says nothing", () => {
    expect(inJuly([forecast, came("300亿 CNY", { period: "2024" })])).toEqual(["figure a"]);
  });

  it("of a level on a day is not answered by one of some day before", () => {
    const users = { subject: "acme", metric: "users" };
    const level = (id: string, value: string, period: string, more: Parameters<typeof finding>[2]) =>
      finding(id, value, { ...users, period, ...more });
    const expected = level("f", "200 users", "@2025-06-30", { ...june, status: "forecast" });
    const base = store([expected, level("a", "120 users", "2025H1", july)]);
    const metrics = new Map([
      ...base.metrics,
      ["users", { id: "users", name: why, measures: "count", over: "instant", at: expected.at } as const],
    ]);
    const kinds = (one: typeof base): string[] =>
      changesBetween({ ...one, metrics }, "2025-06-30", "2025-07-31").map(({ kind }) => kind);
    expect(kinds(base)).toEqual(["figure"]);
    expect(kinds(store([expected, level("a", "120 users", "@2025-06-30", july)]))).toEqual([
      "forecast-missed",
      "figure",
    ]);
  });

  it("that was history when it entered the store waits for nothing", () => {
    const old = finding("f", "100亿 CNY", { ...june, period: "2024", status: "forecast" });
    expect(pendingForecasts(judge(store([old])).value, "2025-07-01")).toEqual([]);
  });

  it("waits until something is reported, and is overdue from the day after its period", () => {
    const pending = (day: string, ...more: readonly Finding[]): unknown[] =>
      pendingForecasts(judge(store([forecast, ...more])).value, day).map(({ due, overdue }) => [
        due,
        overdue,
      ]);
    expect(pending("2025-06-30")).toEqual([["2025-06-30", false]]);
    expect(pending("2025-07-01")).toEqual([["2025-06-30", true]]);
    expect(pending("2025-07-01", came("110亿 CNY"))).toEqual([]);
  });
});

describe("a contradiction", () => {
  const one = finding("a", "719亿 CNY", june);
  const other = finding("b", "385亿 CNY", july);
  const ruled: Ruling = {
    id: "r",
    between: ["a", "b"],
    use: "a",
    why,
    by: "An analyst",
    on: "2025-07-10",
    at: { file: "data/rulings.yaml" },
  };

  it("opens with the second side, and is settled by a ruling on its day", () => {
    expect(changesOf([one, other], [ruled]).map(({ kind, on }) => `${on} ${kind}`)).toEqual([
      "2025-07-01 conflict-opened",
      "2025-07-01 figure",
      "2025-07-10 conflict-settled",
    ]);
  });

  it("is settled when one of its sides is corrected or withdrawn", () => {
    const corrected = superseding("b", finding("b2", "719亿 CNY", { recorded: "2025-07-10" }));
    expect(inJuly([one, other, corrected])).toContain("conflict-settled a b");
    expect(inJuly([one, { ...other, withdrawn: { on: "2025-07-10", why } }])).toEqual([
      "conflict-opened a b",
      "figure b",
      "withdrawal b",
      "conflict-settled a b",
    ]);
  });

  it("is neither settled nor opened anew by a correction that contradicts as well", () => {
    const corrected = superseding("b", finding("b2", "400亿 CNY", { recorded: "2025-07-10" }));
    const conflicts = (rulings: readonly Ruling[]) =>
      inJuly([one, other, corrected], rulings).filter((change) => change.startsWith("conflict"));
    expect(conflicts([])).toEqual(["conflict-opened a b"]);
    // A ruling on the old value does not cover the new one.
    expect(conflicts([{ ...ruled, on: "2025-07-01" }])).toEqual([
      "conflict-opened a b",
      "conflict-settled a b",
      "conflict-opened a b2",
    ]);
  });

  it("opens with a third side, and is not opened anew when that goes", () => {
    const third = finding("c", "900亿 CNY", { recorded: "2025-07-05" });
    expect(
      inJuly([one, other, { ...third, withdrawn: { on: "2025-07-10", why } }]).filter((change) =>
        change.startsWith("conflict"),
      ),
    ).toEqual(["conflict-opened a b", "conflict-opened a b c"]);
  });

  test("with its ruling of the same day is opened and settled at once", () => {
    expect(inJuly([one, other], [{ ...ruled, on: "2025-07-01" }]).slice(0, 2)).toEqual([
      "conflict-opened a b",
      "conflict-settled a b",
    ]);
  });
});

test("a ruling in the place of another is told, and settles what it is about once", () => {
  const sides = [finding("a", "719亿 CNY", june), finding("b", "385亿 CNY", june)];
  const ruled = (id: string, use: string, on: string): Ruling => ({
    id,
    between: ["a", "b"],
    use,
    why,
    by: "An analyst",
    on,
    at: { file: "data/rulings.yaml" },
  });
  const both = [ruled("first", "a", "2025-06-10"), ruled("second", "b", "2025-07-01")];
  expect(inJuly(sides, both)).toEqual(["conflict-settled a b"]);
});

test("a withdrawal tells the old value and why", () => {
  const [change] = changesOf([{ ...finding("a", "7 CNY", june), withdrawn: { on: "2025-07-02", why } }]);
  expect(change).toMatchObject({ kind: "withdrawal", on: "2025-07-02", before: { id: "a" }, why });
});

test("a later ruling takes the place of an earlier one from its day on", () => {
  const both = [finding("a", "719亿 CNY", june), finding("b", "385亿 CNY", june)];
  const ruling = (id: string, use: string, on: string): Ruling => ({
    id,
    between: ["a", "b"],
    use,
    why,
    by: "An analyst",
    on,
    at: { file: "data/rulings.yaml" },
  });
  const rulings = [ruling("first", "a", "2025-06-10"), ruling("second", "b", "2025-07-01")];
  const used = (asOf: string): string | undefined =>
    judge(store(both, { rulings }), { asOf }).value.conflicts[0]?.ruling?.use;
  expect([used("2025-06-09"), used("2025-06-10"), used("2025-07-01")]).toEqual([undefined, "a", "b"]);
});
