/** Directives: what is written with colons, by name, and the roles that colour words. */
import type { Role } from "../model/theme.ts";

export interface Directive {
  /** By name, with what each says. */
  readonly attributes: Readonly<Record<string, string>>;
  /** `::chart` is a leaf, `:::columns … :::` a container; told by the number of colons. */
  readonly isLeaf: boolean;
  /** Says something about its page, rather than making a block. */
  readonly isOfPage: boolean;
  /** One line for the reference. */
  readonly does: string;
  /** With the sample data that new workspaces begin with. */
  readonly example: string;
}

const leaf = { isLeaf: true, isOfPage: false } as const;
const container = { attributes: {}, isLeaf: false, isOfPage: false } as const;

export const directives = {
  chart: {
    ...leaf,
    attributes: { name: "the chart's file in `charts/`, without its ending" },
    does: "draws a chart, described in brackets for those who do not see it",
    example: '::chart[Bars of the revenue of both chains in two years]{name="revenue"}',
  },
  columns: {
    ...container,
    attributes: { widths: "twelfths of the page, parted by commas, 12 in all; equal unless given" },
    does: "sets blocks side by side, parted by lines of `---`",
    example:
      ':::columns{widths="8,4"}\n::chart[Bars of the revenue of both chains]{name="revenue"}\n\n---\n\n- {{say "heron.seat"}}\n:::',
  },
  kpi: {
    ...container,
    does: "makes tiles: a figure, its label, details on the line below",
    example:
      ':::kpi\n- **{{fig "qingchuan.stores.2025"}}** {{name "qingchuan"}}\n  {{change "qingchuan.stores.2024" "qingchuan.stores.2025" sign=true}} in a year\n- **{{fig "heron.stores.2025"}}** {{name "heron"}}\n  {{change "heron.stores.2024" "heron.stores.2025" sign=true}} in a year\n:::',
  },
  timeline: {
    ...container,
    does: "makes a timeline: a date, what happened, details on the line below",
    example: ":::timeline\n{{#events}}\n- **{{date}}** {{subject}}\n  {{what}}\n{{/events}}\n:::",
  },
  flow: {
    ...container,
    does: "makes steps that lead to each other, from left to right",
    example: ":::flow\n- **Buy** beans\n- **Sell** coffee\n:::",
  },
  matrix: {
    ...container,
    does: "makes a table of marks with a word, `● main` `○ also` `–`; rows with two names are grouped by the first, and a line below explains the marks",
    example:
      ":::matrix\n| Chain | Seats | Orders by app |\n| --- | --- | --- |\n| Blue Heron | :us[● main] | :us[○ also] |\n| Qingchuan | – | :cn[● main] |\n\nA filled mark is what it lives on.\n:::",
  },
  bridge: {
    ...container,
    does: "makes tiles that are joined by arithmetic, each but the first with its operator, one of `+ − × ÷ = →`",
    example:
      ':::bridge\n- **{{fig "qingchuan.stores.2025"}}** {{name "qingchuan"}}\n- − **{{fig "heron.stores.2025"}}** {{name "heron"}}\n- = **{{difference "qingchuan.stores.2025" "heron.stores.2025"}}** lead\n:::',
  },
  map: {
    ...container,
    does: "draws moves between places as arrows over outlines of the land, each item with a `{{route}}`; a line below explains them",
    example:
      ':::map\n- **{{name "qingchuan"}}** {{route "china" "singapore"}}\n  {{what "qingchuan.singapore"}}\n:::',
  },
  smile: {
    ...container,
    does: "sets the steps of a chain on a curve whose ends are high; a line below says what the height means",
    example:
      ":::smile\n- **Beans** bought where they are best\n- **Cups** made by anyone\n- **Seats** what people pay for\n\nThe height shows what is earned.\n:::",
  },
  layout: {
    ...leaf,
    isOfPage: true,
    attributes: { name: "one of the layouts" },
    does: "gives the page a layout by name; without it the layout follows from what is on the page",
    example:
      '::layout{name="points"}\n\n- {{say "heron.seat"}}\n\n::chart[Bars of the revenue of both chains]{name="revenue"}',
  },
  notes: {
    ...container,
    isOfPage: true,
    does: "gives the page speaker notes",
    example:
      '- {{say "heron.seat"}}\n\n:::notes\nSay: {{name "heron"}} opens few stores, and earns on each.\n:::',
  },
  source: {
    ...container,
    isOfPage: true,
    does: "adds a remark to the sources at the page's foot",
    example: '- {{say "heron.seat"}}\n\n:::source\nWhat we know as of {{date}}.\n:::',
  },
} as const satisfies Readonly<Record<string, Directive>>;

export type DirectiveName = keyof typeof directives;

export function isDirectiveName(name: string): name is DirectiveName {
  return Object.hasOwn(directives, name);
}

export const directiveNames = Object.keys(directives).filter(isDirectiveName);

/** `::chart`, `:::kpi`. */
export function writtenDirective(name: DirectiveName): string {
  return `${directives[name].isLeaf ? "::" : ":::"}${name}`;
}

/** Roles that words can take, `:cn[…]`: those of meaning, not those of furniture. */
export const textRoles = [
  "cn",
  "us",
  "accent",
  "muted",
  "positive",
  "negative",
] as const satisfies readonly Role[];
