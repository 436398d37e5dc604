import { expect, test } from "vitest";
import { typedInStore } from "../../src/model/typed.ts";
import { finding, store } from "../sample.ts";

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
