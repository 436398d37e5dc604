/** Numbers typed by hand: tells them from names that contain digits, such as R1, GPT-4 or 5G. */
import { isMoneyWord, isPartOfName, lettersAfter } from "../findings/names.ts";

/** One number in digits, with its groups and decimals: `1,234.5`, `½`, `②`, `Ⅳ`; the Chinese zero is no digit here. */
const digits = String.raw`(?:(?!〇)[\p{Nd}\p{No}\p{Nl}])+(?:[.,:]\p{Nd}+)*`;

const han = "零〇一二两兩三四五六七八九十百千";

/**
 * A number in Chinese characters where a scale, unit or currency follows: 三百万, 五成, 百分之五, 二〇二五年. Plain counts
 * (三类, 六小虎), ordinals (第一), units (每百万) and idioms made of the same characters (唯一成为, 千万不要, 一元化) are words.
 */
const chinese = String.raw`(?<![第每/／唯统之\p{Nd}${han}]\s?)(?:百分之[${han}几]+(?:点[${han}]+)?|[零〇一二三四五六七八九]{4}年|[${han}]+(?:点[${han}]+)?(?:万(?!(?<=千万)[不别要])|[萬亿億]|成(?![为功立员本果长绩熟型就交品])|倍|个百分点|[%％‰]|[美港欧日]元|元(?![化论结对材锂性])|人民币)[万亿]?)`;

/** A number, with the other end of a range or date, e.g. `12–13`, `2025-06-03`; or one in Chinese characters. */
const numbers = new RegExp(
  String.raw`${digits}(?:\s?[-–—~/]\s?\p{Nd}+(?:[.,:]\p{Nd}+)*)*|(?<chinese>${chinese})`,
  "gu",
);

/** Characters around a number that tell what it is; no more are looked at, so that a long line of numbers is read in time. */
const neighbourhood = 80;

const signBefore = /(?:[+\-−±~≈<>≤≥]\s?)?(?:\p{Lu}{0,3}\p{Sc}|\b(?:RMB|[A-Z]{3})\s?)?(?:[+\-−±~≈<>≤≥]\s?)?$/u;

const unitAfter =
  /^(?:\s?[%‰％×]|\s?\p{Sc}|\s?(?:pp|bn|tn|mn|thousand|million|billion|trillion|percent|per cent)\b|\s?(?:万亿|千亿|百亿|亿|千万|百万|万|倍|成|个百分点)?(?:人民币|美元|欧元|港元|日元|元|年|月|日|个|家|人|次|天|季度)?)/u;

/** Most texts: nothing but letters and signs of ASCII, with none of which a number begins. */
const plain = /^[^0-9\u0080-\uffff]*$/;

/**
 * The numbers in a text that stand alone or with sign, unit, currency or percent, each with what belongs to it,
 * in order, e.g. `["USD 29bn", "+5%"]`. Numbers that are part of a name do not count, nor do number words of English
 * (five, tripled) and plain counts in Chinese (三类), which no rule can tell from other words.
 */
export function typedNumbers(text: string): string[] {
  const found: string[] = [];
  if (plain.test(text)) return found;
  for (const match of text.matchAll(numbers)) {
    const end = match.index + match[0].length;
    const before = text.slice(Math.max(0, match.index - neighbourhood), match.index);
    const after = text.slice(end, end + neighbourhood);
    if (match.groups?.chinese === undefined && isPartOfName(before, after)) continue;
    const sign = signBefore.exec(before)?.[0] ?? "";
    const lead = /[A-Z]{3}\s?$/.test(sign) && !isMoneyWord(sign.trim().replace(/^[^A-Z]+/, "")) ? "" : sign;
    found.push(`${lead}${match[0]}${lettersAfter(after) || (unitAfter.exec(after)?.[0] ?? "")}`.trim());
  }
  return found;
}
