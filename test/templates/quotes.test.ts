/** Quotes that are not straight, read as if they were, and told. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { straightened } from "../../src/templates/quotes.ts";

const straight = (text: string) => straightened(text, (plain) => plain);

it.each([
  ["{{fig “a.b”}}", '{{fig "a.b"}}', [6]],
  ["{{name 「a」 in=＂b＂}}", '{{name "a" in="b"}}', [7, 14]],
  ["{{lit “five years”}} “said” {{lit ‘5’}}", '{{lit "five years"}} “said” {{lit "5"}}', [6, 34]],
  ["{{lit “5}} and {{lit 5”}}", '{{lit "5}} and {{lit 5"}}', [6, 22]],
  ["{{#if x}}“said”{{/if}}", "{{#if x}}“said”{{/if}}", []],
  ["{{lit \"“5”\"}} {{lit '“'}}", "{{lit \"“5”\"}} {{lit '“'}}", []],
  ['{{lit "a}}" in=“b”}}', '{{lit "a}}" in="b"}}', [15]],
  ["\\{{fig “a”}}", "\\{{fig “a”}}", []],
])("in %s", (text, expected, offsets) => {
  expect(straight(text)).toEqual({ text: expected, offsets });
});

it("leaves a text of any kind as long as it was, and is done with it", () => {
  const parts = fc.constantFrom("{{", "}}", '"', "'", "\\", "“", "”", "「", "\n", "a ");
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 60 }), (list) => {
      const text = list.join("");
      const once = straight(text);
      expect(once.text).toHaveLength(text.length);
      if (once.offsets.length === 0) expect(once.text).toBe(text);
    }),
  );
  const long = "{{“".repeat(100_000);
  expect(straight(long).text).toHaveLength(long.length);
});
