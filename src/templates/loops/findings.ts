/** Loops over findings: figures, classes, events and statements. */
import { convert } from "../../evidence/derive.ts";
import { isCurrency, numerator } from "../../findings/quantity.ts";
import type { FigureFinding } from "../../findings/store.ts";
import { type Outcome, order, type Problem } from "../../problem.ts";
import { done, failed, type Loop, loop } from "../helper.ts";
import * as messages from "../messages.ts";
import type { World } from "../parameters.ts";
import * as take from "../parameters.ts";
import * as print from "../print.ts";
import { type Item, item, named, type Value } from "../values.ts";
import {
  ancestors,
  citedBy,
  inherited,
  limit,
  ofKind,
  passes,
  samePeriod,
  sorted,
  sourceFilter,
  subjectFilter,
  within,
} from "./filters.ts";
import { figureFields, figureItem, sourceWords } from "./items.ts";

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
    '{{#figures metric="revenue" period="2025" sort="-value"}}{{subject}}: {{figure}}. {{else}}None. {{/figures}}',
  prints: "Blue Heron: USD 2.4bn. Qingchuan: CNY 9.8bn.",
  named: {
    subject: subjectFilter,
    metric: take.anyOf(take.metric),
    period: take.anyOf(take.period),
    region: take.anyOf(take.region),
    status: take.anyOf(take.status),
    source: sourceFilter,
    parent: take.told(take.anyOf(take.subject), "those whose subjects are a part of it"),
    recorded: take.recorded,
    sort: take.sortKeys("id", "value", "subject", "metric", "period"),
    limit,
  },
  fields: figureFields,
  run(given, world) {
    const { store, aside } = world.evidence;
    const wanted = inherited(given, world);
    const found = ofKind("figure", world).filter(
      (finding) =>
        // What a ruling sets aside is told by `conflicts` alone.
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

const classFields = {
  id: "its id",
  subject: "who is classed",
  scheme: "by which scheme",
  category: "as what",
  weight: "mainly, or also",
  region: "where the subject belongs",
  note: "a remark that its author made, if any",
  source: "the publishers of its sources",
  recorded: "the day on which it entered the store",
} as const;

const classes = loop({
  name: "classes",
  does: "goes through what subjects are classed as, in the order of the scheme's categories",
  example: '{{#classes scheme="model"}}{{category}}: {{subject}}. {{/classes}}',
  prints: "Sells the habit: Qingchuan. Sells the seat: Blue Heron.",
  named: {
    scheme: take.anyOf(take.scheme),
    subject: subjectFilter,
    category: take.anyOf(take.category),
    weight: take.told(take.oneOf("main", "present"), "what they mainly are, or are also"),
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
      const fields: Record<keyof typeof classFields, Value> = {
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

const eventFields = {
  id: "its id",
  subject: "whom it is about",
  date: "when: a day, month, quarter or year",
  type: "its type, e.g. launch",
  what: "what happened",
  from: "the place that it starts from",
  to: "the place that it leads to",
  region: "where the subject belongs",
  note: "a remark that its author made, if any",
  source: "the publishers of its sources",
  recorded: "the day on which it entered the store",
} as const;

const events = loop({
  name: "events",
  does: "goes through events, by date unless sorted otherwise",
  example:
    '{{#events type="launch" period="2025..2026" sort="-date"}}{{date}}, {{subject}}: {{what}}. {{/events}}',
  prints:
    "2 Mar 2026, Qingchuan: First store abroad, in Singapore. Sep 2025, Blue Heron: Orders by app in every café.",
  named: {
    subject: subjectFilter,
    type: take.anyOf(take.eventType),
    from: take.told(take.anyOf(take.spot), "where they start from"),
    to: take.told(take.anyOf(take.spot), "where they lead to"),
    period: take.told(take.anyOf(take.period), "those that lie within it"),
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
        (wanted.period?.some(({ start, end }) => start <= finding.date.start && finding.date.end <= end) ??
          true) &&
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
      const fields: Record<keyof typeof eventFields, Value> = {
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

const statementFields = {
  id: "its id",
  text: "what it says, with its figures",
  topic: "its topic",
  subjects: "whom it is about",
  note: "a remark that its author made, if any",
  source: "the publishers of its sources",
  recorded: "the day on which it entered the store",
} as const;

const statements = loop({
  name: "statements",
  does: "goes through statements, by topic",
  example: '{{#statements topic="model" subject="heron" limit=3}}{{text}}{{/statements}}',
  prints: "Blue Heron sells the seat: few new stores, 14% of operating margin.",
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
      const fields: Record<keyof typeof statementFields, Value> = {
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

export const findingLoops: readonly Loop[] = [figures, classes, events, statements];
