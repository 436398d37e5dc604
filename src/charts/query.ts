/** The query of a chart, in `usermeta.sourcedeck` of its file: which figures it draws, and in which terms. */
import { z } from "zod";
import { perLanguage } from "../findings/schema.ts";
import { regions, statuses } from "../findings/store.ts";
import { checkShape } from "../findings/yaml.ts";
import type { Outcome } from "../problem.ts";
import type { Json, LocatedJson } from "./json.ts";
import * as messages from "./messages.ts";

const word = z.string().max(120);
const words = z.union([word, z.array(word).min(1).max(200)]).transform((value) => [value].flat());
const digits = z.int().min(0).max(8);

export const sorts = ["value", "-value", "subject", "period", "given"] as const;
export const scaleNames = ["1", "k", "m", "bn", "tn", "万", "亿", "万亿"] as const;
export type ScaleName = (typeof scaleNames)[number];

const select = z.strictObject({
  metric: words.optional().meta({ description: "Metrics of metrics.yaml." }),
  subject: words.optional().meta({ description: "Subjects of subjects.yaml." }),
  period: words.optional().meta({ description: "As written in the data, e.g. 2025Q1, @2025-04-30." }),
  region: z
    .union([z.enum(regions), z.array(z.enum(regions))])
    .transform((value) => [value].flat())
    .optional()
    .meta({ description: "Regions of the subjects." }),
  status: z
    .union([z.enum(statuses), z.array(z.enum(statuses))])
    .transform((value) => [value].flat())
    .optional()
    .meta({ description: "How sure the figures are." }),
  scope: words.optional().meta({ description: 'Scopes by their English names; "" is a figure without one.' }),
  parent: words.optional().meta({ description: "Subjects above those of the figures." }),
  source: words.optional().meta({ description: "Sources that the figures cite." }),
  recorded: word
    .optional()
    .meta({ description: "The period in which the figures entered the store, e.g. 2025-W23." }),
});

export const querySchema = z.strictObject({
  figures: z
    .array(word)
    .min(1)
    .max(5000)
    .optional()
    .meta({ description: "Ids of figures, in the order in which they are drawn unless sorted." }),
  select: select.optional().meta({ description: "Figures by what they say, in place of their ids." }),
  ratio: z
    .strictObject({
      of: word.meta({ description: "The metric that is divided." }),
      to: word.meta({ description: "The metric that it is divided by." }),
      digits: digits.optional().meta({ description: "Digits after the point." }),
    })
    .optional()
    .meta({
      description:
        "For each subject the ratio of one metric to another is drawn besides, as the metric `ratio`.",
    }),
  in: word.optional().meta({ description: "The currency that amounts are converted into, e.g. USD." }),
  scale: perLanguage(z.enum(scaleNames)).optional().meta({
    description:
      'Values are divided by this scale, e.g. { "en": "bn", "zh": "亿" }; without one, labels stand in full, in Chinese on 万 and 亿 as in text.',
  }),
  digits: perLanguage(digits)
    .optional()
    .meta({ description: "Digits after the point in labels; as many as the source gave unless said." }),
  metrics: z
    .record(
      word,
      z.strictObject({
        scale: perLanguage(z.enum(scaleNames)).optional().meta({ description: "Their scale." }),
        digits: perLanguage(digits).optional().meta({ description: "Their digits after the point." }),
      }),
    )
    .optional()
    .meta({ description: "What differs for the values of single metrics, by their ids." }),
  sort: z.enum(sorts).default("given").meta({ description: "The order of the rows; a minus turns it." }),
  rank: word
    .optional()
    .meta({ description: "The metric whose values rank the subjects where several are drawn." }),
  limit: z.int().min(1).max(5000).optional().meta({ description: "Only this many rows from the top." }),
  label: z
    .enum(["value", "unit"])
    .default("value")
    .meta({ description: "Labels without a unit (the heading says it), or with it." }),
});

export type Query = z.output<typeof querySchema>;

/** Checks the query of a chart; `at` tells where a key of the query stands. */
export function readQuery(raw: Json, at: LocatedJson["at"]): Outcome<Query> {
  const { value, problems } = checkShape(raw, querySchema, at);
  if (!value || value.figures || value.select) return { value, problems };
  return { value: undefined, problems: [...problems, messages.emptyQuery(at([]))] };
}
