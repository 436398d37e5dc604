/** A theme: roles, fonts, sizes and margins of a brand, in one YAML file. */
import { z } from "zod";
import { contrastOf, neededContrast } from "./contrast.ts";

/** Colours are named by what they mean; no colour stands in code. */
export const roles = [
  "ink",
  "ground",
  "muted",
  "tile",
  "hairline",
  "cn",
  "us",
  "cn-soft",
  "us-soft",
  "accent",
  "positive",
  "negative",
  "series",
  "series-soft",
] as const;
export type Role = (typeof roles)[number];

/**
 * The slots of an OOXML colour scheme that roles take, so that PowerPoint's own colour picker shows the brand.
 * Roles without a slot are written as plain colours.
 */
export const schemeSlots = {
  ink: "tx1",
  ground: "bg1",
  muted: "tx2",
  tile: "bg2",
  cn: "accent1",
  us: "accent2",
  accent: "accent3",
  positive: "accent4",
  negative: "accent5",
  series: "accent6",
} as const satisfies Partial<Record<Role, string>>;

const colour = z
  .string()
  .regex(/^[0-9A-F]{6}$/, "a colour of six upper-case hexadecimal digits, e.g. 1F4E8C");
const points = z.number().min(10).max(96);
const inches = z.number().min(0).max(6);
const font = z.string().min(1).max(64);

/** Sizes of which the first is never larger than the second. */
const ascending = [
  ["titleFloor", "title"],
  ["bodyFloor", "body"],
  ["body", "bodyLarge"],
] as const;

export const themeSchema = z
  .strictObject({
    name: z.string().min(1).max(64),
    colours: z.strictObject(
      Object.fromEntries(roles.map((role) => [role, colour])) as Record<Role, typeof colour>,
    ),
    fonts: z.strictObject({ latin: font, eastAsian: font }),
    /** Points. `title` is tried first; titles step down to `titleFloor` before they are refused. */
    sizes: z.strictObject({
      cover: points,
      /** Two lines of more do not fit between kicker and rule. */
      title: points.max(44),
      titleFloor: points,
      heading: points,
      /** Tried first on slides of text alone, which would look empty in `body`. */
      bodyLarge: points,
      body: points,
      bodyFloor: points,
      table: points,
      label: points,
      kicker: points,
      footer: points,
      kpi: points,
      chart: points,
    }),
    /** Inches on a page of 13.333 × 7.5. */
    page: z.strictObject({ left: inches, right: inches, gutter: inches }),
    /** A line at the foot of every slide, e.g. confidentiality; empty for none. */
    footer: z.strictObject({ en: z.string().max(120), zh: z.string().max(120) }),
  })
  .superRefine(({ sizes, colours }, context) => {
    for (const [small, large] of ascending)
      if (sizes[small] > sizes[large])
        context.addIssue({
          code: "custom",
          path: ["sizes", small],
          message: `no more than \`${large}\`, ${sizes[large]}`,
          input: sizes[small],
        });
    for (const { role, ground, contrast } of paleOn(colours, ["ink"]))
      context.addIssue({
        code: "custom",
        path: ["colours", role],
        message: `a colour that can be read on \`${ground}\`: a contrast of ${neededContrast.text} or more, not ${contrast}`,
        input: colours[role],
      });
  });

export type Theme = z.infer<typeof themeSchema>;

/** A role whose text is hard to read. */
export interface Pale {
  readonly role: Role;
  readonly ground: Role;
  /** One digit after the point, rounded down. */
  readonly contrast: number;
}

/** Roles of text that cannot be read on the page or on tiles; slides set such text in a softer role or in plain ink. */
export function paleRoles({ colours }: Theme): Pale[] {
  return paleOn(colours, ["muted", "cn", "us", "accent", "positive", "negative"]);
}

/** Each role on that of the grounds on which it is harder to read. */
function paleOn(colours: Readonly<Record<Role, string>>, text: readonly Role[]): Pale[] {
  return text.flatMap((role) => {
    const [worst] = (["ground", "tile"] as const)
      .map((ground) => ({ role, ground, contrast: contrastOf(colours[role], colours[ground]) }))
      .sort((a, b) => a.contrast - b.contrast);
    return worst && worst.contrast < neededContrast.text
      ? [{ ...worst, contrast: Math.floor(worst.contrast * 10) / 10 }]
      : [];
  });
}
