import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { root } from "../workspace.ts";
import { inFolder, inWorkspace, sourcedeck } from "./run.ts";

function edit(file: string, from: string, to: string): void {
  const text = readFileSync(file, "utf8");
  if (!text.includes(from)) throw new Error(`${file} does not hold ${from}`);
  writeFileSync(file, text.replace(from, to));
}

const sums = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => statSync(join(folder, name)).isFile())
      .sort()
      .map((name) => [
        name,
        createHash("sha256")
          .update(readFileSync(join(folder, name)))
          .digest("hex"),
      ]),
  );

const stack = /\n\s+at .+:\d+:\d+\)?\n/;

/** Each kind of bad input: a file of the workspace, an edit, and the messages that it must bring. */
const mistakes: readonly (readonly [
  what: string,
  file: string,
  from: string,
  to: string,
  messages: readonly string[],
])[] = [
  [
    "broken YAML",
    "data/subjects.yaml",
    "kind: company",
    "kind: [company",
    ["data/subjects.yaml:1:", "[broken-yaml]"],
  ],
  [
    "an unknown field",
    "data/findings/paper.yaml",
    "value: 18 %",
    "valeu: 18 %, value: 18 %",
    ["data/findings/paper.yaml:6:", "unknown field `valeu`", "did you mean `value`?"],
  ],
  [
    "an unknown subject",
    "data/findings/paper.yaml",
    "subject: acme,",
    "subject: acne,",
    ["data/findings/paper.yaml:4:", "unknown subject `acne`", "did you mean `acme`?"],
  ],
  [
    "an unknown metric",
    "data/findings/paper.yaml",
    "metric: revenue,",
    "metric: revenu,",
    ["unknown metric `revenu`", "did you mean `revenue`?"],
  ],
  [
    "an unknown unit",
    "data/findings/gazette.yaml",
    ">1.5亿 users",
    ">1.5亿 userz",
    ["unknown unit `userz`", "did you mean `users`?"],
  ],
  [
    "an unknown currency",
    "data/findings/paper.yaml",
    "~400亿 USD",
    "~400亿 UDS",
    ["unknown currency `UDS`", "did you mean `USD`?"],
  ],
  [
    "a quantity that does not parse",
    "data/findings/paper.yaml",
    "~400亿 USD",
    "around 400亿 USD",
    ["this quantity cannot be read", "found:    around 400亿 USD"],
  ],
  [
    "a period that does not exist",
    "data/findings/paper.yaml",
    "period: 2025Q1",
    "period: 2025Q5",
    ["this period does not exist", "found:    2025Q5", "a year has the quarters Q1 to Q4"],
  ],
  [
    "a finding without citation",
    "data/findings/paper.yaml",
    ", citations: [{ line: 4, written: 18% }]",
    "",
    ["data/findings/paper.yaml:6:5: error: a finding without a citation"],
  ],
  [
    "a duplicate id",
    "data/findings/gazette.yaml",
    "id: nobody-pays",
    "id: long.tier",
    ["the id `long.tier` is taken", "it was first given in data/findings/gazette.yaml"],
  ],
  [
    "an unknown finding in a template",
    "templates/deck.en.md.hbs",
    '{{fig "long-cloud.revenue-growth.2025Q1"}}',
    '{{fig "long-cloud.revenue-growth.2025Q2"}}',
    ["templates/deck.en.md.hbs:13:", "did you mean `long-cloud.revenue-growth.2025Q1`?"],
  ],
  [
    "an unknown helper",
    "templates/deck.en.md.hbs",
    "{{ratio ",
    "{{ration ",
    ["templates/deck.en.md.hbs:9:", "`ration`", "did you mean `ratio`?"],
  ],
  [
    "an unknown chart",
    "templates/deck.en.md.hbs",
    'name="revenue"',
    'name="revenues"',
    ["templates/deck.en.md.hbs:11", "unknown chart `revenues`", "did you mean `revenue`?"],
  ],
  [
    "an unknown partial",
    "templates/deck.en.md.hbs",
    "## Both expect more",
    "{{> tiles}}\n\n## Both expect more",
    ["templates/deck.en.md.hbs:20:", "`tiles`"],
  ],
  [
    "an unknown directive",
    "templates/deck.en.md.hbs",
    ":::notes",
    ":::note",
    ["templates/deck.en.md.hbs:16:", "there is no directive `:::note`", "did you mean `:::notes`?"],
  ],
  [
    "a Handlebars syntax error",
    "templates/deck.en.md.hbs",
    "{{/figures}}",
    "{{/figure}}",
    ["templates/deck.en.md.hbs:", "figures", "figure"],
  ],
  [
    "a number typed in a template",
    "templates/deck.en.md.hbs",
    "## Both expect more",
    "## Both expect 5% more",
    ["templates/deck.en.md.hbs:20:", "[typed-number]", "found:    5%"],
  ],
  [
    "a chart that is not Vega-Lite",
    "templates/charts/revenue.vl.json",
    '"bar"',
    '"barr"',
    ["templates/charts/revenue.vl.json:", "`barr`"],
  ],
  [
    "a chart that names an unknown field",
    "templates/charts/revenue.vl.json",
    '"field": "value"',
    '"field": "valu"',
    ["templates/charts/revenue.vl.json:", "`valu`", "did you mean `value`?"],
  ],
  [
    "a chart with typed data",
    "templates/charts/revenue.vl.json",
    '"title":',
    '"data": { "values": [1, 2] }, "title":',
    ["templates/charts/revenue.vl.json:", "[chart-typed-data]"],
  ],
  [
    "a chart with a url",
    "templates/charts/revenue.vl.json",
    '"title":',
    '"data": { "url": "file:///etc/passwd" }, "title":',
    ["templates/charts/revenue.vl.json:", "url"],
  ],
  [
    "broken JSON in a chart",
    "templates/charts/revenue.vl.json",
    '"layer": [',
    '"layer": [[',
    ["templates/charts/revenue.vl.json:"],
  ],
  [
    "a title that cannot fit",
    "templates/deck.en.md.hbs",
    "## Both expect more",
    `## Both expect more ${"and more ".repeat(40)}`,
    ["templates/deck.en.md.hbs:20", "[does-not-fit]"],
  ],
  [
    "a broken theme",
    "templates/themes/default.yaml",
    "",
    "name: Own\n",
    ["templates/themes/default.yaml", "missing field"],
  ],
];

describe("sourcedeck build", () => {
  it("makes every product of the workspace and says what was made", () =>
    inWorkspace(async (folder) => {
      const { code, stdout, stderr } = await sourcedeck(folder, ["build"]);
      expect([code, stderr.includes("2 products in ")]).toEqual([0, true]);
      const listed = stdout
        .trim()
        .split("\n")
        .map((line) => line.split(/\s{2,}/)[0]!.replaceAll("\\", "/"));
      expect(listed).toEqual([
        "out/deck.en.pptx",
        "out/deck.en.trace.json",
        "out/report-2025-W24.en.md",
        "out/report-2025-W24.en.files/revenue.png",
        "out/report-2025-W24.en.trace.json",
      ]);
      for (const path of listed) expect(existsSync(join(folder, path))).toBe(true);
    }));

  it("gives the same bytes in any time zone and in processes of their own", () =>
    inWorkspace(async (folder) => {
      const built = [];
      for (const TZ of ["Asia/Shanghai", "America/New_York"]) {
        expect((await sourcedeck(folder, ["build", "--quiet", "--out", TZ], { TZ })).code).toBe(0);
        built.push(sums(join(folder, TZ)));
      }
      expect(Object.keys(built[0]!)).toHaveLength(5);
      expect(built[0]).toEqual(built[1]);
    }));

  describe("in a workspace that was built before", () => {
    let built = "";
    beforeAll(async () => {
      built = mkdtempSync(join(tmpdir(), "sourcedeck-built-"));
      for (const part of ["data", "templates"])
        cpSync(join(root, "test/golden/small", part), join(built, part), { recursive: true });
      expect((await sourcedeck(built, ["build", "--quiet"])).code).toBe(0);
    });
    afterAll(() => rmSync(built, { recursive: true, force: true }));

    it.each(mistakes)(
      "with %s tells where, exits with 1, shows no stack, and leaves the last good product",
      (_, file, from, to, expected) =>
        inFolder(async (folder) => {
          if (from === "") {
            mkdirSync(join(folder, "templates/themes"), { recursive: true });
            writeFileSync(join(folder, file), to);
          } else edit(join(folder, file), from, to);
          const { code, stdout, stderr } = await sourcedeck(folder, ["build"]);
          for (const message of expected) expect(stderr).toContain(message);
          expect(stderr).not.toMatch(stack);
          expect([code, stdout]).toEqual([1, ""]);
          expect(sums(join(folder, "out"))).toEqual(sums(join(built, "out")));
        }, built),
    );

    it("leaves everything as it was, and no unfinished file, when a folder stands where one product goes", () =>
      inFolder(async (folder) => {
        const page = join(folder, "out/report-2025-W24.en.md");
        rmSync(page);
        mkdirSync(page);
        edit(join(folder, "templates/deck.en.md.hbs"), "## Both expect more", "## Both expect much more");
        const before = sums(join(folder, "out"));
        const { code, stdout, stderr } = await sourcedeck(folder, ["build", "--quiet"]);
        expect(stderr).toContain("out/report-2025-W24.en.md: error: a folder stands where a product goes");
        expect([code, stdout]).toEqual([1, ""]);
        expect(sums(join(folder, "out"))).toEqual(before);
      }, built));
  });

  test.each([
    ["a file", "file", "file: error: cannot write here", "a file, or a link that leads nowhere"],
    ["a device", "/dev/null", "/dev/null: error: cannot write here", "a file"],
    ["a link that leads nowhere", "link", "link: error: cannot write here", "a link that leads nowhere"],
    ["below a file", "file/out", "file/out: error: cannot write here", "a file where a folder is needed"],
    [
      "where no folder can be made",
      "/proc/none/out",
      "/proc/none: error: cannot write here",
      "nothing there",
    ],
  ])("into %s is a problem of the user's, told with its place", (_, out, message, found) =>
    inWorkspace(async (folder) => {
      writeFileSync(join(folder, "file"), "");
      symlinkSync("/nowhere/at/all", join(folder, "link"));
      const { code, stderr } = await sourcedeck(folder, ["build", "report", "--quiet", "--out", out]);
      expect(stderr).toContain(message);
      expect(stderr).toContain(found);
      expect(code).toBe(1);
    }),
  );

  test.each([
    ["two products of one name", "name: report,", "name: Deck,", "another product is called `Deck`"],
    ["a product in one language twice", "languages: [en]", "languages: [en, en]", "is made in `en` twice"],
    ["a week that does not exist", "week: latest", "week: 2025-W99", "there is no week `2025-W99`"],
    ["a week before the store", "week: latest", "week: 2020-W01", "nothing as early as `2020-W01`"],
    ["no products", /products:(.|\n)*/, "products: []", "this file names no product"],
  ])("refuses %s, located in sourcedeck.yaml", (_, from, to, message) =>
    inWorkspace(async (folder) => {
      const file = join(folder, "data/sourcedeck.yaml");
      const text = readFileSync(file, "utf8");
      writeFileSync(file, text.replace(from, to));
      const { code, stderr } = await sourcedeck(folder, ["build", "--quiet"]);
      expect(stderr.split("\n").find((line) => line.includes(message))).toMatch(/^data\/sourcedeck\.yaml:\d/);
      expect([code, existsSync(join(folder, "out"))]).toEqual([1, false]);
    }),
  );

  it("makes one language of a product when it is named with it", () =>
    inWorkspace(async (folder) => {
      const { code, stdout } = await sourcedeck(folder, ["build", "report.en", "--quiet"]);
      expect(code).toBe(0);
      expect(stdout).not.toContain("deck.en");
      expect((await sourcedeck(folder, ["build", "report.zh"])).stderr).toContain(
        "unknown product `report.zh`",
      );
    }));

  it("with nothing to build says so", () =>
    inWorkspace(async (folder) => {
      const { code, stderr } = await sourcedeck(folder, ["build", "--lang", "zh"]);
      expect([code, stderr.split("\n")[0]]).toEqual([
        1,
        "data/sourcedeck.yaml: error: there is no product to build in zh [nothing-to-build]",
      ]);
    }));

  it("refuses a store without findings, which has no date", () =>
    inWorkspace(async (folder) => {
      rmSync(join(folder, "data/findings"), { recursive: true });
      for (const file of ["rulings", "checks", "dismissed"])
        rmSync(join(folder, `data/${file}.yaml`), { force: true });
      const { code, stderr } = await sourcedeck(folder, ["build"]);
      expect([code, stderr.split("\n")[0]]).toEqual([
        1,
        "data: error: the store holds no finding [empty-store]",
      ]);
    }));

  it.each(["build", "check"])(
    "%s shows the line with a caret under the column, and the way to a partial",
    (command) =>
      inWorkspace(async (folder) => {
        mkdirSync(join(folder, "templates/partials"));
        writeFileSync(join(folder, "templates/partials/line.md.hbs"), '长龙：{{fig "long.revenu.2024"}}\n');
        const calls = "{{> line}}\n\n".repeat(40);
        for (const name of ["deck", "report"])
          edit(join(folder, `templates/${name}.en.md.hbs`), "\n# ", `\n${calls}# `);
        const { stderr } = await sourcedeck(folder, [command]);
        const told = stderr.slice(stderr.indexOf("templates/partials")).split("\n").slice(0, 6);
        expect(told).toEqual([
          "templates/partials/line.md.hbs:1:10: error: there is no finding `long.revenu.2024` [unknown-finding]",
          '    1 | 长龙：{{fig "long.revenu.2024"}}',
          "      |             ^",
          "    called at templates/deck.en.md.hbs:7:1",
          "    found:    long.revenu.2024",
          expect.stringContaining("    expected: "),
        ]);
        expect(stderr.split("unknown-finding")).toHaveLength(2);
      }),
  );

  it.each([
    ["data", "data/findings/paper.yaml", "subject: acme,", 'subject: "ac\u001B[2Jme",'],
    ["templates", "templates/deck.en.md.hbs", "## Both", '{{fig "\u001B]0;x\u0007"}} \u202E\n\n## Both'],
    ["charts", "templates/charts/revenue.vl.json", '"bar"', '"\u009B31mbar"'],
    ["the names of files", "data/sourcedeck.yaml", "products:", "products: # \u001B[31m\nproducts:"],
  ])("sends no escape sequence of %s to the terminal", (_, file, from, to) =>
    inWorkspace(async (folder) => {
      edit(join(folder, file), from, to);
      writeFileSync(join(folder, "data/\u001B[31mred.yaml"), "[]");
      for (const command of ["build", "check"]) {
        const { code, stderr } = await sourcedeck(folder, [command], { FORCE_COLOR: "1", NO_COLOR: "" });
        expect(code).toBe(1);
        expect(stderr).toContain("data/␛[31mred.yaml");
        expect(stderr.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u202E]/u);
      }
    }),
  );

  it.each(["build", "check"])("%s tells faults of data, template, chart and theme at once", (command) =>
    inWorkspace(async (folder) => {
      edit(join(folder, "data/findings/paper.yaml"), "subject: acme,", "subject: acne,");
      edit(join(folder, "templates/deck.en.md.hbs"), "{{ratio ", "{{ration ");
      edit(join(folder, "templates/charts/revenue.vl.json"), '"bar"', '"barr"');
      mkdirSync(join(folder, "templates/themes"));
      writeFileSync(join(folder, "templates/themes/default.yaml"), "name: Own\n");
      const { code, stderr } = await sourcedeck(folder, [command]);
      for (const message of ["unknown subject `acne`", "there is no helper `ration`", "`barr`", "`colours`"])
        expect(stderr.split(message)).toHaveLength(2);
      expect(stderr).not.toContain("there is no finding");
      expect(code).toBe(1);
    }),
  );

  it("finds no fault with sound templates when the data has one", () =>
    inFolder(async (folder) => {
      for (const part of ["data", "templates"])
        cpSync(join(root, part), join(folder, part), { recursive: true });
      writeFileSync(join(folder, "data/units.yaml"), "");
      const { stderr } = await sourcedeck(folder, ["check"]);
      expect(stderr.trim().split("\n")).toEqual([
        "data/units.yaml:1:1: error: this is empty [empty-file]",
        "    expected: a list; `[]` for none",
        "1 error",
      ]);
    }));

  it("takes the shipped templates where the workspace has none, and no other folder's absence for that", () =>
    inFolder(async (folder) => {
      cpSync(join(root, "data"), join(folder, "data"), { recursive: true });
      const { stderr } = await sourcedeck(folder, ["check"]);
      expect(stderr).not.toContain("no-folder");
      expect((await sourcedeck(folder, ["check", "--templates", "nowhere"])).stderr).toContain(
        "nowhere: error: cannot read the folder `nowhere`",
      );
    }));

  it("refuses a contradiction without a ruling, and builds it as a draft with the mark on every slide and page", () =>
    inWorkspace(async (folder) => {
      writeFileSync(join(folder, "data/rulings.yaml"), "[]\n");
      const refused = await sourcedeck(folder, ["build"]);
      expect(refused.code).toBe(1);
      expect(refused.stderr).toContain("templates/deck.en.md.hbs:13: error: findings contradict each other");
      expect(refused.stderr).toContain(
        "found:    18% (long-cloud.revenue-growth.2025Q1) against 23% (long-cloud.revenue-growth.2025Q1.gazette)",
      );
      const draft = await sourcedeck(folder, ["build", "--draft"]);
      expect(draft.code).toBe(0);
      expect(draft.stderr).toContain("warning: findings contradict each other");
      expect(readFileSync(join(folder, "out/report-2025-W24.en.md"), "utf8").split("\n")[0]).toBe(
        "**DRAFT: not checked, do not pass on**",
      );
    }));

  it("reads no template through a link that leads out of the workspace", () =>
    inWorkspace(async (folder) => {
      symlinkSync("/etc/hosts", join(folder, "templates/words.yaml"));
      const { code, stderr } = await sourcedeck(folder, ["build"]);
      expect(code).toBe(1);
      expect(stderr).toContain("leads out of its folder");
    }));

  it("names the folder that is missing", () =>
    inWorkspace(async (folder) => {
      const { code, stderr } = await sourcedeck(folder, ["build", "--data", "nowhere"]);
      expect([code, stderr.split("\n")[0]]).toEqual([
        1,
        "nowhere: error: cannot read the folder `nowhere` [no-folder]",
      ]);
    }));
});

describe("sourcedeck", () => {
  test.each([
    [["build", "--langg", "en"], "Did you mean --lang?"],
    [["build", "--lang", "fr"], "Allowed choices are en, zh."],
    [["build", "--date", "2025-02-30"], "Expected a date, YYYY-MM-DD."],
    [["build", "--out", ""], "Expected a folder."],
    [["bild"], "Did you mean build?"],
    [[], "Usage: sourcedeck"],
  ])("%j is wrong use: exit 2 and the usage", (args, message) =>
    inWorkspace(async (folder) => {
      const { code, stderr } = await sourcedeck(folder, args);
      expect(stderr).toContain(message);
      expect(stderr).toContain("Usage: sourcedeck");
      expect(code).toBe(2);
    }),
  );

  test("--help and --version are no mistakes", () =>
    inWorkspace(async (folder) => {
      expect((await sourcedeck(folder, ["--help"])).code).toBe(0);
      expect((await sourcedeck(folder, ["--version"])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    }));

  test("build of an unknown product names the known ones", () =>
    inWorkspace(async (folder) => {
      const { code, stderr } = await sourcedeck(folder, ["build", "dekc"]);
      expect(code).toBe(1);
      expect(stderr).toContain("unknown product `dekc`");
      expect(stderr).toContain("did you mean `deck`?");
    }));

  test("check finds a contradiction that no page shows, as text and as data", () =>
    inWorkspace(async (folder) => {
      expect((await sourcedeck(folder, ["check"])).code).toBe(0);
      writeFileSync(join(folder, "data/rulings.yaml"), "[]\n");
      const { code, stdout } = await sourcedeck(folder, ["check", "--json"]);
      expect(code).toBe(1);
      expect(JSON.parse(stdout)).toMatchObject({
        problems: [
          { code: "conflict", severity: "error", where: { file: expect.stringContaining("data/findings/") } },
        ],
      });
    }));

  test("check holds the findings against the texts of their sources and tells how much of those was read", () =>
    inWorkspace(async (folder) => {
      const texts = {
        paper: ["", "约400亿美元", "不超过5000亿元", "18%", "第一梯队", "2月10日", "", "", "7.26元"],
        gazette: ["", "", "", "", "", "", "23%", "600-700亿美元", "超1.5亿", "付费"],
      };
      mkdirSync(join(folder, "sources"));
      for (const [name, lines] of Object.entries(texts))
        writeFileSync(join(folder, `sources/${name}.txt`), lines.join("\n"));
      const clean = await sourcedeck(folder, ["check", "--sources", "sources"]);
      expect(clean.code).toBe(0);
      expect(clean.stderr).toContain(
        [
          "source   numbers  cited  dismissed  unread     read",
          "gazette        3      3          0       0  100.0 %",
          "paper          5      5          0       0  100.0 %\n",
        ].join("\n"),
      );

      edit(join(folder, "sources/paper.txt"), "第一梯队", "第二梯队，共300家");
      const { code, stdout } = await sourcedeck(folder, ["check", "--sources", "sources", "--json"]);
      expect(code).toBe(1);
      expect(JSON.parse(stdout)).toMatchObject({
        problems: [
          { code: "not-in-line", found: "第一梯队" },
          { code: "unread-number", where: { file: "sources/paper.txt", line: 5, column: 7 } },
        ],
        coverage: [
          { source: "gazette", unread: 0 },
          { source: "paper", numbers: 6, cited: 5, dismissed: 0, unread: 1 },
        ],
      });
    }));

  test("list gives every figure in base units with its citations", () =>
    inWorkspace(async (folder) => {
      const { stdout } = await sourcedeck(folder, ["list", "--json"]);
      const figures = JSON.parse(stdout) as { id: string }[];
      expect(figures).toHaveLength(6);
      expect(figures.find(({ id }) => id === "acme.revenue.2024")).toMatchObject({
        value: "40000000000",
        bound: "~",
        unit: "USD",
        region: "us",
        start: "2024-01-01",
        citations: [{ source: "paper", line: 2, written: "约400亿美元" }],
      });
    }));

  test("ends in silence when its reader has seen enough", () =>
    inFolder(async (folder) => {
      cpSync(join(root, "data"), join(folder, "data"), { recursive: true });
      const main = join(root, ".build/cli/main.js");
      const script = `("${process.execPath}" "${main}" list --json; echo "code $?" >&2) | head -n 1`;
      const said = execFileSync("sh", ["-c", `{ ${script}; } 2>&1`], { cwd: folder, encoding: "utf8" });
      expect(said.split("\n").sort()).toEqual(["", "[", "code 0"]);
    }));

  test("starts without loading more than the words of the command line", () => {
    const seen = new Set<string>();
    const visit = (file: string): void => {
      seen.add(file);
      const text = readFileSync(join(root, "src/cli", file), "utf8");
      for (const [, name = ""] of text.matchAll(/^import (?!type).*?from "([^"]+)"/gm))
        if (name.startsWith("./")) visit(name.slice(2));
        else seen.add(name);
    };
    visit("main.ts");
    expect([...seen].filter((name) => !name.startsWith("node:")).sort()).toEqual([
      "../findings/period.ts",
      "commander",
      "exit.ts",
      "main.ts",
      "package.ts",
    ]);
  });
});
