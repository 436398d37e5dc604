/** Typed: numbers that stand in the store's own words, where they lead back to no line of a source. */
import type { Localized, Store } from "../findings/store.ts";
import { languages } from "../findings/store.ts";
import { keyOf, type Memory } from "../memory.ts";
import type { Place } from "../problem.ts";
import { typedNumbers } from "./numbers.ts";

type Words = Localized | undefined;

/** A name may hold bare digits (Wan 2.1, Qihoo 360, 2024) and the years and months of Chinese, but no amount. */
const isAmount = (number: string): boolean =>
  /\d/.test(number) && /[^\d.,–-]/.test(number) && !/^(?:\d{4}年|\d{1,2}月|\d{4}-\d{4}年)$/.test(number);

/**
 * The numbers in the words that pages print as they are, each with the entry that it stands in: notes of findings and
 * sources, reasons of rulings and checks, and amounts in the names of the vocabulary. Texts of statements and events are judged
 * where they are printed, with their references.
 * @param memory of words in which there were none
 */
export function typedInStore(
  store: Store,
  memory?: Memory,
): { readonly number: string; readonly at: Place }[] {
  const texts: { readonly words: readonly Words[]; readonly at: Place }[] = [
    ...[...store.findings.values(), ...store.sources.values()].map(({ note, at }) => ({ words: [note], at })),
    ...store.rulings.map(({ why, at }) => ({ words: [why], at })),
    ...store.checks.map(({ why, at }) => ({ words: [why], at })),
    ...[...store.derived.values()].map(({ note, at }) => ({ words: [note], at })),
  ];
  const names: typeof texts = [
    ...[...store.findings.values()].map((finding) => ({
      words: [finding.kind === "figure" ? finding.attributed : undefined],
      at: finding.at,
    })),
    ...[...store.sources.values()].map(({ publisher, title, at }) => ({ words: [publisher, title], at })),
    ...[
      ...store.subjects.values(),
      ...store.metrics.values(),
      ...store.spots.values(),
      ...store.derived.values(),
    ].map(({ name, at }) => ({ words: [name], at })),
    ...[...store.schemes.values()].map(({ name, categories, at }) => ({
      words: [name, ...categories.map((category) => category.name)],
      at,
    })),
    ...[...store.units.values()].map(({ en, zh, at }) => ({
      words: [
        { en: en.one, zh },
        { en: en.other, zh },
      ],
      at,
    })),
  ];
  const all = [texts, names].map((them) => them.map(({ words }) => words));
  const key = memory && keyOf("typed", all);
  if (key && memory.get(key)) return [];
  const found = [...numbersIn(texts), ...numbersIn(names).filter(({ number }) => isAmount(number))];
  if (key && found.length === 0) memory.put(key, new Uint8Array());
  return found;
}

function numbersIn(
  texts: readonly { readonly words: readonly Words[]; readonly at: Place }[],
): { readonly number: string; readonly at: Place }[] {
  return texts.flatMap(({ words, at }) =>
    words.flatMap((text) =>
      text
        ? languages.flatMap((language) => typedNumbers(text[language]).map((number) => ({ number, at })))
        : [],
    ),
  );
}
