/** A theme as OOXML: PowerPoint's own pickers of colours and fonts show the brand. */
import { isDark, type Role, schemeSlots, type Theme } from "../../model/theme.ts";
import { el, type Xml } from "./xml.ts";

export const DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main";

const slots: Readonly<Partial<Record<Role, string>>> = schemeSlots;

/** The name of the role's slot in the colour scheme, or six hexadecimal digits for a role without one. */
export function colourOf(theme: Theme, role: Role): string {
  return slots[role] ?? theme.colours[role];
}

/** A solid fill in the role's colour. */
export function fillOf(theme: Theme, role: Role): Xml {
  const slot = slots[role];
  return el(
    "a:solidFill",
    {},
    slot === undefined ? el("a:srgbClr", { val: theme.colours[role] }) : el("a:schemeClr", { val: slot }),
  );
}

/** Slots of the scheme in the schema's order; the first four are dark and light by their names. */
function schemeOrder(theme: Theme): readonly (readonly [slot: string, role: Role])[] {
  const map = groundMap(theme);
  const grounds = (["ink", "ground", "muted", "tile"] as const).map(
    (role) => [map[schemeSlots[role]], role] as const,
  );
  return [
    ...["dk1", "lt1", "dk2", "lt2"].flatMap((slot) => grounds.filter(([one]) => one === slot)),
    ["accent1", "cn"],
    ["accent2", "us"],
    ["accent3", "accent"],
    ["accent4", "positive"],
    ["accent5", "negative"],
    ["accent6", "series"],
    ["hlink", "us"],
    ["folHlink", "muted"],
  ];
}

/** Shapes say tx1 and bg1, and masters map these to dark and light: text is the light one on a dark ground. */
export function groundMap(theme: Theme): Readonly<Record<"bg1" | "tx1" | "bg2" | "tx2", string>> {
  return isDark(theme)
    ? { bg1: "dk1", tx1: "lt1", bg2: "dk2", tx2: "lt2" }
    : { bg1: "lt1", tx1: "dk1", bg2: "lt2", tx2: "dk2" };
}

/** The theme part. */
export function themeXml(theme: Theme): Xml {
  const { name, colours, fonts } = theme;
  const fontsOf = (kind: string): Xml =>
    el(
      kind,
      {},
      el("a:latin", { typeface: fonts.latin }),
      el("a:ea", { typeface: fonts.eastAsian }),
      el("a:cs", { typeface: "" }),
    );
  return el(
    "a:theme",
    { "xmlns:a": DRAWING, name },
    el(
      "a:themeElements",
      {},
      el(
        "a:clrScheme",
        { name },
        ...schemeOrder(theme).map(([slot, role]) =>
          el(`a:${slot}`, {}, el("a:srgbClr", { val: colours[role] })),
        ),
      ),
      el("a:fontScheme", { name }, fontsOf("a:majorFont"), fontsOf("a:minorFont")),
      formatScheme(name),
    ),
    el("a:objectDefaults"),
    el("a:extraClrSchemeLst"),
  );
}

/** Flat fills, plain lines, no effects; the schema wants three of each. */
function formatScheme(name: string): Xml {
  const fill = (): Xml => el("a:solidFill", {}, el("a:schemeClr", { val: "phClr" }));
  const three = (make: (index: number) => Xml): Xml[] => [0, 1, 2].map(make);
  return el(
    "a:fmtScheme",
    { name },
    el("a:fillStyleLst", {}, ...three(fill)),
    el(
      "a:lnStyleLst",
      {},
      ...three((index) => el("a:ln", { w: 6350 * (index + 1) }, fill(), el("a:prstDash", { val: "solid" }))),
    ),
    el("a:effectStyleLst", {}, ...three(() => el("a:effectStyle", {}, el("a:effectLst")))),
    el("a:bgFillStyleLst", {}, ...three(fill)),
  );
}
