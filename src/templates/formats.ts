/** Formats: `formats.yaml`, ways to print figures that templates call by name, `{{fig "id" as="usd-short"}}`. */
import { z } from "zod";
import { isCurrency } from "../findings/quantity.ts";
import { perLanguage } from "../findings/schema.ts";
import type { Language } from "../findings/store.ts";
import { parseFile } from "../findings/yaml.ts";
import type { Outcome } from "../problem.ts";
import type { Library, LibraryFile } from "./library.ts";
import { limits } from "./limits.ts";
import * as messages from "./messages.ts";

/** Scales by which figures may be printed; `1` is none. */
export const scales = ["tn", "bn", "m", "k", "万亿", "亿", "万", "1"] as const;
export const boundForms = ["words", "signs"] as const;

const scale = z
  .union([z.enum(scales), z.literal(1)], { error: `one of ${scales.join(", ")}` })
  .transform((given) => (given === 1 ? "1" : given));

const format = z.strictObject({
  in: z
    .string()
    .refine(isCurrency, "a currency's ISO 4217 code, e.g. USD")
    .optional()
    .meta({ description: "The currency that amounts are converted into, e.g. USD." }),
  scale: perLanguage(scale)
    .optional()
    .meta({ description: "The scale, for all languages or for each: { en: bn, zh: 亿 }; 1 for none." }),
  digits: perLanguage(z.int().min(0).max(8))
    .optional()
    .meta({ description: "Digits after the point, for all languages or for each." }),
  bounds: z.enum(boundForms).optional().meta({ description: "Bounds in words (over) or as signs (>)." }),
  sign: z.boolean().optional().meta({ description: "A plus before what is above zero." }),
  bare: z.boolean().optional().meta({ description: "Without unit and currency." }),
  mark: z.boolean().optional().meta({ description: "Whether the figure carries its source mark." }),
});

/** The shape of `formats.yaml`. */
export const formatsSchema = z
  .record(z.string().regex(/^[A-Za-z][\w-]*$/, "a name of letters, digits and hyphens"), format)
  .meta({ description: "Ways to print figures, by the names that `as` calls them with." });

export type Formats = ReadonlyMap<string, z.output<typeof format>>;

const known = new WeakMap<Library, Outcome<Formats>>();
/** Read once for each file, which several libraries may share. */
const read = new WeakMap<LibraryFile, Outcome<Formats>>();

/** A library without the file has no formats. Own formats are laid over the shipped ones name by name. */
export function formatsOf(library: Library): Outcome<Formats> {
  const formats = known.get(library) ?? readFormats(library);
  known.set(library, formats);
  return formats;
}

function readFormats(library: Library): Outcome<Formats> {
  const [under, over] = [library.under, library.files].map((files) => formatsIn(files?.get("formats.yaml")));
  const problems = [...(under?.problems ?? []), ...(over?.problems ?? [])];
  if (!under?.value || !over?.value) return { value: undefined, problems };
  return { value: new Map([...under.value, ...over.value]), problems };
}

function formatsIn(found: LibraryFile | undefined): Outcome<Formats> {
  if (!found) return { value: new Map(), problems: [] };
  const formats = read.get(found) ?? readFile(found);
  read.set(found, formats);
  return formats;
}

function readFile({ file, text }: LibraryFile): Outcome<Formats> {
  if (text.length > limits.template)
    return { value: undefined, problems: [messages.tooLong(file, text.length)] };
  const { value, problems } = parseFile(file, text, formatsSchema);
  return { value: value && new Map(Object.entries(value.value)), problems };
}

/** The options that a format stands for in a language, as the arguments of `{{fig}}` give them. */
export function optionsOf(
  formats: Formats,
  name: string,
  language: Language,
): Readonly<Record<string, unknown>> {
  const { scale: scaled, digits, ...rest } = formats.get(name) ?? {};
  return {
    ...rest,
    ...(scaled === undefined ? {} : { scale: scaled[language] }),
    ...(digits === undefined ? {} : { digits: digits[language] }),
  };
}
