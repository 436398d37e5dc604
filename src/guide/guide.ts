/**
 * The guide to templates: a page whose prose is written by hand, and whose reference is printed from the tables that the
 * code itself goes by. What is printed stands between `<!-- begin: helpers -->` and `<!-- end: helpers -->`.
 */
import type { Theme } from "../model/theme.ts";
import { calls, directivesInFull, layoutsInFull, rolesOfText, waysOfPrinting } from "./calls.ts";
import { keyTable, limitTable, rowTable, themeTable } from "./keys.ts";

/** What is printed, by the name of its place in the page. */
const chapters: Readonly<Record<string, (shipped: Theme) => string>> = {
  "front matter": () => keyTable("front-matter"),
  "ways of printing": waysOfPrinting,
  helpers: () => calls("value"),
  loops: () => calls("loop"),
  controls: () => calls("control"),
  directives: directivesInFull,
  colours: rolesOfText,
  layouts: layoutsInFull,
  query: () => keyTable("chart-query"),
  rows: rowTable,
  theme: themeTable,
  formats: () => keyTable("formats"),
  derived: () => keyTable("derived"),
  limits: limitTable,
};

export const chapterNames: readonly string[] = Object.keys(chapters);

const place = /(<!-- begin: ([a-z ]+) -->\n)[\s\S]*?(<!-- end: \2 -->)/g;

/** The page with its printed chapters made anew; places of no chapter are left as they are. */
export function printGuide(page: string, shipped: Theme): string {
  return page.replaceAll(place, (whole: string, begin: string, name: string, end: string) => {
    const print = Object.hasOwn(chapters, name) ? chapters[name] : undefined;
    return print ? `${begin}\n${print(shipped)}\n\n${end}` : whole;
  });
}
