import { strFromU8, unzipSync } from "fflate";
import { expect, test, vi } from "vitest";
import RawZip from "../../../src/writers/package/raw-zip.ts";
import { writePptx } from "../../../src/writers/pptx.ts";
import { sample } from "./decks.ts";

const textsOf = (bytes: Uint8Array): Record<string, string> =>
  Object.fromEntries(
    Object.entries(unzipSync(bytes))
      .filter(([path]) => !path.endsWith("/"))
      // The clock's, which are written anew.
      .filter(([path]) => path !== "docProps/core.xml")
      .map(([path, file]) => [path, strFromU8(file)]),
  );

test("PptxGenJS writes the same files as into JSZip", async () => {
  const [inJsZip] = [await writePptx(sample(4))];
  vi.resetModules();
  vi.doMock("jszip", () => ({ default: RawZip }));
  const { writePptx: write } = await import("../../../src/writers/pptx.ts");
  const inRawZip = await write(sample(4));
  const hasFolders = (bytes: Uint8Array | undefined): boolean =>
    Object.keys(unzipSync(bytes as Uint8Array)).some((path) => path.endsWith("/"));
  expect([hasFolders(inJsZip?.value), hasFolders(inRawZip.value)]).toEqual([true, false]);
  const [one, other] = [inJsZip, inRawZip].map(({ value }) => textsOf(value as Uint8Array));
  // Ids of sections are dice.
  const settled = (texts: Record<string, string> | undefined): Record<string, string> | undefined =>
    texts && {
      ...texts,
      "ppt/presentation.xml": texts["ppt/presentation.xml"]?.replace(/\{[\dA-F-]+\}/gi, "") ?? "",
    };
  expect(settled(other)).toEqual(settled(one));
  expect(Object.keys(other ?? {})).toContain("ppt/slides/slide4.xml");
});
