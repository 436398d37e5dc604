/** Exact decimals: 40 significant digits, half rounded away from zero, no binary floats. */
import { Decimal as DecimalJs } from "decimal.js";

export const Decimal = DecimalJs.clone({
  precision: 40,
  rounding: DecimalJs.ROUND_HALF_UP,
  toExpNeg: -60,
  toExpPos: 60,
});
export type Decimal = InstanceType<typeof Decimal>;

/** How a value is rounded, e.g. `Decimal.ROUND_FLOOR`. */
export type Rounding = DecimalJs.Rounding;
