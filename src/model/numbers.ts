/** Numbers typed by hand: tells them from names that contain digits, such as R1, GPT-4 or 5G. */
import { isCurrency } from "../findings/quantity.ts";

/** A number with its groups, decimals and the other end of a range or date, e.g. `1,234.5`, `12–13`, `2025-06-03`. */
const numbers = /[\p{Nd}½¼¾]+(?:[.,:]\p{Nd}+)*(?:\s?[-–—~/]\s?\p{Nd}+(?:[.,:]\p{Nd}+)*)*/gu;

/** A word that ends right before the number, hyphen included: `GPT-` of GPT-4, `Qwen` of Qwen3. */
const wordBefore =
  /(?<![\p{Script=Latin}\p{Nd}])(?<word>\p{Script=Latin}[\p{Script=Latin}\p{Nd}.]*(?:[-‑_][\p{Script=Latin}\p{Nd}.]+)*)[-‑_]?$/u;

/** Letters that follow a number as its unit or scale; any other letters make it a name, e.g. 5G, 720P, 3D. */
const unitLetters =
  /^(?:k|K|m|M|mn|mio|b|B|bn|t|tn|tr|trn|x|X|pp|ppt|pct|bps?|h|hrs?|s|ms|min|kg|km|nm|W|kW|MW|GW|TW|Wh|kWh|MB|GB|TB|PB|st|nd|rd|th|s|yr|y|d|w)$/;

const signBefore = /(?:[+\-−±~≈<>≤≥]\s?)?(?:\p{Lu}{0,3}\p{Sc}|\b(?:RMB|[A-Z]{3})\s?)?(?:[+\-−±~≈<>≤≥]\s?)?$/u;

const unitAfter =
  /^(?:\s?[%‰％×]|\s?\p{Sc}|\s?(?:pp|bn|tn|mn|million|billion|trillion)\b|\s?(?:万亿|千亿|百亿|亿|千万|百万|万|倍|个百分点)?(?:人民币|美元|欧元|港元|日元|元|年|月|日|个|家|人|次|天|季度)?)/u;

/**
 * The numbers in a text that stand alone or with sign, unit, currency or percent, each with what belongs to it,
 * in order, e.g. `["USD 29bn", "+5%"]`. Numbers that are part of a name do not count.
 */
export function typedNumbers(text: string): string[] {
  const found: string[] = [];
  for (const match of text.matchAll(numbers)) {
    const before = text.slice(0, match.index);
    const after = text.slice(match.index + match[0].length);
    const letters = /^\p{Script=Latin}+(?:-?[\p{Script=Latin}\p{Nd}]+)*/u.exec(after)?.[0] ?? "";
    const measured = letters === "" ? /^\s?[%‰％×]/u.test(after) : unitLetters.test(letters);
    if (letters !== "" && !measured) continue;
    const word = wordBefore.exec(before)?.groups?.word;
    if (word !== undefined && !isMoney(word) && !/^\s?[%‰％]/u.test(after)) continue;
    const sign = signBefore.exec(before)?.[0] ?? "";
    const lead = /[A-Z]{3}\s?$/.test(sign) && !isMoney(sign.trim().replace(/^[^A-Z]+/, "")) ? "" : sign;
    found.push(`${lead}${match[0]}${letters || (unitAfter.exec(after)?.[0] ?? "")}`.trim());
  }
  return found;
}

function isMoney(word: string): boolean {
  return word === "RMB" || isCurrency(word);
}
