/** The query of a chart, in `usermeta.sourcedeck` of its file: which figures it draws, and in which terms. */
import { z } from "zod";
import { type languages, regions, statuses } from "../findings/store.ts";
import { checkShape } from "../findings/yaml.ts";
import type { Outcome, Place } from "../problem.ts";
import type { Json, Path } from "./json.ts";
import * as messages from "./messages.ts";

const word = z.string().max(120);
const words = z.union([word, z.array(word).min(1).max(200)]).transform((value) => [value].flat());
const perLanguage = <T extends z.ZodType>(value: T) =>
  z
    .union([value, z.strictObject({ en: value, zh: value })])
    .transform((given) =>
      typeof given === "object" && given !== null && "en" in given
        ? (given as Record<(typeof languages)[number], z.output<T>>)
        : { en: given as z.output<T>, zh: given as z.output<T> },
    );

const digits = z.int().min(0).max(8);

export const sorts = ["value", "-value", "subject", "period", "given"] as const;
export const scaleNames = ["1", "k", "m", "bn", "tn", "万", "亿", "万亿"] as const;

const select = z.strictObject({
  metric: words.optional(),
  subject: words.optional(),
  /** As written in the data, e.g. `2025Q1`, `@2025-04-30`. */
  period: words.optional(),
  region: z
    .union([z.enum(regions), z.array(z.enum(regions))])
    .transform((value) => [value].flat())
    .optional(),
  status: z
    .union([z.enum(statuses), z.array(z.enum(statuses))])
    .transform((value) => [value].flat())
    .optional(),
  /** "" is a figure without a scope. */
  scope: words.optional(),
  parent: words.optional(),
  source: words.optional(),
  /** Entered the store in this period, e.g. `2025-W23`. */
  recorded: word.optional(),
});

const querySchema = z.strictObject({
  /** Ids of figures, in the order in which they are drawn unless sorted. */
  figures: z.array(word).min(1).max(5000).optional(),
  select: select.optional(),
  /** For each subject the ratio of one metric to another is drawn besides, as the metric `ratio`. */
  ratio: z.strictObject({ of: word, to: word, digits: digits.optional() }).optional(),
  /** The currency that amounts are converted into. */
  in: word.optional(),
  /** Values are divided by this scale, e.g. `{ "en": "bn", "zh": "亿" }`. */
  scale: perLanguage(z.enum(scaleNames)).optional(),
  /** Digits after the point in labels; as many as the source gave unless said. */
  digits: perLanguage(digits).optional(),
  /** What differs for the values of single metrics, by their ids. */
  metrics: z
    .record(
      word,
      z.strictObject({
        scale: perLanguage(z.enum(scaleNames)).optional(),
        digits: perLanguage(digits).optional(),
      }),
    )
    .optional(),
  sort: z.enum(sorts).default("given"),
  /** The metric whose values rank the subjects where several are drawn. */
  rank: word.optional(),
  /** Only this many rows from the top. */
  limit: z.int().min(1).max(5000).optional(),
  /** Labels without a unit (the heading says it) or with it. */
  label: z.enum(["value", "unit"]).default("value"),
});

export type Query = z.output<typeof querySchema>;

/** Checks the query of a chart; `at` tells where a key of the query stands. */
export function readQuery(raw: Json, at: (path: Path) => Place): Outcome<Query> {
  const { value, problems } = checkShape(raw, querySchema, at);
  if (!value || value.figures || value.select) return { value, problems };
  return { value: undefined, problems: [...problems, messages.emptyQuery(at([]))] };
}
