import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { ChartPicture } from "../../src/charts/draw.ts";
import type { SizedChart } from "../../src/charts/spec.ts";
import { type ChartCache, openChartCache } from "../../src/cli/chart-cache.ts";

const chart = (title: string, more: Partial<SizedChart> = {}): SizedChart => ({
  key: "c@8x4",
  spec: { title },
  width: 576,
  height: 288,
  at: () => ({ file: "charts/c.vl.json" }),
  ...more,
});
const drawn = (text: string): ChartPicture => ({
  png: Uint8Array.from({ length: 2000 }, (_, index) => (index * text.length) % 251),
  width: 1152,
  height: 576,
  texts: [text, "图"],
});

const key = Buffer.alloc(32, 1);
const open = (where: string, versions: readonly string[], capacity?: number, secret = key): ChartCache =>
  openChartCache(where, { versions, secret, ...(capacity !== undefined && { capacity }) });

const folders: string[] = [];
const folder = (): string => {
  folders.push(mkdtempSync(join(tmpdir(), "sourcedeck-cache-")));
  return join(folders.at(-1)!, "charts");
};
const filesIn = (where: string): string[] => readdirSync(where).map((name) => join(where, name));

afterEach(() => {
  for (const one of folders.splice(0)) rmSync(one, { recursive: true, force: true });
});

describe("a chart that was kept", () => {
  it("comes back as it was, in another process as well", () => {
    const where = folder();
    open(where, ["1"]).put(chart("A"), drawn("A"));
    expect(open(where, ["1"]).get(chart("A"))).toEqual(drawn("A"));
  });

  it.each([
    ["another spec", chart("B"), ["1"]],
    ["another width", chart("A", { width: 577 }), ["1"]],
    ["another height", chart("A", { height: 289 }), ["1"]],
    ["other versions", chart("A"), ["2"]],
  ])("is not served for %s", (_, other, versions) => {
    const where = folder();
    open(where, ["1"]).put(chart("A"), drawn("A"));
    expect(open(where, versions).get(other)).toBeUndefined();
  });

  it("is not served to one who has not kept it, such as whoever gets the folder with a repository", () => {
    const where = folder();
    open(where, ["1"]).put(chart("A"), drawn("A"));
    expect(open(where, ["1"], undefined, Buffer.alloc(32, 2)).get(chart("A"))).toBeUndefined();
  });

  it("is not served when any byte of it changed, or some are missing", () => {
    const where = folder();
    const cache = open(where, ["1"]);
    cache.put(chart("A"), drawn("A"));
    const [file] = filesIn(where);
    const whole = readFileSync(file!);
    for (const at of [0, 40, whole.indexOf("\n") + 5, whole.length - 1]) {
      const damaged = Uint8Array.from(whole);
      damaged[at] = (damaged[at]! + 1) % 256;
      writeFileSync(file!, damaged);
      expect(cache.get(chart("A"))).toBeUndefined();
    }
    for (const length of [0, 10, whole.length - 1]) {
      writeFileSync(file!, whole.subarray(0, length));
      expect(cache.get(chart("A"))).toBeUndefined();
    }
  });

  it("is not served in the place of another", () => {
    const where = folder();
    const cache = open(where, ["1"]);
    cache.put(chart("A"), drawn("A"));
    const [a] = filesIn(where);
    cache.put(chart("B"), drawn("B"));
    const b = filesIn(where).find((file) => file !== a)!;
    copyFileSync(a!, b);
    expect(cache.get(chart("B"))).toBeUndefined();
    expect(cache.get(chart("A"))).toEqual(drawn("A"));
  });

  it("goes when there is no more room, and the one not used for longest first", () => {
    const where = folder();
    const cache = open(where, ["1"], 12_000);
    const yesterday = new Date(Date.now() - 86_400_000);
    for (const title of ["A", "B", "C", "D", "E", "F", "G"]) {
      cache.put(chart(title), drawn(title));
      // Kept a day ago, all of them; of these only A was used since.
      for (const file of filesIn(where)) utimesSync(file, yesterday, yesterday);
      expect(cache.get(chart("A"))).toEqual(drawn("A"));
    }
    const left = filesIn(where).reduce((sum, file) => sum + statSync(file).size, 0);
    expect(left).toBeLessThanOrEqual(12_000);
    expect(cache.get(chart("G"))).toEqual(drawn("G"));
  });
});

describe("where nothing can be kept", () => {
  it("charts are drawn each time, and nothing is said", () => {
    const where = folder();
    writeFileSync(where, "a file stands here");
    const cache = open(where, ["1"]);
    cache.put(chart("A"), drawn("A"));
    expect(cache.get(chart("A"))).toBeUndefined();
  });
});
