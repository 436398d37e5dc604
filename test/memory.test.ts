import { expect, test } from "vitest";
import { fromMemory, keyOf, type Memory, openLedger, remember } from "../src/memory.ts";

function noting(): Memory & { readonly kept: Map<string, Uint8Array>; readonly puts: () => number } {
  const kept = new Map<string, Uint8Array>();
  let puts = 0;
  return {
    kept,
    puts: () => puts,
    get: (key) => kept.get(key),
    put(key, bytes) {
      puts += 1;
      kept.set(key, bytes);
    },
  };
}

const key = keyOf("test", "of a ledger");

test("keys tell what things are made of, and where one text ends and the next begins", () => {
  const made: readonly (readonly unknown[])[] = [
    ["ab", "c"],
    ["a", "bc"],
    ["abc"],
    [["ab", "c"]],
    ['["ab","c"]'],
    ["ab\ntext 1\nc"],
    [1],
    ["1"],
    [],
    [undefined],
    [null],
    ["null"],
    [""],
    // What is no whole character is told apart, too.
    ["a\ud83d"],
    ["a\ud83e"],
    ["a\ufffd"],
  ];
  const keys = made.map((parts) => keyOf("test", ...parts));
  expect(new Set(keys).size).toBe(made.length);
  expect(made.map((parts) => keyOf("test", ...parts))).toEqual(keys);
  expect(keyOf("tests", "ab", "c")).not.toBe(keys[0]);
});

/** What is known of some things; those that are not are noted. */
function known(memory: Memory | undefined, things: readonly string[], of = key): string[] {
  const ledger = openLedger(memory, of);
  const found = things.filter((thing) => ledger.has(thing));
  for (const thing of things) if (!found.includes(thing)) ledger.note(thing);
  ledger.close();
  return found;
}

test("a ledger knows what was noted in any before, under its own key", () => {
  const memory = noting();
  expect(known(memory, ["a", "b"])).toEqual([]);
  expect(known(memory, ["b", "c"])).toEqual(["b"]);
  expect(known(memory, ["a", "b", "c", "d"])).toEqual(["a", "b", "c"]);
  expect(known(memory, ["a"], keyOf("test", "of another"))).toEqual([]);
});

test("a ledger that learned nothing is not written again", () => {
  const memory = noting();
  known(memory, ["a", "b"]);
  known(memory, ["a", "b"]);
  known(memory, ["b"]);
  expect(memory.puts()).toBe(1);
});

test("a ledger that grew too long begins again with what was asked for last", () => {
  const memory = noting();
  const things = (from: number): string[] =>
    Array.from({ length: 3 }, (_, index) => `${from + index} ${"x".repeat(400_000)}`);
  known(memory, things(0));
  known(memory, things(3));
  expect(known(memory, things(0))).toEqual([]);
  expect(known(memory, things(0))).toEqual(things(0));
  known(memory, ["y".repeat(2_000_000)]);
  expect(known(memory, things(0))).toEqual(things(0));
});

test("without a memory nothing is known", () => {
  known(undefined, ["a"]);
  expect(known(undefined, ["a"])).toEqual([]);
});

test("plain data comes back as it was, and what JSON would change is not remembered", () => {
  const memory = noting();
  for (const value of [{ a: [1, "two", null, { b: -0.5 }] }, [], "\ud800", 1e300]) {
    remember(memory, key, value);
    expect(fromMemory(memory.get(key))).toEqual(value);
    memory.kept.clear();
  }
  for (const value of [{ a: Infinity }, [1, [-Infinity]], { deep: { number: Number.NaN } }]) {
    remember(memory, key, value);
    expect(memory.kept.size).toBe(0);
  }
  expect(fromMemory(undefined)).toBeUndefined();
});

test("of each part is kept what is asked for", () => {
  const memory = noting();
  remember(memory, key, { keep: 1, drop: 2 }, (name, part) => (name === "drop" ? undefined : part));
  expect(fromMemory(memory.get(key))).toEqual({ keep: 1 });
});
