/** The one definition of the data files: shapes are checked here, types are inferred from it. */
import { z } from "zod";
import { regions, statuses } from "./store.ts";

const text = z.string().min(1).max(400);
const name = z.string().min(1).max(80);
const id = z
  .string()
  .max(120)
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9_-]*(\.[A-Za-z0-9][A-Za-z0-9_-]*)*$/,
    "letters, digits, - and _, in parts joined by dots",
  );
const date = z.iso.date();
/** YAML reads `2025` as a number; it is meant as text. */
const written = z
  .union([z.string().min(1).max(60), z.number()], { error: "a text of at most 60 characters" })
  .transform(String);
const localized = z.strictObject({ en: text, zh: text });
const names = { en: name, zh: name };

const citation = z.strictObject({
  source: id.optional(),
  line: z.int().min(1).max(1_000_000),
  written,
});
const citations = z.array(citation).min(1, "at least one citation").max(40);

const finding = {
  id,
  recorded: date.optional(),
  citations,
  note: localized.optional(),
  /** The earlier finding that this one corrects. */
  supersedes: z.strictObject({ finding: id, why: localized }).optional(),
  withdrawn: z.strictObject({ on: date, why: localized }).optional(),
};

const figure = z.strictObject({
  ...finding,
  subject: id,
  metric: id,
  period: written,
  value: written,
  status: z.enum(statuses).default("reported"),
  scope: name.optional(),
  attributed: z.strictObject(names).optional(),
});

const classification = z.strictObject({
  ...finding,
  subject: id,
  scheme: id,
  category: id,
  weight: z.enum(["main", "present"]).default("main"),
});

export const eventTypes = [
  "acquisition",
  "announcement",
  "distress",
  "founding",
  "funding",
  "investment",
  "launch",
  "legal",
  "listing",
  "open-source",
  "price-cut",
  "release",
  "relocation",
] as const;

const event = z.strictObject({
  ...finding,
  subject: id,
  date: written,
  type: z.enum(eventTypes),
  from: id.optional(),
  to: id.optional(),
  what: localized,
});

const statement = z.strictObject({
  ...finding,
  subjects: z.array(id).min(1).max(20),
  topic: id,
  text: localized,
});

const findings = z.strictObject({
  /** Defaults for the findings of the file. */
  source: id.optional(),
  recorded: date.optional(),
  figures: z.array(figure).default([]),
  classes: z.array(classification).default([]),
  events: z.array(event).default([]),
  statements: z.array(statement).default([]),
});

const source = z.strictObject({
  id,
  file: name,
  publisher: z.strictObject(names),
  title: localized,
  language: name,
  /** What money without a currency means there. */
  currency: name.default("CNY"),
  published: z.union([date, z.strictObject({ after: date, certain: z.literal(false) })], {
    error: "a date, or { after: date, certain: false } where the page shows none",
  }),
  note: localized.optional(),
});

const subject = z.strictObject({
  id,
  kind: z.enum([
    "company",
    "country",
    "institution",
    "investor",
    "market",
    "model",
    "person",
    "product",
    "sector",
    "segment",
  ]),
  ...names,
  aliases: z.array(name).default([]),
  region: z.enum(regions),
  parent: id.optional(),
  "fiscal-year-end": z.int().min(1).max(12).default(12),
});

const metric = z.strictObject({
  id,
  ...names,
  measures: z.enum(["money", "percent", "points", "count", "price", "ratio", "duration", "rank"]),
  over: z.enum(["period", "instant"]),
  unit: name.optional(),
  basis: z.enum(["run-rate"]).optional(),
  "growth-of": id.optional(),
  against: z.enum(["year", "quarter", "month"]).optional(),
  "share-of": id.optional(),
  additive: z.literal(false).optional(),
});

const unit = z.strictObject({
  id,
  en: z.strictObject({ one: name, other: name }),
  zh: name,
  ordinal: z.boolean().default(false),
});

const scheme = z.strictObject({
  id,
  ...names,
  categories: z
    .array(z.strictObject({ id, ...names }))
    .min(1)
    .max(40),
});

/** `en` is how findings name the scope. */
const scope = z.strictObject(names);

const place = z.strictObject({
  id,
  ...names,
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
});

/** Kept as it is written. */
const multiplier = z
  .union([z.string().regex(/^(?=.*[1-9])\d+(\.\d+)?$/), z.number().positive()], {
    error: "a decimal number above zero, e.g. 7.26",
  })
  .transform(String);

const rate = z.strictObject({
  id,
  base: name,
  quote: name,
  rate: multiplier,
  period: written,
  recorded: date,
  derivation: text.optional(),
  citations,
});

const ruled = { id, use: id, why: localized, by: name, on: date };
const ruling = z.union(
  [
    z.strictObject({ ...ruled, between: z.array(id).min(2).max(20) }),
    z.strictObject({ ...ruled, check: id, use: id.default("both") }),
  ],
  {
    error: "`between` (the findings of a conflict) or `check` (a failed check), `use`, `why`, `by` and `on`",
  },
);

const ids = z.array(id).min(1).max(40);
const check = z.strictObject({
  id,
  growth: z.strictObject({ from: id, to: id, rate: id }).optional(),
  sum: z.strictObject({ parts: ids, total: id }).optional(),
  share: z.strictObject({ part: id, whole: id, percent: id }).optional(),
  ratio: z.strictObject({ of: id, to: id, times: id }).optional(),
  product: z.strictObject({ factors: ids, times: multiplier.default("1"), result: id }).optional(),
  cagr: z.strictObject({ from: id, to: id, rate: id }).optional(),
  conversion: z.strictObject({ from: id, to: id }).optional(),
  difference: z.strictObject({ from: id, less: id, result: id }).optional(),
  part: z.strictObject({ part: id, whole: id }).optional(),
  /** Per cent by which the sides may differ beyond bounds and rounding. */
  tolerance: z.number().min(0).max(100).default(0),
  why: localized.optional(),
  recorded: date.optional(),
});

const dismissal = z.strictObject({ source: id, line: z.int().min(1), written, why: text });

const product = z.strictObject({
  name: id,
  template: id,
  writer: z.enum(["pptx", "markdown"]),
  languages: z.array(z.enum(["en", "zh"])).min(1),
  theme: id.optional(),
  week: z
    .union([z.literal("latest"), z.string().regex(/^\d{4}-W\d{2}$/, "an ISO week, e.g. 2025-W32")])
    .optional(),
});

const list = <T extends z.ZodType>(row: T) => z.array(row).max(100_000);

/** Which schema a file of the data folder has, by its name; files in `findings/` hold findings. */
export const schemas = {
  "sources.yaml": list(source),
  "subjects.yaml": list(subject),
  "metrics.yaml": list(metric),
  "units.yaml": list(unit),
  "schemes.yaml": list(scheme),
  "scopes.yaml": list(scope),
  "places.yaml": list(place),
  "rates.yaml": list(rate),
  "rulings.yaml": list(ruling),
  "checks.yaml": list(check),
  "dismissed.yaml": list(dismissal),
  "sourcedeck.yaml": z.strictObject({ products: list(product) }),
} as const;

export const findingsSchema = findings;
export type FileName = keyof typeof schemas;
export type RawFindings = z.output<typeof findings>;
export type RawFile<Name extends FileName> = z.output<(typeof schemas)[Name]>;
