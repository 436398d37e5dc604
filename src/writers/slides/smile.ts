/** The smile curve: the steps of a chain under a curve that is high at its ends, where most is earned. */
import type { Smile } from "../../model/document.ts";
import {
  caption,
  captionsHeight,
  captionTypes,
  keepsWords,
  legendHeight,
  legendOf,
  placeLegend,
  readsWell,
} from "./captions.ts";
import { beside } from "./grid.ts";
import type { Measured, Setting } from "./measured.ts";
import { tooManyEntries } from "./messages.ts";
import type { Box, Placed } from "./placed.ts";
import { plainBox } from "./prose.ts";

const most = 6;
/** Inches: a dot, the curve's depth at least and at most, from the curve to the text, and from line to dot or text. */
const dot = 0.22;
const depth = { least: 1.1, most: 2.2 };
const air = { text: 0.3, line: 0.06 };
/** Inches of air above and below it at most, beside other blocks. */
const around = 0.6;

export function measureSmile(smile: Smile, setting: Setting): Measured {
  const count = smile.items.length;
  const gutter = setting.theme.page.gutter;
  const width = (setting.width - gutter * (count - 1)) / Math.max(1, count);
  const tried = captionTypes(setting).map((type) =>
    smile.items.map(({ lead, label, detail, role }) =>
      caption(lead, [label, detail], { type, role, align: "center" }, setting),
    ),
  );
  const captions =
    tried.find((captions) => readsWell(captions, width, setting)) ??
    tried.find((captions) => captions.every((texts) => keepsWords(texts, width, setting))) ??
    tried.at(-1)!;
  const texts = captionsHeight(captions, width, setting);
  const legend = legendOf(smile.legend, setting);
  const below = air.text + texts + legendHeight(legend, setting);
  return {
    type: "smile",
    at: smile.at,
    minimum: dot + depth.least + below,
    preferred: dot + depth.most + below,
    most: dot + depth.most + below + around,
    grow: 2,
    problems: count > most ? [tooManyEntries("smile curve", count, most, smile.at)] : [],
    place: (box) => {
      const deep = Math.min(depth.most, box.h - dot - below);
      const top = box.y + (box.h - dot - deep - below) * 0.4;
      const textTop = top + dot + deep + air.text;
      const columns = beside({ ...box, y: textTop, h: texts }, count, gutter);
      const points = columns.map((column, i) => pointAt(column, i, count, top + dot / 2, deep));
      const [first, last] = [points[0]!, points.at(-1)!];
      return [
        ...(count < 2 ? [] : [curve(first, last, deep)]),
        ...points.flatMap((point, i): Placed[] => [
          {
            kind: "rule",
            name: "Line",
            box: {
              x: point.x,
              y: point.y + dot / 2 + air.line,
              w: 0,
              h: textTop - point.y - dot / 2 - 2 * air.line,
            },
            colour: "hairline",
            width: 1,
          },
          {
            kind: "shape",
            shape: "ellipse",
            name: "Dot",
            box: { x: point.x - dot / 2, y: point.y - dot / 2, w: dot, h: dot },
            fill: smile.items[i]!.role ?? "muted",
          },
          plainBox("Step", columns[i]!, captions[i]!),
        ]),
        ...placeLegend(legend, { ...box, y: textTop + texts }, setting),
      ];
    },
  };
}

/** The middle of a column, on a parabola from `top` down by `deep` and up again. */
function pointAt(column: Box, i: number, count: number, top: number, deep: number): { x: number; y: number } {
  const t = count < 2 ? 0 : (2 * i) / (count - 1) - 1;
  return { x: column.x + column.w / 2, y: top + deep * (1 - t * t) };
}

/** A parabola is one quadratic curve, whose control point lies twice as deep. */
function curve(first: { x: number; y: number }, last: { x: number; y: number }, deep: number): Placed {
  const w = last.x - first.x;
  return {
    kind: "freeform",
    name: "Curve",
    box: { x: first.x, y: first.y, w, h: deep },
    paths: [
      [
        { x: 0, y: 0 },
        { x: w, y: 0, via: { x: w / 2, y: 2 * deep } },
      ],
    ],
    closed: false,
    line: { colour: "series", width: 2.25 },
  };
}
