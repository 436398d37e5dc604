/** Memory: what was made before, by keys that say all that it was made of; given by the caller, as files live on a disk. */
import { createHash } from "node:crypto";

export interface Memory {
  /** Nothing for what was not made before, or was forgotten. */
  get(key: string): Uint8Array | undefined;
  put(key: string, bytes: Uint8Array): void;
}

/** @param madeOf what kind of thing it is, and data: all that it is made of. @returns SHA-256, in hexadecimal digits */
export function keyOf(kind: string, ...madeOf: readonly unknown[]): string {
  const sum = createHash("sha256").update(kind);
  for (const part of madeOf) {
    // Texts may be long: they are summed as they are.
    const isText = typeof part === "string";
    const text = isText ? part : (JSON.stringify(part) ?? "");
    sum.update(`\n${isText ? "text" : "data"} ${text.length}\n`).update(text, "utf16le");
  }
  return sum.digest("hex");
}

/**
 * Puts a value of plain data into a memory; one that JSON would not give back as it is, for a number that is none, is not
 * remembered.
 * @param lean what is kept of each part, as `JSON.stringify` takes it
 */
export function remember(
  memory: Memory | undefined,
  key: string,
  value: unknown,
  lean: (key: string, part: unknown) => unknown = (_, part) => part,
): void {
  let isPlain = true;
  const text = JSON.stringify(value, (name, part: unknown) => {
    if (typeof part === "number" && !Number.isFinite(part)) isPlain = false;
    return lean(name, part);
  });
  if (isPlain) memory?.put(key, new TextEncoder().encode(text));
}

/** The value that was remembered as these bytes. */
export function fromMemory<T>(bytes: Uint8Array | undefined): T | undefined {
  return bytes && (JSON.parse(new TextDecoder().decode(bytes)) as T);
}

/** Things of one kind with which nothing was wrong, so that nobody looks at them again. */
export interface Ledger {
  has(thing: string): boolean;
  /** Notes that nothing is wrong with a thing. */
  note(thing: string): void;
  /** Keeps what was noted. */
  close(): void;
}

/** UTF-16 units, some ten thousand figures: beyond it only what was last noted or found is kept, if anything is. */
const longestLedger = 2_000_000;

/** @param key what it hangs on, besides the things themselves, that nothing is wrong with them */
export function openLedger(memory: Memory | undefined, key: string): Ledger {
  const known = new Set(fromMemory<string[]>(memory?.get(key)));
  const found = new Set<string>();
  return {
    has(thing) {
      const isKnown = known.has(thing);
      if (isKnown) found.add(thing);
      return isKnown;
    },
    note: (thing) => void found.add(thing),
    close() {
      const isNews = [...found].some((thing) => !known.has(thing));
      if (!memory || !isNews) return;
      const text = [new Set([...known, ...found]), found]
        .map((things) => JSON.stringify([...things]))
        .find(({ length }) => length <= longestLedger);
      if (text !== undefined) memory.put(key, new TextEncoder().encode(text));
    },
  };
}
