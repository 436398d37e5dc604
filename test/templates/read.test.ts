import { describe, expect, it } from "vitest";
import { compose, type Job, sampleParams } from "../../src/build.ts";
import type { Memory } from "../../src/memory.ts";
import type { Outcome } from "../../src/problem.ts";
import { readTemplate } from "../../src/templates/read.ts";
import type { Template } from "../../src/templates/syntax.ts";
import { options, shippedLibrary, shippedStore } from "../workspace.ts";

function noting(): Memory & { readonly kept: Map<string, Uint8Array> } {
  const kept = new Map<string, Uint8Array>();
  return { kept, get: (key) => kept.get(key), put: (key, bytes) => kept.set(key, bytes) };
}

const where = { file: "deck.en.md.hbs", line: 3, column: 1 };
const read = (text: string, memory?: Memory): Outcome<Template> =>
  readTemplate("deck.en", text, where, memory);
const long = "A line of a template.\n".repeat(50);

describe("a template that was read before", () => {
  const store = shippedStore();
  const library = shippedLibrary();
  const jobs = store.products.flatMap((product) =>
    product.languages.map((language): Job => ({ product, language })),
  );

  it.each(jobs.map((job) => ({ job, name: `${job.product.name}.${job.language}` })))(
    "gives $name its document as one that is read now does",
    ({ job: bare }) => {
      const memory = noting();
      const job = { ...bare, params: sampleParams(bare, store, library) };
      // Each time with files that nobody has read yet.
      const composed = (known?: Memory) => {
        const { value, problems } = compose(job, store, shippedLibrary(), options, known);
        return { document: value?.document, charts: value && [...value.charts.keys()], problems };
      };
      const anew = composed();
      expect(anew.document).toBeDefined();
      expect(composed(memory)).toEqual(anew);
      const known = memory.kept.size;
      expect(known).toBeGreaterThan(1);
      expect(composed(memory)).toEqual(anew);
      expect(memory.kept.size).toBe(known);
    },
  );

  it("knows the places of what stands in it from where it stands now", () => {
    const memory = noting();
    const text = `${long}{{fig "a"}}`;
    const placed = (file: string, line: number): unknown => {
      const { value } = readTemplate("deck.en", text, { file, line, column: 1 }, memory);
      const call = value?.program.body.find(({ type }) => type === "MustacheStatement");
      return call && "loc" in call && value?.place(call.loc);
    };
    expect(placed("one.md.hbs", 1)).toEqual({ file: "one.md.hbs", line: 51, column: 1 });
    expect(placed("two.md.hbs", 5)).toEqual({ file: "two.md.hbs", line: 55, column: 1 });
    expect(memory.kept.size).toBe(1);
  });

  it("is read again, and its problems told again, unless nothing was wrong with it", () => {
    const memory = noting();
    for (const wrong of ["{{#each", "{{fig “a”}}", "{{#if a}}{{/each}}", "\u202e"]) {
      const { problems } = read(long + wrong);
      expect(problems.length, wrong).toBeGreaterThan(0);
      expect(read(long + wrong, memory).problems).toEqual(problems);
      expect(read(long + wrong, memory).problems).toEqual(problems);
    }
    expect(memory.kept.size).toBe(0);
  });

  it("is read again where it holds a number without end, which nothing that is kept could", () => {
    const memory = noting();
    const text = `${long}{{fig "a" digits=${"9".repeat(400)}}}`;
    const anew = read(text);
    expect(anew.value).toBeDefined();
    for (let turn = 0; turn < 2; turn++)
      expect(read(text, memory).value?.program).toEqual(anew.value?.program);
    expect(memory.kept.size).toBe(0);
  });
});
