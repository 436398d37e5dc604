/** How Node is set for a process, before anything else runs in it. */
import { setFlagsFromString } from "node:v8";

/**
 * Work in a function, in V8's own measure, after which it is compiled anew for speed. Waiting nine times as long as Node
 * does by itself spares a tenth of a build's processor time, and of the longest builds' as well. Known for this version of
 * Node alone.
 */
const patience = { node: "20", budget: 600_000 };

const poolSize = "UV_THREADPOOL_SIZE";

/**
 * To be called once, first of all. Gives Node's pool one thread, too, so that pictures may be handed to it all at once and
 * are drawn one by one; not where something was loaded before us, which may have begun a larger pool.
 */
export function setEngine(): void {
  if (process.versions.node.split(".")[0] === patience.node)
    setFlagsFromString(`--interrupt-budget=${patience.budget}`);
  const isFirst = process.execArgv.length === 0 && !process.env.NODE_OPTIONS;
  if (isFirst) process.env[poolSize] ??= "1";
}

/** Whether what is handed to Node's pool is done one by one. */
export function hasOneThread(): boolean {
  return process.env[poolSize] === "1";
}
