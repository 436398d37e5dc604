/** The log of changes, on the story of this folder and on random stores. */
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ChangeKind, changesBetween } from "../../src/evidence/changes.ts";
import { daysOfChange } from "../../src/evidence/history.ts";
import { judge } from "../../src/evidence/judge.ts";
import { addDays } from "../../src/findings/period.ts";
import { readStore } from "../../src/findings/read.ts";
import { emptyStore, type Store } from "../../src/findings/store.ts";
import { textsBelow } from "../workspace.ts";
import { day, forgetAfter, randomStore } from "./stores.ts";

const story = readStore(textsBelow(join(import.meta.dirname, "data")), "data").value ?? emptyStore;
/** From two days before the first finding to two days after the last. */
const dayOfStory = fc.integer({ min: 0, max: 45 }).map((days) => addDays("2026-12-01", days));

function inOrder(of: fc.Arbitrary<string>): fc.Arbitrary<string[]> {
  return fc.tuple(of, of, of).map((days) => days.sort());
}

function addsUp(store: Store, [a = "", b = "", c = ""]: readonly string[]): void {
  expect([...changesBetween(store, a, b), ...changesBetween(store, b, c)]).toEqual(
    changesBetween(store, a, c),
  );
}

describe("the changes of two spans that follow each other are those of the whole", () => {
  test("in the story", () => {
    fc.assert(fc.property(inOrder(dayOfStory), (days) => addsUp(story, days)));
  });

  test("in any store", () => {
    fc.assert(fc.property(randomStore, inOrder(day), addsUp));
  });
});

describe("what happened up to a day is told alike, whatever comes later", () => {
  function isUnmoved(store: Store, [a = "", b = ""]: readonly string[]): void {
    expect(changesBetween(forgetAfter(b, store), a, b)).toEqual(changesBetween(store, a, b));
  }

  test("in the story", () => {
    fc.assert(fc.property(inOrder(dayOfStory), (days) => isUnmoved(story, days)));
  });

  test("in any store", () => {
    fc.assert(fc.property(randomStore, inOrder(day), isUnmoved));
  });
});

test("played back, the log gives what holds on each day", () => {
  fc.assert(
    fc.property(randomStore, (store) => {
      const log = changesBetween(store, "2000-01-01", "2100-01-01");
      const holding = new Set<string>();
      const failing = new Set<string>();
      for (const on of daysOfChange(store)) {
        for (const { kind, id } of log.filter((change) => change.on === on)) {
          if (kind === "check-failed") failing.add(id);
          if (kind === "check-settled") failing.delete(id);
          if (kind === "withdrawal") holding.delete(id);
          if (!isEntry(kind)) continue;
          holding.add(id);
          holding.delete(store.findings.get(id)?.supersedes?.finding ?? "");
        }
        const { store: seen, checks } = judge(store, { asOf: on }).value;
        expect([...holding].sort()).toEqual([...seen.findings.keys()]);
        // A check that needs no declaring is named for its finding, and goes on under another name when that is corrected.
        const isDeclared = (id: string): boolean => !id.startsWith("auto.");
        const unruled = checks.filter(({ passed, ruling }) => !passed && !ruling).map(({ id }) => id);
        expect([...failing].filter(isDeclared).sort()).toEqual(unruled.filter(isDeclared));
      }
    }),
    // Rare: a ruling that lapses as one of its findings is corrected.
    { numRuns: 500 },
  );
});

/** What enters the store is told once as one of these. */
function isEntry(kind: ChangeKind): boolean {
  return /^(figure|rank|forecast|revision|class|class-change|event|statement)$/.test(kind);
}

test("the log tells the story", () => {
  const told = changesBetween(story, "2026-11-30", "2027-01-17").map(
    ({ on, kind, id }) => `${on} ${kind} ${id}`,
  );
  expect(told.filter((line) => !/ (source|event|class|statement) /.test(line))).toMatchInlineSnapshot(`
    [
      "2026-12-03 forecast moyan.monthly-active-users.2026-12.forecast",
      "2026-12-03 figure lanting.revenue-growth.2026Q3",
      "2026-12-03 figure lanting.revenue.2026Q3",
      "2026-12-03 figure moyan.app-store-rank.2026-11-30",
      "2026-12-03 figure moyan.monthly-active-users.2026-11",
      "2026-12-03 figure qinghe.customers.2026-09-30",
      "2026-12-03 figure qinghe.gross-margin.2026Q3",
      "2026-12-03 figure qinghe.revenue.2026Q3",
      "2026-12-04 forecast brightwell.revenue.2026Q4.forecast",
      "2026-12-04 forecast northgate.revenue.2026Q4.forecast",
      "2026-12-04 figure brightwell.capex.2026Q3",
      "2026-12-04 figure brightwell.revenue.2026Q3",
      "2026-12-04 figure northgate.revenue-growth.2026Q3",
      "2026-12-04 figure northgate.revenue.2025Q3",
      "2026-12-04 figure northgate.revenue.2026Q3",
      "2026-12-09 conflict-opened lanting.revenue.2026Q3 lanting.revenue.2026Q3.lodestar",
      "2026-12-09 figure lanting.revenue.2026Q3.lodestar",
      "2026-12-09 figure qinghe.revenue-growth.2026Q3",
      "2026-12-15 conflict-settled lanting.revenue.2026Q3 lanting.revenue.2026Q3.lodestar",
      "2026-12-17 revision qinghe.gross-margin.2026Q3.corrected",
      "2026-12-17 rank moyan.app-store-rank.2026-12-15",
      "2026-12-17 figure qinghe.customers.2026-11-30",
      "2026-12-30 revision northgate.revenue.2026Q3.restated",
      "2026-12-30 check-failed northgate.growth-from-levels",
      "2027-01-02 forecast-met moyan.monthly-active-users.2026-12.forecast",
      "2027-01-02 figure moyan.monthly-active-users.2026-12",
      "2027-01-02 class-change qinghe.tier.2027-01",
      "2027-01-05 conflict-opened qinghe.revenue-growth.2026Q3 qinghe.revenue-growth.2026Q3.ledger",
      "2027-01-05 figure qinghe.revenue-growth.2026Q3.ledger",
      "2027-01-06 withdrawal brightwell.capex.2026Q3",
      "2027-01-06 check-settled northgate.growth-from-levels",
      "2027-01-07 revision qinghe.revenue-growth.2026Q3.corrected",
      "2027-01-07 conflict-settled qinghe.revenue-growth.2026Q3 qinghe.revenue-growth.2026Q3.ledger",
      "2027-01-08 forecast-missed northgate.revenue.2026Q4.forecast",
      "2027-01-08 figure northgate.revenue.2026Q4",
      "2027-01-13 conflict-opened brightwell.revenue.2026Q3 brightwell.revenue.2026Q3.tide",
      "2027-01-13 forecast lanting.capex.2027.forecast",
      "2027-01-13 rank moyan.app-store-rank.2027-01-12",
      "2027-01-13 figure brightwell.revenue.2026Q3.tide",
    ]
  `);
});
