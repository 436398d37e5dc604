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

/** How a figure is printed; the same for stored and derived ones. */
const printing = {
  in: take.currency,
  digits: take.integer(0, 8),
  scale: take.oneOf(...scales),
  bounds: take.oneOf(...boundForms),
  sign: take.yesNo,
  bare: take.yesNo,
  mark: take.yesNo,
  as: take.format,
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
    currency === undefined ? done(part) : derive.convert(part, currency, world.evidence),
  );
  const ready = converted.flatMap(({ value }) => value ?? []);
  if (ready.length < parts.length)
    return { value: undefined, problems: converted.flatMap(({ problems }) => problems) };
  return printed(compute(...(ready as readonly Figure[] as P)), given, world);
}

const fig = inliner({
  name: "fig",
  does: "prints a figure in the document's language, with its source mark",
  example: '{{fig "alibaba-cloud.revenue.2025Q1" in="USD" digits=1 mark=false}}',
  positional: { figure: take.figure },
  named: printing,
  run: (given, world) => computed<readonly [Figure]>([given.figure], done, given, world),
});

const ratio = inliner({
  name: "ratio",
  does: "prints how many times the second figure the first one is",
  example: '{{ratio "a" "b" digits=1}}',
  positional: { a: take.figure, b: take.figure },
  named: printing,
  run: (given, world) => computed<readonly [Figure, Figure]>([given.a, given.b], derive.ratio, given, world),
});

const change = inliner({
  name: "change",
  does: "prints the growth from the first figure to the second in per cent",
  example: '{{change "from" "to" sign=true}}',
  positional: { from: take.figure, to: take.figure },
  named: printing,
  run: (given, world) =>
    computed<readonly [Figure, Figure]>([given.from, given.to], derive.change, given, world),
});

const difference = inliner({
  name: "difference",
  does: "prints the first figure less the second",
  example: '{{difference "a" "b"}}',
  positional: { a: take.figure, b: take.figure },
  named: printing,
  run: (given, world) =>
    computed<readonly [Figure, Figure]>([given.a, given.b], derive.difference, given, world),
});

const sum = inliner({
  name: "sum",
  does: "prints the sum of figures",
  example: '{{sum "a" "b" "c" in="USD"}}',
  positional: {},
  rest: take.figure,
  named: printing,
  run: (given, world, figures) => computed(figures, (...all) => derive.sum(all), given, world),
});

const share = inliner({
  name: "share",
  does: "prints what per cent of the second figure the first one is",
  example: '{{share "part" "whole"}}',
  positional: { part: take.figure, whole: take.figure },
  named: printing,
  run: (given, world) =>
    computed<readonly [Figure, Figure]>([given.part, given.whole], derive.share, given, world),
});

const cagr = inliner({
  name: "cagr",
  does: "prints the compound annual growth from the first figure to the second",
  example: '{{cagr "from" "to"}}',
  positional: { from: take.figure, to: take.figure },
  named: printing,
  run: (given, world) =>
    computed<readonly [Figure, Figure]>([given.from, given.to], derive.cagr, given, world),
});

const rate = inliner({
  name: "rate",
  does: "prints an exchange rate of the store with its period",
  example: '{{rate "usd-cny.2025-03"}}',
  positional: { rate: take.rate },
  run: (given, world) => done(print.rateWord(given.rate, world)),
});

const lit = inliner({
  name: "lit",
  does: "prints a number that is no figure",
  example: '{{lit "5"}}',
  positional: { text: take.typed },
  run: ({ text }) => done(word(text, { type: "literal", text })),
});

const name = inliner({
  name: "name",
  does: "prints a subject's name",
  example: '{{name "baidu"}}',
  positional: { subject: take.subject },
  run: ({ subject }, world) => done(print.subjectWord(subject, world)),
});

const period = inliner({
  name: "period",
  does: "prints a period in words",
  example: '{{period "2025Q1"}}',
  positional: { period: take.period },
  run: (given, world) => done(print.periodWord(given.period, world)),
});

const metric = inliner({
  name: "metric",
  does: "prints a metric's name",
  example: '{{metric "revenue"}}',
  positional: { metric: take.metric },
  run: (given, world) => done(print.metricWord(given.metric, world)),
});

const category = inliner({
  name: "category",
  does: "prints a category's name",
  example: '{{category "tier" "first"}}',
  positional: { scheme: take.scheme, category: take.text },
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
  example: '{{say "no-positive-cash-flow"}}',
  positional: { statement: take.statement },
  run: ({ statement }, world) => print.textWord(statement, world),
});

const what = inliner({
  name: "what",
  does: "prints what happened in an event",
  example: '{{what "manus.relocation.2025-06"}}',
  positional: { event: take.event },
  run: ({ event }, world) => print.textWord(event, world),
});

const route = inliner({
  name: "route",
  does: "prints a way through places, which a map draws; a single place is a point on it",
  example: '{{route "china" "singapore"}}',
  positional: {},
  rest: take.spot,
  run: (_, world, ids) => done(print.routeWord(ids, world)),
});

const t = inliner({
  name: "t",
  does: "prints words of words.yaml in the document's language; in {{{t}}} they may hold Markdown",
  example: '{{t "cover.kicker"}}',
  positional: { key: take.text },
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
  positional: {},
  run: (_, world) => done(print.dateWord(world.options.date, world)),
});

const is = inliner({
  name: "is",
  does: "whether two values are the same, for `if`",
  example: '{{#if (is region "cn")}}…{{/if}}',
  positional: { a: take.anything, b: take.anything },
  run: ({ a, b }) => done(keyOf(a) !== undefined && keyOf(a) === keyOf(b)),
});

const filters = Object.assign({}, ...loops.map((loop) => loop.named)) as Helper["named"];

const count = inliner({
  name: "count",
  does: "prints how many turns a loop with the same arguments would take",
  example: '{{count "figures" recorded="week"}}',
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

const control = (name: string, does: string, example: string, named: Helper["named"] = {}): Control => ({
  kind: "control",
  name,
  does,
  example,
  positional: { value: take.anything },
  named,
});

const controls = [
  control(
    "if",
    "prints its block when the value is there, and not false, zero or empty",
    "{{#if scope}}…{{else}}…{{/if}}",
  ),
  control("unless", "prints its block when `if` would not", "{{#unless scope}}…{{/unless}}"),
  control("each", "goes through a list", "{{#each findings}}{{figure}}{{/each}}"),
  control("with", "makes a value `this`", "{{#with used}}{{this}}{{/with}}"),
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
