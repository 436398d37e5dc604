/** The cache of drawn charts: content-addressed files in the workspace, so that no chart is drawn twice. */
import { createHash, randomUUID } from "node:crypto";
import { lstatSync } from "node:fs";
import { readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { DrawnChart } from "../charts/draw.ts";
import type { SizedChart } from "../charts/spec.ts";
import { order } from "../problem.ts";
import { makeFolder } from "./disk.ts";

export interface ChartCache {
  /** The chart as it was drawn before; nothing when it was not, or when what was kept of it is damaged. */
  get(chart: SizedChart): Promise<DrawnChart | undefined>;
  /** Keeps a chart that was drawn without a problem. A disk that refuses is no fault: it is drawn again next time. */
  put(chart: SizedChart, drawn: DrawnChart): Promise<void>;
}

/** Bytes; thousands of pictures. */
const usualCapacity = 256 * 1024 * 1024;

/**
 * @param folder is made when the first chart is kept; several processes may use it at a time
 * @param versions of everything besides the spec that shows in a picture: fonts, engines and Sourcedeck itself
 * @param capacity bytes that the files may have together; the ones not used for longest go first
 */
export function openChartCache(
  folder: string,
  versions: readonly string[],
  capacity = usualCapacity,
): ChartCache {
  let size: number | undefined;
  const fileOf = (key: string): string => join(folder, `${key}.chart`);
  return {
    async get(chart) {
      const key = keyOf(chart, versions);
      const file = fileOf(key);
      try {
        checkOwn(folder);
        const drawn = unpack(await readFile(file), key);
        if (!drawn) return undefined;
        const now = new Date();
        await utimes(file, now, now).catch(() => {});
        return drawn;
      } catch {
        return undefined;
      }
    },
    async put(chart, drawn) {
      const key = keyOf(chart, versions);
      const bytes = pack(drawn, key);
      const beside = `${fileOf(key)}.${process.pid}.${randomUUID()}`;
      try {
        makeFolder(folder, 0o700);
        checkOwn(folder);
        const before = size ?? (await sizeOf(folder));
        await writeFile(beside, bytes);
        await rename(beside, fileOf(key));
        size = before + bytes.length;
        if (size > capacity) size = await prune(folder, capacity);
      } catch {
        size = undefined;
        await rm(beside, { force: true }).catch(() => {});
      }
    },
  };
}

/** Everything that shows: the spec with its rows, the box, the ground and the versions of what draws. */
function keyOf({ spec, width, height, ground }: SizedChart, versions: readonly string[]): string {
  return createHash("sha256")
    .update(JSON.stringify([versions, width, height, ground, spec]))
    .digest("hex");
}

/** What stands before the picture, on a line of its own. */
interface Head {
  readonly key: string;
  /** SHA-256 of all that follows the line. */
  readonly sum: string;
  readonly width: number;
  readonly height: number;
  readonly texts: readonly string[];
  /** Bytes of the PNG; the SVG follows it. */
  readonly png: number;
}

function pack({ png, svg, width, height, texts }: DrawnChart, key: string): Uint8Array {
  const body = Buffer.concat([png, Buffer.from(svg)]);
  const head: Head = { key, sum: sumOf(body, texts), width, height, texts, png: png.length };
  return Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), body]);
}

/** Nothing unless every byte is as it was written, and written for this key. */
function unpack(bytes: Buffer, key: string): DrawnChart | undefined {
  const end = bytes.indexOf("\n");
  if (end < 0) return undefined;
  const head = JSON.parse(bytes.toString("utf8", 0, end)) as Head;
  const body = bytes.subarray(end + 1);
  if (head.key !== key || head.sum !== sumOf(body, head.texts)) return undefined;
  const { width, height, texts, png } = head;
  return {
    png: Uint8Array.from(body.subarray(0, png)),
    svg: body.toString("utf8", png),
    width,
    height,
    texts,
  };
}

function sumOf(body: Uint8Array, texts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(texts)).update("\n").update(body).digest("hex");
}

/** What others could write to is not trusted. */
function checkOwn(folder: string): void {
  const { uid, mode } = lstatSync(folder);
  const user = process.getuid?.();
  if (user !== undefined && (uid !== user || (mode & 0o022) !== 0)) throw new Error("a folder of others");
}

/** All files, what a process that died left behind among them; one that another process removes meanwhile is left out. */
async function entries(folder: string): Promise<{ file: string; bytes: number; used: number }[]> {
  const found = await Promise.all(
    (await readdir(folder)).sort(order).map(async (name) => {
      const file = join(folder, name);
      const status = await stat(file).catch(() => undefined);
      return status ? [{ file, bytes: status.size, used: status.mtimeMs }] : [];
    }),
  );
  return found.flat();
}

async function sizeOf(folder: string): Promise<number> {
  return (await entries(folder)).reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Down to three quarters, so that it is not done for every chart. @returns the size that is left */
async function prune(folder: string, capacity: number): Promise<number> {
  const all = (await entries(folder)).sort((a, b) => a.used - b.used || order(a.file, b.file));
  let left = all.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { file, bytes } of all) {
    if (left <= (capacity * 3) / 4) break;
    await rm(file, { force: true });
    left -= bytes;
  }
  return left;
}
