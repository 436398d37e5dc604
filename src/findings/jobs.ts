/** Jobs: the file that says what a batch builds, by product, language, theme, day and what the products are made for. */
import type { Outcome, Place, Problem } from "../problem.ts";
import { firstDay } from "./days.ts";
import * as messages from "./messages.ts";
import { parsePeriod } from "./period.ts";
import { jobsSchema } from "./schema.ts";
import type { Language, Product, Region, Store, Subject } from "./store.ts";
import { type Path, parseFile } from "./yaml.ts";

/** What stands in the file, with its place. */
export interface Written<T> {
  readonly value: T;
  readonly at: Place;
}

/** What a product is made for, one after the other: values as they are written, or all subjects of a kind. */
export type Each =
  | { readonly values: readonly Written<string>[] }
  | { readonly kind: Subject["kind"]; readonly regions?: readonly Region[] };

/** A row of the file: a product in all combinations of what follows. */
export interface Jobs {
  readonly product: Product;
  readonly languages: readonly Language[];
  /** Names of themes; none is the product's own. */
  readonly themes: readonly Written<string>[];
  /** As written, with the ISO date of the day; none is the store as it is. */
  readonly asOf: readonly (Written<string> & { readonly day: string })[];
  readonly each: readonly { readonly name: string; readonly each: Each; readonly at: Place }[];
  readonly at: Place;
}

/** Reads a file of jobs for the products of a store. @param file its name, as problems show it */
export function readJobs(file: string, text: string, store: Store): Outcome<readonly Jobs[]> {
  const parsed = parseFile(file, text, jobsSchema);
  if (!parsed.value) return { value: undefined, problems: parsed.problems };
  const { value, at } = parsed.value;
  const problems: Problem[] = value.jobs.length === 0 ? [messages.noJobs(at(["jobs"]))] : [];
  const products = new Map(store.products.map((product) => [product.name, product]));
  const rows = value.jobs.flatMap((raw, index): Jobs[] => {
    const where = (...path: Path): Place => at(["jobs", index, ...path]);
    const written = <T>(values: readonly T[] | undefined, ...path: Path): Written<T>[] =>
      (values ?? []).map((one, place) => ({ value: one, at: where(...path, place) }));
    const product = products.get(raw.product);
    if (!product) {
      const home = "sourcedeck.yaml";
      problems.push(
        messages.unknownReference(where("product"), "product", raw.product, products.keys(), home),
      );
      return [];
    }
    for (const { value: language, at: place } of written(raw.languages, "languages"))
      if (!product.languages.includes(language))
        problems.push(messages.notALanguageOf(product.name, language, product.languages, place));
    const asOf = written(raw["as-of"], "as-of").map((one) => {
      const period = parsePeriod(one.value);
      const isDay = period?.kind === "day" || period?.kind === "week";
      if (!period || !isDay) problems.push(messages.notADay(one.at, one.value));
      else if (period.end < firstDay(store))
        problems.push(messages.dayBeforeStore(one.value, firstDay(store), one.at));
      return { ...one, day: period?.end ?? "" };
    });
    const each = Object.entries(raw.each ?? {}).map(([name, given]) => ({
      name,
      each: Array.isArray(given)
        ? { values: written(given, "each", name) }
        : { kind: given.subjects, ...(given.region && { regions: given.region }) },
      at: at(["jobs", index, "each", name], "key"),
    }));
    const themes = written(raw.themes, "themes");
    return [{ product, languages: raw.languages ?? product.languages, themes, asOf, each, at: where() }];
  });
  return { value: problems.length > 0 ? undefined : rows, problems };
}
