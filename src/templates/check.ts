/** Check: everything about a template that can be told before it is filled, in parts that are never reached, too. */
import type { Place } from "../problem.ts";
import { type Argument, bind, type Helper, later } from "./helper.ts";
import { limits } from "./limits.ts";
import * as messages from "./messages.ts";
import type { World } from "./parameters.ts";
import {
  type BlockCall,
  bareName,
  type Call,
  type Expression,
  type Hash,
  type PartialCall,
  type Path,
  type Program,
  type Statement,
  type Template,
} from "./syntax.ts";
import { calledAt, type Partials, type Problems } from "./templates.ts";

/** Names of the fields that `this` has; absent where only filling can tell. */
type Fields = ReadonlySet<string> | undefined;

interface Scope {
  readonly fields: Fields;
  readonly parent?: Scope;
  /** Names given with `as |name|`. */
  readonly locals: ReadonlySet<string>;
}

/** The scope of a document: `this` has no fields there. */
const outermost: Scope = { fields: new Set(), locals: new Set() };

/** @returns whether it can be filled: false when it names a parameter that has no value */
export function check(template: Template, world: World, partials: Partials, problems: Problems): boolean {
  const checker = new Checker(world, partials, problems);
  checker.template(template, outermost, []);
  return checker.isFillable;
}

class Checker {
  readonly #world: World;
  readonly #partials: Partials;
  readonly #problems: Problems;
  /** Partials that have been checked, with the fields they had. */
  readonly #seen = new Set<string>();
  #isFillable = true;
  #place: Template["place"] = () => ({ file: "" });

  constructor(world: World, partials: Partials, problems: Problems) {
    this.#world = world;
    this.#partials = partials;
    this.#problems = problems;
  }

  get isFillable(): boolean {
    return this.#isFillable;
  }

  template(template: Template, scope: Scope, chain: readonly string[]): void {
    const before = this.#place;
    this.#place = template.place;
    this.#program(template.program, scope, chain);
    this.#place = before;
  }

  #program(program: Program, scope: Scope, chain: readonly string[]): void {
    for (const statement of program.body) this.#statement(statement, scope, chain);
  }

  #statement(statement: Statement, scope: Scope, chain: readonly string[]): void {
    switch (statement.type) {
      case "ContentStatement":
      case "CommentStatement":
        break;
      case "MustacheStatement":
        this.#call(statement, scope, "value");
        break;
      case "BlockStatement":
        this.#block(statement, scope, chain);
        break;
      case "PartialStatement":
        this.#partialCall(statement, scope, chain);
        break;
      default:
        this.#problems.add(messages.refusedSyntax(statement.type, this.#place(statement.loc)));
    }
  }

  #block(block: BlockCall, scope: Scope, chain: readonly string[]): void {
    const helper = this.#call(block, scope, "block");
    if (block.program) this.#program(block.program, within(block, helper, scope), chain);
    if (block.inverse) this.#program(block.inverse, scope, chain);
  }

  #partialCall(call: PartialCall, scope: Scope, chain: readonly string[]): void {
    const where = this.#place(call.loc);
    for (const param of call.params) this.#expression(param, scope);
    this.#hash(call.hash, scope);
    const name = partialName(call.name);
    if (name === undefined) this.#problems.add(messages.dynamicPartial(where));
    else this.#partial(name, where, chain, partialScope(call, scope));
  }

  #partial(name: string, where: Place, chain: readonly string[], scope: Scope): void {
    if (chain.includes(name)) {
      this.#problems.add(messages.selfIncluding([...chain.slice(chain.indexOf(name)), name], where));
      return;
    }
    const partial = this.#partials.get(name, where);
    const key = JSON.stringify([name, scope.fields && [...scope.fields]]);
    if (!partial || this.#seen.has(key) || chain.length >= limits.partials || this.#seen.size >= limits.steps)
      return;
    this.#seen.add(key);
    this.template(calledAt(partial, where), scope, [...chain, name]);
  }

  #call(call: Call, scope: Scope, as: "value" | "block"): Helper | undefined {
    const where = this.#place(call.loc);
    if (call.path.type !== "PathExpression") {
      this.#problems.add(
        messages.printedLiteral(where, "value" in call.path ? String(call.path.value) : call.path.type),
      );
      return undefined;
    }
    const name = bareName(call.path);
    const plain = call.params.length === 0 && call.hash === undefined && as === "value";
    const { params } = this.#world;
    if (
      plain &&
      (name === undefined || scope.locals.has(name) || scope.fields?.has(name) !== false || params.has(name))
    ) {
      this.#path(call.path, scope);
      return undefined;
    }
    const helper = name === undefined ? undefined : this.#world.helpers.get(name);
    if (!helper) {
      const { helpers } = this.#world;
      const at = this.#place(call.path.loc);
      this.#problems.add(
        plain
          ? messages.unknownName(
              call.path.original,
              at,
              [...(scope.fields ?? []), ...params.keys()],
              helpers.keys(),
            )
          : messages.unknownHelper(call.path.original, at, helpers.keys()),
      );
      return undefined;
    }
    if (as === "value" && helper.kind !== "value") this.#problems.add(messages.onlyABlock(helper, where));
    else if (as === "block" && helper.kind === "value") this.#problems.add(messages.notABlock(helper, where));
    else this.#arguments(helper, call, scope);
    return helper;
  }

  #arguments(helper: Helper, call: Call, scope: Scope): void {
    const positional = call.params.map((param) => this.#expression(param, scope));
    const { problems } = bind(
      helper,
      positional,
      this.#hash(call.hash, scope),
      this.#world,
      this.#place(call.loc),
    );
    this.#problems.add(...problems);
  }

  #hash(hash: Hash | undefined, scope: Scope): ReadonlyMap<string, Argument> {
    return new Map(
      hash?.pairs.map(({ key, value, loc }) => [
        key,
        { ...this.#expression(value, scope), where: this.#place(loc) },
      ]),
    );
  }

  /** The value where it is written down, else that it comes later. */
  #expression(expression: Expression, scope: Scope): Argument {
    const where = this.#place(expression.loc);
    if (expression.type === "PathExpression") this.#path(expression, scope);
    if (expression.type === "SubExpression") {
      this.#call(expression, scope, "value");
    }
    return {
      where,
      value:
        "value" in expression ? expression.value : expression.type.endsWith("Literal") ? undefined : later,
    };
  }

  #path(path: Path, scope: Scope): void {
    const [first] = path.parts;
    if (path.data && !loopData.includes(first ?? ""))
      this.#problems.add(
        messages.unknownName(
          path.original,
          this.#place(path.loc),
          loopData.map((name) => `@${name}`),
        ),
      );
    if (path.data || first === undefined || (path.depth === 0 && scope.locals.has(first))) return;
    let at: Scope | undefined = scope;
    for (let depth = path.depth; depth > 0; depth--) at = at?.parent;
    const { params } = this.#world;
    if (path.depth === 0 && at?.fields?.has(first) !== true && params.has(first)) {
      if (params.get(first) === undefined) this.#isFillable = false;
    } else if (at?.fields && !at.fields.has(first))
      this.#problems.add(
        messages.unknownName(path.original, this.#place(path.loc), [...at.fields, ...params.keys()]),
      );
  }
}

/** What loops tell beside their items: `@index` counts from 0. */
const loopData: readonly string[] = ["index", "first", "last"];

/** The name in `{{> name}}`. */
export function partialName(name: Expression): string | undefined {
  if (name.type === "PathExpression") return name.original;
  return name.type === "StringLiteral" ? name.value : undefined;
}

function within(block: { readonly program?: Program }, helper: Helper | undefined, scope: Scope): Scope {
  if (helper?.name === "if" || helper?.name === "unless") return scope;
  const locals = new Set([...scope.locals, ...(block.program?.blockParams ?? [])]);
  return {
    fields: helper?.kind === "loop" ? new Set(Object.keys(helper.fields)) : undefined,
    parent: scope,
    locals,
  };
}

function partialScope(
  { params, hash }: { readonly params: readonly Expression[]; readonly hash?: Hash },
  scope: Scope,
): Scope {
  const given = hash?.pairs.map(({ key }) => key) ?? [];
  const fields = params.length > 0 || !scope.fields ? undefined : new Set([...scope.fields, ...given]);
  const same = params.length === 0 && given.length === 0;
  const parent = same ? scope.parent : scope;
  return { fields, ...(parent === undefined ? {} : { parent }), locals: new Set() };
}
