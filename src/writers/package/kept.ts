/**
 * What need not be written again. Nothing of a slide and its notes hangs on the rest of the deck, but for the names of its
 * pictures; nothing of master, layouts and themes hangs on the slides. So both are kept as they lie in the file, by keys
 * that say all that they are made of. Of the rest the texts are made anew, and only their compression is kept.
 */
import { createHash } from "node:crypto";
import { inflateRawSync } from "node:zlib";
import { keyOf, type Memory } from "../../memory.ts";
import type { DrawnLogo } from "../logo/draw.ts";
import type { Branding, PlacedDeck, PlacedSlide } from "../slides/placed.ts";
import { type Package, type PackedParts, type PackText, packText, type Relationship } from "./package.ts";
import type { Entry } from "./zip.ts";

interface KeptPart {
  readonly path: string;
  readonly relationships: readonly Relationship[];
  readonly entry: Entry;
}

export interface KeptSlide {
  /** The slide, and its notes if there are any. */
  readonly parts: readonly KeptPart[];
  /** The ids by which the slide refers to its pictures, in the order of their boxes. */
  readonly pictures: readonly string[];
}

/** By the slides' indexes; a slide that is not kept is made. */
export type KeptSlides = ReadonlyMap<number, KeptSlide>;

export interface KeptParts {
  readonly slides: KeptSlides;
  /** Master, layouts and themes, that of the notes among them; absent when they are to be made. */
  readonly brand?: readonly KeptPart[] | undefined;
}

/** What other decks have left for one, and what it leaves. */
export interface Recalled {
  readonly kept: KeptParts;
  readonly packText: PackText;
  /** To be called when nothing is wrong with the deck's parts: nobody looks at these again. */
  readonly keepParts: (from: Keep) => void;
  /** To be called when the file is finished, and every text packed. */
  readonly keepTexts: () => void;
}

/** What can be kept of a deck. */
export interface Keep {
  readonly slide: (index: number) => KeptSlide;
  readonly brand: () => readonly KeptPart[];
}

/** Nothing of other decks. */
export const nothingKept: Recalled = {
  kept: { slides: new Map() },
  packText,
  keepParts: () => {},
  keepTexts: () => {},
};

/**
 * Without a memory nothing is recalled. One slide at least is always written: without any there is no deck to settle.
 * @param logo that of the deck's theme
 */
export function recall(deck: PlacedDeck, memory: Memory | undefined, logo?: DrawnLogo): Recalled {
  if (!memory) return nothingKept;
  const ofBrand = brandKey(deck, logo);
  const brand = fromBytes(memory.get(ofBrand))?.parts;
  const keys = slideKeys(deck);
  const slides = new Map(
    keys.flatMap((key, index) => {
      const slide = fromBytes(memory.get(key));
      return slide ? [[index, slide] as const] : [];
    }),
  );
  if (slides.size === keys.length) slides.delete(0);
  const ofTexts = textsKey(deck);
  const texts = textsFrom(memory.get(ofTexts));
  return {
    kept: { slides, brand },
    packText: texts.packText,
    keepParts(from) {
      if (!brand) memory.put(ofBrand, toBytes({ parts: from.brand(), pictures: [] }));
      for (const [index, key] of keys.entries())
        if (!slides.has(index)) memory.put(key, toBytes(from.slide(index)));
    },
    keepTexts() {
      const packed = texts.toBytes();
      if (packed) memory.put(ofTexts, packed);
    },
  };
}

/** The master, the layouts and the themes. */
export function isOfBrand(path: string): boolean {
  return /^ppt\/(?:theme|slideMasters|slideLayouts|notesMasters)\//.test(path);
}

/** The key that says all that the parts of the brand are made of. */
function brandKey({ theme, language }: Branding, logo: DrawnLogo | undefined): string {
  return keyOf(
    "brand",
    theme,
    language,
    logo && { ...logo, png: createHash("sha256").update(logo.png).digest("hex") },
  );
}

/** For each slide the key that says all that its parts are made of. */
function slideKeys({ slides, theme, language }: PlacedDeck): string[] {
  const brand = keyOf("branding", theme, language);
  // Where a slide comes from shows in none of its parts.
  return slides.map(({ at: _, ...slide }: PlacedSlide, index) => keyOf("slide", brand, index, slide));
}

/** What is to be kept of the slide at an index of a package, whether or not it has notes. */
export function keepSlide(
  parts: Package,
  packed: PackedParts,
  index: number,
  pictures: readonly string[],
): KeptSlide {
  const paths = [`ppt/slides/slide${index + 1}.xml`, `ppt/notesSlides/notesSlide${index + 1}.xml`];
  return { parts: paths.flatMap((path) => keepPart(parts, packed, path)), pictures };
}

/** What is to be kept of a package besides its slides. */
export function keepBrand(parts: Package, packed: PackedParts): readonly KeptPart[] {
  return [...parts.keys()].filter(isOfBrand).flatMap((path) => keepPart(parts, packed, path));
}

function keepPart(parts: Package, packed: PackedParts, path: string): KeptPart[] {
  const part = parts.get(path);
  const entry = part && packed.get(part.content)?.entry;
  return entry ? [{ path, relationships: part.relationships, entry }] : [];
}

/** Puts what is kept into a package. @returns what is packed already */
export function putIn(parts: Package, { slides, brand = [] }: KeptParts): PackedParts {
  const packed = new Map<Uint8Array, { readonly entry: Entry }>();
  for (const { path, relationships, entry } of [
    ...brand,
    ...[...slides.values()].flatMap((one) => one.parts),
  ]) {
    const content = inflateRawSync(entry.data);
    parts.set(path, { content, relationships });
    packed.set(content, { entry });
  }
  return packed;
}

function toBytes({ parts, pictures }: KeptSlide): Uint8Array {
  const about = parts.map(({ path, relationships }) => ({ path, relationships }));
  return entriesToBytes(
    { pictures, about },
    parts.map(({ entry }) => entry),
  );
}

/** What `toBytes` made these bytes of. */
function fromBytes(bytes: Uint8Array | undefined): KeptSlide | undefined {
  if (!bytes) return undefined;
  const { about, entries } = bytesToEntries<{
    readonly pictures: readonly string[];
    readonly about: readonly Omit<KeptPart, "entry">[];
  }>(bytes);
  return {
    pictures: about.pictures,
    parts: about.about.flatMap((part, index) => {
      const entry = entries[index];
      return entry ? [{ ...part, entry }] : [];
    }),
  };
}

/** Texts besides those of slides and brand, such as relationships, which are the same in most decks. */
interface KeptTexts {
  readonly packText: PackText;
  /** All that were asked for, to be kept for the next deck; nothing when they are just those that were known. */
  readonly toBytes: () => Uint8Array | undefined;
}

/** The key by which the texts besides the slides are kept: that of decks that are much like this one. */
function textsKey({ title, language, theme }: PlacedDeck): string {
  return keyOf("texts", title, language, theme);
}

/** @param bytes what was kept of another deck */
function textsFrom(bytes: Uint8Array | undefined): KeptTexts {
  const known = bytes && bytesToEntries<{ readonly texts: readonly string[] }>(bytes);
  const entries = new Map(known?.about.texts.map((text, index) => [text, known.entries[index]]));
  const asked = new Map<string, Entry>();
  return {
    packText(path, text) {
      if (ofSlides.test(path) || isOfBrand(path)) return packText(path, text);
      const entry = asked.get(text) ?? entries.get(text) ?? packText(path, text);
      asked.set(text, entry);
      return entry;
    },
    toBytes() {
      const isKnown = asked.size === entries.size && [...asked.keys()].every((text) => entries.has(text));
      return isKnown ? undefined : entriesToBytes({ texts: [...asked.keys()] }, [...asked.values()]);
    },
  };
}

const ofSlides = /^ppt\/(?:slides|notesSlides)\/[^/]+$/;

/** What stands before compressed files, on a line of its own. */
interface Head<About> {
  readonly about: About;
  /** Bytes before and after compression. */
  readonly files: readonly { readonly crc: number; readonly size: number; readonly length: number }[];
}

function entriesToBytes(about: object, entries: readonly Entry[]): Uint8Array {
  const files = entries.map(({ data: { length }, crc, size }) => ({ crc, size, length }));
  const head: Head<object> = { about, files };
  return Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), ...entries.map(({ data }) => data)]);
}

function bytesToEntries<About>(bytes: Uint8Array): { about: About; entries: Entry[] } {
  const end = bytes.indexOf(10);
  const head = JSON.parse(Buffer.from(bytes.subarray(0, end)).toString("utf8")) as Head<About>;
  let at = end + 1;
  const entries = head.files.map(({ crc, size, length }): Entry => {
    const data = bytes.subarray(at, at + length);
    at += length;
    return { data, method: 8, crc, size };
  });
  return { about: head.about, entries };
}
