/** The layouts that a deck offers: each with its name and its empty placeholders, where the deck's own slides have them. */
import type { Language } from "../../findings/store.ts";
import type { Role, Theme } from "../../model/theme.ts";
import { kickerTracking, logoWidth, ownLineWidth, titleSize } from "../slides/frame.ts";
import {
  apart,
  beside,
  contentWidth,
  coverBar,
  dateWidth,
  numberWidth,
  round,
  spans,
  zone,
} from "../slides/grid.ts";
import type { Box, Branding, PlacedSlide } from "../slides/placed.ts";
import { type Placeholder, placeholderOf } from "./shape.ts";

/** What a placeholder asks for, in the words of the deck. */
export const prompts = {
  title: { en: "Title: the message", zh: "标题：一句话讲清要点" },
  kicker: { en: "Section", zh: "章节" },
  subtitle: { en: "Subtitle", zh: "副标题" },
  text: { en: "Text", zh: "正文" },
  chart: { en: "Chart", zh: "图表" },
  picture: { en: "Picture", zh: "图片" },
  date: { en: "Date", zh: "日期" },
  footer: { en: "Sources", zh: "来源" },
  number: { en: "‹#›", zh: "‹#›" },
} as const satisfies Readonly<Record<string, Readonly<Record<Language, string>>>>;

/** An empty placeholder: what it is, where it stands and how it sets what is typed there. */
export interface Holder {
  readonly asks: keyof typeof prompts;
  readonly placeholder: Placeholder;
  readonly box: Box;
  readonly size: number;
  readonly colour: Role;
  readonly bold?: true;
  readonly right?: true;
  readonly middle?: true;
  /** Points between characters. */
  readonly tracking?: number;
  /** Text with the master's bullets and levels. */
  readonly bulleted?: true;
}

export type LayoutName =
  | "cover"
  | "section"
  | "content"
  | "columns"
  | "chart"
  | "picture"
  | "title"
  | "blank";

export interface Layout {
  /** As PowerPoint's gallery shows it. */
  readonly name: Readonly<Record<Language, string>>;
  /** The nearest of PowerPoint's own kinds. */
  readonly type: string;
  readonly holders: (brand: Branding) => readonly Holder[];
}

/** In the order of PowerPoint's gallery. */
export const layouts: Readonly<Record<LayoutName, Layout>> = {
  cover: {
    name: { en: "Cover", zh: "封面" },
    type: "title",
    holders: ({ theme, language }) => {
      const x = theme.page.left;
      const w = contentWidth(theme);
      const { cover, heading } = theme.sizes;
      return [
        { ...title(theme, language), box: { x, y: coverBar.y + 0.25, w, h: 1.3 }, size: cover },
        {
          asks: "subtitle",
          placeholder: placeholderOf("subtitle", 0) as Placeholder,
          box: { x, y: coverBar.y + 1.75, w, h: 0.8 },
          size: heading,
          colour: "muted",
        },
      ];
    },
  },
  section: {
    name: { en: "Section", zh: "章节" },
    type: "secHead",
    holders: ({ theme, language }) => [
      ...head(theme, language),
      content(theme, 0, body(theme)),
      ...foot(theme, language),
    ],
  },
  content: {
    name: { en: "Title and content", zh: "标题和内容" },
    type: "obj",
    holders: ({ theme, language }) => [
      ...head(theme, language),
      content(theme, 0, body(theme)),
      ...foot(theme, language),
    ],
  },
  columns: {
    name: { en: "Title and two columns", zh: "标题和两栏" },
    type: "twoObj",
    holders: ({ theme, language }) => [
      ...head(theme, language),
      ...beside(body(theme), 2, columnGap).map((box, index) => content(theme, index, box)),
      ...foot(theme, language),
    ],
  },
  chart: {
    name: { en: "Title, chart and text", zh: "标题、图表和文字" },
    type: "chartAndTx",
    holders: ({ theme, language }) => withText(theme, language, { type: "chart", idx: 14 }, "chart"),
  },
  picture: {
    name: { en: "Title, picture and text", zh: "标题、图片和文字" },
    type: "picTx",
    holders: ({ theme, language }) => withText(theme, language, { type: "pic", idx: 15 }, "picture"),
  },
  title: {
    name: { en: "Title only", zh: "仅标题" },
    type: "titleOnly",
    holders: ({ theme, language }) => [...head(theme, language), ...foot(theme, language)],
  },
  blank: {
    name: { en: "Blank", zh: "空白" },
    type: "blank",
    holders: ({ theme, language }) => foot(theme, language),
  },
};

export const layoutNames = Object.keys(layouts) as LayoutName[];

/** Charts and tables of a slide stand freely under its title; text alone has places of its own. */
export function layoutOf(slide: PlacedSlide): LayoutName {
  if (slide.master !== "content") return slide.master;
  const bodies = slide.boxes.filter((box) => box.kind === "text" && box.placeholder === "body").length;
  return bodies === 0 ? "title" : bodies === 1 ? "content" : "columns";
}

/** Inches between columns of text. */
const columnGap = 0.4;

function body(theme: Theme): Box {
  return zone("body", theme);
}

/** What the master holds, and layouts place anew. */
export function masterHolders({ theme, language }: Branding): Holder[] {
  return [
    title(theme, language),
    { ...content(theme, 0, body(theme)), placeholder: { type: "body", idx: 1 } },
    ...foot(theme, language),
  ];
}

function title(theme: Theme, language: Language): Holder {
  return {
    asks: "title",
    placeholder: placeholderOf("title", 0) as Placeholder,
    box: zone("title", theme),
    size: titleSize(theme, language),
    colour: "ink",
    bold: true,
  };
}

function head(theme: Theme, language: Language): Holder[] {
  const whole = zone("kicker", theme);
  return [
    title(theme, language),
    {
      asks: "kicker",
      placeholder: placeholderOf("kicker", 0) as Placeholder,
      box: { ...whole, w: round(whole.w - logoWidth(theme)) },
      size: theme.sizes.kicker,
      colour: "muted",
      tracking: kickerTracking,
    },
  ];
}

function content(theme: Theme, ordinal: number, box: Box): Holder {
  return {
    asks: "text",
    placeholder: placeholderOf("body", ordinal) as Placeholder,
    box,
    size: theme.sizes.body,
    colour: "ink",
    bulleted: true,
  };
}

function withText(
  theme: Theme,
  language: Language,
  placeholder: Placeholder,
  asks: "chart" | "picture",
): Holder[] {
  const [left, right] = spans(body(theme), [8, 4], theme.page.gutter) as [Box, Box];
  return [
    ...head(theme, language),
    { asks, placeholder, box: left, size: theme.sizes.body, colour: "muted" },
    { ...content(theme, 1, right), placeholder: { type: "body", sz: "half", idx: 2 } },
    ...foot(theme, language),
  ];
}

/** Sources, date and number; slides of the deck have no date, and give the sources its room. */
function foot(theme: Theme, language: Language): Holder[] {
  const whole = zone("footer", theme);
  const own = ownLineWidth(theme, language);
  const right = whole.x + whole.w - numberWidth - own;
  const at = (x: number, w: number): Box => ({ ...whole, x: round(x), w: round(w) });
  const shared = { size: theme.sizes.footer, colour: "muted", middle: true } as const;
  return [
    {
      asks: "footer",
      placeholder: placeholderOf("footer", 0) as Placeholder,
      box: at(whole.x, right - dateWidth - apart - whole.x),
      ...shared,
    },
    {
      asks: "date",
      placeholder: { type: "dt", sz: "half", idx: 10 },
      box: at(right - dateWidth, dateWidth),
      right: true,
      ...shared,
    },
    {
      asks: "number",
      placeholder: placeholderOf("number", 0) as Placeholder,
      box: at(whole.x + whole.w - numberWidth, numberWidth),
      right: true,
      ...shared,
    },
  ];
}
