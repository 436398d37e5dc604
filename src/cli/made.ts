/** What was made on the way to products, such as slides, so that no process makes it twice. */
import { keyOf, type Memory } from "../memory.ts";
import { madeFolder } from "./kept-folders.ts";
import { codeSum } from "./package.ts";
import { openShelf } from "./shelf.ts";
import { userKey } from "./user-folder.ts";

/** Bytes; thousands of slides. */
const capacity = 48 * 1024 * 1024;

/** The memory of this workspace, for the code that runs: other code may make other things. */
export function openMemory(): Memory {
  const shelf = openShelf(madeFolder, { ending: "made", secret: userKey("made"), capacity });
  const code = codeSum();
  const named = (key: string): string => keyOf("made", code, key);
  return {
    get: (key) => shelf.get(named(key)),
    put: (key, bytes) => shelf.put(named(key), bytes),
  };
}
