/** What must hold of every placed slide, whatever stands on it. */
import { expect } from "vitest";
import type { Language } from "../../../src/findings/store.ts";
import type { Role, Theme } from "../../../src/model/theme.ts";
import { contrast } from "../../../src/writers/slides/contrast.ts";
import { pageHeight, pageWidth } from "../../../src/writers/slides/grid.ts";
import type {
  Box,
  Freeform,
  Placed,
  PlacedParagraph,
  PlacedSlide,
} from "../../../src/writers/slides/placed.ts";
import { heightOf } from "../../../src/writers/slides/text.ts";

/** Boxes keep apart and inside the margins, text fits its box, in readable sizes and colours; curves cross no text. */
export function checkSlide({ boxes }: PlacedSlide, theme: Theme, language: Language): void {
  expect(new Set(boxes.map(({ name }) => name)).size).toBe(boxes.length);
  const solid = boxes.filter((box) => box.kind !== "freeform");
  for (const { name, box } of boxes) {
    expect(box.x, name).toBeGreaterThanOrEqual(theme.page.left - 0.002);
    expect(box.x + box.w, name).toBeLessThanOrEqual(pageWidth - theme.page.right + 0.002);
    expect(box.y, name).toBeGreaterThanOrEqual(0.3);
    expect(box.y + box.h, name).toBeLessThanOrEqual(pageHeight - 0.2);
  }
  solid.forEach((one, i) => {
    for (const other of solid.slice(i + 1))
      expect(overlap(one.box, other.box) ? `${one.name} over ${other.name}` : "").toBe("");
    checkText(one, theme, language);
  });
  for (const curve of boxes.filter((box) => box.kind === "freeform"))
    if (!curve.closed)
      for (const text of solid.filter(({ kind }) => kind === "text"))
        expect(
          pointsOn(curve).some((point) => overlap(point, text.box))
            ? `${curve.name} through ${text.name}`
            : "",
        ).toBe("");
}

/** Boxes share more than an edge. */
function overlap(a: Box, b: Box): boolean {
  const hair = 0.003;
  return a.x + hair < b.x + b.w && b.x + hair < a.x + a.w && a.y + hair < b.y + b.h && b.y + hair < a.y + a.h;
}

/** Small boxes around points on the lines of a curve. */
export function pointsOn({ box, paths }: Freeform): Box[] {
  return paths.flatMap((path) =>
    path.slice(1).flatMap((to, i) => {
      const from = path[i]!;
      const via = to.via ?? { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
      return Array.from({ length: 41 }, (_, step): Box => {
        const t = step / 40;
        const at = (axis: "x" | "y"): number =>
          (1 - t) ** 2 * from[axis] + 2 * t * (1 - t) * via[axis] + t ** 2 * to[axis];
        return { x: box.x + at("x") - 0.005, y: box.y + at("y") - 0.005, w: 0.01, h: 0.01 };
      });
    }),
  );
}

/** Points: on the slide, and at its foot. */
const floors = { slide: 12, foot: 10 };

function checkText(box: Placed, theme: Theme, language: Language): void {
  if (box.kind === "text") {
    const [top, right, bottom, left] = box.inset;
    const height = heightOf(box.paragraphs, box.box.w - left - right, language);
    // The title's place is made for two lines; the font's own line height differs between renderers.
    if (box.name !== "Title") expect(height, box.name).toBeLessThanOrEqual(box.box.h - top - bottom + 0.03);
    const foot = ["Sources", "Slide number", "Theme footer"].includes(box.name);
    checkParagraphs(box.name, box.paragraphs, box.fill ?? "ground", foot ? floors.foot : floors.slide, theme);
  }
  if (box.kind === "table")
    for (const { cells } of box.rows)
      for (const cell of cells)
        checkParagraphs(box.name, cell.paragraphs, cell.fill ?? "ground", floors.slide, theme);
}

function checkParagraphs(
  name: string,
  paragraphs: readonly PlacedParagraph[],
  ground: Role,
  floor: number,
  theme: Theme,
): void {
  for (const { runs, size } of paragraphs)
    for (const run of runs) {
      expect(run.size ?? size, `${name}: ${run.text}`).toBeGreaterThanOrEqual(floor);
      // A label of a map may stand on land, which has the colour of tiles.
      for (const under of name.startsWith("Label") ? (["ground", "tile"] as const) : [ground])
        expect(contrast(run.colour, under, theme), `${name}: ${run.text}`).toBeGreaterThanOrEqual(4.5);
    }
}
