/** Reading a finished deck back, with nothing but a zip library and an XML parser. */
import { DOMParser, type Element, onErrorStopParsing } from "@xmldom/xmldom";
import { strFromU8, unzipSync } from "fflate";

export interface ReadSlide {
  readonly paragraphs: readonly string[];
  readonly notes: readonly string[];
  /** The runs of the slide, tables among them, and those of the notes; fields such as the slide's number are no runs. */
  readonly runs: readonly string[];
  readonly noteRuns: readonly string[];
  readonly alts: readonly string[];
  readonly title: string;
}

export function readDeck(bytes: Uint8Array): ReadSlide[] {
  const parts = unzipSync(bytes);
  const slides = Object.keys(parts)
    .flatMap((path) => /^ppt\/slides\/slide(\d+)\.xml$/.exec(path)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
  return slides.map((number) => {
    const slide = xml(parts[`ppt/slides/slide${number}.xml`]!);
    const relations = xml(parts[`ppt/slides/_rels/slide${number}.xml.rels`]!);
    const notesTarget = all(relations, "Relationship")
      .map((relation) => relation.getAttribute("Target") ?? "")
      .find((target) => target.includes("notesSlides/"));
    const notesPart = notesTarget && parts[`ppt/notesSlides/${notesTarget.split("/").at(-1)}`];
    const title = all(slide, "p:sp").find((shape) =>
      all(shape, "p:ph").some((holder) => ["title", "ctrTitle"].includes(holder.getAttribute("type") ?? "")),
    );
    const notes = notesPart ? all(xml(notesPart), "p:sp").filter(isBody) : [];
    return {
      paragraphs: paragraphsOf(slide),
      notes: notes.flatMap(paragraphsOf),
      runs: runsOf(slide),
      noteRuns: notes.flatMap(runsOf),
      alts: all(slide, "p:cNvPr").flatMap((properties) => properties.getAttribute("descr") ?? []),
      title: title ? paragraphsOf(title).join(" ") : "",
    };
  });
}

/** A deck as a person reads it: titles, texts, pictures' descriptions and notes. */
export function describeDeck(bytes: Uint8Array): string {
  return readDeck(bytes)
    .map(({ title, paragraphs, alts, notes }, index) =>
      [
        `# ${index + 1} ${title}`,
        ...paragraphs.filter((text) => text !== "" && text !== title),
        ...alts.map((alt) => `[${alt}]`),
        ...notes.map((note) => `> ${note}`),
      ].join("\n"),
    )
    .join("\n\n");
}

function isBody(shape: Element): boolean {
  return all(shape, "p:ph").some((holder) => holder.getAttribute("type") === "body");
}

function paragraphsOf(parent: Element): string[] {
  return all(parent, "a:p").map((paragraph) => runsOf(paragraph).join(""));
}

function runsOf(parent: Element): string[] {
  return all(parent, "a:r").map((run) =>
    all(run, "a:t")
      .map((text) => text.textContent ?? "")
      .join(""),
  );
}

function all(parent: Element, name: string): Element[] {
  return Array.from(parent.getElementsByTagName(name));
}

function xml(bytes: Uint8Array): Element {
  return new DOMParser({ onError: onErrorStopParsing }).parseFromString(strFromU8(bytes), "text/xml")
    .documentElement!;
}
