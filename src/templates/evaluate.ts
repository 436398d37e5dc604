/**
 * Evaluate: a checked template, turned into Markdown.
 *
 * The tree that Handlebars reads is walked here instead of being compiled to code: values can be told from markup, every
 * character knows its line, what goes wrong is a problem with a place and not an exception, and a template reaches nothing
 * but the fields it is given.
 */
import type { Place, Problem } from "../problem.ts";
import { partialName } from "./check.ts";
import { type Argument, bind, type Helper } from "./helper.ts";
import { limits } from "./limits.ts";
import * as messages from "./messages.ts";
import type { Output } from "./output.ts";
import type { World } from "./parameters.ts";
import type { Path, Program, Statement, Template } from "./syntax.ts";
import {
  type BlockCall,
  bareName,
  type Call,
  type Content,
  type Expression,
  type Hash,
  type PartialCall,
} from "./syntax.ts";
import { calledAt, type Partials, type Problems } from "./templates.ts";
import {
  type Field,
  fieldIn,
  holds,
  isItem,
  isList,
  isWord,
  item,
  keyNodes,
  nodesOf,
  type Value,
  word,
} from "./values.ts";

/** `this`, with what lies around it. */
interface Frame {
  readonly value: Value;
  readonly parent?: Frame;
  /** `@index`, `@first`, `@last`. */
  readonly data: ReadonlyMap<string, Value>;
  /** Names given with `as |name|`. */
  readonly locals: ReadonlyMap<string, Value>;
  readonly defaults: World["defaults"];
}

/** Writes what the template prints to `output`; false when a limit ended it before its end. */
export function evaluate(
  template: Template,
  world: World,
  partials: Partials,
  output: Output,
  problems: Problems,
): boolean {
  const evaluation = new Evaluation(world, partials, output, problems);
  const { defaults } = world;
  evaluation.template(template, [], { value: item({}), data: new Map(), locals: new Map(), defaults });
  return !evaluation.stopped;
}

class Evaluation {
  readonly #world: World;
  readonly #partials: Partials;
  readonly #output: Output;
  readonly #problems: Problems;
  #place: Template["place"] = () => ({ file: "" });
  #chain: readonly string[] = [];
  #steps = 0;
  #stopped = false;

  constructor(world: World, partials: Partials, output: Output, problems: Problems) {
    this.#world = world;
    this.#partials = partials;
    this.#output = output;
    this.#problems = problems;
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  template(template: Template, chain: readonly string[], frame: Frame): void {
    const before = { place: this.#place, chain: this.#chain };
    this.#place = template.place;
    this.#chain = chain;
    this.#program(template.program, frame);
    this.#place = before.place;
    this.#chain = before.chain;
  }

  #program(program: Program | undefined, frame: Frame): void {
    for (const statement of program?.body ?? []) {
      if (this.#stopped) return;
      this.#statement(statement, frame);
    }
  }

  #statement(statement: Statement, frame: Frame): void {
    switch (statement.type) {
      case "ContentStatement":
        this.#output.text(statement.value, contentPlace(statement, this.#place(statement.loc)));
        break;
      case "MustacheStatement": {
        const value = this.#call(statement, frame);
        const where = this.#place(statement.loc);
        if (!statement.escaped && isWord(value) && value.markdown !== undefined)
          this.#output.words(value.markdown, where);
        else this.#output.value(this.#world.asKeys ? keyNodes(value) : nodesOf(value), where);
        break;
      }
      case "BlockStatement":
        this.#block(statement, frame);
        break;
      case "PartialStatement":
        this.#partial(statement, frame);
        break;
      // Comments print nothing, and what is refused was reported by the check.
      default:
    }
    if (this.#output.full && "loc" in statement)
      this.#stop(messages.tooMuchOutput(this.#place(statement.loc)));
  }

  #block(block: BlockCall, frame: Frame): void {
    const name = bareName(block.path);
    const helper = name === undefined ? undefined : this.#world.helpers.get(name);
    if (!helper || helper.kind === "value") return;
    const found = this.#run(helper, block, frame);
    if (helper.name === "if" || helper.name === "unless")
      this.#program(holds(found) === (helper.name === "if") ? block.program : block.inverse, frame);
    else if (helper.name === "with" && holds(found))
      this.#program(block.program, inner(frame, found, frame.data, block.program, [found]));
    else if (helper.name === "with") this.#program(block.inverse, frame);
    else this.#loop(block, found ?? [], frame);
  }

  #loop(block: BlockCall, entries: Value, frame: Frame): void {
    const where = this.#place(block.loc);
    if (!isList(entries)) {
      this.#problems.add(messages.notAList(where));
      return;
    }
    if (entries.length === 0) this.#program(block.inverse, frame);
    for (const [index, entry] of entries.entries()) {
      if (!this.#step(where)) return;
      const at = counted(index);
      const data = new Map<string, Value>([
        ["index", at],
        ["first", index === 0],
        ["last", index === entries.length - 1],
      ]);
      this.#program(block.program, inner(frame, entry, data, block.program, [entry, at]));
    }
  }

  #partial(call: PartialCall, frame: Frame): void {
    const where = this.#place(call.loc);
    const name = partialName(call.name);
    if (name === undefined || this.#chain.includes(name)) return;
    const chain = [...this.#chain, name];
    if (chain.length > limits.partials) this.#stop(messages.partialsTooDeep(chain, where));
    const partial = this.#partials.get(name, where);
    if (!partial || !this.#step(where)) return;
    const [context] = call.params;
    const value = context === undefined ? frame.value : this.#value(context, frame);
    const given = [...this.#hash(call.hash, frame)].map(([key, argument]) => [key, argument.value] as const);
    const fields = isItem(value) ? [...value.fields] : [];
    const own: Value =
      given.length === 0 ? value : { kind: "item", fields: new Map([...fields, ...given]), defaults: {} };
    const around = own === frame.value ? frame : { ...frame, value: own, parent: frame };
    this.#output.indented(call.indent, () =>
      this.template(calledAt(partial, where), chain, { ...around, locals: new Map() }),
    );
  }

  /** What `{{x}}` or `(x …)` stands for: a field when there is one of that name and no argument, else a helper. */
  #call(call: Call, frame: Frame): Value {
    if (call.path.type !== "PathExpression") return undefined;
    const name = bareName(call.path);
    const plain = call.params.length === 0 && call.hash === undefined;
    if (
      plain &&
      (name === undefined ||
        frame.locals.has(name) ||
        hasField(frame.value, name) ||
        this.#world.params.has(name))
    )
      return this.#lookUp(call.path, frame);
    const helper = name === undefined ? undefined : this.#world.helpers.get(name);
    if (helper?.kind === "value") return this.#run(helper, call, frame);
    if (!helper && plain) this.#lookUp(call.path, frame);
    return undefined;
  }

  #run(helper: Helper, call: Call, frame: Frame): Value {
    const where = this.#place(call.loc);
    const positional = call.params.map(
      (param): Argument => ({ value: this.#value(param, frame), where: this.#place(param.loc) }),
    );
    const { given, rest, problems } = bind(
      helper,
      positional,
      this.#hash(call.hash, frame),
      this.#world,
      where,
    );
    this.#problems.add(...problems);
    if (problems.length > 0) return undefined;
    if (helper.kind === "control") return positional[0]?.value as Value;
    const outcome = helper.run(given, { ...this.#world, defaults: frame.defaults }, rest);
    for (const problem of outcome.problems) {
      const about = positional.find(({ value }) => value === problem.found);
      this.#problems.add({ ...problem, where: problem.where ?? about?.where ?? where });
    }
    return outcome.value;
  }

  #hash(
    hash: Hash | undefined,
    frame: Frame,
  ): ReadonlyMap<string, { readonly value: Value; readonly where: Place }> {
    return new Map(
      hash?.pairs.map(({ key, value, loc }) => [
        key,
        { value: this.#value(value, frame), where: this.#place(loc) },
      ]),
    );
  }

  #value(expression: Expression, frame: Frame): Value {
    if (expression.type === "PathExpression") return this.#lookUp(expression, frame);
    if (expression.type === "SubExpression") return this.#call(expression, frame);
    return "value" in expression ? expression.value : undefined;
  }

  #lookUp(path: Path, frame: Frame): Value {
    const [first, ...parts] = path.parts;
    if (first !== undefined && path.depth === 0 && !path.data && frame.locals.has(first))
      return this.#follow(path, frame.locals.get(first), parts);
    const { params } = this.#world;
    if (first !== undefined && path.depth === 0 && !path.data && !hasField(frame.value, first))
      if (params.has(first)) return this.#follow(path, params.get(first), parts);
    let at: Frame | undefined = frame;
    for (let depth = path.depth; depth > 0; depth--) at = at?.parent;
    if (path.data) return this.#follow(path, at?.data.get(first ?? ""), parts);
    return this.#follow(path, at?.value, path.parts);
  }

  #follow(path: Path, from: Value, parts: readonly string[]): Value {
    let value = from;
    for (const part of parts) {
      if (value === undefined) return undefined;
      const known: ReadonlyMap<string, Field> = isItem(value)
        ? value.fields
        : isList(value)
          ? listFields(value)
          : new Map<string, Field>();
      if (!known.has(part)) {
        this.#problems.add(
          messages.unknownName(
            path.original,
            this.#place(path.loc),
            isList(value) ? ["length"] : [...known.keys()],
          ),
        );
        return undefined;
      }
      value = fieldIn(known, part);
    }
    return value;
  }

  /** Counts a turn of a loop or a call of a partial; false when there were too many. */
  #step(where: Place): boolean {
    if (this.#stopped) return false;
    this.#steps += 1;
    if (this.#steps > limits.steps) this.#stop(messages.tooManySteps(where));
    return !this.#stopped;
  }

  #stop(problem: Problem): void {
    if (!this.#stopped) this.#problems.add(problem);
    this.#stopped = true;
  }
}

function inner(
  frame: Frame,
  value: Value,
  data: ReadonlyMap<string, Value>,
  program: Program | undefined,
  named: readonly Value[],
): Frame {
  const locals = new Map([
    ...frame.locals,
    ...(program?.blockParams ?? []).map((name, index) => [name, named[index]] as const),
  ]);
  const defaults = isItem(value) ? { ...frame.defaults, ...value.defaults } : frame.defaults;
  return { value, parent: frame, data, locals, defaults };
}

function hasField(value: Value, name: string): boolean {
  return isItem(value) && value.fields.has(name);
}

/** A number of the engine's own counting, which may be printed. */
function counted(number: number): Value {
  const text = String(number);
  return word(text, { type: "literal", text });
}

function listFields(list: readonly Value[]): ReadonlyMap<string, Value> {
  return new Map<string, Value>([
    ["length", counted(list.length)],
    ...list.map((entry, index) => [String(index), entry] as const),
  ]);
}

/** Where `value` begins: after the white space that was taken off the front. */
function contentPlace({ original, value }: Content, place: Place): Place {
  const core = value.trim();
  const cut = original.slice(
    0,
    core === "" ? original.length - value.length : original.indexOf(core) - value.indexOf(core),
  );
  const lines = cut.split("\n");
  const last = lines.at(-1) ?? "";
  if (lines.length === 1)
    return { ...place, ...(place.column === undefined ? {} : { column: place.column + last.length }) };
  return {
    ...place,
    ...(place.line === undefined ? {} : { line: place.line + lines.length - 1, column: last.length + 1 }),
  };
}
