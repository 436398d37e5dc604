/** Names that contain digits, such as R1, GPT-4, 5G or 720P, told from numbers. */
import { isCurrency } from "./quantity.ts";

/** A word that ends right before the number, hyphen included: `GPT-` of GPT-4, `Qwen` of Qwen3. */
const wordBefore =
  /(?<![\p{Script=Latin}\p{Nd}])(?<word>\p{Script=Latin}[\p{Script=Latin}\p{Nd}.]*(?:[-‑_][\p{Script=Latin}\p{Nd}.]+)*)[-‑_]?$/u;

/** Letters that follow a number as its unit or scale; any other letters make it a name, e.g. 5G, 720P, 3D. */
const unitLetters =
  /^(?:k|K|m|M|mn|mio|b|B|bn|t|T|tn|tr|trn|x|X|pp|ppt|pct|bps?|h|hrs?|s|ms|min|kg|km|nm|W|kW|MW|GW|TW|Wh|kWh|MB|GB|TB|PB|st|nd|rd|th|s|yr|y|d|w)$/;

/** Words that do so, in any case; of plurals (`100users`) any will do. */
const unitWords =
  /^(?:[mb]n|thousand|[mbtr]+illion|percent|fold|rmb|usd|cny|hkd|eur|gbp|jpy|yuan|dollar|euro|people|(?:user|year|month|week|day|hour)|[a-z]{3,}s)$/i;

/**
 * What no name goes on with: per cent, a scale or currency in words, and in Chinese pages a scale or a currency, e.g.
 * `ARR5亿`. Scales of one letter are left to names: QwQ-32B.
 */
const amountAfter =
  /^(?:\s?(?:[%‰％]|[十百千]?[万萬亿億]|(?:[美港欧日]?元|人民币|个百分点)|(?:thousand|[mbtr]+illion|per\s?cent|pp)\b)|(?:bn|mn|tn|trn|pct)\b|(?:RMB|USD|CNY|HKD|EUR|GBP|JPY)\b)/iu;

/** Letters that follow a number at once and belong to it: `bn` of 29bn, `Q1` of 2025Q1; empty when none do. */
export function lettersAfter(after: string): string {
  return /^\p{Script=Latin}+(?:-?[\p{Script=Latin}\p{Nd}]+)*/u.exec(after)?.[0] ?? "";
}

/** Whether a number is part of a name, by what stands right before and after it. */
export function isPartOfName(before: string, after: string): boolean {
  // `900bn-plus` and `100m-user` are amounts, `3D-printed` is a name: the letters up to the hyphen tell.
  const [letters = ""] = lettersAfter(after).split("-");
  if (letters !== "" && !isUnit(letters)) return true;
  const word = wordBefore.exec(before)?.groups?.word;
  const last = word?.split(/[-‑_]/).at(-1);
  return last !== undefined && !isMoneyWord(last) && !amountAfter.test(after);
}

function isUnit(letters: string): boolean {
  return unitLetters.test(letters) || unitWords.test(letters) || isMoneyWord(letters);
}

export function isMoneyWord(word: string): boolean {
  return word === "RMB" || isCurrency(word);
}
