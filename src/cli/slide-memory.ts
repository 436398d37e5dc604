/** The memory of slides, so that no slide is written twice. */
import { createHash } from "node:crypto";
import type { Memory } from "../build.ts";
import { slideFolder } from "./kept-folders.ts";
import { codeSum } from "./package.ts";
import { openShelf } from "./shelf.ts";
import { userKey } from "./user-folder.ts";

/** Bytes; some thousands of slides. */
const capacity = 32 * 1024 * 1024;

/** The slides that are kept for this workspace, by the code that wrote them. */
export function openSlides(): Memory {
  const shelf = openShelf(slideFolder, { ending: "slide", secret: userKey("slides"), capacity });
  const named = (key: string): string => createHash("sha256").update(`${codeSum()}\n${key}`).digest("hex");
  return {
    get: (key) => shelf.get(named(key)),
    put: (key, bytes) => shelf.put(named(key), bytes),
  };
}
