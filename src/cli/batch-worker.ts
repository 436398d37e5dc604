/** The process that a batch starts, once for each job that it builds at a time: it is told what to build, and tells what came of it. */

import type { BatchJob } from "./batch/matrix.ts";
import { bug } from "./batch/messages.ts";
import { type Finished, openWorkspace, type Setup, Workbench } from "./batch/workbench.ts";

/** What a worker is told. */
export type Order = { readonly setup: Setup } | { readonly job: BatchJob };

/** What it tells: the sum of the workspace as it found it, then what came of each job. */
export type Answer = { readonly sum: string | undefined } | { readonly finished: Finished };

let workbench: Workbench | undefined;

async function obey(order: Order): Promise<Answer> {
  if ("setup" in order) {
    const { value } = await openWorkspace(order.setup.options);
    workbench = value && new Workbench(value, order.setup);
    return { sum: value?.sum };
  }
  if (!workbench) throw new Error("a job before the workspace");
  return { finished: await workbench.make(order.job) };
}

process.on("message", async (order: Order) => {
  try {
    process.send?.(await obey(order));
  } catch (fault) {
    if (process.env.SOURCEDECK_DEBUG && fault instanceof Error) process.stderr.write(`${fault.stack}\n`);
    const finished = { problems: [bug(fault instanceof Error ? fault.message : String(fault))] };
    process.send?.({ finished });
  }
});
// Ctrl+C reaches every process of a terminal; what is under way is finished, and the batch says when to end.
process.on("SIGINT", () => {});
// Nobody is there to be told: what is not in its place by now is dropped.
process.on("disconnect", () => process.exit());
