/** Documents that were inspected before: what was found in them holds for the same data and the same answers of the library. */
import { type BuildOptions, inspect, type Job } from "../build.ts";
import type { Store } from "../findings/store.ts";
import { fromMemory, keyOf, type Memory, remember } from "../memory.ts";
import { hasErrors, type Outcome, order, type Problem } from "../problem.ts";
import type { Library } from "../templates/library.ts";
import { Asked, answersAlike } from "./asked.ts";
import type { Texts } from "./console.ts";

type Inspect = (job: Job, options: BuildOptions) => Outcome<ReadonlySet<string>>;

/** What is kept of a document. */
interface Kept {
  readonly asked: Asked["sums"];
  readonly used: readonly string[];
  readonly problems: readonly Problem[];
}

/**
 * As `inspect` of the build.
 * @param data the texts that the store was read from
 * @param memory without one, every document is inspected
 */
export function openInspection(
  store: Store,
  data: Texts,
  library: Library,
  memory: Memory | undefined,
): Inspect {
  if (!memory) return (job, options) => inspect(job, store, library, options);
  const sum = keyOf("data", ...[...data].sort(([a], [b]) => order(a, b)));
  // Shipped files that own ones are laid over are asked for beside these.
  const under = [...(library.under ?? [])].map(([path, { file, text }]) => [path, file, text]);
  return (job, options) => {
    const key = keyOf("inspected", sum, under, job, options);
    const before = fromMemory<Kept>(memory.get(key));
    if (before && answersAlike(library, before.asked))
      return { value: new Set(before.used), problems: before.problems };
    const asked = new Asked(library);
    const { value, problems } = inspect(job, store, asked.library, options, memory);
    const kept = value && ({ asked: asked.sums, used: [...value], problems } satisfies Kept);
    if (kept && !hasErrors(problems)) remember(memory, key, kept);
    return { value, problems };
  };
}
