/** Derived figures of `derived.yaml`: their formulas done, with bounds and ranges kept and units held to account. */
import { Decimal } from "../findings/decimal.ts";
import type { Formula, Operator } from "../findings/formula.ts";
import { type Bound, numerator, type Quantity } from "../findings/quantity.ts";
import type { DerivedFigure } from "../findings/store.ts";
import type { Outcome, Problem } from "../problem.ts";
import { convert, dressed, rateOf } from "./derive.ts";
import {
  added,
  comesOutIn,
  counted,
  type Dimension,
  describeDimension,
  dimensionOf,
  isHundredth,
  isSum,
  multiplied,
  ofNumber,
} from "./dimension.ts";
import type { Evidence } from "./evidence.ts";
import type { Figure } from "./figure.ts";
import * as messages from "./messages.ts";
import { figureNamed } from "./named.ts";
import { add, divide, multiply, type Span, subtract } from "./span.ts";

/** UTF-16 units of a formula in which all derived figures are spelled out: notes and traces hold it. */
const longest = 1500;

/** Part of a formula, done. Percentages are fractions here. */
interface Computed {
  /** By the digits of the parts alone, and with the open sides of their bounds. */
  readonly printed: Span;
  readonly open: Span;
  readonly dimension: Dimension;
  readonly isStrict: boolean;
  readonly isVague: boolean;
  /** None for what is made of numbers alone. */
  readonly parts: readonly Figure[];
  /** Spelled out to the ids of findings and rates. */
  readonly formula: string;
  /** 1 for sums, 2 for products, 3 for what holds together by itself. */
  readonly binding: 1 | 2 | 3;
}

/** Why a formula has no result; without a problem where a part is gone from the store or has had its own. */
type Failed = { readonly problem: Problem | undefined };

/**
 * Computes every figure of `derived.yaml`. Parts are those that hold on the day; one that came later is taken all the
 * same, as is a rate, and stands in the lineage, so that pages which show the figure are left out.
 * @returns a problem for each formula that does not come out; none for one whose part was withdrawn
 */
export function deriveAll(
  evidence: Omit<Evidence, "derived">,
): Outcome<ReadonlyMap<string, Figure>> & { readonly value: ReadonlyMap<string, Figure> } {
  const derived = new Map<string, Figure>();
  const done = new Map<string, Computed>();
  const problems: Problem[] = [];
  const bench = new Bench({ ...evidence, derived }, done);
  for (const declared of evidence.known.derived.values()) {
    const computed = bench.derive(declared);
    if ("problem" in computed) {
      if (computed.problem) problems.push({ ...computed.problem, where: declared.formulaAt });
    } else {
      derived.set(declared.id, finished(declared, computed, evidence));
      done.set(declared.id, { ...computed, dimension: dimensionOf(declared.unit) });
    }
  }
  return { value: derived, problems };
}

class Bench {
  readonly #evidence: Evidence;
  /** By the ids of derived figures, what is behind them. */
  readonly #done: ReadonlyMap<string, Computed>;

  constructor(evidence: Evidence, done: ReadonlyMap<string, Computed>) {
    this.#evidence = evidence;
    this.#done = done;
  }

  derive({ id, formula, unit }: DerivedFigure): Computed | Failed {
    const computed = this.#compute(formula);
    if ("problem" in computed) return computed;
    const { dimension } = computed;
    if (computed.formula.length > longest) return failed(messages.formulaTooLong(id, longest));
    if (!comesOutIn(dimension, unit))
      return failed(messages.otherUnit(id, describeDimension(dimension), unit));
    return computed;
  }

  #compute(formula: Formula): Computed | Failed {
    if (formula.kind === "number") return number(formula.text);
    if (formula.kind === "figure") return this.#figure(formula.id, formula.currency);
    const left = this.#compute(formula.left);
    if ("problem" in left) return left;
    const right = this.#compute(formula.right);
    if ("problem" in right) return right;
    return combined(left, formula.operator, right);
  }

  #figure(id: string, currency: string | undefined): Computed | Failed {
    const figure = figureNamed(id, this.#evidence);
    if (!figure) return { problem: undefined };
    const { unit } = figure.quantity;
    if (this.#evidence.store.units.get(numerator(unit))?.ordinal)
      return failed(messages.rankInFormula(id, unit));
    const found = this.#done.get(id);
    const computed = found ? { ...found, parts: [figure] } : stated(figure);
    return currency === undefined || currency === numerator(unit)
      ? computed
      : this.#converted(figure, computed, currency);
  }

  /** By a rate that had entered the store by the day, else by one that came later. */
  #converted(figure: Figure, computed: Computed, currency: string): Computed | Failed {
    const { store, known } = this.#evidence;
    const grounds = [store, known].map((each) => ({ store: each }));
    const ground = grounds.find((each) => rateOf(figure, currency, each).value) ?? { store };
    const { value: rate, problems } = rateOf(figure, currency, ground);
    const { value: there } = convert(figure, currency, ground);
    if (!rate || !there) return failed(problems[0]);
    const factor = exactly(new Decimal(rate.rate));
    const isBase = rate.base === numerator(figure.quantity.unit);
    const through = (span: Span): Span => (isBase ? multiply(span, factor) : divide(span, factor));
    return {
      ...computed,
      printed: through(computed.printed),
      open: through(computed.open),
      dimension: dimensionOf(there.quantity.unit),
      parts: [there],
      formula: `${bracketed(computed, 2)} ${isBase ? "×" : "/"} ${rate.id}`,
      binding: 2,
    };
  }
}

function number(text: string): Computed {
  const span = exactly(new Decimal(text));
  return {
    printed: span,
    open: span,
    dimension: ofNumber(text),
    isStrict: false,
    isVague: false,
    parts: [],
    formula: text,
    binding: 3,
  };
}

/** A figure of a finding. A bound reaches no further than zero, since sources name losses as such. */
function stated(figure: Figure): Computed {
  const { bound, low, high, unit } = figure.quantity;
  const hundredth = new Decimal(isHundredth(unit) ? 100 : 1);
  const printed = { low: low.div(hundredth), high: high.div(hundredth) };
  return {
    printed,
    open: {
      low: isDown(bound) ? (low.gt(0) ? new Decimal(0) : infinity.neg()) : printed.low,
      high: isUp(bound) ? (high.lt(0) ? new Decimal(0) : infinity) : printed.high,
    },
    dimension: dimensionOf(unit),
    isStrict: bound === ">" || bound === "<",
    isVague: bound === "~" || bound === "≳" || bound === "≲",
    parts: [figure],
    formula: figure.id,
    binding: 3,
  };
}

const infinity = new Decimal(Number.POSITIVE_INFINITY);
const isUp = (bound: Bound | undefined): boolean => bound === ">" || bound === "≥" || bound === "≳";
const isDown = (bound: Bound | undefined): boolean => bound === "<" || bound === "≤" || bound === "≲";
const exactly = (value: Decimal): Span => ({ low: value, high: value });

const arithmetic: Readonly<Record<Operator, (a: Span, b: Span) => Span>> = {
  "+": add,
  "-": subtract,
  "*": multiply,
  "/": divide,
};

function combined(left: Computed, operator: Operator, right: Computed): Computed | Failed {
  const dimension = dimensionFor(left, operator, right);
  if ("problem" in dimension) return dimension;
  if (operator === "/" && mayBeZero(right)) return failed(messages.formulaDivision(right.formula));
  const compute = arithmetic[operator];
  const rank = isSum(operator) ? 1 : 2;
  const sign = operator === "*" ? "×" : operator;
  // What is taken away, or divided by, keeps its brackets; sums and products of equals need none.
  const least = operator === "-" || operator === "/" ? rank + 1 : rank;
  return {
    printed: compute(left.printed, right.printed),
    open: compute(left.open, right.open),
    dimension,
    isStrict: left.isStrict || right.isStrict,
    isVague: left.isVague || right.isVague,
    parts: [...left.parts, ...right.parts],
    formula: `${bracketed(left, rank)} ${sign} ${bracketed(right, least)}`,
    binding: rank,
  };
}

function dimensionFor(left: Computed, operator: Operator, right: Computed): Dimension | Failed {
  const bare = [left, right].filter(({ parts }) => parts.length === 0);
  if (!isSum(operator)) {
    if (right.parts.length === 0) return counted(left.dimension, right.dimension);
    if (left.parts.length === 0 && operator === "*") return counted(right.dimension, left.dimension);
    return multiplied(left.dimension, operator, right.dimension);
  }
  // The whole is the only number that may be added or taken away: `a / b - 1`, `1 - share`.
  const stray = bare.find(({ formula }) => formula !== "1");
  if (stray) return failed(messages.typedTerm(stray.formula));
  const [whole] = bare;
  if (whole) {
    const other = whole === left ? right : left;
    const isPlain = other.dimension.powers.size === 0 && other.dimension.plain.includes("%");
    if (isPlain && other.parts.length > 0) return other.dimension;
    return failed(messages.wholeOfUnit(other.formula, describeDimension(other.dimension)));
  }
  const sum = added(left.dimension, operator, right.dimension);
  if (sum) return sum;
  const told = [left, right].map(({ formula, dimension }) => `${formula}: ${describeDimension(dimension)}`);
  return failed(messages.unequalTerms(told));
}

/** A stated bound never reaches across zero, but a difference may. */
function mayBeZero({ printed, open }: Computed): boolean {
  return (printed.low.lte(0) && printed.high.gte(0)) || (open.low.lt(0) && open.high.gt(0));
}

function bracketed({ formula, binding }: Computed, least: number): string {
  return binding < least ? `(${formula})` : formula;
}

function failed(problem: Problem | undefined): Failed {
  return { problem };
}

function finished(declared: DerivedFigure, computed: Computed, { known }: Omit<Evidence, "derived">): Figure {
  const { id, name, unit, subject, metric, period, note } = declared;
  const { printed, parts, formula } = computed;
  const hundred = isHundredth(unit) ? 100 : 1;
  const figure = dressed({
    low: printed.low.mul(hundred),
    high: printed.high.mul(hundred),
    unit,
    bound: boundOf(computed),
    parts,
    formula,
  });
  const region = subject === undefined ? undefined : known.subjects.get(subject)?.region;
  return {
    ...figure,
    id,
    name,
    ...(subject === undefined ? {} : { subject }),
    ...(region === undefined ? {} : { region }),
    ...(metric === undefined ? {} : { metric }),
    ...(period === undefined ? {} : { period }),
    notes: note === undefined ? figure.notes : [note, ...figure.notes],
    lineage: { ...figure.lineage, derived: [...new Set([...(figure.lineage.derived ?? []), id])].sort() },
  };
}

/** Which side is open says the bound; both sides open leave "about". */
function boundOf({ printed, open, isStrict, isVague }: Computed): Quantity["bound"] {
  const up = open.high.gt(printed.high);
  const down = open.low.lt(printed.low);
  if (up === down) return up || isVague ? "~" : undefined;
  if (isVague) return up ? "≳" : "≲";
  if (isStrict) return up ? ">" : "<";
  return up ? "≥" : "≤";
}
