/** A theme: roles, fonts, sizes and margins of a brand, in one YAML file. */
import { z } from "zod";

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

export const themeSchema = z.strictObject({
  name: z.string().min(1).max(64),
  colours: z.strictObject(
    Object.fromEntries(roles.map((role) => [role, colour])) as Record<Role, typeof colour>,
  ),
  fonts: z.strictObject({ latin: font, eastAsian: font }),
  /** Points. `title` is tried first; titles step down to `titleFloor` before they are refused. */
  sizes: z.strictObject({
    cover: points,
    title: points,
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
});

export type Theme = z.infer<typeof themeSchema>;
