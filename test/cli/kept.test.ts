/** What is kept from one run to the next, as the command line uses it: charts, whole runs, and compiled code. */
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { workload, writeWorkspace } from "../bench/workload.mjs";
import { readDeck } from "../deck.ts";
import { type Ran, sourcedeck } from "./run.ts";

const main = join(import.meta.dirname, "../../.build/cli/main.js");
const size = { companies: 5, charts: 4, tables: 1, texts: 1 };

async function inDeck(act: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "sourcedeck-kept-"));
  try {
    writeWorkspace(folder, workload(size));
    await act(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const deck = (folder: string): Buffer => readFileSync(join(folder, "out/deck.en.pptx"));
const filesIn = (folder: string, name: string): string[] => {
  const where = join(folder, ".sourcedeck", name);
  return readdirSync(where).map((file) => join(where, file));
};
const pictures = (folder: string): string[] =>
  filesIn(folder, "charts").filter((file) => file.endsWith(".chart"));
/**
 * A kept chart by the file that it lies in: one that is drawn again lies in a new one. Second names keep the old files in
 * being, so that no new one gets the number of an old.
 */
const charts = (folder: string): Set<number> =>
  new Set(
    pictures(folder).map((file) => {
      const { ino } = statSync(file);
      const held = join(folder, `held-${ino}`);
      if (!existsSync(held)) linkSync(file, held);
      return ino;
    }),
  );
const drawnSince = (folder: string, before: ReadonlySet<number>): number =>
  [...charts(folder)].filter((file) => !before.has(file)).length;
const touch = (folder: string): void => {
  const file = join(folder, "templates/deck.en.md.hbs");
  writeFileSync(file, `${readFileSync(file, "utf8")}{{! touched }}\n`);
};

/** A build, and the names of the compiled files that it loaded. */
async function build(
  folder: string,
  ...args: string[]
): Promise<Ran & { readonly loaded: ReadonlySet<string> }> {
  const list = join(folder, "loaded.txt");
  writeFileSync(list, "");
  const ran = await sourcedeck(folder, ["build", ...args], {
    LOADED: list,
    NODE_OPTIONS: `--require ${join(import.meta.dirname, "loaded.cjs")}`,
  });
  expect([ran.code, ran.stderr]).toEqual([0, expect.any(String)]);
  const loaded = readFileSync(list, "utf8").trim().split("\n");
  return { ...ran, loaded: new Set(loaded) };
}

describe("charts", () => {
  test("are drawn once: the next build loads nothing of Vega, and gives the same bytes", () =>
    inDeck(async (folder) => {
      const first = await build(folder);
      const isVega = (name: string): boolean => name.startsWith("vega.module-");
      expect([...first.loaded].filter(isVega)).toHaveLength(1);
      const [before, made] = [charts(folder), deck(folder)];
      expect(before.size).toBe(4);

      touch(folder);
      const second = await build(folder);
      expect(drawnSince(folder, before)).toBe(0);
      expect([...second.loaded].filter(isVega)).toEqual([]);
      expect(deck(folder).equals(made)).toBe(true);

      await build(folder, "--no-cache");
      expect(deck(folder).equals(made)).toBe(true);
    }));

  test("of which one shows a changed figure are drawn but for that one, and all show what is true", () =>
    inDeck(async (folder) => {
      await build(folder);
      const before = charts(folder);
      writeWorkspace(folder, workload({ ...size, factor: 1.5 }));
      await build(folder);
      expect(drawnSince(folder, before)).toBe(1);
      const made = deck(folder);
      await build(folder, "--no-cache");
      expect(deck(folder).equals(made)).toBe(true);
    }));

  test("that were damaged or swapped on the disk are drawn again", () =>
    inDeck(async (folder) => {
      await build(folder);
      const made = deck(folder);
      const [first = "", second = "", third = ""] = pictures(folder).sort();
      const [before, whole] = [charts(folder), readFileSync(second)];
      writeFileSync(first, readFileSync(first).subarray(0, 1000));
      writeFileSync(second, readFileSync(third));
      writeFileSync(third, whole);
      touch(folder);
      await build(folder);
      expect(drawnSince(folder, before)).toBe(3);
      expect(deck(folder).equals(made)).toBe(true);
    }));

  test("are kept by two processes at a time, both of which come to their end", () =>
    inDeck(async (folder) => {
      const [one, other] = await Promise.all([
        sourcedeck(folder, ["build", "--out", "one"]),
        sourcedeck(folder, ["build", "--out", "other"]),
      ]);
      expect([one.code, other.code]).toEqual([0, 0]);
      const [first, second] = ["one", "other"].map((out) => readFileSync(join(folder, out, "deck.en.pptx")));
      expect(first?.equals(second ?? Buffer.of())).toBe(true);
      expect(filesIn(folder, "charts").every((file) => /\.(?:chart|seen)$/.test(file))).toBe(true);
      expect(readDeck(first ?? Buffer.of())).toHaveLength(7);
    }));
});

describe("what is made on the way", () => {
  test("such as slides and trees is not made again, and gives the bytes of what is made anew", () =>
    inDeck(async (folder) => {
      await build(folder);
      const before = filesIn(folder, "made");
      writeWorkspace(folder, workload({ ...size, factor: 1.5 }));
      await build(folder);
      // A chart, a table and a text have the figure in their titles; the fourth is the file of data.
      expect(filesIn(folder, "made").filter((file) => !before.includes(file))).toHaveLength(4);
      const made = deck(folder);
      await build(folder, "--no-cache");
      expect(deck(folder).equals(made)).toBe(true);
    }));

  test("is made again when it was damaged, swapped or is another's", () =>
    inDeck(async (folder) => {
      await build(folder);
      const damages: readonly ((file: string, other: string) => void)[] = [
        (file) => writeFileSync(file, readFileSync(file).subarray(0, 40)),
        (file) => writeFileSync(file, ""),
        (file, other) => writeFileSync(file, readFileSync(other)),
        (file) => {
          const bytes = readFileSync(file);
          bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
          writeFileSync(file, bytes);
        },
        (file) => {
          unlinkSync(file);
          mkdirSync(file);
        },
      ];
      const files = filesIn(folder, "made").sort();
      for (const [index, file] of files.entries())
        damages[index % damages.length]?.(file, files[(index + 1) % files.length] ?? "");
      writeWorkspace(folder, workload({ ...size, factor: 1.5 }));
      await build(folder);
      const made = deck(folder);
      await build(folder, "--no-cache");
      expect(deck(folder).equals(made)).toBe(true);
    }));
});

describe("a run on files that have not changed", () => {
  test("says the same without running, in the same streams", () =>
    inDeck(async (folder) => {
      const first = await build(folder);
      const second = await build(folder);
      expect(second.stdout).toBe(first.stdout.replace(/B$/gm, "B  unchanged"));
      expect(second.stderr).toContain("1 product, nothing changed since");
      expect([...second.loaded].filter((name) => /^(?:yaml|build|drawing)/.test(name))).toEqual([]);
      const checks = [await sourcedeck(folder, ["check"]), await sourcedeck(folder, ["check"])];
      expect(checks[1]).toEqual(checks[0]);
    }));

  test.each([
    ["a finding", (folder: string) => writeWorkspace(folder, workload({ ...size, factor: 2 })), true],
    ["a template", touch, false],
    [
      "a file that was not there",
      (folder: string) => writeFileSync(join(folder, "data/rates.yaml"), "[]\n"),
      false,
    ],
    ["a product that is gone", (folder: string) => unlinkSync(join(folder, "out/deck.en.pptx")), false],
    [
      "a product that was edited",
      (folder: string) => writeFileSync(join(folder, "out/deck.en.pptx"), "mine"),
      false,
    ],
  ])("is a run all the same with %s", (_, change, isOther) =>
    inDeck(async (folder) => {
      await build(folder);
      const made = deck(folder);
      change(folder);
      expect((await build(folder)).stderr).not.toContain("nothing changed");
      expect(deck(folder).equals(made)).toBe(!isOther);
    }),
  );

  test("is not believed to have been one when someone else wrote that it was", () =>
    inDeck(async (folder) => {
      await build(folder);
      const [run = ""] = filesIn(folder, "runs");
      const kept = JSON.parse(readFileSync(run, "utf8")) as { mac: string; body: string };
      writeFileSync(
        run,
        JSON.stringify({ ...kept, body: kept.body.replace("nothing changed", "all is well") }),
      );
      expect((await build(folder)).stderr).not.toContain("all is well");
    }));

  test("is not the answer to another question, whatever its file is called", () =>
    inDeck(async (folder) => {
      await build(folder, "--draft");
      const [draft = ""] = filesIn(folder, "runs");
      const record = readFileSync(draft);
      unlinkSync(draft);
      await build(folder);
      const [plain = ""] = filesIn(folder, "runs");
      writeFileSync(plain, record);
      expect((await build(folder)).stderr).not.toContain("nothing changed");
    }));

  test("is another one when a picture changed that lies in a hidden folder", () =>
    inDeck(async (folder) => {
      const logo = (colour: string): void =>
        writeFileSync(
          join(folder, "templates/themes/.b/logo.svg"),
          `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path fill="${colour}" d="M0 0h9v9H0z"/></svg>`,
        );
      mkdirSync(join(folder, "templates/themes/.b"), { recursive: true });
      writeFileSync(
        join(folder, "templates/themes/own.yaml"),
        "extends: default\nlogo: { file: .b/logo.svg, width: 1 }\n",
      );
      logo("#aa0000");
      await build(folder, "--theme", "own");
      const made = deck(folder);
      logo("#0000aa");
      await build(folder, "--theme", "own");
      expect(deck(folder).equals(made)).toBe(false);
    }));

  test.each(["charts", "made", "runs"])(
    "in a workspace whose %s are a link elsewhere touches nothing there",
    (name) =>
      inDeck(async (folder) => {
        const elsewhere = join(folder, "mine");
        mkdirSync(elsewhere);
        for (let index = 0; index < 120; index++) writeFileSync(join(elsewhere, `${index}.txt`), "mine");
        mkdirSync(join(folder, ".sourcedeck"));
        symlinkSync(elsewhere, join(folder, ".sourcedeck", name));
        await build(folder);
        await build(folder);
        expect(readdirSync(elsewhere)).toHaveLength(120);
      }),
  );

  test("in a workspace whose folder for all that is kept is a link elsewhere makes nothing there", () =>
    inDeck(async (folder) => {
      const elsewhere = join(folder, "mine");
      mkdirSync(elsewhere);
      symlinkSync(elsewhere, join(folder, ".sourcedeck"));
      await build(folder);
      expect(readdirSync(elsewhere)).toEqual([]);
    }));

  test.skipIf(process.platform === "win32")(
    "finds what was kept where groups may write to new folders, and others may not write to these",
    () =>
      inDeck(async (folder) => {
        const inGroup = (): string =>
          execFileSync("sh", ["-c", `umask 002; exec "$0" "$1" build 2>&1`, process.execPath, main], {
            cwd: folder,
            encoding: "utf8",
          });
        inGroup();
        expect(inGroup()).toContain("nothing changed");
        chmodSync(join(folder, ".sourcedeck"), 0o775);
        touch(folder);
        inGroup();
        expect(inGroup()).toContain("nothing changed");
        expect(statSync(join(folder, ".sourcedeck")).mode & 0o022).toBe(0);
      }),
  );

  test("is made where nothing can be kept, or something else lies in its place", () =>
    inDeck(async (folder) => {
      const kept = join(folder, ".sourcedeck");
      writeFileSync(kept, "a file");
      await build(folder);
      const made = deck(folder);
      rmSync(kept);
      mkdirSync(kept);
      for (const name of ["charts", "made", "runs"]) writeFileSync(join(kept, name), "a file");
      await build(folder);
      rmSync(kept, { recursive: true });
      await build(folder);
      for (const file of ["charts", "made", "runs"].flatMap((name) => filesIn(folder, name))) {
        rmSync(file);
        execFileSync("mkfifo", [file]);
      }
      await build(folder);
      expect(deck(folder).equals(made)).toBe(true);
    }));

  test("with errors is told each time, and other words make another run", () =>
    inDeck(async (folder) => {
      writeFileSync(join(folder, "templates/deck.en.md.hbs"), '---\ntitle: T\n---\n## {{fig "nobody"}}\n');
      const [first, second] = [await sourcedeck(folder, ["build"]), await sourcedeck(folder, ["build"])];
      expect(second).toEqual({ ...first, stderr: expect.stringContaining("nobody") });
      expect([first.code, existsSync(join(folder, ".sourcedeck/runs"))]).toEqual([1, false]);
      writeWorkspace(folder, workload(size));
      await build(folder);
      expect((await build(folder, "--theme", "dark")).stderr).not.toContain("nothing changed");
    }));
});

describe("fonts", () => {
  test("that were damaged or are gone are unpacked again, and draw what they drew before", () =>
    inDeck(async (folder) => {
      const cache = join(folder, "cache");
      const fresh = async (): Promise<Buffer> => {
        rmSync(join(folder, ".sourcedeck"), { recursive: true, force: true });
        const { code, stderr } = await sourcedeck(folder, ["build"], { XDG_CACHE_HOME: cache });
        expect([code, stderr]).toEqual([0, expect.not.stringContaining("Pango")]);
        return deck(folder);
      };
      const made = await fresh();
      const [fonts = ""] = readdirSync(join(cache, "sourcedeck")).filter((name) => name.startsWith("fonts-"));
      const ttf = join(cache, "sourcedeck", fonts, "ttf");
      const latin = join(ttf, "arimo-latin-400-normal.ttf");
      writeFileSync(latin, readFileSync(join(ttf, "arimo-latin-700-normal.ttf")));
      expect((await fresh()).equals(made)).toBe(true);
      writeFileSync(latin, readFileSync(latin).subarray(0, 5000));
      expect((await fresh()).equals(made)).toBe(true);
      unlinkSync(latin);
      expect((await fresh()).equals(made)).toBe(true);
    }));
});

describe("compiled code", () => {
  /** A check in a user's folder of its own; the packs of compiled code that lie there afterwards. */
  const check = async (folder: string): Promise<{ readonly ran: Ran; readonly packs: readonly string[] }> => {
    const ran = await sourcedeck(folder, ["check", "--no-cache"], { XDG_CACHE_HOME: join(folder, "cache") });
    const where = join(folder, "cache/sourcedeck");
    const packs = existsSync(where) ? readdirSync(where).filter((name) => name.endsWith(".pack")) : [];
    return { ran, packs: packs.map((name) => join(where, name)) };
  };

  test("is kept for the next process, a few times anew, and then left alone", () =>
    inDeck(async (folder) => {
      const first = await check(folder);
      expect(first.ran.code).toBe(0);
      expect(first.packs).toHaveLength(1);
      const times: number[] = [];
      for (let run = 0; run < 5; run++) {
        const { ran, packs } = await check(folder);
        expect(ran).toEqual(first.ran);
        expect(packs).toEqual(first.packs);
        times.push(statSync(packs[0] ?? "").mtimeMs);
      }
      expect(times.at(-1)).toBe(times.at(-2));
    }));

  test("that anyone else could have written is not run, nor is what is damaged", () =>
    inDeck(async (folder) => {
      const {
        ran,
        packs: [pack = ""],
      } = await check(folder);
      const whole = readFileSync(pack);
      for (const at of [0, 40, whole.length >> 1, whole.length - 1]) {
        const damaged = Uint8Array.from(whole);
        damaged[at] = (damaged[at] ?? 0) ^ 1;
        writeFileSync(pack, damaged);
        expect((await check(folder)).ran).toEqual(ran);
        expect(readFileSync(pack).equals(damaged)).toBe(false);
      }
      writeFileSync(pack, whole.subarray(0, whole.length / 2));
      expect((await check(folder)).ran).toEqual(ran);
      writeFileSync(join(folder, "cache/sourcedeck/key"), Buffer.alloc(32, 7));
      expect((await check(folder)).ran).toEqual(ran);
    }));

  test("is done without where nothing can be kept", () =>
    inDeck(async (folder) => {
      writeFileSync(join(folder, "cache"), "a file stands here");
      const { ran, packs } = await check(folder);
      expect([ran.code, packs]).toEqual([0, []]);
    }));
});
