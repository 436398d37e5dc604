/** What the loops over time print, on the story of `test/history`. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { judge } from "../../src/evidence/judge.ts";
import { parsePeriod } from "../../src/findings/period.ts";
import { readStore } from "../../src/findings/read.ts";
import { type Check, emptyStore, type Ruling } from "../../src/findings/store.ts";
import { finding, store as smallStore } from "../sample.ts";
import { textsBelow } from "../workspace.ts";
import { printed, problemsOf } from "./sample.ts";

const folder = join(import.meta.dirname, "../history/data");
const store = readStore(textsBelow(folder), "data").value ?? emptyStore;

/** The week as its own product sees it. */
function seenIn(week: string): Parameters<typeof printed>[1] {
  const asOf = parsePeriod(week)?.end ?? "";
  const evidence = judge(store, { asOf, withhold: true }).value;
  return { evidence, options: { week, asOf, date: asOf } };
}

test("statements of a topic are found, and none of a topic that the store does not know", () => {
  const told = '{{#changes what="statement" topic="headline"}}{{text}}{{/changes}}';
  expect(printed(told, seenIn("2026-W53"))).toContain("Moyan ends the year with ");
  expect(printed('{{count "changes" topic="nothing-like-it"}}', seenIn("2026-W53"))).toBe("[literal 0]");
});

test("a statement that names a superseded figure is left out while the one in its place is in doubt", () => {
  const told = '{{#changes what="statement"}}{{id}} {{/changes}}';
  expect(printed(told, seenIn("2026-W53"))).not.toContain("northgate-smaller");
});

test("growth year on year comes fastest first, and other figures are told apart from it", () => {
  const week = seenIn("2026-W49");
  const fastest = '{{#changes what="figure" growth=true sort="-value"}}{{figure}}{{/changes}}';
  expect(printed(fastest, week)).toBe("[fig 20%][fig 12%]");
  expect(printed('{{count "changes" what="figure" growth=true}}', week)).toBe("[literal 2]");
});

test("figures in several units are not sorted by value", () => {
  expect(problemsOf('{{#changes what="figure" sort="value"}}{{id}}{{/changes}}', seenIn("2026-W49"))).toEqual(
    [expect.stringContaining("mixed-units")],
  );
});

test("a conflict that opened is told as settled where the week itself settled it, with all its sides", () => {
  const sides =
    '{{#changes what="conflict-opened"}}{{#if settled}}settled{{else}}open{{/if}}: {{#each findings}}{{figure}}{{/each}}{{/changes}}';
  expect(printed(sides, seenIn("2026-W50"))).toBe("open: [fig CNY 8.4bn][fig CNY 7.8bn]");
  expect(printed(sides, seenIn("2027-W01"))).toBe("settled: [fig 35%][fig 28%]");
});

test("a check is about the figure that is in doubt, whichever it compares first, and is found by its metric", () => {
  const at = { file: "data/findings/sample.yaml", line: 1, column: 1 };
  const part = finding("acme.revenue", "20亿 CNY", { scope: "paying" });
  const whole = finding("long.capex", "1亿 CNY", { subject: "long", metric: "capex", scope: "all" });
  const check: Check = {
    id: "c",
    arithmetic: { kind: "part", part: part.id, whole: whole.id },
    tolerance: 0,
    at,
  };
  const ruled = (use: string): Ruling => ({
    id: "r",
    check: "c",
    between: [],
    use,
    why: { en: "Told twice.", zh: "两处不一。" },
    by: "us",
    on: "2025-06-03",
    at,
  });
  const seen = (rulings: readonly Ruling[]): Parameters<typeof printed>[1] => ({
    evidence: judge({ ...smallStore([part, whole], { rulings }), checks: [check] }).value,
    options: { week: "2025-W23" },
  });
  const told = '{{#changes what="check-failed"}}{{subject}}, {{metric}}, {{scope}}{{/changes}}';
  const found = (metric: string): string =>
    `{{#changes what="check-failed" metric="${metric}"}}{{id}}{{/changes}}`;
  const first = "[name Acme], [name revenue], [name paying]";
  for (const [rulings, about, metric, other] of [
    [[], first, "revenue", "capex"],
    [[ruled("none")], first, "revenue", "capex"],
    [[ruled(part.id)], first, "revenue", "capex"],
    [[ruled(whole.id)], "[name Long], [name capex], [name all]", "capex", "revenue"],
  ] as const) {
    expect(printed(told, seen(rulings))).toBe(about);
    expect(printed(found(metric), seen(rulings))).toBe("[name c]");
    expect(printed(found(other), seen(rulings))).toBe("");
  }
});
