import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Memory } from "../../../src/memory.ts";
import type { DrawnLogo } from "../../../src/writers/logo/draw.ts";
import { recall } from "../../../src/writers/package/kept.ts";
import { complete, keepFrom, settle } from "../../../src/writers/package/settle.ts";
import { writePptx } from "../../../src/writers/pptx.ts";
import type { Placed, PlacedDeck, PlacedSlide } from "../../../src/writers/slides/placed.ts";
import { deck, paragraph, pictures, png, run, sample, slide, text, theme, title } from "./decks.ts";
import { write } from "./write.ts";

function emptyMemory(): Memory & { readonly kept: ReadonlyMap<string, Uint8Array> } {
  const kept = new Map<string, Uint8Array>();
  return { kept, get: (key) => kept.get(key), put: (key, bytes) => kept.set(key, Uint8Array.from(bytes)) };
}

/** The finished file, made with a memory, and the indexes of the slides that were not written for it. */
async function writeWith(
  memory: Memory,
  placed: PlacedDeck,
  logo?: DrawnLogo,
): Promise<{ readonly bytes: Uint8Array; readonly slides: readonly number[]; readonly hasBrand: boolean }> {
  const recalled = recall(placed, memory, logo);
  const raw = await writePptx(placed, recalled.kept.slides);
  const settled = settle(raw.value as Uint8Array, placed, recalled, logo);
  if (!settled.value) throw new Error(JSON.stringify(settled.problems));
  const { value } = settled;
  recalled.keepParts(keepFrom(value));
  const finished = complete(value, placed, pictures);
  if (!finished.value) throw new Error(JSON.stringify(finished.problems));
  recalled.keepTexts();
  const { slides, brand } = recalled.kept;
  return { bytes: finished.value.bytes, slides: [...slides.keys()], hasBrand: brand !== undefined };
}

const chart = (name: string): Placed => ({
  kind: "picture",
  name: `Chart ${name}`,
  box: { x: 7, y: 4, w: 3, h: 1 },
  chart: "capex 3×1",
  alt: name,
  figures: [],
});
const [redLogo, wideLogo]: readonly DrawnLogo[] = [
  { png: png(42), width: 600, height: 200 },
  { png: png(42), width: 900, height: 200 },
];
const speaker = [[run("Say this.")]];

/** Slides of every kind: with and without notes, pictures, links and tables. */
const pool: readonly PlacedSlide[] = [
  ...sample(4).slides,
  slide([title("Two pictures"), chart("one"), chart("two")]),
  slide([title("A picture"), chart("one")], { notes: speaker, section: "Another" }),
  slide([title("A link"), text("Text", [paragraph([run("here", { link: "https://example.com/" })])])]),
  slide([title("Words"), text("Text", [paragraph(["no more"])])], { notes: speaker, number: 7 }),
];
const slides = fc.array(fc.nat(pool.length - 1), { minLength: 1, maxLength: 6 });
const decks = fc
  .record({
    slides,
    language: fc.constantFrom("en" as const, "zh" as const),
    since: fc.constantFrom(undefined, "2025-06-08"),
    dark: fc.boolean(),
    logo: fc.constantFrom(undefined, redLogo, wideLogo),
  })
  .map(({ slides: chosen, language, since, dark, logo }) => ({
    logo,
    placed: deck(
      chosen.map((index) => pool[index] as PlacedSlide),
      language,
      {
        ...(since && { since }),
        theme: dark ? { ...theme, colours: { ...theme.colours, ink: "#101010", cn: "#AA0000" } } : theme,
      },
    ),
  }));

describe("a deck with slides of others", () => {
  test("is the very file that it is without, whatever the others were", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(decks, { minLength: 2, maxLength: 4 }), async (all) => {
        const memory = emptyMemory();
        for (const { placed, logo } of all) {
          const { bytes } = await writeWith(memory, placed, logo);
          expect(Buffer.compare(bytes, await write(placed, pictures, logo))).toBe(0);
        }
      }),
      { numRuns: 25 },
    );
  });

  test("has only those slides written that changed, or one where none did", async () => {
    const memory = emptyMemory();
    const before = sample(6);
    expect((await writeWith(memory, before)).slides).toEqual([]);
    expect((await writeWith(memory, before)).slides).toEqual([1, 2, 3, 4, 5]);
    const changed = before.slides.with(3, slide([title("Another")], { number: 4 }));
    expect((await writeWith(memory, { ...before, slides: changed })).slides).toEqual([0, 1, 2, 4, 5]);
    // A slide has its number in its name, and its notes have it on their page.
    const moved = [...before.slides.slice(0, 3), slide([title("New")]), ...before.slides.slice(3)];
    expect((await writeWith(memory, { ...before, slides: moved })).slides).toEqual([0, 1, 2]);
  });

  test("knows a slide by all that shows of it, and not by the line of the template it is from", async () => {
    const memory = emptyMemory();
    const before = deck([slide([title("First")]), slide([title("One")], { notes: speaker })]);
    await writeWith(memory, before);
    const [first, second] = before.slides as [PlacedSlide, PlacedSlide];
    const isKnown = async (other: PlacedSlide, more: Partial<PlacedDeck> = {}): Promise<boolean> =>
      (await writeWith(memory, { ...before, slides: [first, other], ...more })).slides.includes(1);
    expect(await isKnown({ ...second, at: { file: "other.md.hbs", line: 9 } })).toBe(true);
    expect(await isKnown(second, { title: "Another title", date: "2026-01-01" })).toBe(true);
    expect(await isKnown({ ...second, notes: [[run("Say that.")]] })).toBe(false);
    expect(await isKnown({ ...second, master: "section" })).toBe(false);
    expect(await isKnown(second, { language: "zh" })).toBe(false);
    expect(
      await isKnown(second, { theme: { ...theme, colours: { ...theme.colours, ink: "#111111" } } }),
    ).toBe(false);
  });

  test("knows master, layouts and themes by brand, language and logo, whatever the slides are", async () => {
    const memory = emptyMemory();
    const before = sample(2);
    const knows = async (placed: PlacedDeck, logo?: DrawnLogo): Promise<boolean> =>
      (await writeWith(memory, placed, logo)).hasBrand;
    expect(await knows(before)).toBe(false);
    expect(await knows({ ...before, title: "Another", date: "2026-01-01", slides: pool })).toBe(true);
    expect(await knows({ ...before, language: "zh" })).toBe(false);
    expect(await knows({ ...before, theme: { ...theme, footer: { en: "Ours", zh: "Ours" } } })).toBe(false);
    expect(await knows(before, redLogo)).toBe(false);
    expect(await knows(before, wideLogo)).toBe(false);
    expect(await knows(before, redLogo)).toBe(true);
  });
});
