/** The store: everything that was read from the data folder, typed, resolved and checked. */
import type { Place } from "../problem.ts";
import type { Formula } from "./formula.ts";
import type { Period } from "./period.ts";
import type { Quantity } from "./quantity.ts";

export const languages = ["en", "zh"] as const;
export type Language = (typeof languages)[number];

/** A text in every language of the store. */
export type Localized = Readonly<Record<Language, string>>;

export const regions = ["cn", "us", "other", "global"] as const;
export type Region = (typeof regions)[number];

export const statuses = ["reported", "estimated", "forecast", "run-rate", "disputed"] as const;
export type Status = (typeof statuses)[number];

/** Where a source says it: `written` stands in that line (counted from 1) as printed. */
export interface Citation {
  readonly source: string;
  readonly line: number;
  readonly written: string;
}

export interface Source {
  readonly id: string;
  readonly file: string;
  readonly publisher: Localized;
  readonly title: Localized;
  readonly language: string;
  /** What an amount of money without a currency means in this source. */
  readonly currency: string;
  /** ISO date; when not `certain`, the page shows none and the article is no older than this. */
  readonly published: { readonly date: string; readonly certain: boolean };
  readonly note?: Localized;
  readonly at: Place;
}

export interface Subject {
  readonly id: string;
  readonly kind: string;
  readonly name: Localized;
  readonly aliases: readonly string[];
  readonly region: Region;
  readonly parent?: string;
  /** Last month of the fiscal year, 1–12; 12 unless said. */
  readonly fiscalYearEnd: number;
  readonly at: Place;
}

export interface Metric {
  readonly id: string;
  readonly name: Localized;
  readonly measures: "money" | "percent" | "points" | "count" | "price" | "ratio" | "duration" | "rank";
  readonly over: "period" | "instant";
  /** The only unit in which it is counted, where it is no currency, per cent or points. */
  readonly unit?: string;
  readonly basis?: "run-rate";
  readonly growthOf?: string;
  readonly against?: "year" | "quarter" | "month";
  readonly shareOf?: string;
  /** False for amounts of which a part may exceed the whole: those that may be negative, and averages. */
  readonly additive?: false;
  readonly at: Place;
}

/** A unit declared in `units.yaml`; currencies, %, pp and x are built in. */
export interface UnitName {
  readonly id: string;
  readonly en: { readonly one: string; readonly other: string };
  readonly zh: string;
  readonly ordinal: boolean;
  readonly at: Place;
}

export interface Scheme {
  readonly id: string;
  readonly name: Localized;
  /** In the scheme's own order. */
  readonly categories: readonly { readonly id: string; readonly name: Localized }[];
  readonly at: Place;
}

/** A spot on the globe that events move from and to; degrees, north and east positive. */
export interface Spot {
  readonly id: string;
  readonly name: Localized;
  readonly latitude: number;
  readonly longitude: number;
  readonly at: Place;
}

/** How many units of `quote` one unit of `base` costs, dated and cited. */
export interface Rate {
  readonly id: string;
  readonly base: string;
  readonly quote: string;
  readonly rate: string;
  readonly period: Period;
  readonly recorded: string;
  readonly derivation?: string;
  readonly citations: readonly Citation[];
  readonly at: Place;
}

interface FindingBase {
  readonly id: string;
  /** ISO date on which it entered the store. */
  readonly recorded: string;
  readonly citations: readonly Citation[];
  readonly note?: Localized;
  /** The earlier finding that this one takes the place of, from its own day of entry on. */
  readonly supersedes?: { readonly finding: string; readonly why: Localized };
  /** ISO date since which it no longer holds, with nothing in its place. */
  readonly withdrawn?: { readonly on: string; readonly why: Localized };
  readonly at: Place;
}

/** subject, metric, period, quantity */
export interface FigureFinding extends FindingBase {
  readonly kind: "figure";
  readonly subject: string;
  readonly metric: string;
  readonly period: Period;
  readonly quantity: Quantity;
  readonly status: Status;
  /** What is counted, when it is not the obvious whole; part of the identity. */
  readonly scope?: string;
  /** Who states it, when neither the article nor the company. */
  readonly attributed?: Localized;
}

/** subject, scheme, category */
export interface ClassFinding extends FindingBase {
  readonly kind: "class";
  readonly subject: string;
  readonly scheme: string;
  readonly category: string;
  readonly weight: "main" | "present";
}

/** subject, date, what happened */
export interface EventFinding extends FindingBase {
  readonly kind: "event";
  readonly subject: string;
  readonly date: Period;
  readonly type: string;
  readonly from?: string;
  readonly to?: string;
  /** May name figures as `{finding-id}`; so may a statement's text. */
  readonly what: Localized;
}

/** An argument, in our own words */
export interface StatementFinding extends FindingBase {
  readonly kind: "statement";
  readonly subjects: readonly string[];
  readonly topic: string;
  readonly text: Localized;
}

export type Finding = FigureFinding | ClassFinding | EventFinding | StatementFinding;

/** What is to be said where findings contradict each other, or where arithmetic between them fails. */
export interface Ruling {
  readonly id: string;
  /** The findings of the conflict that it settles; empty when it settles a failed check. */
  readonly between: readonly string[];
  /** The failed check that it settles. */
  readonly check?: string;
  /** The finding to be used, or `both` to be shown; for a check the finding that is in doubt, `both` or `none`. */
  readonly use: string;
  readonly why: Localized;
  readonly by: string;
  /** ISO date */
  readonly on: string;
  readonly at: Place;
}

/** A number in a source that is no finding, and why. */
export interface Dismissal extends Citation {
  readonly why: string;
  readonly at: Place;
}

/**
 * Arithmetic that findings should satisfy, by their ids:
 * growth `to / from - 1 = rate` · sum `parts = total` · share `part / whole = percent` · ratio `of / to = times` ·
 * product `factors × times = result` · cagr over the years between the periods · conversion `from × rate = to` ·
 * difference `from - less = result` · part `part ≤ whole`.
 */
export type Arithmetic =
  | { readonly kind: "growth"; readonly from: string; readonly to: string; readonly rate: string }
  | { readonly kind: "sum"; readonly parts: readonly string[]; readonly total: string }
  | { readonly kind: "share"; readonly part: string; readonly whole: string; readonly percent: string }
  | { readonly kind: "ratio"; readonly of: string; readonly to: string; readonly times: string }
  | {
      readonly kind: "product";
      readonly factors: readonly string[];
      /** A plain multiplier, e.g. `12` for months in a year. */
      readonly times: string;
      readonly result: string;
    }
  | { readonly kind: "cagr"; readonly from: string; readonly to: string; readonly rate: string }
  | { readonly kind: "conversion"; readonly from: string; readonly to: string }
  | { readonly kind: "difference"; readonly from: string; readonly less: string; readonly result: string }
  | { readonly kind: "part"; readonly part: string; readonly whole: string };

export interface Check {
  readonly id: string;
  readonly arithmetic: Arithmetic;
  /** Per cent by which the two sides may differ beyond bounds and rounding. */
  readonly tolerance: number;
  readonly why?: Localized;
  /** ISO date from which on it is done; always, when absent. */
  readonly recorded?: string;
  readonly at: Place;
}

/** A figure of the workspace's own, computed from others. */
export interface DerivedFigure {
  readonly id: string;
  readonly formula: Formula;
  readonly unit: string;
  readonly name: Localized;
  readonly subject?: string;
  readonly metric?: string;
  readonly period?: Period;
  /** ISO date since which it is there; since its parts are, when absent. */
  readonly recorded?: string;
  readonly note?: Localized;
  readonly at: Place;
  /** Where the formula stands. */
  readonly formulaAt: Place;
}

/** A file of JavaScript in the folder of templates that gives a helper. */
export interface HelperFile {
  readonly path: string;
  /** Where it is named. */
  readonly at: Place;
}

/** Where the texts of the sources lie. */
export interface TextFolder {
  /** From the workspace, which holds the folder of data. */
  readonly path: string;
  /** Where it is named. */
  readonly at: Place;
}

/** Something the workspace builds. */
export interface Product {
  readonly name: string;
  readonly template: string;
  readonly writer: "pptx" | "markdown";
  readonly languages: readonly Language[];
  /** In place of the template's own. */
  readonly theme?: string;
  /** Where the theme is named. */
  readonly themeAt?: Place;
  /** The product is made for one ISO week (`2025-W32`) or the latest in the store. */
  readonly week?: string;
  readonly at: Place;
}

/** Every collection is sorted by id unless it says otherwise, so that nothing depends on the order of files. */
export interface Store {
  readonly sources: ReadonlyMap<string, Source>;
  readonly subjects: ReadonlyMap<string, Subject>;
  readonly metrics: ReadonlyMap<string, Metric>;
  readonly units: ReadonlyMap<string, UnitName>;
  readonly schemes: ReadonlyMap<string, Scheme>;
  readonly spots: ReadonlyMap<string, Spot>;
  /** By the English words that findings name them with. */
  readonly scopes: ReadonlyMap<string, Localized>;
  readonly rates: readonly Rate[];
  readonly findings: ReadonlyMap<string, Finding>;
  readonly rulings: readonly Ruling[];
  readonly checks: readonly Check[];
  readonly dismissals: readonly Dismissal[];
  /** By id, parts before what is made of them. */
  readonly derived: ReadonlyMap<string, DerivedFigure>;
  readonly products: readonly Product[];
  /** Their code runs only where the caller allows it. */
  readonly helpers: readonly HelperFile[];
  /** Nothing where the texts are not at hand. */
  readonly textFolder?: TextFolder;
}

export const emptyStore: Store = {
  sources: new Map(),
  subjects: new Map(),
  metrics: new Map(),
  units: new Map(),
  schemes: new Map(),
  spots: new Map(),
  scopes: new Map(),
  rates: [],
  findings: new Map(),
  rulings: [],
  checks: [],
  dismissals: [],
  derived: new Map(),
  products: [],
  helpers: [],
};
