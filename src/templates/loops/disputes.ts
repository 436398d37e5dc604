/** Loops over what does not agree: conflicts and checks. */
import type { CheckResult, Conflict, Evidence } from "../../evidence/evidence.ts";
import { type Figure, figureOf } from "../../evidence/figure.ts";
import { formatEquation } from "../../model/equation.ts";
import { order } from "../../problem.ts";
import { done, type Loop, loop } from "../helper.ts";
import type { World } from "../parameters.ts";
import * as take from "../parameters.ts";
import * as print from "../print.ts";
import { type Field, type Item, item, named, once, type Word, word } from "../values.ts";
import { inherited, limit, passes, subjectFilter, subjectsOf, within } from "./filters.ts";
import { figureItem } from "./items.ts";

/** The sides of a conflict, which may be shown where all of them are. */
export function conflictItems({ findings }: Pick<Conflict, "findings">, world: World): Item[] {
  return findings.map((finding) => {
    const figure = world.evidence.figures.get(finding.id);
    return figureItem(finding, world, figure && { ...figure, asOneSide: true });
  });
}

/** The arithmetic of a check, with all that it rests on. */
export function arithmeticWord(check: CheckResult, world: World): Word {
  const { store } = world.evidence;
  const lineage = {
    findings: [...new Set(check.findings)].sort(order),
    citations: figuresOf(check, world.evidence).flatMap(({ lineage: { citations } }) => citations),
    rates: store.rates.map((rate) => rate.id).filter((rate) => mentions(check.equation, rate)),
  };
  const text = formatEquation(check.equation, world.options.language, store);
  return word(check.id, { type: "name", text, lineage });
}

const conflictFields = {
  findings: "the sides, each with the fields of `figures`",
  subject: "whose figures they are",
  metric: "what is measured",
  period: "when",
  settled: "whether a ruling settles it",
  used: "the figure that the ruling lets stand; nothing where both may",
  why: "the reason of the ruling",
  by: "who decided",
  on: "the day of the ruling",
} as const;

const conflicts = loop({
  name: "conflicts",
  does: "goes through findings that contradict each other, with the ruling that settles them",
  example:
    "{{#conflicts}}{{subject}}: {{#each findings}}{{figure}}{{#unless @last}} or {{/unless}}{{/each}}? {{why}}{{/conflicts}}",
  prints: "Blue Heron: 3,020 stores or 3,100 stores? The chain counts its own cafés.",
  named: { subject: subjectFilter, metric: take.anyOf(take.metric), recorded: take.recorded, limit },
  fields: conflictFields,
  run(given, world) {
    const { language } = world.options;
    const wanted = inherited(given, world);
    const found = world.evidence.conflicts.filter(
      ({ findings }) =>
        passes(wanted.subject, ...findings.map((finding) => finding.subject)) &&
        passes(wanted.metric, ...findings.map((finding) => finding.metric)) &&
        findings.some((finding) => within(wanted.recorded, finding.recorded)),
    );
    const items = found.slice(0, wanted.limit).map(({ findings, ruling }): Item => {
      const [first] = findings;
      const used = ruling && world.evidence.figures.get(ruling.use);
      const fields: Record<keyof typeof conflictFields, Field> = {
        findings: conflictItems({ findings }, world),
        subject: first && print.subjectWord(first.subject, world),
        metric: first && print.metricWord(first.metric, world),
        period: first && once(() => print.periodWord(first.period, world)),
        settled: ruling !== undefined,
        used: used && once(() => print.figureWord(used, world)),
        why: ruling && named(ruling.why[language]),
        by: ruling && named(ruling.by),
        on: ruling && print.dateWord(ruling.on, world),
      };
      return item(fields);
    });
    return done(items);
  },
});

const checkFields = {
  id: "its id",
  kind: "its kind, e.g. growth, sum",
  subject: "whose figures they are",
  metric: "what is in doubt, or what is checked first",
  arithmetic: "the figures as an equation",
  passed: "whether it holds",
  settled: "whether there is a ruling on it",
  doubted: "the figure that the ruling leaves in doubt",
  why: "the reason of the ruling",
  by: "who decided",
  on: "the day of the ruling",
} as const;

/** The figures whose arithmetic it is; a line of it stands on all that they rest on. */
function figuresOf({ findings }: CheckResult, evidence: Evidence): Figure[] {
  return findings.flatMap((id) => {
    const one = evidence.told.findings.get(id);
    return evidence.figures.get(id) ?? (one?.kind === "figure" ? figureOf(one, evidence.told) : []);
  });
}

/** The figure that a check is about: the one that is in doubt, or else the first of those that it compares. */
export function aboutCheck(check: CheckResult, evidence: Evidence): Figure | undefined {
  return evidence.figures.get(check.ruling?.use ?? "") ?? figuresOf(check, evidence)[0];
}

function mentions({ left, against }: CheckResult["equation"], rate: string): boolean {
  return left.includes(rate) || (against.by === "rate" && against.rate === rate);
}

const checks = loop({
  name: "checks",
  does: "goes through the arithmetic between findings, with the ruling on what does not hold",
  example: '{{#checks failed=false subject="qingchuan" limit=1}}{{kind}}: {{arithmetic}}{{/checks}}',
  prints: "growth: CNY 9.8bn ÷ CNY 7.48bn − 1 = 31.0%, stated 31%",
  named: {
    failed: take.told(take.yesNo, "true for those that do not hold, false for those that do"),
    settled: take.told(take.yesNo, "true for those with a ruling, false for those without"),
    subject: subjectFilter,
    recorded: take.recorded,
    limit,
  },
  fields: checkFields,
  run(given, world) {
    const { store, checks: all, figures } = world.evidence;
    const { language } = world.options;
    const wanted = inherited(given, world);
    const found = all.filter((check) => {
      const findings = check.findings.flatMap((id) => store.findings.get(id) ?? []);
      return (
        (wanted.failed === undefined || wanted.failed === !check.passed) &&
        (wanted.settled === undefined || wanted.settled === (check.ruling !== undefined)) &&
        passes(wanted.subject, ...findings.flatMap(subjectsOf)) &&
        findings.some((finding) => within(wanted.recorded, finding.recorded))
      );
    });
    const items = found.slice(0, wanted.limit).map((check): Item => {
      const { id, kind, passed, ruling } = check;
      const doubted = ruling && figures.get(ruling.use);
      const about = aboutCheck(check, world.evidence);
      const fields: Record<keyof typeof checkFields, Field> = {
        id: named(id),
        kind: print.termWord("kind-of-check", kind, world),
        subject: about?.subject && print.subjectWord(about.subject, world),
        metric: about?.metric && print.metricWord(about.metric, world),
        arithmetic: once(() => arithmeticWord(check, world)),
        passed,
        settled: ruling !== undefined,
        doubted: doubted && once(() => print.figureWord({ ...doubted, asOneSide: true }, world)),
        why: ruling && named(ruling.why[language]),
        by: ruling && named(ruling.by),
        on: ruling && print.dateWord(ruling.on, world),
      };
      return item(fields);
    });
    return done(items);
  },
});

export const disputeLoops: readonly Loop[] = [conflicts, checks];
