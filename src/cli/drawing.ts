/** Drawing with the shipped fonts: where they are unpacked is decided here, once for a process. */
import { accessSync, constants, lstatSync, mkdtempSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import type { Draw } from "../build.ts";
import { isDiskFault, makeFolder } from "./disk.ts";
import * as messages from "./messages.ts";
import { packageFolder } from "./package.ts";

/** Draws charts; nothing of Vega, sharp or the fonts is loaded, and no folder made, before the first one. */
export function openDrawing(): Draw {
  let cache: string | undefined;
  return async (charts) => {
    if (charts.length === 0) return { value: new Map(), problems: [] };
    const [{ drawCharts }, { prepareFonts }] = await Promise.all([
      import("../charts/draw.ts"),
      import("../charts/fonts.ts"),
    ]);
    try {
      cache ??= cacheFolder();
      const folder = cache;
      return await drawCharts(charts, (texts) => prepareFonts(texts, folder));
    } catch (fault) {
      if (!isDiskFault(fault)) throw fault;
      return { value: undefined, problems: [messages.cannotWrite(fault.path ?? cache ?? tmpdir(), fault)] };
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
