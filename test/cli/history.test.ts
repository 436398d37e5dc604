/** Reports by week, views as of a day, and changes, as a user runs them. */
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import { inWorkspace, sourcedeck } from "./run.ts";

const correction = `
source: gazette
recorded: 2025-06-24
figures:
  - id: acme.revenue.2024.restated
    subject: acme
    metric: revenue
    period: 2024
    value: 380亿 USD
    supersedes: { finding: acme.revenue.2024, why: { en: Restated., zh: 重述。 } }
    citations: [{ line: 9, written: 380亿美元 }]
`;

describe("sourcedeck report", () => {
  it("writes the latest week unless another is named", () =>
    inWorkspace(async (folder) => {
      expect((await sourcedeck(folder, ["report"])).stdout).toContain("report-2025-W24.en.md");
      expect((await sourcedeck(folder, ["report", "--week", "2025-W23"])).stdout).toContain(
        "report-2025-W23.en.md",
      );
    }));

  it.each([
    ["a week that no year has", ["--week", "2025-W60"], 2, "a year has the weeks W01 to W52, some have W53"],
    ["what is no week", ["--week", "24"], 2, "Expected an ISO week"],
    ["a week before the store", ["--week", "2024-W01"], 1, "the store holds nothing as early as `2024-W01`"],
    ["one week and all", ["--week", "2025-W23", "--all"], 2, "cannot be used with option '--all'"],
    ["a week after the day", ["--week", "2025-W24", "--as-of", "2025-W23"], 1, "begins after the day"],
    ["a day before the store", ["--as-of", "2025-01-01"], 1, "the store holds nothing as early as"],
  ])("refuses %s", (_, args, code, message) =>
    inWorkspace(async (folder) => {
      const ran = await sourcedeck(folder, ["report", ...args]);
      expect(ran.stderr).toContain(message);
      expect(ran.code).toBe(code);
    }),
  );

  it("of a week without findings is short, and says so", () =>
    inWorkspace(async (folder) => {
      const ran = await sourcedeck(folder, ["report", "--week", "2025-W30"]);
      expect(ran.code).toBe(0);
      expect(ran.stderr).toContain("Nothing entered the store in 2025-W30");
    }));

  it("of all weeks comes with an index, newest first, and writes again only what changed", () =>
    inWorkspace(async (folder) => {
      const first = await sourcedeck(folder, ["report", "--all"]);
      expect(first.code).toBe(0);
      const index = readFileSync(join(folder, "out/index.md"), "utf8");
      expect([...index.matchAll(/^## (.*)$|\]\((.*)\)/gm)].map(([, week, link]) => week ?? link)).toEqual([
        "2025-W24",
        "report-2025-W24.en.md",
        "2025-W23",
        "report-2025-W23.en.md",
      ]);
      const written = statSync(join(folder, "out/report-2025-W23.en.md"));
      const second = await sourcedeck(folder, ["report", "--all"]);
      const told = second.stdout.trim().split("\n");
      expect(told.filter((line) => !line.endsWith("unchanged"))).toEqual([]);
      expect(statSync(join(folder, "out/report-2025-W23.en.md")).ino).toBe(written.ino);
    }));
});

describe("a correction of a later week", () => {
  it("leaves the reports of the weeks before as they were", () =>
    inWorkspace(async (folder) => {
      await sourcedeck(folder, ["report", "--all"]);
      writeFileSync(join(folder, "data/findings/corrections.yaml"), correction);
      const { stdout, code } = await sourcedeck(folder, ["report", "--all"]);
      expect(code).toBe(0);
      const rewritten = stdout.split("\n").filter((line) => line !== "" && !line.endsWith("unchanged"));
      expect(rewritten.map((line) => line.split("  ")[0])).toEqual([
        "out/report-2025-W26.en.md",
        "out/report-2025-W26.en.files/revenue.png",
        "out/report-2025-W26.en.trace.json",
        "out/index.md",
      ]);
    }));

  it("is told by `changes`, as text and as data with lineage", () =>
    inWorkspace(async (folder) => {
      writeFileSync(join(folder, "data/findings/corrections.yaml"), correction);
      const text = await sourcedeck(folder, ["changes", "--from", "2025-W24", "--to", "2025-W26"]);
      expect(text.stdout).toBe(
        "2025-06-24\n  corrected: Acme & Sons <Ltd>, revenue, 2024: ~USD 40bn → USD 38bn (~−5%): Restated. [paper:2 gazette:9]\n",
      );
      const data = await sourcedeck(folder, ["changes", "--from", "2025-06-16", "--json"]);
      expect(JSON.parse(data.stdout)).toMatchObject([
        {
          kind: "revision",
          on: "2025-06-24",
          before: { low: "40000000000", unit: "USD", bound: "~" },
          figure: { low: "38000000000", unit: "USD" },
          difference: { low: "-5", unit: "%" },
          citations: [
            { source: "paper", line: 2 },
            { source: "gazette", line: 9 },
          ],
        },
      ]);
    }));

  it("holds for every template and check that names the old finding, from its day on", () =>
    inWorkspace(async (folder) => {
      writeFileSync(join(folder, "data/findings/corrections.yaml"), correction);
      mkdirSync(join(folder, "out"));
      const read = async (...args: readonly string[]): Promise<string> => {
        const { code, stderr } = await sourcedeck(folder, ["build", "deck", ...args]);
        expect(stderr).not.toContain("error");
        expect(code).toBe(0);
        return readFileSync(join(folder, "out/deck.en.trace.json"), "utf8");
      };
      const before = await read("--as-of", "2025-W25");
      expect([before.includes("USD 40bn"), before.includes("USD 38bn")]).toEqual([true, false]);
      const after = await read();
      expect([after.includes("USD 40bn"), after.includes("USD 38bn")]).toEqual([false, true]);
    }));
});

test("changes refuses a span that ends before it begins", () =>
  inWorkspace(async (folder) => {
    const { code, stderr } = await sourcedeck(folder, ["changes", "--from", "2025-W24", "--to", "2025-W23"]);
    expect(code).toBe(2);
    expect(stderr).toContain("`--from` is later than `--to`");
  }));
