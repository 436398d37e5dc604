import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sourcedeck } from "./run.ts";

const small = join(import.meta.dirname, "../golden/small");
let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sourcedeck-check-"));
  for (const part of ["data", "templates"])
    cpSync(join(small, part), join(folder, part), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const sum = "sum: { parts: [acme.revenue.2024, acme.revenue.2024], total: acme.revenue.2024 }";

test("check does the arithmetic, shows where it fails, and names what no product shows", async () => {
  writeFileSync(join(folder, "data/checks.yaml"), `- id: twice\n  ${sum}\n`);
  const { code, stdout, stderr } = await sourcedeck(folder, ["check", "--unused"]);
  expect(code).toBe(1);
  expect(stderr).toContain("data/checks.yaml:1:3: error: check `twice` does not hold [failed-check]");
  expect(stderr).toContain("about 400亿 USD + about 400亿 USD = about 800亿 USD, stated about 400亿 USD");
  expect(stderr).toContain("1 checks, 1 failed, 0 of them ruled");
  expect(stdout).toBe("long.launch\nlong.tier\n");
});

test("where a document could not be inspected, nobody is told what no product shows", async () => {
  expect((await sourcedeck(folder, ["check"])).stderr).toContain("2 findings that no product shows");
  mkdirSync(join(folder, "templates/themes"));
  writeFileSync(join(folder, "templates/themes/default.yaml"), "");
  const { code, stderr } = await sourcedeck(folder, ["check"]);
  expect(code).toBe(1);
  expect(stderr).not.toContain("no product shows");
});

test("check --json tells every check with its ruling", async () => {
  const why = "why: { en: So, zh: 故 }";
  const ruling = `- { id: r, check: twice, use: none, ${why}, by: me, on: 2025-06-12 }\n`;
  writeFileSync(join(folder, "data/checks.yaml"), `- id: twice\n  ${sum}\n`);
  writeFileSync(join(folder, "data/rulings.yaml"), ruling);
  const { stdout } = await sourcedeck(folder, ["check", "--json"]);
  const { checks, unused, problems } = JSON.parse(stdout);
  expect(checks).toMatchObject([
    {
      id: "twice",
      kind: "sum",
      passed: false,
      ruling: "r",
      computed: "about 800亿 USD",
      stated: "about 400亿 USD",
    },
  ]);
  expect(unused).toEqual(["long.launch", "long.tier"]);
  expect(problems.map(({ code }: { code: string }) => code)).not.toContain("failed-check");
});
