/** Settles a raw deck: everything PptxGenJS gets wrong is mended, everything that the deck knows is put in. */
import type { Outcome } from "../../problem.ts";
import type { DrawnLogo } from "../logo/draw.ts";
import type { PlacedDeck } from "../slides/placed.ts";
import { layMasters } from "./masters.ts";
import { placePictures } from "./media.ts";
import { notAPackage, notThisDeck, pictureNotDrawn } from "./messages.ts";
import { giveNotesTheme, writeNotes } from "./notes.ts";
import {
  type Package,
  type PackedTrees,
  packTrees,
  prune,
  readPackage,
  treeOf,
  type WrittenPackage,
  writePackage,
} from "./package.ts";
import { mendPresentation, writeProperties } from "./presentation.ts";
import { mendSlide, shapesOf } from "./slide.ts";
import { themeXml } from "./theme.ts";

interface Repair {
  readonly what: string;
  readonly why: string;
  readonly mend: (parts: Package, deck: PlacedDeck, logo: DrawnLogo | undefined) => void;
}

/** In this order; `writePackage` then sees to directories, dates and content types. */
const repairs: readonly Repair[] = [
  {
    what: "theme",
    why: "the engine keeps Office's colours, and sets no East Asian font",
    mend: (parts, { theme }) =>
      parts.set("ppt/theme/theme1.xml", { content: themeXml(theme), relationships: [] }),
  },
  {
    what: "master and layouts",
    why: "the engine's master is empty, so that a slide added in PowerPoint has no title and none of the type",
    mend: layMasters,
  },
  {
    what: "slides",
    why: "each row of the slide's own table has its reason",
    mend: (parts, deck) => {
      for (const [index, path] of slidePaths(deck).entries()) {
        const slide = deck.slides[index];
        if (slide) mendSlide(treeOf(parts, path), slide, deck);
      }
    },
  },
  {
    what: "notes",
    why: "the engine would put all notes into one run with raw line ends, so they are kept from it",
    mend: writeNotes,
  },
  {
    what: "theme of the notes master",
    why: "two masters that share a theme make PowerPoint offer a repair",
    mend: giveNotesTheme,
  },
  {
    what: "presentation",
    why: "the list of notes masters is out of order, notes lie on their side, sections have random ids in lower case",
    mend: mendPresentation,
  },
  {
    what: "properties",
    why: "the engine writes the clock's time and its own name as author and company",
    mend: writeProperties,
  },
];

/** The parts of a finished file, but for its pictures, and their trees as they will lie in it. */
export interface Settled {
  readonly parts: Package;
  readonly packed: PackedTrees;
}

/**
 * Everything of the finished file for a raw one of `writePptx` that does not hang on its pictures, which may still be drawn.
 * `bytes` of another deck are refused.
 * @param logo that of the deck's theme
 */
export function settle(bytes: Uint8Array, deck: PlacedDeck, logo?: DrawnLogo): Outcome<Settled> {
  const read = readPackage(bytes);
  if (read === undefined) return { value: undefined, problems: [notAPackage()] };
  const found = inventory(read.parts);
  const expected = deck.slides.map(({ boxes }) => boxes.length).join(", ");
  if (found !== expected) return { value: undefined, problems: [notThisDeck(found, expected)] };
  for (const { mend } of repairs) mend(read.parts, deck, logo);
  prune(read.parts);
  return { value: { parts: read.parts, packed: packTrees(read.parts) }, problems: [] };
}

/**
 * The finished file for settled parts, which it goes on with: the same bytes for the same deck and pictures. The engine
 * was given no pictures, as it would take each through base64 and store it once for each time it is shown. What nobody
 * refers to, such as its stand-ins, is left out. A deck of which a picture was not drawn is refused.
 * @param pictures PNG by `Picture.chart`
 */
export function complete(
  { parts, packed }: Settled,
  deck: PlacedDeck,
  pictures: ReadonlyMap<string, Uint8Array>,
): Outcome<WrittenPackage> {
  const missing = deck.slides.flatMap(({ boxes, at }) =>
    boxes.flatMap((box) =>
      box.kind === "picture" && !pictures.has(box.chart) ? [pictureNotDrawn(box.chart, at)] : [],
    ),
  );
  if (missing.length > 0) return { value: undefined, problems: missing };
  placePictures(parts, deck, pictures);
  prune(parts);
  return { value: writePackage(parts, packed), problems: [] };
}

function slidePaths({ slides }: PlacedDeck): string[] {
  return slides.map((_, index) => `ppt/slides/slide${index + 1}.xml`);
}

/** How many shapes each slide has, e.g. "3, 12, 7"; a malformed slide has none. */
function inventory(parts: Package): string {
  const counts: number[] = [];
  for (let number = 1; parts.has(`ppt/slides/slide${number}.xml`); number++) {
    const content = parts.get(`ppt/slides/slide${number}.xml`)?.content;
    counts.push(content === undefined || content instanceof Uint8Array ? 0 : shapesOf(content).length);
  }
  return counts.join(", ");
}
