/** Growth: texts and lists that a chart makes of one another, and how large they may become, seen before any is made. */
import { type Expression, fieldOf, isName, readExpression, walkExpression } from "./expression.ts";
import { isObject, type Part, type Path } from "./json.ts";

/** Parts that one value may have, those of the values that it is made of included. */
const mostParts = 2_000;

/** What makes a field or a parameter. */
interface Maker {
  readonly names: readonly string[];
  readonly expression: Expression;
  readonly path: Path;
}

/**
 * The expression with which a value becomes too large, e.g. the fortieth that doubles the one before.
 * @param parts those of the spec
 */
export function overgrown(parts: readonly Part[]): Path | undefined {
  const makers = parts.flatMap(makersIn);
  if (makers.length === 0) return undefined;
  const isParameter = ({ path }: Maker): boolean => path.includes("params");
  const parameters = makers.filter(isParameter);
  // A layer comes after what it stands in. Parameters may name those that follow: each round reaches one further.
  const fields = makers.filter((maker) => !isParameter(maker)).sort((a, b) => a.path.length - b.path.length);
  const sizes = new Map<string, number>();
  for (const { names, expression, path } of [...parameters.flatMap(() => parameters), ...fields]) {
    const size = sizeOf(expression, sizes);
    if (size > mostParts) return path;
    for (const name of names) sizes.set(name, size);
  }
  return undefined;
}

function makersIn({ value, path }: Part): Maker[] {
  if (!isObject(value)) return [];
  const [key, made] = path.at(-2) === "params" ? ["expr", value.name] : ["calculate", value.as];
  const text = value[key];
  const expression = typeof text === "string" ? readExpression(text) : undefined;
  if (expression === undefined || typeof expression === "string") return [];
  return [{ names: [made].flat().map(String), expression, path: [...path, key] }];
}

function sizeOf(root: Expression, sizes: ReadonlyMap<string, number>): number {
  let size = 0;
  for (const node of walkExpression(root)) {
    const field = fieldOf(node);
    const isAnyField =
      node.type === "MemberExpression" && field === undefined && isName(node.object, "datum");
    if (isAnyField) size += Math.max(1, ...sizes.values());
    else size += sizes.get(field ?? (node.type === "Identifier" ? node.name : "")) ?? 1;
  }
  return size;
}
