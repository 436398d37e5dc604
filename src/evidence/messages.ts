/** What can be wrong with evidence: one function per message. Places are added by whoever asked. */
import { error, type Place, type Problem } from "../problem.ts";
import type { Conflict } from "./evidence.ts";
import type { Figure } from "./figure.ts";

export const differentUnits = (name: string, figures: readonly Figure[]): Problem =>
  error("different-units", `cannot compute \`${name}\` of figures in different units`, {
    found: figures.map((figure) => `${figure.id} in ${figure.quantity.unit}`).join(", "),
    expected: "figures in one unit",
    hint: 'convert money first, e.g. in="USD"',
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

export const rulingWithoutConflict = (id: string, where: Place): Problem =>
  error("idle-ruling", `ruling \`${id}\` settles nothing: its findings do not contradict each other`, {
    where,
    hint: "remove the ruling, or correct the findings it names",
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
    expected: `no more than ${days} days before the document's date`,
  });
