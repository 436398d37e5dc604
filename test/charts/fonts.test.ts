import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { prepareFonts } from "../../src/charts/fonts.ts";
import { codePoints } from "../../src/charts/glyphs.ts";

const cache = mkdtempSync(join(tmpdir(), "fonts-"));
afterAll(() => rmSync(cache, { recursive: true }));

const unpacked = () => {
  const [folder = ""] = readdirSync(cache);
  return join(cache, folder, "ttf");
};

describe("the shipped fonts", () => {
  it("are unpacked as far as the texts need them", async () => {
    expect(await prepareFonts(["Revenue ≥ 中国\n"], cache)).toEqual([]);
    const files = readdirSync(unpacked());
    expect(files).toContain("arimo-latin-700-normal.ttf");
    expect(files.length).toBeLessThan(16);
  });

  it("know which characters they can draw", () => {
    const latin = codePoints(readFileSync(join(unpacked(), "arimo-latin-400-normal.ttf")));
    const has = (character: string) => latin.has(character.codePointAt(0)!);
    expect(["A", "é", "€", "–"].every(has)).toBe(true);
    expect(["中", "ഏ", "\u{1f600}"].some(has)).toBe(false);
  });

  it("are not unpacked a second time", async () => {
    const before = readdirSync(unpacked());
    expect(await prepareFonts(["中国"], cache)).toEqual([]);
    expect(readdirSync(unpacked())).toEqual(before);
  });

  it("cannot be joined by others once a text was drawn, and say so", async () => {
    const [problem] = await prepareFonts(["龘"], cache);
    expect(problem?.code).toBe("fonts-too-late");
  });
});
