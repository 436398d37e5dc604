/** Maps of moves: places as named points on the outlines of the land, arrows between them, and captions below. */
import type { MoveMap, Stop } from "../../model/document.ts";
import type { Role } from "../../model/theme.ts";
import { plainText } from "../../model/walk.ts";
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
import { land } from "./land.ts";
import { type Measured, type Setting, tone } from "./measured.ts";
import { labelsDoNotFit, tooManyEntries } from "./messages.ts";
import type { Box, Freeform, Placed, PlacedParagraph, Run } from "./placed.ts";
import { type Projection, project, type Spot } from "./projection.ts";
import { plainBox } from "./prose.ts";
import { runsOf } from "./runs.ts";
import { heightOf, paragraph, widthsOf } from "./text.ts";

const perRow = 5;
const most = 8;
/** Inches: heights of the map that are tried, the air under it, a point, and a label's width at most. */
const heights = [3.6, 3.3, 3, 2.7, 2.4, 2.1] as const;
const air = { captions: 0.22, rows: 0.2 };
const dot = 0.14;
const labelWidth = 2.4;

/** A place on the map with those who go there. */
interface Point {
  readonly stop: Stop;
  readonly label: readonly PlacedParagraph[];
  readonly role: Role;
}

export function measureMap(map: MoveMap, setting: Setting): Measured {
  const count = map.items.length;
  const rows = Math.max(1, Math.ceil(count / perRow));
  const across = Math.max(1, Math.ceil(count / rows));
  const gutter = setting.theme.page.gutter * 2;
  const width = (setting.width - gutter * (across - 1)) / across;
  const tried = captionTypes(setting)
    .slice(1)
    .map((type) =>
      map.items.map(({ lead, label, detail, role }) =>
        caption(lead, [label, detail], { type, role }, setting),
      ),
    );
  const captions =
    tried.find((some) => readsWell(some, width, setting)) ??
    tried.find((some) => some.every((texts) => keepsWords(texts, width, setting))) ??
    tried.at(-1)!;
  const texts = captionsHeight(captions, width, setting);
  const legend = legendOf(map.legend, setting);
  const below = air.captions + rows * texts + (rows - 1) * air.rows + legendHeight(legend, setting);
  const points = pointsOf(map, setting);
  const drawn = heights.flatMap((height) => drawMap(map, points, height, setting) ?? []);
  const lowest = drawn.at(-1)?.height ?? heights[0];
  const problems = [
    ...(count > most ? [tooManyEntries("map", count, most, map.at)] : []),
    ...(drawn.length === 0 && points.length > 0 ? [labelsDoNotFit(points.length, map.at)] : []),
  ];
  return {
    type: "map",
    at: map.at,
    minimum: lowest + below,
    preferred: (drawn[0]?.height ?? lowest) + below,
    grow: 0,
    problems,
    place: (box) => {
      const room = box.h - below + 1e-6;
      const { boxes = [], height = lowest } = drawn.find((one) => one.height <= room) ?? drawn.at(-1) ?? {};
      const y = box.y + height + air.captions;
      const cells = Array.from({ length: rows }, (_, row) =>
        beside({ ...box, y: y + row * (texts + air.rows), h: texts }, across, gutter),
      ).flat();
      return [
        ...boxes.map((one) => ({ ...one, box: { ...one.box, x: one.box.x + box.x, y: one.box.y + box.y } })),
        ...captions.map((paragraphs, i) => plainBox("Move", cells[i]!, paragraphs)),
        ...placeLegend(legend, { ...box, y: y + rows * texts + (rows - 1) * air.rows }, setting),
      ];
    },
  };
}

/** Every place once, in order of appearance, labelled with who arrives there and with its name. */
function pointsOf({ items }: MoveMap, setting: Setting): Point[] {
  const { language, sizes } = setting;
  const stops = new Map(items.flatMap(({ stops }) => stops.map((stop) => [stop.id, stop] as const)));
  return [...stops.values()].map((stop): Point => {
    const arriving = items.filter(({ stops }) => stops.at(-1)?.id === stop.id);
    const role = arriving[0]?.role;
    // Labels may stand on land as well as on water.
    const name: Run = {
      text: stop.name,
      colour: tone(setting, "ink", "tile").colour,
      origin: { kind: "name" },
    };
    return {
      stop,
      label: [
        ...arriving.map((entry) =>
          paragraph(runsOf(entry.lead, { ...tone(setting, entry.role ?? "ink", "tile"), bold: true }), {
            size: sizes.table,
            language,
          }),
        ),
        paragraph([name], { size: sizes.label, language }),
      ],
      role: role ?? "muted",
    };
  });
}

/** The map in a height, from its own top left corner; nothing where labels find no room. */
function drawMap(
  map: MoveMap,
  points: readonly Point[],
  height: number,
  setting: Setting,
): { readonly height: number; readonly boxes: readonly Placed[] } | undefined {
  if (points.length === 0) return undefined;
  const box: Box = { x: 0, y: 0, w: setting.width, h: height };
  const projection = project(
    points.map(({ stop }) => stop),
    box,
  );
  const spots = spread(points.map(({ stop }) => projection.place(stop)));
  const spotOf = new Map(points.map(({ stop }, i) => [stop.id, spots[i]!]));
  const arrows = map.items.flatMap(({ stops, role }) =>
    stops
      .slice(1)
      .map((stop, i) => arrow(spotOf.get(stops[i]!.id)!, spotOf.get(stop.id)!, role ?? "muted", box)),
  );
  const dots = spots.map(({ x, y }): Box => ({ x: x - dot / 2, y: y - dot / 2, w: dot, h: dot }));
  const free = dots.every(
    (one, i) => within(one, box) && dots.slice(i + 1).every((other) => apart(one, other)),
  );
  if (!free) return undefined;
  const labels = placeLabels(
    points,
    dots,
    arrows.flatMap(({ along }) => along),
    box,
    setting,
  );
  if (!labels) return undefined;
  return {
    height,
    boxes: [
      ...ground(projection, box, map),
      ...arrows.map(({ shape }) => shape),
      ...points.map(
        ({ role }, i): Placed => ({
          kind: "shape",
          shape: "ellipse",
          name: "Place",
          box: dots[i]!,
          fill: role,
        }),
      ),
      ...labels,
    ],
  };
}

/** Inches between the middles of two points at least. */
const between = dot + 0.22;

/** Points too near to be told apart are moved away from each other, as little as it takes. */
function spread(spots: readonly Spot[]): readonly Spot[] {
  const moved = spots.map((spot) => ({ ...spot }));
  for (let round = 0; round < 20; round++)
    for (const [i, a] of moved.entries())
      for (const b of moved.slice(i + 1)) {
        const distance = Math.hypot(b.x - a.x, b.y - a.y);
        if (distance >= between) continue;
        const [dx, dy] = distance === 0 ? [1, 0] : [(b.x - a.x) / distance, (b.y - a.y) / distance];
        const push = (between - distance) / 2;
        a.x -= dx * push;
        a.y -= dy * push;
        b.x += dx * push;
        b.y += dy * push;
      }
  return moved;
}

/** All land in one shape, so that it is moved or deleted as one. */
function ground(projection: Projection, box: Box, { items }: MoveMap): Freeform[] {
  const paths = land.flatMap((outline) => projection.outline(outline));
  if (paths.length === 0) return [];
  const moves = items.map(
    ({ lead, stops }) => `${plainText(lead)}: ${stops.map(({ name }) => name).join(" → ")}`,
  );
  return [
    {
      kind: "freeform",
      name: "Land",
      box,
      alt: moves.join("; "),
      paths,
      closed: true,
      fill: "tile",
      line: { colour: "hairline", width: 0.75 },
    },
  ];
}

/** How far an arrow bows, as parts of its length, until it stays on the map; inches that it keeps from its places. */
const bows = [0.18, 0.14, 0.1, 0.06, 0.03, 0];
const clear = 0.12;
/** Points along an arrow by which its box is found. */
const samples = 24;
/** Inches between the points at which labels keep off it: nearer than any label that keeps `hair` from them could pass. */
const step = 0.05;

/** A curve between two places, bowed upwards or to the left, within the map. */
function arrow(
  from: Spot,
  to: Spot,
  role: Role,
  box: Box,
): { readonly shape: Freeform; readonly along: readonly Spot[] } {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const cut = Math.min(0.3, clear / length);
  const bent = bows.map((bow) => bend(from, to, bow, cut));
  const { start, control, end, along, finely } =
    bent.find((one) => one.along.every((spot) => holds(box, spot))) ?? bent.at(-1)!;
  const left = Math.min(...along.map(({ x }) => x));
  const top = Math.min(...along.map(({ y }) => y));
  const inBox = ({ x, y }: Spot): Spot => ({ x: x - left, y: y - top });
  return {
    along: finely,
    shape: {
      kind: "freeform",
      name: "Arrow",
      box: {
        x: left,
        y: top,
        w: Math.max(...along.map(({ x }) => x)) - left,
        h: Math.max(...along.map(({ y }) => y)) - top,
      },
      paths: [[inBox(start), { ...inBox(end), via: inBox(control) }]],
      closed: false,
      line: { colour: role, width: 2 },
      arrow: "end",
    },
  };
}

/** The part of a quadratic curve between `cut` and as much before its end, which is a quadratic curve again. */
function bend(
  from: Spot,
  to: Spot,
  bow: number,
  cut: number,
): { start: Spot; control: Spot; end: Spot; along: readonly Spot[]; finely: readonly Spot[] } {
  const side = to.x > from.x || (to.x === from.x && to.y < from.y) ? 1 : -1;
  const out = 2 * bow * side;
  const via = {
    x: (from.x + to.x) / 2 + (to.y - from.y) * out,
    y: (from.y + to.y) / 2 - (to.x - from.x) * out,
  };
  // The polar form: its diagonal is the curve, and between two of its points it gives the control point.
  const polar = (a: number, b: number): Spot => {
    const weigh = (axis: "x" | "y"): number =>
      (1 - a) * (1 - b) * from[axis] + (a * (1 - b) + b * (1 - a)) * via[axis] + a * b * to[axis];
    return { x: weigh("x"), y: weigh("y") };
  };
  const pointsAt = (count: number): Spot[] =>
    Array.from({ length: count + 1 }, (_, i) => cut + ((1 - 2 * cut) * i) / count).map((t) => polar(t, t));
  const along = pointsAt(samples);
  // Nowhere does it run faster than twice the way by its control point.
  const longest = Math.hypot(via.x - from.x, via.y - from.y) + Math.hypot(to.x - via.x, to.y - via.y);
  const finely = pointsAt(Math.max(samples, Math.ceil((2 * longest) / step)));
  return { start: along[0]!, control: polar(cut, 1 - cut), end: along.at(-1)!, along, finely };
}

function holds({ x, y, w, h }: Box, spot: Spot): boolean {
  const edge = 0.05;
  return spot.x >= x + edge && spot.x <= x + w - edge && spot.y >= y + edge && spot.y <= y + h - edge;
}

/** Where a label may stand beside its point, the best first: sides before corners, near before far. */
const sides = [
  { x: 1, y: 0 },
  { x: -1, y: 0 },
  { x: 0, y: 1 },
  { x: 0, y: -1 },
  { x: 1, y: 1 },
  { x: 1, y: -1 },
  { x: -1, y: 1 },
  { x: -1, y: -1 },
] as const;
const distances = [0.06, 0.16, 0.3] as const;

/** A label for each point that touches no other, no point and no arrow; nothing where one finds no room. */
function placeLabels(
  points: readonly Point[],
  dots: readonly Box[],
  arrows: readonly Spot[],
  box: Box,
  setting: Setting,
): Placed[] | undefined {
  const taken: Box[] = [...dots];
  const placed: Placed[] = [];
  for (const [i, { label }] of points.entries()) {
    const w = Math.min(
      labelWidth,
      Math.max(...label.map((line) => widthsOf(line, setting.language).line)) + 0.05,
    );
    const h = heightOf(label, w, setting.language);
    const candidates = distances.flatMap((distance) =>
      sides.map((side) => ({ side, box: labelBox(dots[i]!, side, distance, w, h) })),
    );
    const found = candidates.find(
      (candidate) =>
        within(candidate.box, box) &&
        taken.every((other) => apart(candidate.box, other)) &&
        arrows.every((spot) => apart(candidate.box, { ...spot, w: 0, h: 0 })),
    );
    if (!found) return undefined;
    taken.push(found.box);
    const align = found.side.x > 0 ? "left" : found.side.x < 0 ? "right" : "center";
    placed.push(
      plainBox(
        "Label",
        found.box,
        label.map((line) => ({ ...line, align })),
      ),
    );
  }
  return placed;
}

function labelBox(point: Box, side: { x: number; y: number }, distance: number, w: number, h: number): Box {
  const centre = { x: point.x + point.w / 2, y: point.y + point.h / 2 };
  const beyond = (direction: number, size: number, own: number): number =>
    direction > 0 ? size / 2 + distance : direction < 0 ? -size / 2 - distance - own : -own / 2;
  return { x: centre.x + beyond(side.x, point.w, w), y: centre.y + beyond(side.y, point.h, h), w, h };
}

function within(inner: Box, outer: Box): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.w <= outer.x + outer.w &&
    inner.y + inner.h <= outer.y + outer.h
  );
}

/** Inches of air between things. */
const hair = 0.03;

/** Whether two boxes keep a little air between them. */
function apart(a: Box, b: Box): boolean {
  return (
    a.x >= b.x + b.w + hair || b.x >= a.x + a.w + hair || a.y >= b.y + b.h + hair || b.y >= a.y + a.h + hair
  );
}
