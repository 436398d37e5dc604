/** The cache of drawn charts, so that no chart is drawn twice. */
import { createHash } from "node:crypto";
import type { DrawnChart } from "../charts/draw.ts";
import type { SizedChart } from "../charts/spec.ts";
import { openShelf, type Shelf } from "./shelf.ts";

export interface ChartCache extends Pick<Shelf, "count" | "begin"> {
  /** The chart as it was drawn before; nothing when it was not, or when what was kept of it is damaged. */
  get(chart: SizedChart): DrawnChart | undefined;
  /** Keeps a chart that was drawn without a problem. */
  put(chart: SizedChart, drawn: DrawnChart): void;
}

/** Bytes; thousands of pictures. */
const usualCapacity = 256 * 1024 * 1024;

export interface ChartCacheOptions {
  /** Of everything besides the spec that shows in a picture: fonts, engines and Sourcedeck itself. */
  readonly versions: readonly string[];
  /** Signs what is kept. */
  readonly secret: Uint8Array;
  /** Bytes that the files may have together. */
  readonly capacity?: number;
}

export function openChartCache(
  folder: string,
  { versions, secret, capacity = usualCapacity }: ChartCacheOptions,
): ChartCache {
  const shelf = openShelf(folder, { ending: "chart", secret, capacity });
  return {
    get(chart) {
      const bytes = shelf.get(keyOf(chart, versions));
      return bytes && unpack(bytes);
    },
    put: (chart, drawn) => shelf.put(keyOf(chart, versions), pack(drawn)),
    count: shelf.count,
    begin: shelf.begin,
  };
}

/** Everything that shows: the spec with its rows and theme, the box and the versions of what draws. */
function keyOf({ spec, width, height }: SizedChart, versions: readonly string[]): string {
  return createHash("sha256")
    .update(JSON.stringify([versions, width, height, spec]))
    .digest("hex");
}

/** What stands before the picture, on a line of its own. */
interface Head {
  readonly width: number;
  readonly height: number;
  readonly texts: readonly string[];
  /** Bytes of the PNG; the SVG follows it. */
  readonly png: number;
}

function pack({ png, svg, width, height, texts }: DrawnChart): Uint8Array {
  const head: Head = { width, height, texts, png: png.length };
  return Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), png, Buffer.from(svg)]);
}

function unpack(bytes: Buffer): DrawnChart {
  const end = bytes.indexOf("\n");
  const { width, height, texts, png } = JSON.parse(bytes.toString("utf8", 0, end)) as Head;
  const body = bytes.subarray(end + 1);
  return {
    png: Uint8Array.from(body.subarray(0, png)),
    svg: body.toString("utf8", png),
    width,
    height,
    texts,
  };
}
