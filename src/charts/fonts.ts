/**
 * The shipped fonts, made ready for sharp, which reads neither woff2 nor a font in memory. By need of its text
 * engine this touches the disk and the environment, but only below the cache folder that the caller names.
 */
import { randomUUID } from "node:crypto";
import { access, mkdir, readFile, rename, writeFile } from "node:fs/promises";
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
const layout = "1";

const require = createRequire(import.meta.url);

/** Files that were there when the first text of the process was drawn: sharp sees no others. */
let loaded: ReadonlySet<string> | undefined;

/**
 * Unpacks the shipped fonts that `texts` need below `cache` and makes sharp use them and no others. To be called
 * before the first text of the process is drawn; `everything` also unpacks what later charts may need (for watching).
 * Safe with several processes at a time. Problems are characters that no shipped font has, and fonts not usable.
 */
export async function prepareFonts(
  texts: readonly string[],
  cache: string,
  everything = false,
): Promise<readonly Problem[]> {
  const folder = resolve(cache, `fonts-${layout}-${versionOf(latin.package)}-${versionOf(han.package)}`);
  const needed = new Set([...texts.join("")].map((character) => character.codePointAt(0)!));
  const files = fontFiles(needed, everything);
  if (loaded && files.some(({ name }) => !loaded?.has(name))) return [messages.fontsTooLate()];

  const drawable = new Set<number>();
  try {
    await mkdir(join(folder, "ttf"), { recursive: true });
    // One after the other: what the decompressor gives back lies in memory that its next call overwrites.
    for (const file of files) {
      const path = join(folder, "ttf", `${file.name}.ttf`);
      if (!(await exists(path))) await unpack(file, path);
      if (file.needed) for (const code of codePoints(await readFile(path))) drawable.add(code);
    }
    if (!loaded) await configure(folder);
  } catch (thrown) {
    return [messages.fontsNotUnpacked(folder, thrown instanceof Error ? thrown.message : String(thrown))];
  }
  if (!loaded && !(await drawsHan())) return [messages.fontsNotUsed(join(folder, configuration))];
  loaded ??= new Set(files.map(({ name }) => name));
  const missing = [...needed]
    .filter((code) => !drawable.has(code) && !isInvisible(code))
    .sort((a, b) => a - b);
  return missing.length === 0
    ? []
    : [messages.missingGlyphs(missing.map((code) => String.fromCodePoint(code)))];
}

interface FontFile {
  readonly name: string;
  readonly source: string;
  /** Some text of now needs it. */
  readonly needed: boolean;
}

function fontFiles(needed: ReadonlySet<number>, everything: boolean): FontFile[] {
  const ofLatin = latinSubsets.flatMap((subset) =>
    latin.weights.map((weight) => fontFile(latin.package, `arimo-${subset}-${weight}-normal`, true)),
  );
  // The package's own table of which slice holds which characters.
  const slices = require(`${han.package}/unicode.json`) as Readonly<Record<string, string>>;
  const wanted = new Set([...needed, ...probe].filter((code) => code > 0x7f));
  const ofHan = Object.entries(slices)
    .map(([slice, ranges]) => {
      const name = `noto-sans-sc-${slice.replace(/[[\]]/g, "")}-wght-normal`;
      return fontFile(han.package, name, holdsAny(ranges, wanted));
    })
    .filter((file) => everything || file.needed);
  return [...ofLatin, ...ofHan].sort((a, b) => order(a.name, b.name));
}

function fontFile(from: string, name: string, needed: boolean): FontFile {
  return {
    name,
    source: join(dirname(require.resolve(`${from}/package.json`)), "files", `${name}.woff2`),
    needed,
  };
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
  await writeWhole(target, Uint8Array.from(await wawoff2.decompress(await readFile(file.source))));
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}

const configuration = "fonts.conf";

/** A fontconfig file that knows our folder only, and which of our fonts stands for which name. */
async function configure(folder: string): Promise<void> {
  const target = join(folder, configuration);
  const family = (name: string, instead: string): string =>
    `  <match target="pattern"><test name="family"><string>${name}</string></test>` +
    `<edit name="family" mode="assign" binding="same"><string>${instead}</string></edit></match>`;
  const text = [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">',
    "<fontconfig>",
    `  <dir>${escapeXml(join(folder, "ttf"))}</dir>`,
    `  <cachedir>${escapeXml(join(folder, "cache"))}</cachedir>`,
    family("Arial", latin.family),
    family("Microsoft YaHei", han.family),
    `  <match target="pattern"><edit name="family" mode="append_last"><string>${latin.family}</string>` +
      `<string>${han.family}</string></edit></match>`,
    "</fontconfig>",
    "",
  ].join("\n");
  // The folder may have been moved since.
  const written = await readFile(target, "utf8").catch(() => "");
  if (written !== text) await writeWhole(target, text);
  process.env.FONTCONFIG_FILE = target;
  // On macOS the text engine would ask the system for fonts.
  process.env.PANGOCAIRO_BACKEND = "fontconfig";
}

/** Written beside and renamed, so that no other process reads half a file. */
async function writeWhole(target: string, content: string | Uint8Array): Promise<void> {
  const beside = `${target}.${process.pid}.${randomUUID()}`;
  await writeFile(beside, content);
  await rename(beside, target);
}

/** 一 is a flat stroke in every font that has it, and a tall box where there is none. */
const probe = [0x4e00];

async function drawsHan(): Promise<boolean> {
  const { default: sharp } = await import("sharp");
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="60"><rect width="60" height="60" fill="#fff"/><text x="8" y="45" font-size="40" font-family="sans-serif">${String.fromCodePoint(...probe)}</text></svg>`;
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
