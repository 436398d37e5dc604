import { afterEach, expect, test, vi } from "vitest";
import { firstOfSame } from "../../../src/writers/package/media.ts";

afterEach(() => vi.restoreAllMocks());

test("of pictures with the same bytes the first stands for all", () => {
  const [a, b, sameAsA] = [Uint8Array.of(1, 2), Uint8Array.of(1, 3), Uint8Array.of(1, 2)];
  const firsts = firstOfSame([
    ["a", a],
    ["b", b],
    ["c", sameAsA],
  ]);
  expect(["a", "b", "c"].map((key) => firsts.get(key))).toEqual([a, b, a]);
  expect(firsts.get("c")).toBe(a);
});

test("a thousand pictures are not each compared with each", () => {
  const compared = vi.spyOn(Buffer, "compare");
  const pictures = Array.from({ length: 1000 }, (_, index) => [index, new Uint8Array(index % 500)] as const);
  expect(new Set(firstOfSame(pictures).values()).size).toBe(500);
  expect(compared).toHaveBeenCalledTimes(500);
});
