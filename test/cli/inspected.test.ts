import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { inspect, type Job, sampleParams } from "../../src/build.ts";
import { openInspection } from "../../src/cli/inspected.ts";
import { readStore } from "../../src/findings/read.ts";
import type { Store } from "../../src/findings/store.ts";
import type { Memory } from "../../src/memory.ts";
import type { Library, LibraryPicture } from "../../src/templates/library.ts";
import { options, root, shippedLibrary, textsBelow } from "../workspace.ts";

/** A memory, and how often something was kept in it. */
function noting(): Memory & { readonly puts: () => number } {
  const kept = new Map<string, Uint8Array>();
  let puts = 0;
  return {
    puts: () => puts,
    get: (key) => kept.get(key),
    put(key, bytes) {
      puts += 1;
      kept.set(key, bytes);
    },
  };
}

const data = textsBelow(join(root, "data"));
const shipped = (path: string): string => shippedLibrary().files.get(path)?.text ?? "";

function storeOf(texts: ReadonlyMap<string, string>): Store {
  const { value } = readStore(texts, "data");
  if (!value) throw new Error("no store");
  return value;
}

const names = (store: Store): Job[] =>
  store.products.flatMap((product) => product.languages.map((language) => ({ product, language })));

/** What is found in each document, and the names of those that were inspected for it. */
function look(
  library: Library,
  memory: ReturnType<typeof noting>,
  texts: ReadonlyMap<string, string> = data,
) {
  const store = storeOf(texts);
  const asked: string[] = [];
  const seen: Library = { ...library, files: new Map(library.files) };
  const inspection = openInspection(store, texts, seen, memory);
  const found = names(store).map((job) => {
    const name = `${job.product.name}.${job.language}`;
    const puts = memory.puts();
    const { value, problems } = inspection(job, options);
    if (memory.puts() > puts) asked.push(name);
    return { name, used: value && [...value], problems };
  });
  return { found, asked };
}

/** The same without any memory. */
function anew(library: Library, texts: ReadonlyMap<string, string> = data) {
  const store = storeOf(texts);
  return names(store).map((job) => {
    const params = sampleParams(job, store, library);
    const { value, problems } = inspect({ ...job, params }, store, library, options);
    return { name: `${job.product.name}.${job.language}`, used: value && [...value], problems };
  });
}

describe("documents that were inspected before", () => {
  const all = names(storeOf(data)).map(({ product, language }) => `${product.name}.${language}`);

  it("are not inspected again while nothing changes", () => {
    const memory = noting();
    expect(look(shippedLibrary(), memory)).toEqual({ found: anew(shippedLibrary()), asked: all });
    expect(look(shippedLibrary(), memory)).toEqual({ found: anew(shippedLibrary()), asked: [] });
  });

  it.each<readonly [string, Readonly<Record<string, string>>, readonly string[]]>([
    [
      "a template",
      { "briefing.zh.md.hbs": `${shipped("briefing.zh.md.hbs")}\n{{! a remark }}\n` },
      ["briefing.zh"],
    ],
    ["words", { "words.yaml": `${shipped("words.yaml")}\n# a remark\n` }, all],
    ["a file that nobody asks for", { "partials/unused.md.hbs": "Nothing." }, []],
    ["a theme", { "themes/default.yaml": `${shipped("themes/default.yaml")}\n# a remark\n` }, all],
  ])("are, where %s changed that they ask for, and no others", (_, replaced, expected) => {
    const memory = noting();
    look(shippedLibrary(), memory);
    const library = shippedLibrary(replaced);
    const looked = look(library, memory);
    expect(looked.found).toEqual(anew(library));
    expect(looked.asked).toEqual(expected);
  });

  it("are, where a file that they ask for appears or goes, and tell what is wrong each time", () => {
    const memory = noting();
    const chart = "charts/capex.vl.json";
    const whole = shippedLibrary();
    const files = new Map([...whole.files].filter(([path]) => path !== chart));
    expect(files.size).toBeLessThan(whole.files.size);
    for (const library of [whole, { files }, { files }, whole])
      expect(look(library, memory).found).toEqual(anew(library));
  });

  it("are, where something is wrong with them, and know what there is now in place of what is not", () => {
    const memory = noting();
    const wrong = (more: Readonly<Record<string, string>>): Library =>
      shippedLibrary({
        "briefing.en.md.hbs": shipped("briefing.en.md.hbs").replace('name="capex"}', 'name="capexx"}'),
        ...more,
      });
    for (const more of [{}, { "charts/capexy.vl.json": shipped("charts/capex.vl.json") }, {}]) {
      const anewly = anew(wrong(more));
      expect(JSON.stringify(anewly)).toContain("capexx");
      expect(look(wrong(more), memory).found).toEqual(anewly);
    }
  });

  it("are, where data changed, of which nobody knows who asks for it", () => {
    const memory = noting();
    look(shippedLibrary(), memory);
    const changed = new Map([...data, ["rulings.yaml", `${data.get("rulings.yaml")}\n# a remark\n`]]);
    const looked = look(shippedLibrary(), memory, changed);
    expect(looked).toEqual({ found: anew(shippedLibrary(), changed), asked: all });
  });

  it("are, where a picture changed that they ask for", () => {
    const theme = `${shipped("themes/default.yaml")}\nlogo: { file: logo.svg, width: 1 }\n`;
    const svg = (width: number): LibraryPicture => ({
      bytes: Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="10"/>`),
    });
    const withPicture = (picture: LibraryPicture): Library => ({
      ...shippedLibrary({ "themes/default.yaml": theme }),
      picture: () => picture,
    });
    const memory = noting();
    for (const picture of [svg(20), svg(20), svg(30), { fault: "a folder" }, { fault: "a pipe" }, svg(20)])
      expect(look(withPicture(picture), memory).found).toEqual(anew(withPicture(picture)));
  });
});
