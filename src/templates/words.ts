/** Words: `words.yaml`, the template folder's own vocabulary in every language, printed with `{{t "key.path"}}`. */
import { z } from "zod";
import { unknownField } from "../findings/messages.ts";
import { type Localized, languages } from "../findings/store.ts";
import { parseFile } from "../findings/yaml.ts";
import { fromMemory, keyOf, type Memory, remember } from "../memory.ts";
import { typedNumbers } from "../model/numbers.ts";
import type { Outcome, Problem } from "../problem.ts";
import type { Library, LibraryFile } from "./library.ts";
import { limits } from "./limits.ts";
import * as messages from "./messages.ts";

/** By path: `chart.title` for `title` within `chart`. */
export type Words = ReadonlyMap<string, Localized>;

type Entries = { readonly [key: string]: string | Entries };

/** The shape of `words.yaml`. */
export const wordsSchema: z.ZodType<Entries> = z
  .record(
    z.string().regex(/^[A-Za-z][\w-]*$/, "a word of letters, digits and hyphens"),
    z.lazy(() => z.union([z.string(), wordsSchema])),
  )
  .meta({
    description: "Groups of words; a word has `en` and `zh`, and is named by its path: `chart.title`.",
  });

/** Laid over each other once for each library: a chart asks again for every string. */
const known = new WeakMap<Library, Outcome<Words>>();
/** Read once for each file, which several libraries may share. */
const read = new WeakMap<LibraryFile, Outcome<Words>>();

/**
 * A library without the file has no words. Own words are laid over the shipped ones key by key.
 * @param memory of files with which nothing was wrong
 */
export function wordsOf(library: Library, memory?: Memory): Outcome<Words> {
  const words = known.get(library) ?? readWords(library, memory);
  known.set(library, words);
  return words;
}

function readWords(library: Library, memory: Memory | undefined): Outcome<Words> {
  const [under, over] = [library.under, library.files].map((files) =>
    wordsIn(files?.get("words.yaml"), memory),
  );
  const problems = [...(under?.problems ?? []), ...(over?.problems ?? [])];
  if (!under?.value || !over?.value) return { value: undefined, problems };
  return { value: new Map([...under.value, ...over.value]), problems };
}

function wordsIn(found: LibraryFile | undefined, memory: Memory | undefined): Outcome<Words> {
  if (!found) return { value: new Map(), problems: [] };
  const words = read.get(found) ?? recalled(found, memory);
  read.set(found, words);
  return words;
}

function recalled(found: LibraryFile, memory: Memory | undefined): Outcome<Words> {
  if (!memory) return readFile(found);
  const key = keyOf("words", found.text);
  const before = fromMemory<[string, Localized][]>(memory.get(key));
  if (before) return { value: new Map(before), problems: [] };
  const words = readFile(found);
  if (words.value && words.problems.length === 0) remember(memory, key, [...words.value]);
  return words;
}

function readFile({ file, text }: LibraryFile): Outcome<Words> {
  if (text.length > limits.template)
    return { value: undefined, problems: [messages.tooLong(file, text.length)] };
  const parsed = parseFile(file, text, wordsSchema);
  if (!parsed.value) return { value: undefined, problems: parsed.problems };
  const { value, at } = parsed.value;
  const words = new Map<string, Localized>();
  const problems: Problem[] = [...parsed.problems];
  const walk = (inner: Entries, path: readonly string[]): void => {
    const name = path.join(".");
    const { en, zh } = inner;
    const texts = Object.entries(inner).flatMap(([key, text]) => (typeof text === "string" ? [key] : []));
    const isWord = typeof en === "string" || typeof zh === "string";
    // Known by its half, so that whoever prints it is not told that there is no such word.
    if (isWord) words.set(name, { en: String(en ?? zh), zh: String(zh ?? en) });
    if (isWord && (en === undefined || zh === undefined))
      problems.push(messages.halfWord(name, texts, at([...path, ...texts.slice(0, 1)], "key")));
    for (const [key, value] of Object.entries(inner)) {
      const here = [...path, key];
      if (typeof value !== "string") walk(value, here);
      else if (languages.some((language) => language === key))
        for (const number of typedNumbers(value)) problems.push(messages.typedNumber(number, at(here)));
      else if (!isWord) problems.push(messages.halfWord(here.join("."), [], at(here)));
      else if (en !== undefined && zh !== undefined)
        problems.push(unknownField(at(here, "key"), key, path, languages));
    }
  };
  walk(value, []);
  return { value: words, problems };
}
