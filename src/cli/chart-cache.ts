/** The cache of drawn charts, so that no chart is drawn twice. */
import { createHash } from "node:crypto";
import type { ChartPicture } from "../charts/draw.ts";
import type { PreparedChart, SizedChart } from "../charts/spec.ts";
import type { Language } from "../findings/store.ts";
import type { Theme } from "../model/theme.ts";
import { openShelf, type Shelf } from "./shelf.ts";

export interface ChartCache extends Pick<Shelf, "isEmpty" | "begin"> {
  /** The chart as it was drawn before; nothing when it was not, or when what was kept of it is damaged. */
  get(chart: SizedChart): ChartPicture | undefined;
  /** Keeps a chart that was drawn without a problem. */
  put(chart: SizedChart, drawn: ChartPicture): void;
  /** Those of the charts that were drawn in no box yet, by keys under which `note` remembers that they were. */
  unseen(charts: readonly PreparedChart[], theme: Theme, language: Language): readonly string[];
  note(unseen: readonly string[]): void;
}

/** Bytes; thousands of pictures. */
const usualCapacity = 256 * 1024 * 1024;
/** Bytes; of eight thousand charts that they were seen, a block of the disk for each. */
const mostSeen = 32 * 1024 * 1024;

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
  const seen = openShelf(folder, { ending: "seen", secret, capacity: mostSeen });
  return {
    get(chart) {
      const bytes = shelf.get(keyOf(chart, versions));
      return bytes && unpack(bytes);
    },
    put: (chart, drawn) => shelf.put(keyOf(chart, versions), pack(drawn)),
    unseen(charts, theme, language) {
      const brand = JSON.stringify([versions, theme, language]);
      const keys = charts.map(({ spec, rows, scale }) => sumOf(brand, JSON.stringify([spec, rows, scale])));
      return keys.filter((key) => seen.get(key) === undefined);
    },
    note(unseen) {
      for (const key of unseen) seen.put(key, new Uint8Array());
    },
    isEmpty: shelf.isEmpty,
    begin: shelf.begin,
  };
}

/** Everything that shows: the spec with its rows and theme, the box and the versions of what draws. */
function keyOf({ spec, width, height }: SizedChart, versions: readonly string[]): string {
  return sumOf(JSON.stringify([versions, width, height, spec]));
}

function sumOf(...texts: readonly string[]): string {
  const sum = createHash("sha256");
  for (const text of texts) sum.update(`${text}\n`);
  return sum.digest("hex");
}

/** What stands before the picture, on a line of its own. */
interface Head {
  readonly width: number;
  readonly height: number;
  readonly texts: readonly string[];
}

function pack({ png, width, height, texts }: ChartPicture): Uint8Array {
  const head: Head = { width, height, texts };
  return Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), png]);
}

function unpack(bytes: Buffer): ChartPicture {
  const end = bytes.indexOf("\n");
  const { width, height, texts } = JSON.parse(bytes.toString("utf8", 0, end)) as Head;
  return { png: Uint8Array.from(bytes.subarray(end + 1)), width, height, texts };
}
