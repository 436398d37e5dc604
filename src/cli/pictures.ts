/** A picture of a templates folder, read into memory within bounds. */
import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { isAbsolute, join, posix, relative } from "node:path";
import { order } from "../problem.ts";
import type { LibraryPicture } from "../templates/library.ts";
import { isDiskFault } from "./disk.ts";
import { foundFor } from "./messages.ts";

const largest = 5 * 1024 * 1024;

/** The picture at a path of the first folder that has something there. Links may not lead out of the folder. */
export function readPicture(folders: readonly string[], path: string): LibraryPicture {
  for (const folder of folders) {
    try {
      const real = realpathSync(join(folder, path));
      const inside = relative(realpathSync(folder), real);
      if (inside.startsWith("..") || isAbsolute(inside))
        return { fault: "a link that leads out of the templates folder" };
      const status = statSync(real);
      if (status.isDirectory()) return { fault: "a folder" };
      // Pipes and devices are never opened: reading them might not end.
      if (!status.isFile()) return { fault: "a pipe or a device" };
      if (status.size > largest) return { fault: `${status.size} bytes` };
      return { bytes: new Uint8Array(readFileSync(real)) };
    } catch (fault) {
      if (!isDiskFault(fault)) throw fault;
      if (fault.code !== "ENOENT" && fault.code !== "ENOTDIR") return { fault: foundFor(fault) };
    }
  }
  return { fault: "nothing there", near: picturesNear(folders, path) };
}

/** Files that are looked at for a slip in a name. */
const mostNear = 1_000;

function picturesNear(folders: readonly string[], path: string): string[] {
  const inner = posix.dirname(path);
  const places = inner === "." ? [""] : ["", "../"];
  const names = folders.flatMap((folder) =>
    places.flatMap((place) => namesIn(join(folder, inner, place)).map((name) => place + name)),
  );
  return [...new Set(names.filter((name) => /\.(?:png|jpe?g|svg)$/i.test(name)))].slice(0, mostNear);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort(order);
  } catch (fault) {
    if (!isDiskFault(fault)) throw fault;
    return [];
  }
}
