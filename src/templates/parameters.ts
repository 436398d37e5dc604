/** Parameters: what arguments of helpers may be, and how they are read. */
import type { Evidence } from "../evidence/evidence.ts";
import type { Figure } from "../evidence/figure.ts";
import { figureNamed, findingNamed } from "../evidence/named.ts";
import { type Formula, idsIn } from "../findings/formula.ts";
import { type Period, parsePeriod } from "../findings/period.ts";
import { commonCurrencies, isCurrency } from "../findings/quantity.ts";
import { type Finding, type Language, regions, statuses } from "../findings/store.ts";
import type { Memory } from "../memory.ts";
import type { Problem } from "../problem.ts";
import { type Formats, optionsOf } from "./formats.ts";
import type { Helper } from "./helper.ts";
import * as messages from "./messages.ts";
import { figureOf, isList, isMade, keyOf, type Value } from "./values.ts";
import type { Words } from "./words.ts";

export interface FillOptions {
  readonly language: Language;
  /** ISO date of the document. */
  readonly date: string;
  /** ISO week, e.g. `2025-W32`, that `recorded="week"` and `{{week}}` stand for. */
  readonly week?: string;
  /** ISO date: figures with a finding recorded later carry the sign of what is new. */
  readonly since?: string;
  /** ISO date as of which the store is seen; with all that is in it unless given. */
  readonly asOf?: string;
  /** A draft shows a mark on every slide and page. */
  readonly draft: boolean;
  /** What the document is made for, by the names that its template declares; without a value where none is known. */
  readonly params?: ReadonlyMap<string, Value>;
  /** Of texts that were read before: the same comes out without it. */
  readonly memory?: Memory;
}

/** All that a helper may know. */
export interface World {
  readonly evidence: Evidence;
  readonly options: FillOptions;
  /** Nothing where their file cannot be read. */
  readonly words: Words | undefined;
  /** Nothing where their file cannot be read. */
  readonly formats: Formats | undefined;
  /** All that can be called, by name: what Sourcedeck has, and what the workspace adds. */
  readonly helpers: ReadonlyMap<string, Helper>;
  /** Arguments taken from the loops around, e.g. `subject`. */
  readonly defaults: Readonly<Record<string, string>>;
  /** What the document is made for, by name: what is nearer (fields, names given with `as`) stands before it. */
  readonly params: ReadonlyMap<string, Value>;
  /** Words are printed as their keys: what is written is a query of the store, and not for people. */
  readonly asKeys: boolean;
}

/** An argument as its helper wants it, or what is wrong with it; the place is added by whoever asked. */
export type Reading<T> = { readonly value: T } | { readonly problem: Problem };

export interface Parameter<T = unknown> {
  /** What it takes, for messages and the reference, e.g. "a finding's id". */
  readonly takes: string;
  /** What comes of it, where its name does not say so; for the reference. */
  readonly does?: string;
  readonly read: (value: Value, world: World) => Reading<T>;
}

/** The same parameter, with what comes of it. */
export function told<T>(parameter: Parameter<T>, does: string): Parameter<T> {
  return { ...parameter, does };
}

const wrong = (value: Value, takes: string, known: readonly string[] = []): { problem: Problem } => ({
  problem: messages.badArgument(keyOf(value), takes, known),
});

/** One of the ids that the store knows. */
function known(what: string, takes: string, ids: (world: World) => Iterable<string>): Parameter<string> {
  return {
    takes,
    read(value, world) {
      const key = keyOf(value);
      if (key === undefined) return wrong(value, takes);
      const all = new Set(ids(world));
      return all.has(key) ? { value: key } : { problem: messages.unknownId(what, key, all) };
    },
  };
}

/** One of a few words. */
export function oneOf<const T extends string>(...choices: readonly T[]): Parameter<T> {
  const takes = choices.map((choice) => `"${choice}"`).join(", ");
  return {
    takes,
    read(value) {
      const key = keyOf(value) ?? "";
      const choice = choices.find((one) => one === key);
      return choice === undefined ? { problem: messages.badChoice(key, choices) } : { value: choice };
    },
  };
}

/** Several, separated by commas: any of them will do. */
export function anyOf<T>(one: Parameter<T>): Parameter<readonly T[]> {
  return {
    takes: `${one.takes}, or several separated by commas`,
    read(value, world) {
      if (isList(value)) return wrong(value, one.takes);
      const key = keyOf(value);
      const readings = (key === undefined ? [value] : key.split(",").map((part) => part.trim())).map((part) =>
        one.read(part, world),
      );
      const values: T[] = [];
      for (const reading of readings) {
        if ("problem" in reading) return reading;
        values.push(reading.value);
      }
      return { value: values };
    },
  };
}

/** Keys to sort by; a minus before the key turns the order. */
export function sortKeys<const T extends string>(...keys: readonly T[]): Parameter<T | `-${T}`> {
  const both = oneOf(...keys.flatMap((key) => [key, `-${key}` as const]));
  return { ...both, takes: oneOf(...keys).takes, does: `the order; a minus turns it, as in "-${keys[0]}"` };
}

export const text: Parameter<string> = {
  takes: "a text",
  read: (value) => {
    const key = keyOf(value);
    return key === undefined ? wrong(value, "a text") : { value: key };
  },
};

/** A text, but none that a helper of the workspace computed: whoever vouches for a number has to see it. */
export const typed: Parameter<string> = {
  takes: "a text that is typed in the template",
  read(value) {
    const key = keyOf(value);
    return key === undefined || isMade(value) ? wrong(value, this.takes) : { value: key };
  },
};

export const anything: Parameter<Value> = { takes: "any value", read: (value) => ({ value }) };

export const integer = (least: number, most: number): Parameter<number> => {
  const takes = `a whole number from ${least} to ${most}`;
  return {
    takes,
    read(value) {
      const key = keyOf(value) ?? "";
      const number = Number(key);
      return /^\d{1,6}$/.test(key) && number >= least && number <= most
        ? { value: number }
        : wrong(value, takes);
    },
  };
};

export const yesNo: Parameter<boolean> = {
  takes: "true or false",
  read: (value) => (typeof value === "boolean" ? { value } : wrong(value, "true or false")),
};

export const figure: Parameter<Figure> = {
  takes: "the id of a figure",
  read(value, { evidence }) {
    const key = keyOf(value);
    const found = figureOf(value) ?? (key === undefined ? undefined : figureNamed(key, evidence));
    if (found) return { value: found };
    if (key === undefined) return wrong(value, "the id of a figure");
    return { problem: noSuchFinding(key, "figure", evidence) };
  },
};

function noSuchFinding(key: string, wanted: Finding["kind"], evidence: Evidence): Problem {
  const other = evidence.known.findings.get(key);
  if (other && other.kind !== wanted) return messages.otherKind(key, wanted, other.kind);
  if (other?.withdrawn) return messages.withdrawn(key, other.withdrawn);
  const derived = evidence.known.derived.get(key);
  if (derived && wanted === "figure")
    return messages.notDerived(key, withdrawnParts(derived.formula, evidence));
  if (derived) return messages.otherKind(key, wanted, "figure");
  const fitting = [...evidence.store.findings.values()].filter(
    ({ kind }) => wanted === "figure" || kind === wanted,
  );
  return messages.unknownId(wanted === "figure" ? "finding" : wanted, key, [
    ...fitting.map(({ id }) => id),
    ...(wanted === "figure" ? evidence.derived.keys() : []),
  ]);
}

/** Ids of the findings of a formula, through those of its parts, that no longer hold. */
function withdrawnParts(formula: Formula, evidence: Evidence): string[] {
  const { derived, findings } = evidence.known;
  const named = new Set(idsIn(formula));
  for (const id of named) for (const part of idsIn(derived.get(id)?.formula ?? noFormula)) named.add(part);
  return [...named].filter((id) => findings.get(id)?.withdrawn && !findingNamed(id, evidence));
}

const noFormula: Formula = { kind: "number", text: "1" };

/** A finding of one kind, by its id. */
function findingOf<K extends "event" | "statement">(
  kind: K,
  takes: string,
): Parameter<Extract<Finding, { kind: K }>> {
  return {
    takes,
    read(value, { evidence }) {
      const key = keyOf(value);
      if (key === undefined) return wrong(value, takes);
      const found = findingNamed(key, evidence);
      return found?.kind === kind
        ? { value: found as Extract<Finding, { kind: K }> }
        : { problem: noSuchFinding(key, kind, evidence) };
    },
  };
}

export const event = findingOf("event", "the id of an event");
export const statement = findingOf("statement", "the id of a statement");
export const subject = known("subject", "a subject's id", ({ evidence }) => evidence.store.subjects.keys());
export const metric = known("metric", "a metric's id", ({ evidence }) => evidence.store.metrics.keys());
export const source = known("source", "a source's id", ({ evidence }) => evidence.store.sources.keys());
export const scheme = known("scheme", "a scheme's id", ({ evidence }) => evidence.store.schemes.keys());
export const rate = known("rate", "an exchange rate's id", ({ evidence }) =>
  evidence.known.rates.map(({ id }) => id),
);
export const spot = known("place", "a place's id", ({ evidence }) => evidence.store.spots.keys());
export const region = oneOf(...regions);
export const status = oneOf(...statuses);

export const category = known("category", "a category's id", ({ evidence }) =>
  [...evidence.store.schemes.values()].flatMap((each) => each.categories.map(({ id }) => id)),
);

export const topic = known("topic", "a topic of statements", ({ evidence }) =>
  [...evidence.known.findings.values()].flatMap((finding) =>
    finding.kind === "statement" ? finding.topic : [],
  ),
);

export const eventType = known("type of event", "a type of events", ({ evidence }) =>
  [...evidence.known.findings.values()].flatMap((finding) => (finding.kind === "event" ? finding.type : [])),
);

export const kindOfSubject = known("kind of subject", "a kind of subjects", ({ evidence }) =>
  [...evidence.store.subjects.values()].map(({ kind }) => kind),
);

export const currency: Parameter<string> = {
  takes: "a currency, e.g. USD",
  read: (value) => {
    const key = keyOf(value) ?? "";
    return isCurrency(key)
      ? { value: key }
      : wrong(value, "a currency's ISO 4217 code, e.g. USD", commonCurrencies);
  },
};

export const period: Parameter<Period> = {
  takes: "a period, e.g. 2025Q1",
  read: (value) => {
    const parsed = parsePeriod(keyOf(value) ?? "");
    return parsed
      ? { value: parsed }
      : wrong(value, "a period, e.g. 2025, 2025Q1, 2025-03, FY2025 or @2025-04-30");
  },
};

/** A format of `formats.yaml`, as the options that it stands for. */
export const format: Parameter<Readonly<Record<string, unknown>>> = {
  takes: "the name of a format of formats.yaml",
  read(value, { formats, options }) {
    const key = keyOf(value);
    if (key === undefined) return wrong(value, this.takes);
    // What a file that cannot be read names is known to nobody; the file's own problems are told.
    if (!formats) return { value: {} };
    return formats.has(key)
      ? { value: optionsOf(formats, key, options.language) }
      : { problem: messages.unknownId("format", key, formats.keys()) };
  },
};

/** When a finding entered the store: within a period, or within the week of the document. */
export const recorded: Parameter<Period> = {
  does: "those that entered the store then",
  takes: `"week" for the document's week, or a period, e.g. 2025-W32`,
  read(value, world) {
    const { week } = world.options;
    const given = keyOf(value) ?? "";
    if (given === "week" && week === undefined) return { problem: messages.noWeek() };
    const parsed = parsePeriod(given === "week" ? (week ?? "") : given);
    return parsed ? { value: parsed } : wrong(value, this.takes, ["week"]);
  },
};
