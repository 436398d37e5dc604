/** Settles a raw deck: everything PptxGenJS gets wrong is mended, everything that the deck knows is put in. */
import type { Outcome } from "../../problem.ts";
import type { DrawnLogo } from "../logo/draw.ts";
import type { PlacedDeck } from "../slides/placed.ts";
import {
  isOfBrand,
  type Keep,
  type KeptParts,
  keepBrand,
  keepSlide,
  nothingKept,
  putIn,
  type Recalled,
} from "./kept.ts";
import { joinMasters, layMasters } from "./masters.ts";
import { picturesOn, placePictures } from "./media.ts";
import { notAPackage, notThisDeck, pictureNotDrawn } from "./messages.ts";
import { giveNotesTheme, writeNotes } from "./notes.ts";
import {
  type Package,
  type PackedParts,
  type PackText,
  packTrees,
  prune,
  readPackage,
  treeOf,
  type WrittenPackage,
  writePackage,
} from "./package.ts";
import { listSlides, mendPresentation, writeProperties } from "./presentation.ts";
import { mendSlide, shapesOf } from "./slide.ts";
import { themeXml } from "./theme.ts";
import { descendant, descendants, elements, type Xml } from "./xml.ts";

/** What repairs need besides the deck. */
interface Supplies {
  readonly logo: DrawnLogo | undefined;
  readonly kept: KeptParts;
}

interface Repair {
  readonly what: string;
  readonly why: string;
  readonly mend: (parts: Package, deck: PlacedDeck, supplies: Supplies) => void;
}

/** In this order; `writePackage` then sees to directories, dates and content types. */
const repairs: readonly Repair[] = [
  {
    what: "list of slides",
    why: "the engine knows only the slides that it wrote",
    mend: listSlides,
  },
  {
    what: "theme",
    why: "the engine keeps Office's colours, and sets no East Asian font",
    mend: (parts, { theme }, { kept }) => {
      if (!kept.brand) parts.set("ppt/theme/theme1.xml", { content: themeXml(theme), relationships: [] });
    },
  },
  {
    what: "master and layouts",
    why: "the engine's master is empty, so that a slide added in PowerPoint has no title and none of the type",
    mend: (parts, deck, { logo, kept }) => {
      if (!kept.brand) layMasters(parts, deck, logo);
      joinMasters(parts, deck, logo);
    },
  },
  {
    what: "slides",
    why: "each row of the slide's own table has its reason",
    mend: (parts, deck, { kept }) => {
      for (const [index, path] of slidePaths(deck).entries()) {
        const slide = deck.slides[index];
        if (slide && !kept.slides.has(index)) mendSlide(treeOf(parts, path), slide, deck);
      }
    },
  },
  {
    what: "notes",
    why: "the engine would put all notes into one run with raw line ends, so they are kept from it",
    mend: (parts, deck, { kept }) => writeNotes(parts, deck, kept.slides),
  },
  {
    what: "theme of the notes master",
    why: "two masters that share a theme make PowerPoint offer a repair",
    mend: (parts, deck, { kept }) => {
      if (!kept.brand) giveNotesTheme(parts, deck);
    },
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

/** The parts of a finished file, but for its pictures, and what they hold as it will lie in it. */
export interface Settled {
  readonly parts: Package;
  readonly packed: PackedParts;
  /** For each slide the ids by which it refers to its pictures, in the order of their boxes. */
  readonly pictureIds: readonly (readonly string[])[];
  readonly packText: PackText;
}

/**
 * Everything of the finished file for a raw one of `writePptx` that does not hang on its pictures, which may still be drawn.
 * `bytes` of another deck are refused.
 * @param recalled slides that are not in the raw deck, a brand, and texts that need not be compressed again
 * @param logo that of the deck's theme
 */
export function settle(
  bytes: Uint8Array,
  deck: PlacedDeck,
  { kept, packText }: Pick<Recalled, "kept" | "packText"> = nothingKept,
  logo?: DrawnLogo,
): Outcome<Settled> {
  const read = readPackage(bytes, (path) => !(kept.brand ? isOfBrand(path) : isReplaced(path)));
  if (read === undefined) return { value: undefined, problems: [notAPackage()] };
  const { parts } = read;
  const found = inventory(parts);
  const written = [...deck.slides.keys()].filter((index) => !kept.slides.has(index));
  const expected = written.map((index) => deck.slides[index]?.boxes.length).join(", ");
  if (found !== expected) return { value: undefined, problems: [notThisDeck(found, expected)] };
  spread(parts, written);
  const old = putIn(parts, kept);
  for (const { mend } of repairs) mend(parts, deck, { logo, kept });
  const pictureIds = slidePaths(deck).map(
    (path, index) => kept.slides.get(index)?.pictures ?? picturesOn(treeOf(parts, path), deck.slides[index]),
  );
  prune(parts);
  return {
    value: { parts, packed: new Map([...old, ...packTrees(parts, packText)]), pictureIds, packText },
    problems: [],
  };
}

/**
 * The finished file for settled parts, which it goes on with: the same bytes for the same deck and pictures. The engine
 * was given no pictures, as it would take each through base64 and store it once for each time it is shown. What nobody
 * refers to, such as its stand-ins, is left out. A deck of which a picture was not drawn is refused.
 * @param pictures PNG by `Picture.chart`
 */
export function complete(
  { parts, packed, pictureIds, packText }: Settled,
  deck: PlacedDeck,
  pictures: ReadonlyMap<string, Uint8Array>,
): Outcome<WrittenPackage> {
  const missing = deck.slides.flatMap(({ boxes, at }) =>
    boxes.flatMap((box) =>
      box.kind === "picture" && !pictures.has(box.chart) ? [pictureNotDrawn(box.chart, at)] : [],
    ),
  );
  if (missing.length > 0) return { value: undefined, problems: missing };
  placePictures(parts, deck, pictureIds, pictures);
  prune(parts);
  return { value: writePackage(parts, packed, packText), problems: [] };
}

/** Texts of the parts that were made for this deck, by path. */
export function textsOf({ parts, packed }: Settled): Map<string, string> {
  return new Map(
    [...parts].flatMap(([path, { content }]) => {
      const text = packed.get(content)?.text;
      return text === undefined ? [] : [[path, text] as const];
    }),
  );
}

/** What can be put into the next deck: the slide at an index of this one, or its brand. */
export function keepFrom({ parts, packed, pictureIds }: Settled): Keep {
  return {
    slide: (index) => keepSlide(parts, packed, index, pictureIds[index] ?? []),
    brand: () => keepBrand(parts, packed),
  };
}

/** What the engine writes and we write anew, without a look at it. */
function isReplaced(path: string): boolean {
  return isOfBrand(path) && !path.startsWith("ppt/notesMasters/");
}

function slidePaths({ slides }: PlacedDeck): string[] {
  return slides.map((_, index) => `ppt/slides/slide${index + 1}.xml`);
}

/** Gives the slides that the engine wrote, and numbered from 1, the places that they have in the deck. */
function spread(parts: Package, written: readonly number[]): void {
  // From the last one on, so that no place is taken.
  for (const [from, to] of [...written.entries()].reverse()) {
    if (from === to) continue;
    const [slide, notes] = ["slides/slide", "notesSlides/notesSlide"].map((name) => ({
      old: `ppt/${name}${from + 1}.xml`,
      place: `ppt/${name}${to + 1}.xml`,
    })) as [Move, Move];
    for (const { old, place } of [slide, notes]) {
      const part = parts.get(old);
      if (!part) continue;
      parts.delete(old);
      const relationships = part.relationships.map((relation) => {
        const moved = [slide, notes].find((move) => move.old === relation.target);
        return moved ? { ...relation, target: moved.place } : relation;
      });
      parts.set(place, { ...part, relationships });
      renumberPart(treeOf(parts, place), to + 1);
    }
  }
}

/** A slide has its number in its name, and its notes have it in a field. */
function renumberPart(tree: Xml, number: number): void {
  const name = descendant(tree, "p:cSld")?.attributes;
  if (name?.has("name")) name.set("name", `Slide ${number}`);
  for (const field of descendants(tree, "a:fld"))
    for (const text of elements(field, "a:t")) text.children = [String(number)];
}

interface Move {
  readonly old: string;
  readonly place: string;
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
