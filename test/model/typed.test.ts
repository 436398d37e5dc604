import { expect, test } from "vitest";
import { typedInStore } from "../../src/model/typed.ts";
import { finding, store, subject } from "../sample.ts";

test("numbers in notes of findings and in reasons of rulings are found with their entry, in every language", () => {
  const ruling = {
    id: "r",
    between: ["a", "b"],
    use: "a",
    why: { en: "Of the two, the later.", zh: "增长五成的为准。" },
    by: "An analyst",
    on: "2025-08-06",
    at: { file: "data/rulings.yaml", line: 1 },
  };
  const noted = finding("a", "7 CNY", { note: { en: "Up 5% on GPT-4", zh: "较三家为多" } });
  expect(typedInStore(store([noted, finding("b", "3 CNY")], { rulings: [ruling] }))).toEqual([
    { number: "5%", at: noted.at },
    { number: "五成", at: ruling.at },
  ]);
});

test("a name may hold bare digits, but no amount", () => {
  const named = (id: string, name: string) => ({
    ...subject(id, "cn", name),
    at: { file: "data/subjects.yaml", line: 1 },
  });
  const base = store([]);
  const subjects = new Map([
    ["q", named("q", "Qihoo 360")],
    ["w", named("w", "Wan 2.1")],
    ["g", named("g", "Glean at 912bn")],
  ]);
  expect(typedInStore({ ...base, subjects }).map(({ number }) => number)).toEqual(["912bn", "912bn"]);
});

test("words in which there were none are not looked at again, and others are", () => {
  const kept = new Map<string, Uint8Array>();
  const memory = {
    get: (key: string) => kept.get(key),
    put: (key: string, bytes: Uint8Array) => void kept.set(key, bytes),
  };
  const quiet = store([finding("a", "7 CNY", { note: { en: "Up on the year", zh: "较三家为多" } })]);
  const noted = finding("a", "7 CNY", { note: { en: "Up 5% on the year", zh: "较三家为多" } });
  expect(typedInStore(quiet, memory)).toEqual([]);
  expect(typedInStore(quiet, memory)).toEqual([]);
  for (let turn = 0; turn < 2; turn++)
    expect(typedInStore(store([noted]), memory)).toEqual([{ number: "5%", at: noted.at }]);
  expect(kept.size).toBe(1);
});
