/** Each folder of `golden/` is a workspace; what it builds is compared with the texts in its `expected/`. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readStore } from "../src/findings/read.ts";
import { emptyStore } from "../src/findings/store.ts";
import { describeDeck } from "./deck.ts";
import { build, draw, messages, options, outputs, shippedLibrary, textsBelow } from "./workspace.ts";

const golden = join(import.meta.dirname, "golden");

describe.each(readdirSync(golden))("the workspace %s", (name) => {
  const folder = join(golden, name);
  const read = readStore(textsBelow(join(folder, "data")), "data");
  const store = read.value ?? emptyStore;
  const own = Object.fromEntries(textsBelow(join(folder, "templates")));
  const library = {
    files: new Map(
      [...shippedLibrary(own).files].filter(([path]) => path in own || path.startsWith("themes/")),
    ),
  };
  const jobs = store.products.flatMap((product) =>
    product.languages.map((language) => ({ product, language })),
  );

  test("is sound", () => {
    expect(messages(read)).toEqual([]);
    expect(jobs).not.toEqual([]);
  });

  test.each(jobs)("builds $product.name ($language) as it did when it was last accepted", async (job) => {
    for (const [path, bytes] of outputs(await build(job, store, library, draw, options))) {
      if (path.endsWith(".png")) continue;
      const isDeck = path.endsWith(".pptx");
      const text = isDeck ? describeDeck(bytes) : new TextDecoder().decode(bytes);
      await expect(text).toMatchFileSnapshot(join(folder, "expected", isDeck ? `${path}.txt` : path));
    }
  });
});
