/** Documents that were inspected before: what was found in them holds for the same data and the same answers of the library. */
import { type BuildOptions, inspect, type Job, sampleParams } from "../build.ts";
import type { Store } from "../findings/store.ts";
import { fromMemory, keyOf, type Memory, remember } from "../memory.ts";
import { hasErrors, type Outcome, order, type Problem } from "../problem.ts";
import type { Library } from "../templates/library.ts";
import { Asked, answersAlike } from "./asked.ts";
import type { Texts } from "./console.ts";

/** A product in one of its languages; what is made for one thing is inspected as made for the first that there is. */
type Document = Pick<Job, "product" | "language">;

type Found = Outcome<ReadonlySet<string>>;
type Inspect = (document: Document, options: BuildOptions) => Found;

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
  const anew = (document: Document, options: BuildOptions, through: Library): Found => {
    const params = sampleParams(document, store, through, options.asOf);
    return inspect({ ...document, params }, store, through, options, memory);
  };
  if (!memory) return (document, options) => anew(document, options, library);
  // Shipped files that own ones are laid over are asked for beside the library's own.
  const under = [...(library.under ?? [])].flatMap(([path, { file, text }]) => [path, file, text]);
  const sum = keyOf("data", ...[...data].sort(([a], [b]) => order(a, b)).flat(), under.length, ...under);
  return (document, options) => {
    const key = keyOf("inspected", sum, document, options);
    const before = fromMemory<Kept>(memory.get(key));
    if (before && answersAlike(library, before.asked))
      return { value: new Set(before.used), problems: before.problems };
    const asked = new Asked(library);
    const { value, problems } = anew(document, options, asked.library);
    const kept = value && ({ asked: asked.sums, used: [...value], problems } satisfies Kept);
    if (kept && !hasErrors(problems)) remember(memory, key, kept);
    return { value, problems };
  };
}
