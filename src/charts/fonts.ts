/**
 * The shipped fonts, made ready for sharp, which reads neither woff2 nor a font in memory. By need of its text
 * engine this touches the disk and the environment, but only below the cache folder that the caller names.
 */
import { randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { order, type Problem } from "../problem.ts";
import { codePoints } from "./glyphs.ts";
import * as messages from "./messages.ts";

const latin = { package: "@fontsource/arimo", family: "Arimo", weights: [400, 700] };
const han = { package: "@fontsource-variable/noto-sans-sc", family: "Noto Sans SC Thin" };

/** Subsets of the Latin font that are always there; a chart without Han needs no others. */
const latinSubsets = ["latin", "latin-ext", "greek", "cyrillic"];

/** Changes with the files or the configuration; an older folder is left alone. */
const layout = "2";

const require = createRequire(import.meta.url);

/** Written last: says of every font how long its file is, and when it was written. What differs is unpacked again. */
const complete = "complete.json";
type Stamps = Readonly<Record<string, readonly [bytes: number, modified: number]>>;

/** The folders made ready by this process, each once. Sharp keeps to the first. */
const ready = new Map<string, Promise<readonly Problem[]>>();

/**
 * Unpacks the shipped fonts below `cache`, once for all time, and makes sharp use them and no others. To be called
 * before the first text of the process is drawn. Safe with several processes at a time. Problems are characters of
 * `texts` that no shipped font has, and fonts not usable.
 */
export async function prepareFonts(texts: readonly string[], cache: string): Promise<readonly Problem[]> {
  const folder = resolve(cache, `fonts-${layout}-${versionOf(latin.package)}-${versionOf(han.package)}`);
  const made = ready.get(folder) ?? makeReady(folder);
  ready.set(folder, made);
  const problems = await made;
  if (problems.length > 0) return problems;
  const missing = undrawable(new Set([...texts.join("")].map((one) => one.codePointAt(0)!)), folder);
  return missing.length === 0
    ? []
    : [messages.missingGlyphs(missing.map((code) => String.fromCodePoint(code)))];
}

async function makeReady(folder: string): Promise<readonly Problem[]> {
  try {
    const stamps = stampsIn(folder);
    const missing = fontFiles().filter((file) => !isWhole(file, folder, stamps));
    if (missing.length > 0) {
      mkdirSync(join(folder, "ttf"), { recursive: true });
      // What is known of fonts that were damaged is of no use.
      if (stamps) rmSync(join(folder, fontconfigCache), { recursive: true, force: true });
      // One after the other: what the decompressor gives back lies in memory that its next call overwrites.
      for (const file of missing) await unpack(file, pathOf(file, folder));
      const made = fontFiles().map((file) => [file.name, stampOf(pathOf(file, folder))] as const);
      writeWhole(join(folder, complete), JSON.stringify(Object.fromEntries(made)));
    }
    configure(folder);
  } catch (thrown) {
    return [messages.fontsNotUnpacked(folder, thrown instanceof Error ? thrown.message : String(thrown))];
  }
  return (await drawsHan()) ? [] : [messages.fontsNotUsed(folder, join(folder, configuration))];
}

/** Nothing before all fonts were unpacked for the first time. */
function stampsIn(folder: string): Stamps | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, complete), "utf8")) as Stamps;
  } catch {
    return undefined;
  }
}

/** Until all are unpacked, another process may be at it as well: whatever is there was renamed into its place. */
function isWhole(file: FontFile, folder: string, stamps: Stamps | undefined): boolean {
  const stamp = stampOf(pathOf(file, folder));
  if (!stamps) return stamp !== undefined;
  const [bytes, modified] = stamps[file.name] ?? [];
  return stamp !== undefined && stamp[0] === bytes && stamp[1] === modified;
}

function stampOf(path: string): Stamps[string] | undefined {
  const status = statSync(path, { throwIfNoEntry: false });
  return status?.isFile() ? [status.size, status.mtimeMs] : undefined;
}

interface FontFile {
  readonly name: string;
  readonly source: string;
  /** The characters that it was made for, in the package's own notation; for all when there is none. */
  readonly ranges?: string;
}

let listed: readonly FontFile[] | undefined;

function fontFiles(): readonly FontFile[] {
  if (listed) return listed;
  const latinFolder = folderOf(latin.package);
  const hanFolder = folderOf(han.package);
  const ofLatin = latinSubsets.flatMap((subset) =>
    latin.weights.map((weight) => fontFile(latinFolder, `arimo-${subset}-${weight}-normal`)),
  );
  // The package's own table of which slice holds which characters.
  const slices = require(`${han.package}/unicode.json`) as Readonly<Record<string, string>>;
  const ofHan = Object.entries(slices).map(([slice, ranges]) => {
    const name = `noto-sans-sc-${slice.replace(/[[\]]/g, "")}-wght-normal`;
    return { ...fontFile(hanFolder, name), ranges };
  });
  listed = [...ofLatin, ...ofHan].sort((a, b) => order(a.name, b.name));
  return listed;
}

function fontFile(folder: string, name: string): FontFile {
  return { name, source: join(folder, "files", `${name}.woff2`) };
}

function folderOf(name: string): string {
  return dirname(require.resolve(`${name}/package.json`));
}

function pathOf({ name }: FontFile, folder: string): string {
  return join(folder, "ttf", `${name}.ttf`);
}

/** Code points known to be drawable, and the fonts already asked for theirs. */
const drawable = new Set<number>();
const asked = new Set<string>();

/** Those of the code points that no font has, sorted. Only fonts that may have one are read, each once. */
function undrawable(codes: ReadonlySet<number>, folder: string): number[] {
  const open = (): Set<number> =>
    new Set([...codes].filter((code) => !drawable.has(code) && !isInvisible(code)));
  for (const file of fontFiles()) {
    if (open().size === 0) break;
    if (asked.has(file.name) || (file.ranges !== undefined && !holdsAny(file.ranges, open()))) continue;
    asked.add(file.name);
    for (const code of codePoints(readFileSync(pathOf(file, folder)))) drawable.add(code);
  }
  return [...open()].sort((a, b) => a - b);
}

/** Whether ranges such as `U+4e00-4e03,U+4e07` hold any of the code points. */
function holdsAny(ranges: string, wanted: ReadonlySet<number>): boolean {
  const parsed = ranges.split(",").map((range) => {
    const [from = "", to = from] = range.trim().replace("U+", "").split("-");
    return [Number.parseInt(from, 16), Number.parseInt(to, 16)] as const;
  });
  for (const code of wanted) if (parsed.some(([from, to]) => code >= from && code <= to)) return true;
  return false;
}

async function unpack(file: FontFile, target: string): Promise<void> {
  const { default: wawoff2 } = await import("wawoff2");
  writeWhole(target, Uint8Array.from(await wawoff2.decompress(readFileSync(file.source))));
}

const configuration = "fonts.conf";
const fontconfigCache = "cache";

/** A fontconfig file that knows our folder only, and which of our fonts stands for which name. */
function configure(folder: string): void {
  const target = join(folder, configuration);
  const family = (name: string, instead: string): string =>
    `  <match target="pattern"><test name="family"><string>${name}</string></test>` +
    `<edit name="family" mode="assign" binding="same"><string>${instead}</string></edit></match>`;
  const text = [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">',
    "<fontconfig>",
    `  <dir>${escapeXml(join(folder, "ttf"))}</dir>`,
    `  <cachedir>${escapeXml(join(folder, fontconfigCache))}</cachedir>`,
    family("Arial", latin.family),
    family("Microsoft YaHei", han.family),
    `  <match target="pattern"><edit name="family" mode="append_last"><string>${latin.family}</string>` +
      `<string>${han.family}</string></edit></match>`,
    "</fontconfig>",
    "",
  ].join("\n");
  // The folder may have been moved since.
  if (!isText(target, text)) writeWhole(target, text);
  process.env.FONTCONFIG_FILE = target;
  // On macOS the text engine would ask the system for fonts.
  process.env.PANGOCAIRO_BACKEND = "fontconfig";
}

/** Written beside and renamed, so that no other process reads half a file. */
function writeWhole(target: string, content: string | Uint8Array): void {
  const beside = `${target}.${process.pid}.${randomUUID()}`;
  writeFileSync(beside, content);
  renameSync(beside, target);
}

function isText(file: string, text: string): boolean {
  try {
    return readFileSync(file, "utf8") === text;
  } catch {
    return false;
  }
}

/** A flat stroke in every font that has it, and a tall box where there is none. */
const probe = "\u4e00";

async function drawsHan(): Promise<boolean> {
  const { default: sharp } = await import("sharp");
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="60"><rect width="60" height="60" fill="#fff"/><text x="8" y="45" font-size="40" font-family="sans-serif">${probe}</text></svg>`;
  const { info } = await sharp(Buffer.from(svg)).trim().toBuffer({ resolveWithObject: true });
  return info.height < 12 && info.width > 24;
}

/** Spaces, controls, joiners and variation selectors need no glyph. */
function isInvisible(code: number): boolean {
  return /[\p{Z}\p{C}]|\p{Variation_Selector}/u.test(String.fromCodePoint(code));
}

function versionOf(name: string): string {
  return (require(`${name}/package.json`) as { version: string }).version;
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
