/** Cleaning of text from outside: what cannot stand in XML, or could be taken for a mark of ours, never gets in. */

/** Printable ASCII needs nothing but trimming. */
const plain = /^[ -~]*$/;

/**
 * Well-formed, in Unicode's composed form, without controls (tab and line ends become spaces), noncharacters,
 * private-use characters, marks that turn the direction of the text around them, and white space at its ends.
 */
export function cleanText(text: string): string {
  if (plain.test(text)) return text.trim();
  return text
    .toWellFormed()
    .normalize("NFC")
    .replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, " ")
    .replace(/[\p{Cc}\p{Co}\p{Noncharacter_Code_Point}\u202A-\u202E\u2066-\u2069\uFEFF]/gu, "")
    .trim();
}

/** Cleans every text in a value, keys too. Throws a RangeError below `deepest` levels. */
export function clean(value: unknown, deepest: number): unknown {
  if (typeof value === "string") return cleanText(value);
  if (typeof value !== "object" || value === null) return value;
  if (deepest === 0) throw new RangeError("nested too deeply");
  if (Array.isArray(value)) return value.map((item) => clean(item, deepest - 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [cleanText(key), clean(item, deepest - 1)]),
  );
}
