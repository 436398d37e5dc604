/** How Node is set for a process, before anything else runs in it: for commands that live a second or two. */
import { setFlagsFromString } from "node:v8";

/**
 * Work in a function, in V8's own measure, after which it is compiled anew for speed. In a second that never pays: waiting
 * nine times as long spares a seventh of a build's processor time. Known for this version of Node alone.
 */
const budgets = { node: "20", short: 600_000, usual: 67_584 };
/** Milliseconds after which a process counts as a long one. */
const long = 3000;

/** For a command: quick now, and as Node is by itself if it goes on for long. */
export function setForShort(): void {
  if (process.versions.node.split(".")[0] !== budgets.node) return;
  setBudget(budgets.short);
  setTimeout(() => setBudget(budgets.usual), long).unref();
}

function setBudget(budget: number): void {
  setFlagsFromString(`--interrupt-budget=${budget}`);
}

const poolSize = "UV_THREADPOOL_SIZE";

/**
 * Gives Node's pool one thread, so that pictures may be handed to it all at once and are drawn one by one. Not where
 * something was loaded before us: it may have begun a larger pool, and its size is the first one's.
 */
export function giveOneThread(): void {
  const isFirst = process.execArgv.length === 0 && !process.env.NODE_OPTIONS;
  if (isFirst) process.env[poolSize] ??= "1";
}

/** Whether what is handed to Node's pool is done one by one. */
export function hasOneThread(): boolean {
  return process.env[poolSize] === "1";
}
