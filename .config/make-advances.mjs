/** Writes src/model/advances.ts from the Arimo files of @fontsource/arimo. Run: node .config/make-advances.mjs */
import { readFile, writeFile } from "node:fs/promises";
import wawoff2 from "wawoff2";

const subsets = ["latin", "latin-ext", "greek"];
const weights = { regular: 400, bold: 700 };
const blocks = [
  { name: "Basic Latin", from: 0x20, to: 0x7e },
  { name: "Latin-1", from: 0xa0, to: 0xff },
  { name: "Latin Extended-A", from: 0x100, to: 0x17f },
  { name: "Greek", from: 0x370, to: 0x3ff },
  { name: "General punctuation", from: 0x2000, to: 0x206f },
  { name: "Superscripts", from: 0x2070, to: 0x208e },
  { name: "Currency", from: 0x20a0, to: 0x20c0 },
  { name: "Letter-like", from: 0x2100, to: 0x214f },
  { name: "Arrows", from: 0x2190, to: 0x21ff },
  { name: "Mathematics", from: 0x2200, to: 0x22ff },
];

/** Code point -> advance in units of 1/2048 em, from the font's `cmap` (format 4) and `hmtx` tables. */
function readAdvances(font) {
  const tables = new Map();
  for (let i = 0; i < font.readUInt16BE(4); i++) {
    const entry = 12 + 16 * i;
    tables.set(font.toString("latin1", entry, entry + 4), font.readUInt32BE(entry + 8));
  }
  if (font.readUInt16BE(tables.get("head") + 18) !== 2048) throw new Error("expected 2048 units per em");
  const measured = font.readUInt16BE(tables.get("hhea") + 34);
  const advance = (glyph) => font.readUInt16BE(tables.get("hmtx") + 4 * Math.min(glyph, measured - 1));
  const cmap = tables.get("cmap");
  const advances = new Map();
  for (let i = 0; i < font.readUInt16BE(cmap + 2); i++) {
    const sub = cmap + font.readUInt32BE(cmap + 8 + 8 * i);
    if (font.readUInt16BE(sub) !== 4) throw new Error("expected a cmap of format 4");
    const twice = font.readUInt16BE(sub + 6);
    for (let k = 0; k < twice; k += 2) {
      const end = font.readUInt16BE(sub + 14 + k);
      const start = font.readUInt16BE(sub + 16 + twice + k);
      const delta = font.readUInt16BE(sub + 16 + 2 * twice + k);
      const offsetAt = sub + 16 + 3 * twice + k;
      const offset = font.readUInt16BE(offsetAt);
      for (let code = start; code <= end && code < 0xffff; code++) {
        let glyph = code;
        if (offset !== 0) glyph = font.readUInt16BE(offsetAt + offset + 2 * (code - start));
        if (glyph !== 0 || offset === 0) glyph = (glyph + delta) & 0xffff;
        if (glyph !== 0) advances.set(code, advance(glyph));
      }
    }
  }
  return advances;
}

/** "569 -x3 1139x2": advances in order, `-` where the font has none, `xN` for N in a row. */
function pack(advances, { from, to }) {
  const runs = [];
  for (let code = from; code <= to; code++) {
    const value = String(advances.get(code) ?? "-");
    const last = runs.at(-1);
    if (last?.value === value) last.count++;
    else runs.push({ value, count: 1 });
  }
  return runs.map(({ value, count }) => (count === 1 ? value : `${value}x${count}`)).join(" ");
}

function wrap(text) {
  const lines = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line.length + word.length > 98) {
      lines.push(`${line} `);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  lines.push(line);
  if (lines.length === 1) return ` ${JSON.stringify(lines[0])}`;
  return `\n${lines.map((part) => `      ${JSON.stringify(part)}`).join(" +\n")}`;
}

const fonts = {};
for (const [name, weight] of Object.entries(weights)) {
  fonts[name] = new Map();
  for (const subset of subsets) {
    const file = new URL(
      `../node_modules/@fontsource/arimo/files/arimo-${subset}-${weight}-normal.woff2`,
      import.meta.url,
    );
    const font = Buffer.from(await wawoff2.decompress(await readFile(file)));
    for (const [code, width] of readAdvances(font)) fonts[name].set(code, width);
  }
}

const rows = blocks
  .filter(({ from, to }) => [...fonts.regular.keys()].some((code) => code >= from && code <= to))
  .map((block) => {
    const hex = block.from.toString(16).padStart(4, "0");
    return [
      `  {`,
      `    name: ${JSON.stringify(block.name)},`,
      `    from: 0x${hex},`,
      `    regular:${wrap(pack(fonts.regular, block))},`,
      `    bold:${wrap(pack(fonts.bold, block))},`,
      `  },`,
    ].join("\n");
  });

await writeFile(
  new URL("../src/model/advances.ts", import.meta.url),
  `/** Advances of Arimo, which has the metrics of Arial. Made by \`node .config/make-advances.mjs\`; do not edit. */

/** Units per em of every advance below. */
export const unitsPerEm = 2048;

/**
 * Advances of consecutive code points from \`from\` on: \`-\` where the font has none,
 * \`xN\` for the same advance N times in a row.
 */
export const packedAdvances: readonly {
  readonly name: string;
  readonly from: number;
  readonly regular: string;
  readonly bold: string;
}[] = [
${rows.join("\n")}
];
`,
);
