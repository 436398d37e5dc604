/** The shipped briefing as it is placed, before any PowerPoint library sees it. */
import { describe, expect, it } from "vitest";
import { compose } from "../src/build.ts";
import { layOut } from "../src/writers/slides/layout.ts";
import type { Placed, PlacedSlide } from "../src/writers/slides/placed.ts";
import { job, options, shippedLibrary, shippedStore } from "./workspace.ts";
import { checkSlide } from "./writers/slides/checks.ts";

const store = shippedStore();
const library = shippedLibrary();

describe.each(["en", "zh"] as const)("the briefing (%s), placed,", (language) => {
  const { value } = compose(job(store, "briefing", language), store, library, options);
  const { document, theme, evidence, charts } = value!;
  const figures = new Map([...charts].map(([name, chart]) => [name, chart.figures]));
  const { slides } = layOut(document, theme, evidence.store, figures).value!;
  const content = slides.filter(({ master }) => master === "content");

  it("overlaps nowhere, keeps its margins, is large enough to read and has contrast on its ground", () => {
    expect(slides.length).toBeGreaterThanOrEqual(24);
    expect(slides.length).toBeLessThanOrEqual(32);
    for (const slide of content) checkSlide(slide, theme, language);
  });

  it("has a title, a source line and a number on every content slide, and words for every picture", () => {
    const holds = ({ boxes }: PlacedSlide, wanted: (box: Placed) => boolean): boolean => boxes.some(wanted);
    const of = (placeholder: string) => (box: Placed) =>
      box.kind === "text" &&
      box.placeholder === placeholder &&
      box.paragraphs.some(({ runs }) => runs.length > 0);
    const lacking = (placeholder: string): string[] =>
      content.filter((slide) => !holds(slide, of(placeholder))).map(({ title }) => title);
    expect(lacking("title")).toEqual([]);
    expect(lacking("footer")).toEqual([]);
    expect(lacking("number")).toEqual([]);
    const pictures = slides.flatMap(({ boxes }) => boxes.filter((box) => box.kind === "picture"));
    expect(pictures.length).toBeGreaterThanOrEqual(12);
    expect(pictures.filter(({ alt }) => alt.trim() === "")).toEqual([]);
  });
});
