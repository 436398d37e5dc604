import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Memory } from "../../../src/memory.ts";
import { recall } from "../../../src/writers/package/kept.ts";
import { complete, keptSlide, settle } from "../../../src/writers/package/settle.ts";
import { writePptx } from "../../../src/writers/pptx.ts";
import type { Placed, PlacedDeck, PlacedSlide } from "../../../src/writers/slides/placed.ts";
import { deck, paragraph, pictures, run, sample, slide, text, theme, title } from "./decks.ts";
import { write } from "./write.ts";

function emptyMemory(): Memory & { readonly kept: ReadonlyMap<string, Uint8Array> } {
  const kept = new Map<string, Uint8Array>();
  return { kept, get: (key) => kept.get(key), put: (key, bytes) => kept.set(key, Uint8Array.from(bytes)) };
}

/** The finished file, made with a memory, and how many slides were not written for it. */
async function writeWith(
  memory: Memory,
  placed: PlacedDeck,
): Promise<{ readonly bytes: Uint8Array; readonly recalled: number }> {
  const recalled = recall(placed, memory);
  const raw = await writePptx(placed, recalled.slides);
  const settled = settle(raw.value as Uint8Array, placed, recalled);
  if (!settled.value) throw new Error(JSON.stringify(settled.problems));
  const { value } = settled;
  recalled.keepSlides((index) => keptSlide(value, index));
  const finished = complete(value, placed, pictures);
  if (!finished.value) throw new Error(JSON.stringify(finished.problems));
  recalled.keepTexts();
  return { bytes: finished.value.bytes, recalled: recalled.slides.size };
}

const chart = (name: string): Placed => ({
  kind: "picture",
  name: `Chart ${name}`,
  box: { x: 7, y: 4, w: 3, h: 1 },
  chart: "capex 3×1",
  alt: name,
  figures: [],
});
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
  })
  .map(({ slides: chosen, language, since, dark }) =>
    deck(
      chosen.map((index) => pool[index] as PlacedSlide),
      language,
      {
        ...(since && { since }),
        theme: dark ? { ...theme, colours: { ...theme.colours, ink: "#101010", cn: "#AA0000" } } : theme,
      },
    ),
  );

describe("a deck with slides of others", () => {
  test("is the very file that it is without, whatever the others were", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(decks, { minLength: 2, maxLength: 4 }), async (all) => {
        const memory = emptyMemory();
        for (const one of all) {
          const { bytes } = await writeWith(memory, one);
          expect(Buffer.compare(bytes, await write(one))).toBe(0);
        }
      }),
      { numRuns: 25 },
    );
  });

  test("has only those slides written that changed, and the first", async () => {
    const memory = emptyMemory();
    const before = sample(6);
    expect((await writeWith(memory, before)).recalled).toBe(0);
    expect((await writeWith(memory, before)).recalled).toBe(5);
    const changed = before.slides.with(3, slide([title("Another")], { number: 4 }));
    expect((await writeWith(memory, { ...before, slides: changed })).recalled).toBe(4);
    // A slide has its number in its name, and its notes have it on their page.
    const moved = [...before.slides.slice(0, 3), slide([title("New")]), ...before.slides.slice(3)];
    expect((await writeWith(memory, { ...before, slides: moved })).recalled).toBe(2);
  });

  test("knows a slide by all that shows of it, and not by the line of the template it is from", async () => {
    const memory = emptyMemory();
    const before = deck([slide([title("First")]), slide([title("One")], { notes: speaker })]);
    await writeWith(memory, before);
    const [first, second] = before.slides as [PlacedSlide, PlacedSlide];
    const recalledOf = async (other: PlacedSlide, more: Partial<PlacedDeck> = {}): Promise<number> =>
      (await writeWith(memory, { ...before, slides: [first, other], ...more })).recalled;
    expect(await recalledOf({ ...second, at: { file: "other.md.hbs", line: 9 } })).toBe(1);
    expect(await recalledOf(second, { title: "Another title", date: "2026-01-01" })).toBe(1);
    expect(await recalledOf({ ...second, notes: [[run("Say that.")]] })).toBe(0);
    expect(await recalledOf({ ...second, master: "section" })).toBe(0);
    expect(await recalledOf(second, { language: "zh" })).toBe(0);
    expect(
      await recalledOf(second, { theme: { ...theme, colours: { ...theme.colours, ink: "#111111" } } }),
    ).toBe(0);
  });
});
