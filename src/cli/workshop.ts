/** The workshop: makes the products of a workspace, and makes again only those that a change touches. */
import { relative, resolve } from "node:path";
import {
  type BuildOptions,
  build,
  type Draw,
  inspectLibrary,
  type Job,
  type Output,
  productName,
} from "../build.ts";
import type { Store } from "../findings/store.ts";
import type { Memory } from "../memory.ts";
import type { Outcome, Problem } from "../problem.ts";
import type { Library } from "../templates/library.ts";
import { Asked } from "./asked.ts";
import { withCode, withoutRunning } from "./code.ts";
import type { Texts } from "./console.ts";
import { type CommonOptions, type OpenStore, openLibrary, openStore } from "./workspace.ts";

/** @param begun a time as `process.hrtime.bigint` tells it, which nobody sets back */
export function secondsSince(begun: bigint): number {
  return Number(process.hrtime.bigint() - begun) / 1e9;
}

/** A product that was made, not yet written. */
export interface Made {
  readonly name: string;
  readonly job: Job;
  readonly outputs: readonly Output[];
  readonly seconds: number;
  /** Nothing that it is made of has changed since it was made. */
  readonly isOld: boolean;
}

/** What is to be made of a store. */
export interface Choice {
  readonly jobs: readonly Job[];
  readonly problems: readonly Problem[];
  /** Lines for people about what is built. */
  readonly remarks?: readonly string[];
}

/** What came of one go: with an error among the problems, nothing of it may be written. */
export interface Round {
  readonly problems: readonly Problem[];
  readonly made: readonly Made[];
  readonly remarks: readonly string[];
  readonly texts: Texts;
  /** The folder whose texts the citations were held to. */
  readonly sources?: string | undefined;
}

/** A product as it came out last, with the files of the library that were asked for on the way. */
interface Kept {
  readonly store: Store;
  readonly asked: Asked;
  readonly outcome: Outcome<readonly Output[]>;
}

export class Workshop {
  readonly #options: CommonOptions;
  readonly #buildOptions: BuildOptions;
  readonly #draw: Draw;
  readonly #memory: Memory | undefined;
  readonly #kept = new Map<string, Kept>();
  #store: OpenStore | undefined;

  constructor(options: CommonOptions, buildOptions: BuildOptions, draw: Draw, memory?: Memory) {
    this.#options = options;
    this.#buildOptions = buildOptions;
    this.#draw = draw;
    this.#memory = memory;
  }

  /** @param files that changed on the disk since the last round */
  forget(files: readonly string[]): void {
    const data = resolve(this.#options.data);
    const isOfStore = (file: string): boolean =>
      file.endsWith(".txt") || !relative(data, resolve(file)).startsWith("..");
    if (files.some(isOfStore)) this.#store = undefined;
    // Only texts are compared; what else there is, such as pictures and code, touches every product.
    if (files.some((file) => !/\.(?:hbs|json|ya?ml)$/.test(file))) this.#kept.clear();
  }

  /** Reads the workspace, unless it is known, and makes what is chosen. @param began is told of each product */
  async make(
    choose: (store: Store, library: Library) => Choice,
    began: (name: string, index: number, of: number) => void,
  ): Promise<Round> {
    this.#store ??= openStore(this.#options, this.#memory);
    const store = this.#store;
    const library = openLibrary(this.#options);
    const problems: Problem[] = [...store.problems, ...library.problems];
    const texts = new Map([...store.texts, ...library.texts]);
    const { sources } = store;
    const round = { problems, made: [] as Made[], remarks: [] as readonly string[], texts, sources };
    if (!store.value || !library.value) {
      const templates = library.value && withoutRunning(library.value, this.#options);
      if (templates) problems.push(...inspectLibrary(templates, library.own));
      return round;
    }
    const templates = await withCode(library.value, store.value.helpers, this.#options);
    problems.push(...templates.problems);
    if (!templates.value) return round;

    const { jobs, problems: ofChoice, remarks = [] } = choose(store.value, templates.value);
    problems.push(...ofChoice);
    for (const [index, job] of jobs.entries()) {
      const name = productName(job, store.value, this.#buildOptions.asOf);
      const begun = process.hrtime.bigint();
      const old = this.#known(name, store.value, templates.value);
      if (!old) began(name, index, jobs.length);
      const { value, problems: found } = old ?? (await this.#build(name, job, store.value, templates.value));
      problems.push(...found);
      const seconds = secondsSince(begun);
      if (value) round.made.push({ name, job, outputs: value, seconds, isOld: old !== undefined });
    }
    return { ...round, remarks };
  }

  #known(name: string, store: Store, library: Library): Kept["outcome"] | undefined {
    const kept = this.#kept.get(name);
    const isSame = kept?.store === store && library.code === undefined && kept.asked.isSameIn(library);
    return isSame ? kept.outcome : undefined;
  }

  async #build(name: string, job: Job, store: Store, library: Library): Promise<Kept["outcome"]> {
    const asked = new Asked(library);
    const outcome = await build(job, store, asked.library, this.#draw, this.#buildOptions, this.#memory);
    this.#kept.set(name, { store, asked, outcome });
    return outcome;
  }
}
