/** Small documents, figures and a store to lay out. */
import { readFileSync } from "node:fs";
import { Decimal } from "decimal.js";
import { parse } from "yaml";
import type { Figure } from "../../../src/evidence/figure.ts";
import type { Citation, Language, Region, Store } from "../../../src/findings/store.ts";
import type {
  Block,
  Chart,
  Entry,
  Inline,
  List,
  Page,
  Paragraph,
  SourcedDocument,
  Table,
} from "../../../src/model/document.ts";
import { themeSchema } from "../../../src/model/theme.ts";
import type { Placed, PlacedSlide, Run } from "../../../src/writers/slides/placed.ts";
import { finding } from "../../sample.ts";

export const theme = themeSchema.parse(
  parse(readFileSync(new URL("../../../templates/themes/default.yaml", import.meta.url), "utf8")),
);

export const at = { file: "briefing.en.md.hbs", line: 7 };

const sources: Store["sources"] = new Map(
  [
    { id: "dingjiao", en: "Dingjiao One", zh: "定焦One", date: "2025-06-03", certain: false },
    { id: "agi", en: "AGI Observatory", zh: "AGI观察室", date: "2025-08-07", certain: true },
    {
      id: "qingliu",
      en: "Qingliu Studio (NetEase)",
      zh: "网易清流工作室",
      date: "2025-03-06",
      certain: false,
    },
    { id: "yicai", en: "Yicai", zh: "第一财经", date: "2025-05-15", certain: false },
    { id: "xinmei", en: "Xinmei daybreak", zh: "新莓daybreak", date: "2025-05-27", certain: false },
  ].map(({ id, en, zh, date, certain }) => [
    id,
    {
      id,
      file: `${id}.txt`,
      publisher: { en, zh },
      title: { en: `An article of ${en}`, zh: `${zh}的文章` },
      language: "zh-Hans",
      currency: "CNY",
      published: { date, certain },
      at,
    },
  ]),
);

export const store: Store = {
  sources,
  subjects: new Map([
    [
      "alibaba-cloud",
      {
        id: "alibaba-cloud",
        kind: "segment",
        name: { en: "Alibaba Cloud", zh: "阿里云" },
        aliases: [],
        region: "cn",
        fiscalYearEnd: 3,
        at,
      },
    ],
  ]),
  metrics: new Map([
    [
      "revenue",
      { id: "revenue", name: { en: "revenue", zh: "收入" }, measures: "money", over: "period", at },
    ],
  ]),
  units: new Map(),
  schemes: new Map(),
  spots: new Map(),
  scopes: new Map(),
  rates: [],
  findings: new Map(),
  rulings: [],
  checks: [],
  dismissals: [],
  derived: new Map(),
  products: [],
  helpers: [],
};

/** The same with two findings of different days. */
export const storeOfDays: Store = {
  ...store,
  findings: new Map(
    [finding("early", "301亿 CNY"), finding("late", "301亿 CNY", { recorded: "2025-08-07" })].map((one) => [
      one.id,
      one,
    ]),
  ),
};

export function figure(
  id: string,
  more: { readonly region?: Region; readonly citations?: readonly Citation[] } = {},
): Figure {
  const value = new Decimal("30100000000");
  return {
    id,
    quantity: { low: value, high: value, unit: "CNY", step: new Decimal("100000000") },
    status: "reported",
    subject: "alibaba-cloud",
    metric: "revenue",
    period: { text: "2025Q1", kind: "quarter", start: "2025-01-01", end: "2025-03-31", fiscal: false },
    ...(more.region === undefined ? {} : { region: more.region }),
    notes: [],
    lineage: {
      findings: [id],
      citations: more.citations ?? [{ source: "dingjiao", line: 31, written: "301亿" }],
      rates: [],
    },
    contradictedBy: [],
  };
}

export const text = (value: string): Inline => ({ type: "text", value });
export const strong = (...children: Inline[]): Inline => ({ type: "strong", children });
export const fig = (shown: string, of: Figure = figure("alibaba-cloud.revenue.2025Q1")): Inline => ({
  type: "figure",
  figure: of,
  text: shown,
  mark: true,
});
export const period = (shown: string): Inline => ({ type: "period", text: shown });
export const prose = (...children: Inline[]): Paragraph => ({ type: "paragraph", at, children });
export const list = (items: readonly (readonly Inline[])[], ordered = false): List => ({
  type: "list",
  at,
  ordered,
  items: items.map((children) => [prose(...children)]),
});
export const chart = (name: string, alt = "What the chart shows"): Chart => ({
  type: "chart",
  at,
  name,
  alt: alt === "" ? [] : [text(alt)],
});
export const table = (header: readonly string[], rows: readonly (readonly Inline[])[]): Table => ({
  type: "table",
  at,
  align: header.map((_, i) => (i === 0 ? "left" : "right")),
  header: header.map((cell) => [text(cell)]),
  rows: rows.map((row) => row.map((cell) => [cell])),
});
export const entry = (
  lead: readonly Inline[],
  label: string,
  detail: string,
  role?: Entry["role"],
): Entry => ({ lead, label: [text(label)], detail: detail === "" ? [] : [text(detail)], role });

export function page(title: string, blocks: readonly Block[], more: Partial<Page> = {}): Page {
  return { at, title: [text(title)], layout: undefined, blocks, notes: [], sources: [], ...more };
}

export function deckOf(
  pages: readonly Page[],
  more: Partial<SourcedDocument> & { readonly language?: Language } = {},
): SourcedDocument {
  return {
    title: [text("How China and the US earn money with AI")],
    subtitle: [text("A briefing")],
    language: "en",
    date: "2025-08-08",
    audience: [],
    draft: false,
    sections: [{ at, title: [text("Executive summary")], blocks: [], pages }],
    ...more,
  };
}

/** The runs of a box, in order. */
export function runsIn(box: Placed): readonly Run[] {
  if (box.kind === "text") return box.paragraphs.flatMap(({ runs }) => runs);
  if (box.kind !== "table") return [];
  return box.rows.flatMap(({ cells }) =>
    cells.flatMap(({ paragraphs }) => paragraphs.flatMap(({ runs }) => runs)),
  );
}

/** The text of the box of a name. */
export function textIn(slide: PlacedSlide, name: string): string {
  const box = slide.boxes.find((box) => box.name === name);
  return box
    ? runsIn(box)
        .map((run) => run.text)
        .join("")
    : "";
}
