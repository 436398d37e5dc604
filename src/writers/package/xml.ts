/** XML as plain trees; the one file that knows the parser. */
import { DOMParser, onErrorStopParsing } from "@xmldom/xmldom";

/** An element. Names keep their prefix (`p:sp`), declarations of namespaces are attributes like others. */
export interface Xml {
  readonly name: string;
  readonly attributes: Map<string, string>;
  children: (Xml | string)[];
}

/** What the parser's nodes are read through, so that its own types stay in this file. */
interface ParsedNode {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly nodeValue: string | null;
  readonly childNodes: ArrayLike<ParsedNode>;
  readonly attributes?: ArrayLike<{ readonly name: string; readonly value: string }>;
}

const ELEMENT = 1;
const TEXT = 3;
const CDATA = 4;

/** The root element, or the parser's complaint. Comments and the white space between elements are dropped. */
export function parse(text: string): Xml | { readonly complaint: string } {
  try {
    const parser = new DOMParser({
      onError: onErrorStopParsing,
      // As XML 1.0 has it; the parser's own rule is of XML 1.1 and turns U+2028 into a line feed.
      normalizeLineEndings: (source) => source.replace(/\r\n?/g, "\n"),
    });
    const document = parser.parseFromString(text, "text/xml");
    return fromNode(document.documentElement as unknown as ParsedNode);
  } catch (thrown) {
    return { complaint: String(thrown instanceof Error ? thrown.message : thrown).split("\n")[0] ?? "" };
  }
}

function fromNode(node: ParsedNode): Xml {
  const attributes = new Map(Array.from(node.attributes ?? [], ({ name, value }) => [name, value]));
  const children: (Xml | string)[] = [];
  for (const child of Array.from(node.childNodes)) {
    if (child.nodeType === ELEMENT) children.push(fromNode(child));
    else if (child.nodeType === TEXT || child.nodeType === CDATA) children.push(child.nodeValue ?? "");
  }
  const isContainer = children.some((child) => typeof child !== "string");
  return {
    name: node.nodeName,
    attributes,
    children: isContainer ? children.filter((child) => typeof child !== "string" || child.trim()) : children,
  };
}

/** The file's text, with its declaration. */
export function serialize(root: Xml): string {
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${toText(root)}`;
}

function toText({ name, attributes, children }: Xml): string {
  const head = [name, ...[...attributes].map(([key, value]) => `${key}="${escaped(value)}"`)].join(" ");
  if (children.length === 0) return `<${head}/>`;
  const inner = children.map((child) => (typeof child === "string" ? escaped(child) : toText(child)));
  return `<${head}>${inner.join("")}</${name}>`;
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
  if (name === undefined || parent.name === name) yield parent;
  for (const child of elements(parent)) yield* descendants(child, name);
}

export function descendant(parent: Xml, name: string): Xml | undefined {
  return descendants(parent, name).next().value ?? undefined;
}

/** All text below the element, joined. */
export function textOf(parent: Xml): string {
  return parent.children.map((child) => (typeof child === "string" ? child : textOf(child))).join("");
}
