/** Blocks over slides: as many as fit under each other, the rest on a next slide where a list or table may continue. */
import type { Problem } from "../../problem.ts";
import { gapBetween, type Measured } from "./measured.ts";
import { blockDoesNotFit, tooManySlides } from "./messages.ts";

/** Rounding of inches must not send a block to the next slide. */
const hair = 1e-6;

/** Slides that one page may continue on. */
const mostSlides = 100;

const spoken: Readonly<Record<Measured["type"], string>> = {
  paragraph: "paragraph",
  heading: "heading",
  list: "list",
  table: "table",
  chart: "chart",
  columns: "columns",
  kpi: "tiles",
  timeline: "timeline",
  flow: "flow",
  matrix: "matrix",
  bridge: "bridge",
  map: "map",
  smile: "smile curve",
};

/** The blocks of each slide; a block that fits on none is a problem at its place. `size` is that of body text. */
export function paginate(
  blocks: readonly Measured[],
  height: number,
  size: number,
): { readonly slides: readonly (readonly Measured[])[]; readonly problems: readonly Problem[] } {
  const slides: Measured[][] = [[]];
  const problems = blocks.flatMap((block) => block.problems);
  const queue = [...blocks];
  let used = 0;
  let block = queue.shift();
  while (block) {
    const slide = slides.at(-1)!;
    if (slides.length > mostSlides) {
      problems.push(tooManySlides("a page without end", mostSlides, block.at));
      break;
    }
    const above = slide.at(-1);
    const gap = above ? gapBetween(above, block) : 0;
    const room = height - used - gap;
    const parts = block.minimum <= room + hair && !block.mustSplit ? undefined : block.split?.(room + hair);
    const mayMove = slide.length > 0 && (block.split !== undefined || slides.length > 1);
    if (parts) {
      slide.push(parts[0]);
      slides.push([]);
      used = 0;
      queue.unshift(parts[1]);
    } else if (block.minimum <= room + hair && !block.mustSplit) {
      slide.push(block);
      used += gap + block.minimum;
    } else if (mayMove) {
      slides.push([]);
      used = 0;
      continue;
    } else {
      problems.push(blockDoesNotFit(spoken[block.type], block.minimum, room, size, block.at));
    }
    block = queue.shift();
  }
  return { slides: slides.filter((slide, i) => slide.length > 0 || i === 0), problems };
}
