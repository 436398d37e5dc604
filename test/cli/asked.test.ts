import { expect, test } from "vitest";
import { Asked } from "../../src/cli/asked.ts";
import type { Library, LibraryFile } from "../../src/templates/library.ts";

const files = (texts: Readonly<Record<string, string>>): ReadonlyMap<string, LibraryFile> =>
  new Map(Object.entries(texts).map(([path, text]) => [path, { file: `templates/${path}`, text }]));

const own = { "words.yaml": "own", "a.hbs": "a", "b.hbs": "b" };
const below = { "words.yaml": "shipped" };

/** Whether what asked for `a.hbs` and the words alone would come out the same of another library. */
function isSameIn(other: Library): boolean {
  const asked = new Asked({ files: files(own), under: files(below) });
  for (const path of ["a.hbs", "words.yaml", "none.hbs"]) asked.library.files.get(path);
  return asked.isSameIn(other);
}

test.each<readonly [string, Library, boolean]>([
  ["the same files", { files: files(own), under: files(below) }, true],
  ["another of those not asked for", { files: files({ ...own, "b.hbs": "c" }), under: files(below) }, true],
  ["one more that was not asked for", { files: files({ ...own, "c.hbs": "c" }), under: files(below) }, true],
  ["another of those asked for", { files: files({ ...own, "a.hbs": "c" }), under: files(below) }, false],
  [
    "one that was asked for and not there",
    { files: files({ ...own, "none.hbs": "" }), under: files(below) },
    false,
  ],
  ["another below an own one", { files: files(own), under: files({ "words.yaml": "other" }) }, false],
  ["none below it", { files: files(own) }, false],
  ["one more below", { files: files(own), under: files({ ...below, "a.hbs": "" }) }, false],
])("a library with %s", (_, library, isSame) => {
  expect(isSameIn(library)).toBe(isSame);
});
