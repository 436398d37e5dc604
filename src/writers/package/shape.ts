/** What slides, layouts and masters are made of: lengths, languages, shapes that are placeholders. */
import type { Language } from "../../findings/store.ts";
import type { Box, PlaceholderKind, TextBox } from "../slides/placed.ts";
import { el, type Xml } from "./xml.ts";

/** Declarations on the root of every part of a presentation. */
export const namespaces = {
  "xmlns:a": "http://schemas.openxmlformats.org/drawingml/2006/main",
  "xmlns:r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
  "xmlns:p": "http://schemas.openxmlformats.org/presentationml/2006/main",
};

/** Proofing languages of a run: its own, and the one for the other script. */
export const proofing: Readonly<Record<Language, { readonly lang: string; readonly altLang: string }>> = {
  en: { lang: "en-GB", altLang: "zh-CN" },
  zh: { lang: "zh-CN", altLang: "en-GB" },
};

/** Inches as English Metric Units. */
export function emu(inches: number): number {
  return Math.round(inches * 914_400);
}

/** Points as the hundredths that text sizes are written in. */
export function hundredths(points: number): number {
  return Math.round(points * 100);
}

export function transform(box: Box): Xml {
  return el(
    "a:xfrm",
    {},
    el("a:off", { x: emu(box.x), y: emu(box.y) }),
    el("a:ext", { cx: emu(box.w), cy: emu(box.h) }),
  );
}

export function rectangle(): Xml {
  return el("a:prstGeom", { prst: "rect" }, el("a:avLst"));
}

const anchors = { top: "t", middle: "ctr", bottom: "b" } as const;
const alignments = { left: "l", center: "ctr", right: "r" } as const;

export function alignmentOf(align: keyof typeof alignments): string {
  return alignments[align];
}

export function bodyProperties({
  inset: [top, right, bottom, left],
  valign,
}: Pick<TextBox, "inset" | "valign">): Xml {
  return el("a:bodyPr", {
    wrap: "square",
    lIns: emu(left),
    tIns: emu(top),
    rIns: emu(right),
    bIns: emu(bottom),
    rtlCol: 0,
    anchor: anchors[valign],
  });
}

/** The shape tree of a new slide, layout or master; shapes follow the two children. */
export function shapeTree(...shapes: readonly Xml[]): Xml {
  return el(
    "p:spTree",
    {},
    el("p:nvGrpSpPr", {}, el("p:cNvPr", { id: 1, name: "" }), el("p:cNvGrpSpPr"), el("p:nvPr")),
    el("p:grpSpPr"),
    ...shapes,
  );
}

/** A placeholder as slide and layout must agree on it: by index, and by type where it has one. */
export interface Placeholder {
  /** Absent for what takes text, tables, charts and pictures alike. */
  readonly type?: string;
  readonly idx?: number;
  readonly sz?: "quarter" | "half";
}

/** The `ordinal`-th placeholder of its kind on a slide, from 0; nothing where layouts have no more of the kind. */
export function placeholderOf(kind: PlaceholderKind, ordinal: number): Placeholder | undefined {
  return placeholders[kind][ordinal];
}

const placeholders: Readonly<Record<PlaceholderKind, readonly Placeholder[]>> = {
  title: [{ type: "title" }],
  kicker: [{ type: "body", sz: "quarter", idx: 13 }],
  subtitle: [{ type: "subTitle", idx: 1 }],
  body: [{ idx: 1 }, { sz: "half", idx: 2 }],
  footer: [{ type: "ftr", sz: "quarter", idx: 11 }],
  number: [{ type: "sldNum", sz: "quarter", idx: 12 }],
};

export function placeholderXml({ type, idx, sz }: Placeholder): Xml {
  return el("p:ph", { type, sz, idx });
}

/** A run that PowerPoint replaces by the slide's number. */
export function numberField(shown: string, properties: Xml): Xml {
  return el(
    "a:fld",
    { id: "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}", type: "slidenum" },
    properties,
    el("a:t", {}, shown),
  );
}
