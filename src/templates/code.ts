/** Code: helpers that a workspace brings as JavaScript, called with plain values and held to giving text. */
import { plainText } from "../model/walk.ts";
import type { Outcome, Problem } from "../problem.ts";
import { done, failed, type Helper, type Inliner, inliner } from "./helper.ts";
import { helpers } from "./helpers.ts";
import type { Library, LibraryCode } from "./library.ts";
import { limits } from "./limits.ts";
import * as messages from "./messages.ts";
import { reserved } from "./output.ts";
import type { Parameter } from "./parameters.ts";
import { isItem, isList, isWord, made, type Value } from "./values.ts";

/** What code is given: figures, names and periods as they are printed. */
export type PlainValue = undefined | string | number | boolean | readonly PlainValue[];

export type CodeHelpers = ReadonlyMap<string, Helper>;

const known = new WeakMap<Library, Outcome<CodeHelpers>>();

/** All that templates of a library can call. A helper of its own under a name that is taken is a problem, and is left out. */
export function helpersOf(library: Library): Outcome<CodeHelpers> & { readonly value: CodeHelpers } {
  const found = known.get(library) ?? withCode(library.code ?? []);
  known.set(library, found);
  return { value: found.value ?? helpers, problems: found.problems };
}

function withCode(code: readonly LibraryCode[]): Outcome<CodeHelpers> {
  const all = new Map(helpers);
  const problems: Problem[] = [];
  for (const one of code) {
    if (all.has(one.name)) problems.push(messages.helperNameTaken(one.name, { file: one.file }));
    else all.set(one.name, codeHelper(one));
  }
  return { value: all, problems };
}

const plain: Parameter<PlainValue> = {
  takes: "a text, a number, true or false, a figure or a name",
  read(value) {
    const read = plainOf(value);
    return read === unfit ? { problem: messages.badArgument(undefined, this.takes) } : { value: read };
  },
};

const unfit = Symbol("not plain");

function plainOf(value: Value): PlainValue | typeof unfit {
  if (isWord(value)) return plainText(value.nodes);
  if (isItem(value)) return unfit;
  if (!isList(value)) return value;
  const all = value.map(plainOf);
  return all.includes(unfit) ? unfit : (all as readonly PlainValue[]);
}

function codeHelper({ name, does = "a helper of this workspace", example, run }: LibraryCode): Inliner {
  return inliner({
    name,
    does,
    example: example ?? `{{${name} …}}`,
    positional: {},
    rest: plain,
    restMayBeEmpty: true,
    run(_, __, given) {
      const outcome = called(name, run, given);
      return outcome.value === undefined
        ? { value: undefined, problems: outcome.problems }
        : done(made(outcome.value));
    },
  });
}

/** Whatever the code does, what comes of it is a text or a problem. */
function called(name: string, run: LibraryCode["run"], given: readonly unknown[]): Outcome<string> {
  let text: unknown;
  try {
    text = run(...given);
  } catch (thrown) {
    return failed(messages.helperThrew(name, thrown));
  }
  // What fails later would end the program.
  if (text instanceof Promise) text.catch(() => {});
  if (typeof text !== "string") return failed(messages.helperGaveNoText(name, kindOf(text)));
  if (text.length > limits.madeText) return failed(messages.helperGaveTooMuch(name, text.length));
  const stray = reserved.exec(text.replaceAll(/\s/g, " "))?.[0];
  return stray === undefined
    ? done(text)
    : failed(messages.helperGaveCharacter(name, stray.codePointAt(0) ?? 0));
}

function kindOf(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  return value instanceof Promise
    ? "a promise"
    : `a value of type ${Array.isArray(value) ? "array" : typeof value}`;
}
