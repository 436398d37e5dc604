/** Directives: what is written with colons, by name, and the roles that colour words. */
import type { Role } from "../model/theme.ts";

export interface Directive {
  readonly attributes: readonly string[];
  /** `::chart` is a leaf, `:::columns … :::` a container; told by the number of colons. */
  readonly isLeaf: boolean;
  /** Says something about its page, rather than making a block. */
  readonly isOfPage: boolean;
  /** One line for the reference. */
  readonly does: string;
  readonly example: string;
}

const leaf = { isLeaf: true, isOfPage: false } as const;
const container = { attributes: [], isLeaf: false, isOfPage: false } as const;

export const directives = {
  chart: {
    ...leaf,
    attributes: ["name"],
    does: "draws a chart, described in brackets for those who do not see it",
    example: '::chart[Bars of the revenue of both makers]{name="revenue"}',
  },
  columns: {
    ...container,
    attributes: ["widths"],
    does: "sets blocks side by side, parted by lines of `---`; widths are twelfths of the page",
    example: ':::columns{widths="8 4"}\n- One\n\n---\n\n- Other\n:::',
  },
  kpi: {
    ...container,
    does: "makes tiles: a figure, its label, details on the line below",
    example: ':::kpi\n- **{{fig "id"}}** label\n  details\n:::',
  },
  timeline: {
    ...container,
    does: "makes a timeline: a date, what happened, details on the line below",
    example: ":::timeline\n{{#events}}\n- **{{date}}** {{what}}\n{{/events}}\n:::",
  },
  flow: {
    ...container,
    does: "makes steps that lead to each other, from left to right",
    example: ":::flow\n- **Buy** beans\n- **Sell** coffee\n:::",
  },
  matrix: {
    ...container,
    does: "makes a table of marks with a word, `● main` `○ also` `–`, its rows grouped by the first column",
    example: ":::matrix\n| Tier | Company | Cloud |\n| --- | --- | --- |\n| First | Acme | ● main |\n:::",
  },
  bridge: {
    ...container,
    does: "makes tiles that are joined by arithmetic, each but the first with its operator",
    example: ":::bridge\n- **revenue**\n- − **cost**\n- = **profit**\n:::",
  },
  map: {
    ...container,
    does: "draws moves between places as arrows over outlines of the land",
    example: ':::map\n- **{{date}}** {{route "china" "singapore"}} {{what}}\n:::',
  },
  smile: {
    ...container,
    does: "sets the steps of a chain on a curve whose ends are high",
    example: ":::smile\n- **Design** high\n- **Assembly** low\n- **Brand** high\n:::",
  },
  layout: {
    ...leaf,
    isOfPage: true,
    attributes: ["name"],
    does: "gives the page a layout by name; without it the layout follows from what is on the page",
    example: '::layout{name="chart-and-points"}',
  },
  notes: {
    ...container,
    isOfPage: true,
    does: "gives the page speaker notes",
    example: ":::notes\nSay: …\n:::",
  },
  source: {
    ...container,
    isOfPage: true,
    does: "adds a remark to the sources at the page's foot",
    example: ":::source\nFigures as of {{date}}.\n:::",
  },
} as const satisfies Readonly<Record<string, Directive>>;

export type DirectiveName = keyof typeof directives;

export function isDirectiveName(name: string): name is DirectiveName {
  return Object.hasOwn(directives, name);
}

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
