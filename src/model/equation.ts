/** Equations in words: the arithmetic of a check as it stands on a page. */
import type { Against, Equation } from "../evidence/equation.ts";
import type { Language, UnitName } from "../findings/store.ts";
import { formatQuantity } from "./format.ts";

type Words = Readonly<Record<Against["by"], (result: string, value: string, rate: string) => string>>;

const words: Readonly<Record<Language, Words>> = {
  en: {
    statement: (result, value) => `${result}, stated ${value}`,
    rate: (result, value, rate) => `${result}, ${rate} gives ${value}`,
    whole: (result, value) => `${result}, expected no more than ${value}`,
    limit: (result, value) => `${result}, expected ${value}`,
  },
  zh: {
    statement: (result, value) => `${result}，文中为${value}`,
    rate: (result, value, rate) => `${result}，按${rate}为${value}`,
    whole: (result, value) => `${result}，应不高于${value}`,
    limit: (result, value) => `${result}，应为${value}`,
  },
};

/** Operators as they are typeset. */
const signs: Readonly<Record<string, string>> = { " / ": " ÷ ", " - ": " − ", " - 1": " − 1" };

/** `USD 20bn ÷ about USD 5.5bn − 1 = about 264%, stated about 300%` */
export function formatEquation(
  { left, computed, against }: Equation,
  language: Language,
  units: ReadonlyMap<string, UnitName>,
): string {
  const terms = [...left, ...(computed ? [" = ", computed] : [])].map((term) =>
    typeof term === "string" ? (signs[term] ?? term) : formatQuantity(term, language, units),
  );
  const rate = against.by === "rate" ? against.rate : "";
  return words[language][against.by](terms.join(""), formatQuantity(against.value, language, units), rate);
}
