/** Typed: numbers that stand in the store's own words, where they lead back to no line of a source. */
import type { Localized, Store } from "../findings/store.ts";
import { languages } from "../findings/store.ts";
import type { Place } from "../problem.ts";
import { typedNumbers } from "./numbers.ts";

/**
 * The numbers in notes of findings and sources and in the reasons of rulings, which pages print as they are, each with
 * the entry that it stands in. Texts of statements and events are judged where they are printed, with their references.
 */
export function typedInStore(store: Store): { readonly number: string; readonly at: Place }[] {
  const texts: { readonly text: Localized | undefined; readonly at: Place }[] = [
    ...[...store.findings.values(), ...store.sources.values()].map(({ note, at }) => ({ text: note, at })),
    ...store.rulings.map(({ why, at }) => ({ text: why, at })),
  ];
  return texts.flatMap(({ text, at }) =>
    languages.flatMap((language) => typedNumbers(text?.[language] ?? "").map((number) => ({ number, at }))),
  );
}
