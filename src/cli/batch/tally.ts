/** The tally: problems of many jobs, each told once with those that it is in. */
import { formatPlace, type Problem } from "../../problem.ts";

interface Told {
  readonly problem: Problem;
  readonly names: string[];
  count: number;
}

/** Names that are told. */
const mostNames = 3;

export class Tally {
  readonly #told = new Map<string, Told>();

  add(name: string, problems: readonly Problem[]): void {
    const keys = new Set<string>();
    for (const problem of problems) {
      const { severity, code, message, where } = problem;
      const key = JSON.stringify([severity, code, message, where && formatPlace(where)]);
      if (keys.has(key)) continue;
      keys.add(key);
      const told = this.#told.get(key) ?? { problem, names: [], count: 0 };
      told.count += 1;
      if (told.names.length < mostNames) told.names.push(name);
      this.#told.set(key, told);
    }
  }

  get problems(): readonly Problem[] {
    return [...this.#told.values()].map(({ problem }) => problem);
  }

  /** `in 200 products: a.en, b.en, c.en, …` */
  namesOf(problem: Problem): string | undefined {
    const told = [...this.#told.values()].find((one) => one.problem === problem);
    if (!told) return undefined;
    const more = told.count > told.names.length ? ", …" : "";
    return `in ${told.count} product${told.count === 1 ? "" : "s"}: ${told.names.join(", ")}${more}`;
  }
}
