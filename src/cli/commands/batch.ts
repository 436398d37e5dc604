/** `sourcedeck batch`: many products, by a file of jobs; interrupted, it goes on where it stopped. */
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { readJobs } from "../../findings/jobs.ts";
import { jobsFile } from "../../findings/read.ts";
import { distinctProblems, hasErrors, type Outcome } from "../../problem.ts";
import { deal } from "../batch/deal.ts";
import { Journal } from "../batch/journal.ts";
import { type BatchJob, jobsIn } from "../batch/matrix.ts";
import * as messages from "../batch/messages.ts";
import { Tally } from "../batch/tally.ts";
import { type Finished, madeOf, openWorkspace, type Setup, type Workspace } from "../batch/workbench.ts";
import { type Console, openConsole } from "../console.ts";
import { isDiskFault } from "../disk.ts";
import { exit } from "../exit.ts";
import { readText } from "../files.ts";
import { batchFolder } from "../kept-folders.ts";
import { cannotRead } from "../messages.ts";
import { removeLeftovers } from "../outputs.ts";
import { version } from "../package.ts";
import { userKey } from "../user-folder.ts";
import type { CommonOptions } from "../workspace.ts";

export interface BatchOptions extends CommonOptions {
  readonly out: string;
  readonly date?: string;
  /** ISO date. */
  readonly since?: string;
  readonly draft?: boolean;
  /** False builds everything, and draws every chart, anew. */
  readonly cache?: boolean;
  /** Builds what is there already, too. */
  readonly force?: boolean;
  /** How many are built at a time. */
  readonly jobs?: number;
}

/** Beyond this, processes wait for each other's disk. */
const mostWorkers = 8;

/** @param file of jobs; `jobs.yaml` of the data folder unless given */
export async function runBatch(file: string | undefined, options: BatchOptions): Promise<number> {
  const console = openConsole(options.quiet ?? false);
  const { quiet: _, out, date, since } = options;
  const setup: Setup = {
    options,
    out,
    build: { draft: options.draft ?? false, version, ...(date && { date }), ...(since && { since }) },
    cache: options.cache !== false,
  };
  const workspace = await openWorkspace(options);
  const name = file ?? join(options.data, jobsFile);
  const text = readJobsFile(name);
  const texts = new Map([...workspace.texts, [name, text.value ?? ""]]);
  const rows =
    workspace.value && text.value !== undefined
      ? readJobs(name, text.value, workspace.value.store)
      : undefined;
  const jobs =
    workspace.value && rows?.value && jobsIn(rows.value, workspace.value.store, workspace.value.library);
  const problems = [workspace, text, ...(rows ? [rows] : []), ...(jobs ? [jobs] : [])].flatMap(
    (outcome) => outcome.problems,
  );
  console.problems(distinctProblems(problems), texts);
  if (!workspace.value || !jobs?.value || hasErrors(problems)) {
    console.say("Nothing was built.");
    return exit.problems;
  }
  const run = new Run(setup, workspace.value, jobs.value, console);
  return run.all(options, (tally) =>
    console.problems(tally.problems, texts, (problem) => tally.namesOf(problem)),
  );
}

function readJobsFile(file: string): Outcome<string> {
  try {
    return readText(file);
  } catch (fault) {
    if (!isDiskFault(fault)) throw fault;
    const problem = fault.code === "ENOENT" ? messages.noJobsFile(file) : cannotRead(file, fault);
    return { value: undefined, problems: [problem] };
  }
}

/** What came of a job: its files and problems, or that it was there as it is to be. */
type Came = Finished & { readonly isUntouched?: true };

class Run {
  readonly #setup: Setup;
  readonly #workspace: Workspace;
  readonly #jobs: readonly BatchJob[];
  readonly #console: Console;
  readonly #tally = new Tally();
  /** What is finished before others that are told first. */
  readonly #waiting = new Map<BatchJob, Came>();
  #told = 0;
  #finished = 0;
  readonly #counts = { built: 0, unchanged: 0, failed: 0 };

  constructor(setup: Setup, workspace: Workspace, jobs: readonly BatchJob[], console: Console) {
    this.#setup = setup;
    this.#workspace = workspace;
    this.#jobs = jobs;
    this.#console = console;
  }

  async all(options: BatchOptions, tell: (tally: Tally) => void): Promise<number> {
    const { out } = this.#setup;
    removeLeftovers(out);
    const jobs: BatchJob[] = [];
    // What code of a workspace made may be of anything: it is made again.
    const mayKeep = !options.force && this.#setup.cache && this.#workspace.library.code === undefined;
    const journal = new Journal(batchFolder, out, userKey("batch"));
    for (const job of this.#jobs) {
      const made = madeOf(this.#workspace, this.#setup, job);
      const whole = mayKeep ? await journal.whole(job.name, made) : undefined;
      if (whole) this.#finish(job, { ...whole, isUntouched: true });
      else jobs.push(job);
    }
    const interrupt = new AbortController();
    const onSignal = (): void => {
      if (interrupt.signal.aborted) process.exit(exit.interrupted);
      interrupt.abort();
      this.#console.say("Finishing what is under way. Ctrl+C again drops it.");
    };
    process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
    const problems = await deal({
      setup: this.#setup,
      sum: this.#workspace.sum,
      jobs,
      workers: options.jobs ?? Math.min(availableParallelism(), mostWorkers),
      began: (job) => this.#passing(job),
      finished: (job, came) => this.#finish(job, came),
      stop: interrupt.signal,
    });
    process.off("SIGINT", onSignal).off("SIGTERM", onSignal);
    this.#tellAll();
    this.#console.problems(problems);
    tell(this.#tally);
    return this.#sum(problems.length > 0 || interrupt.signal.aborted, interrupt.signal.aborted);
  }

  #finish(job: BatchJob, came: Came): void {
    this.#finished += 1;
    this.#waiting.set(job, came);
    // In the order of the file, whatever is finished first.
    for (let next = this.#jobs[this.#told]; next; next = this.#jobs[this.#told]) {
      const known = this.#waiting.get(next);
      if (!known) return;
      this.#tell(next, known);
      this.#told += 1;
    }
  }

  /** What is finished after a job that is not, and will not be. */
  #tellAll(): void {
    for (const job of this.#jobs) {
      const came = this.#waiting.get(job);
      if (came) this.#tell(job, came);
    }
  }

  #tell(job: BatchJob, { outputs, problems, isUntouched }: Came): void {
    this.#waiting.delete(job);
    this.#tally.add(job.name, problems);
    this.#counts[isUntouched ? "unchanged" : outputs ? "built" : "failed"] += 1;
    for (const { path, bytes } of outputs ?? [])
      this.#console.result(
        `${join(this.#setup.out, path)}  ${Math.ceil(bytes / 1024)} kB${isUntouched ? "  unchanged" : ""}`,
      );
  }

  #passing({ name }: BatchJob): void {
    const of = this.#jobs.length;
    const full = Math.floor((this.#finished / of) * barLength);
    const bar = "━".repeat(full) + "·".repeat(barLength - full);
    this.#console.passing(`[${this.#finished + 1}/${of}] ${bar} ${name}`);
  }

  #sum(isPart: boolean, isInterrupted: boolean): number {
    const { built, unchanged, failed } = this.#counts;
    const of = this.#jobs.length;
    this.#console.say(
      `${of} product${of === 1 ? "" : "s"}: ${built} built, ${unchanged} unchanged, ${failed} failed`,
    );
    if (isPart)
      this.#console.say(`${of - built - unchanged - failed} are left: the same command goes on with them.`);
    if (isInterrupted) return exit.interrupted;
    return failed > 0 || isPart ? exit.problems : exit.done;
  }
}

/** Characters. */
const barLength = 20;
