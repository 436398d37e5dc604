/** Params: what a template is made for, such as one company; declared in its front matter, given by whoever builds it. */
import type { Evidence } from "../evidence/evidence.ts";
import { parsePeriod } from "../findings/period.ts";
import { regions } from "../findings/store.ts";
import { type Outcome, order, type Place, type Problem } from "../problem.ts";
import { type FillOptions, worldOf } from "./engine.ts";
import { type ParamType, splitFront } from "./front.ts";
import { type Library, templatePath } from "./library.ts";
import { citedBy, subjectsOf } from "./loops/filters.ts";
import * as messages from "./messages.ts";
import * as take from "./parameters.ts";
import * as print from "./print.ts";
import { named, type Value } from "./values.ts";

/** A value for what a template is made for, as it was given. */
export interface Param {
  readonly name: string;
  readonly value: string;
  /** Where it is given; nowhere when that is the command line. */
  readonly at?: Place;
}

/** What a template declares. */
export interface DeclaredParam {
  readonly name: string;
  readonly type: ParamType;
  /** Of subjects: those of this kind alone. */
  readonly kind?: string;
  readonly at: Place;
}

interface Type {
  readonly parameter: take.Parameter;
  /** What it is in the template: its name in prose, its id as an argument. */
  readonly word: (key: string, world: take.World) => Value;
  /** Values of which the store tells something, in the order of the store. */
  readonly fitting: (evidence: Evidence, kind: string | undefined) => readonly string[];
}

const types: Readonly<Record<ParamType, Type>> = {
  subject: { parameter: take.subject, word: print.subjectWord, fitting: subjectsOfKind },
  metric: {
    parameter: take.metric,
    word: print.metricWord,
    fitting: ({ store }) => spoken(store.metrics.keys(), [...store.findings.values()].flatMap(metricOf)),
  },
  region: {
    parameter: take.region,
    word: (key, world) => print.termWord("region", key, world),
    fitting: ({ store }) =>
      spoken(
        regions,
        [...store.findings.values()]
          .flatMap(subjectsOf)
          .flatMap((id) => store.subjects.get(id)?.region ?? []),
      ),
  },
  source: {
    parameter: take.source,
    word: (key, { evidence, options }) =>
      named(key, evidence.store.sources.get(key)?.publisher[options.language]),
    fitting: ({ store }) => spoken(store.sources.keys(), [...store.findings.values()].flatMap(citedBy)),
  },
  topic: {
    parameter: take.topic,
    word: (key) => named(key),
    fitting: ({ store }) => [
      ...new Set([...store.findings.values()].flatMap((one) => (one.kind === "statement" ? one.topic : []))),
    ],
  },
  period: {
    parameter: take.period,
    word: (key, world) => {
      const period = parsePeriod(key);
      return period && print.periodWord(period, world);
    },
    fitting: ({ store }) => [
      ...new Set(
        [...store.findings.values()]
          .flatMap((one) => (one.kind === "figure" ? one.period : []))
          .sort((a, b) => order(b.end, a.end))
          .map(({ text }) => text),
      ),
    ],
  },
};

/** What a template, e.g. `profile.en`, is made for; nothing of one that is not there or whose front matter cannot be read. */
export function declaredParams(library: Library, template: string): readonly DeclaredParam[] {
  const file = library.files.get(templatePath(template));
  const front = file && splitFront(file).front.value;
  return Object.entries(front?.front.params ?? {}).map(([name, declared]) => ({
    name,
    ...(typeof declared === "string" ? { type: declared } : { type: "subject", kind: declared.subject }),
    at: front?.at("params", name) ?? { file: file?.file ?? "" },
  }));
}

/** The values given for what a template declares, as it uses them. All that is missing, too many or unknown is told. */
export function bindParams(
  declared: readonly DeclaredParam[],
  given: readonly Param[],
  library: Library,
  evidence: Evidence,
  options: FillOptions,
): Outcome<ReadonlyMap<string, Value>> {
  const problems: Problem[] = [];
  const names = declared.map(({ name }) => name);
  for (const { name, at } of given)
    if (!names.includes(name)) problems.push(messages.unknownParam(name, names, at));
  const world = worldOf(library, evidence, options);
  const values = declared.map((one): [string, Value] => {
    const param = given.find(({ name }) => name === one.name);
    if (!param) problems.push(messages.missingParam(one));
    const found = param && unfit(one, param, world);
    if (found) problems.push({ ...found, ...(param.at && { where: param.at }) });
    return [one.name, param && !found ? types[one.type].word(param.value, world) : undefined];
  });
  return { value: problems.length > 0 ? undefined : new Map(values), problems };
}

function unfit({ type, kind }: DeclaredParam, { value }: Param, world: take.World): Problem | undefined {
  const reading = types[type].parameter.read(value, world);
  if ("problem" in reading) return reading.problem;
  const subject = kind === undefined ? undefined : world.evidence.store.subjects.get(value);
  return subject && subject.kind !== kind
    ? messages.subjectOfOtherKind(value, subject.kind, kind ?? "")
    : undefined;
}

/** Values that a parameter may take and of which the store tells something. */
export function fittingValues({ type, kind }: DeclaredParam, evidence: Evidence): readonly string[] {
  return types[type].fitting(evidence, kind);
}

/** Ids of the subjects of a kind, or of all, that findings speak of, in the order of the store. */
export function subjectsOfKind({ store }: Evidence, kind?: string): readonly string[] {
  const found = spoken(store.subjects.keys(), [...store.findings.values()].flatMap(subjectsOf));
  return kind === undefined ? found : found.filter((id) => store.subjects.get(id)?.kind === kind);
}

function spoken(all: Iterable<string>, found: readonly string[]): string[] {
  const known = new Set(found);
  return [...all].filter((id) => known.has(id));
}

function metricOf(finding: { readonly kind: string; readonly metric?: string }): string[] {
  return finding.metric === undefined ? [] : [finding.metric];
}
