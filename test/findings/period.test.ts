import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { addDays, isoWeek, overlaps, parsePeriod } from "../../src/findings/period.ts";

describe("a period", () => {
  it.each([
    ["2025", 12, "2025-01-01", "2025-12-31"],
    ["2025H1", 12, "2025-01-01", "2025-06-30"],
    ["2025Q1", 12, "2025-01-01", "2025-03-31"],
    ["2024-02", 12, "2024-02-01", "2024-02-29"],
    ["2025-03-01", 12, "2025-03-01", "2025-03-01"],
    ["FY2025", 3, "2024-04-01", "2025-03-31"],
    ["FY2026Q1", 1, "2025-02-01", "2025-04-30"],
    ["FY2025Q2", 6, "2024-10-01", "2024-12-31"],
    ["2025-02..2025-04", 12, "2025-02-01", "2025-04-30"],
    ["@2025-04-30", 12, "2025-04-30", "2025-04-30"],
    ["@2023", 12, "2023-12-31", "2023-12-31"],
    ["2025-W01", 12, "2024-12-30", "2025-01-05"],
    ["2020-W53", 12, "2020-12-28", "2021-01-03"],
  ])("%s of a fiscal year that ends in month %i runs from %s to %s", (text, month, start, end) => {
    expect(parsePeriod(text, month)).toMatchObject({ text, start, end });
  });

  it.each([
    "2025Q5",
    "2025Q0",
    "2025-13",
    "2025-02-30",
    "2025-W53",
    "2025-W00",
    "25Q1",
    "2025..2024",
    "FY2025-03",
    "",
    "@",
    "soon",
  ])("%s does not exist", (text) => {
    expect(parsePeriod(text)).toBeUndefined();
  });

  test("of any ISO week holds seven days that all name it", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("1990-01-01"), max: new Date("2100-12-31"), noInvalidDate: true }),
        (date) => {
          const day = date.toISOString().slice(0, 10);
          const week = parsePeriod(isoWeek(day));
          expect(week).toBeDefined();
          expect(week!.start <= day && day <= week!.end).toBe(true);
          expect([0, 3, 6].map((offset) => isoWeek(addDays(week!.start, offset)))).toEqual(
            Array(3).fill(week!.text),
          );
        },
      ),
    );
  });

  test("overlaps another one when they share a day", () => {
    const period = (text: string) => parsePeriod(text)!;
    expect(overlaps(period("2025Q1"), period("2025-03-31"))).toBe(true);
    expect(overlaps(period("2025Q1"), period("2025Q2"))).toBe(false);
  });
});
