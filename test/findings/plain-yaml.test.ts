import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import { z } from "zod";
import { readPlainYaml } from "../../src/findings/plain-yaml.ts";
import { parseFile } from "../../src/findings/yaml.ts";

const line = fc
  .tuple(
    fc.constantFrom("", "", "  ", "    ", "- ", "  - ", "    - ", "- - "),
    fc.constantFrom("", "a: ", "b: ", "c:", '"d": ', "'e': ", "# ", "? ", "&f "),
    fc.constantFrom(
      ...["", "1", "-4 %", "0.30", "1e3", "~", "true", "x y", "<5", "中文", "a:b", "g: h", "i #j", "k # l"],
      ...[
        '"m\\n"',
        '"n" o',
        "'it''s'",
        "[p, 2, q r]",
        "{ s: t, u: [v] }",
        "{ w: x,",
        "  y: z }",
        "[[1],",
        "]",
      ],
      ...["|", "> x", "*f", "!t u", "---", "\u00A0", "[a, b: c]", "{ d }", "0x1F", "-", "[1,, 2]", "{a:1}"],
    ),
    fc.constantFrom("\n", "\n", "\n", "\r\n", "\n\n", " \n", ""),
  )
  .map((parts) => parts.join(""));
const text = fc.array(line, { minLength: 1, maxLength: 7 }).map((lines) => lines.join(""));

/** Whatever is read as plain YAML, the parser of the whole language reads alike, part by part and place by place. */
function isReadAlike(source: string): void {
  const plain = readPlainYaml("a.yaml", source);
  if (!plain) return;
  const lines = new LineCounter();
  const doc = parseDocument(source, { lineCounter: lines });
  expect([source, doc.errors]).toEqual([source, []]);
  const placeOf = (node: Node): unknown => {
    const { line, col } = lines.linePos(node.range?.[0] ?? -1);
    return { file: "a.yaml", line, column: col };
  };
  const compare = (node: unknown, value: unknown, path: readonly (string | number)[]): void => {
    expect([source, path, plain.at(path)]).toEqual([source, path, placeOf(node as Node)]);
    if (isSeq(node)) {
      expect(value).toHaveLength(node.items.length);
      node.items.forEach((item, index) => {
        compare(item, (value as unknown[])[index], [...path, index]);
      });
    } else if (isMap<{ value: string } & Node, Node>(node)) {
      expect(Object.keys(value as object)).toEqual(node.items.map(({ key }) => key.value));
      for (const { key, value: inner } of node.items) {
        expect(plain.at([...path, key.value], "key")).toEqual(placeOf(key));
        compare(inner, (value as Record<string, unknown>)[key.value], [...path, key.value]);
      }
    } else if (isScalar(node)) {
      const isAsWritten = typeof node.value !== "number" || String(node.value) === node.source;
      const meant = isAsWritten ? node.value : node.source;
      // Texts are cleaned on the way in.
      expect([source, value]).toEqual([
        source,
        typeof meant === "string" ? meant.trim().replace(/\n/g, " ") : meant,
      ]);
    } else expect.unreachable();
  };
  compare(doc.contents, plain.value, []);
}

test("what is plain is read as the whole language reads it", () => {
  fc.assert(fc.property(text, isReadAlike), { numRuns: 3_000 });
});

describe("plain YAML", () => {
  it.each([
    "- { id: a, en: A b, zh: 甲 } # note\n\n- id: b\n  parts:\n  - 1\n  - [x, y]\n",
    '{\n  "a": [1, 2.50, "b\\u00e9"],\n  "c": { "d": null }\n}\n',
    "a:\r\n  b: 'it''s'\r\n",
  ])("is what data is written in: %j", (source) => {
    expect(readPlainYaml("a.yaml", source)).toBeDefined();
    isReadAlike(source);
  });

  it.each([
    ...[
      "",
      "word",
      "a:",
      "a: &b c",
      "a: !t b",
      "a: |\n  b\n",
      "a: b\na: c\n",
      "a: [b\n",
      "- a\nb: c\n",
      "a: b: c",
    ],
    ...["a: b\n  c\n", "\ta: b", "--- a\n", "2025: a", "a: 'b\n  c'", `${"[".repeat(50)}1${"]".repeat(50)}`],
  ])("is not %j, which is left to the whole language", (source) => {
    expect(readPlainYaml("a.yaml", source)).toBeUndefined();
  });

  it("keeps a number as it is written, unless a number is wanted", () => {
    const read = (schema: z.ZodType) => parseFile("a.yaml", "a: [0.30, 2]\n", schema).value?.value;
    expect(read(z.any())).toEqual({ a: ["0.30", 2] });
    expect(read(z.object({ a: z.array(z.number()) }))).toEqual({ a: [0.3, 2] });
  });
});
