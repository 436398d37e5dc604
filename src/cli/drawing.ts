/** Drawing with the shipped fonts: where they are unpacked is decided here, once for a process. */
import { accessSync, constants, mkdirSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import type { Draw } from "../build.ts";
import { packageFolder } from "./workspace.ts";

/** Draws charts; nothing of Vega, sharp or the fonts is loaded before the first one. */
export function openDrawing(): Draw {
  const cache = cacheFolder();
  return async (charts) => {
    if (charts.length === 0) return { value: new Map(), problems: [] };
    const [{ drawCharts }, { prepareFonts }] = await Promise.all([
      import("../charts/draw.ts"),
      import("../charts/fonts.ts"),
    ]);
    return drawCharts(charts, (texts) => prepareFonts(texts, cache, true));
  };
}

/** The first of these folders that can be written to. */
function cacheFolder(): string {
  const candidates = [
    join(packageFolder, "node_modules", ".cache", "sourcedeck"),
    join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "sourcedeck"),
  ];
  for (const folder of candidates) {
    try {
      mkdirSync(folder, { recursive: true });
      accessSync(folder, constants.W_OK);
      return folder;
    } catch {
      // Read-only: the next one.
    }
  }
  return join(tmpdir(), "sourcedeck");
}
