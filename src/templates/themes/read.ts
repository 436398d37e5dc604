/**
 * Reading a theme by its name:
 *
 *   file --extends--> file --extends--> … --merge--> one theme --check--> colours, fonts, lines
 *
 * What a file says stands before what the one says that it extends; problems stand where the value does.
 */
import { languages } from "../../findings/store.ts";
import { checkShape, type Located, type Path, parseFile } from "../../findings/yaml.ts";
import { fonts } from "../../model/fonts.ts";
import { textWidth } from "../../model/measure.ts";
import { typedNumbers } from "../../model/numbers.ts";
import {
  footerShare,
  pageWidth,
  paleRoles,
  type Theme,
  type ThemeFile,
  themeBaseSchema,
  themeFileSchema,
  themeSchema,
} from "../../model/theme.ts";
import { type Outcome, order, type Place, type Problem } from "../../problem.ts";
import type { Library, LibraryFile } from "../library.ts";
import { typedNumberInWords } from "../messages.ts";
import * as messages from "./messages.ts";

const pointsPerInch = 72;

const themePath = (name: string): string => `themes/${name}.yaml`;
const themeForm = /^themes\/(.+)\.yaml$/;

/** The name of a theme by the path of its file; nothing for other files. */
export function themeNamed(path: string): string | undefined {
  return themeForm.exec(path)?.[1];
}

/** A theme, where each part of it stands, and its logo's file by the path within the library. */
export interface ReadTheme extends Located<Theme> {
  /** Nothing without a logo; `undefined` as the path is one that leads out of the library. */
  readonly logo?: { readonly path: string | undefined };
}

/** @param at where the theme is named; nowhere when that is the command line */
export function readTheme(library: Library, name: string, at?: Place): Outcome<ReadTheme> {
  const { value: files, problems } = openFiles(library, name, at);
  if (!files) return { value: undefined, problems };
  const holder = (path: Path): ThemeLayer | undefined =>
    files.find(({ value }) => valueAt(value, path) !== undefined) ?? files[0];
  // Colours are judged by pairs: what is wrong with one may come from a nearer file that changes the other.
  const placeOf = (path: Path): Place =>
    (path[0] === "colours" ? holder(["colours"]) : holder(path))?.at(path) ?? { file: themePath(name) };
  const { extends: _, ...merged } = files.map(({ value }) => value).reduceRight(over, {});
  const { value, problems: faults } = checkShape(merged, themeSchema, placeOf);
  if (!value) return { value: undefined, problems: faults };
  return {
    value: {
      value,
      at: placeOf,
      ...(value.logo && {
        logo: { path: pathFrom(holder(["logo", "file"])?.path ?? "", value.logo.file) },
      }),
    },
    problems: [
      ...paleProblems(value, placeOf),
      ...fontProblems(value, placeOf),
      ...typed(value, placeOf),
      ...wideFooters(value, placeOf),
    ],
  };
}

/**
 * A theme that stands in place of another one for once: it has the other's logo, line at the foot and confidentiality
 * where it has none itself, for they belong to the document rather than to its looks.
 */
export function inPlaceOf(own: ReadTheme, theme: ReadTheme): ReadTheme {
  const { footer, confidentiality, logo } = own.value;
  const isEmpty = Object.values(theme.value.footer).every((line) => line === "");
  const kept = {
    ...(isEmpty && { footer }),
    ...(confidentiality && !theme.value.confidentiality && { confidentiality }),
    ...(logo && !theme.value.logo && { logo }),
  };
  const ofLogo = "logo" in kept ? own.logo : theme.logo;
  return {
    value: { ...theme.value, ...kept },
    at: (path) => (Object.hasOwn(kept, String(path[0])) ? own : theme).at(path),
    ...(ofLogo && { logo: ofLogo }),
  };
}

interface ThemeLayer extends Located<ThemeFile> {
  /** Within the library. */
  readonly path: string;
}

/** The theme's file and those that it extends, each before the one it extends. */
function openFiles(library: Library, name: string, at: Place | undefined): Outcome<readonly ThemeLayer[]> {
  const files: ThemeLayer[] = [];
  const names: string[] = [];
  const problems: Problem[] = [];
  for (let next: string | undefined = name, where = at; next !== undefined; ) {
    const path = themePath(next);
    const file = library.files.get(path);
    if (!file) {
      const known = [...library.files.keys()].flatMap((one) => themeNamed(one) ?? []).sort(order);
      problems.push(messages.unknownTheme(next, known, where));
      break;
    }
    if (names.includes(next)) {
      const circle = [...names.slice(names.indexOf(next)), next];
      problems.push(messages.themeCircle(circle, where ?? { file: file.file }));
      break;
    }
    const read = readLayer(file);
    const extended = read.extends;
    problems.push(...read.problems);
    if (read.value) files.push({ ...read.value, path });
    names.push(next);
    where = read.at?.(["extends"]);
    next = extended;
  }
  return { value: problems.length > 0 ? undefined : files, problems };
}

interface ReadLayer extends Outcome<Located<ThemeFile>> {
  /** Known of a file that is out of form elsewhere, too. */
  readonly extends: string | undefined;
  readonly at: Located<unknown>["at"] | undefined;
}

function readLayer({ file, text }: LibraryFile): ReadLayer {
  const read = parseFile(file, text, themeFileSchema);
  if (read.value) return { ...read, extends: read.value.value.extends, at: read.value.at };
  const base = parseFile(file, text, themeBaseSchema);
  const extended = base.value?.value.extends;
  // A theme that stands alone is checked as a whole at once, so that all that is missing is told.
  const all = base.value && extended === undefined ? parseFile(file, text, themeSchema) : read;
  return { ...all, extends: extended, at: base.value?.at };
}

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What the first says, and of the second what the first is silent about. */
function over(base: Fields, own: Fields): Fields {
  const fields = Object.entries(own).map(([key, value]) => {
    const under = base[key];
    return [key, isFields(value) && isFields(under) ? over(under, value) : value] as const;
  });
  return { ...base, ...Object.fromEntries(fields) };
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((part, step) => (isFields(part) ? part[String(step)] : undefined), value);
}

function paleProblems(theme: Theme, placeOf: Located<Theme>["at"]): Problem[] {
  return paleRoles(theme).map((one) => messages.paleRole(one, placeOf(["colours", one.role])));
}

function fontProblems({ fonts: asked }: Theme, placeOf: Located<Theme>["at"]): Problem[] {
  return (["latin", "eastAsian"] as const).flatMap((script) => {
    const name = asked[script];
    const where = placeOf(["fonts", script]);
    const font = fonts.find((one) => one.name.toLowerCase() === name.toLowerCase());
    if (!font || (script === "eastAsian" && font.script === "latin"))
      return [messages.unknownFont(name, script, where)];
    return font.isWide ? [messages.wideFont(name, where)] : [];
  });
}

/** The theme's own lines are on every slide, where no number stands without its source. */
function typed({ footer, confidentiality }: Theme, placeOf: Located<Theme>["at"]): Problem[] {
  return languages.flatMap((language) =>
    Object.entries({ footer, confidentiality }).flatMap(([field, lines]) =>
      typedNumbers(lines?.[language] ?? "").map((number) =>
        typedNumberInWords(number, placeOf([field, language])),
      ),
    ),
  );
}

/** Sources have the foot to themselves but for the slide's number and this line. */
function wideFooters({ footer, sizes, page }: Theme, placeOf: Located<Theme>["at"]): Problem[] {
  const most = (pageWidth - page.left - page.right) * footerShare;
  return languages.flatMap((language) => {
    const style = { size: sizes.footer, bold: false, eastAsian: language === "zh" };
    const width = textWidth(footer[language], style) / pointsPerInch;
    return width > most ? [messages.footerTooWide(width, most, placeOf(["footer", language]))] : [];
  });
}

/** A path as it leads from a file of the library; nothing for one that leads out of it. */
function pathFrom(file: string, path: string): string | undefined {
  if (path.startsWith("/")) return undefined;
  const steps = file.split("/").slice(0, -1);
  for (const step of path.split("/")) {
    if (step === ".." && steps.pop() === undefined) return undefined;
    if (step !== ".." && step !== "." && step !== "") steps.push(step);
  }
  return steps.join("/");
}
