import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readStore } from "../../src/findings/read.ts";
import type { Memory } from "../../src/memory.ts";
import { formatProblem } from "../../src/problem.ts";
import { root, textsBelow } from "../workspace.ts";

function noting(): Memory & { readonly kept: Map<string, Uint8Array> } {
  const kept = new Map<string, Uint8Array>();
  return { kept, get: (key) => kept.get(key), put: (key, bytes) => kept.set(key, bytes) };
}

const data = textsBelow(join(root, "data"));
const read = (files: ReadonlyMap<string, string>, memory?: Memory) => {
  const { value, problems } = readStore(files, "data", [], memory);
  return { value, problems: problems.map(formatProblem) };
};

describe("data that was read before", () => {
  it("is the same store, every place in it included", () => {
    const memory = noting();
    const anew = read(data);
    expect(anew.value?.findings.size).toBeGreaterThan(100);
    expect(read(data, memory)).toEqual(anew);
    const { size } = memory.kept;
    expect(size).toBeGreaterThan(10);
    expect(read(data, memory)).toEqual(anew);
    expect(memory.kept.size).toBe(size);
  });

  /** What may happen to a line of a file. */
  const edit = fc.record({
    file: fc.constantFrom(...data.keys()),
    line: fc.nat(400),
    change: fc.constantFrom<(line: string) => string>(
      (line) => `${line} # a remark`,
      (line) => `# a remark\n${line}`,
      (line) => line.replace(/\d/, "7"),
      (line) => line.replace("subject: ", "subject: un"),
      (line) => line.replace("id: ", "id: twice."),
      (line) => `${line}x`,
      (line) => line.slice(0, line.length / 2),
      () => "",
    ),
  });

  it("is read as it is without a memory, whatever is changed in which file, and whatever was wrong before", () => {
    const memory = noting();
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
        const files = new Map(data);
        for (const { file, line, change } of edits) {
          const lines = (files.get(file) ?? "").split("\n");
          const at = line % lines.length;
          files.set(file, lines.with(at, change(lines[at] ?? "")).join("\n"));
        }
        expect(read(files, memory)).toEqual(read(files));
      }),
      { numRuns: 60 },
    );
  });

  it("tells a place that nobody asked for before", () => {
    const memory = noting();
    const files = new Map(data);
    read(files, memory);
    // Nothing is wrong with the findings' files, and each names something that is not there now.
    for (const [name, entry] of [
      ["subjects.yaml", /^- \{ id: openai, .*$/m],
      ["metrics.yaml", /^- \{ id: revenue, .*$/m],
      ["sources.yaml", /^- id: agi$\n(?: {2}.*\n)*/m],
    ] as const) {
      const without = new Map([...files, [name, files.get(name)?.replace(entry, "") ?? ""]]);
      const anew = read(without);
      expect(anew.problems.length, name).toBeGreaterThan(0);
      expect(read(without, memory)).toEqual(anew);
      expect(read(without, memory)).toEqual(anew);
    }
  });

  it("is read as what its ending says: YAML that was read before is no JSON", () => {
    const memory = noting();
    read(data, memory);
    const text = data.get("findings/agi.yaml") ?? "";
    const renamed = new Map([...data, ["findings/agi.json", text]]);
    renamed.delete("findings/agi.yaml");
    const anew = read(renamed);
    expect(anew.problems.length).toBeGreaterThan(0);
    expect(read(renamed, memory)).toEqual(anew);
  });

  it("is kept once where two files hold the same", () => {
    const memory = noting();
    let puts = 0;
    const counting: Memory = {
      get: memory.get,
      put(key, bytes) {
        puts += 1;
        memory.put(key, bytes);
      },
    };
    const twice = new Map([
      ...data,
      ["places.yaml", "[]\n"],
      ["scopes.yaml", "[]\n"],
      ["findings/a.yaml", data.get("findings/agi.yaml") ?? ""],
    ]);
    const anew = read(twice);
    expect(anew.problems.some((problem) => problem.includes("findings/agi.yaml"))).toBe(true);
    expect(read(twice, counting)).toEqual(anew);
    const first = puts;
    expect(read(twice, counting)).toEqual(anew);
    expect(puts).toBe(first);
  });
});
