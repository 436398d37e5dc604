/** XML as plain trees. */

/** An element. Names keep their prefix (`p:sp`), declarations of namespaces are attributes like others. */
export interface Xml {
  readonly name: string;
  readonly attributes: Map<string, string>;
  children: (Xml | string)[];
}

/** The file's text, with its declaration. */
export function serialize(root: Xml): string {
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${toText(root)}`;
}

function toText({ name, attributes, children }: Xml): string {
  let text = `<${name}`;
  for (const [key, value] of attributes) text += ` ${key}="${escaped(value)}"`;
  if (children.length === 0) return `${text}/>`;
  text += ">";
  for (const child of children) text += typeof child === "string" ? escaped(child) : toText(child);
  return `${text}</${name}>`;
}

/** Line ends and tabs become references, because parsers turn them into spaces in attributes and "\r" into "\n" in text. */
function escaped(text: string): string {
  return text.replace(/[&<>"\t\n\r]/g, (mark) => `&#${mark.charCodeAt(0)};`);
}

/** An element; attributes and children that are undefined are left out. */
export function el(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>> = {},
  ...children: readonly (Xml | string | undefined)[]
): Xml {
  const given = Object.entries(attributes).flatMap(([key, value]): [string, string][] =>
    value === undefined ? [] : [[key, String(value)]],
  );
  return { name, attributes: new Map(given), children: children.filter((child) => child !== undefined) };
}

/** The element's children that are elements, all or those of a name. */
export function elements(parent: Xml | undefined, name?: string): Xml[] {
  return (parent?.children ?? []).filter(
    (child): child is Xml => typeof child !== "string" && (name === undefined || child.name === name),
  );
}

/** The element itself and everything below it, in document order, all or those of a name. */
export function* descendants(parent: Xml, name?: string): Generator<Xml> {
  const rest = [parent];
  for (let next = rest.pop(); next; next = rest.pop()) {
    if (name === undefined || next.name === name) yield next;
    for (let index = next.children.length - 1; index >= 0; index--) {
      const child = next.children[index];
      if (typeof child === "object") rest.push(child);
    }
  }
}

export function descendant(parent: Xml, name: string): Xml | undefined {
  return descendants(parent, name).next().value ?? undefined;
}

/** All text below the element, joined. */
export function textOf(parent: Xml): string {
  let text = "";
  const rest: (Xml | string)[] = [parent];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    if (typeof next === "string") text += next;
    else
      for (let index = next.children.length - 1; index >= 0; index--) rest.push(next.children[index] ?? "");
  }
  return text;
}
