/** What the loops over time print, on the story of `test/history`. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { judge } from "../../src/evidence/judge.ts";
import { parsePeriod } from "../../src/findings/period.ts";
import { readStore } from "../../src/findings/read.ts";
import { emptyStore } from "../../src/findings/store.ts";
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
