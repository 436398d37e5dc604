/** A workspace's templates laid over the shipped ones, and the list that tells which is which. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { directives } from "../../src/templates/directives.ts";
import { helpers } from "../../src/templates/helpers.ts";
import { layouts } from "../../src/writers/slides/arrangements.ts";
import { root } from "../workspace.ts";
import { inFolder, sourcedeck } from "./run.ts";

const page = `---
title: Two charts
---

# Charts

::chart[Margin]{name="cloud-margin"}

::chart[Growth]{name="cloud-growth"}

{{> week/watch.en}}
`;
const shipped = (path: string): string => readFileSync(join(root, "templates", path), "utf8");

let plain = "";
beforeAll(() => {
  plain = mkdtempSync(join(tmpdir(), "sourcedeck-overlay-"));
  cpSync(join(root, "data"), join(plain, "data"), { recursive: true });
  // It names products that are not made here.
  rmSync(join(plain, "data/jobs.yaml"));
  put(
    plain,
    "data/sourcedeck.yaml",
    "products: [{ name: page, template: page, writer: markdown, languages: [en], week: latest }]\n",
  );
  put(plain, "templates/page.en.md.hbs", page);
});
afterAll(() => rmSync(plain, { recursive: true, force: true }));

function put(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** What is built of the plain workspace with these files besides: its page and its pictures, by name. */
function built(own: Readonly<Record<string, string>>, ...options: string[]): Promise<Map<string, string>> {
  return inFolder(async (folder) => {
    for (const [path, text] of Object.entries(own)) put(folder, `templates/${path}`, text);
    const { code, stderr } = await sourcedeck(folder, ["build", "--quiet", ...options]);
    expect([code, stderr]).toEqual([0, ""]);
    const out = join(folder, "out");
    const paths = readdirSync(out, { recursive: true, encoding: "utf8" }).filter((path) =>
      /\.(md|png)$/.test(path),
    );
    return new Map(
      paths.map((path) => [path.split(/[/\\]/).at(-1)!, readFileSync(join(out, path), "base64")]),
    );
  }, plain);
}

/** Names of what two builds have different. */
function different(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): string[] {
  return [...a.keys()].filter((name) => a.get(name) !== b.get(name));
}

describe("a workspace's templates", () => {
  let before: Map<string, string>;
  beforeAll(async () => {
    before = await built({});
    expect([...before.keys()].sort()).toEqual([
      "cloud-growth.png",
      "cloud-margin.png",
      "page-2025-W32.en.md",
    ]);
  });

  it("replace one chart, and no other", async () => {
    const chart = shipped("charts/cloud-margin.vl.json").replace('"style": "cn"', '"style": "us"');
    expect(different(before, await built({ "charts/cloud-margin.vl.json": chart }))).toEqual([
      "cloud-margin.png",
    ]);
  });

  it("replace one partial, and no other", async () => {
    const after = await built({ "partials/week/about.en.md.hbs": "{{subject}} anew" });
    expect(different(before, after)).toEqual(["page-2025-W32.en.md"]);
    expect(Buffer.from(after.get("page-2025-W32.en.md")!, "base64").toString()).toContain(" anew");
  });

  it("replace one theme, which may extend another shipped one", async () => {
    const own = { "themes/paper.yaml": "extends: dark\nname: Own\n" };
    expect(different(await built(own, "--theme", "paper"), await built({}, "--theme", "dark"))).toEqual([]);
    expect(different(await built(own), before)).toEqual([]);
  });

  it("replace one word, and keep all others", async () => {
    const words = "cloud-margin:\n  heading: { en: Margin anew, zh: 利润率 }\n";
    expect(different(before, await built({ "words.yaml": words }))).toEqual(["cloud-margin.png"]);
  });

  it("are told where they are wrong, and the shipped words are not", () =>
    inFolder(async (folder) => {
      put(folder, "templates/words.yaml", "own:\n  half: { en: One }\n");
      const { code, stderr } = await sourcedeck(folder, ["check"]);
      expect(code).toBe(1);
      expect(stderr).toContain("templates/words.yaml:2:");
      expect(stderr).toContain("1 error");
    }, plain));
});

interface Listed {
  readonly kind: string;
  readonly name: string;
  readonly origin: string;
  readonly does: string;
}

describe("sourcedeck templates", () => {
  const listed = (folder: string): Promise<Listed[]> =>
    sourcedeck(folder, ["templates", "--json"]).then(({ stdout }) => JSON.parse(stdout));

  it("tells of each file whether it is shipped, own, or own over a shipped one", () =>
    inFolder(async (folder) => {
      put(folder, "templates/charts/cloud-margin.vl.json", shipped("charts/cloud-margin.vl.json"));
      put(folder, "templates/themes/own.yaml", "extends: default\nname: Our brand\n");
      put(folder, "templates/words.yaml", "own: { word: { en: word, zh: 词 } }\n");
      const origins = new Map(
        (await listed(folder)).map(({ kind, name, origin }) => [`${kind} ${name}`, origin]),
      );
      expect(origins.get("template page.en")).toBe("own");
      expect(origins.get("template briefing.en")).toBe("shipped");
      expect(origins.get("partial partials/week/about.en")).toBe("shipped");
      expect(origins.get("chart charts/cloud-margin")).toBe("own over shipped");
      expect(origins.get("chart charts/capex")).toBe("shipped");
      expect(origins.get("theme themes/own")).toBe("own");
      expect(origins.get("words words")).toBe("own over shipped");
      expect([...origins.keys()].filter((name) => name.includes("starter"))).toEqual([]);
    }, plain));

  it("says in one line what each does, and lists all that is built in", async () => {
    const entries = await listed(plain);
    const named = (kind: string): string[] =>
      entries.filter((one) => one.kind === kind).map(({ name }) => name);
    expect(entries.filter(({ does }) => does.trim() === "" || does.includes("\n"))).toEqual([]);
    expect([...named("helper"), ...named("loop")].sort()).toEqual([...helpers.keys()].sort());
    expect(named("layout")).toEqual(Object.keys(layouts));
    expect(named("directive")).toEqual(
      expect.arrayContaining(
        Object.entries(directives).map(([name, { isLeaf }]) => `${isLeaf ? "::" : ":::"}${name}`),
      ),
    );
    const lines = (await sourcedeck(plain, ["templates"])).stdout.trim().split("\n");
    expect(lines).toHaveLength(entries.length);
    expect(lines.find((line) => line.includes(" themes/default "))).toMatch(
      /^theme +themes\/default +shipped +Default$/,
    );
  });

  it.each([
    ["themes/default", "themes/default.yaml"],
    ["charts/capex", "charts/capex.vl.json"],
    ["capex", "charts/capex.vl.json"],
    ["week/about.en", "partials/week/about.en.md.hbs"],
    ["partials/week/about.en", "partials/week/about.en.md.hbs"],
    ["briefing.zh", "briefing.zh.md.hbs"],
    ["words", "words.yaml"],
  ])("show %s prints the file as it is", async (name, path) => {
    const { code, stdout, stderr } = await sourcedeck(plain, ["templates", "show", name]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toBe(shipped(path));
  });

  it("show prints an own file in place of the shipped one", () =>
    inFolder(async (folder) => {
      put(folder, "mine/themes/default.yaml", "name: Mine\n");
      const shown = ["show", "themes/default"];
      for (const args of [
        ["--templates", "mine", ...shown],
        [...shown, "--templates", "mine"],
      ])
        expect((await sourcedeck(folder, ["templates", ...args])).stdout).toBe("name: Mine\n");
    }));

  it("show prints the shipped file below an own one when asked, and is told of an own one that is empty", () =>
    inFolder(async (folder) => {
      put(folder, "templates/charts/week.vl.json", "");
      const show = ["templates", "show", "charts/week"];
      const { code, stdout, stderr } = await sourcedeck(folder, show);
      expect([code, stdout]).toEqual([1, ""]);
      expect(stderr).toContain("templates/charts/week.vl.json: error: this file is empty, and stands over");
      expect(stderr).toContain("`sourcedeck templates copy charts/week` puts the shipped one in its place");
      expect((await sourcedeck(folder, [...show, "--shipped"])).stdout).toBe(shipped("charts/week.vl.json"));
      expect((await sourcedeck(folder, ["templates", "show", "page.en", "--shipped"])).code).toBe(1);
    }, plain));

  it("copy puts shipped files in their places, all or none", () =>
    inFolder(async (folder) => {
      const copy = (...names: string[]) => sourcedeck(folder, ["templates", "copy", ...names]);
      const { code, stdout, stderr } = await copy("charts/week", "week/about.en");
      const paths = ["charts/week.vl.json", "partials/week/about.en.md.hbs"];
      expect([code, stdout, stderr]).toEqual([0, paths.map((path) => `templates/${path}\n`).join(""), ""]);
      for (const path of paths)
        expect(readFileSync(join(folder, "templates", path), "utf8")).toBe(shipped(path));

      put(folder, "templates/charts/week.vl.json", "mine");
      const again = await copy("themes/dark", "week");
      expect([again.code, again.stdout]).toEqual([1, ""]);
      expect(again.stderr).toContain("templates/charts/week.vl.json: error: this would be written over");
      expect(readFileSync(join(folder, "templates/charts/week.vl.json"), "utf8")).toBe("mine");
      expect(existsSync(join(folder, "templates/themes/dark.yaml"))).toBe(false);
    }, plain));

  it.each([
    ["fig", "`fig` is built in, and no file [nothing-to-copy]"],
    ["page.en", "nothing that is shipped is called `page.en` [not-shipped]"],
    ["charts/wek", "did you mean `charts/week`?"],
  ])("copy of %s is refused", async (name, says) => {
    const { code, stdout, stderr } = await sourcedeck(plain, ["templates", "copy", name]);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain(says);
  });

  it("show tells how a helper, a loop and a directive are used", async () => {
    const fig = (await sourcedeck(plain, ["templates", "show", "fig"])).stdout;
    expect(fig).toContain("prints a figure in the document's language");
    expect(fig).toMatch(/^ {2}digits= +a whole number from 0 to 8: digits after the point/m);
    expect(fig).toContain("example:\n  {{fig ");
    expect((await sourcedeck(plain, ["templates", "show", "figures"])).stdout).toMatch(
      /^gives:\n {2}id +its id\n/m,
    );
    const timeline = (await sourcedeck(plain, ["templates", "show", "timeline"])).stdout;
    expect(timeline).toContain('::layout{name="timeline"}');
    expect(timeline).toContain("  :::timeline\n");
  });

  it("guide prints the guide to templates, as Markdown without the marks of what is printed", async () => {
    const { code, stdout, stderr } = await sourcedeck(plain, ["templates", "guide"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^# Writing templates\n/);
    expect(stdout).toContain("### `fig`\n");
    expect(stdout).not.toContain("<!--");
  });

  it("show of what does not exist asks what was meant", async () => {
    const { code, stdout, stderr } = await sourcedeck(plain, ["templates", "show", "theme/default"]);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("there is nothing called `theme/default` to show [unknown-template]");
    expect(stderr).toContain("did you mean `themes/default`?");
  });
});
