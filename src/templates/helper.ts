/** A helper: what can be called in a template, and the checking of its arguments. */
import type { Outcome, Place, Problem } from "../problem.ts";
import * as messages from "./messages.ts";
import type { Parameter, World } from "./parameters.ts";
import type { Item, Value } from "./values.ts";

type Parameters = Readonly<Record<string, Parameter>>;
type Taken<P> = P extends Parameter<infer T> ? T : never;

/** Positional arguments are always there, named ones only when given. */
export type Given<P extends Parameters, N extends Parameters> = { readonly [K in keyof P]: Taken<P[K]> } & {
  readonly [K in keyof N]?: Taken<N[K]> | undefined;
};

interface Face {
  readonly name: string;
  /** By name, in order; all needed. */
  readonly positional: Parameters;
  /** Any number of further positional arguments, at least one unless `restMayBeEmpty`. */
  readonly rest?: Parameter;
  readonly restMayBeEmpty?: true;
  readonly named: Parameters;
  /** One line for the reference and for messages. */
  readonly does: string;
  /** One line, with the sample data that new workspaces begin with. */
  readonly example: string;
  /** What the example prints in English. */
  readonly prints?: string;
}

/** `{{fig "id"}}`: gives a value. */
export interface Inliner extends Face {
  readonly kind: "value";
  readonly run: (
    given: Readonly<Record<string, unknown>>,
    world: World,
    rest: readonly unknown[],
  ) => Outcome<Value>;
}

/** `{{#figures …}}…{{/figures}}`: gives items, for each of which its block is printed. */
export interface Loop extends Face {
  readonly kind: "loop";
  /** What each item has, by name, with what that is. */
  readonly fields: Readonly<Record<string, string>>;
  readonly run: (given: Readonly<Record<string, unknown>>, world: World) => Outcome<readonly Item[]>;
}

/** `if`, `unless`, `each`, `with`: part of the language itself. */
export interface Control extends Face {
  readonly kind: "control";
}

export type Helper = Inliner | Loop | Control;

export function inliner<P extends Parameters, N extends Parameters = Record<never, never>, R = never>(
  helper: Omit<Inliner, "kind" | "positional" | "named" | "rest" | "run"> & {
    readonly positional: P;
    readonly named?: N;
    readonly rest?: Parameter<R>;
    readonly run: (given: Given<P, N>, world: World, rest: readonly R[]) => Outcome<Value>;
  },
): Inliner {
  return { named: {}, ...helper, kind: "value", run: helper.run as Inliner["run"] };
}

export function loop<N extends Parameters, F extends string>(
  helper: Omit<Loop, "kind" | "positional" | "named" | "run" | "fields"> & {
    readonly named: N;
    readonly fields: Readonly<Record<F, string>>;
    readonly run: (given: Given<Record<never, never>, N>, world: World) => Outcome<readonly Item[]>;
  },
): Loop {
  return { positional: {}, ...helper, kind: "loop", run: helper.run as Loop["run"] };
}

export function done<T>(value: T): Outcome<T> {
  return { value, problems: [] };
}

export function failed(problem: Problem): { value: undefined; problems: readonly Problem[] } {
  return { value: undefined, problems: [problem] };
}

/** Stands for an argument whose value is not known before the template is filled. */
export const later = Symbol("known when the template is filled");

export interface Argument {
  readonly value: Value | typeof later;
  readonly where: Place;
}

export interface Bound {
  readonly given: Readonly<Record<string, unknown>>;
  readonly rest: readonly unknown[];
  readonly problems: readonly Problem[];
}

/** Gives arguments to a helper's parameters: too few, too many, unknown names and unfit values are problems. */
export function bind(
  helper: Helper,
  positional: readonly Argument[],
  named: ReadonlyMap<string, Argument>,
  world: World,
  where: Place,
): Bound {
  const problems: Problem[] = [];
  const given: Record<string, unknown> = {};
  const read = (parameter: Parameter, argument: Argument): unknown => {
    if (argument.value === later) return undefined;
    const reading = parameter.read(argument.value, world);
    if ("value" in reading) return reading.value;
    problems.push({ ...reading.problem, where: argument.where });
    return undefined;
  };
  const wanted = Object.entries(helper.positional);
  wanted.forEach(([name, parameter], index) => {
    const argument = positional[index];
    if (argument) given[name] = read(parameter, argument);
    else problems.push(messages.missingArgument(helper, name, parameter.takes, where));
  });
  const more = positional.slice(wanted.length);
  const { rest } = helper;
  if (rest && more.length === 0 && !helper.restMayBeEmpty)
    problems.push(messages.missingArgument(helper, undefined, rest.takes, where));
  if (!rest && more[0]) problems.push(messages.tooManyArguments(helper, more[0].where));
  for (const [name, argument] of named) {
    const parameter = Object.hasOwn(helper.named, name) ? helper.named[name] : undefined;
    if (parameter) given[name] = read(parameter, argument);
    else problems.push(messages.unknownArgument(helper, name, argument.where));
  }
  return { given, rest: rest ? more.map((argument) => read(rest, argument)) : [], problems };
}
