/** Helpers: everything that can be called in a template, by name. */
import * as derive from "../evidence/derive.ts";
import type { Figure } from "../evidence/figure.ts";
import { parsePeriod } from "../findings/period.ts";
import { formatDays } from "../model/format.ts";
import type { Outcome } from "../problem.ts";
import { boundForms, scales } from "./formats.ts";
import { type Control, done, failed, type Helper, inliner } from "./helper.ts";
import { loops } from "./loops.ts";
import * as messages from "./messages.ts";
import type { World } from "./parameters.ts";
import * as take from "./parameters.ts";
import * as print from "./print.ts";
import { keyOf, type Value, word } from "./values.ts";

/** How a figure is printed, as arguments: the same for stored and derived ones. */
export const printing = {
  in: take.told(take.currency, "converts money by the rates of the store"),
  digits: take.told(take.integer(0, 8), "digits after the point; as many as the source gave unless said"),
  scale: take.told(take.oneOf(...scales), "the scale; one that suits the figure unless said, `1` is none"),
  bounds: take.told(take.oneOf(...boundForms), "“over USD 1bn”, or “>USD 1bn”"),
  sign: take.told(take.yesNo, "a plus before what is above zero"),
  bare: take.told(take.yesNo, "without unit and currency"),
  mark: take.told(take.yesNo, "false leaves out the footnote that a report has for it"),
  as: take.told(take.format, "prints as the format says; what the call says itself wins"),
};

type Printing = print.PrintOptions & { readonly in?: string };

/** Only what was given, so that defaults stay with whoever prints; a format gives what the call itself does not. */
function chosen({
  as,
  ...given
}: { readonly [K in keyof Printing]?: Printing[K] | undefined } & {
  readonly as?: Readonly<Record<string, unknown>> | undefined;
}): Printing {
  const own = Object.entries(given).filter(([key, value]) => key in printing && value !== undefined);
  return { ...as, ...Object.fromEntries(own) };
}

function printed(figure: Outcome<Figure>, given: Parameters<typeof chosen>[0], world: World): Outcome<Value> {
  const { in: _, ...options } = chosen(given);
  return { value: figure.value && print.figureWord(figure.value, world, options), problems: figure.problems };
}

/** Parts are brought into the currency asked for before anything is computed of them. */
function computed<P extends readonly Figure[]>(
  parts: P,
  compute: (...parts: P) => Outcome<Figure>,
  given: Parameters<typeof chosen>[0],
  world: World,
): Outcome<Value> {
  const { in: currency } = chosen(given);
  const converted = parts.map((part) =>
    currency === undefined ? done(part) : derive.convertKnown(part, currency, world.evidence),
  );
  const ready = converted.flatMap(({ value }) => value ?? []);
  if (ready.length < parts.length)
    return { value: undefined, problems: converted.flatMap(({ problems }) => problems) };
  return printed(compute(...(ready as readonly Figure[] as P)), given, world);
}

const fig = inliner({
  name: "fig",
  does: "prints a figure in the document's language; its source stands at the slide's foot or in a footnote",
  example: '{{fig "qingchuan.revenue.2025" in="USD" digits=1}}',
  prints: "USD 1.4bn",
  positional: { figure: take.figure },
  named: printing,
  run: (given, world) => computed<readonly [Figure]>([given.figure], done, given, world),
});

const ratio = inliner({
  name: "ratio",
  does: "prints how many times the second figure the first one is",
  example: '{{ratio "qingchuan.stores.2025" "heron.stores.2025" digits=1}}',
  prints: "3.2×",
  positional: { a: take.figure, b: take.figure },
  named: printing,
  run: (given, world) => computed<readonly [Figure, Figure]>([given.a, given.b], derive.ratio, given, world),
});

const change = inliner({
  name: "change",
  does: "prints the growth from the first figure to the second in per cent",
  example: '{{change "heron.stores.2024" "heron.stores.2025" sign=true}}',
  prints: "+4.3%",
  positional: { from: take.figure, to: take.figure },
  named: printing,
  run: (given, world) =>
    computed<readonly [Figure, Figure]>([given.from, given.to], derive.change, given, world),
});

const difference = inliner({
  name: "difference",
  does: "prints the first figure less the second",
  example: '{{difference "qingchuan.stores.2025" "heron.stores.2025"}}',
  prints: "7,050 stores",
  positional: { a: take.figure, b: take.figure },
  named: printing,
  run: (given, world) =>
    computed<readonly [Figure, Figure]>([given.a, given.b], derive.difference, given, world),
});

const sum = inliner({
  name: "sum",
  does: "prints the sum of figures",
  example: '{{sum "qingchuan.revenue.2025" "heron.revenue.2025" in="USD"}}',
  prints: "USD 3.76bn",
  positional: {},
  rest: take.figure,
  named: printing,
  run: (given, world, figures) => computed(figures, (...all) => derive.sum(all), given, world),
});

const share = inliner({
  name: "share",
  does: "prints what per cent of the second figure the first one is",
  example: '{{share "heron.stores.2024" "qingchuan.stores.2024" digits=0}}',
  prints: "38%",
  positional: { part: take.figure, whole: take.figure },
  named: printing,
  run: (given, world) =>
    computed<readonly [Figure, Figure]>([given.part, given.whole], derive.share, given, world),
});

const cagr = inliner({
  name: "cagr",
  does: "prints the compound annual growth from the first figure to the second",
  example: '{{cagr "heron.revenue.2024" "heron.revenue.2026"}}',
  prints: "6.1–10.3%",
  positional: { from: take.figure, to: take.figure },
  named: printing,
  run: (given, world) =>
    computed<readonly [Figure, Figure]>([given.from, given.to], derive.cagr, given, world),
});

const rate = inliner({
  name: "rate",
  does: "prints an exchange rate of the store with its period",
  example: '{{rate "usd-cny.2025"}}',
  prints: "USD 1 = CNY 7.2 (2025)",
  positional: { rate: take.rate },
  run: (given, world) => done(print.rateWord(given.rate, world)),
});

const lit = inliner({
  name: "lit",
  does: "prints a number that is no figure",
  example: '{{lit "5"}}',
  prints: "5",
  positional: { text: take.typed },
  run: ({ text }) => done(word(text, { type: "literal", text })),
});

const name = inliner({
  name: "name",
  does: "prints a subject's name",
  example: '{{name "qingchuan"}}',
  prints: "Qingchuan",
  positional: { subject: take.subject },
  run: ({ subject }, world) => done(print.subjectWord(subject, world)),
});

const period = inliner({
  name: "period",
  does: "prints a period in words",
  example: '{{period "2025Q1"}}',
  prints: "Q1 2025",
  positional: { period: take.period },
  run: (given, world) => done(print.periodWord(given.period, world)),
});

const metric = inliner({
  name: "metric",
  does: "prints a metric's name",
  example: '{{metric "operating-margin"}}',
  prints: "operating margin",
  positional: { metric: take.metric },
  run: (given, world) => done(print.metricWord(given.metric, world)),
});

const category = inliner({
  name: "category",
  does: "prints a category's name",
  example: '{{category "model" "seat"}}',
  prints: "Sells the seat",
  positional: { scheme: take.scheme, category: { ...take.text, takes: "the id of one of its categories" } },
  run({ scheme, category: id }, world) {
    const ids = world.evidence.store.schemes.get(scheme)?.categories.map((one) => one.id) ?? [];
    return ids.includes(id)
      ? done(print.categoryWord(scheme, id, world))
      : failed(messages.unknownId("category", id, ids));
  },
});

const say = inliner({
  name: "say",
  does: "prints a statement",
  example: '{{say "heron.seat"}}',
  prints: "Blue Heron sells the seat: few new stores, 14% of operating margin.",
  positional: { statement: take.statement },
  run: ({ statement }, world) => print.textWord(statement, world),
});

const what = inliner({
  name: "what",
  does: "prints what happened in an event",
  example: '{{what "qingchuan.price-cut"}}',
  prints: "Prices of its main drinks cut",
  positional: { event: take.event },
  run: ({ event }, world) => print.textWord(event, world),
});

const route = inliner({
  name: "route",
  does: "prints a way through places, which a map draws; a single place is a point on it",
  example: '{{route "china" "singapore"}}',
  prints: "China → Singapore",
  positional: {},
  rest: take.spot,
  run: (_, world, ids) => done(print.routeWord(ids, world)),
});

const t = inliner({
  name: "t",
  does: "prints words of words.yaml in the document's language; in `{{{t}}}` they may hold Markdown",
  example: '{{t "revenue.heading"}}',
  prints: "Revenue, USD bn",
  positional: { key: { ...take.text, takes: "a word of words.yaml by its path, e.g. chart.title" } },
  run({ key }, { words, options }) {
    // Of a file that cannot be read no word is known, and that has been told.
    if (!words) return done(undefined);
    const found = words.get(key);
    if (!found) return failed(messages.unknownId("word", key, words.keys()));
    const value = found[options.language];
    return done({ ...word(key, { type: "text", value }), markdown: value });
  },
});

const week = inliner({
  name: "week",
  does: "prints the week that the document is made for, or with `days` its days",
  example: "{{week}}, {{week days=true}}",
  prints: "2026-W11, 9–15 Mar 2026",
  positional: {},
  named: { days: take.yesNo },
  run({ days }, world) {
    const { week, language } = world.options;
    const span = week === undefined ? undefined : parsePeriod(week);
    if (week === undefined || !span) return failed(messages.noWeek());
    const text = days ? formatDays(span.start, span.end, language) : week;
    return done(word(week, { type: "period", text }));
  },
});

const date = inliner({
  name: "date",
  does: "prints the document's date",
  example: "{{date}}",
  prints: "10 Mar 2026",
  positional: {},
  run: (_, world) => done(print.dateWord(world.options.date, world)),
});

const is = inliner({
  name: "is",
  does: "whether two values are the same, for `if`",
  example:
    '{{#figures metric="operating-margin"}}{{subject}} {{#if (is region "cn")}}:cn[{{figure}}]{{else}}{{figure}}{{/if}}. {{/figures}}',
  prints: "Blue Heron 14%. Qingchuan 6%.",
  positional: { a: take.anything, b: take.anything },
  run: ({ a, b }) => done(keyOf(a) !== undefined && keyOf(a) === keyOf(b)),
});

/** The filters of all loops, which `count` takes. */
export const filters = Object.assign({}, ...loops.map((loop) => loop.named)) as Helper["named"];

const count = inliner({
  name: "count",
  does: "prints how many turns a loop with the same arguments would take",
  example: '{{count "figures" metric="stores" period="@2025-12-31"}}',
  prints: "2",
  positional: { of: take.oneOf(...loops.map((loop) => loop.name)) },
  named: filters,
  run({ of, ...given }, world) {
    const loop = loops.find((one) => one.name === of);
    if (!loop) return done(undefined);
    const stray = Object.keys(given).find((key) => !Object.hasOwn(loop.named, key));
    if (stray !== undefined) return failed(messages.strayFilter(loop, stray));
    const { value, problems } = loop.run(given, world);
    const text = String(value?.length ?? 0);
    return { value: word(text, { type: "literal", text }), problems };
  },
});

const control = (name: string, does: string, example: string, prints: string): Control => ({
  kind: "control",
  name,
  does,
  example,
  prints,
  positional: { value: take.anything },
  named: {},
});

const controls = [
  control(
    "if",
    "prints its block when the value is there, and not false, zero or empty",
    '{{#if (count "conflicts")}}Sources disagree.{{else}}Sources agree.{{/if}}',
    "Sources disagree.",
  ),
  control(
    "unless",
    "prints its block when `if` would not",
    '{{#unless (count "checks" failed=true)}}All adds up.{{/unless}}',
    "All adds up.",
  ),
  control(
    "each",
    "goes through a list; `this` is the entry",
    '{{#statements topic="headline"}}{{#each subjects}}{{#unless @first}} and {{/unless}}{{this}}{{/each}}{{/statements}}',
    "Qingchuan and Blue Heron",
  ),
  control(
    "with",
    "makes a value `this` within its block, which is left out when there is none",
    "{{#conflicts}}{{#with used}}We say {{this}}.{{else}}We say nothing.{{/with}}{{/conflicts}}",
    "We say 3,020 stores.",
  ),
];

/** By name, for calling, for checking, and for the reference. */
export const helpers: ReadonlyMap<string, Helper> = new Map(
  [
    ...[fig, ratio, change, difference, sum, share, cagr, rate, lit],
    ...[name, period, metric, category, say, what, route, t, week, date, count, is],
    ...loops,
    ...controls,
  ].map((helper): [string, Helper] => [helper.name, helper]),
);
