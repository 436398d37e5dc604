/** Projection: a part of the globe on a box, in equal steps of degrees. */
import type { Box } from "./placed.ts";

/** Degrees, north and east positive. */
export interface Degrees {
  readonly longitude: number;
  readonly latitude: number;
}

/** Inches from the top left corner of the page. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

export interface Projection {
  readonly place: (at: Degrees) => Spot;
  /** What a box shows of an outline: pieces cut at the box's edges, for each turn round the globe that reaches into it. */
  readonly outline: (points: readonly Degrees[]) => readonly (readonly Spot[])[];
}

/** Part of the spread of the points that is shown around them, and degrees that are shown at least. */
const around = 0.2;
const least = { longitude: 70, latitude: 30 };
/** The middle stands lower by this part of half the height: arrows bow upwards, and need room there. */
const above = 0.12;
/** Beyond these nothing is drawn that matters. */
const poles = { north: 80, south: -58 };

/** The part of the globe around points, by the shorter way round, to fill a box. */
export function project(points: readonly Degrees[], box: Box): Projection {
  const { from, to } = shortestArc(points.map(({ longitude }) => longitude));
  const latitudes = points.map(({ latitude }) => latitude);
  const north = Math.max(...latitudes);
  const south = Math.min(...latitudes);
  const middle = (north + south) / 2;
  // A degree of longitude is shorter away from the equator: shapes keep their proportions where the points are.
  const shrink = Math.cos((middle * Math.PI) / 180);
  const wide = Math.max(least.longitude, (to - from) * (1 + 2 * around)) * shrink;
  const high = Math.max(least.latitude, (north - south) * (1 + 2 * around));
  const perInch = Math.min(Math.max(wide / box.w, high / box.h), (poles.north - poles.south) / box.h);
  const half = (perInch * box.h) / 2;
  const latitude = Math.min(poles.north - half, Math.max(poles.south + half, middle + half * above));
  const longitude = (from + to) / 2;
  const centre = { x: box.x + box.w / 2, y: box.y + box.h / 2 };
  const spot = (at: Degrees, turns: number): Spot => ({
    x: centre.x + ((at.longitude + 360 * turns - longitude) * shrink) / perInch,
    y: centre.y - (at.latitude - latitude) / perInch,
  });
  return {
    place: (at) => spot(at, Math.round((longitude - at.longitude) / 360)),
    outline: (outline) =>
      [-1, 0, 1, 2]
        .map((turns) =>
          clip(
            outline.map((at) => spot(at, turns)),
            box,
          ),
        )
        .filter((piece) => piece.length > 2),
  };
}

/** The shortest stretch of longitudes that holds all, east of `from`; `to` may lie beyond 180. */
function shortestArc(longitudes: readonly number[]): { from: number; to: number } {
  const sorted = [...new Set(longitudes)].sort((a, b) => a - b);
  let from = sorted[0] ?? 0;
  let widest = 360 - ((sorted.at(-1) ?? from) - from);
  for (const [i, longitude] of sorted.entries()) {
    const before = sorted[i - 1];
    if (before === undefined || longitude - before <= widest) continue;
    widest = longitude - before;
    from = longitude;
  }
  return { from, to: from + 360 - widest };
}

/** An outline cut at the edges of a box, one edge after the other. */
function clip(points: readonly Spot[], box: Box): readonly Spot[] {
  const edges: readonly { axis: "x" | "y"; at: number; sign: 1 | -1 }[] = [
    { axis: "x", at: box.x, sign: 1 },
    { axis: "x", at: box.x + box.w, sign: -1 },
    { axis: "y", at: box.y, sign: 1 },
    { axis: "y", at: box.y + box.h, sign: -1 },
  ];
  return edges.reduce<readonly Spot[]>((outline, { axis, at, sign }) => {
    const inside = (spot: Spot): boolean => (spot[axis] - at) * sign >= 0;
    return outline.flatMap((spot, i): Spot[] => {
      const before = outline.at(i - 1)!;
      const crosses = inside(spot) !== inside(before);
      const t = (at - before[axis]) / (spot[axis] - before[axis] || 1);
      const cut = { x: before.x + t * (spot.x - before.x), y: before.y + t * (spot.y - before.y) };
      return [...(crosses ? [cut] : []), ...(inside(spot) ? [spot] : [])];
    });
  }, points);
}
