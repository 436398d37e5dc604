/** Drawing with the shipped fonts: where they are unpacked is decided here, once for a process. */
import { accessSync, constants, lstatSync, mkdtempSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import type { Draw } from "../build.ts";
import type { DrawnChart } from "../charts/draw.ts";
import type { SizedChart } from "../charts/spec.ts";
import { order } from "../problem.ts";
import type { ChartCache } from "./chart-cache.ts";
import { isDiskFault, makeFolder } from "./disk.ts";
import * as messages from "./messages.ts";
import { dependencies, packageFolder, version } from "./package.ts";

/**
 * Draws charts; nothing of Vega, sharp or the fonts is loaded, and no folder made, before the first one that has to be
 * drawn.
 * @param kept charts that were drawn before are taken from here, and new ones put there
 */
export function openDrawing(kept?: ChartCache): Draw {
  let fonts: string | undefined;
  return async (charts) => {
    const known = new Map<string, DrawnChart>();
    const unknown: SizedChart[] = [];
    for (const chart of charts) {
      const drawn = await kept?.get(chart);
      if (drawn) known.set(chart.key, drawn);
      else unknown.push(chart);
    }
    if (unknown.length === 0) return { value: known, problems: [] };
    const [{ drawCharts }, { prepareFonts }] = await Promise.all([
      import("../charts/draw.ts"),
      import("../charts/fonts.ts"),
    ]);
    try {
      fonts ??= cacheFolder();
      const folder = fonts;
      const { value, problems } = await drawCharts(unknown, (texts) => prepareFonts(texts, folder));
      // A chart that is drawn with a problem is drawn again, so that its problem is told again.
      if (value && problems.length === 0)
        for (const chart of unknown) {
          const drawn = value.get(chart.key);
          if (drawn) await kept?.put(chart, drawn);
        }
      const all = value && new Map([...known, ...value].sort(([a], [b]) => order(a, b)));
      return { value: all, problems };
    } catch (fault) {
      if (!isDiskFault(fault)) throw fault;
      return { value: undefined, problems: [messages.cannotWrite(fault.path ?? fonts ?? tmpdir(), fault)] };
    }
  };
}

/** The first of these folders that can be written to; else one of this process alone. */
function cacheFolder(): string {
  const user = process.getuid?.();
  const candidates = [
    join(packageFolder, "node_modules", ".cache", "sourcedeck"),
    join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "sourcedeck"),
    join(tmpdir(), `sourcedeck-${user ?? "cache"}`),
  ];
  return candidates.find(isOwn) ?? mkdtempSync(join(tmpdir(), "sourcedeck-"));
}

/** Makes a folder if need be; whether it can be written to, and by nobody else: anyone may have made it before us. */
function isOwn(folder: string): boolean {
  try {
    makeFolder(folder, 0o700);
    accessSync(folder, constants.W_OK);
    const { uid, mode } = lstatSync(folder);
    const user = process.getuid?.();
    return user === undefined || (uid === user && (mode & 0o022) === 0);
  } catch {
    // Read-only: the next one.
    return false;
  }
}

/** Versions of what shows in a picture besides its spec: our own, and those of engines and fonts, which are pinned. */
export function pictureVersions(): string[] {
  return [version, ...Object.entries(dependencies).map(([name, pinned]) => `${name} ${pinned}`)];
}
