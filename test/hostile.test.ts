/**
 * Data, templates, themes and charts of someone who means harm: each is refused at its place, or bounded, by the command
 * line as it is compiled, in little memory.
 *
 * Held elsewhere: links out of a folder, pipes, encodings (cli/files, cli/pictures, cli/cli, cli/own); products whose names
 * differ in capitals (findings/read, cli/files); helpers without leave (cli/own); partials that come back to themselves,
 * loops within loops, output without end, prototypes in templates, nesting of Markdown (templates/limits); what a chart may
 * not name, and texts that double (charts/check, charts/draw); logos with too many pixels, scripts, addresses, entities
 * (writers/logo); nested formulas and circles of them (evidence/derived); odd characters (strings).
 */
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import sharp from "sharp";
import { describe, expect, it, test } from "vitest";
import { drawCharts } from "../src/charts/draw.ts";
import { readStore } from "../src/findings/read.ts";
import { formatProblem } from "../src/problem.ts";
import { bars, prepare, size } from "./charts/sample.ts";
import { inWorkspace, type Ran, sourcedeck } from "./cli/run.ts";
import { make } from "./templates/sample.ts";

type Files = Readonly<Record<string, string | Uint8Array>>;

/** The small workspace with files added to it, run in a process that may take half a gigabyte. */
function run(
  files: Files,
  args: readonly string[] = ["build"],
  more: (folder: string) => void = () => {},
): Promise<Ran> {
  return inWorkspace(async (folder) => {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    more(folder);
    const ran = await sourcedeck(folder, args, { NODE_OPTIONS: "--max-old-space-size=512" });
    expect(existsSync(join(folder, "out"))).toBe(false);
    return ran;
  });
}

/** The heads of its problems: place, message and code. */
async function refused(...given: Parameters<typeof run>): Promise<string[]> {
  const { code, stderr } = await run(...given);
  expect(stderr.slice(0, 2000)).not.toMatch(/\n\s+at .+:\d+:\d+|bug of ours|heap/);
  expect([code, stderr.slice(0, 300)]).toEqual([1, expect.any(String)]);
  return [...stderr.matchAll(/^(\S.*): error: .* \[([\w-]+)\]$/gm)].map(
    ([, place, kind]) => `${place} ${kind}`,
  );
}

const front = "---\ntitle: T\n---\n";

/** A workspace whose products are these templates. */
function templates(bodies: Readonly<Record<string, string>>, writer = "pptx", theme?: string): Files {
  const row = (name: string): string =>
    `{ name: ${name}, template: ${name}, writer: ${writer}, languages: [en]${theme === undefined ? "" : `, theme: ${theme}`} }`;
  return {
    "data/sourcedeck.yaml": `products: [${Object.keys(bodies).map(row).join(", ")}]\n`,
    ...Object.fromEntries(
      Object.entries(bodies).map(([name, body]) => [`templates/${name}.en.md.hbs`, front + body]),
    ),
  };
}

describe("names", () => {
  const names = ["../deck", "/etc/passwd", "C:/x", "con", "__proto__", "x".repeat(5000)];

  test("of partials and charts lead to none but the files of the workspace", async () => {
    const body = `## A\n\n${names.map((name) => `{{> "${name}"}}\n\n::chart[b]{name="${name}"}`).join("\n\n")}\n`;
    const found = await refused(templates({ deck: body }));
    expect(found.filter((one) => one.endsWith("unknown-partial"))).toHaveLength(names.length);
    expect(found.filter((one) => one.endsWith("unknown-chart"))).toHaveLength(names.length);
  });

  test.each(names)("of themes and logos do so: %.20s", async (name) => {
    const own = { "templates/themes/own.yaml": `extends: "${name}"\n` };
    expect(await refused({ ...templates({ deck: "## A\n\nb\n" }, "pptx", "own"), ...own })).toEqual([
      `templates/themes/own.yaml:1:10 ${name.length > 64 ? "bad-value" : "unknown-theme"}`,
    ]);
    const logo = {
      "templates/themes/own.yaml": `extends: default\nlogo: { file: "${name}.png", width: 1 }\n`,
    };
    expect(await refused({ ...templates({ deck: "## A\n\nb\n" }, "pptx", "own"), ...logo })).toEqual([
      `templates/themes/own.yaml:2:15 ${name.length > 200 || name.includes(":") ? "bad-value" : "logo-unread"}`,
    ]);
  });

  test("of products and templates are plain, and no device's", () => {
    const devices = ["con", "NUL", "com1", "LPT9", "aux.x"];
    for (const name of [...names.slice(0, 3), ...devices, "__proto__", "a\\0/b"]) {
      const row = (given: string, template: string): string =>
        `products: [{ name: "${given}", template: "${template}", writer: markdown, languages: [en] }]`;
      const codes = (text: string): string[] =>
        readStore(new Map([["sourcedeck.yaml", text]]), "data")
          .problems.filter(({ where }) => where?.file.endsWith("deck.yaml"))
          .map(({ code }) => code);
      expect([name, codes(row(name, "deck"))]).toEqual([name, ["bad-value"]]);
      if (!devices.includes(name)) expect([name, codes(row("deck", name))]).toEqual([name, ["bad-value"]]);
    }
  });

  test("that a terminal would obey never reach it", async () => {
    const sequence = "\u001B]0;taken\u0007\u001B[31m\u009B1m\u202E\u200B";
    const files = {
      [`data/findings/${sequence}.yaml`]: `${sequence}: 1\n`,
      [`templates/partials/${sequence}.md.hbs`]: `{{!-- ${sequence} --}}\n{{`,
      [`templates/charts/${sequence}.vl.json`]: `{ "${sequence}`,
    };
    for (const args of [["build"], ["check"], ["templates"]]) {
      const { stdout, stderr } = await run(files, args);
      expect(stdout + stderr).toContain("␛]0;taken␇");
      expect(stdout + stderr).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
    }
  });
});

const tenfold = (root: string): string =>
  `${root}0: &a0 [${"x,".repeat(9)}x]\n${Array.from({ length: 9 }, (_, i) => `${root}${i + 1}: &a${i + 1} [${`*a${i},`.repeat(10)}]\n`).join("")}`;
const many = (count: number, row: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => row(index)).join("");

describe("data", () => {
  test("that nests, or repeats itself, without end is refused in every file of YAML and JSON", async () => {
    const files = {
      "data/findings/a.yaml": tenfold("a"),
      "data/findings/b.yaml": "[".repeat(50_000),
      "data/findings/c.yaml": "a: ".repeat(50_000),
      "data/findings/d.json": `${"[".repeat(3_000)}${"]".repeat(3_000)}`,
      "data/findings/e.yaml": many(10_000, (i) => `- &a${i} [x]\n- *a${i}\n`),
      "data/findings/f.yaml": `- &a [${"x,".repeat(5_000)}]\n${"- *a\n".repeat(5_000)}`,
      "data/findings/g.json": "[".repeat(50_000),
      "templates/words.yaml": tenfold("w"),
      "templates/formats.yaml": "{a: ".repeat(20_000),
    };
    expect(await refused(files)).toEqual([
      ...["a.yaml", "b.yaml", "c.yaml", "d.json", "e.yaml", "f.yaml"].map(
        (name) => `data/findings/${name} yaml-too-deep`,
      ),
      "data/findings/g.json:1:50001 broken-json",
      "templates/formats.yaml yaml-too-deep",
      "templates/words.yaml yaml-too-deep",
    ]);
  });

  test("that is more than anybody reads is refused before it is parsed, by the file and as a whole", async () => {
    const deck = templates({ deck: "## A\n\nb\n" }, "pptx", "own");
    expect(
      await refused({
        "data/subjects.yaml": "- a\n".repeat(150_000),
        "data/findings/a.yaml": `a: "${"x".repeat(33 * 1024 * 1024)}"`,
      }),
    ).toEqual(["data/findings/a.yaml file-too-long", "data/subjects.yaml file-too-full"]);
    expect(await refused({ "data/subjects.yaml": "k: v\n".repeat(2_000_000) })).toEqual([
      "data store-too-full",
    ]);
    expect(await refused({ ...deck, "templates/themes/own.yaml": "- \n".repeat(500_000) })).toEqual([
      "templates/themes/own.yaml file-too-full",
    ]);
  });

  test("of more files than any workspace has is not read", async () => {
    const found = await refused({}, ["build"], (folder) => {
      for (let index = 0; index < 100_000; index++)
        writeFileSync(join(folder, `data/findings/f${index}.yaml`), "");
    });
    expect(found).toEqual(["data too-many-files"]);
  });

  test("with faults without number tells of the first of them, and counts the rest", async () => {
    const { stderr, code } = await run({
      "data/subjects.yaml": many(15_000, (i) => `- { id: s${i}, regoin: x }\n`),
      "data/findings/a.yaml": many(20_000, (i) => `a${i % 2}: 1\n`),
      "data/findings/b.yaml": `source: p\nfigures:\n${"- {}\n".repeat(15_000)}`,
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(/\n… and \d+ more\n\d+ errors\n/);
    expect(stderr.match(/\[broken-yaml\]/g)).toHaveLength(1_000);
  });

  test("in CSV of a hundred thousand columns, cells or rows, or with an open quote, is refused in its line", async () => {
    const header = "id,subject,metric,period,value,status,scope,recorded,source,line,written\n";
    const row = "a,acme,revenue,2023,12亿 CNY,,,2025-06-03,paper,7,12亿\n";
    expect(
      await refused({
        "data/findings/a.csv": `${many(100_000, (i) => `c${i},`)}\n`,
        "data/findings/b.csv": `${header}${",".repeat(100_000)}\n`,
        "data/findings/c.csv": header + row.repeat(21_000),
        "data/findings/d.csv": `${header}"${row.repeat(10_000)}`,
        "data/findings/e.csv": `${header}${"x".repeat(1_000_000)}\n`,
        "data/findings/f.csv": `${header.replace("scope", "__proto__")}${row}`,
      }),
    ).toEqual([
      "data/findings/a.csv:1:1 broken-csv",
      "data/findings/b.csv:2:1 broken-csv",
      "data/findings/c.csv file-too-full",
      "data/findings/d.csv:10001:1 broken-csv",
      "data/findings/e.csv:2:1 broken-csv",
      "data/findings/f.csv:1:39 unknown-field",
    ]);
  });

  test("with formulas that multiply, and parents without end, is refused where that begins", async () => {
    const derived = (id: string, formula: string): string =>
      `- { id: ${id}, formula: "${formula}", unit: USD, en: E, zh: 中 }\n`;
    expect(
      await refused({
        "data/derived.yaml": [
          derived("d0", "acme.revenue.2024 + acme.revenue.2024"),
          many(60, (i) => derived(`d${i + 1}`, `d${i} + d${i}`)),
        ].join(""),
      }),
    ).toEqual(["data/derived.yaml:7:22 formula-too-long"]);
    const subjects = readFileSync(join(import.meta.dirname, "golden/small/data/subjects.yaml"), "utf8");
    const found = await refused({
      "data/derived.yaml": many(400, (i) => derived(`d${i}`, `e${i} / 2`)),
      "data/subjects.yaml":
        subjects +
        many(8_000, (i) => `- { id: p${i}, kind: company, en: P, zh: 名, region: us, parent: p${i + 1} }\n`),
    });
    expect(new Set(found.map((one) => one.split(" ")[1]))).toEqual(
      new Set(["parent-circle", "unknown-finding"]),
    );
  });

  test("reaches no prototype by its keys or ids, and merges nothing", () => {
    const row = "id: a, kind: company, en: x, zh: y";
    const { problems } = readStore(
      new Map([
        [
          "subjects.yaml",
          [
            `- &a { __proto__: { region: us }, ${row}, region: us }`,
            `- { constructor: { prototype: { taken: 1 } }, ${row}, region: us }`,
            `- { <<: *a, ${row} }`,
          ].join("\n"),
        ],
        ["findings/a.yaml", "a: 1\na: 2\n"],
        ["constructor.yaml", "a: 1\n"],
      ]),
      "data",
    );
    const heads = problems.map((problem) => formatProblem(problem).split("\n")[0]);
    for (const head of [
      "data/subjects.yaml:1:8: error: unknown field `__proto__` [unknown-field]",
      "data/subjects.yaml:2:5: error: unknown field `constructor` [unknown-field]",
      "data/subjects.yaml:3:5: error: unknown field `<<` [unknown-field]",
      "data/findings/a.yaml:2:1: error: this is not YAML: a field stands here a second time [broken-yaml]",
      "data/constructor.yaml: warning: this file is not read [unknown-file]",
    ])
      expect(heads).toContain(head);
    expect({}).not.toHaveProperty("taken");
    const words = "constructor: { en: a, zh: b }\n__proto__: { en: a, zh: b }\n";
    const told = make(
      '{{t "toString"}}{{t "constructor.name"}}{{t "__proto__"}}{{fig "x" as="constructor"}}',
      {
        files: { "words.yaml": words },
      },
    ).problems.map(({ code }) => code);
    expect(told).toEqual(expect.arrayContaining(["unknown-word", "unknown-format"]));
  });
});

describe("a template", () => {
  it.each([
    ["runs of backquotes of every length", many(1_400, (i) => `${"`".repeat(i + 1)} `), "too-many-marks"],
    ["brackets that open", "[a][".repeat(200_000), "too-many-marks"],
    ["brackets with addresses", "[a](<b".repeat(100_000), "too-deep"],
    ["images in images", "![".repeat(100_000), "too-many-marks"],
    ["spans that stay open", ":cn[".repeat(100_000), "too-many-marks"],
    ["quotations in quotations", `${">".repeat(20_000)} a`, "too-deep"],
    ["items in items", `${"1. ".repeat(20_000)}a`, "too-deep"],
    ["a path without end", `{{a${".b".repeat(100_000)}}}`, "unknown-name"],
    ["lines without number", "a\n\n".repeat(20_000), "too-much-output"],
    ["calls that stay open", "{{".repeat(200_000), "template-syntax"],
    ["bad arguments without number", `{{fig ${"a=1 ".repeat(50_000)}}}`, "unknown-argument"],
  ])("of %s is refused", (_, body, code) => {
    const { problems } = make(`## A\n\n${body}\n`);
    expect(problems.map((problem) => problem.code)).toContain(code);
  });

  test("of ten megabytes, or with a line, table, list or directive that goes on and on, is refused", async () => {
    const found = await refused(
      templates({
        attributes: `## A\n\n::chart[a]{${many(400, (i) => `k${i}=v `)}}\n`,
        columns: `## A\n\n|${"a|".repeat(10_000)}\n|${"-|".repeat(10_000)}\n|${"b|".repeat(10_000)}\n`,
        line: `## A\n\n${"x".repeat(900_000)}\n`,
        parts: `## A\n\n:::columns\n${"a\n\n---\n\n".repeat(2_000)}b\n:::\n`,
        rows: `## A\n\n| a | b |\n| - | - |\n${"| c | d |\n".repeat(5_000)}`,
        slides: "## A\n\nb\n\n".repeat(4_000),
        ten: `## A\n\n${"x ".repeat(5_000_000)}\n`,
      }),
    );
    expect(new Set(found.map((one) => one.replace(/:\d.* /, " ").replace("templates/", "")))).toEqual(
      new Set([
        "attributes.en.md.hbs missing-attribute",
        "attributes.en.md.hbs unknown-attribute",
        "columns.en.md.hbs does-not-fit",
        "line.en.md.hbs does-not-fit",
        "parts.en.md.hbs bad-widths",
        "rows.en.md.hbs too-many-slides",
        "slides.en.md.hbs too-many-slides",
        "ten.en.md.hbs file-too-long",
      ]),
    );
  });
});

const doubled = (first: string, next: (before: string) => string): object[] => [
  { calculate: first, as: "a0" },
  ...Array.from({ length: 40 }, (_, i) => ({ calculate: next(`datum.a${i}`), as: `a${i + 1}` })),
];
const nested = (depth: number): object =>
  depth === 0 ? { mark: "bar" } : { layer: [nested(depth - 1), nested(depth - 1)] };
const legend = (change: object): object => ({
  encoding: { ...bars.encoding, color: { field: "value", type: "quantitative", legend: change } },
});

describe("a chart", () => {
  it.each<[string, object, string]>([
    ["shapes of a file", { data: { url: "world.json", format: { type: "topojson" } } }, "chart-typed-data"],
    ["shapes", { mark: "geoshape" }, "chart-unknown-mark"],
    ["a projection", { projection: { type: "mercator" } }, "chart-unknown-key"],
    ["a control", { params: [{ name: "p", bind: { input: "text" } }] }, "chart-refused"],
    ["a selection", { params: [{ name: "p", select: "interval" }] }, "chart-refused"],
    ["an address", { params: [{ name: "p", expr: "a", url: "http://a.b" }] }, "chart-refused"],
    ["a colour of a file", { mark: { type: "bar", color: "URL( file:///etc/passwd)" } }, "chart-refused"],
    ["a ground of a file", { config: { view: { fill: "url(#a)" } } }, "chart-refused"],
    ["another's schema", { $schema: "http://a.b/schema/vega-lite/v6.json" }, "chart-not-vega-lite"],
    ["thousands of views", { repeat: { layer: Array(5_000).fill("value") }, spec: {} }, "chart-not-one-view"],
    ["views beside one another", { hconcat: Array(5_000).fill({ mark: "bar" }) }, "chart-not-one-view"],
    ["a facet", { facet: { field: "name" }, spec: { mark: "bar" } }, "chart-not-one-view"],
    ["a million pixels", { width: 1e6, height: 1e6 }, "chart-refused"],
    ["rows flattened", { transform: [{ flatten: ["value"] }] }, "chart-refused"],
    ["made up rows", { transform: [{ density: "value", steps: 1e9 }] }, "chart-refused"],
    ["layers of layers", { mark: undefined, layer: [nested(9)] }, "chart-too-much"],
    ["params without number", { params: Array(101).fill({ name: "p", value: "a" }) }, "chart-too-much"],
    ["steps without number", { transform: Array(201).fill({ filter: "datum.value > 0" }) }, "chart-too-much"],
    ["texts that double", { transform: doubled("datum.name", (a) => `${a} + ${a}`) }, "chart-too-much"],
    ["lists that double", { transform: doubled("[datum.name]", (a) => `[${a}, ${a}]`) }, "chart-too-much"],
    [
      "fields that double by any name",
      { transform: doubled("datum.name", () => "datum[datum.id] + datum[datum.id]") },
      "chart-too-much",
    ],
    [
      "params that double, in any order",
      {
        params: Array.from({ length: 40 }, (_, i) => ({
          name: `p${i}`,
          expr: i < 39 ? `p${i + 1} + p${i + 1}` : "'a'",
        })),
      },
      "chart-too-much",
    ],
    ["a legend of a million columns", legend({ columns: 1e6 }), "chart-too-much"],
    ["a legend of a billion colours", legend({ gradientLength: { expr: "pow(10, 9)" } }), "chart-too-much"],
    [
      "a call of what a field holds",
      { transform: [{ calculate: "datum.name.repeat(1e9)", as: "a" }] },
      "chart-refused",
    ],
    ["a prototype", { transform: [{ calculate: "datum['__proto__']", as: "a" }] }, "chart-refused"],
    [
      "a constructor",
      { transform: [{ calculate: "datum.constructor.constructor('a')()", as: "a" }] },
      "chart-refused",
    ],
    [
      "brackets without end",
      { transform: [{ filter: `${"(".repeat(600)}1${")".repeat(600)}` }] },
      "chart-expression",
    ],
    ["more than a chart holds", { description: "x".repeat(300_000) }, "chart-too-large"],
    [
      "depth in what is not drawn",
      {
        usermeta: {
          ...bars.usermeta,
          a: Array(50)
            .fill(0)
            .reduce((a) => [a], []),
        },
      },
      "yaml-too-deep",
    ],
  ])("is refused for %s", (_, change, code) => {
    const { value, problems } = prepare({ ...bars, ...change });
    expect(problems.map((problem) => problem.code)).toContain(code);
    expect(value).toBeUndefined();
  });

  it("cannot put anything into its picture but texts and colours", async () => {
    const markup = "a\"/><image href='file:///etc/passwd'/>";
    const chart = size({
      ...bars,
      config: { font: markup },
      mark: { type: "bar", stroke: markup, description: markup },
    });
    const { value } = await drawCharts([chart], async () => []);
    const picture = value?.get(chart.key)?.svg ?? "";
    expect(picture).toContain("&lt;image");
    expect(picture).not.toContain("<image");
  });
});

describe("a logo", () => {
  const page = templates({ deck: "## A\n\nb\n" }, "pptx", "own");
  const themed = (name: string, bytes: Uint8Array | string): Files => ({
    ...page,
    "templates/themes/own.yaml": `extends: default\nlogo: { file: ${name}, width: 2 }\n`,
    [`templates/themes/${name}`]: bytes,
  });
  const blank = (side: number) =>
    sharp({ create: { width: side, height: side, channels: 3, background: "#fff" } });

  test("of a hundred million pixels is refused by its header, and what its header hides by what is found", async () => {
    const large = await blank(10_000).png().toBuffer();
    expect(await refused(themed("logo.png", large))).toEqual([
      "templates/themes/own.yaml:2:15 logo-too-large",
    ]);
    // The frame says 8 × 8 pixels of what are many more.
    const lying = await blank(3_000).jpeg().toBuffer();
    const frame = lying.indexOf(Uint8Array.from([0xff, 0xc0]));
    lying.writeUInt16BE(8, frame + 5);
    lying.writeUInt16BE(8, frame + 7);
    const cut = lying.subarray(0, frame + 12);
    expect(await refused(themed("logo.jpg", cut))).toEqual([
      "templates/themes/own.yaml:2:15 logo-no-picture",
    ]);
  });

  test.each([
    [
      "names no size that there is",
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1e300 1e300"><path d="M0 0h1"/></svg>',
    ],
    [
      "is as wide as the world",
      '<svg xmlns="http://www.w3.org/2000/svg" width="1e9" height="1"><path d="M0 0h1"/></svg>',
    ],
  ])("that %s is drawn small, or not at all", async (_, svg) => {
    const { code, stderr } = await run(themed("logo.svg", svg), ["check"]);
    expect([code, stderr]).toEqual([0, expect.not.stringContaining("error")]);
  });

  test("reads no file by any way of SVG", async () => {
    const svg = (inner: string): string =>
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">${inner}</svg>`;
    for (const text of [
      svg('<image href="file:///etc/passwd"/>'),
      `<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>${svg("&a;")}`,
      svg("<script>1</script>"),
    ])
      expect(new Set(await refused(themed("logo.svg", text)))).toEqual(
        new Set(["templates/themes/own.yaml:2:15 logo-unsafe"]),
      );
  });
});

test("helpers are not even read without leave, through whatever link they come", async () => {
  const found = await refused(
    {
      "data/sourcedeck.yaml": "products: []\nhelpers: [helpers/a.mjs, helpers/b.mjs]\n",
      "b/a.mjs": "throw new Error();",
    },
    ["build"],
    (folder) => {
      mkdirSync(join(folder, "templates/helpers"));
      symlinkSync(join(folder, "b/a.mjs"), join(folder, "templates/helpers/a.mjs"));
    },
  );
  expect(found).toEqual([
    "data/sourcedeck.yaml:2:11 code-not-allowed",
    "data/sourcedeck.yaml:2:26 code-not-allowed",
  ]);
});
