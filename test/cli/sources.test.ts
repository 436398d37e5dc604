/** Citations are held to the texts of the sources that a workspace names, whatever is done with it. */
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inFolder, sourcedeck } from "./run.ts";

const above = mkdtempSync(join(tmpdir(), "sourcedeck-sources-"));
const inNew = (use: (folder: string) => Promise<void>): Promise<void> => inFolder(use, join(above, "coffee"));

beforeAll(() => sourcedeck(above, ["init", "coffee"]));
afterAll(() => rmSync(above, { recursive: true, force: true }));

function edit(folder: string, file: string, from: string, to: string): void {
  const path = join(folder, file);
  const text = readFileSync(path, "utf8");
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
}

const heron = "data/findings/heron.yaml";

describe("a workspace that names its sources", () => {
  it.each(["build", "report", "check", "batch"])(
    "is refused by %s where a citation names no line",
    (command) =>
      inNew(async (folder) => {
        edit(folder, heron, "line: 5,", "line: 111,");
        const { code, stderr } = await sourcedeck(folder, [command, "--quiet"]);
        expect(code).toBe(1);
        expect(stderr).toContain(`${heron}:`);
        expect(stderr).toContain("names line 111 of `heron`, which has 10 lines [no-such-line]");
        expect(stderr.match(/no-such-line/g)).toHaveLength(1);
      }),
  );

  it("is refused where the line prints something else, and then not recalled as sound", () =>
    inNew(async (folder) => {
      for (const recalled of [false, true]) {
        const { code, stderr } = await sourcedeck(folder, ["build"]);
        expect([code, stderr.includes("nothing changed since")]).toEqual([0, recalled]);
      }
      edit(folder, "sources/heron.txt", "$2.4 billion", "$2.3 billion");
      const { code, stderr } = await sourcedeck(folder, ["build"]);
      expect(code).toBe(1);
      expect(stderr).toContain("[not-in-line]");
    }));

  it("has its numbers counted by check, with no option", () =>
    inNew(async (folder) => {
      appendFileSync(join(folder, "sources/heron.txt"), "It burnt 77 tons of beans.\n");
      const { code, stderr } = await sourcedeck(folder, ["check"]);
      expect(code).toBe(0);
      expect(stderr).toContain("sources/heron.txt:11:10: warning: no finding cites a number in `heron`");
      expect(stderr).toContain("qingchuan");
    }));

  it("is refused where the folder is not there, or leads out of the workspace", () =>
    inNew(async (folder) => {
      renameSync(join(folder, "sources"), join(folder, "texts"));
      const gone = await sourcedeck(folder, ["build", "--quiet"]);
      expect([gone.code, gone.stderr]).toEqual([1, expect.stringContaining("data/sourcedeck.yaml:")]);
      expect(gone.stderr).toContain("cannot read the folder of sources `sources` [no-sources]");
      edit(folder, "data/sourcedeck.yaml", "sources: sources", '"sources":   texts # elsewhere');
      for (const _ of [0, 1]) expect((await sourcedeck(folder, ["build", "--quiet"])).code).toBe(0);
      edit(folder, "texts/heron.txt", "$2.4 billion", "$2.3 billion");
      expect((await sourcedeck(folder, ["build", "--quiet"])).code).toBe(1);
      await inFolder(async (other) => {
        mkdirSync(join(other, "texts"));
        symlinkSync(join(other, "texts"), join(folder, "out-of-it"));
        edit(folder, "data/sourcedeck.yaml", "texts #", "out-of-it #");
        const led = await sourcedeck(folder, ["build", "--quiet"]);
        expect([led.code, led.stderr]).toEqual([1, expect.stringContaining("a link out of the workspace")]);
      });
      for (const path of ["../texts", "/texts", "a/../../texts", ".", "C:\\texts"]) {
        writeFileSync(
          join(folder, "data/sourcedeck.yaml"),
          `sources: '${path}'\nproducts: [{ name: deck, template: deck, writer: pptx, languages: [en] }]\n`,
        );
        const { code, stderr } = await sourcedeck(folder, ["check", "--quiet"]);
        expect([path, code, stderr.includes("expected: a folder of the workspace")]).toEqual([path, 1, true]);
      }
    }));

  it("is read anew when data or sources are links to folders that changed", () =>
    inNew(async (folder) => {
      for (const name of ["data", "sources"]) {
        renameSync(join(folder, name), join(folder, `real-${name}`));
        symlinkSync(`real-${name}`, join(folder, name));
      }
      expect((await sourcedeck(folder, ["check", "--quiet"])).code).toBe(0);
      edit(folder, "real-sources/heron.txt", "$2.4 billion", "$2.3 billion");
      expect((await sourcedeck(folder, ["check", "--quiet"])).code).toBe(1);
      edit(folder, "real-sources/heron.txt", "$2.3 billion", "$2.4 billion");
      edit(folder, "real-data/findings/heron.yaml", "line: 5,", "line: 111,");
      expect((await sourcedeck(folder, ["check", "--quiet"])).code).toBe(1);
    }));

  it("is found from wherever the command runs", () =>
    inNew(async (folder) => {
      mkdirSync(join(folder, "elsewhere"));
      edit(folder, heron, "line: 5,", "line: 111,");
      const { code, stderr } = await sourcedeck(join(folder, "elsewhere"), [
        ...["check", "--data", "../data", "--templates", "../templates", "--quiet"],
      ]);
      expect([code, stderr]).toEqual([1, expect.stringContaining("[no-such-line]")]);
    }));
});
