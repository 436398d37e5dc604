/** From the document's inlines to runs of text, each number with its origin. */
import type { Figure } from "../../evidence/figure.ts";
import type { Language } from "../../findings/store.ts";
import type { Inline } from "../../model/document.ts";
import type { Role, Theme } from "../../model/theme.ts";
import { readable } from "./contrast.ts";
import type { Origin, Run } from "./placed.ts";

/** How text is set where nothing else is said. */
export interface Tone {
  readonly theme: Theme;
  readonly language: Language;
  /** What the text stands on. */
  readonly ground: Role;
  readonly colour: Role;
  readonly bold?: boolean;
}

interface Style {
  readonly colour: Role;
  readonly bold: boolean;
  readonly italic: boolean;
  readonly strike: boolean;
  readonly link: string | undefined;
}

/** The runs of a text. Chinese has no italics: what is emphasised there is bold. */
export function runsOf(inlines: readonly Inline[], tone: Tone): Run[] {
  const style = {
    colour: tone.colour,
    bold: tone.bold ?? false,
    italic: false,
    strike: false,
    link: undefined,
  };
  return merged(inlines.flatMap((inline) => runsOfOne(inline, style, tone)));
}

function runsOfOne(inline: Inline, style: Style, tone: Tone): Run[] {
  const within = (children: readonly Inline[], change: Partial<Style>): Run[] =>
    children.flatMap((child) => runsOfOne(child, { ...style, ...change }, tone));
  switch (inline.type) {
    case "text":
      return [run(unfolded(inline.value), style, tone)];
    case "code":
      return [run(inline.value, style, tone)];
    case "break":
      return [run("\n", style, tone)];
    case "strong":
      return within(inline.children, { bold: true });
    case "emphasis":
      return within(inline.children, tone.language === "zh" ? { bold: true } : { italic: true });
    case "delete":
      return within(inline.children, { strike: true });
    case "span":
      return within(inline.children, { colour: inline.role });
    case "link":
      return within(inline.children, /^(https|mailto):/i.test(inline.url) ? { link: inline.url } : {});
    case "figure":
      return [run(unbroken(inline.text), style, tone, { kind: "figure", figure: inline.figure })];
    case "name": {
      const { lineage } = inline;
      return [run(inline.text, style, tone, { kind: "name", ...(lineage === undefined ? {} : { lineage }) })];
    }
    case "period":
    case "literal":
      return [run(inline.text, style, tone, { kind: inline.type })];
    case "route":
      return [run(inline.text, style, tone, { kind: "name" })];
  }
}

function run(text: string, style: Style, tone: Tone, origin?: Origin): Run {
  return {
    text,
    colour: readable(style.colour, tone.ground, tone.theme),
    ...(style.bold ? { bold: true } : {}),
    ...(style.italic ? { italic: true } : {}),
    ...(style.strike ? { strike: true } : {}),
    ...(style.link === undefined ? {} : { link: style.link }),
    ...(origin === undefined ? {} : { origin }),
  };
}

/** An amount never stands on another line than its currency. */
function unbroken(text: string): string {
  return text.replace(/([A-Z]{3}) (?=\d)/g, "$1\u00A0");
}

/** A line end in a template is a space, but nothing between two Han characters. */
function unfolded(text: string): string {
  return text.replace(/([^\n]?)\n(?=([^\n]?))/gu, (_, before: string, after: string) =>
    /[\p{Script=Han}，。；：、！？）》”]/u.test(before) && /[\p{Script=Han}（《“]/u.test(after)
      ? before
      : `${before} `,
  );
}

/** Neighbours of one style and without an origin become one run; empty ones go. */
function merged(runs: readonly Run[]): Run[] {
  const result: Run[] = [];
  for (const next of runs) {
    if (next.text === "") continue;
    const last = result.at(-1);
    if (last && sameStyle(last, next)) result[result.length - 1] = { ...last, text: last.text + next.text };
    else result.push(next);
  }
  return result;
}

function sameStyle(a: Run, b: Run): boolean {
  return (
    a.origin === undefined &&
    b.origin === undefined &&
    a.text !== "\n" &&
    b.text !== "\n" &&
    a.colour === b.colour &&
    a.bold === b.bold &&
    a.italic === b.italic &&
    a.strike === b.strike &&
    a.link === b.link
  );
}

/** China and the United States have a colour each, the same everywhere. */
export function roleOfRegion(figure: Figure | undefined): Role | undefined {
  return figure?.region === "cn" || figure?.region === "us" ? figure.region : undefined;
}
