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
  /** What is written when there is nothing else to do, such as while charts are drawn, or at the end. */
  const waiting = new Map<string, Uint8Array>();
  const write = (): void => {
    for (const [key, bytes] of waiting) shelf.put(named(key), bytes);
    waiting.clear();
  };
  return {
    get: (key) => waiting.get(key) ?? shelf.get(named(key)),
    put(key, bytes) {
      if (waiting.size === 0) setImmediate(write);
      waiting.set(key, bytes);
    },
  };
}
