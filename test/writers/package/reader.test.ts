import { DOMParser, onErrorStopParsing } from "@xmldom/xmldom";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "../../../src/writers/package/reader.ts";
import { descendants, el, serialize, textOf, type Xml } from "../../../src/writers/package/xml.ts";
import { sample } from "./decks.ts";
import { open, write } from "./write.ts";

/** What another reader makes of a text, as our tree; nothing when it refuses. */
function elsewhere(text: string): Xml | undefined {
  const parser = new DOMParser({
    onError: onErrorStopParsing,
    // As XML 1.0 has it; its own rule is of XML 1.1 and turns U+2028 into a line feed.
    normalizeLineEndings: (source) => source.replace(/\r\n?/g, "\n"),
  });
  try {
    return fromNode(parser.parseFromString(text, "text/xml").documentElement as unknown as ParsedNode);
  } catch {
    return undefined;
  }
}

interface ParsedNode {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly nodeValue: string | null;
  readonly childNodes: ArrayLike<ParsedNode>;
  readonly attributes?: ArrayLike<{ readonly name: string; readonly value: string }>;
}

function fromNode(node: ParsedNode): Xml {
  const children = Array.from(node.childNodes).flatMap((child): (Xml | string)[] => {
    if (child.nodeType === 1) return [fromNode(child)];
    return child.nodeType === 3 || child.nodeType === 4 ? [child.nodeValue ?? ""] : [];
  });
  const isContainer = children.some((child) => typeof child !== "string");
  return {
    name: node.nodeName,
    attributes: new Map(Array.from(node.attributes ?? [], ({ name, value }) => [name, value])),
    children: isContainer ? children.filter((child) => typeof child !== "string" || child.trim()) : children,
  };
}

/** Both readers make the same of it; ours alone may refuse. */
function agree(text: string): boolean {
  const ours = parse(text);
  const theirs = elsewhere(text);
  if ("complaint" in ours) return false;
  expect(ours).toEqual(theirs);
  return true;
}

const character = fc.oneof(
  fc.constantFrom(..."abc &<>\"'\t\n\r-]\u00a0\u2028\ufeff中", "]]>", "--", "&amp;", "👩🏽‍🔬"),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 }).filter((one) => !/\p{Cc}/u.test(one)),
);
const words = fc.array(character, { maxLength: 6 }).map((all) => all.join(""));
const name = fc.constantFrom("a", "p:sp", "r:id", "a.b-c_1", "中文", "xml:space", "Ä", "x·1");
const tree = fc.letrec<{ element: Xml }>((tie) => ({
  element: fc
    .record({
      name,
      attributes: fc.dictionary(name, words, { maxKeys: 3 }),
      children: fc.array(fc.oneof({ maxDepth: 4 }, words, tie("element")), { maxLength: 4 }),
    })
    .map(({ name, attributes, children }) => el(name, attributes, ...children)),
})).element;
const rooted = tree.map((inner) =>
  el("root", { "xmlns:p": "urn:p", "xmlns:r": "urn:r", xmlns: "urn:x" }, inner),
);

/** A tree as reading gives it: texts that stand together are one, and none are empty or white beside elements. */
function asRead({ name, attributes, children }: Xml): Xml {
  const joined: (Xml | string)[] = [];
  for (const child of children) {
    const last = joined.at(-1);
    if (typeof child === "string" && typeof last === "string") joined.splice(-1, 1, last + child);
    else joined.push(typeof child === "string" ? child : asRead(child));
  }
  const isContainer = joined.some((child) => typeof child !== "string");
  const kept = joined.filter((child) => typeof child !== "string" || (isContainer ? child.trim() : child));
  return { name, attributes, children: kept };
}

test("what is written is read again, by us as by others", () => {
  fc.assert(
    fc.property(rooted, (root) => {
      expect(parse(serialize(root))).toEqual(asRead(root));
      expect(agree(serialize(root))).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test("other spellings of the same are read as others read them", () => {
  for (const text of [
    "<a/>",
    "<?xml version='1.0'?>\r\n<a\r\n b = 'x\r\ny&#10;z'\tc='\"'></a \n>\n<!-- end --><?done?>\n",
    `<?xml version="1.1" encoding="UTF-8" standalone="no" ?><!--a--><a>&lt;&#60;&#x3C;&#x3c;&amp;lt;&apos;&quot;&gt;</a>`,
    "<a>1<!--2-->3<?four 5?>6<![CDATA[<7>&amp;]]>8<![CDATA[]]></a>",
    "<a> <b/>\u00a0<c/> 9 <d> </d></a>",
    '<a xmlns:p="u"><p:b p:c="1" c="2"><p:d xmlns:p="v" p:c=""/></p:b></a>',
    "<a>\u{1F469}\u200D\u{1F52C}&#x1F469;</a>",
  ])
    expect(agree(text), text).toBe(true);
});

describe("malformed is", () => {
  test.each([
    ["nothing", ""],
    ["text alone", "text"],
    ["a tag that does not end", "<a"],
    ["an element that does not end", "<a><b></b>"],
    ["an end of another element", "<a><b></a></b>"],
    ["an end that goes on", "<a></a b>"],
    ["an end of nothing", "</a>"],
    ["a second root", "<a/><b/>"],
    ["text before the root", "x<a/>"],
    ["text after the root", "<a/>x"],
    ["white space of Unicode after the root", "<a/>\u00a0"],
    ["text in CDATA after the root", "<a/><![CDATA[]]>"],
    ["an attribute that stands twice", '<a b="1" b="2"/>'],
    ["an attribute twice by two prefixes", '<a xmlns:p="u" xmlns:q="u" p:b="" q:b=""/>'],
    ["an attribute without a value", "<a b/>"],
    ["an attribute without quotes", "<a b=1/>"],
    ["attributes without white space between them", '<a b="1"c="2"/>'],
    ["a tag within an attribute", '<a b="<"/>'],
    ["a bare ampersand", "<a>a & b</a>"],
    ["an ampersand in an attribute", '<a b="a&b"/>'],
    ["an unknown entity", "<a>&nbsp;</a>"],
    ["an entity without its end", "<a>&amp</a>"],
    ["a reference to no character", "<a>&#1;</a>"],
    ["a reference to half a character", "<a>&#xD800;</a>"],
    ["a reference beyond all characters", "<a>&#x110000;</a>"],
    ["an end of CDATA in text", "<a>]]></a>"],
    ["CDATA without an end", "<a><![CDATA[</a>"],
    ["a comment with two hyphens", "<a><!-- -- --></a>"],
    ["a comment that ends in three", "<a><!-- ---></a>"],
    ["a control character in a comment", "<a><!-- \u0001 --></a>"],
    ["a declaration that is not first", ' <?xml version="1.0"?><a/>'],
    ["a declaration without a version", "<?xml?><a/>"],
    ["an instruction without a name", "<? a?><a/>"],
    ["a document type", "<!DOCTYPE a><a/>"],
    ["entities of its own", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
    ["a name that begins with a digit", "<1a/>"],
    ["a name with two colons", '<a xmlns:p="u"><p:b:c/></a>'],
    ["an unknown prefix of an element", "<p:a/>"],
    ["an unknown prefix of an attribute", '<a p:b=""/>'],
    ["a prefix outside of where it is declared", '<a><b xmlns:p="u"/><p:c/></a>'],
    ["a prefix of nothing", '<a xmlns:p=""/>'],
    ["a reserved prefix", '<a xmlns:xmlns="u"/>'],
    ["another meaning of xml", '<a xmlns:xml="u"/>'],
    ["an element named xmlns", "<xmlns/>"],
  ])("%s", (_, text) => {
    expect(parse(text)).toEqual({ complaint: expect.stringMatching(/ at character \d+$/) });
  });
});

test("nothing that others refuse is read, and all else as they read it, however parts of a deck are broken", {
  timeout: 120_000,
}, async () => {
  const file = open(await write(sample(3, "zh")));
  const parts = file.names.filter((path) => /\.(xml|rels)$/.test(path)).map(file.text);
  const scrap = fc.oneof(
    fc.constantFrom(
      ..."<>/=\"'&;: \n\r!?-[]x",
      "<!--",
      "-->",
      "<![CDATA[",
      "]]>",
      "<?x ",
      "?>",
      "&amp;",
      "&#65;",
    ),
    fc.constantFrom(
      "<a:p>",
      "</a:p>",
      "<q/>",
      ' id="1"',
      ' xmlns:a="u"',
      ' xmlns="u"',
      "xmlns",
      "\u0001",
      "\u00a0",
    ),
  );
  /** Where, how much goes and what comes. */
  const cut = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), gone: fc.nat(12), scrap });
  let read = 0;
  fc.assert(
    fc.property(fc.constantFrom(...parts), fc.array(cut, { maxLength: 2 }), (part, cuts) => {
      const broken = cuts.reduce((text, { at, gone, scrap }) => {
        const from = Math.floor(at * text.length);
        return text.slice(0, from) + scrap + text.slice(from + gone);
      }, part);
      if (agree(broken)) read++;
    }),
    { numRuns: 400 },
  );
  expect(read).toBeGreaterThan(40);
});

test("nesting has no end that matters", () => {
  const deep = parse(`${"<a>".repeat(50_000)}end${"</a>".repeat(50_000)}`) as Xml;
  expect([...descendants(deep)]).toHaveLength(50_000);
  expect(textOf(deep)).toBe("end");
});
