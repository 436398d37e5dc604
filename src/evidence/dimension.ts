/** Dimensions: what arithmetic does to units, and in which unit its result may be given. */
import type { Operator } from "../findings/formula.ts";

/** How a number without a unit may be printed: per cent, times or percentage points. */
type Plain = "%" | "x" | "pp";

export interface Dimension {
  /** Powers of units, none of them zero: `USD/months` is USD to the first and months to the minus first. */
  readonly powers: ReadonlyMap<string, number>;
  /** Where there are none, as what the number may be given. */
  readonly plain: readonly Plain[];
  /** A plain number is among its factors, which may stand for a stretch of time: 12 months in a year. */
  readonly isCounted: boolean;
}

const ratio: readonly Plain[] = ["x", "%"];

/** That of a plain number; 1 counts nothing. */
export function ofNumber(text: string): Dimension {
  return { powers: new Map(), plain: ratio, isCounted: text !== "1" };
}

/** That of `CNY`, `%` or `USD/months`. */
export function dimensionOf(unit: string): Dimension {
  const [above = "", below] = unit.split("/");
  const powers = new Map<string, number>();
  if (!isPlain(above)) powers.set(above, 1);
  if (below !== undefined) powers.set(below, (powers.get(below) ?? 0) - 1);
  return { powers: settled(powers), plain: isPlain(above) ? [above] : ratio, isCounted: false };
}

/** Per cent and points are a hundredth of what they count. */
export function isHundredth(unit: string): boolean {
  return unit.startsWith("%") || unit.startsWith("pp");
}

export function multiplied(a: Dimension, operator: "*" | "/", b: Dimension): Dimension {
  const powers = new Map(a.powers);
  for (const [unit, power] of b.powers)
    powers.set(unit, (powers.get(unit) ?? 0) + (operator === "*" ? power : -power));
  return { powers: settled(powers), plain: ratio, isCounted: a.isCounted || b.isCounted };
}

/** Times or by a plain number, which makes nothing else of it. */
export function counted(dimension: Dimension, number: Dimension): Dimension {
  return { ...dimension, isCounted: dimension.isCounted || number.isCounted };
}

/** Nothing when the two cannot be added: different units, or shares and points the wrong way round. */
export function added(a: Dimension, operator: "+" | "-", b: Dimension): Dimension | undefined {
  if (!samePowers(a.powers, b.powers)) return undefined;
  const isCounted = a.isCounted || b.isCounted;
  if (a.powers.size > 0) return { ...a, isCounted };
  const shared = a.plain.filter((unit) => b.plain.includes(unit));
  // 42 % less 30 % are 12 points, or what is left of a share; and points move a percentage.
  if (operator === "-" && shared.includes("%"))
    shared.push(...(["pp"] as const).filter((unit) => !shared.includes(unit)));
  if (shared.length === 0 && a.plain.includes("%") && b.plain.includes("pp")) shared.push("%");
  return shared.length === 0 ? undefined : { powers: a.powers, plain: shared, isCounted };
}

/** Whether a result of this dimension can be given in the unit. */
export function comesOutIn(dimension: Dimension, unit: string): boolean {
  const wanted = dimensionOf(unit);
  const [left, right] = [dimension, wanted].map(({ powers }) =>
    dimension.isCounted ? withoutTime(powers) : powers,
  ) as [Dimension["powers"], Dimension["powers"]];
  if (!samePowers(left, right)) return false;
  return (
    left.size > 0 || wanted.plain.every((plain) => dimension.plain.includes(plain)) || wanted.powers.size > 0
  );
}

/** `USD × users / months`; `a ratio` for a number without a unit. */
export function describeDimension({ powers, plain }: Dimension): string {
  const side = (sign: 1 | -1): string[] =>
    [...powers].flatMap(([unit, power]) => Array<string>(Math.max(0, power * sign)).fill(unit));
  const [above, below] = [side(1), side(-1)];
  if (above.length + below.length === 0) return `a number in ${plain.join(" or ")}`;
  return [above.join(" × ") || "1", ...below].join(" / ");
}

const stretches: ReadonlySet<string> = new Set(["days", "months", "quarters", "years"]);

function withoutTime(powers: Dimension["powers"]): Dimension["powers"] {
  return new Map([...powers].filter(([unit, power]) => power > 0 || !stretches.has(unit)));
}

function samePowers(a: Dimension["powers"], b: Dimension["powers"]): boolean {
  return a.size === b.size && [...a].every(([unit, power]) => b.get(unit) === power);
}

function settled(powers: ReadonlyMap<string, number>): Dimension["powers"] {
  return new Map([...powers].filter(([, power]) => power !== 0));
}

function isPlain(unit: string): unit is Plain {
  return unit === "%" || unit === "x" || unit === "pp";
}

/** Operators that keep a unit, told from those that make another. */
export function isSum(operator: Operator): operator is "+" | "-" {
  return operator === "+" || operator === "-";
}
