/** Small random stores with a history: findings of a few days, some superseded, withdrawn or ruled upon. */
import fc from "fast-check";
import { addDays, parsePeriod } from "../../src/findings/period.ts";
import { isFault, parseQuantity } from "../../src/findings/quantity.ts";
import type {
  Check,
  Citation,
  FigureFinding,
  Finding,
  Metric,
  Rate,
  Ruling,
  Scheme,
  Source,
  Store,
} from "../../src/findings/store.ts";
import { order } from "../../src/problem.ts";
import * as sample from "../sample.ts";

/** A Monday, so that the days that follow cross from week 53 of 2026 into the year after. */
const monday = "2026-12-28";
const span = 10;
const at = { file: "data/findings/random.yaml", line: 1, column: 1 };
const why = { en: "It was a slip.", zh: "此前有误。" };

export const day = fc.integer({ min: -1, max: span }).map((days) => addDays(monday, days));

/** By metric, values that meet, miss and contradict each other, and what they may be told of. */
const told = {
  revenue: {
    values: ["5bn USD", "5.2bn USD", "~5bn USD", ">4bn USD", "6–7bn USD", "35bn CNY", "0 USD"],
    periods: ["2025Q3", "2026Q3", "2026Q4"],
  },
  "revenue-growth": { values: ["10 %", "12 %", "≥100 %", "-4 %"], periods: ["2026Q3", "2026Q4"] },
  "app-store-rank": { values: ["1 rank", "2 rank", "≤10 rank"], periods: ["@2026-11-30", "@2026-12-15"] },
} as const;

const metrics: readonly Metric[] = [
  { id: "revenue", name: { en: "revenue", zh: "收入" }, measures: "money", over: "period", at },
  {
    id: "revenue-growth",
    name: { en: "revenue growth", zh: "收入增速" },
    measures: "percent",
    over: "period",
    growthOf: "revenue",
    at,
  },
  {
    id: "app-store-rank",
    name: { en: "rank", zh: "排名" },
    measures: "rank",
    over: "instant",
    unit: "rank",
    at,
  },
];
const tier: Scheme = {
  id: "tier",
  name: { en: "Tier", zh: "梯队" },
  categories: ["first", "second"].map((id) => ({ id, name: { en: id, zh: id } })),
  at,
};

const common = {
  recorded: day,
  subject: fc.constantFrom("acme", "acme", "acme", "long"),
  sources: fc.constantFrom<readonly string[]>(["early"], ["late"], ["early", "late"]),
  /** Takes the place of the latest earlier finding about the same thing, where there is one. */
  supersedes: fc.boolean(),
  withdrawnAfter: fc.oneof(
    { weight: 4, arbitrary: fc.constant(undefined) },
    fc.integer({ min: 1, max: span }),
  ),
};
const entry = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom(...(Object.keys(told) as (keyof typeof told)[])).chain((metric) =>
      fc.record({
        ...common,
        kind: fc.constant("figure" as const),
        metric: fc.constant(metric),
        value: fc.constantFrom(...told[metric].values),
        period: fc.constantFrom(...told[metric].periods),
        status: fc.constantFrom("reported", "reported", "estimated", "forecast"),
      }),
    ),
  },
  fc.record({ ...common, kind: fc.constant("class" as const), category: fc.constantFrom("first", "second") }),
  fc.record({ ...common, kind: fc.constant("event" as const) }),
  fc.record({ ...common, kind: fc.constant("statement" as const) }),
);
type Entry = typeof entry extends fc.Arbitrary<infer T> ? T : never;

function findingOf(one: Entry, id: string): Finding {
  const { recorded, subject, sources, withdrawnAfter } = one;
  const base = {
    id,
    recorded,
    citations: sources.map((source, index) => ({ source, line: index + 1, written: "…" })),
    ...(withdrawnAfter === undefined ? {} : { withdrawn: { on: addDays(recorded, withdrawnAfter), why } }),
    at,
  };
  const text = { en: "Words.", zh: "文字。" };
  switch (one.kind) {
    case "figure": {
      const { metric, status } = one;
      const quantity = parseQuantity(one.value, new Set(["rank"]));
      const period = parsePeriod(one.period);
      if (isFault(quantity) || !period) throw new Error(`${one.value} ${one.period}`);
      return { kind: "figure", ...base, subject, metric, period, quantity, status };
    }
    case "class":
      return { kind: "class", ...base, subject, scheme: "tier", category: one.category, weight: "main" };
    case "event":
      return { kind: "event", ...base, subject, date: parsePeriod(recorded)!, type: "launch", what: text };
    case "statement":
      return { kind: "statement", ...base, subjects: [subject], topic: "demand", text };
  }
}

function isAbout(a: Finding, b: Finding): boolean {
  const about = (one: Finding): string => {
    const { subject = "", metric = "", scheme = "" } = one as Finding & Record<string, unknown>;
    return [one.kind, subject, metric, scheme, one.kind === "figure" ? one.period.text : ""].join(" ");
  };
  return about(a) === about(b);
}

/** Each succeeds the latest of the earlier ones about the same thing that nothing has succeeded yet. */
function succeed(entries: readonly Entry[]): Finding[] {
  const found: Finding[] = [];
  const superseded = new Set<string>();
  const sorted = [...entries].sort((a, b) => order(a.recorded, b.recorded));
  for (const [index, one] of sorted.entries()) {
    const finding = findingOf(one, `finding-${String(index).padStart(2, "0")}`);
    const old = found.findLast(
      (earlier) =>
        earlier.recorded < finding.recorded && !superseded.has(earlier.id) && isAbout(earlier, finding),
    );
    if (one.supersedes && old) superseded.add(old.id);
    found.push(one.supersedes && old ? { ...finding, supersedes: { finding: old.id, why } } : finding);
  }
  return found;
}

function sourceOf(id: string, date: string): Source {
  const [early] = sample.store([]).sources.values();
  return { ...early!, id, published: { date, certain: true } };
}

/** Small stores; `late` is a source that is published in the midst of their days. */
export const randomStore: fc.Arbitrary<Store> = fc
  .record({
    entries: fc.array(entry, { minLength: 1, maxLength: 14 }),
    late: day,
    ruled: fc.array(fc.record({ on: day, pick: fc.nat(), both: fc.boolean(), ofCheck: fc.boolean() }), {
      maxLength: 6,
    }),
    checked: fc.array(fc.record({ recorded: fc.option(day, { nil: undefined }), pick: fc.nat() }), {
      maxLength: 2,
    }),
  })
  .map(({ entries, late, ruled, checked }) => {
    // Nobody cites what has not been published, except beside what has.
    const published = entries.map((one): Entry => {
      const known = one.sources.includes("early") || one.recorded >= late;
      return known ? one : { ...one, recorded: late };
    });
    const findings = succeed(published);
    const figures = findings.filter((one) => one.kind === "figure");
    // As checks do in a store that is kept forward, they name the figure that was there first.
    const firsts = figures.filter(({ supersedes }) => supersedes === undefined);
    const levels = firsts.filter(({ metric }) => metric === "revenue");
    const rates = firsts.filter(({ metric }) => metric === "revenue-growth");
    const checks = checked.flatMap(({ recorded, pick }, index): Check[] => {
      const [from, to, rate] = [nth(levels, pick), nth(levels, pick + 1), nth(rates, pick)];
      if (!from || !to || !rate) return [];
      return [
        {
          id: `check-${index}`,
          arithmetic: { kind: "growth", from: from.id, to: to.id, rate: rate.id },
          tolerance: 0,
          ...(recorded === undefined ? {} : { recorded }),
          at,
        },
      ];
    });
    const rulings = ruled.flatMap(({ on, pick, both, ofCheck }, index): Ruling[] => {
      const base = { id: `ruling-${index}`, why, by: "An analyst", on, at };
      const check = nth(checks, pick);
      if (ofCheck && check) return [{ ...base, between: [], check: check.id, use: both ? "both" : "none" }];
      const first = nth(figures, pick);
      const rivals = figures.filter((one) => first && isRival(one, first)).map(({ id }) => id);
      const use = both ? "both" : nth(rivals, pick);
      return use === undefined ? [] : [{ ...base, between: rivals, use }];
    });
    return {
      ...sample.store(findings, { rulings, rates: [usdCny] }),
      sources: new Map([sourceOf("early", "2026-12-01"), sourceOf("late", late)].map((one) => [one.id, one])),
      metrics: new Map(metrics.map((one) => [one.id, one])),
      schemes: new Map([["tier", tier]]),
      checks,
    };
  });

const usdCny: Rate = {
  ...sample.usdCny,
  id: "usd-cny.2026-12",
  period: parsePeriod("2026-12")!,
  recorded: addDays(monday, 3),
  citations: [{ source: "early", line: 20, written: "7.26" }],
};

function nth<T>(all: readonly T[], index: number): T | undefined {
  return all[index % all.length];
}

function isRival(a: FigureFinding, b: FigureFinding): boolean {
  return isAbout(a, b);
}

/** The store as it would have been left, had nothing been written into it after a day. */
export function forgetAfter(day: string, store: Store): Store {
  const sources = new Map([...store.sources].filter(([, { published }]) => published.date <= day));
  const kept = <T extends { readonly recorded: string; readonly citations: readonly Citation[] }>(
    one: T,
  ): T[] => {
    const citations = one.citations.filter(({ source }) => sources.has(source));
    return one.recorded <= day && citations.length > 0 ? [{ ...one, citations }] : [];
  };
  const standing = ({ withdrawn, ...finding }: Finding): Finding =>
    withdrawn && withdrawn.on <= day ? { ...finding, withdrawn } : finding;
  const findings = [...store.findings.values()].flatMap(kept).map(standing);
  return {
    ...store,
    sources,
    findings: new Map(findings.map((finding) => [finding.id, finding])),
    rates: store.rates.flatMap(kept),
    rulings: store.rulings.filter(({ on }) => on <= day),
    checks: store.checks.filter(({ recorded }) => recorded === undefined || recorded <= day),
  };
}
