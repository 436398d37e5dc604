/** The workbench: where one process builds product after product, of a workspace that it opens once. */
import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { extname, join, relative } from "node:path";
import { type BuildOptions, build, type Draw } from "../../build.ts";
import { jobsFile } from "../../findings/read.ts";
import type { Store } from "../../findings/store.ts";
import { hasErrors, type Outcome, order, type Problem } from "../../problem.ts";
import type { Library } from "../../templates/library.ts";
import { withCode } from "../code.ts";
import type { Texts } from "../console.ts";
import { isDiskFault } from "../disk.ts";
import { openCharts, openDrawing } from "../drawing.ts";
import { batchFolder } from "../kept-folders.ts";
import { cannotWrite } from "../messages.ts";
import { writeOutputs } from "../outputs.ts";
import { codeSum, dependencies } from "../package.ts";
import { userKey } from "../user-folder.ts";
import { type CommonOptions, openLibrary, openStore, shown } from "../workspace.ts";
import { Journal, type KeptOutput } from "./journal.ts";
import type { BatchJob } from "./matrix.ts";

/** What all jobs of a batch share. */
export interface Setup {
  readonly options: CommonOptions;
  /** Folder of products. */
  readonly out: string;
  readonly build: BuildOptions;
  /** False draws every chart anew. */
  readonly cache: boolean;
}

/** A workspace in memory. */
export interface Workspace {
  readonly store: Store;
  readonly library: Library;
  /** SHA-256 of all that products can be made of, the file of jobs aside. */
  readonly sum: string;
}

/** What came of a job. */
export interface Finished {
  /** Its files; nothing when it failed. */
  readonly outputs?: readonly Omit<KeptOutput, "sha256">[];
  readonly problems: readonly Problem[];
}

export async function openWorkspace(
  options: CommonOptions,
): Promise<Outcome<Workspace> & { readonly texts: Texts }> {
  const store = openStore(options);
  const library = openLibrary(options);
  const texts = new Map([...store.texts, ...library.texts]);
  const problems = [...store.problems, ...library.problems];
  if (!store.value || !library.value) return { value: undefined, problems, texts };
  const whole = await withCode(library.value, store.value.helpers, options);
  problems.push(...whole.problems);
  if (!whole.value) return { value: undefined, problems, texts };
  const { templates, data } = options;
  const ofJobs = `${shown(data)}/${jobsFile}`;
  const files = [...texts].filter(([path]) => path !== ofJobs).sort(([a], [b]) => order(a, b));
  // Of shipped files that own ones are laid over, something may show all the same, such as words.
  const under = [...(whole.value.under ?? [])].sort(([a], [b]) => order(a, b));
  const sum = createHash("sha256").update(JSON.stringify([codeSum(), dependencies, files, under]));
  for (const file of await otherFiles(templates)) {
    const path = join(templates, file);
    // Pictures may be links to others. What is no file is no picture.
    const isFile = await stat(path).then(
      (status) => status.isFile(),
      () => false,
    );
    sum.update(`${file}\0`).update(isFile ? await readFile(path) : "");
  }
  return {
    value: { store: store.value, library: whole.value, sum: sum.digest("hex") },
    problems,
    texts,
  };
}

/** Pictures of themes, and whatever else lies among the templates and is no text. */
async function otherFiles(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return found
    .filter((entry) => !entry.isDirectory() && ![".hbs", ".json", ".yaml"].includes(extname(entry.name)))
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)))
    .sort(order);
}

/** SHA-256 of what the product of a job is made of. */
export function madeOf(
  { sum }: Workspace,
  { build: { version: _, ...options } }: Setup,
  job: BatchJob,
): string {
  const { product, language, params = [], marks } = job.job;
  const given = params.map(({ name, value }) => [name, value]);
  const parts = [sum, options, product.name, language, given, marks, job.theme, job.asOf];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

export class Workbench {
  readonly #workspace: Workspace;
  readonly #setup: Setup;
  readonly #draw: Draw;
  readonly #journal: Journal;

  constructor(workspace: Workspace, setup: Setup) {
    this.#workspace = workspace;
    this.#setup = setup;
    this.#draw = openDrawing({ kept: setup.cache ? openCharts() : undefined, apart: false });
    this.#journal = new Journal(batchFolder, setup.out, userKey("batch"));
  }

  /** Builds a product, puts its files into their places, all or none, notes that, and forgets them. */
  async make(job: BatchJob): Promise<Finished> {
    const { store, library } = this.#workspace;
    const { theme, asOf } = job;
    const options = {
      ...this.#setup.build,
      ...(theme !== undefined && { theme }),
      ...(asOf !== undefined && { asOf }),
    };
    const built = await build(job.job, store, library, this.#draw, options);
    if (!built.value || hasErrors(built.problems)) return { problems: built.problems };
    const written = writeOutputs(this.#setup.out, built.value);
    const problems = [...built.problems, ...written.problems];
    if (!written.value) return { problems };
    try {
      await this.#journal.note(job.name, madeOf(this.#workspace, this.#setup, job), {
        outputs: built.value,
        problems: built.problems,
      });
    } catch (fault) {
      if (!isDiskFault(fault)) throw fault;
      // The product is whole: it is only built again next time.
      problems.push({ ...cannotWrite(fault.path ?? batchFolder, fault), severity: "warning" });
    }
    return { outputs: built.value.map(({ path, bytes }) => ({ path, bytes: bytes.length })), problems };
  }
}
