/** What a chart may print: words of its rows and filled words, put together, but nothing that was computed. */
import { type Row, rowFields } from "./dataset.ts";
import { type Expression, fieldOf, isName, memberName, readExpression } from "./expression.ts";
import { isList, isObject, type Json, type JsonObject, type Part, partsOf } from "./json.ts";

/** Fields of the rows that are numbers for drawing: printed, they would lack bound, range, unit and digits. */
const measured: readonly (keyof Row)[] = ["value", "low", "high", "order"];

/** What may reach a text. */
export interface Printable {
  /** Fields that hold words, of the rows and of the chart's own making. */
  readonly fields: ReadonlySet<string>;
  /** Parameters that hold words. */
  readonly words: ReadonlySet<string>;
  /** Fields of words that are as the rows have them, which the chart did not write over. */
  readonly intact: ReadonlySet<string>;
  /** All fields, numbers too. */
  readonly known: ReadonlySet<string>;
}

/** Who makes a field or a parameter; without an expression it is a computation of the chart. */
interface Maker {
  readonly name: string;
  readonly of: "fields" | "words";
  readonly expression?: Expression;
}

/**
 * What a spec may print: all that can be traced to words, through as many steps as it takes.
 * @param parts those of the spec
 */
export function printableIn(spec: JsonObject, parts: readonly Part[]): Printable {
  const makers = parts.flatMap(({ value, path }) =>
    isObject(value) ? makersIn(value, path.at(-2) === "params") : [],
  );
  const rowWords: readonly string[] = rowFields.filter((field) => !measured.includes(field));
  const made = (of: Maker["of"]): string[] =>
    makers.filter((maker) => maker.of === of).map(({ name }) => name);
  const numbers: readonly string[] = measured;
  const fields = new Set([...rowWords, ...made("fields").filter((name) => !numbers.includes(name))]);
  const words = new Set([...literalParams(spec), ...made("words")]);
  const intact = new Set(rowWords.filter((field) => !made("fields").includes(field)));
  const known = new Set([...rowFields, ...made("fields")]);
  const printable = { fields, words, intact, known };
  for (let before = -1; before !== fields.size + words.size; ) {
    before = fields.size + words.size;
    for (const { name, of, expression } of makers)
      if (!expression || !isPrintable(expression, printable)) printable[of].delete(name);
  }
  return printable;
}

function makersIn(value: JsonObject, isParameter: boolean): Maker[] {
  const { calculate, as, name, expr } = value;
  if (isParameter && typeof name === "string" && typeof expr === "string")
    return [{ name, of: "words", ...expressionOf(expr) }];
  const names = (isList(as) ? as : [as ?? null]).filter((made) => typeof made === "string");
  const made = typeof calculate === "string" ? expressionOf(calculate) : {};
  return names.map((field) => ({ name: field, of: "fields" as const, ...made }));
}

function expressionOf(text: string): { expression?: Expression } {
  const expression = readExpression(text);
  return typeof expression === "string" ? {} : { expression };
}

/** Parameters with a value in which every leaf is a text. */
function literalParams(spec: JsonObject): string[] {
  const params = isList(spec.params) ? spec.params : [];
  return params.flatMap((param) => {
    if (!isObject(param) || typeof param.name !== "string" || param.value === undefined) return [];
    const leaves = partsOf(param.value).filter(({ value }) => !isList(value) && !isObject(value));
    return leaves.every(({ value }) => typeof value === "string") ? [param.name] : [];
  });
}

/** Whether an expression gives nothing but words; `date` tells which of its parts are dates. */
export function isPrintable(
  node: Expression,
  printable: Printable,
  date: (node: Expression) => boolean = (part) => isDate(part, printable),
): boolean {
  return kindOf(node) === "words";

  function kindOf(part: Expression): "words" | "nothing" | "other" {
    switch (part.type) {
      case "Literal":
        return typeof part.value === "string" ? "words" : part.value === null ? "nothing" : "other";
      case "Identifier":
        return printable.words.has(part.name) ? "words" : "other";
      case "MemberExpression":
        return isWord(part, printable) ? "words" : "other";
      case "BinaryExpression":
        return part.operator === "+" && kindOf(part.left) === "words" && kindOf(part.right) === "words"
          ? "words"
          : "other";
      case "LogicalExpression":
        return either(part.left, part.right);
      case "ConditionalExpression":
        return either(part.consequent, part.alternate);
      case "CallExpression": {
        const [first, second] = part.arguments;
        if (!first) return "other";
        if (["lower", "trim", "upper"].some((name) => isName(part.callee, name))) return kindOf(first);
        const formats = isName(part.callee, "utcFormat") && second && kindOf(second) === "words";
        return formats && date(first) ? "words" : "other";
      }
      default:
        return "other";
    }
  }

  function either(one: Expression, other: Expression): "words" | "nothing" | "other" {
    const kinds = [kindOf(one), kindOf(other)];
    return kinds.includes("other") ? "other" : kinds.includes("words") ? "words" : "nothing";
  }
}

/** `datum.name`, `notes[datum.subject]`; not a letter of a text and not how long it is. */
function isWord(node: Expression, printable: Printable): boolean {
  if (node.type === "Identifier") return printable.words.has(node.name);
  if (node.type !== "MemberExpression") return false;
  const field = fieldOf(node);
  if (field !== undefined) return printable.fields.has(field);
  const name = memberName(node);
  const key = fieldOf(node.property);
  const named = name !== undefined && name !== "length" && !/^\d+$/.test(name);
  return (named || (key !== undefined && printable.intact.has(key))) && isWord(node.object, printable);
}

function isDate(node: Expression, printable: Printable): boolean {
  if (node.type === "CallExpression") {
    const [first] = node.arguments;
    return (
      ["time", "toDate"].some((name) => isName(node.callee, name)) && !!first && isDate(first, printable)
    );
  }
  const field = fieldOf(node) ?? "";
  return ["start", "end"].includes(field) && printable.intact.has(field);
}

/** Keys whose values are drawn as text, wherever they stand. */
const textKeys = ["ellipsis", "subtitle", "text", "title"];

export function isTextKey(key: string | number | undefined): boolean {
  return typeof key === "string" && textKeys.includes(key);
}

/** Keys beside a field that make something else of it before it is printed. */
const computing = ["aggregate", "bin", "format", "timeUnit"];

/** What of the value of a text key is a computation or a number, as it is written there. */
export function computedIn(value: Json, printable: Printable): string[] {
  if (typeof value === "number" || typeof value === "boolean") return [String(value)];
  if (isList(value)) return value.flatMap((item) => computedIn(item, printable));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (["condition", "datum", "value"].includes(key)) return computedIn(inner, printable);
    if (key === "field") return isWordField(inner, printable) ? [] : [show(inner)];
    if (key === "expr" || key === "signal") {
      const { expression } = expressionOf(String(inner));
      return expression && isPrintable(expression, printable) ? [] : [show(inner)];
    }
    const computes = computing.includes(key) || (key === "type" && inner === "quantitative");
    return computes ? [`"${key}": ${show(inner)}`] : [];
  });
}

/** A field that nobody knows is told by another message. */
function isWordField(field: Json, { fields, known }: Printable): boolean {
  return typeof field === "string" && (fields.has(field) || !known.has(field));
}

/** Channels whose values stand beside the picture, and where: at an axis or in a legend. */
const guides: Readonly<Record<string, "axis" | "legend">> = {
  x: "axis",
  y: "axis",
  color: "legend",
  fill: "legend",
  stroke: "legend",
  shape: "legend",
  size: "legend",
  opacity: "legend",
  fillOpacity: "legend",
  strokeOpacity: "legend",
  strokeWidth: "legend",
  strokeDash: "legend",
  angle: "legend",
};

/** What a channel prints at its axis or in its legend that are no words. Ticks of a measure are no texts. */
export function computedLabels(channel: JsonObject, name: string, printable: Printable): string[] {
  const kind = Object.hasOwn(guides, name) ? guides[name] : undefined;
  const guide = kind && channel[kind];
  const hidden = guide === null || (isObject(guide) && guide.labels === false);
  if (!kind || hidden || channel.field === undefined) return [];
  const { type, field, aggregate, bin, timeUnit } = channel;
  const measure =
    type === "quantitative" || (type === undefined && (aggregate !== undefined || bin !== undefined));
  if (measure || type === "temporal" || timeUnit !== undefined) return [];
  const words = aggregate === undefined && isWordField(field, printable);
  const listed = [
    isObject(channel.scale) ? channel.scale.domain : null,
    isObject(guide) ? guide.values : null,
  ];
  const typed = listed.flatMap((values) =>
    (isList(values) ? values : isObject(values) ? [values] : []).filter((value) => typeof value !== "string"),
  );
  return [...(words ? [] : [show(field)]), ...typed.map(show)];
}

function show(value: Json): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
