/** Numerals: what stands for a number on a page, in Arabic digits or Chinese characters, as an exact number. */
import { Decimal, powerOfTen } from "./decimal.ts";

export interface Numeral {
  readonly value: Decimal;
  /** What one step of the last written digit is worth. */
  readonly step: Decimal;
}

/** How many powers of ten each sign or word of scale is worth; English words in lower case. */
const powers: Readonly<Record<string, number>> = {
  十: 1,
  百: 2,
  千: 3,
  万: 4,
  萬: 4,
  亿: 8,
  億: 8,
  k: 3,
  thousand: 3,
  m: 6,
  mn: 6,
  mio: 6,
  million: 6,
  b: 9,
  bn: 9,
  billion: 9,
  t: 12,
  tn: 12,
  trillion: 12,
};

const digits = new Map(
  Object.entries({
    零: 0,
    〇: 0,
    一: 1,
    二: 2,
    两: 2,
    兩: 2,
    三: 3,
    四: 4,
    五: 5,
    六: 6,
    七: 7,
    八: 8,
    九: 9,
  }),
);

/**
 * The same text with ASCII digits and signs for full-width ones, and with blanks for readings in pinyin after Chinese
 * characters, `产业(chǎnyè)`; no character moves.
 */
export function legible(text: string): string {
  return text
    .replace(/[０-９％．＄＋－／]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/(?<=\p{Script=Han}\s?)\([a-zà-ÿāēīōūǎěǐǒǔǖǘǚǜńňǹ]{1,24}\)/gu, (reading) =>
      " ".repeat(reading.length),
    );
}

/** A scale such as `万`, `千亿` or `bn` as a factor; 1 for none. */
export function scaleFactor(scale: string | undefined): Decimal {
  const word = (scale ?? "").trim().toLowerCase();
  if (word === "") return new Decimal(1);
  const power = powers[word] ?? [...word].reduce((sum, sign) => sum + (powers[sign] ?? Number.NaN), 0);
  return powerOfTen(power);
}

/** Reads ASCII digits with commas between thousands and one decimal point; white space after the point is let pass. */
export function arabicNumber(written: string): Numeral {
  const plain = written.replace(/[,\s]/g, "");
  return {
    value: new Decimal(plain),
    step: powerOfTen(-(plain.split(".")[1]?.length ?? 0)),
  };
}

/** Reads Chinese numerals, `二百三十`, `百亿`, `一亿二千万`; `undefined` when they are none: `两三`, `百百`. */
export function chineseNumber(written: string): Numeral | undefined {
  let [above, myriads, section] = [new Decimal(0), new Decimal(0), new Decimal(0)];
  let digit: number | undefined;
  let least = 0;
  let before = Number.POSITIVE_INFINITY;
  for (const sign of written) {
    const value = digits.get(sign);
    const power = powers[sign];
    if (value === 0) continue;
    if (value !== undefined) {
      if (digit !== undefined) return undefined;
      [digit, least] = [value, 0];
      continue;
    }
    if (power === undefined || (power < 4 && power >= before)) return undefined;
    const factor = powerOfTen(power);
    if (power < 4) section = section.add(factor.mul(digit ?? 1));
    else {
      const counted = section.add(digit ?? 0).add(power === 8 ? myriads : 0);
      const scaled = (counted.isZero() ? new Decimal(1) : counted).mul(factor);
      [above, myriads] = power === 8 ? [above.add(scaled), new Decimal(0)] : [above, scaled];
      section = new Decimal(0);
    }
    least = power < 4 || digit !== undefined ? power : power + least;
    before = power < 4 ? power : Number.POSITIVE_INFINITY;
    digit = undefined;
  }
  const value = above
    .add(myriads)
    .add(section)
    .add(digit ?? 0);
  return value.isZero() ? undefined : { value, step: powerOfTen(least) };
}
