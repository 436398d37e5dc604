/** How Node is set for a process, before anything else runs in it. */
import { setFlagsFromString } from "node:v8";

/** The version of Node for which it is known what these settings are worth. */
const known = "20";

/**
 * Work in a function, in V8's own measure, after which it is compiled anew for speed. Waiting nine times as long as Node
 * does by itself spares a tenth of a build's processor time, and of the longest builds' as well.
 */
const budget = 600_000;

/** Young values have more room as soon as there are many, so that the first megabytes are not gone through so often. */
const growth = 8;

const poolSize = "UV_THREADPOOL_SIZE";

/**
 * To be called once, first of all. Gives Node's pool one thread, too, so that pictures may be handed to it all at once and
 * are drawn one by one; not where something was loaded before us, which may have begun a larger pool.
 */
export function setEngine(): void {
  if (process.versions.node.split(".")[0] === known) {
    setFlagsFromString(`--interrupt-budget=${budget}`);
    setFlagsFromString(`--semi-space-growth-factor=${growth}`);
  }
  const isFirst = process.execArgv.length === 0 && !process.env.NODE_OPTIONS;
  // On Windows the pool does not see what is set by a process for itself.
  if (isFirst && process.platform !== "win32") process.env[poolSize] ??= "1";
}

/** Whether what is handed to Node's pool is done one by one. */
export function hasOneThread(): boolean {
  return process.env[poolSize] === "1";
}
