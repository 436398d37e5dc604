/** The one definition of the data files: shapes are checked here, types are inferred from it. */
import { z } from "zod";
import { type Language, regions, statuses } from "./store.ts";

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
const localized = z.strictObject({
  en: text.meta({ description: "In English." }),
  zh: text.meta({ description: "In Chinese." }),
});
const names = {
  en: name.meta({ description: "Its name in English." }),
  zh: name.meta({ description: "Its name in Chinese." }),
};

/** One value for all languages, or one for each. */
export const perLanguage = <T extends z.ZodType>(value: T) =>
  z
    .union([value, z.strictObject({ en: value, zh: value })])
    .transform((given) =>
      typeof given === "object" && given !== null && "en" in given
        ? (given as Record<Language, z.output<T>>)
        : { en: given as z.output<T>, zh: given as z.output<T> },
    );

const citation = z.strictObject({
  source: id.optional().meta({ description: "A source of sources.yaml; the file's own unless given." }),
  line: z.int().min(1).max(1_000_000).meta({ description: "The line of the source's text, from one." }),
  written: written.meta({ description: "As it is printed in that line, letter by letter." }),
});
const citations = z
  .array(citation)
  .min(1, "at least one citation")
  .max(40)
  .meta({ description: "Where it stands, each time it does." });

const finding = {
  id: id.meta({ description: "How templates name it, e.g. acme.revenue.2025Q1." }),
  recorded: date
    .optional()
    .meta({ description: "The day it entered the store; the file's own unless given." }),
  citations,
  note: localized.optional().meta({ description: "What a reader should know of it." }),
  supersedes: z
    .strictObject({ finding: id, why: localized })
    .optional()
    .meta({ description: "The earlier finding that this one corrects, from its own day on." }),
  withdrawn: z
    .strictObject({ on: date, why: localized })
    .optional()
    .meta({ description: "The day from which it no longer holds, with nothing in its place." }),
};

const figure = z.strictObject({
  ...finding,
  subject: id.meta({ description: "A subject of subjects.yaml." }),
  metric: id.meta({ description: "A metric of metrics.yaml." }),
  period: written.meta({
    description:
      "2025, 2025H1, 2025Q1, 2025-03, 2025-03-01, FY2025, a range a..b; with @ before it, an instant.",
  }),
  value: written.meta({
    description: "[bound] number[–number] [scale] unit, e.g. 301亿 CNY, >1.5亿 users, 120–130亿 USD, 18 %.",
  }),
  status: z.enum(statuses).default("reported").meta({ description: "How sure it is." }),
  scope: name.optional().meta({ description: "What is counted when it is not the obvious whole." }),
  attributed: z
    .strictObject(names)
    .optional()
    .meta({ description: "Who says so, when it is not the source." }),
});

const classification = z.strictObject({
  ...finding,
  subject: id.meta({ description: "A subject of subjects.yaml." }),
  scheme: id.meta({ description: "A scheme of schemes.yaml." }),
  category: id.meta({ description: "A category of the scheme." }),
  weight: z
    .enum(["main", "present"])
    .default("main")
    .meta({ description: "Whether it is mainly this, or also this." }),
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
  subject: id.meta({ description: "A subject of subjects.yaml." }),
  date: written.meta({ description: "A day, month, quarter or year." }),
  type: z.enum(eventTypes),
  from: id.optional().meta({ description: "A place of places.yaml that it starts from." }),
  to: id.optional().meta({ description: "A place of places.yaml that it leads to." }),
  what: localized.meta({ description: "What happened; figures as {finding-id}." }),
});

const statement = z.strictObject({
  ...finding,
  subjects: z.array(id).min(1).max(20).meta({ description: "Whom it is about." }),
  topic: id.meta({
    description: "A word of your own to select it by; headline and key-point are for weekly reports.",
  }),
  text: localized.meta({ description: "An argument in our own words; figures as {finding-id}." }),
});

const findings = z.strictObject({
  source: id.optional().meta({ description: "The source of all findings of this file that name none." }),
  recorded: date.optional().meta({ description: "The day on which they entered the store." }),
  figures: z.array(figure).default([]).meta({ description: "Subject, metric, period, quantity." }),
  classes: z.array(classification).default([]).meta({ description: "Subject, scheme, category." }),
  events: z.array(event).default([]).meta({ description: "Subject, date, what." }),
  statements: z.array(statement).default([]).meta({ description: "Arguments in our own words." }),
});

const source = z.strictObject({
  id,
  file: name.meta({ description: "Its text in the folder of sources, e.g. paper.txt." }),
  publisher: z.strictObject(names).meta({ description: "As it stands under a slide." }),
  title: localized,
  language: name.meta({ description: "Of its text, e.g. en, zh-Hans." }),
  currency: name.default("CNY").meta({ description: "What money without a currency means there." }),
  published: z.union([date, z.strictObject({ after: date, certain: z.literal(false) })], {
    error: "a date, or { after: date, certain: false } where the page shows none",
  }),
  note: localized.optional(),
});

/** What a subject may be. */
export const subjectKinds = [
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
] as const;

const subject = z.strictObject({
  id,
  kind: z.enum(subjectKinds),
  ...names,
  aliases: z.array(name).default([]).meta({ description: "Other names." }),
  region: z.enum(regions).meta({ description: "Where it belongs; cn and us have colours of their own." }),
  parent: id.optional().meta({ description: "The subject that it is a part of." }),
  "fiscal-year-end": z
    .int()
    .min(1)
    .max(12)
    .default(12)
    .meta({ description: "The month in which its fiscal year ends." }),
});

const metric = z.strictObject({
  id,
  ...names,
  measures: z
    .enum(["money", "percent", "points", "count", "price", "ratio", "duration", "rank"])
    .meta({ description: "What its values are." }),
  over: z
    .enum(["period", "instant"])
    .meta({ description: "A flow over a period, or a level at an instant." }),
  unit: name.optional().meta({ description: "The unit of its values, where there is but one." }),
  basis: z
    .enum(["run-rate"])
    .optional()
    .meta({ description: "An annualised pace, never to be set beside a period's value unsaid." }),
  "growth-of": id.optional().meta({ description: "The metric whose change it states." }),
  against: z
    .enum(["year", "quarter", "month"])
    .optional()
    .meta({ description: "What a growth is counted from; a year unless given." }),
  "share-of": id.optional().meta({ description: "The metric of the whole of which it is a part." }),
  additive: z
    .literal(false)
    .optional()
    .meta({ description: "A part may exceed the whole: amounts that may be negative, averages." }),
});

const unit = z.strictObject({
  id,
  en: z.strictObject({ one: name, other: name }),
  zh: name,
  ordinal: z.boolean().default(false).meta({ description: "It ranks: 4th place, 第4名." }),
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
  base: name.meta({ description: "The currency of which one buys `rate` of the other, e.g. USD." }),
  quote: name.meta({ description: "The other currency, e.g. CNY." }),
  rate: multiplier,
  period: written.meta({ description: "When it held." }),
  recorded: date,
  derivation: text.optional().meta({ description: "How it follows from what the source prints." }),
  citations,
});

const ruled = {
  id,
  use: id.meta({ description: "The finding that is used; both, or none." }),
  why: localized,
  by: name.meta({ description: "Who decided." }),
  on: date,
};
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
  tolerance: z
    .number()
    .min(0)
    .max(100)
    .default(0)
    .meta({ description: "Per cent by which the sides may differ beyond bounds and rounding." }),
  why: localized.optional(),
  recorded: date.optional().meta({ description: "The day from which it is done; always, unless given." }),
});

const derived = z.strictObject({
  id: id.meta({ description: "How templates, statements, charts and other formulas name it." }),
  formula: z
    .union([z.string().min(1).max(600), z.number()], { error: "a formula of at most 600 characters" })
    .transform(String)
    .meta({
      description:
        "Arithmetic over ids of figures and of other derived figures: `+ - * / ( )`, plain numbers as factors, `id in USD` for a conversion, e.g. `a / b - 1`.",
    }),
  unit: name.meta({
    description: "What comes out: a currency, %, pp, x, a unit of units.yaml, or USD/users.",
  }),
  en: name.meta({ description: "What it is, in English; no amounts." }),
  zh: name.meta({ description: "What it is, in Chinese; no amounts." }),
  subject: id.optional().meta({ description: "A subject of subjects.yaml, for the rows of charts." }),
  metric: id.optional().meta({ description: "A metric of metrics.yaml, for the rows of charts." }),
  period: written.optional().meta({ description: "When it holds, for the rows of charts, e.g. 2025Q1." }),
  recorded: date
    .optional()
    .meta({ description: "The day since which it is there; since its parts are, unless given." }),
  note: localized.optional().meta({ description: "Words that are told with it; no numbers." }),
});

/** A file of JavaScript in the folder of templates that gives a helper. */
const helperFile = z
  .string()
  .max(120)
  .regex(
    /^helpers\/[a-z][a-z0-9-]*\.mjs$/,
    "a file in the folder of templates, e.g. helpers/quarter-name.mjs",
  );

/** Of the workspace, which holds the folder of data. */
const textFolder = z
  .string()
  .max(120)
  .regex(
    /^(?!(?:.*\/)?\.{1,2}(?:\/|$))[^/\\:][^\\:]*$/,
    "a folder of the workspace, by its path from there, e.g. sources",
  );

const dismissal = z.strictObject({ source: id, line: z.int().min(1), written, why: text });

/** Windows takes a name that begins so, up to its first dot, for a device. */
const device = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

const product = z.strictObject({
  name: id
    .refine((name) => !device.test(name), "a name that Windows has not kept for a device")
    .meta({ description: "The name of its files, e.g. deck gives deck.en.pptx." }),
  template: id.meta({ description: "deck is templates/deck.en.md.hbs, templates/deck.zh.md.hbs." }),
  writer: z.enum(["pptx", "markdown"]),
  languages: z.array(z.enum(["en", "zh"])).min(1),
  theme: id.optional().meta({ description: "brand is templates/themes/brand.yaml." }),
  week: z
    .union([z.literal("latest"), z.string().regex(/^\d{4}-W\d{2}$/, "an ISO week, e.g. 2025-W32")])
    .optional()
    .meta({ description: "Made for a week and seen as of its end: latest, or e.g. 2025-W32." }),
});

const value = z
  .union([z.string().min(1).max(120), z.number()], { error: "a text of at most 120 characters" })
  .transform(String);

const jobs = z.strictObject({
  product: id.meta({ description: "A product of sourcedeck.yaml." }),
  languages: z
    .array(z.enum(["en", "zh"]))
    .min(1)
    .max(2)
    .optional()
    .meta({ description: "Of the product's own; all of them unless given." }),
  themes: z.array(id).min(1).max(100).optional().meta({
    description: "One after the other, by the names of their files; the product's own unless given.",
  }),
  "as-of": z.array(written).min(1).max(1_000).optional().meta({
    description: "Days (2025-06-30) and weeks (2025-W24) at whose end the store is seen; now unless given.",
  }),
  each: z
    .record(
      z.string().max(40),
      z.union(
        [
          z.array(value).min(1).max(10_000),
          z.strictObject({
            subjects: z
              .enum(subjectKinds)
              .meta({ description: "All subjects of this kind of which something is told." }),
            region: z
              .array(z.enum(regions))
              .min(1)
              .optional()
              .meta({ description: "Of these regions alone." }),
          }),
        ],
        { error: "a list of ids, or { subjects: company } for all of a kind" },
      ),
    )
    .optional()
    .meta({
      description:
        "What the product's template is made for, by the names that it declares: one product for each.",
    }),
});

/** What `sourcedeck batch` builds. */
export const jobsSchema = z.strictObject({
  jobs: z.array(jobs).max(1_000).meta({ description: "Each is built in all of its combinations." }),
});
export type RawJobs = z.output<typeof jobsSchema>;

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
  "derived.yaml": list(derived),
  "sourcedeck.yaml": z.strictObject({
    products: list(product),
    sources: textFolder.optional().meta({
      description:
        "The folder with the texts of the sources, beside the folder of data: every citation is held to its line.",
    }),
    helpers: z
      .array(helperFile)
      .max(100)
      .default([])
      .meta({ description: "Files of JavaScript that give helpers; they run only with --allow-code." }),
  }),
} as const;

export const findingsSchema = findings;
export type FileName = keyof typeof schemas;
export type RawFindings = z.output<typeof findings>;
export type RawFile<Name extends FileName> = z.output<(typeof schemas)[Name]>;
