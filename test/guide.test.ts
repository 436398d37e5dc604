/** The guide to templates says what the code says, and each of its examples can be built. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it, test } from "vitest";
import { compose } from "../src/build.ts";
import { readStore } from "../src/findings/read.ts";
import type { Product, Store } from "../src/findings/store.ts";
import { chapterNames, printGuide } from "../src/guide/guide.ts";
import type { Inline } from "../src/model/document.ts";
import { plainText, walkBlocks } from "../src/model/walk.ts";
import { describes, printedSchemas } from "../src/schemas.ts";
import { helpers } from "../src/templates/helpers.ts";
import type { Library, LibraryFile } from "../src/templates/library.ts";
import { readTheme } from "../src/templates/themes/read.ts";
import { layOut } from "../src/writers/slides/layout.ts";
import { readDeck } from "./deck.ts";
import {
  build,
  draw,
  job,
  messages,
  options,
  outputs,
  root,
  shippedLibrary,
  textsBelow,
} from "./workspace.ts";

const page = join(root, "templates/README.md");
const guide = readFileSync(page, "utf8");

interface Fence {
  /** The file that the block is, or is to be added to. */
  readonly path?: string;
  readonly language: string;
  readonly text: string;
  readonly prints?: string;
  readonly heading: string;
}

const block =
  /(?:^`([\w./-]+)`:\n\n)?^```(\w+)\n([\s\S]*?)^```\n(?:\nprints\n\n```text\n([\s\S]*?)\n```\n)?/gm;
const fences = [...guide.matchAll(block)].map(
  ([, path, language = "", text = "", prints], index, all): Fence => {
    const before = guide.slice(0, all[index]!.index).replaceAll(block, "");
    const heading = [...before.matchAll(/^#+ (.+)$/gm)].at(-1)?.[1] ?? "";
    return { ...(path && { path }), language, text, ...(prints !== undefined && { prints }), heading };
  },
);
const files = fences.filter(({ path }) => path !== undefined);
const examples = fences.filter(({ path }) => path === undefined);

/** The sample of a new workspace, and after it what the guide adds. */
const workspace = new Map(
  ["shared", "sample"].flatMap((part) => [...textsBelow(join(root, "templates/starter", part))]),
);
for (const { path = "", text } of files) workspace.set(path, `${workspace.get(path) ?? ""}${text}`);

function within(folder: string): [string, string][] {
  return [...workspace].flatMap(([path, text]) =>
    path.startsWith(`${folder}/`) ? [[path.slice(folder.length + 1), text] as [string, string]] : [],
  );
}

const library = (own: Readonly<Record<string, string>> = {}): Library => {
  const under = shippedLibrary().files;
  const texts = [...within("templates"), ...Object.entries(own)];
  const laid = texts.map(([path, text]): [string, LibraryFile] => [
    path,
    { file: `templates/${path}`, text },
  ]);
  return { files: new Map([...under, ...laid]), under };
};

let store: Store;
beforeAll(() => {
  const read = readStore(new Map(within("data")), "data");
  expect(messages(read)).toEqual([]);
  store = read.value!;
});

test("the guide says what the code says", async () => {
  const { value: theme } = readTheme(shippedLibrary(), "default");
  await expect(printGuide(guide, theme!.value)).toMatchFileSnapshot(page);
});

test("every chapter that is printed has its place in the guide", () => {
  const places = [...guide.matchAll(/^<!-- begin: (.+) -->$/gm)].map(([, name]) => name);
  expect(places).toEqual(chapterNames);
});

test("every helper, loop and control has an example, and says what it prints", () => {
  const silent = [...helpers.values()].filter(({ prints }) => prints === undefined);
  expect(silent.map(({ name }) => name)).toEqual([]);
  const shown = new Set(examples.map(({ text }) => text.trimEnd()));
  expect([...helpers.values()].filter(({ example }) => !shown.has(example))).toEqual([]);
});

test("every block of code of the guide is found", () => {
  expect(fences.length + fences.filter(({ prints }) => prints !== undefined).length).toBe(
    guide.match(/^ *```\w/gm)!.length,
  );
});

test("every link within the guide leads to one of its headings", () => {
  const anchors = [...guide.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\w\s-]/g, "")
      .replaceAll(" ", "-"),
  );
  const links = [...guide.matchAll(/\]\(#([\w-]+)\)/g)].map(([, anchor]) => anchor);
  expect(links.filter((link) => !anchors.includes(link!))).toEqual([]);
});

const product = (name: string, week: boolean): Product => ({
  name,
  template: name,
  writer: "pptx",
  languages: ["en"],
  theme: "brand",
  ...(week ? { week: "latest" } : {}),
  at: { file: "data/sourcedeck.yaml" },
});

describe("an example of the guide", () => {
  it.each(examples.map((fence) => [fence.heading, fence] as const))(
    "is sound: %s",
    (_, { language, text, prints }) => {
      expect(language).toBe("handlebars");
      const own = library({ "example.en.md.hbs": `---\ntitle: Example\n---\n\n## Example\n\n${text}` });
      // Only what is made for a week knows its week.
      const forWeek = product("example", /\bweek\b/.test(text));
      const composed = compose({ product: forWeek, language: "en" }, store, own, options);
      expect(messages(composed)).toEqual([]);
      const { document, theme, evidence, charts } = composed.value!;
      const figures = new Map([...charts].map(([name, chart]) => [name, chart.figures]));
      const laid = layOut(document, theme, evidence.told, figures);
      expect(messages(laid)).toEqual([]);
      expect(laid.value!.slides).toHaveLength(2);
      const lines: Inline[] = [...walkBlocks(document.sections[0]!.pages[0]!.blocks)].flatMap(
        ({ inlines }) => inlines,
      );
      if (prints !== undefined) expect(plainText(lines).trim()).toBe(prints);
      else expect(document.sections[0]!.pages[0]!.blocks).not.toEqual([]);
    },
  );

  it.each(files.map((fence) => [fence.path!, fence] as const))("is a file of its kind: %s", (path) => {
    const known = [/\.md\.hbs$/, /\.vl\.json$/, /^sources\/\w+\.txt$/];
    const isDescribed = printedSchemas.some((schema) => describes(schema, path));
    expect(isDescribed || known.some((form) => form.test(path))).toBe(true);
    const theme = /^templates\/themes\/(.+)\.yaml$/.exec(path)?.[1];
    if (theme !== undefined) expect(messages(readTheme(library(), theme))).toEqual([]);
  });

  it("cites what stands in the sources", () => {
    for (const finding of store.findings.values())
      for (const { source, line, written } of finding.citations)
        expect(workspace.get(`sources/${source}.txt`)!.split("\n")[line - 1]).toContain(written);
  });

  it("builds as the small deck, and as a slide with the chart", async () => {
    const chart = '---\ntitle: Chart\n---\n\n## Chart\n\n::chart[Bars]{name="store-bars"}\n';
    const own = library({ "chart.en.md.hbs": chart });
    const small = await build(job(store, "coffee", "en"), store, own, draw, options);
    expect(messages(small)).toEqual([]);
    expect(readDeck(outputs(small).get("coffee.en.pptx")!)).toHaveLength(4);
    const slide = await build(
      { product: product("chart", false), language: "en" },
      store,
      own,
      draw,
      options,
    );
    expect(messages(slide)).toEqual([]);
  });
});
