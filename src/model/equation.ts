/** Equations in words: the arithmetic of a check as it stands on a page. */
import type { Against, Equation } from "../evidence/equation.ts";
import type { Language, Store } from "../findings/store.ts";
import { formatPeriod, formatQuantity } from "./format.ts";

type Words = Readonly<Record<Against["by"], (result: string, value: string, when: string) => string>>;

const words: Readonly<Record<Language, Words>> = {
  en: {
    statement: (result, value) => `${result}, stated ${value}`,
    rate: (result, value, when) => `${result}, the rate of ${when} is ${value}`,
    whole: (result, value) => `${result}, expected no more than ${value}`,
    limit: (result, value) => `${result}, expected ${value}`,
  },
  zh: {
    statement: (result, value) => `${result}，文中为${value}`,
    rate: (result, value, when) => `${result}，${when}汇率为${value}`,
    whole: (result, value) => `${result}，应不高于${value}`,
    limit: (result, value) => `${result}，应为${value}`,
  },
};

/** Operators as they are typeset. */
const typeset = (operator: string): string => operator.replaceAll(" / ", " ÷ ").replaceAll(" - ", " − ");

/** `USD 20bn ÷ about USD 5.5bn − 1 = about 264%, stated about 300%` */
export function formatEquation(
  { left, computed, against }: Equation,
  language: Language,
  { units, rates }: Pick<Store, "units" | "rates">,
): string {
  const named = (term: string): string => rates.find(({ id }) => id === term)?.rate ?? typeset(term);
  const terms = [...left, ...(computed ? [" = ", computed] : [])].map((term) =>
    typeof term === "string" ? named(term) : formatQuantity(term, language, units),
  );
  const rate = against.by === "rate" ? rates.find(({ id }) => id === against.rate) : undefined;
  const when = rate === undefined ? "" : formatPeriod(rate.period, language);
  return words[language][against.by](terms.join(""), formatQuantity(against.value, language, units), when);
}
