import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Memory } from "../../src/memory.ts";
import { treeOf } from "../../src/templates/tree.ts";

const templates = join(import.meta.dirname, "../../templates");
/** Texts of the shipped templates, with tokens where values stand. */
const texts = readdirSync(templates, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".md.hbs"))
  .sort()
  .map((name) => readFileSync(join(templates, name), "utf8").replaceAll(/\{\{[^{}]*\}\}/g, "\uE0000\uE001"));

test("a tree that is remembered is the one that was read, and is read once", () => {
  expect(texts.length).toBeGreaterThan(20);
  const kept = new Map<string, Uint8Array>();
  const memory: Memory = { get: (key) => kept.get(key), put: (key, bytes) => kept.set(key, bytes) };
  for (const text of texts) {
    const read = treeOf(text, memory);
    const known = kept.size;
    // Fields without a value are left out of what is remembered; nobody tells these from fields that are not there.
    expect(treeOf(text, memory)).toEqual(read);
    expect([kept.size, treeOf(text)]).toEqual([known, read]);
  }
  expect(kept.size).toBe(new Set(texts).size);
});
