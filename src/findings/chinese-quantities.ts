/** Chinese numerals that say a quantity, told from the many words in which they count nothing. */
import { type Amount, behindOf, boundIn, inFrontOf } from "./printed-amounts.ts";
import { boundsBefore, type Kind, nouns } from "./written-forms.ts";

/** A numeral with what stands around it. */
interface Seen extends Pick<Amount, "numeral" | "unit" | "sizeOnly" | "bound"> {
  readonly before: string;
  readonly behind: string;
  /** The numeral, and the same with its scale and unit. */
  readonly printed: string;
  readonly whole: string;
}

const always = (): boolean => true;
const isBounded = ({ before }: Seen): boolean => boundIn(before, boundsBefore, true) !== undefined;
const isNumbered = ({ before }: Seen): boolean => /[第每前]\s?$/u.test(before);

/** By what is counted, when a Chinese numeral says something that a reader of figures would miss. */
const rules: Readonly<Record<Kind, { readonly when: (seen: Seen) => boolean; readonly why: string }>> = {
  percent: { when: always, why: "三折, 百分之一: the unit leaves no other sense" },
  points: { when: always, why: "两个百分点: likewise" },
  times: { when: always, why: "三倍, 数倍: likewise" },
  digits: { when: always, why: "三位数: likewise" },
  money: { when: always, why: "一元钱, 百亿美元: likewise" },
  rank: { when: always, why: "排名第一, 跻身前三: ranks are told from 第一类 before" },
  duration: {
    when: (seen) => seen.numeral?.value.gt(1) === true && !isNumbered(seen),
    why: "七个季度, 三年; but 一年 is just a year, 数月 some months, 第三年 and 每三年 no length of time",
  },
  count: {
    when: (seen) => {
      if (isNumbered(seen)) return false;
      if (seen.sizeOnly) return isBounded(seen);
      const { numeral, unit } = seen;
      return numeral === undefined || numeral.value.gte(unit?.never ? 2 : 10);
    },
    why: "近百种, 数十名, 三轮; below ten the text counts what it lists itself (三件事, 九家公司), and 百种 is a figure of speech",
  },
  plain: {
    when: (seen) =>
      /[万萬亿億]|[百千][级級]/u.test(seen.whole) &&
      (nouns.test(seen.behind) ||
        /[几幾数數]/u.test(seen.printed) ||
        seen.bound !== undefined ||
        isBounded(seen)),
    why: "上亿, 百亿级, 千亿参数, 数千万: a size with its bound or with what is counted; not 一方面, 百度, 千问, 万维",
  },
};

/** @param amount in `text`, the last of a range */
export function counts(text: string, amount: Amount, kind: Kind): boolean {
  return rules[kind].when({
    ...amount,
    before: inFrontOf(text, amount.from),
    behind: behindOf(text, amount.end),
    printed: text.slice(amount.from, amount.to),
    whole: text.slice(amount.from, amount.end),
  });
}
