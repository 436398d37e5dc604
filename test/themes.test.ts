/** The shipped themes: the briefing in each of them, in each language, and a brand on the whole way into a deck. */
import { strFromU8, unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { compose } from "../src/build.ts";
import { order } from "../src/problem.ts";
import type { LibraryPicture } from "../src/templates/library.ts";
import { themeNamed } from "../src/templates/themes/read.ts";
import { layOut } from "../src/writers/slides/layout.ts";
import { build, draw, job, messages, options, outputs, shippedLibrary, shippedStore } from "./workspace.ts";
import { checkSlide } from "./writers/slides/checks.ts";

const store = shippedStore();
const library = shippedLibrary();
const names = [...library.files.keys()].flatMap((path) => themeNamed(path) ?? []).sort(order);

it("three themes are shipped", () => {
  expect(names).toEqual(["dark", "default", "paper"]);
});

describe.each(names)("the theme %s", (theme) => {
  it.each(["en", "zh"] as const)(
    "holds the briefing (%s): without a warning, readable, overlapping nowhere",
    (language) => {
      const composed = compose(job(store, "briefing", language), store, library, { ...options, theme });
      expect(messages(composed)).toEqual([]);
      const { document, theme: read, evidence, charts } = composed.value!;
      const figures = new Map([...charts].map(([name, chart]) => [name, chart.figures]));
      const laid = layOut(document, read, evidence.store, figures);
      expect(messages(laid)).toEqual([]);
      for (const slide of laid.value!.slides)
        if (slide.master === "content") checkSlide(slide, read, language);
    },
  );
});

const acme = `extends: default
name: Acme
colours: { cn: "#8b0000" }
logo: { file: pictures/logo.svg, width: 1.2 }
`;
const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 1"><path d="M0 0H3V1H0Z"/></svg>';

/** The briefing in the theme `acme`, with the picture that its library has at any path. */
function built(text: string, picture: LibraryPicture) {
  const asked: string[] = [];
  const branded = {
    ...shippedLibrary({ "themes/acme.yaml": text }),
    picture: (path: string) => {
      asked.push(path);
      return picture;
    },
  };
  const made = build(job(store, "briefing", "en"), store, branded, draw, { ...options, theme: "acme" });
  return { made, asked };
}

describe("a brand", () => {
  it("of four lines is in the deck: colours, logo and layouts", async () => {
    const { made, asked } = built(acme, { bytes: new TextEncoder().encode(svg) });
    const deck = unzipSync(outputs(await made).get("briefing.en.pptx")!);
    expect(asked).toEqual(["themes/pictures/logo.svg"]);
    expect(strFromU8(deck["ppt/theme/theme1.xml"]!)).toContain(
      '<a:accent1><a:srgbClr val="8B0000"/></a:accent1>',
    );
    // 1.2 inches at 300 pixels each, in the picture's header.
    const header = new DataView(deck["ppt/media/logo.png"]!.buffer, deck["ppt/media/logo.png"]!.byteOffset);
    expect([header.getUint32(16), header.getUint32(20)]).toEqual([360, 120]);
    expect(strFromU8(deck["ppt/slideMasters/_rels/slideMaster1.xml.rels"]!)).toContain("../media/logo.png");
  });

  it.each<[string, string, LibraryPicture, string]>([
    ["is not there", acme, { fault: "nothing there" }, "nothing there"],
    ["is no picture", acme, { bytes: new TextEncoder().encode("GIF89a") }, "GIF89a"],
    [
      "holds letters",
      acme,
      { bytes: new TextEncoder().encode(svg.replace("<path", "<text/><path")) },
      "<text>",
    ],
    [
      "lies outside",
      acme.replace("pictures/", "../../"),
      { bytes: new TextEncoder().encode(svg) },
      "a path out of the templates folder",
    ],
  ])("whose logo %s is refused at the line that names it", async (_, text, picture, found) => {
    const outcome = await built(text, picture).made;
    expect(outcome.value).toBeUndefined();
    const [told = ""] = messages(outcome);
    expect(told).toMatch(/^templates\/themes\/acme\.yaml:4:15: error: the logo /);
    expect(told).toContain(`found:    ${found}`);
  });
});
