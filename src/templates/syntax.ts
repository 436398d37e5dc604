/** The syntax tree of a template: the part of Handlebars' own that is understood here. */
import type { Place } from "../problem.ts";

/** Lines count from 1, columns from 0. */
export interface Location {
  readonly start: { readonly line: number; readonly column: number };
}

export interface Path {
  readonly type: "PathExpression";
  /** `@index` rather than `index`. */
  readonly data: boolean;
  /** How many `../` stand before it. */
  readonly depth: number;
  readonly parts: readonly string[];
  readonly original: string;
  readonly loc: Location;
}

export interface StringLiteral {
  readonly type: "StringLiteral";
  readonly value: string;
  readonly loc: Location;
}
export interface NumberLiteral {
  readonly type: "NumberLiteral";
  readonly value: number;
  readonly loc: Location;
}
export interface BooleanLiteral {
  readonly type: "BooleanLiteral";
  readonly value: boolean;
  readonly loc: Location;
}
export interface NothingLiteral {
  readonly type: "UndefinedLiteral" | "NullLiteral";
  readonly loc: Location;
}

export interface Hash {
  readonly pairs: readonly { readonly key: string; readonly value: Expression; readonly loc: Location }[];
}

/** What has a name and arguments: a mustache, a block, a subexpression. */
export interface Call {
  readonly path: Expression;
  readonly params: readonly Expression[];
  readonly hash?: Hash;
  readonly loc: Location;
}

export interface SubExpression extends Call {
  readonly type: "SubExpression";
}

export type Expression =
  | Path
  | StringLiteral
  | NumberLiteral
  | BooleanLiteral
  | NothingLiteral
  | SubExpression;

export interface Content {
  readonly type: "ContentStatement";
  /** As written; `value` lacks the white space that belongs to blocks standing on lines of their own. */
  readonly original: string;
  readonly value: string;
  readonly loc: Location;
}
export interface Comment {
  readonly type: "CommentStatement";
}
export interface Mustache extends Call {
  readonly type: "MustacheStatement";
  /** `{{x}}` rather than `{{{x}}}`. */
  readonly escaped: boolean;
}
export interface BlockCall extends Call {
  readonly type: "BlockStatement";
  readonly program?: Program;
  readonly inverse?: Program;
}
export interface PartialCall {
  readonly type: "PartialStatement";
  readonly name: Expression;
  readonly params: readonly Expression[];
  readonly hash?: Hash;
  readonly indent: string;
  readonly loc: Location;
}
/** `{{#> x}}`, `{{* x}}`, `{{#* x}}`: refused. */
export interface Refused {
  readonly type: "PartialBlockStatement" | "Decorator" | "DecoratorBlock";
  readonly loc: Location;
}

export type Statement = Content | Comment | Mustache | BlockCall | PartialCall | Refused;

export interface Program {
  readonly body: readonly Statement[];
  readonly blockParams?: readonly string[];
}

/** A read template, with the place its text begins at. */
export interface Template {
  readonly name: string;
  readonly program: Program;
  readonly place: (location: Location) => Place;
}

/** `metric` of `{{metric}}` and `{{metric "revenue"}}`: a bare word, which may be a helper's name. */
export function bareName(expression: Expression): string | undefined {
  if (expression.type !== "PathExpression" || expression.data || expression.depth > 0) return undefined;
  if (/^(\.|this\b)/.test(expression.original)) return undefined;
  return expression.parts.length === 1 ? expression.parts[0] : undefined;
}
