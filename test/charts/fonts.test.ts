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
  it("are unpacked, all of them", async () => {
    expect(await prepareFonts(["Revenue ≥ 中国\n"], cache)).toEqual([]);
    const files = readdirSync(unpacked());
    expect(files).toContain("arimo-latin-700-normal.ttf");
    expect(files.length).toBeGreaterThan(100);
  });

  it("know which characters they can draw", () => {
    const latin = codePoints(readFileSync(join(unpacked(), "arimo-latin-400-normal.ttf")));
    const has = (character: string) => latin.has(character.codePointAt(0)!);
    expect(["A", "é", "€", "–"].every(has)).toBe(true);
    expect(["中", "ഏ", "\u{1f600}"].some(has)).toBe(false);
  });

  it("are not unpacked a second time: later texts find them there", async () => {
    const before = readdirSync(unpacked());
    expect(await prepareFonts(["龘 Straße"], cache)).toEqual([]);
    expect(readdirSync(unpacked())).toEqual(before);
  });

  it("tell characters that they lack, whenever asked", async () => {
    const [problem] = await prepareFonts(["ഏ"], cache);
    expect(problem).toMatchObject({ code: "missing-glyphs", found: "ഏ (U+0D0F)" });
    expect(await prepareFonts(["中"], cache)).toEqual([]);
  });
});
