/** Dealing: jobs are handed out to processes, each of which has one at a time. */
import { type ChildProcess, fork } from "node:child_process";
import type { Problem } from "../../problem.ts";
import type { Answer, Order } from "../batch-worker.ts";
import { workerFile } from "../package.ts";
import type { BatchJob } from "./matrix.ts";
import * as messages from "./messages.ts";
import type { Finished, Setup } from "./workbench.ts";

export interface Dealing {
  readonly setup: Setup;
  /** Of the workspace as the batch found it; a process that finds another one builds nothing. */
  readonly sum: string;
  readonly jobs: readonly BatchJob[];
  /** How many are built at a time. */
  readonly workers: number;
  readonly began: (job: BatchJob) => void;
  readonly finished: (job: BatchJob, came: Finished) => void;
  /** Ends the dealing: what is under way is finished, nothing further is begun. */
  readonly stop: AbortSignal;
}

/** Has all jobs built, in any order. @returns what kept it from beginning, if anything */
export async function deal(dealing: Dealing): Promise<readonly Problem[]> {
  const queue = dealing.jobs[Symbol.iterator]();
  const problems: Problem[] = [];
  const next = (): BatchJob | undefined =>
    dealing.stop.aborted || problems.length > 0 ? undefined : queue.next().value;
  const workers = Math.min(dealing.workers, dealing.jobs.length);
  await Promise.all(Array.from({ length: workers }, () => work(dealing, next, problems)));
  return problems.slice(0, 1);
}

/** One process after the other: where one comes to an end, its job has failed, and the next one takes over. */
async function work(dealing: Dealing, next: () => BatchJob | undefined, problems: Problem[]): Promise<void> {
  const { setup, sum, began, finished } = dealing;
  const { data, templates } = setup.options;
  let worker: Worker | undefined;
  for (let job = next(); job; job = next()) {
    if (!worker) {
      worker = new Worker();
      const opened = await worker.ask({ setup });
      const isSame = "sum" in opened && opened.sum === sum;
      if ("ended" in opened) problems.push(messages.workerEnded(job.name, opened.ended));
      else if ("finished" in opened) problems.push(...opened.finished.problems);
      else if (!isSame) problems.push(messages.changedMeanwhile([data, templates]));
      if (!isSame) break;
    }
    began(job);
    const came = await worker.ask({ job });
    if ("finished" in came) finished(job, came.finished);
    else if ("ended" in came) {
      finished(job, { problems: [messages.workerEnded(job.name, came.ended)] });
      worker = undefined;
    }
  }
  worker?.dismiss();
}

class Worker {
  readonly #process: ChildProcess;
  #answer: (answer: Answer | { readonly ended: string }) => void = () => {};

  constructor() {
    this.#process = fork(workerFile("batch-worker"), [], { serialization: "advanced" });
    this.#process.on("message", (answer: Answer) => this.#answer(answer));
    this.#process.on("error", ({ message }) => this.#answer({ ended: message }));
    this.#process.on("exit", (code, signal) => this.#answer({ ended: signal ?? `exit code ${code}` }));
  }

  /** Tells the process something, and waits for what it says; its end is an answer, too. */
  ask(order: Order): Promise<Answer | { readonly ended: string }> {
    return new Promise((resolve) => {
      this.#answer = resolve;
      this.#process.send(order, (fault) => {
        if (fault) resolve({ ended: fault.message });
      });
    });
  }

  dismiss(): void {
    if (this.#process.connected) this.#process.disconnect();
  }
}
