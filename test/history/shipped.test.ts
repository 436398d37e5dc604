/** The reports of every week of the shipped store, quiet ones among them, as other readers of Markdown understand them. */
import { describe, expect, test } from "vitest";
import { firstDay, latestDay } from "../../src/findings/days.ts";
import { addDays, isoWeek } from "../../src/findings/period.ts";
import { languages } from "../../src/findings/store.ts";
import { build, draw, job, options, outputs, shippedLibrary, shippedStore } from "../workspace.ts";
import { expectReadable } from "./page.ts";

const store = shippedStore();
const library = shippedLibrary();
const weeks: string[] = [];
for (let day = firstDay(store); isoWeek(day) <= isoWeek(latestDay(store)); day = addDays(day, 7))
  weeks.push(isoWeek(day));

describe.each(languages)("in %s", (language) => {
  test.each(weeks)("the report of %s is sound", async (week) => {
    const weekly = job(store, "weekly", language);
    const made = outputs(
      await build({ ...weekly, product: { ...weekly.product, week } }, store, library, draw, options),
    );
    expect([...made.keys()].filter((path) => path.endsWith(".md"))).toEqual([
      `weekly-${week}.${language}.md`,
    ]);
    expectReadable(made);
  });
});
