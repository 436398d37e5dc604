/** What can be wrong with evidence: one function per message. Places are added by whoever asked. */
import { isCurrency } from "../findings/quantity.ts";
import type { Citation, Dismissal, FigureFinding, Rate, Source } from "../findings/store.ts";
import { didYouMean, error, type Place, type Problem, warning } from "../problem.ts";
import type { CheckResult, Conflict } from "./evidence.ts";
import type { Figure } from "./figure.ts";

export const differentUnits = (name: string, figures: readonly Figure[]): Problem =>
  error("different-units", `cannot compute \`${name}\` of figures in different units`, {
    found: figures.map((figure) => `${figure.id} in ${figure.quantity.unit}`).join(", "),
    expected: "figures in one unit",
    ...(figures.every(({ quantity }) => isCurrency(quantity.unit))
      ? { hint: 'convert money first, e.g. in="USD"' }
      : {}),
  });

export const nothingToCompute = (name: string): Problem =>
  error("nothing-to-compute", `cannot compute \`${name}\` of no figures`, {
    expected: "at least one figure",
  });

export const divisionByZero = (name: string, id: string): Problem =>
  error("division-by-zero", `cannot compute \`${name}\`: \`${id}\` is not above zero`, {
    expected: "a figure above zero",
  });

export const noTimeBetween = (from: string, to: string): Problem =>
  error("no-time-between", `cannot compute \`cagr\` from \`${from}\` to \`${to}\``, {
    expected: "a second figure whose period ends later than the first one's",
  });

export const notMoney = (id: string, unit: string): Problem =>
  error("not-money", `cannot convert \`${id}\` into a currency`, {
    found: `a figure in ${unit}`,
    expected: "an amount of money",
  });

export const unknownCurrency = (currency: string): Problem =>
  error("unknown-currency", `\`${currency}\` is no currency`, {
    found: currency,
    expected: "an ISO 4217 code, e.g. USD",
  });

export const noRate = (id: string, from: string, to: string): Problem =>
  error("no-rate", `cannot convert \`${id}\` from ${from} to ${to}`, {
    expected: `a dated, cited rate between ${from} and ${to} in rates.yaml`,
  });

/** @param found units of the result, in words */
export const otherUnit = (id: string, found: string, unit: string): Problem =>
  error("wrong-unit", `the formula of \`${id}\` does not come out in ${unit}`, {
    found,
    expected: unit,
    hint: "give the unit that comes out, or convert money with `in USD` after a figure's id",
  });

/** @param terms each with its unit */
export const unequalTerms = (terms: readonly string[]): Problem =>
  error("different-units", "only figures in one unit can be added or taken from each other", {
    found: terms.join("; "),
    expected: "one unit",
    hint: "convert money with `in USD` after a figure's id",
  });

export const typedTerm = (found: string): Problem =>
  error("typed-number", `the number \`${found}\` was typed into a formula`, {
    found,
    expected: "a figure's id; numbers only as factors, or 1 as the whole in `a / b - 1`",
  });

export const wholeOfUnit = (formula: string, found: string): Problem =>
  error("different-units", "1 is the whole of a ratio or a percentage, and of nothing else", {
    found: `${formula}: ${found}`,
    expected: "e.g. `a / b - 1`",
  });

export const formulaDivision = (formula: string): Problem =>
  error("division-by-zero", "cannot divide by what may be zero", {
    found: formula,
    expected: "figures above or below zero, bounds and ranges included",
  });

export const rankInFormula = (id: string, unit: string): Problem =>
  error("different-units", `cannot compute with \`${id}\``, {
    found: `a figure in ${unit}`,
    expected: "an amount; ranks can be compared, but not computed with",
  });

export const formulaTooLong = (id: string, most: number): Problem =>
  error("formula-too-long", `the formula of \`${id}\` is too long with its parts spelled out`, {
    expected: `at most ${most} characters`,
  });

export const unruledConflict = (conflict: Conflict, where: Place): Problem =>
  error(
    "conflict",
    `findings contradict each other: ${conflict.between.map((id) => `\`${id}\``).join(", ")}`,
    {
      where,
      found: conflict.findings
        .map(({ id, citations }) => `${citations[0]?.written ?? ""} (${id})`)
        .join(" against "),
      expected: "a ruling in rulings.yaml that names them and says which is used and why, or `both`",
    },
  );

export const idleRuling = (id: string, where: Place, check: string | undefined): Problem =>
  warning(
    "idle-ruling",
    check === undefined
      ? `ruling \`${id}\` settles nothing: its findings do not contradict each other`
      : `ruling \`${id}\` settles nothing: check \`${check}\` does not fail`,
    { where, hint: "remove the ruling, or correct what it names" },
  );

export const unknownCheck = (check: string, where: Place, known: Iterable<string>): Problem =>
  error("unknown-check", `unknown check \`${check}\``, {
    where,
    found: check,
    expected: "a check of checks.yaml, or one that is made without being declared and fails",
    ...didYouMean(check, known),
  });

export const ruledBeside = ({ id, findings }: CheckResult, use: string, where: Place): Problem =>
  error("unknown-finding", `check \`${id}\` is not about \`${use}\``, {
    where,
    found: use,
    expected: `one of ${findings.join(", ")}, or \`both\` or \`none\``,
    ...didYouMean(use, findings),
  });

const failing = ({ id, level, arithmetic }: CheckResult, where: Place): Problem =>
  (level === "error" ? error : warning)("failed-check", `check \`${id}\` does not hold`, {
    where,
    found: arithmetic,
    expected: `arithmetic that holds, or a ruling in rulings.yaml of check \`${id}\` that says which finding is in doubt and why`,
  });

export const failedCheck = (result: CheckResult): Problem => failing(result, result.at);

export const failedCheckShown = (id: string, result: CheckResult, where: Place): Problem => ({
  ...failing(result, where),
  message: `\`${id}\` is in doubt: check \`${result.id}\` does not hold`,
});

/** Who asks for the arithmetic: a check by its id and place. */
interface Asker {
  readonly id: string;
  readonly at: Place;
}

const cannot = (code: string, { id, at }: Asker, parts: Omit<Problem, "severity" | "code" | "message">) =>
  error(code, `cannot compute check \`${id}\``, { where: at, ...parts });

const inUnit = ({ id, quantity }: FigureFinding): string => `\`${id}\` in ${quantity.unit}`;

export const checkOfNothing = (asker: Asker): Problem =>
  cannot("nothing-to-compute", asker, { expected: "figures to compute with" });

export const checkNotFigure = (asker: Asker, id: string, kind: string): Problem =>
  cannot("not-a-figure", asker, { found: `\`${id}\`, ${kind}`, expected: "figures only" });

export const checkUnits = (asker: Asker, figures: readonly FigureFinding[]): Problem =>
  cannot("different-units", asker, {
    found: figures.map(inUnit).join(", "),
    expected: "figures whose units can be compared",
  });

export const checkUnit = (asker: Asker, figure: FigureFinding, unit: string): Problem =>
  cannot("different-units", asker, { found: inUnit(figure), expected: `a figure in ${unit}` });

export const checkOfGrowth = (asker: Asker, figure: FigureFinding): Problem =>
  cannot("different-units", asker, {
    found: `\`${figure.id}\`, a growth rate`,
    expected: "levels from which growth follows",
  });

export const checkCurrencies = (asker: Asker, from: FigureFinding, to: FigureFinding): Problem =>
  cannot("not-money", asker, {
    found: [from, to].map(inUnit).join(", "),
    expected: "amounts of money in two currencies",
  });

export const checkRate = (asker: Asker, from: string, to: string): Problem =>
  cannot("no-rate", asker, { expected: `a dated, cited rate between ${from} and ${to} in rates.yaml` });

export const checkDivision = (asker: Asker, { id }: FigureFinding): Problem =>
  cannot("division-by-zero", asker, { found: `\`${id}\`, not above zero`, expected: "a figure above zero" });

export const checkTime = (asker: Asker, from: FigureFinding, to: FigureFinding): Problem =>
  cannot("no-time-between", asker, {
    found: `\`${from.id}\` of ${from.period.text}, \`${to.id}\` of ${to.period.text}`,
    expected: "a second figure whose period ends later than the first one's",
  });

export const unsourced = (id: string, where: Place): Problem =>
  error("unsourced", `\`${id}\` rests on no citation`, {
    where,
    expected: "a figure whose findings are cited",
  });

export const ruledOut = (id: string, use: string, ruling: string, where: Place): Problem =>
  error("ruled-out", `ruling \`${ruling}\` sets \`${id}\` aside`, {
    where,
    found: id,
    expected: use,
    hint: "show the finding that the ruling uses, or let the ruling show both",
  });

export const stale = (id: string, recorded: string, days: number, where: Place): Problem =>
  error("stale", `\`${id}\` is stale`, {
    where,
    found: `recorded on ${recorded}`,
    expected: `no more than ${days} ${days === 1 ? "day" : "days"} before the document's date`,
  });

/** A citation as problems name it: `agi line 29`. */
const cited = ({ source, line }: Citation): string => `${source} line ${line}`;

export const otherThanWritten = (
  figure: FigureFinding,
  value: string,
  citation: Citation,
  printed: string,
  because: string,
): Problem =>
  error("not-as-written", `\`${figure.id}\` says ${value} where ${citation.written} is written`, {
    where: figure.at,
    found: value,
    expected: `${printed} (${cited(citation)}): it prints ${because}`,
    hint: "correct the value, or let `written` hold bound, number, unit and currency as they are printed",
  });

/** A rate that says how it was derived may follow from what is printed in a way that is not seen: it is told, and used. */
export const rateNotAsWritten = ({ id, base, quote, rate, derivation, citations, at }: Rate): Problem =>
  (derivation === undefined ? error : warning)(
    "rate-not-as-written",
    `the rate \`${id}\` is not what its citations print`,
    {
      where: at,
      found: `${rate} ${quote} per ${base}`,
      expected: `a rate that follows from ${citations.map((one) => `${one.written} (${cited(one)})`).join(", ")}`,
      hint: `correct the rate, or cite where it is printed, or an amount in ${base} and the same in ${quote}`,
    },
  );

/** @param denominators the ways of writing the one that lacks, where one does */
export const notWhollyWritten = (
  figure: FigureFinding,
  value: string,
  lacks: string,
  denominators: readonly string[],
): Problem =>
  error("not-wholly-written", `\`${figure.id}\` says ${value}, but no citation of it prints ${lacks}`, {
    where: figure.at,
    found: figure.citations.map((citation) => `${citation.written} (${cited(citation)})`).join(", "),
    expected: value,
    hint:
      denominators.length === 0
        ? "let `written` reach as far as the line prints it, or correct the value"
        : `let \`written\` reach as far as ${denominators.map((one) => `\`${one}\``).join(", ")} or the like, or correct the value`,
  });

export const unreadableWritten = (figure: FigureFinding, citation: Citation): Problem =>
  warning("unreadable-written", `no number can be read in a citation of \`${figure.id}\``, {
    where: figure.at,
    found: `${citation.written} (${cited(citation)})`,
    expected: "the figure as printed, which its value can be held against",
  });

export const missingText = (source: Source): Problem =>
  error("missing-text", `the text of source \`${source.id}\` is not there`, {
    where: source.at,
    expected: `the file \`${source.file}\` in the folder of sources`,
  });

export const noSuchLine = (who: string, citation: Citation, where: Place, lines: number): Problem => {
  const has = lines === 1 ? "1 line" : `${lines} lines`;
  return error(
    "no-such-line",
    `${who} names line ${citation.line} of \`${citation.source}\`, which has ${has}`,
    { where, found: `line ${citation.line}`, expected: lines === 1 ? "line 1" : `a line from 1 to ${lines}` },
  );
};

export const notInLine = (
  who: string,
  citation: Citation,
  where: Place,
  elsewhere: number | undefined,
  isCut: boolean,
): Problem =>
  error(
    "not-in-line",
    `what ${who} cites does not stand in line ${citation.line} of \`${citation.source}\``,
    {
      where,
      found: citation.written,
      expected: "characters of that line, as printed",
      ...(isCut
        ? { hint: "it stands there only as a part of a longer number" }
        : elsewhere === undefined
          ? {}
          : { hint: `it stands in line ${elsewhere}` }),
    },
  );

export const clippedWritten = (figure: FigureFinding, citation: Citation, printed: string): Problem =>
  error("clipped-written", `a citation of \`${figure.id}\` leaves out what belongs to its number`, {
    where: figure.at,
    found: `${citation.written} (${cited(citation)})`,
    expected: printed,
    hint: "extend `written`, and the value where it differs",
  });

export const unreadNumber = (where: Place, text: string, source: string): Problem =>
  warning("unread-number", `no finding cites a number in \`${source}\``, {
    where,
    found: text,
    expected: "a finding that cites it, or an entry in dismissed.yaml",
  });

export const idleDismissal = (dismissal: Dismissal, because: string): Problem =>
  error("idle-dismissal", `the dismissal of \`${dismissal.written}\` dismisses nothing: ${because}`, {
    where: dismissal.at,
    found: `${dismissal.written} (${cited(dismissal)})`,
    expected: "a number of that line that no finding cites",
    hint: "remove it",
  });
