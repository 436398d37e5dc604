/** The page's grid: its zones and twelve columns, in inches. */
import { pageWidth, type Theme } from "../../model/theme.ts";
import type { Box } from "./placed.ts";

export { pageWidth };
export const pageHeight = 7.5;

/** Where things stand on every slide; the same on each, so that nothing jumps when one turns the page. */
export const zones = {
  kicker: { y: 0.34, h: 0.24 },
  title: { y: 0.58, h: 0.92 },
  body: { y: 1.65, h: 5.05 },
  rule: { y: 6.92 },
  footer: { y: 7.0, h: 0.25 },
  confidentiality: { y: 7.23, h: 0.2 },
} as const;

/** A short bar above the cover's title. */
export const coverBar = { y: 2.2, w: 1.2, h: 0.06 } as const;

/** The slide's number, the date of slides that show one, and what is between neighbours in one zone. */
export const numberWidth = 0.6;
export const dateWidth = 1.1;
export const apart = 0.2;

/** Rounded to a thousandth of an inch, below what anyone sees, so that equal places are equal numbers. */
export const round = (value: number): number => Math.round(value * 1000) / 1000;

export function contentWidth(theme: Theme): number {
  return round(pageWidth - theme.page.left - theme.page.right);
}

/** A zone of the page between its margins. */
export function zone(name: Exclude<keyof typeof zones, "rule">, theme: Theme): Box {
  return { x: theme.page.left, y: zones[name].y, w: contentWidth(theme), h: zones[name].h };
}

/** The widest and highest that the theme's logo may stand on the cover, from its top left corner. */
export function logoRoom({ page, logo }: Theme): Box {
  return { x: page.left, y: 0.6, w: logo?.width ?? 0, h: 1.2 };
}

/**
 * The same for other slides, from the top right corner: beside the kicker, and well above the title, whose letters may
 * reach below it; without width for no logo.
 */
export function smallLogoRoom({ page, logo }: Theme): Box {
  const w = Math.min(1.6, logo?.width ?? 0);
  return { x: round(pageWidth - page.right - w), y: 0.18, w, h: 0.28 };
}

/** `n` equal boxes side by side. */
export function beside(box: Box, n: number, gutter: number): Box[] {
  return spans(box, new Array<number>(n).fill(1), gutter);
}

/**
 * Boxes side by side with widths in parts of the grid, as if the box had as many columns as the parts add up to:
 * 8 and 4 end where columns of a twelve-column grid end.
 */
export function spans(box: Box, parts: readonly number[], gutter: number): Box[] {
  const total = parts.reduce((sum, part) => sum + part, 0);
  const column = (box.w - gutter * (total - 1)) / total;
  let before = 0;
  return parts.map((part) => {
    const x = round(box.x + before * (column + gutter));
    before += part;
    return { x, y: box.y, w: round(part * column + (part - 1) * gutter), h: box.h };
  });
}
