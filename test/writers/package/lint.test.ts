import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { beforeAll, expect, test } from "vitest";
import { lint, lintFile, lintParts } from "../../../src/writers/package/lint.ts";
import { readPackage, writePackage } from "../../../src/writers/package/package.ts";
import { png, sample } from "./decks.ts";
import { write } from "./write.ts";

type Files = Record<string, Uint8Array>;

const slide = "ppt/slides/slide1.xml";
let files: Files;
beforeAll(async () => {
  files = unzipSync(await write(sample(1)));
});

/** One text of a part for another; throws when there is nothing to replace, so that no fault is planted in vain. */
const replace = (path: string, from: string | RegExp, to: string) => (planted: Files) => {
  const before = strFromU8(planted[path] ?? new Uint8Array());
  const after = before.replace(from, to);
  if (after === before) throw new Error(`nothing to replace in ${path}`);
  planted[path] = strToU8(after);
};

const faults: readonly (readonly [code: string, part: string, plant: (planted: Files) => void])[] = [
  ["malformed-xml", slide, replace(slide, "</p:sld>", "")],
  ["control-character", slide, replace(slide, "Alibaba", "Ali\u0001baba")],
  [
    "directory-entry",
    "ppt/charts/",
    (planted) => Object.assign(planted, { "ppt/charts/": new Uint8Array() }),
  ],
  [
    "phantom-override",
    "ppt/slideMasters/slideMaster2.xml",
    replace(
      "[Content_Types].xml",
      'slides/slide1.xml"',
      'slides/slide1.xml" ContentType="x"/><Override PartName="/ppt/slideMasters/slideMaster2.xml"',
    ),
  ],
  [
    "untyped-part",
    "ppt/media/image1.png",
    replace("[Content_Types].xml", 'Extension="png"', 'Extension="gif"'),
  ],
  [
    "dangling-relationship",
    "ppt/slides/_rels/slide1.xml.rels",
    replace("ppt/slides/_rels/slide1.xml.rels", "notesSlide1.xml", "notesSlide9.xml"),
  ],
  ["unknown-relationship", slide, replace(slide, /r:embed="rId\d+"/, 'r:embed="rId99"')],
  [
    "orphan-part",
    "ppt/media/extra.png",
    (planted) => Object.assign(planted, { "ppt/media/extra.png": png(1) }),
  ],
  ["duplicate-shape-id", slide, replace(slide, 'id="3"', 'id="2"')],
  ["ragged-table", slide, replace(slide, "</a:tc></a:tr>", "</a:tc><a:tc/></a:tr>")],
  [
    "false-picture",
    "ppt/media/image1.png",
    (planted) => Object.assign(planted, { "ppt/media/image1.png": strToU8("<svg/>") }),
  ],
  [
    "duplicate-media",
    "ppt/media/image2.png",
    (planted) => {
      Object.assign(planted, { "ppt/media/image2.png": planted["ppt/media/image1.png"] });
      replace(
        "ppt/slides/_rels/slide1.xml.rels",
        "<Relationship ",
        '<Relationship Id="rId98" Type="image" Target="../media/image2.png"/><Relationship ',
      )(planted);
    },
  ],
  ["undescribed-picture", slide, replace(slide, /(name="Chart capex") descr="[^"]*"/, "$1")],
  ["untitled-slide", slide, replace(slide, '<p:ph type="title"/>', "")],
  ["empty-title-run", slide, replace(slide, "<a:endParaRPr", "<a:r><a:t></a:t></a:r><a:endParaRPr")],
  ["shape-off-slide", slide, replace(slide, 'x="548640"', 'x="-20000"')],
];

test.each(faults)("%s is found in %s", (code, part, plant) => {
  const planted = { ...files };
  plant(planted);
  const found = lint(zipSync(planted), "briefing.en.pptx").filter((problem) => problem.code === code);
  expect(found).toHaveLength(1);
  expect(found[0]?.message).toContain(`\`${part}\``);
  expect(found[0]?.where).toEqual({ file: "briefing.en.pptx" });
});

test.each(faults)("%s in %s is told of what was just written as of what is read", (_, __, plant) => {
  const planted = { ...files };
  plant(planted);
  const { bytes, contents } = writePackage(readPackage(zipSync(planted))!.parts);
  const read = readPackage(bytes)!;
  expect([...lintFile(contents, "x"), ...lintParts(contents, "x")]).toEqual(lint(bytes, "x"));
  expect(contents.entries).toEqual(read.entries);
  expect([...contents.texts].sort()).toEqual([...read.texts].sort());
  expect(contents.malformed).toEqual(read.malformed);
  expect([...contents.parts.keys()]).toEqual([...read.parts.keys()]);
});

test("an entry that stands in the zip twice is found", () => {
  const renamed = zipSync({ ...files, "docProps/axxx.xml": strToU8("<a/>") });
  const bytes = Buffer.from(
    Buffer.from(renamed).toString("latin1").replaceAll("docProps/axxx.xml", "docProps/core.xml"),
    "latin1",
  );
  expect(lint(bytes, "x").map(({ code }) => code)).toContain("repeated-entry");
});

test("what is no zip is said to be none", () => {
  expect(lint(strToU8("not a deck"), "x").map(({ code }) => code)).toEqual(["not-a-package"]);
});
