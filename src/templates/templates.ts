/** Templates: those of one document, read once each, and the problems found on the way. */
import { formatPlace, type Outcome, type Place, type Problem } from "../problem.ts";
import { type Library, type LibraryFile, namesOf, partialPath } from "./library.ts";
import * as messages from "./messages.ts";
import type { Template } from "./syntax.ts";

/** Problems without repeats: a loop finds the same one at every turn, and so may the check before it. */
export class Problems {
  readonly #found = new Map<string, Problem>();

  add(...problems: readonly Problem[]): void {
    for (const problem of problems) {
      const key = JSON.stringify([
        problem.where && formatPlace(problem.where),
        problem.code,
        problem.message,
      ]);
      if (!this.#found.has(key)) this.#found.set(key, problem);
    }
  }

  get all(): Problem[] {
    return [...this.#found.values()];
  }
}

/** Reads a template's text; `place` is where the text begins. */
export type Read = (name: string, text: string, place: Place) => Outcome<Template>;

/** Read once for each file, which several documents may call. */
const opened = new WeakMap<LibraryFile, Outcome<Template>>();

export class Partials {
  readonly #library: Library;
  readonly #read: Read;
  readonly #problems: Problems;
  readonly #known = new Map<string, Template | undefined>();

  constructor(library: Library, read: Read, problems: Problems) {
    this.#library = library;
    this.#read = read;
    this.#problems = problems;
  }

  /** The partial, called at `where`; absent when it does not exist or cannot be read. */
  get(name: string, where: Place): Template | undefined {
    const found = this.#library.files.get(partialPath(name));
    if (!found) {
      this.#problems.add(messages.unknownPartial(name, where, namesOf(this.#library, "partials")));
      return undefined;
    }
    if (!this.#known.has(name)) {
      const { value, problems } =
        opened.get(found) ?? this.#read(name, found.text, { file: found.file, line: 1, column: 1 });
      opened.set(found, { value, problems });
      this.#problems.add(
        ...problems.map((problem) => ({
          ...problem,
          ...(problem.where && { where: reachedFrom(where, problem.where) }),
        })),
      );
      this.#known.set(name, value);
    }
    return this.#known.get(name);
  }
}

/** A partial as it was called at `where`: each of its places tells the calls that led to it. */
export function calledAt(partial: Template, where: Place): Template {
  return { ...partial, place: (location) => reachedFrom(where, partial.place(location)) };
}

function reachedFrom({ via = [], ...call }: Place, place: Place): Place {
  return { ...place, via: [call, ...via] };
}
