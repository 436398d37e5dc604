/** The expressions of a chart, read by Vega's own parser: the only file that imports `vega-expression`. */
import { parseExpression } from "vega-expression";

export type Expression =
  | { readonly type: "Literal"; readonly value: unknown; readonly regex?: object }
  | { readonly type: "Identifier"; readonly name: string }
  | {
      readonly type: "MemberExpression";
      readonly object: Expression;
      readonly property: Expression;
      readonly computed: boolean;
    }
  | {
      readonly type: "CallExpression";
      readonly callee: Expression;
      readonly arguments: readonly Expression[];
    }
  | { readonly type: "UnaryExpression"; readonly argument: Expression }
  | {
      readonly type: "BinaryExpression" | "LogicalExpression";
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly type: "ConditionalExpression";
      readonly test: Expression;
      readonly consequent: Expression;
      readonly alternate: Expression;
    }
  | { readonly type: "ArrayExpression"; readonly elements: readonly (Expression | null)[] }
  | {
      readonly type: "ObjectExpression";
      readonly properties: readonly { readonly value: Expression }[];
    };

/** Characters; the parser goes as deep as its text does. */
const longest = 1000;

/** Expressions that are kept; those of all shipped charts together are a tenth of them. */
const mostKept = 1000;
/** A check asks for the same expression several times, and so does every document that shows the chart. */
const known = new Map<string, Expression | string>();

/** An expression, or why it is none. */
export function readExpression(text: string): Expression | string {
  if (text.length > longest) return `it has more than ${longest} characters`;
  const found = known.get(text) ?? parsed(text);
  if (known.size >= mostKept) known.clear();
  known.set(text, found);
  return found;
}

function parsed(text: string): Expression | string {
  try {
    return parseExpression(text) as unknown as Expression;
  } catch (thrown) {
    if (!(thrown instanceof Error)) throw thrown;
    return /end of input/.test(thrown.message) ? "it ends too soon" : "something in it is out of place";
  }
}

/** A node and all below it; names after a point are part of their node. */
export function* walkExpression(node: Expression): Generator<Expression> {
  yield node;
  for (const part of partsOf(node)) yield* walkExpression(part);
}

function partsOf(node: Expression): readonly Expression[] {
  switch (node.type) {
    case "Literal":
    case "Identifier":
      return [];
    case "MemberExpression":
      return node.computed ? [node.object, node.property] : [node.object];
    case "CallExpression":
      return node.callee.type === "Identifier" ? node.arguments : [node.callee, ...node.arguments];
    case "UnaryExpression":
      return [node.argument];
    case "BinaryExpression":
    case "LogicalExpression":
      return [node.left, node.right];
    case "ConditionalExpression":
      return [node.test, node.consequent, node.alternate];
    case "ArrayExpression":
      return node.elements.filter((element) => element !== null);
    case "ObjectExpression":
      return node.properties.map(({ value }) => value);
  }
}

/** The name of a member where it is written out: `a.name`, `a["name"]`. */
export function memberName(node: Expression): string | undefined {
  if (node.type !== "MemberExpression") return undefined;
  const { property, computed } = node;
  if (!computed) return property.type === "Identifier" ? property.name : undefined;
  return property.type === "Literal" && typeof property.value === "string" ? property.value : undefined;
}

/** The field that `datum.name` or `datum["name"]` reads. */
export function fieldOf(node: Expression): string | undefined {
  return node.type === "MemberExpression" && isName(node.object, "datum") ? memberName(node) : undefined;
}

export function isName(node: Expression, name: string): boolean {
  return node.type === "Identifier" && node.name === name;
}

/** Functions that expressions may call. All others are refused: what they cost or depend on has not been looked at. */
const functions: readonly (readonly [why: string, names: readonly string[]])[] = [
  [
    "one step of arithmetic, for lengths and places",
    ["abs", "ceil", "clamp", "exp", "floor", "inrange", "log", "max", "min", "pow", "round", "sqrt"],
  ],
  [
    "what a value is, or the same value as another kind",
    [
      "isBoolean",
      "isDate",
      "isDefined",
      "isFinite",
      "isNaN",
      "isNumber",
      "isString",
      "isValid",
      "toBoolean",
      "toDate",
      "toNumber",
      "toString",
    ],
  ],
  ["no longer than their text", ["indexof", "length", "lower", "trim", "upper"]],
  [
    "dates, in every time zone alike",
    [
      "time",
      "utc",
      "utcFormat",
      "utcOffset",
      "utcParse",
      "utcdate",
      "utcday",
      "utcdayofyear",
      "utchours",
      "utcmonth",
      "utcquarter",
      "utcweek",
      "utcyear",
    ],
  ],
  ["the chart's own scales", ["bandspace", "bandwidth", "domain", "range", "scale"]],
];

export const knownFunctions: readonly string[] = functions.flatMap(([, names]) => names);

/** Functions that are asked for most, with the reason why they are refused. */
export const refusedFunctions: Readonly<Record<string, readonly [why: string, hint?: string]>> = {
  now: ["it reads the clock", "take dates from the rows"],
  random: ["it throws dice"],
  sampleNormal: ["it throws dice"],
  sampleLogNormal: ["it throws dice"],
  sampleUniform: ["it throws dice"],
  datetime: ["it depends on the time zone", "use utc()"],
  date: ["it depends on the time zone", "use utcdate()"],
  day: ["it depends on the time zone", "use utcday()"],
  month: ["it depends on the time zone", "use utcmonth()"],
  quarter: ["it depends on the time zone", "use utcquarter()"],
  week: ["it depends on the time zone", "use utcweek()"],
  year: ["it depends on the time zone", "use utcyear()"],
  dayofyear: ["it depends on the time zone", "use utcdayofyear()"],
  hours: ["it depends on the time zone", "use utchours()"],
  minutes: ["it depends on the time zone"],
  seconds: ["it depends on the time zone"],
  timezoneoffset: ["it depends on the time zone"],
  timeFormat: ["it depends on the time zone", "use utcFormat()"],
  timeParse: ["it depends on the time zone", "use utcParse()"],
  timeOffset: ["it depends on the time zone", "use utcOffset()"],
  warn: ["it only writes to a console"],
  info: ["it only writes to a console"],
  debug: ["it only writes to a console"],
  regexp: ["a regular expression may run for ever"],
  test: ["a regular expression may run for ever", "compare with === or use indexof()"],
  replace: ["a regular expression may run for ever"],
  sequence: ["it may have no end"],
  pad: ["it may have no end"],
  format: ["numbers are printed as the data has them", "use the field `label`"],
  if: ["it is written otherwise here", "use `condition ? one : other`"],
};

/** Names that belong to a chart on a screen. */
export const refusedNames: Readonly<Record<string, string>> = {
  event: "a picture receives no events",
  item: "a picture receives no events",
  ["__proto__"]: "it is no field of a row",
};

const comparisons = ["==", "===", "!=", "!==", "<", "<=", ">", ">="];

/** The texts that are written out in an expression and may be printed: neither compared with nor used as a key. */
export function textsIn(root: Expression): string[] {
  const silent = new Set<Expression>();
  const texts: string[] = [];
  for (const node of walkExpression(root)) {
    if (node.type === "BinaryExpression" && comparisons.includes(node.operator))
      silent.add(node.left).add(node.right);
    if (node.type === "MemberExpression" && node.computed) silent.add(node.property);
    if (node.type === "Literal" && typeof node.value === "string" && !silent.has(node))
      texts.push(node.value);
  }
  return texts;
}
