import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkSources, checkWritten } from "../src/evidence/citations.ts";
import { Decimal } from "../src/findings/decimal.ts";
import { parsePeriod } from "../src/findings/period.ts";
import { type Bound, isCurrency, numerator, type Quantity } from "../src/findings/quantity.ts";
import { suits } from "../src/findings/resolve.ts";
import type { FigureFinding, Store } from "../src/findings/store.ts";
import { formatProblem, hasErrors } from "../src/problem.ts";
import { root, shippedStore } from "./workspace.ts";

const store = shippedStore();
const figures = [...store.findings.values()].filter((finding) => finding.kind === "figure");

type Mutants = (figure: FigureFinding, store: Store) => readonly FigureFinding[];

const withQuantity = (figure: FigureFinding, changed: Partial<Quantity>): FigureFinding => ({
  ...figure,
  quantity: { ...figure.quantity, ...changed },
});

function scaled(figure: FigureFinding, factor: number): FigureFinding {
  const { low, high, step } = figure.quantity;
  return withQuantity(figure, {
    low: low.mul(factor),
    high: high.mul(factor),
    step: Decimal.min(step, step.mul(factor)),
  });
}

/** The number with each two neighbouring digits that differ changing places, at either end of a range. */
function swapped(figure: FigureFinding): FigureFinding[] {
  const { low, high, step } = figure.quantity;
  const ofEnd = (end: Decimal): Decimal[] => {
    const digits = [...end.div(step).toFixed(0)];
    return digits.slice(1).flatMap((digit, index) => {
      if (digit === digits[index]) return [];
      const other = digits.with(index, digit).with(index + 1, digits[index]!);
      return [new Decimal(other.join("")).mul(step)];
    });
  };
  if (low.eq(high)) return ofEnd(low).map((value) => withQuantity(figure, { low: value, high: value }));
  return [
    ...ofEnd(low).map((value) => withQuantity(figure, { low: value })),
    ...ofEnd(high).map((value) => withQuantity(figure, { high: value })),
  ].filter(({ quantity }) => quantity.low.lte(quantity.high));
}

const inUnit = (figure: FigureFinding, unit: string): FigureFinding => withQuantity(figure, { unit });
const other = (figure: FigureFinding, above: string): FigureFinding =>
  inUnit(figure, figure.quantity.unit.replace(numerator(figure.quantity.unit), above));

const near: Readonly<Record<Bound, Bound>> = {
  ">": "≥",
  "≥": ">",
  "<": "≤",
  "≤": "<",
  "~": "~",
  "≳": "≳",
  "≲": "≲",
};

/** Ways in which a figure goes wrong between the page and the store. */
const classes: Readonly<Record<string, Mutants>> = {
  "value × 10": (figure) => [scaled(figure, 10)],
  "value ÷ 10": (figure) => [scaled(figure, 0.1)],
  "two digits swapped": swapped,
  "another currency": (figure) =>
    isCurrency(numerator(figure.quantity.unit))
      ? ["CNY", "USD", "HKD"]
          .filter((currency) => currency !== numerator(figure.quantity.unit))
          .map((currency) => other(figure, currency))
      : [],
  "per cent, points or times for one another": (figure) =>
    ["%", "pp", "x"].includes(figure.quantity.unit)
      ? ["%", "pp", "x"].filter((unit) => unit !== figure.quantity.unit).map((unit) => inUnit(figure, unit))
      : [],
  "another unit of counting": (figure, { units }) =>
    units.has(figure.quantity.unit)
      ? [...units.keys()].filter((unit) => unit !== figure.quantity.unit).map((unit) => inUnit(figure, unit))
      : [],
  "another denominator": (figure) => {
    const [above = "", under] = figure.quantity.unit.split("/");
    if (!isCurrency(above)) return [];
    return [above, `${above}/months`, `${above}/tokens`]
      .filter((unit) => unit !== figure.quantity.unit && unit.split("/")[1] !== under)
      .map((unit) => inUnit(figure, unit));
  },
  "bound lost": (figure) => {
    const { bound, ...rest } = figure.quantity;
    return bound === undefined ? [] : [{ ...figure, quantity: rest }];
  },
  "bound added": (figure) =>
    figure.quantity.bound === undefined
      ? ([">", "<", "~"] as const).map((bound) => withQuantity(figure, { bound }))
      : [],
  "strict bound for its near synonym": (figure) => {
    const { bound } = figure.quantity;
    return bound === undefined || near[bound] === bound ? [] : [withQuantity(figure, { bound: near[bound] })];
  },
  "another year": (figure) => {
    const text = figure.period.text.replace(/\d{4}/, (year) => String(Number(year) - 1));
    const period = parsePeriod(text, store.subjects.get(figure.subject)?.fiscalYearEnd);
    return period ? [{ ...figure, period }] : [];
  },
};

function isSeen(mutant: FigureFinding): boolean {
  const metric = store.metrics.get(mutant.metric);
  if (metric && !suits(metric, mutant.quantity.unit)) return true;
  return hasErrors(checkWritten({ ...store, findings: new Map([[mutant.id, mutant]]) }));
}

const results = Object.entries(classes).map(([name, mutate]) => {
  const mutants = figures.flatMap((figure) => mutate(figure, store));
  const unseen = mutants.filter((mutant) => !isSeen(mutant));
  return { name, mutants: mutants.length, unseen };
});

describe("the shipped store", () => {
  it("says of every figure what its citations print", () => {
    expect(checkWritten(store).map(formatProblem)).toEqual([]);
  });

  it("is told from at least 99 % of its mutants in value and unit", () => {
    const asked = results.slice(0, 6);
    const all = asked.reduce((sum, { mutants }) => sum + mutants, 0);
    const missed = asked.flatMap(({ name, unseen }) => unseen.map(({ id }) => `${name}: ${id}`));
    expect(all).toBeGreaterThan(1000);
    expect(missed.length / all, missed.join("\n")).toBeLessThanOrEqual(0.01);
  });

  it("cannot be told from these mutants by what is printed", () => {
    const unseen = results.filter((result) => result.unseen.length > 0);
    expect(
      unseen.map(({ name, mutants, unseen }) => `${name}: ${unseen.length} of ${mutants} unseen`),
    ).toMatchInlineSnapshot(`
      [
        "another denominator: 1 of 252 unseen",
        "strict bound for its near synonym: 57 of 57 unseen",
        "another year: 271 of 271 unseen",
      ]
    `);
  });
});

const sources = join(root, "../shared/sources");
const texts = existsSync(sources)
  ? new Map(readdirSync(sources).map((name) => [name, readFileSync(join(sources, name), "utf8")]))
  : undefined;

describe.skipIf(!texts)(
  `the articles${texts ? "" : " (skipped: they are not published with the code, and ../shared/sources is not there)"}`,
  () => {
    const { problems, coverage } = texts
      ? checkSources(store, texts, "sources")
      : { problems: [], coverage: [] };

    it("hold every citation of the shipped store in its line", () => {
      expect(problems.map(formatProblem)).toEqual([]);
    });

    it("hold no number that the store neither cites nor dismisses", () => {
      expect(coverage.map(({ source, unread }) => [source, unread])).toEqual(
        [...store.sources.keys()].map((source) => [source, 0]),
      );
      const numbers = coverage.reduce((sum, row) => sum + row.numbers, 0);
      const dismissed = coverage.reduce((sum, row) => sum + row.dismissed, 0);
      expect(numbers).toBeGreaterThan(400);
      expect(dismissed / numbers).toBeLessThan(0.06);
    });
  },
);
