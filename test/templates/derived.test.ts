/** Figures of `derived.yaml` where templates name them. */
import { describe, expect, it } from "vitest";
import type { Evidence } from "../../src/evidence/evidence.ts";
import { type JudgeOptions, judge } from "../../src/evidence/judge.ts";
import { type Formula, isFault, parseFormula } from "../../src/findings/formula.ts";
import type { DerivedFigure, Finding } from "../../src/findings/store.ts";
import { finding, store } from "../sample.ts";
import { blocksOf, printed, problemsOf } from "./sample.ts";

const at = { file: "data/derived.yaml", line: 1 };

function derived(id: string, text: string, unit: string): DerivedFigure {
  const formula = parseFormula(text);
  if (isFault(formula)) throw new Error(formula.expected);
  return { id, formula: formula as Formula, unit, name: { en: id, zh: id }, at, formulaAt: at };
}

const said: Finding = {
  kind: "statement",
  id: "of-quarters",
  subjects: ["acme"],
  topic: "pace",
  text: { en: "It makes {quarter} in three months.", zh: "三个月{quarter}。" },
  recorded: "2025-06-03",
  citations: [{ source: "paper", line: 3, written: "x" }],
  at: { file: "data/findings/sample.yaml", line: 7 },
};

function evidenceOf(findings: readonly Finding[], options?: JudgeOptions): Evidence {
  const own = [derived("quarter", "year / 4", "USD"), derived("growth", "next / year - 1", "%")];
  const base = store([...findings, said]);
  return judge({ ...base, derived: new Map(own.map((one) => [one.id, one])) }, options).value;
}

const year = finding("year", "40亿 USD", { period: "2024" });
const next = finding("next", "50亿 USD", { period: "2025" });
const evidence = evidenceOf([year, next]);

describe("a figure of derived.yaml", () => {
  it.each([
    ['{{fig "quarter"}}', "[fig USD 1bn]"],
    ['{{fig "quarter" in="CNY" digits=2}}', "[fig CNY 7.26bn]"],
    ['{{fig "growth" sign=true}}', "[fig +25%]"],
    ['{{ratio "next" "quarter"}}', "[fig 5×]"],
    ['{{sum "quarter" "next"}}', "[fig USD 6bn]"],
    ['{{say "of-quarters"}}', "[name It makes ][fig USD 1bn][name  in three months.]"],
  ])("is one to every helper: %s", (body, prints) => {
    expect(printed(body, { evidence })).toBe(prints);
  });

  it("is spelled out in what is computed of it", () => {
    const [block] = blocksOf('{{ratio "next" "quarter"}}', { evidence });
    const [inline] = block && "children" in block ? block.children : [];
    expect(inline?.type === "figure" && inline.figure.lineage).toMatchObject({
      formula: "next / (year / 4)",
      findings: ["next", "year"],
      derived: ["quarter"],
    });
  });

  it("is meant where a name is a slip for its own", () => {
    expect(problemsOf('{{fig "quartr"}}', { evidence })).toEqual([
      "4:7 unknown-finding: there is no finding `quartr` (did you mean `quarter`?)",
    ]);
    expect(problemsOf('{{say "quarter"}}', { evidence })).toEqual([
      '4:7 not-a-figure: `quarter` is no statement ({{fig "quarter"}} prints it)',
    ]);
  });

  it("says why it is not there", () => {
    const why = { en: "So.", zh: "故。" };
    const gone = evidenceOf([{ ...year, withdrawn: { on: "2025-06-10", why } }, next]);
    expect(problemsOf('{{fig "growth"}}', { evidence: gone })).toEqual([
      "4:7 not-derived: `growth` of derived.yaml cannot be computed",
    ]);
  });

  it("takes what names it out of the loops while a part is contradicted", () => {
    const open = evidenceOf([year, next, finding("other", "90亿 USD", { period: "2024" })], {
      withhold: true,
    });
    const body = "{{#statements}}{{text}}{{else}}none{{/statements}}";
    expect(printed(body, { evidence: open })).toBe("none");
    expect(printed(body, { evidence })).toContain("[fig USD 1bn]");
  });
});
