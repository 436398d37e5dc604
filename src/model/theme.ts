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

const meanings: Readonly<Record<Role, string>> = {
  ink: "Text; readable on `ground` and `tile`.",
  ground: "The page, in slides and charts.",
  muted: "Text that matters less: sources, axes, labels.",
  tile: "The ground of tiles and cards, and the land of maps.",
  hairline: "Rules, axes and outlines.",
  cn: "China, in text and marks.",
  us: "The United States, in text and marks.",
  "cn-soft": "Large marks of China that matter less.",
  "us-soft": "Large marks of the United States that matter less.",
  accent: "The one thing that matters.",
  positive: "A gain; always with a sign or word as well.",
  negative: "A loss, and the mark of a draft; always with a sign or word as well.",
  series: "Marks of other series.",
  "series-soft": "Marks of other series that matter less.",
};

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

/** Kept as OOXML has it: six upper-case digits. */
const hexadecimal = z
  .string()
  .regex(/^#?[0-9A-Fa-f]{6}$/, "a colour of six hexadecimal digits, e.g. 1F4E8C")
  .overwrite((colour) => colour.replace("#", "").toUpperCase());
const points = z.number().min(10).max(96);
const inches = z.number().min(0).max(6);
const font = z.string().min(1).max(64);
const line = z.string().max(120);

/** Inches. */
export const pageWidth = 13.333;
/** The part of the foot that a theme's own line may take from the sources beside it. */
export const footerShare = 1 / 3;

/** Sizes of which the first is never larger than the second. */
const ascending = [
  ["titleFloor", "title"],
  ["bodyFloor", "body"],
  ["body", "bodyLarge"],
] as const;

const themeName = z.string().min(1).max(64);
const name = themeName.describe("The name under which PowerPoint lists the theme.");

const colours = z
  .strictObject(
    Object.fromEntries(roles.map((role) => [role, hexadecimal.describe(meanings[role])])) as Record<
      Role,
      typeof hexadecimal
    >,
  )
  .describe("Colours by what they mean, each of six hexadecimal digits, in quotes.");

const fonts = z
  .strictObject({
    latin: font.describe("Font of Latin text, e.g. Arial."),
    eastAsian: font.describe("Font of Chinese text, e.g. Microsoft YaHei."),
  })
  .describe(
    "Fonts that the slides ask for. Whatever they are, text is measured, and charts are drawn, with Arimo and Noto Sans SC, which are as wide as Arial and Microsoft YaHei.",
  );

const sizes = z
  .strictObject({
    cover: points.describe("Title of the cover."),
    // Two lines of more do not fit between kicker and rule.
    title: points.max(44).describe("Titles of slides; tried first, down to `titleFloor`."),
    titleFloor: points.describe("The smallest title before it is refused as too long."),
    heading: points.describe("Headings within a slide, and the cover's subtitle."),
    bodyLarge: points.describe("Tried first on slides of text alone, which would look empty in `body`."),
    body: points.describe("Running text and lists."),
    bodyFloor: points.describe("The smallest running text before it continues on another slide."),
    table: points.describe("Text of tables."),
    label: points.describe("Labels of tiles, maps and drawings."),
    kicker: points.describe("The section's name above the title."),
    footer: points.describe("Sources, slide number and the theme's own lines."),
    kpi: points.describe("The figures of tiles."),
    chart: points.describe("Text in charts, as it stands on the slide."),
  })
  .describe("Sizes of text, in points.");

const page = z
  .strictObject({
    left: inches.describe("Left margin."),
    right: inches.describe("Right margin."),
    gutter: inches.describe("Space between columns and tiles."),
  })
  .describe("Margins in inches, on a page of 13.333 × 7.5.");

const ownLine = {
  en: line.describe("In English decks; at most 120 characters."),
  zh: line.describe("In Chinese decks; at most 120 characters."),
};
const shortLine = {
  en: line.describe("In English decks; some 60 characters at most."),
  zh: line.describe("In Chinese decks; some 28 characters at most."),
};

const footer = z
  .strictObject(shortLine)
  .describe(
    "A line at the right of every slide's foot, beside its number, e.g. a department; empty for none. It takes a third of the foot at most, for the sources stand there, too.",
  );

const confidentiality = z
  .strictObject(ownLine)
  .describe("Who may read the deck: a line of its own at the foot of every slide, the cover among them.");

const logo = z
  .strictObject({
    file: z
      .string()
      .max(200)
      .regex(/^[^\\:]+\.(png|jpe?g|svg)$/i, "a path to a PNG, JPEG or SVG file, e.g. logo.svg")
      .describe(
        "A PNG, JPEG or SVG file within the templates folder, by its path from the theme's own file. An SVG with `<text>` is refused: convert text to paths.",
      ),
    width: z
      .number()
      .min(0.3)
      .max(4)
      .describe("Inches on the cover, where it is at most 1.2 high; on slides it stands smaller."),
    alt: z.string().min(1).max(200).describe("Spoken description; the theme's name unless said.").optional(),
  })
  .describe("The brand's logo, on the cover and small on every slide. It is never stretched.");

/** A whole theme, with nothing left to another one. */
export const themeSchema = z
  .strictObject({
    name,
    colours,
    fonts,
    sizes,
    page,
    footer,
    confidentiality: confidentiality.optional(),
    logo: logo.optional(),
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

/** The parts of a section, none of them needed. */
function some<Shape extends z.core.$ZodLooseShape>(section: z.ZodObject<Shape, z.core.$strict>) {
  return section
    .partial()
    .describe(section.description ?? "")
    .optional();
}

/** A theme's file: a whole theme, or with `extends` what differs from another one. */
export const themeFileSchema = z.strictObject({
  extends: themeName
    .describe("The theme that this one differs from, by the name of its file, e.g. default.")
    .optional(),
  name: name.optional(),
  colours: some(colours),
  fonts: some(fonts),
  sizes: some(sizes),
  page: some(page),
  footer: some(footer),
  confidentiality: some(confidentiality),
  logo: some(logo),
});

export type ThemeFile = z.infer<typeof themeFileSchema>;

/** What tells whether a theme's file stands alone. */
export const themeBaseSchema = z.looseObject({ extends: themeName.optional() });

/** Whether light text stands on a dark ground. */
export function isDark({ colours }: Theme): boolean {
  return contrastOf(colours.ground, "000000") < contrastOf(colours.ink, "000000");
}

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
