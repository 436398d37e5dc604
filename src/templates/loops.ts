/** Loops: the block helpers that go through the store, and the fields of what they find. */
import { convert } from "../evidence/derive.ts";
import type { CheckResult } from "../evidence/evidence.ts";
import type { Figure } from "../evidence/figure.ts";
import { setAside } from "../evidence/rulings.ts";
import type { Period } from "../findings/period.ts";
import { isCurrency, numerator } from "../findings/quantity.ts";
import type { FigureFinding, Finding, Store, Subject } from "../findings/store.ts";
import { formatEquation } from "../model/equation.ts";
import { formatStatus } from "../model/format.ts";
import { type Outcome, order, type Problem } from "../problem.ts";
import { done, failed, type Loop, loop } from "./helper.ts";
import * as messages from "./messages.ts";
import type { World } from "./parameters.ts";
import * as take from "./parameters.ts";
import * as print from "./print.ts";
import { type Item, item, named, type Value, word } from "./values.ts";

/** Filters take one value or several; a filter not given lets everything through. */
function passes<T>(wanted: readonly T[] | undefined, ...found: readonly (T | undefined)[]): boolean {
  return wanted === undefined || found.some((value) => value !== undefined && wanted.includes(value));
}

function within(period: Period | undefined, date: string): boolean {
  return period === undefined || (period.start <= date && date <= period.end);
}

/** `2025-01..2025-03` is `2025Q1`, but a day is not what is held as of that day. */
function samePeriod(wanted: readonly Period[] | undefined, found: Period): boolean {
  return (
    wanted === undefined ||
    wanted.some(
      (period) =>
        period.text === found.text ||
        (period.start === found.start &&
          period.end === found.end &&
          (period.kind === "instant") === (found.kind === "instant")),
    )
  );
}

function citedBy(finding: Finding): string[] {
  return finding.citations.map((citation) => citation.source);
}

function subjectsOf(finding: Finding): readonly string[] {
  return finding.kind === "statement" ? finding.subjects : [finding.subject];
}

/** The subject's parents, nearest first. */
function ancestors(id: string, store: Store): string[] {
  const found: string[] = [];
  for (
    let at = store.subjects.get(id)?.parent;
    at !== undefined && !found.includes(at);
    at = store.subjects.get(at)?.parent
  )
    found.push(at);
  return found;
}

function ofKind<K extends Finding["kind"]>(kind: K, world: World): Extract<Finding, { kind: K }>[] {
  return [...world.evidence.store.findings.values()].filter(
    (finding): finding is Extract<Finding, { kind: K }> => finding.kind === kind,
  );
}

/** A key to sort by, or the same with a minus before it. */
function sorted<T>(
  all: readonly T[],
  key: string | undefined,
  by: Readonly<Record<string, (a: T, b: T) => number>>,
): T[] {
  const compare = key === undefined ? undefined : by[key.replace(/^-/, "")];
  if (!compare) return [...all];
  return [...all].sort(key?.startsWith("-") ? (a, b) => compare(b, a) : compare);
}

const limit = take.integer(1, 10_000);
const subjectFilter = take.anyOf(take.subject);
const sourceFilter = take.anyOf(take.source);

/** Arguments of a loop, with those that it takes from the loops around it. */
function inherited<
  T extends {
    readonly subject?: readonly string[] | undefined;
    readonly source?: readonly string[] | undefined;
  },
>(given: T, { defaults }: World): T {
  return {
    ...given,
    ...(given.subject === undefined && defaults.subject !== undefined ? { subject: [defaults.subject] } : {}),
    ...(given.source === undefined && defaults.source !== undefined ? { source: [defaults.source] } : {}),
  };
}

const figureFields = [
  "id",
  "figure",
  "subject",
  "metric",
  "period",
  "region",
  "status",
  "scope",
  "attributed",
  "note",
  "source",
  "recorded",
] as const;

function figureItem(
  finding: FigureFinding,
  world: World,
  figure: Figure | undefined = world.evidence.figures.get(finding.id),
): Item {
  const { language } = world.options;
  const region = world.evidence.store.subjects.get(finding.subject)?.region;
  const status = figure?.status ?? finding.status;
  const fields: Record<(typeof figureFields)[number], Value> = {
    id: named(finding.id),
    figure: figure && print.figureWord(figure, world),
    subject: print.subjectWord(finding.subject, world),
    metric: print.metricWord(finding.metric, world),
    period: print.periodWord(finding.period, world),
    region: region && print.termWord("region", region, world),
    status: named(status, formatStatus(status, language)),
    scope: finding.scope === undefined ? undefined : print.scopeWord(finding.scope, world),
    attributed: finding.attributed && named(finding.attributed[language]),
    note: finding.note && named(finding.note[language]),
    source: sourceWords(citedBy(finding), world),
    recorded: print.dateWord(finding.recorded, world),
  };
  return item(fields);
}

function sourceWords(ids: readonly string[], world: World): Value[] {
  const { sources } = world.evidence.store;
  return [...new Set(ids)].map((id) => named(id, sources.get(id)?.publisher[world.options.language]));
}

/** Each figure's value for comparing: as it is where all have one unit, else in the first one's currency. */
function comparableValues(
  findings: readonly FigureFinding[],
  world: World,
): Outcome<ReadonlyMap<string, number>> {
  const units = [...new Set(findings.map((finding) => finding.quantity.unit))];
  const currency = numerator(units[0] ?? "");
  const values = new Map<string, number>();
  for (const { id } of findings) {
    const figure = world.evidence.figures.get(id);
    if (!figure) continue;
    if (units.length > 1 && !isCurrency(currency)) return failed(messages.mixedUnits(units));
    const converted = units.length > 1 ? convert(figure, currency, world.evidence) : done(figure);
    const { quantity } = converted.value ?? {};
    if (!quantity || (units.length > 1 && quantity.unit !== units[0]))
      return failed(messages.mixedUnits(units));
    values.set(id, quantity.low.add(quantity.high).div(2).toNumber());
  }
  return done(values);
}

const figures = loop({
  name: "figures",
  does: "goes through the figures that fit",
  example:
    '{{#figures metric="revenue" period="2025Q1" sort="-value"}}{{subject}} {{figure}}{{else}}…{{/figures}}',
  named: {
    subject: subjectFilter,
    metric: take.anyOf(take.metric),
    period: take.anyOf(take.period),
    region: take.anyOf(take.region),
    status: take.anyOf(take.status),
    source: sourceFilter,
    parent: take.anyOf(take.subject),
    recorded: take.recorded,
    sort: take.sortKeys("id", "value", "subject", "metric", "period"),
    limit,
  },
  fields: figureFields,
  run(given, world) {
    const { store, conflicts } = world.evidence;
    const wanted = inherited(given, world);
    // What a ruling sets aside is told by `conflicts` alone.
    const aside = setAside(conflicts);
    const found = ofKind("figure", world).filter(
      (finding) =>
        !aside.has(finding.id) &&
        passes(wanted.subject, finding.subject) &&
        passes(wanted.metric, finding.metric) &&
        samePeriod(wanted.period, finding.period) &&
        passes(wanted.region, store.subjects.get(finding.subject)?.region) &&
        passes(wanted.status, finding.status, world.evidence.figures.get(finding.id)?.status) &&
        passes(wanted.source, ...citedBy(finding)) &&
        passes(wanted.parent, ...ancestors(finding.subject, store)) &&
        within(wanted.recorded, finding.recorded),
    );
    const values = wanted.sort?.endsWith("value")
      ? comparableValues(found, world)
      : done(new Map<string, number>());
    const ranked = sorted(found, wanted.sort, {
      id: (a, b) => order(a.id, b.id),
      value: (a, b) => (values.value?.get(a.id) ?? 0) - (values.value?.get(b.id) ?? 0),
      subject: (a, b) => order(a.subject, b.subject),
      metric: (a, b) => order(a.metric, b.metric),
      period: (a, b) => order(a.period.end, b.period.end) || order(a.period.start, b.period.start),
    });
    return {
      value: ranked.slice(0, wanted.limit).map((finding) => figureItem(finding, world)),
      problems: values.problems,
    };
  },
});

const classFields = [
  "id",
  "subject",
  "scheme",
  "category",
  "weight",
  "region",
  "note",
  "source",
  "recorded",
] as const;

const classes = loop({
  name: "classes",
  does: "goes through what subjects are classed as, in the order of the scheme's categories",
  example: '{{#classes scheme="tier" category="first"}}{{subject}}{{/classes}}',
  named: {
    scheme: take.anyOf(take.scheme),
    subject: subjectFilter,
    category: take.anyOf(take.category),
    weight: take.oneOf("main", "present"),
    region: take.anyOf(take.region),
    source: sourceFilter,
    recorded: take.recorded,
    limit,
  },
  fields: classFields,
  run(given, world) {
    const { store } = world.evidence;
    const wanted = inherited(given, world);
    const region = (id: string) => store.subjects.get(id)?.region;
    const rank = (scheme: string, category: string): number =>
      store.schemes.get(scheme)?.categories.findIndex(({ id }) => id === category) ?? 0;
    const found = ofKind("class", world)
      .filter(
        (finding) =>
          passes(wanted.scheme, finding.scheme) &&
          passes(wanted.subject, finding.subject) &&
          passes(wanted.category, finding.category) &&
          (wanted.weight === undefined || wanted.weight === finding.weight) &&
          passes(wanted.region, region(finding.subject)) &&
          passes(wanted.source, ...citedBy(finding)) &&
          within(wanted.recorded, finding.recorded),
      )
      .sort(
        (a, b) =>
          order(a.scheme, b.scheme) ||
          rank(a.scheme, a.category) - rank(b.scheme, b.category) ||
          order(a.id, b.id),
      );
    const items = found.slice(0, wanted.limit).map((finding): Item => {
      const at = region(finding.subject);
      const fields: Record<(typeof classFields)[number], Value> = {
        id: named(finding.id),
        subject: print.subjectWord(finding.subject, world),
        scheme: named(finding.scheme, store.schemes.get(finding.scheme)?.name[world.options.language]),
        category: print.categoryWord(finding.scheme, finding.category, world, finding),
        weight: print.termWord("weight", finding.weight, world, finding),
        region: at && print.termWord("region", at, world),
        note: finding.note && named(finding.note[world.options.language]),
        source: sourceWords(citedBy(finding), world),
        recorded: print.dateWord(finding.recorded, world),
      };
      return item(fields);
    });
    return done(items);
  },
});

const eventFields = [
  "id",
  "subject",
  "date",
  "type",
  "what",
  "from",
  "to",
  "region",
  "note",
  "source",
  "recorded",
] as const;

const events = loop({
  name: "events",
  does: "goes through events, by date unless sorted otherwise; `period` takes those that lie within it",
  example: '{{#events type="launch" period="2025H1" sort="-date"}}{{date}} {{subject}} {{what}}{{/events}}',
  named: {
    subject: subjectFilter,
    type: take.anyOf(take.eventType),
    from: take.anyOf(take.spot),
    to: take.anyOf(take.spot),
    period: take.period,
    region: take.anyOf(take.region),
    source: sourceFilter,
    recorded: take.recorded,
    sort: take.sortKeys("date", "subject", "id"),
    limit,
  },
  fields: eventFields,
  run(given, world) {
    const { store } = world.evidence;
    const { language } = world.options;
    const wanted = inherited(given, world);
    const region = (id: string) => store.subjects.get(id)?.region;
    const found = ofKind("event", world).filter(
      (finding) =>
        passes(wanted.subject, finding.subject) &&
        passes(wanted.type, finding.type) &&
        passes(wanted.from, finding.from) &&
        passes(wanted.to, finding.to) &&
        (wanted.period === undefined ||
          (wanted.period.start <= finding.date.start && finding.date.end <= wanted.period.end)) &&
        passes(wanted.region, region(finding.subject)) &&
        passes(wanted.source, ...citedBy(finding)) &&
        within(wanted.recorded, finding.recorded),
    );
    const ranked = sorted(found, wanted.sort ?? "date", {
      date: (a, b) => order(a.date.start, b.date.start) || order(a.date.end, b.date.end),
      subject: (a, b) => order(a.subject, b.subject),
      id: (a, b) => order(a.id, b.id),
    });
    const problems: Problem[] = [];
    const spot = (id: string | undefined): Value =>
      id === undefined ? undefined : named(id, store.spots.get(id)?.name[language]);
    const items = ranked.slice(0, wanted.limit).map((finding): Item => {
      const what = print.textWord(finding, world);
      problems.push(...what.problems);
      const at = region(finding.subject);
      const fields: Record<(typeof eventFields)[number], Value> = {
        id: named(finding.id),
        subject: print.subjectWord(finding.subject, world),
        date: print.periodWord(finding.date, world),
        type: print.termWord("type", finding.type, world),
        what: what.value,
        from: spot(finding.from),
        to: spot(finding.to),
        region: at && print.termWord("region", at, world),
        note: finding.note && named(finding.note[language]),
        source: sourceWords(citedBy(finding), world),
        recorded: print.dateWord(finding.recorded, world),
      };
      return item(fields);
    });
    return { value: items, problems };
  },
});

const statementFields = ["id", "text", "topic", "subjects", "note", "source", "recorded"] as const;

const statements = loop({
  name: "statements",
  does: "goes through statements, by topic",
  example: '{{#statements topic="demand" limit=3}}{{text}}{{/statements}}',
  named: {
    topic: take.anyOf(take.topic),
    subject: subjectFilter,
    source: sourceFilter,
    recorded: take.recorded,
    limit,
  },
  fields: statementFields,
  run(given, world) {
    const wanted = inherited(given, world);
    const found = ofKind("statement", world)
      .filter(
        (finding) =>
          passes(wanted.topic, finding.topic) &&
          passes(wanted.subject, ...finding.subjects) &&
          passes(wanted.source, ...citedBy(finding)) &&
          within(wanted.recorded, finding.recorded),
      )
      .sort((a, b) => order(a.topic, b.topic) || order(a.id, b.id));
    const problems: Problem[] = [];
    const items = found.slice(0, wanted.limit).map((finding): Item => {
      const text = print.textWord(finding, world);
      problems.push(...text.problems);
      const fields: Record<(typeof statementFields)[number], Value> = {
        id: named(finding.id),
        text: text.value,
        topic: print.termWord("topic", finding.topic, world),
        subjects: finding.subjects.map((id) => print.subjectWord(id, world)),
        note: finding.note && named(finding.note[world.options.language]),
        source: sourceWords(citedBy(finding), world),
        recorded: print.dateWord(finding.recorded, world),
      };
      return item(fields);
    });
    return { value: items, problems };
  },
});

const conflictFields = [
  "findings",
  "subject",
  "metric",
  "period",
  "settled",
  "used",
  "why",
  "by",
  "on",
] as const;

const conflicts = loop({
  name: "conflicts",
  does: "goes through findings that contradict each other, with the ruling that settles them",
  example: "{{#conflicts}}{{subject}}: {{#each findings}}{{figure}} {{/each}}{{why}}{{/conflicts}}",
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
      const fields: Record<(typeof conflictFields)[number], Value> = {
        findings: findings.map((finding) => {
          const figure = world.evidence.figures.get(finding.id);
          return figureItem(finding, world, figure && { ...figure, asOneSide: true });
        }),
        subject: first && print.subjectWord(first.subject, world),
        metric: first && print.metricWord(first.metric, world),
        period: first && print.periodWord(first.period, world),
        settled: ruling !== undefined,
        used: used && print.figureWord(used, world),
        why: ruling && named(ruling.why[language]),
        by: ruling && named(ruling.by),
        on: ruling && print.dateWord(ruling.on, world),
      };
      return item(fields);
    });
    return done(items);
  },
});

const checkFields = [
  "id",
  "kind",
  "subject",
  "arithmetic",
  "passed",
  "settled",
  "doubted",
  "why",
  "by",
  "on",
] as const;

/** The figures whose arithmetic it is; a line of it stands on all that they rest on. */
function figuresOf({ findings }: CheckResult, world: World): Figure[] {
  return findings.flatMap((id) => world.evidence.figures.get(id) ?? []);
}

function mentions({ left, against }: CheckResult["equation"], rate: string): boolean {
  return left.includes(rate) || (against.by === "rate" && against.rate === rate);
}

const checks = loop({
  name: "checks",
  does: "goes through the arithmetic between findings, with the ruling on what does not hold",
  example: "{{#checks failed=true}}{{arithmetic}}: {{why}}{{/checks}}",
  named: { failed: take.yesNo, settled: take.yesNo, subject: subjectFilter, recorded: take.recorded, limit },
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
      const { id, kind, equation, passed, ruling } = check;
      const doubted = ruling && figures.get(ruling.use);
      const about = doubted?.subject ?? figuresOf(check, world)[0]?.subject;
      const lineage = {
        findings: [...new Set(check.findings)].sort(order),
        citations: figuresOf(check, world).flatMap(({ lineage: { citations } }) => citations),
        rates: store.rates.map((rate) => rate.id).filter((rate) => mentions(equation, rate)),
      };
      const text = formatEquation(equation, language, store);
      const fields: Record<(typeof checkFields)[number], Value> = {
        id: named(id),
        kind: print.termWord("kind-of-check", kind, world),
        subject: about && print.subjectWord(about, world),
        arithmetic: word(id, { type: "name", text, lineage }),
        passed,
        settled: ruling !== undefined,
        doubted: doubted && print.figureWord({ ...doubted, asOneSide: true }, world),
        why: ruling && named(ruling.why[language]),
        by: ruling && named(ruling.by),
        on: ruling && print.dateWord(ruling.on, world),
      };
      return item(fields);
    });
    return done(items);
  },
});

const subjectFields = ["id", "name", "region", "kind", "parent"] as const;

const subjects = loop({
  name: "subjects",
  does: "goes through the subjects of findings, by their printed names; loops inside keep to the subject unless told another",
  example:
    '{{#subjects recorded="week"}}{{name}}: {{#figures}}{{metric}} {{figure}} {{/figures}}{{/subjects}}',
  named: {
    region: take.anyOf(take.region),
    kind: take.anyOf(take.kindOfSubject),
    parent: take.anyOf(take.subject),
    source: sourceFilter,
    recorded: take.recorded,
    sort: take.sortKeys("name", "id"),
    limit,
  },
  fields: subjectFields,
  run(given, world) {
    const { store } = world.evidence;
    const wanted = inherited({ ...given, subject: undefined }, world);
    const spoken = new Set(
      [...store.findings.values()]
        .filter(
          (finding) =>
            within(wanted.recorded, finding.recorded) && passes(wanted.source, ...citedBy(finding)),
        )
        .flatMap(subjectsOf),
    );
    const found = [...store.subjects.values()].filter(
      (subject) =>
        spoken.has(subject.id) &&
        passes(wanted.region, subject.region) &&
        passes(wanted.kind, subject.kind) &&
        passes(wanted.parent, ...ancestors(subject.id, store)),
    );
    const printed = (subject: Subject): string => subject.name[world.options.language].toLowerCase();
    const ranked = sorted(found, wanted.sort ?? "name", {
      name: (a, b) => order(printed(a), printed(b)) || order(a.id, b.id),
      id: (a, b) => order(a.id, b.id),
    });
    const items = ranked.slice(0, wanted.limit).map((subject): Item => {
      const fields: Record<(typeof subjectFields)[number], Value> = {
        id: named(subject.id),
        name: print.subjectWord(subject.id, world),
        region: print.termWord("region", subject.region, world),
        kind: print.termWord("kind", subject.kind, world),
        parent: subject.parent === undefined ? undefined : print.subjectWord(subject.parent, world),
      };
      return item(fields, { subject: subject.id });
    });
    return done(items);
  },
});

const sourceFields = ["id", "publisher", "title", "published", "certain", "language", "note"] as const;

const sources = loop({
  name: "sources",
  does: "goes through the sources that findings cite; loops inside keep to the source unless told another",
  example: '{{#sources recorded="week"}}{{publisher}}, {{title}}, {{published}}{{/sources}}',
  named: { recorded: take.recorded, limit },
  fields: sourceFields,
  run(given, world) {
    const { store } = world.evidence;
    const { language } = world.options;
    const cited = new Set(
      [...store.findings.values()]
        .filter((finding) => within(given.recorded, finding.recorded))
        .flatMap(citedBy),
    );
    const found = [...store.sources.values()].filter((source) => cited.has(source.id));
    const items = found.slice(0, given.limit).map((source): Item => {
      const fields: Record<(typeof sourceFields)[number], Value> = {
        id: named(source.id),
        publisher: named(source.id, source.publisher[language]),
        title: named(source.id, source.title[language]),
        published: print.dateWord(source.published.date, world),
        certain: source.published.certain,
        language: named(source.language),
        note: source.note && named(source.note[language]),
      };
      return item(fields, { source: source.id });
    });
    return done(items);
  },
});

export const loops: readonly Loop[] = [
  figures,
  classes,
  events,
  statements,
  conflicts,
  checks,
  subjects,
  sources,
];
