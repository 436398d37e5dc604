/**
 * A store is told week by week: the story at the head of `data/sourcedeck.yaml`, as reports and decks, compared with the
 * texts in `expected/`. No week is told differently for what was learned later.
 */
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Job } from "../../src/build.ts";
import { addDays, isoWeek, parsePeriod } from "../../src/findings/period.ts";
import { readStore } from "../../src/findings/read.ts";
import { emptyStore, type Store } from "../../src/findings/store.ts";
import { describeDeck } from "../deck.ts";
import { build, draw, messages, options, outputs, shippedLibrary, textsBelow } from "../workspace.ts";
import { expectReadable, readPage } from "./page.ts";
import { forgetAfter } from "./stores.ts";

const read = readStore(textsBelow(join(import.meta.dirname, "data")), "data");
const store = read.value ?? emptyStore;
const library = shippedLibrary();
const monday = "2026-11-30";
const weeks = Array.from({ length: 7 }, (_, index) => isoWeek(addDays(monday, index * 7)));

function built(job: Job, from: Store, asOf?: string): Promise<Map<string, Uint8Array>> {
  const when = asOf === undefined ? {} : { asOf };
  return build(job, from, library, draw, { ...options, ...when }).then(outputs);
}

test("the story is sound, and crosses a year of fifty-three weeks", () => {
  expect(messages(read)).toEqual([]);
  expect(weeks).toEqual(["2026-W49", "2026-W50", "2026-W51", "2026-W52", "2026-W53", "2027-W01", "2027-W02"]);
});

test("a broken page is seen to be one", () => {
  const page = "# A\n\n### B[^1] <b>\n\n| a | b |\n| - | - |\n| 1 |\n\n![](x.png)\n\n[^2]: C\n";
  expect(readPage(page)).toEqual({
    headings: [1, 3],
    tables: [[2, 2, 1]],
    pictures: [{ path: "x.png", alt: "" }],
    notes: { defined: ["2"], idle: ["2"], dangling: ["[^1]"] },
    html: ["<b>"],
  });
});

const jobs = store.products.flatMap((product) =>
  product.languages.flatMap((language) =>
    weeks.map((week) => ({ name: product.name, language, week, product: { ...product, week } })),
  ),
);

describe.each(jobs)("$name of $week ($language)", ({ product, language, week }) => {
  const job: Job = { product, language };
  const sunday = parsePeriod(week)?.end ?? "";
  let made = new Map<string, Uint8Array>();
  beforeAll(async () => {
    made = await built(job, store);
  });

  test("is built as it was when it was last accepted", async () => {
    for (const [path, bytes] of made) {
      if (path.endsWith(".md"))
        await expect(new TextDecoder().decode(bytes)).toMatchFileSnapshot(expected(path));
      if (path.endsWith(".pptx"))
        await expect(describeDeck(bytes)).toMatchFileSnapshot(expected(`${path}.txt`));
    }
  });

  test("is the same on its Sunday, much later, and with nothing learned after it", async () => {
    expect(await built(job, store, sunday)).toEqual(made);
    expect(await built(job, store, addDays(sunday, 30))).toEqual(made);
    expect(await built(job, forgetAfter(sunday, store))).toEqual(made);
  });

  if (product.writer !== "markdown") return;

  test("is read by others as it was meant", () => {
    expectReadable(made);
  });
});

function expected(path: string): string {
  return join(import.meta.dirname, "expected", path);
}
