/** Denominators: what a printed amount is counted per, in the words of the table and of the units that a store declares. */
import { Decimal } from "./decimal.ts";
import { legible, scaleFactor } from "./numerals.ts";
import { sticky } from "./printed-amounts.ts";
import type { UnitName } from "./store.ts";
import { denominators as table } from "./written-forms.ts";

/** What a price is counted per, e.g. 1000 tokens. */
export interface Per {
  readonly count: Decimal;
  /** Ids of the units that the word may mean, in the plural: `tokens`; 次 may be `calls` and `times`. */
  readonly units: readonly string[];
}

/** How denominators are found in a text; made once for a store. */
export interface Denominators {
  /** Right behind an amount, where it says that it is a price: `per cup`, `/杯`. */
  readonly behind: RegExp;
  /** The same, where it may be one: `for 1 cup`, `一杯`. */
  readonly maybeBehind: RegExp;
  /** In front of an amount, where it may be one: `每杯`. */
  readonly inFront: RegExp | undefined;
  /** What is counted itself, between a number and its denominator: `cups` of `450 cups per store`. */
  readonly counted: RegExp | undefined;
  /** Units by the words for them, in lower case. */
  readonly units: ReadonlyMap<string, readonly string[]>;
}

/** Units that amounts are counted per: more of them are read by their words in the table alone. */
const mostUnits = 500;

const scale = String.raw`(?<scale>[十百千]?[万萬]|[十百千亿億]|(?:k|K|M)(?![A-Za-z])|\s?(?:thousand|million)\b)`;
/** Words that Chinese counts by, which may stand before the noun or be left away. */
const classifier = "个個位名家张張台部款种種项項次件条條只辆輛套";

/** Those of the table alone. */
export const builtIn: Denominators = denominatorsOf([]);

/** @param units those that something in the store is counted per */
export function denominatorsOf(units: Iterable<UnitName>): Denominators {
  const byWord = new Map<string, string[]>();
  for (const unit of [...units].slice(0, mostUnits))
    for (const word of wordsFor(unit)) {
      // What the table knows already is told from longer words there: 人 from 人民币.
      const isKnown = table.some((row) => row.unit === unit.id && row.behind.test(word));
      if (!isKnown) byWord.set(word, [...(byWord.get(word) ?? []), unit.id]);
    }
  const own = [...byWord.keys()].sort((a, b) => b.length - a.length).map(asPattern);
  const noun = `(?<noun>${[...own, "[A-Za-z]+", String.raw`\p{Script=Han}{1,2}`].join("|")})`;
  const named = `(?<noun>${own.join("|")})`;
  // 千瓦时 is a unit, and no thousand of another.
  const scaled = own.length === 0 ? scale : `(?!${own.join("|")})${scale}`;
  const amount = String.raw`\s*(?<count>\d+(?:\.\d+)?)?\s*(?:${scaled})?\s*(?:[输輸][入出]|input|output)?\s*`;
  return {
    behind: new RegExp(String.raw`\s*(?:/?每|/|per(?=\s)|an?(?=\s))[${classifier}]??${amount}${noun}`, "iuy"),
    maybeBehind: new RegExp(
      String.raw`\s*(?:(?:for\s+)?(?:each|every)\s|for\s+(?:an?\s|one\s|(?=\d))|一[${classifier}]??)${amount}${noun}`,
      "iuy",
    ),
    inFront:
      own.length === 0
        ? undefined
        : new RegExp(
            String.raw`(?:[每一单單][${classifier}]??|/|(?<![A-Za-z])(?:per|each|every|an?|one|for)\s)${amount}${named}`,
            "giu",
          ),
    counted: own.length === 0 ? undefined : new RegExp(String.raw`\s*${named}`, "iuy"),
    units: byWord,
  };
}

/** How a page may write the denominator, for messages: `per cup`, `/杯`. */
export function writtenDenominators({ en, zh }: Pick<UnitName, "en" | "zh">): readonly string[] {
  return [`per ${en.one}`, `a ${en.one}`, `/${en.one}`, `for 1 ${en.one}`, `每${zh}`, `/${zh}`];
}

/** The denominator right behind an amount, and how many characters it takes. */
export function perBehind(
  text: string,
  at: number,
  { behind, units }: Denominators,
): { readonly per: Per; readonly length: number } | undefined {
  const match = sticky(behind, text, at);
  const per = match && perOf(match, units);
  return per && { per, length: match[0].length };
}

/**
 * What an amount may be counted per, by the words around it.
 * @param before what stands in front of it
 * @param at where it ends
 */
export function perAround(
  before: string,
  text: string,
  at: number,
  isMoney: boolean,
  { behind, maybeBehind, inFront, counted, units }: Denominators,
): Per[] {
  const found: Per[] = table.flatMap((row) => {
    const match = row.inFront.exec(before);
    return match ? [{ units: [row.unit], count: countOf(match) }] : [];
  });
  const noun = isMoney || !counted ? undefined : sticky(counted, text, at);
  const end = at + (noun?.[0].length ?? 0);
  const matches = [
    ...(inFront ? before.matchAll(inFront) : []),
    sticky(maybeBehind, text, end),
    ...(isMoney ? [] : [sticky(behind, text, end)]),
  ];
  return [...found, ...matches.flatMap((match) => (match && perOf(match, units)) ?? [])];
}

function perOf(match: RegExpMatchArray, own: Denominators["units"]): Per | undefined {
  const noun = match.groups?.noun ?? "";
  const units = [
    ...(own.get(plain(noun)) ?? []),
    ...table.flatMap(({ behind, unit }) => (behind.test(noun) ? unit : [])),
  ];
  return units.length === 0 ? undefined : { units, count: countOf(match) };
}

function countOf({ groups }: RegExpMatchArray): Decimal {
  return new Decimal(groups?.count ?? 1).mul(scaleFactor(groups?.scale));
}

/** The words for a unit: its names, and its id; Chinese names without the classifier that they begin with, too. */
function wordsFor({ id, en, zh, ordinal }: UnitName): ReadonlySet<string> {
  if (ordinal) return new Set();
  const bare = new RegExp(`^[${classifier}](?=\\p{Script=Han}{2})`, "u");
  return new Set([en.one, en.other, id, zh, zh.replace(bare, "")].map(plain));
}

/** As words are compared: blanks for hyphens, in lower case. */
function plain(word: string): string {
  return legible(word)
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, " ");
}

function asPattern(word: string): string {
  const escaped = word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&").replaceAll(" ", "[\\s-]+");
  return `${escaped}${/[\p{Script=Latin}\p{Nd}]$/u.test(word) ? "(?![\\p{Script=Latin}\\p{Nd}])" : ""}`;
}
