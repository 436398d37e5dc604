/** Figures, formats and helpers of a workspace's own, as its owner uses them. */
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { inWorkspace, sourcedeck } from "./run.ts";

const derived = `
- id: acme.per-quarter
  formula: acme.revenue.2024 / 4
  unit: USD
  en: Acme, average quarter of 2024
  zh: 艾克米2024年季均收入
- id: acme.per-user
  formula: acme.per-quarter * 4 / acme.users.2025-06-12
  unit: USD/users
  en: Acme, sales a user
  zh: 艾克米单用户收入
- id: gap
  formula: acme.revenue.2024 / long.revenue.2024 in USD - 1
  unit: "%"
  subject: acme
  en: Acme ahead of Long
  zh: 艾克米领先长龙
`;
const formats = "short: { in: USD, scale: { en: bn, zh: 亿 }, digits: 1, bounds: signs }\n";
const page = `---
title: Own figures
---

## What a quarter brings

A quarter brings {{fig "acme.per-quarter" as="short"}}, a user {{fig "acme.per-user"}}, {{fig "gap" digits=0}} ahead,
{{ratio "acme.revenue.2026" "acme.per-quarter" digits=0}} of it to come.

{{say "of-quarters"}}

::chart[Bars of own figures]{name="own"}
`;
const statements = `source: paper
recorded: 2025-06-03
statements:
  - { id: of-quarters, subjects: [acme], topic: demand, text: { en: "It earns {acme.per-quarter} a quarter.", zh: "季均{acme.per-quarter}。" }, citations: [{ line: 2, written: x }] }
`;
const chart = JSON.stringify({
  $schema: "https://vega.github.io/schema/vega-lite/v6.json",
  usermeta: { sourcedeck: { figures: ["acme.per-quarter", "acme.revenue.2024"] } },
  mark: "bar",
  encoding: {
    y: { field: "name", type: "nominal", sort: null, title: null },
    x: { field: "value", type: "quantitative", axis: null },
  },
});

const files: Readonly<Record<string, string>> = {
  "data/derived.yaml": derived,
  "data/findings/own.yaml": statements,
  "data/sourcedeck.yaml": "products: [{ name: own, template: own, writer: markdown, languages: [en] }]\n",
  "templates/formats.yaml": formats,
  "templates/own.en.md.hbs": page,
  "templates/charts/own.vl.json": chart,
};

function inOwn(
  more: Readonly<Record<string, string>>,
  use: (folder: string) => Promise<void>,
): Promise<void> {
  return inWorkspace(async (folder) => {
    mkdirSync(join(folder, "templates/helpers"));
    for (const [path, text] of Object.entries({ ...files, ...more })) writeFileSync(join(folder, path), text);
    await use(folder);
  });
}

describe("figures of derived.yaml", () => {
  test("stand on a page, in a statement and in a chart, with all that they rest on", () =>
    inOwn({}, async (folder) => {
      const built = await sourcedeck(folder, ["build"]);
      expect(built.stderr).not.toContain("error");
      expect(built.code).toBe(0);
      const text = readFileSync(join(folder, "out/own.en.md"), "utf8");
      expect(text).toMatch(/A quarter brings \\~USD 10\.0bn.*, a user at most about USD 267 per user/);
      expect(text).toContain("It earns about USD 10bn");
      expect(text).toContain("Acme, average quarter of 2024, computed as \\~USD 40bn ÷ 4");
      const { entries } = JSON.parse(readFileSync(join(folder, "out/own.en.trace.json"), "utf8"));
      const entry = (figure: string) => entries.find((one: { figure?: string }) => one.figure === figure);
      expect(entry("acme.per-user")).toMatchObject({
        formula: "acme.revenue.2024 / 4 × 4 / acme.users.2025-06-12",
        findings: ["acme.revenue.2024", "acme.users.2025-06-12"],
      });
      expect(entry("gap").rates).toEqual(["usd-cny.2025-03"]);
      expect(entry("acme.revenue.2026 / (acme.revenue.2024 / 4)")).toMatchObject({ status: "forecast" });
      expect(entries.filter((one: { in?: string }) => one.in === "Chart own")).toHaveLength(2);
    }));

  test("are listed with their formulas, and only those that are there on the day", () =>
    inOwn({}, async (folder) => {
      const { stdout } = await sourcedeck(folder, ["list"]);
      expect(stdout).toMatch(
        /^acme\.per-quarter\tabout USD 10bn\t\treported\tpaper:2\t= acme\.revenue\.2024 \/ 4$/m,
      );
      const early = await sourcedeck(folder, ["list", "--json", "--as-of", "2025-06-03"]);
      const rows = JSON.parse(early.stdout).filter(({ kind }: { kind: string }) => kind === "derived");
      expect(rows.map(({ id }: { id: string }) => id)).toEqual(["acme.per-quarter", "gap"]);
      expect(rows[0]).toMatchObject({ value: "10000000000", unit: "USD", formula: "acme.revenue.2024 / 4" });
    }));

  test("are all checked, shown or not, and leave a page out as long as a part is to come", () =>
    inOwn({}, async (folder) => {
      const early = await sourcedeck(folder, ["build", "--as-of", "2025-06-03"]);
      expect(early.stderr).toContain("acme.users.2025-06-12");
      writeFileSync(
        join(folder, "data/derived.yaml"),
        `${derived}- { id: odd, formula: acme.revenue.2024 + acme.users.2025-06-12, unit: USD, en: Odd, zh: 怪 }\n`,
      );
      const checked = await sourcedeck(folder, ["check"]);
      expect(checked.code).toBe(1);
      expect(checked.stderr).toContain(
        "data/derived.yaml:18:23: error: only figures in one unit can be added",
      );
    }));
});

const config = `${files["data/sourcedeck.yaml"]}helpers: [helpers/shout.mjs]\n`;
const shouting = page.replace("## What a quarter brings", '## What {{shout "a quarter"}} brings');

describe("helpers in JavaScript", () => {
  const own = {
    "data/sourcedeck.yaml": config,
    "templates/own.en.md.hbs": shouting,
    "templates/helpers/shout.mjs": "export default (text) => text.toUpperCase();\n",
  };

  test.each(["build", "check"])(
    "are not run by %s unless that is allowed, and it says what would be run",
    (command) =>
      inOwn(
        {
          ...own,
          "templates/helpers/shout.mjs":
            'import { writeFileSync } from "node:fs";\nwriteFileSync("ran", "");\n',
        },
        async (folder) => {
          const { code, stderr } = await sourcedeck(folder, [command]);
          expect(code).toBe(1);
          expect(stderr).toContain(
            "data/sourcedeck.yaml:2:11: error: `templates/helpers/shout.mjs` is code, and would be run [code-not-allowed]",
          );
          expect(stderr).toContain("--allow-code");
          expect(stderr).not.toContain("unknown-helper");
          expect(() => readFileSync(join(folder, "ran"))).toThrow();
        },
      ),
  );

  test("print text when they are", () =>
    inOwn(own, async (folder) => {
      expect((await sourcedeck(folder, ["check", "--allow-code"])).stderr).not.toContain("error");
      const { code } = await sourcedeck(folder, ["build", "--allow-code"]);
      expect(code).toBe(0);
      expect(readFileSync(join(folder, "out/own.en.md"), "utf8")).toContain("What A QUARTER brings");
    }));

  test.each([
    ["is no JavaScript", "export default (", "SyntaxError"],
    ["throws", "throw new Error('no luck');", "no luck"],
    ["gives nothing", "export const other = 1;", "gives no helper"],
    ["gives an object without a function", "export default { name: 'shout' };", "gives no helper"],
    ["waits for what never comes", "await new Promise(() => {}); export default () => '';", "still loading"],
  ])("are a problem, not a crash, when a file %s", (_, text, message) =>
    inOwn({ ...own, "templates/helpers/shout.mjs": text }, async (folder) => {
      const { code, stderr } = await sourcedeck(folder, ["build", "--allow-code"]);
      expect(code).toBe(1);
      expect(stderr).toContain("data/sourcedeck.yaml:2:11: error:");
      expect(stderr).toContain(message);
      expect(stderr).not.toMatch(/\n\s+at .+:\d+:\d+\)?\n/);
    }),
  );

  test("are listed and shown without being run, named or not", () =>
    inOwn({ ...own, "templates/helpers/unnamed.mjs": "throw new Error();\n" }, async (folder) => {
      const { code, stdout } = await sourcedeck(folder, ["templates"]);
      expect(code).toBe(0);
      expect(stdout).toMatch(/^helper +shout +own +JavaScript of helpers\/shout\.mjs;/m);
      expect(stdout).toMatch(/^helper +unnamed +own /m);
      const shown = await sourcedeck(folder, ["templates", "show", "shout"]);
      expect(shown.stdout).toBe("export default (text) => text.toUpperCase();\n");
    }));

  test("stay inside the folder of templates", () =>
    inOwn(own, async (folder) => {
      const file = join(folder, "templates/helpers/shout.mjs");
      rmSync(file);
      writeFileSync(join(folder, "outside.mjs"), "export default () => '';");
      symlinkSync(join(folder, "outside.mjs"), file);
      const linked = await sourcedeck(folder, ["build", "--allow-code"]);
      expect(linked.stderr).toContain("a link that leads out of the folder of templates");
      rmSync(file);
      expect((await sourcedeck(folder, ["build", "--allow-code"])).stderr).toContain("nothing there");
      writeFileSync(join(folder, "data/sourcedeck.yaml"), config.replace("helpers/shout", "../outside"));
      expect((await sourcedeck(folder, ["build", "--allow-code"])).stderr).toContain(
        "expected: a file in the folder of templates, e.g. helpers/quarter-name.mjs",
      );
    }));

  test("are not taken for unknown where the data is broken", () =>
    inOwn({ ...own, "data/derived.yaml": "- { id: d }\n" }, async (folder) => {
      const { stderr } = await sourcedeck(folder, ["check"]);
      expect(stderr).toContain("missing-field");
      expect(stderr).not.toContain("unknown-helper");
    }));
});
