import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { openShelf, type Shelf } from "../../src/cli/shelf.ts";

const folders: string[] = [];
const folder = (): string => {
  folders.push(mkdtempSync(join(tmpdir(), "sourcedeck-shelf-")));
  return join(folders.at(-1)!, "things");
};
afterEach(() => {
  for (const one of folders.splice(0)) rmSync(one, { recursive: true, force: true });
});

const block = 4096;
const open = (where: string, capacity = 512 * block): Shelf =>
  openShelf(where, { ending: "thing", secret: Buffer.alloc(32, 1), capacity });
const key = (number: number): string => createHash("sha256").update(String(number)).digest("hex");
const thing = Buffer.from("a thing");

describe("a shelf", () => {
  it("keeps to its room, or little more, whether one process puts everything there or each thing another", () => {
    for (const isAlone of [true, false]) {
      const where = folder();
      const alone = open(where);
      let [most, last] = [0, 0];
      for (let number = 0; number < 2_500; number++) {
        (isAlone ? alone : open(where)).put(key(number), thing);
        if (number % 50 === 0) most = Math.max(most, readdirSync(where).length);
        last = number;
      }
      expect(most).toBeGreaterThan(300);
      expect(most).toBeLessThanOrEqual(isAlone ? 512 : 768);
      expect(open(where).get(key(last))).toEqual(thing);
    }
  });

  it("removes what was not used for longest, and nothing that is not its own", () => {
    const where = folder();
    const shelf = open(where, 8 * block);
    for (let number = 0; number < 6; number++) shelf.put(key(number), thing);
    const others = ["notes.txt", `${key(1)}.chart`].map((name) => join(where, name));
    const yesterday = new Date(Date.now() - 86_400_000);
    for (const file of others) writeFileSync(file, "another's");
    for (const name of readdirSync(where)) utimesSync(join(where, name), yesterday, yesterday);
    expect(shelf.get(key(2))).toEqual(thing);
    for (let number = 10; number < 13; number++) shelf.put(key(number), thing);
    expect([key(2), key(10), key(11), key(12)].map((one) => shelf.get(one))).toEqual(Array(4).fill(thing));
    expect(readdirSync(where).length).toBeLessThan(11);
    for (const file of others) expect(statSync(file).size).toBe(9);
  });

  it("passes over folders with the names of its files", () => {
    const where = folder();
    const shelf = open(where, 8 * block);
    shelf.put(key(0), thing);
    const stray = join(where, `${key(99)}.thing`);
    mkdirSync(stray);
    utimesSync(stray, new Date(0), new Date(0));
    for (let number = 1; number < 60; number++) shelf.put(key(number), thing);
    expect(readdirSync(where).length).toBeLessThanOrEqual(9);
    expect(statSync(stray).isDirectory()).toBe(true);
    expect(shelf.get(key(59))).toEqual(thing);
  });

  it("tells whether nothing lies there from whether there is none", () => {
    const where = folder();
    expect(open(where).isEmpty()).toBeUndefined();
    open(where).begin();
    expect(open(where).isEmpty()).toBe(true);
    writeFileSync(join(where, "notes.txt"), "another's");
    expect(open(where).isEmpty()).toBe(true);
    open(where).put(key(1), thing);
    expect(open(where).isEmpty()).toBe(false);
  });
});
