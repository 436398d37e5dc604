/** Loops over what findings speak of and where they come from: subjects and sources. */
import type { Subject } from "../../findings/store.ts";
import { order } from "../../problem.ts";
import { done, type Loop, loop } from "../helper.ts";
import * as take from "../parameters.ts";
import * as print from "../print.ts";
import { type Item, item, named, type Value } from "../values.ts";
import {
  ancestors,
  citedBy,
  inherited,
  limit,
  passes,
  sorted,
  sourceFilter,
  subjectsOf,
  within,
} from "./filters.ts";

const subjectFields = {
  id: "its id",
  name: "its name",
  region: "where it belongs",
  kind: "what it is, e.g. company",
  parent: "the subject that it is a part of",
} as const;

const subjects = loop({
  name: "subjects",
  does: "goes through the subjects of findings, by their printed names; loops inside keep to the subject unless told another",
  example:
    '{{#subjects region="cn,us"}}{{name}}: {{#figures period="2025" limit=2}}{{metric}} {{figure}}. {{/figures}}{{/subjects}}',
  prints:
    "Blue Heron: operating margin 14%. revenue growth 8%. Qingchuan: operating margin 6%. revenue growth 31%.",
  named: {
    region: take.anyOf(take.region),
    kind: take.anyOf(take.kindOfSubject),
    parent: take.told(take.anyOf(take.subject), "those that are a part of it"),
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
      const fields: Record<keyof typeof subjectFields, Value> = {
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

const sourceFields = {
  id: "its id",
  publisher: "who published it",
  title: "its title",
  published: "the day on which it was published",
  certain: "whether its page shows that day",
  language: "the language of its text",
  note: "a remark that its author made, if any",
} as const;

const sources = loop({
  name: "sources",
  does: "goes through the sources that findings cite; loops inside keep to the source unless told another",
  example: '{{#sources recorded="2026-W10"}}{{publisher}}: “{{title}}”, {{published}}{{/sources}}',
  prints: "The Daily Cup: “Blue Heron Coffee closes a year of slower openings”, 4 Mar 2026",
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
      const fields: Record<keyof typeof sourceFields, Value> = {
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

export const vocabularyLoops: readonly Loop[] = [subjects, sources];
