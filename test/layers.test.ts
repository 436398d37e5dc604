import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";

const src = join(import.meta.dirname, "../src");

/** Rooms of the house, from the cellar up: a file imports from its own room or from one further up this list. */
const layers = [
  "excerpt.ts",
  "problem.ts",
  "memory.ts",
  "findings",
  "evidence",
  "model",
  "templates",
  "charts",
  "writers",
  "schemas.ts",
  "guide",
  "view.ts",
  "build.ts",
  "index.ts",
  "cli",
];

/** Foreign packages, each with the files that may know it; zod those that say what a file of the user's may hold. */
const engines: Readonly<Record<string, readonly string[]>> = {
  commander: ["cli/main.ts"],
  "csv-parse": ["findings/csv.ts"],
  "decimal.js": ["findings/decimal.ts"],
  "fastest-levenshtein": ["problem.ts"],
  fflate: ["writers/package/package.ts", "writers/package/raw-zip.ts", "writers/package/zip.ts"],
  handlebars: ["templates/read.ts", "templates/syntax.ts"],
  mdast: ["writers/markdown.ts"],
  "mdast-util-from-markdown": ["templates/tree.ts"],
  "mdast-util-gfm-autolink-literal": ["writers/markdown.ts"],
  "mdast-util-gfm-footnote": ["writers/markdown.ts"],
  "mdast-util-gfm-strikethrough": ["templates/tree.ts", "writers/markdown.ts"],
  "mdast-util-gfm-table": ["writers/markdown.ts"],
  "mdast-util-to-markdown": ["writers/markdown.ts"],
  "micromark-extension-directive": ["templates/tree.ts"],
  "micromark-extension-gfm-strikethrough": ["templates/tree.ts"],
  "micromark-extension-gfm-table": ["templates/tree.ts"],
  "parse-entities": ["templates/tree.ts"],
  picocolors: ["cli/console.ts"],
  pptxgenjs: ["writers/pptx.ts"],
  sharp: ["charts/draw.ts", "charts/fonts.ts", "writers/logo/draw.ts"],
  vega: ["charts/draw.ts"],
  "vega-expression": ["charts/expression.ts"],
  "vega-interpreter": ["charts/draw.ts"],
  "vega-lite": ["charts/draw.ts"],
  wawoff2: ["charts/fonts.ts"],
  yaml: ["findings/yaml.ts"],
  zod: [
    "charts/json.ts",
    "charts/query.ts",
    "findings/messages.ts",
    "findings/schema.ts",
    "findings/yaml.ts",
    "model/theme.ts",
    "schemas.ts",
    "guide",
    "templates/formats.ts",
    "templates/front.ts",
    "templates/words.ts",
  ],
};

/** Where the world begins: nothing above the rim touches disk, clock, dice, environment or console. */
const rim = ["cli/", "charts/fonts.ts"];

const files = readdirSync(src, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"))
  .map((file) => file.replaceAll("\\", "/"));

function imports(file: string): string[] {
  const text = readFileSync(join(src, file), "utf8");
  return [...text.matchAll(/(?:\bfrom\s+|\bimport\s*\(\s*|^import\s+)"([^"]+)"/gm)].map((match) => match[1]!);
}

const room = (file: string): number => layers.indexOf(file.split("/")[0]!);

describe("the source", () => {
  it("has no file outside the rooms", () => {
    expect(files.filter((file) => room(file) < 0)).toEqual([]);
  });

  it("imports from its own room or from one further up", () => {
    const wrong = files.flatMap((file) =>
      imports(file)
        .filter((name) => name.startsWith("."))
        .map((name) => relative(src, join(src, dirname(file), name)).replaceAll("\\", "/"))
        .filter((target) => room(target) > room(file))
        .map((target) => `${file} -> ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it("knows each foreign package where the list says so, and no other", () => {
    const wrong = files.flatMap((file) =>
      imports(file)
        .filter((name) => !name.startsWith(".") && !name.startsWith("node:"))
        .map((name) =>
          name
            .split("/")
            .slice(0, name.startsWith("@") ? 2 : 1)
            .join("/"),
        )
        .filter((name) => !engines[name]?.includes(file))
        .map((name) => `${file} -> ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  it("touches the world at the rim alone", () => {
    const wrong = files
      .filter((file) => !rim.some((allowed) => file.startsWith(allowed)))
      .filter((file) => {
        const text = readFileSync(join(src, file), "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
        return /\bprocess\.|\bconsole\.|Math\.random|Date\.now|new Date\(\)|performance\.|from "node:(?!crypto|zlib)/.test(
          text,
        );
      });
    expect(wrong).toEqual([]);
  });
});
