import fc from "fast-check";
import { unzipSync, zipSync } from "fflate";
import { expect, test } from "vitest";
import { pack, zip } from "../../../src/writers/package/zip.ts";

const name = fc.oneof(
  fc.stringMatching(/^[a-z]{1,8}(\/[a-zA-Z0-9_.]{1,12}){0,3}$/),
  fc.string({ minLength: 1, unit: "grapheme" }),
);
const files = fc.dictionary(
  name.filter((text) => text !== "__proto__" && !/^\d+$/.test(text)),
  fc.tuple(fc.uint8Array({ maxLength: 3000 }), fc.boolean()),
  { maxKeys: 12, noNullPrototype: true },
);

test("a zip has the bytes that the library would have written, and reads back as what went into it", () => {
  fc.assert(
    fc.property(files, (given) => {
      const entries = new Map(
        Object.entries(given).map(([path, [file, isCompressed]]) => [path, pack(file, isCompressed)]),
      );
      const written = zip(entries);
      const asked = Object.entries(given).map(([path, [file, isCompressed]]) => [
        path,
        [file, { level: isCompressed ? 6 : 0 }],
      ]);
      expect(
        Buffer.compare(written, zipSync(Object.fromEntries(asked), { mtime: new Date(1980, 0, 1) })),
      ).toBe(0);
      const read = unzipSync(written);
      expect(Object.keys(read)).toEqual([...entries.keys()]);
      for (const [path, [file]] of Object.entries(given)) expect(Buffer.compare(read[path]!, file)).toBe(0);
    }),
  );
});
