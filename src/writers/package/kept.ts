/**
 * What need not be written again. Nothing of a slide and its notes hangs on the rest of the deck, but for the names of its
 * pictures; so both are kept as they lie in the file, by a key that says all that they are made of. Of the rest the texts
 * are made anew, and only their compression is kept.
 */
import { createHash } from "node:crypto";
import { inflateRawSync } from "node:zlib";
import { keyOf, type Memory } from "../../memory.ts";
import type { PlacedDeck, PlacedSlide } from "../slides/placed.ts";
import { type Package, type PackedParts, type PackText, packText, type Relationship } from "./package.ts";
import type { Entry } from "./zip.ts";

export interface KeptSlide {
  /** The slide, and its notes if there are any. */
  readonly parts: readonly KeptPart[];
  /** The ids by which the slide refers to its pictures, in the order of their boxes. */
  readonly pictures: readonly string[];
}

interface KeptPart {
  readonly path: string;
  readonly relationships: readonly Relationship[];
  readonly entry: Entry;
}

/** By the slides' indexes; a slide that is not kept is made. */
export type KeptSlides = ReadonlyMap<number, KeptSlide>;

/** What other decks have left for one, and what it leaves. */
export interface Recalled {
  readonly slides: KeptSlides;
  readonly packText: PackText;
  /** To be called when nothing is wrong with the deck's parts: nobody looks at these slides again. */
  readonly keepSlides: (slideAt: (index: number) => KeptSlide) => void;
  /** To be called when the file is finished, and every text packed. */
  readonly keepTexts: () => void;
}

/** Without a memory nothing is recalled. One slide at least is always written: without any there is no deck to settle. */
export function recall(deck: PlacedDeck, memory: Memory | undefined): Recalled {
  if (!memory) return { slides: new Map(), packText, keepSlides: () => {}, keepTexts: () => {} };
  const keys = slideKeys(deck);
  const slides = new Map(
    keys.flatMap((key, index) => {
      const bytes = index === 0 ? undefined : memory.get(key);
      return bytes ? [[index, fromBytes(bytes)] as const] : [];
    }),
  );
  const ofTexts = textsKey(deck);
  const texts = textsFrom(memory.get(ofTexts));
  return {
    slides,
    packText: texts.packText,
    keepSlides(slideAt) {
      for (const [index, key] of keys.entries())
        if (index > 0 && !slides.has(index)) memory.put(key, toBytes(slideAt(index)));
    },
    keepTexts() {
      const packed = texts.toBytes();
      if (packed) memory.put(ofTexts, packed);
    },
  };
}

/** Parts of the slide at an index, whether or not it has notes. */
const pathsOf = (index: number): readonly string[] => [
  `ppt/slides/slide${index + 1}.xml`,
  `ppt/notesSlides/notesSlide${index + 1}.xml`,
];

/** For each slide the key that says all that its parts are made of. */
function slideKeys({ slides, theme, language }: PlacedDeck): string[] {
  const brand = keyOf("brand", theme, language);
  // Where a slide comes from shows in none of its parts.
  return slides.map(({ at: _, ...slide }: PlacedSlide, index) => keyOf("slide", brand, index, slide));
}

/** What is to be kept of the slide at an index of a package. */
export function keep(
  parts: Package,
  packed: PackedParts,
  index: number,
  pictures: readonly string[],
): KeptSlide {
  const kept = pathsOf(index).flatMap((path): KeptPart[] => {
    const part = parts.get(path);
    const entry = part && packed.get(part.content)?.entry;
    return entry ? [{ path, relationships: part.relationships, entry }] : [];
  });
  return { parts: kept, pictures };
}

/** Puts kept slides into a package. @returns what is packed already */
export function putIn(parts: Package, kept: KeptSlides): PackedParts {
  const packed = new Map<Uint8Array, { readonly entry: Entry }>();
  for (const slide of kept.values()) {
    for (const { path, relationships, entry } of slide.parts) {
      const content = inflateRawSync(entry.data);
      parts.set(path, { content, relationships });
      packed.set(content, { entry });
    }
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

/** The slide that `toBytes` made these bytes of. */
function fromBytes(bytes: Uint8Array): KeptSlide {
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

/** Texts besides slides and notes, such as masters, layouts and relationships, which are the same in most decks. */
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
  const known = bytes && bytesToEntries<{ readonly sums: readonly string[] }>(bytes);
  const entries = new Map(known?.about.sums.map((sum, index) => [sum, known.entries[index]]));
  const asked = new Map<string, Entry>();
  return {
    packText(path, text) {
      if (ofSlides.test(path)) return packText(path, text);
      const sum = createHash("sha256").update(text).digest("hex");
      const entry = asked.get(sum) ?? entries.get(sum) ?? packText(path, text);
      asked.set(sum, entry);
      return entry;
    },
    toBytes() {
      const isKnown = asked.size === entries.size && [...asked.keys()].every((sum) => entries.has(sum));
      return isKnown ? undefined : entriesToBytes({ sums: [...asked.keys()] }, [...asked.values()]);
    },
  };
}

/** Besides those of the first one, which is always written. */
const ofSlides = /^ppt\/(?:slides|notesSlides)\/(?!(?:slide|notesSlide)1\.xml$)[^/]+$/;

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
