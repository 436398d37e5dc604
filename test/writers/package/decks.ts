/** Decks to write in tests: one with every kind of box, and small ones around a given text. */

import { readFileSync } from "node:fs";
import { deflateSync } from "node:zlib";
import { parse } from "yaml";
import type { Language } from "../../../src/findings/store.ts";
import { themeSchema } from "../../../src/model/theme.ts";
import type {
  Placed,
  PlacedDeck,
  PlacedParagraph,
  PlacedSlide,
  Run,
  TextBox,
} from "../../../src/writers/slides/placed.ts";

export const theme = themeSchema.parse(
  parse(readFileSync(new URL("../../../templates/themes/default.yaml", import.meta.url), "utf8")),
);

export function run(text: string, more: Partial<Run> = {}): Run {
  return { text, colour: "ink", ...more };
}

export function paragraph(
  runs: readonly (string | Run)[],
  more: Partial<PlacedParagraph> = {},
): PlacedParagraph {
  return {
    runs: runs.map((item) => (typeof item === "string" ? run(item) : item)),
    size: 16,
    align: "left",
    before: 0,
    after: 6,
    spacing: 1,
    ...more,
  };
}

export function text(
  name: string,
  paragraphs: readonly PlacedParagraph[],
  more: Partial<TextBox> = {},
): TextBox {
  return {
    kind: "text",
    name,
    box: { x: 1, y: 2, w: 5, h: 2 },
    paragraphs,
    valign: "top",
    inset: [0.05, 0.1, 0.05, 0.1],
    ...more,
  };
}

export function title(value: string): TextBox {
  return text("Title", [paragraph([run(value, { bold: true })], { size: 28 })], {
    box: { x: 0.6, y: 0.58, w: 12.133, h: 0.84 },
    inset: [0, 0, 0, 0],
    placeholder: "title",
  });
}

export function slide(boxes: readonly Placed[], more: Partial<PlacedSlide> = {}): PlacedSlide {
  return {
    master: "content",
    section: "Money",
    title: "Title",
    boxes,
    notes: [],
    number: 2,
    at: { file: "briefing.en.md.hbs", line: 3 },
    ...more,
  };
}

export function deck(
  slides: readonly PlacedSlide[],
  language: Language = "en",
  more: Partial<PlacedDeck> = {},
): PlacedDeck {
  return { title: "Two markets & one <question>", language, date: "2025-06-13", theme, slides, ...more };
}

const cover = (): PlacedSlide =>
  slide(
    [
      text("Title", [paragraph([run("“Who” earns & what?", { bold: true })], { size: 40 })], {
        box: { x: 0.6, y: 2, w: 10, h: 1.5 },
        placeholder: "title",
        valign: "bottom",
      }),
      text("Subtitle", [paragraph([run("June", { colour: "muted" })])], {
        placeholder: "subtitle",
        box: { x: 0.6, y: 4, w: 9, h: 1 },
      }),
    ],
    { master: "cover", section: "", number: undefined },
  );

const section = (): PlacedSlide =>
  slide([title("一、收入"), text("Body", [paragraph(["正文"])], { placeholder: "body" })], {
    master: "section",
  });

/** Every kind of box, with every option of it, in one slide. */
const content = (number: number): PlacedSlide =>
  slide(
    [
      title("Alibaba earns 30.1bn, *three_times* as much | as 'Baidu'"),
      text(
        "Text",
        [
          paragraph([
            run("red", { colour: "cn", bold: true }),
            run(" and soft", { colour: "cn-soft", italic: true }),
            run(" gone", { strike: true }),
            run(" wide", { tracking: 1.5 }),
          ]),
          paragraph(["above", "\n", "below", "\n", "\n", "far below", "\n"], {
            align: "center",
            spacing: 1.3,
          }),
          paragraph([]),
          paragraph(["\n", "after a break"], { align: "right", size: 12 }),
          paragraph(
            [
              "a point ",
              run("with a link", { link: 'https://example.com/?a=1&b="2"', colour: "us" }),
              run(" and a tail", { size: 10 }),
            ],
            { bullet: "dot" },
          ),
          paragraph(["first"], { bullet: "number", before: 3 }),
          paragraph(["second"], { bullet: "number" }),
        ],
        { fill: "tile", line: { colour: "hairline", width: 0.75 }, valign: "middle", alt: "What & why" },
      ),
      { kind: "shape", name: "Dot", shape: "ellipse", box: { x: 7, y: 2, w: 0.2, h: 0.2 }, fill: "accent" },
      {
        kind: "shape",
        name: "Arrow",
        shape: "chevron",
        box: { x: 8, y: 2, w: 0.4, h: 0.2 },
        fill: "series-soft",
        alt: "leads to",
        line: { colour: "ink", width: 1, dash: true },
      },
      { kind: "shape", name: "Frame", shape: "rect", box: { x: 9, y: 2, w: 0.4, h: 0.2 } },
      {
        kind: "shape",
        name: "Peak",
        shape: "triangle",
        box: { x: 10, y: 2, w: 0.4, h: 0.2 },
        line: { colour: "us-soft", width: 2 },
      },
      { kind: "rule", name: "Rule", box: { x: 0, y: 1.5, w: 13.333, h: 0 }, colour: "hairline", width: 0.5 },
      {
        kind: "rule",
        name: "Step",
        box: { x: 7, y: 3, w: 0, h: 0.5 },
        colour: "muted",
        width: 1,
        dash: true,
        arrow: "end",
      },
      {
        kind: "freeform",
        name: "Land",
        alt: "Two islands & a bay",
        box: { x: 10, y: 4, w: 2, h: 1 },
        paths: [
          [
            { x: 0, y: 0 },
            { x: 1, y: 0.5 },
            { x: 0, y: 1 },
          ],
          [
            { x: 1.5, y: 0 },
            { x: 2, y: 0.5 },
            { x: 1.5, y: 1 },
          ],
        ],
        closed: true,
        fill: "tile",
        line: { colour: "hairline", width: 0.75 },
      },
      {
        kind: "freeform",
        name: "Curve",
        box: { x: 10, y: 4, w: 2, h: 1 },
        paths: [
          [
            { x: 0, y: 0 },
            { x: 2, y: 0, via: { x: 1, y: 2 } },
          ],
        ],
        closed: false,
        line: { colour: "us", width: 2 },
        arrow: "end",
      },
      {
        kind: "picture",
        name: "Chart capex",
        box: { x: 7, y: 4, w: 3, h: 1 },
        chart: "capex 3×1",
        alt: 'Bars: "capex" <2025> & more',
        figures: [],
      },
      {
        kind: "table",
        name: "Table 1",
        alt: "Revenue & growth",
        box: { x: 1, y: 4.5, w: 5, h: 1 },
        columns: [3, 2],
        inset: [0.04, 0.08, 0.04, 0],
        header: true,
        rows: ["Head", "Row"].map((name, index) => ({
          height: 0.5,
          cells: [
            {
              paragraphs: [paragraph([run(`${name} `, { bold: true }), "left"], { size: 14 })],
              align: "left" as const,
              ...(index === 0 && { under: { colour: "ink" as const, width: 0.75 } }),
            },
            {
              paragraphs: [
                paragraph([run("3", { link: "mailto:a@example.com" }), "亿"], { size: 14, align: "right" }),
                paragraph(["again"], { size: 11, align: "right" }),
              ],
              align: "right" as const,
              fill: "tile" as const,
            },
          ],
        })),
      },
      text("Sources", [paragraph([run("A Magazine; 某周刊", { colour: "muted" })], { size: 10 })], {
        box: { x: 0.6, y: 6.98, w: 11, h: 0.27 },
        placeholder: "footer",
      }),
      text(
        "Page number",
        [paragraph([run(String(number), { colour: "muted" })], { size: 10, align: "right" })],
        { box: { x: 12.1, y: 6.98, w: 0.633, h: 0.27 }, placeholder: "number" },
      ),
    ],
    {
      number,
      notes: [[run("First, "), run("look", { bold: true }), run("!")], [], [run('Then <speak> & "listen"')]],
    },
  );

/** A deck of so many slides: a content slide alone, or a cover, a section and content slides. */
export function sample(count: number, language: Language = "en"): PlacedDeck {
  const slides = Array.from({ length: count }, (_, index) => {
    if (count > 1 && index === 0) return cover();
    return count > 2 && index === 1 ? section() : content(index + 1);
  });
  return deck(slides, language);
}

/** A grey PNG of one pixel. */
export function png(shade = 128): Uint8Array {
  const chunk = (type: string, data: Uint8Array): Buffer => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const head = Buffer.alloc(4);
    head.writeUInt32BE(data.length);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc(body));
    return Buffer.concat([head, body, sum]);
  };
  const header = Uint8Array.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
  return new Uint8Array(
    Buffer.concat([
      Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      chunk("IHDR", header),
      chunk("IDAT", deflateSync(Uint8Array.from([0, shade]))),
      chunk("IEND", new Uint8Array()),
    ]),
  );
}

function crc(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return (value ^ 0xffffffff) >>> 0;
}

export const pictures = new Map([["capex 3×1", png()]]);
