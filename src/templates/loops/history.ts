/** Loops over time: what changed between two days, and what is still to come. */
import { type Change, changeKinds, changesBetween } from "../../evidence/changes.ts";
import type { Evidence } from "../../evidence/evidence.ts";
import { type Figure, figureOf } from "../../evidence/figure.ts";
import { pendingForecasts } from "../../evidence/forecasts.ts";
import { always } from "../../evidence/history.ts";
import { canBeTold } from "../../evidence/named.ts";
import { addDays, parsePeriod } from "../../findings/period.ts";
import type { FigureFinding, Localized, Region } from "../../findings/store.ts";
import { type Outcome, order, type Problem } from "../../problem.ts";
import { done, failed, type Loop, loop } from "../helper.ts";
import * as messages from "../messages.ts";
import type { World } from "../parameters.ts";
import * as take from "../parameters.ts";
import * as print from "../print.ts";
import { type Field, type Item, item, named, once } from "../values.ts";
import { aboutCheck, arithmeticWord } from "./disputes.ts";
import { inherited, limit, passes, sorted, subjectFilter, subjectsOf } from "./filters.ts";
import { figureFields, figureItem } from "./items.ts";

const changeFields = {
  what: "the kind of change",
  on: "the day on which it entered the store",
  id: "the id of what changed",
  subject: "whom it is about; of a check, whose figure is in doubt, or is checked first",
  region: "where the subject belongs",
  metric: "what is measured; of a check, what is in doubt, or is checked first",
  scope: "what is counted, where it is not the obvious whole",
  period: "when",
  status: "how sure the new figure is",
  attributed: "who says so, where it is not the source",
  note: "a remark that its author made, if any",
  figure: "the new figure",
  before: "the figure that it is held against",
  beforePeriod: "the period of that figure",
  difference: "from the one to the other",
  why: "the reason given for a correction, withdrawal or ruling",
  text: "what a new event or statement says",
  beforeText: "what it said before it was corrected",
  topic: "the topic of a statement",
  type: "the type of an event",
  scheme: "by which scheme a subject is classed",
  category: "as what",
  beforeCategory: "as what it was classed before",
  findings: "the sides of a conflict, each with the fields of `figures`",
  arithmetic: "the equation of a check",
  contested: "whether a corrected figure does not agree with others",
  settled: "whether the conflict or check is settled by now",
  used: "the figure that a ruling lets stand",
  doubted: "the figure that a ruling leaves in doubt",
  source: "the publisher of a new source",
  publisher: "the same as `source`",
  title: "its title",
  published: "the day on which it was published",
  certain: "whether its page shows that day",
} as const;

/** What is kept for each key, by span: a template asks for the same week many times. */
function bySpan<K extends object, T>(work: (of: K, from: string, until: string) => T): typeof work {
  const kept = new WeakMap<K, Map<string, T>>();
  return (of, from, until) => {
    const known = kept.get(of) ?? new Map<string, T>();
    kept.set(of, known);
    const span = `${from} ${until}`;
    const found = known.get(span) ?? work(of, from, until);
    known.set(span, found);
    return found;
  };
}

const logOf = bySpan(changesBetween);

/** The changes of a span that a document may tell. */
const toldOf = bySpan((evidence: Evidence, from: string, until: string): readonly Told[] =>
  logOf(evidence.known, from, until).flatMap((change) => presentable(change, evidence) ?? []),
);

/** A change as the document may tell it: what it was held against is left out where it may not be shown. */
type Told = Change & {
  readonly region: Region | undefined;
  readonly subjects: readonly string[];
  /** The figure that it is about, which may be one that is not shown. */
  readonly about: Figure | undefined;
  /** A correction that does not agree with other figures. */
  readonly contested: boolean;
};

const changes = loop({
  name: "changes",
  does: "goes through what changed in the document's week, or between two periods, by day and kind",
  example:
    '{{#changes what="figure" subject="qingchuan" moved=true since="2026-W09"}}{{subject}}, {{metric}}: {{before}} → {{figure}}, {{difference}}. {{/changes}}',
  prints:
    "Qingchuan, revenue: CNY 7.48bn → CNY 9.8bn, +31%. Qingchuan, stores: 7,900 stores → 10,200 stores, +29%.",
  named: {
    what: take.told(take.anyOf(take.oneOf(...changeKinds)), "the kind of change"),
    subject: subjectFilter,
    region: take.anyOf(take.region),
    metric: take.anyOf(take.metric),
    topic: take.anyOf(take.text),
    growth: take.told(take.yesNo, "true for growth rates year on year alone, false for all else"),
    since: take.told(
      take.period,
      "what happened after this day, week or month; the document's week unless given",
    ),
    until: take.told(take.period, "and up to the end of this one"),
    moved: take.told(
      take.yesNo,
      "true for figures that differ from what they are held against, false for all else",
    ),
    sort: take.sortKeys("on", "subject", "difference", "value"),
    limit,
  },
  fields: changeFields,
  run(given, world) {
    const { week, asOf = always } = world.options;
    const { evidence } = world;
    const wanted = inherited({ ...given, source: undefined }, world);
    const span = week === undefined ? undefined : parsePeriod(week);
    const from = wanted.since ? wanted.since.end : span && addDays(span.start, -1);
    if (from === undefined) return failed(messages.noWeek());
    const until = wanted.until?.end ?? span?.end ?? always;
    const found = toldOf(evidence, from, until < asOf ? until : asOf).filter(
      (told) =>
        passes(wanted.what, told.kind) &&
        passes(wanted.subject, ...told.subjects) &&
        passes(wanted.region, told.region) &&
        passes(wanted.metric, ...metricsOf(told)) &&
        passes(wanted.topic, told.told?.kind === "statement" ? told.told.topic : undefined) &&
        (wanted.growth === undefined || wanted.growth === isYearlyGrowth(told, world)) &&
        (wanted.moved === undefined || wanted.moved === (told.difference !== undefined)),
    );
    const middle = ({ quantity: { low, high } }: Figure): number => low.add(high).div(2).toNumber();
    const size = ({ difference }: Told): number => (difference ? Math.abs(middle(difference)) : -1);
    // Per cent are no more or less than points or amounts: each is ranked among its own.
    const rank = ({ difference }: Told): number => {
      const unit = difference?.quantity.unit;
      return unit === "%" ? 3 : unit === "pp" ? 2 : unit === undefined ? 0 : 1;
    };
    const value = ({ figure }: Told): number => (figure ? middle(figure) : -1);
    const units = [...new Set(found.flatMap(({ figure }) => figure?.quantity.unit ?? []))];
    if (wanted.sort?.endsWith("value") && units.length > 1) return failed(messages.mixedUnits(units));
    const ranked = sorted(found, wanted.sort, {
      on: (a, b) => order(a.on, b.on),
      subject: (a, b) => order(a.subjects.join(), b.subjects.join()),
      difference: (a, b) => rank(a) - rank(b) || size(a) - size(b),
      value: (a, b) => value(a) - value(b),
    });
    const items = ranked.slice(0, wanted.limit).map((told) => changeItem(told, world));
    return {
      value: items.flatMap(({ value }) => value ?? []),
      problems: items.flatMap(({ problems }) => problems),
    };
  },
});

/**
 * Nothing for a change whose figure is contradicted, ruled out or in doubt without a ruling: that is told by itself. Of a
 * correction it is told that there was one, and why.
 */
function presentable(change: Change, evidence: Evidence): Told | undefined {
  const barred = (one: Figure | undefined): boolean =>
    one?.lineage.findings.some((id) => evidence.withheld.has(id) || evidence.aside.has(id)) ?? false;
  // As it stands on the day of the view: it may have been put in doubt since it came.
  const now = (one: Figure | undefined): Figure | undefined => one && (evidence.figures.get(one.id) ?? one);
  const { told } = change;
  const words = [told, change.toldBefore].flatMap((one) => (one && one.kind !== "class" ? one : []));
  if (words.some((one) => !canBeTold(one, evidence))) return undefined;
  if (barred(change.figure) && change.kind !== "revision") return undefined;
  const { before, difference, figure, ...rest } = change;
  const one = figure ?? before ?? (change.check && aboutCheck(change.check, evidence));
  const subjects = one?.subject === undefined ? subjectsOfChange(change, evidence) : [one.subject];
  const region = evidence.store.subjects.get(subjects[0] ?? "")?.region;
  const about = { about: one, subjects, region };
  if (barred(figure)) {
    const contested = (one: Figure | undefined): Figure | undefined =>
      one && { ...one, status: "disputed", doubt: contestedWords, contested: true };
    const all = { figure: contested(figure), before: contested(before), difference: contested(difference) };
    return { ...rest, ...about, ...given(all), contested: true };
  }
  const shown = { figure: now(figure), ...(barred(before) ? {} : { before: now(before), difference }) };
  return { ...rest, ...about, ...given(shown), contested: false };
}

/** Leaves out what is undefined. */
function given<T extends object>(fields: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}

/** Why a corrected figure that does not agree with others is in doubt. */
const contestedWords: Localized = {
  en: "It does not agree with other figures, and nothing has been ruled on that yet.",
  zh: "与其他数据不符，尚未裁定。",
};

/** Whether the figure that came is a growth rate year on year. */
function isYearlyGrowth({ figure }: Change, { evidence }: World): boolean {
  const metric = evidence.store.metrics.get(figure?.metric ?? "");
  return metric?.growthOf !== undefined && (metric.against ?? "year") === "year";
}

/** Whether a conflict or check is settled by the day of the view, be it later than the change. */
function isSettled({ conflict, check }: Change, { evidence }: World): boolean | undefined {
  const standing = (id: string): string => evidence.standIns.get(id) ?? id;
  if (conflict) {
    const sides = new Set(conflict.between.map(standing));
    return !evidence.conflicts.some(({ between, ruling }) => !ruling && between.some((id) => sides.has(id)));
  }
  return check && !evidence.checks.some(({ id, passed, ruling }) => id === check.id && !passed && !ruling);
}

/** Of a change that is about no figure. */
function subjectsOfChange({ told, conflict, findings }: Change, { known }: Evidence): readonly string[] {
  if (told) return subjectsOf(told);
  const [first] = conflict?.findings ?? findings.flatMap((id) => known.findings.get(id) ?? []);
  return first ? subjectsOf(first) : [];
}

function metricsOf({ about, figure, before, conflict }: Told): (string | undefined)[] {
  return [
    about?.metric,
    figure?.metric,
    before?.metric,
    ...(conflict?.findings.map(({ metric }) => metric) ?? []),
  ];
}

function changeItem(change: Told, world: World): Outcome<Item> {
  const { language } = world.options;
  const { store } = world.evidence;
  const { figure, before, difference, told, toldBefore, conflict, check, source: cited } = change;
  const problems: Problem[] = [];
  const about = change.about ?? conflict?.findings[0];
  const period = about?.period;
  const beforePeriod = before?.period;
  const subject = change.subjects[0];
  const scheme = told?.kind === "class" ? told.scheme : undefined;
  // What a later ruling set aside is not used any more.
  const use = conflict?.ruling?.use ?? "";
  const used = world.evidence.aside.has(use) ? undefined : world.evidence.figures.get(use);
  const doubted = world.evidence.figures.get(check?.ruling?.use ?? "");
  const source = cited === undefined ? undefined : store.sources.get(cited);
  const text = told && told.kind !== "class" ? print.textWord(told, world) : undefined;
  const textBefore =
    toldBefore && toldBefore.kind !== "class" ? print.textWord(toldBefore, world) : undefined;
  problems.push(...(text?.problems ?? []), ...(textBefore?.problems ?? []));
  const classBefore = toldBefore?.kind === "class" ? toldBefore : undefined;
  const fields: Record<keyof typeof changeFields, Field> = {
    what: print.termWord("change", change.kind, world),
    on: once(() => print.dateWord(change.on, world)),
    id: named(change.id),
    subject: subject === undefined ? undefined : print.subjectWord(subject, world),
    region: change.region && print.termWord("region", change.region, world),
    metric: about?.metric === undefined ? undefined : print.metricWord(about.metric, world),
    scope: about?.scope === undefined ? undefined : print.scopeWord(about.scope, world),
    period:
      told?.kind === "event"
        ? print.periodWord(told.date, world)
        : period && once(() => print.periodWord(period, world)),
    status: figure && print.statusWord(figure.status, world),
    attributed: figure?.attributed && named(figure.attributed[language]),
    note: figure?.notes[0] && named(figure.notes[0][language]),
    figure: figure && once(() => print.figureWord(figure, world)),
    before: before && once(() => print.figureWord(before, world)),
    beforePeriod: beforePeriod && once(() => print.periodWord(beforePeriod, world)),
    difference:
      difference && once(() => print.figureWord(difference, world, { sign: true, ...rounded(difference) })),
    why: change.why && named(change.why[language]),
    text: text?.value,
    beforeText: textBefore?.value,
    topic: told?.kind === "statement" ? print.termWord("topic", told.topic, world) : undefined,
    type: told?.kind === "event" ? print.termWord("type", told.type, world) : undefined,
    scheme: scheme === undefined ? undefined : named(scheme, store.schemes.get(scheme)?.name[language]),
    category:
      told?.kind === "class" ? print.categoryWord(told.scheme, told.category, world, told) : undefined,
    beforeCategory:
      classBefore && print.categoryWord(classBefore.scheme, classBefore.category, world, classBefore),
    findings: conflict?.findings.map((finding) => sideItem(finding, world)),
    arithmetic: check && once(() => arithmeticWord(check, world)),
    contested: change.contested,
    settled: once(() => isSettled(change, world)),
    used: used && once(() => print.figureWord(used, world)),
    doubted: doubted && once(() => print.figureWord(doubted, world)),
    source: source && named(source.id, source.publisher[language]),
    publisher: source && named(source.id, source.publisher[language]),
    title: source && named(source.id, source.title[language]),
    published: source && once(() => print.dateWord(source.published.date, world)),
    certain: source?.published.certain,
  };
  return { value: item(fields), problems };
}

/** A side of a conflict, though it may have been superseded or withdrawn since. */
function sideItem(finding: FigureFinding, world: World): Item {
  const { figures, known } = world.evidence;
  const figure = figures.get(finding.id) ?? figureOf(finding, known);
  return figureItem(finding, world, { ...figure, asOneSide: true });
}

/** Growth of ten per cent and more is told without digits after the point, of one per cent and more with one. */
function rounded({ quantity: { unit, high } }: Figure): print.PrintOptions {
  const size = high.abs();
  // Beyond that, the digits before the point are too many already, and those that mean nothing are left to printing.
  if (unit !== "%" || size.lt(1) || size.gte(1000)) return {};
  return { digits: size.gte(10) ? 0 : 1 };
}

const forecastFields = {
  ...figureFields,
  due: "the day on which its period ends",
  overdue: "whether that day is past",
} as const;

const forecasts = loop({
  name: "forecasts",
  does: "goes through forecasts that nothing has come of yet, by the day on which their period ends",
  example:
    "{{#forecasts overdue=false limit=5}}{{due}}: {{subject}}, {{metric}} of {{figure}}. {{/forecasts}}",
  prints:
    "31 Dec 2026: Blue Heron, revenue of USD 2.5–2.7bn. 31 Dec 2026: Qingchuan, revenue of CNY 12–13bn.",
  named: {
    subject: subjectFilter,
    region: take.anyOf(take.region),
    metric: take.anyOf(take.metric),
    overdue: take.told(take.yesNo, "true for those whose period is over, false for all else"),
    limit,
  },
  fields: forecastFields,
  run(given, world) {
    const { evidence, options } = world;
    const wanted = inherited({ ...given, source: undefined }, world);
    const found = pendingForecasts(evidence, options.asOf ?? options.date).filter(
      ({ forecast: { id, subject, metric }, overdue }) =>
        !evidence.withheld.has(id) &&
        !evidence.aside.has(id) &&
        passes(wanted.subject, subject) &&
        passes(wanted.region, evidence.store.subjects.get(subject)?.region) &&
        passes(wanted.metric, metric) &&
        (wanted.overdue === undefined || wanted.overdue === overdue),
    );
    const items = found.slice(0, wanted.limit).map(({ forecast, due, overdue }): Item => {
      const { fields, defaults } = figureItem(forecast, world);
      return {
        kind: "item",
        fields: new Map([...fields, ["due", print.dateWord(due, world)], ["overdue", overdue]]),
        defaults,
      };
    });
    return done(items);
  },
});

export const historyLoops: readonly Loop[] = [changes, forecasts];
