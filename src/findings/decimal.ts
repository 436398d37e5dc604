/** Exact decimals: 40 significant digits, half rounded away from zero, no binary floats. */
import { Decimal as DecimalJs } from "decimal.js";

export const Decimal = DecimalJs.clone({
  precision: 40,
  rounding: DecimalJs.ROUND_HALF_UP,
  toExpNeg: -60,
  toExpPos: 60,
});
export type Decimal = InstanceType<typeof Decimal>;

/** Exponents whose powers of ten are kept: those of all scales and of as many decimal places. */
const mostKept = 40;
const powersOfTen = new Map<number, Decimal>();

/** Ten to a whole number. */
export function powerOfTen(exponent: number): Decimal {
  const known = powersOfTen.get(exponent);
  if (known) return known;
  const power = new Decimal(`1e${exponent}`);
  if (Math.abs(exponent) <= mostKept) powersOfTen.set(exponent, power);
  return power;
}

/** How a value is rounded, e.g. `Decimal.ROUND_FLOOR`. */
export type Rounding = DecimalJs.Rounding;
