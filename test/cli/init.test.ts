import {
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
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readDeck } from "../deck.ts";
import { root } from "../workspace.ts";
import { inFolder, sourcedeck } from "./run.ts";

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => statSync(join(folder, path)).isFile())
    .map((path) => path.replaceAll("\\", "/"))
    .sort();

function edit(file: string, from: string | RegExp, to: string): void {
  const text = readFileSync(file, "utf8");
  const edited = text.replace(from, to);
  if (edited === text) throw new Error(`${file} does not hold ${from}`);
  writeFileSync(file, edited);
}

/** The blocks of code of a page, by language, without the indent of the list that they stand in. */
function codeOf(page: string, language: string): string {
  const [, indent = "", text = ""] =
    new RegExp(`^( *)\`\`\`${language}\\n([\\s\\S]*?)^ *\`\`\``, "m").exec(page) ?? [];
  return text.replaceAll(new RegExp(`^${indent}`, "gm"), "");
}

let above = "";
const made: Record<string, { code: number; stdout: string; stderr: string }> = {};
const kits = { sample: [], bare: ["--bare"], briefing: ["--from", "briefing"] } as const;
const folderOf = (kit: keyof typeof kits): string => join(above, kit);

beforeAll(async () => {
  above = mkdtempSync(join(tmpdir(), "sourcedeck-init-"));
  for (const [kit, options] of Object.entries(kits))
    made[kit] = await sourcedeck(above, ["init", kit, ...options]);
});
afterAll(() => rmSync(above, { recursive: true, force: true }));

describe.each(Object.keys(kits) as (keyof typeof kits)[])("a new workspace (%s)", (kit) => {
  it("says how many files were made, and in three lines what to do next", () => {
    const { code, stdout, stderr } = made[kit]!;
    expect([code, stdout]).toEqual([0, `${filesIn(folderOf(kit)).length} files in ${kit}\n`]);
    const next = stderr.trimEnd().split("\n");
    expect(next).toHaveLength(3);
    expect(next[0]).toContain(`cd ${kit} && sourcedeck ${kit === "bare" ? "check" : "build"}`);
    expect(next[1]).toContain(`${kit}/README.md`);
  });

  it("holds all that its README names, schemas for each of its YAML files, and settings that lead there", () => {
    const folder = folderOf(kit);
    for (const [, path] of readFileSync(join(folder, "README.md"), "utf8").matchAll(/^\| `([\w./-]+)`/gm))
      expect([path, existsSync(join(folder, path!))]).toEqual([path, true]);
    for (const path of filesIn(folder).filter((one) => one.endsWith(".yaml"))) {
      const [, schema] = /^# yaml-language-server: \$schema=(.+)\n/.exec(
        readFileSync(join(folder, path), "utf8"),
      ) ?? ["", "none"];
      expect([path, existsSync(join(folder, path, "..", schema!))]).toEqual([path, true]);
    }
    const settings = JSON.parse(readFileSync(join(folder, ".vscode/settings.json"), "utf8"));
    for (const schema of Object.keys(settings["yaml.schemas"])) {
      expect(existsSync(join(folder, schema))).toBe(true);
      JSON.parse(readFileSync(join(folder, schema), "utf8"));
    }
    expect(readFileSync(join(folder, ".gitignore"), "utf8")).toBe("/.sourcedeck/\n/out/\n");
  });

  it("is left as it is by another init, which tells what is in the way", () =>
    inFolder(async (folder) => {
      const before = filesIn(folder);
      const inTheWay = before.length - 1;
      edit(join(folder, "README.md"), /^# .*/, "# Mine");
      rmSync(join(folder, "data/sources.yaml"));
      const { code, stdout, stderr } = await sourcedeck(folder, ["init", ".", ...kits[kit]]);
      expect([code, stdout]).toEqual([1, ""]);
      expect(stderr).toContain(`.: error: ${inTheWay} files would be written over [already-there]`);
      expect(stderr).toMatch(RegExp(`^    found:    \\S+, \\S+, \\S+, ${inTheWay - 3} more$`, "m"));
      expect(readFileSync(join(folder, "README.md"), "utf8")).toMatch(/^# Mine/);
      expect(filesIn(folder)).toEqual(before.filter((one) => one !== "data/sources.yaml"));
    }, folderOf(kit)));
});

describe("the sample workspace", () => {
  const slides = (folder: string, language: string) =>
    readDeck(readFileSync(join(folder, `out/deck.${language}.pptx`)));

  it("builds a deck and a weekly report in both languages, without a remark", () =>
    inFolder(async (folder) => {
      const { code, stdout, stderr } = await sourcedeck(folder, ["build", "--quiet"]);
      expect([code, stderr]).toEqual([0, ""]);
      expect(
        stdout
          .trim()
          .split("\n")
          .map((line) => line.split(/\s{2,}/)[0])
          .filter((path) => !path!.endsWith(".trace.json")),
      ).toEqual([
        "out/deck.en.pptx",
        "out/deck.zh.pptx",
        "out/weekly-2026-W11.en.md",
        "out/weekly-2026-W11.zh.md",
      ]);
      for (const language of ["en", "zh"]) expect(slides(folder, language)).toHaveLength(6);
      const report = readFileSync(join(folder, "out/weekly-2026-W11.en.md"), "utf8");
      expect(report).toContain("Qingchuan");
      expect(report.split("\n")[0]).toBe("# Coffee, 9–15 Mar 2026 (2026-W11)");
    }, folderOf("sample")));

  it("has every number of its sources cited or dismissed, and every finding on a page", async () => {
    const { code, stdout } = await sourcedeck(folderOf("sample"), ["check", "--json"]);
    const { problems, coverage, unused } = JSON.parse(stdout);
    expect([code, problems, unused]).toEqual([0, [], []]);
    expect(coverage).toHaveLength(2);
    for (const { numbers, cited, dismissed } of coverage) expect(cited + dismissed).toBe(numbers);
  });

  it("does what the five first steps of its README say", () =>
    inFolder(async (folder) => {
      const readme = readFileSync(join(folder, "README.md"), "utf8");
      const [, colour] = /set `(accent: "\w{6}")`/.exec(readme)!;
      edit(join(folder, "templates/themes/brand.yaml"), /accent: "\w{6}"/, colour!);
      const [, line] = /`sources\/heron\.txt`: `(.+?)`/.exec(readme)!;
      edit(join(folder, "sources/heron.txt"), /\n$/, `\n${line}\n`);
      edit(join(folder, "data/findings/heron.yaml"), "figures:\n", `figures:\n${codeOf(readme, "yaml")}`);
      edit(join(folder, "templates/deck.en.md.hbs"), /$/, `\n${codeOf(readme, "markdown")}`);
      const [, shown] = /show it with `(::chart\[.+?\]\{.+?\})`/.exec(readme)!;
      edit(join(folder, "templates/deck.en.md.hbs"), /$/, `\n## Stores\n\n${shown}\n`);
      const chart = readFileSync(join(folder, "templates/charts/margin.vl.json"), "utf8");
      const [, metric, period] = /put `("metric": .+?)` and\s+`("period": .+?)` into/.exec(readme)!;
      writeFileSync(
        join(folder, "templates/charts/stores.vl.json"),
        chart.replace('"metric": "operating-margin"', metric!).replace('"period": "2025"', period!),
      );
      const checked = await sourcedeck(folder, ["check"]);
      expect([checked.code, checked.stderr.includes("heron           12")]).toEqual([0, true]);
      expect((await sourcedeck(folder, ["build", "--quiet"])).stderr).toBe("");
      const deck = slides(folder, "en");
      expect(deck.map(({ title }) => title).slice(-2)).toEqual([
        "Blue Heron has 3,180 stores by now",
        "Stores",
      ]);
      const week = await sourcedeck(folder, ["report", "--week", "2026-W10", "--quiet"]);
      expect(week.stdout).toContain("weekly-2026-W10.en.md");
    }, folderOf("sample")));
});

describe("the bare workspace", () => {
  it("is nothing wrong, and says what to add first; a build of it is refused with the same words", async () => {
    const folder = folderOf("bare");
    const checked = await sourcedeck(folder, ["check"]);
    const first =
      "add an entry to data/sources.yaml, data/subjects.yaml, data/metrics.yaml first, then add one to findings/";
    expect(checked).toEqual({
      code: 0,
      stdout: "",
      stderr: `The store holds no finding yet: ${first}.\n`,
    });
    const built = await sourcedeck(folder, ["build"]);
    expect([built.code, built.stdout]).toEqual([1, ""]);
    expect(built.stderr).toContain("data: error: the store holds no finding [empty-store]");
    expect(built.stderr).toContain(
      "add an entry to data/sources.yaml, data/subjects.yaml, data/metrics.yaml first",
    );
  });

  it("still tells what is wrong with its templates", () =>
    inFolder(async (folder) => {
      edit(join(folder, "templates/deck.en.md.hbs"), "# In short", '# In {{figg "x"}}');
      const { code, stderr } = await sourcedeck(folder, ["check"]);
      expect([code, stderr.includes("there is no helper `figg`")]).toEqual([1, true]);
    }, folderOf("bare")));

  it("builds once the signs of comment before its examples are taken away", () =>
    inFolder(async (folder) => {
      for (const path of filesIn(join(folder, "data"))) {
        const file = join(folder, "data", path);
        const text = readFileSync(file, "utf8").replace(
          /^# ?( *- [\w{]| {2,}\w|(?:source|recorded|events|statements):)/gm,
          "$1",
        );
        writeFileSync(file, text.replace(/^(figures:)? ?\[\]\n/m, "$1\n"));
      }
      writeFileSync(
        join(folder, "sources/paper.txt"),
        "Revenue came to $2.4 billion in 2025.\nThe app is there since September 2025.\nPeople pay for the seat.\n",
      );
      edit(
        join(folder, "templates/deck.en.md.hbs"),
        "## The title of a slide is its message",
        '## Acme took {{fig "acme.revenue.2025"}}',
      );
      const { code, stderr, stdout } = await sourcedeck(folder, ["build", "--quiet"]);
      expect([code, stderr]).toEqual([0, ""]);
      expect(stdout).toContain("out/deck.zh.pptx");
      const checked = await sourcedeck(folder, ["check"]);
      expect(checked.stderr).toContain("100.0 %");
    }, folderOf("bare")));
});

describe("the copy of the briefing", () => {
  it("builds what the shipped workspace builds, from files of its own", () =>
    inFolder(async (folder) => {
      const { code, stderr } = await sourcedeck(folder, ["build", "briefing.en", "weekly.en", "--quiet"]);
      expect([code, stderr]).toEqual([0, ""]);
      const original = join(folder, "original");
      await sourcedeck(root, ["build", "briefing.en", "weekly.en", "--quiet", "--out", original]);
      for (const path of filesIn(original).filter((one) => !one.endsWith(".trace.json")))
        expect([
          path,
          readFileSync(join(folder, "out", path)).equals(readFileSync(join(original, path))),
        ]).toEqual([path, true]);
      const { stdout } = await sourcedeck(folder, ["templates"]);
      expect(stdout).not.toContain("  shipped  ");
    }, folderOf("briefing")));
});

describe("init", () => {
  it.each(["data", "schemas", "templates/charts"])(
    "writes nothing through a link that leads out of the folder: %s",
    (link) =>
      inFolder(async (folder) => {
        mkdirSync(join(folder, "elsewhere"));
        mkdirSync(join(folder, "new", link, ".."), { recursive: true });
        symlinkSync(join(folder, "elsewhere"), join(folder, "new", link));
        const { code, stderr } = await sourcedeck(folder, ["init", "new"]);
        expect([code, stderr]).toEqual([
          1,
          `new/${link}: error: \`new/${link}\` leads out of its folder [leads-outside]\n    expected: a file within the folder\n1 error\nNothing was written.\n`,
        ]);
        expect(filesIn(folder)).toEqual([]);
      }),
  );

  it("goes beside what is there, and leaves no file when one cannot be written", () =>
    inFolder(async (folder) => {
      writeFileSync(join(folder, "notes.txt"), "mine");
      writeFileSync(join(folder, "sources"), "a file where a folder goes");
      const refused = await sourcedeck(folder, ["init", "."]);
      expect([refused.code, refused.stderr.includes("sources: error: cannot write here")]).toEqual([1, true]);
      expect(filesIn(folder)).toEqual(["notes.txt", "sources"]);
      rmSync(join(folder, "sources"));
      expect((await sourcedeck(folder, ["init", "."])).code).toBe(0);
      expect(readFileSync(join(folder, "notes.txt"), "utf8")).toBe("mine");
    }));

  it("refuses a kind of workspace that does not exist, and two at once", () =>
    inFolder(async (folder) => {
      for (const options of [["--from", "report"], ["--bare", "--from", "briefing"], []])
        expect(
          (await sourcedeck(folder, ["init", ...(options.length > 0 ? ["a"] : []), ...options])).code,
        ).toBe(2);
      expect(filesIn(folder)).toEqual([]);
    }));
});

describe("sourcedeck schemas", () => {
  it("writes the schemas anew, and leaves alone those that have not changed", () =>
    inFolder(async (folder) => {
      writeFileSync(join(folder, "schemas/words.schema.json"), "{}");
      const { code, stdout } = await sourcedeck(folder, ["schemas"]);
      expect(code).toBe(0);
      const lines = stdout.trim().split("\n");
      expect(lines.filter((line) => !line.endsWith("  unchanged"))).toEqual(["schemas/words.schema.json"]);
      expect(lines).toHaveLength(readdirSync(join(folder, "schemas")).length);
    }, folderOf("sample")));
});
