import { execFileSync } from "node:child_process";
import type * as disk from "node:fs";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it, test, vi } from "vitest";
import { readFolder } from "../../src/cli/files.ts";
import { writeOutputs } from "../../src/cli/outputs.ts";
import { inFolder } from "./run.ts";

const failing = vi.hoisted(() => ({ rename: "", read: "" }));

vi.mock("node:fs", async (original) => {
  const real = await original<typeof disk>();
  const fail = (code: string, syscall: string) => {
    throw Object.assign(new Error(code), { code, syscall });
  };
  return {
    ...real,
    renameSync: (from: string, to: string) =>
      failing.rename !== "" && from.endsWith(".part") && to.endsWith(failing.rename)
        ? fail("EACCES", "rename")
        : real.renameSync(from, to),
    readFileSync: (...[file, ...rest]: Parameters<typeof disk.readFileSync>) =>
      failing.read !== "" && String(file).endsWith(failing.read)
        ? fail("EACCES", "open")
        : real.readFileSync(file, ...rest),
  };
});

afterEach(() => Object.assign(failing, { rename: "", read: "" }));

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function problemsOf(folder: string): string[] {
  const { problems } = readFolder(folder, [".yaml"]);
  return problems.map(({ where, code, found }) =>
    [where?.file.slice(folder.length + 1), where?.line, where?.column, code, found]
      .filter((part) => part !== undefined && part !== "")
      .join(" "),
  );
}

describe("a folder of texts", () => {
  it("is read with its folders, by path; hidden files and other endings are passed over", () =>
    inFolder(async (folder) => {
      mkdirSync(join(folder, "inner"));
      for (const name of ["b.yaml", "inner/a.yaml", ".hidden.yaml", "c.txt"])
        writeFileSync(join(folder, name), name);
      const { value, problems } = readFolder(folder, [".yaml"]);
      expect([...value!]).toEqual([
        ["b.yaml", "b.yaml"],
        ["inner/a.yaml", "inner/a.yaml"],
      ]);
      expect(problems).toEqual([]);
    }));

  it("may begin its texts with a byte order mark, which is no part of them", () =>
    inFolder(async (folder) => {
      writeFileSync(join(folder, "a.yaml"), "\uFEFFa: 一\n");
      expect(readFolder(folder, [".yaml"]).value!.get("a.yaml")).toBe("a: 一\n");
    }));

  test.each([
    ["GB18030", Buffer.from([0x61, 0x0a, 0x62, 0x3a, 0x20, 0xca, 0xd5, 0xc8, 0xeb, 0x0a]), "2 4"],
    ["Windows-1252", Buffer.from("a: b\n\nc: caf\xe9\nd", "latin1"), "3 7"],
    ["UTF-16 with a mark", Buffer.from("\uFEFFa: 一\n", "utf16le"), "1 1"],
    ["UTF-16 without a mark", Buffer.from("a: b\n", "utf16le"), "1 2"],
  ])("is not read as UTF-8 when it is %s, and the first wrong byte is named", (name, content, place) =>
    inFolder(async (folder) => {
      writeFileSync(join(folder, "a.yaml"), content);
      const found = name.startsWith("UTF-16") ? "UTF-16, or NUL bytes" : "bytes of another encoding";
      expect(problemsOf(folder)).toEqual([`a.yaml ${place} not-utf8 ${found}`]);
      expect(readFolder(folder, [".yaml"]).unread).toEqual(["a.yaml"]);
    }),
  );

  it("is told of every pipe, dead link, circle of links, linked folder and file without permission", () =>
    inFolder(async (folder) => {
      execFileSync("mkfifo", [join(folder, "pipe.yaml")]);
      symlinkSync("nowhere.yaml", join(folder, "dead.yaml"));
      symlinkSync("round.yaml", join(folder, "round.yaml"));
      symlinkSync(".", join(folder, "self"));
      symlinkSync("/etc/hosts", join(folder, "out.yaml"));
      symlinkSync("/etc/hosts", join(folder, "notes.txt"));
      writeFileSync(join(folder, "locked.yaml"), "");
      failing.read = "locked.yaml";
      expect(problemsOf(folder)).toEqual([
        "dead.yaml dead-link a link to a file that does not exist",
        "locked.yaml cannot-read no permission",
        "out.yaml leads-outside",
        "pipe.yaml not-a-file",
        "round.yaml dead-link links that lead in a circle",
        "self linked-folder",
      ]);
    }));

  it.each(["a file", "nothing"])("cannot be %s", (found) =>
    inFolder(async (folder) => {
      const file = join(folder, "file");
      if (found === "a file") writeFileSync(file, "");
      expect(readFolder(file, [".yaml"]).problems).toMatchObject([{ code: "no-folder", found }]);
    }),
  );
});

describe("products", () => {
  const outputs = ["a.md", "b.files/chart.png", "c.md"].map((path) => ({
    path,
    bytes: bytes(`new ${path}`),
  }));

  function contents(folder: string): Record<string, string> {
    const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
      /\w\.\w+$/.test(name),
    );
    const files = names.filter((name) => !name.endsWith(".files")).sort();
    return Object.fromEntries(files.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
  }

  it("are all in place, and nothing beside them", () =>
    inFolder(async (folder) => {
      writeFileSync(join(folder, "a.md"), "old");
      const written = { value: new Set(), problems: [] };
      expect(writeOutputs(join(folder, "."), outputs)).toEqual(written);
      expect(contents(folder)).toEqual({
        "a.md": "new a.md",
        "b.files/chart.png": "new b.files/chart.png",
        "c.md": "new c.md",
      });
    }));

  it("are left alone where the same bytes are there already", () =>
    inFolder(async (folder) => {
      writeOutputs(folder, outputs);
      const [first = { path: "", bytes: bytes("") }, ...others] = outputs;
      const changed = [{ ...first, bytes: bytes("changed") }, ...others];
      const { value } = writeOutputs(folder, changed);
      expect(value).toEqual(new Set(others.map(({ path }) => path)));
      expect(contents(folder)[first.path]).toBe("changed");
    }));

  it("are as they were before when one of them cannot be put in its place", () =>
    inFolder(async (folder) => {
      for (const name of ["a.md", "c.md"]) writeFileSync(join(folder, name), `old ${name}`);
      failing.rename = "c.md";
      expect(writeOutputs(folder, outputs).problems).toMatchObject([
        { code: "cannot-write", where: { file: join(folder, "c.md") }, found: "no permission" },
      ]);
      expect(contents(folder)).toEqual({ "a.md": "old a.md", "c.md": "old c.md" });
    }));

  it("are refused together when two of them are one file, if only where capitals do not count", () =>
    inFolder(async (folder) => {
      const twice = ["Deck.md", "deck.md"].map((path) => ({ path, bytes: bytes(path) }));
      const { value, problems } = writeOutputs(folder, twice);
      expect(problems).toMatchObject([{ code: "duplicate-product" }]);
      expect(value).toBeUndefined();
      expect(contents(folder)).toEqual({});
    }));
});
