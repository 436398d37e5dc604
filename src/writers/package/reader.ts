/** Reads XML 1.0 with namespaces: strictly, and without document types, which packages may not have. */
import type { Xml } from "./xml.ts";

/** The root element, or the first complaint. Comments, instructions and the white space between elements are dropped. */
export function parse(text: string): Xml | { readonly complaint: string } {
  try {
    return read(text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text);
  } catch (thrown) {
    if (thrown instanceof Malformed) return { complaint: thrown.message };
    throw thrown;
  }
}

class Malformed extends Error {}

/** @param at index of the character before which, or at which, it went wrong */
function refuse(what: string, at: number): never {
  throw new Malformed(`${what} at character ${at + 1}`);
}

/** The namespaces that hold within an element. */
interface Scope {
  /** Addresses by prefix. */
  readonly addresses: ReadonlyMap<string, string>;
  /** Names that proved to be well-formed and declared: the same few stand everywhere, so each is looked at once. */
  readonly proven: Set<string>;
  /** Prefixes differ and mean the same. */
  readonly hasSynonyms: boolean;
}

/** An element whose end is still to come. */
interface Open {
  readonly element: Xml;
  readonly scope: Scope;
  readonly outer: Open | undefined;
}

function read(text: string): Xml {
  const outside: Scope = {
    addresses: new Map([["xml", reserved.xml]]),
    proven: new Set(),
    hasSynonyms: false,
  };
  let inner: Open | undefined;
  let root: Xml | undefined;
  let at = matched(declaration, text, 0)?.[0].length ?? 0;
  while (at < text.length) {
    const found = matched(piece, text, at) ?? refuse("a broken tag", text.indexOf("<", at));
    // By index, because taking the match apart is slow where it is done for each tag.
    const between = found[1];
    const ended = found[2];
    const started = found[3];
    if (between) {
      if (inner) inner.element.children.push(characters(between, at));
      else if (/[^ \t\n]/.test(between)) refuse("text outside of the root", at);
    }
    at += found[0].length;
    if (started !== undefined) {
      if (root && !inner) refuse("a second root", at);
      const attributes = attributesIn(found[4] ?? "", at);
      const scope = scopeOf(started, attributes, inner?.scope ?? outside, at);
      const element = { name: started, attributes, children: [] };
      root ??= element;
      inner?.element.children.push(element);
      if (found[5] === "") inner = { element, scope, outer: inner };
    } else if (ended !== undefined) {
      if (inner?.element.name !== ended) refuse(`</${ended}> without a start`, at);
      end(inner.element);
      inner = inner.outer;
    } else if (at < text.length) {
      const { kind, content } = readAside(text, at);
      if (kind.isText && !inner) refuse("text outside of the root", at);
      if (kind.isText && content !== "") inner?.element.children.push(content);
      at += kind.opens.length + content.length + kind.closes.length;
    }
  }
  if (inner) refuse(`<${inner.element.name}> without an end`, at);
  return root ?? refuse("no element", at);
}

function attributesIn(text: string, at: number): Map<string, string> {
  const attributes = new Map<string, string>();
  for (let from = 0; from < text.length; from = attribute.lastIndex) {
    const found = matched(attribute, text, from) as RegExpExecArray;
    const name = found[1] as string;
    if (attributes.has(name)) refuse(`\`${name}\` twice`, at);
    const value = found[2] ?? (found[3] as string);
    attributes.set(name, /[&\t\n]/.test(value) ? unescaped(value.replace(/[\t\n]/g, " "), at) : value);
  }
  return attributes;
}

/** The scope within an element, once its names have proved to be some: its own where it declares anything. */
function scopeOf(name: string, attributes: ReadonlyMap<string, string>, outer: Scope, at: number): Scope {
  let isProven = outer.proven.has(name);
  for (const key of attributes.keys()) isProven &&= outer.proven.has(key);
  if (isProven && !outer.hasSynonyms) return outer;
  const declarations = [...attributes].filter(([key]) => isDeclaration(key));
  const scope = declarations.length === 0 ? outer : declare(declarations, outer, at);
  const names = [...attributes.keys()].filter((key) => !isDeclaration(key));
  for (const one of [name, ...names]) prove(one, scope, at);
  if (scope.hasSynonyms) distinguish(names, scope, at);
  return scope;
}

/** Drops the white space beside the elements of an element. */
function end(element: Xml): void {
  const { children } = element;
  if (children.some((child) => typeof child !== "string"))
    element.children = children.filter((child) => typeof child !== "string" || child.trim());
}

/** What stands between elements and is none. */
interface Aside {
  readonly opens: string;
  readonly closes: string;
  /** What it must not hold. */
  readonly not: RegExp;
  readonly isText: boolean;
}

function readAside(text: string, mark: number): { readonly kind: Aside; readonly content: string } {
  const kind = asides.find(({ opens }) => text.startsWith(opens, mark)) ?? refuse("a declaration", mark);
  const from = mark + kind.opens.length;
  const to = text.indexOf(kind.closes, from);
  if (to < 0) refuse(`\`${kind.opens}\` without an end`, mark);
  const content = text.slice(from, to);
  if (kind.not.test(content) || illegal.test(content)) refuse(`\`${kind.opens}\` goes on wrongly`, mark);
  return { kind, content };
}

/** Text between tags. */
function characters(text: string, at: number): string {
  if (!/[&\]]/.test(text)) return text;
  if (text.includes("]]>")) refuse("`]]>`", at);
  return unescaped(text, at);
}

/** The text with its references replaced. */
function unescaped(text: string, at: number): string {
  return text.replace(reference, (found, decimal?: string, hexadecimal?: string, entity = "") => {
    const code = decimal ? Number(decimal) : hexadecimal ? Number.parseInt(hexadecimal, 16) : undefined;
    const meant = code === undefined ? entities.get(entity) : code <= 0x10ffff && String.fromCodePoint(code);
    if (!meant || illegal.test(meant)) refuse(`\`${found}\` stands for nothing`, at);
    return meant;
  });
}

function isDeclaration(key: string): boolean {
  return key === "xmlns" || key.startsWith("xmlns:");
}

function declare(
  declarations: readonly (readonly [key: string, address: string])[],
  outer: Scope,
  at: number,
): Scope {
  const addresses = new Map(outer.addresses);
  for (const [key, address] of declarations) {
    const prefix = key.slice("xmlns:".length);
    const isOwn = (prefix === "xml") === (address === reserved.xml);
    const isFree = prefix !== "xmlns" && address !== reserved.xmlns && (key === "xmlns" || address !== "");
    if (!isOwn || !isFree || !(key === "xmlns" || unprefixed.test(prefix))) refuse(`bad \`${key}\``, at);
    // Attributes without a prefix have no namespace, so that the one of elements without a prefix is no synonym.
    if (key !== "xmlns") addresses.set(prefix, address);
  }
  const hasSynonyms = new Set(addresses.values()).size < addresses.size;
  return { addresses, proven: new Set(), hasSynonyms };
}

/** Sees that a name is one, and that its prefix is declared. */
function prove(name: string, { addresses, proven }: Scope, at: number): void {
  if (proven.has(name)) return;
  const [whole, prefix] = prefixed.exec(name) ?? [];
  if (whole === undefined || name === "xmlns") refuse(`\`${name}\` is no name`, at);
  if (prefix !== undefined && !addresses.has(prefix)) refuse(`unknown prefix \`${prefix}\``, at);
  proven.add(name);
}

/** Sees that no two attributes have the same name by prefixes of the same address. */
function distinguish(names: readonly string[], { addresses }: Scope, at: number): void {
  const expanded = names.map((name) => {
    const [local, prefix] = name.split(":").reverse();
    return `${prefix === undefined ? "" : addresses.get(prefix)} ${local}`;
  });
  if (new Set(expanded).size < names.length) refuse("the same attribute twice", at);
}

/** The match that begins at an index, of a sticky pattern. */
function matched(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** Addresses that belong to their prefix and to no other. */
const reserved = {
  xml: "http://www.w3.org/XML/1998/namespace",
  xmlns: "http://www.w3.org/2000/xmlns/",
} as const;

const entities: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
]);

const first =
  "A-Z_a-z\\xC0-\\xD6\\xD8-\\xF6\\xF8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C\\u200D\\u2070-\\u218F" +
  "\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}";
const ncName = `[${first}][${first}.0-9\\xB7\\u0300-\\u036F\\u203F\\u2040-]*`;
const unprefixed = new RegExp(`^${ncName}$`, "u");
const prefixed = new RegExp(`^(?:(${ncName}):)?${ncName}$`, "u");
const illegal = /[^\t\n\r -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

const declaration =
  /<\?xml[ \t\n]+version[ \t\n]*=[ \t\n]*(["'])1\.[0-9]+\1(?:[ \t\n]+encoding[ \t\n]*=[ \t\n]*(["'])[A-Za-z][\w.-]*\2)?(?:[ \t\n]+standalone[ \t\n]*=[ \t\n]*(["'])(?:yes|no)\3)?[ \t\n]*\?>/y;
// What may stand in a name is seen to where names are proved.
const name = "[^ \\t\\n/<>=\"'&!?]+";
const space = "[ \\t\\n]*";
const one = (key: string, double: string, single: string): string =>
  `[ \\t\\n]+${key}${space}=${space}(?:"${double}"|'${single}')`;
const attribute = new RegExp(one(`(${name})`, '([^<"]*)', "([^<']*)"), "y");
const attributes = `(?:${one(name, '[^<"]*', "[^<']*")})*`;
/** Text up to an end tag, a start tag, what is none of both, or the end. */
const piece = new RegExp(
  `([^<]*)(?:</(${name})${space}>|<(${name})(${attributes})${space}(/?)>|(?=<[!?]|$))`,
  "y",
);
const reference = /&(?:#([0-9]+);|#x([0-9A-Fa-f]+);|([a-z]+);)?/g;

const asides: readonly Aside[] = [
  { opens: "<!--", closes: "-->", not: /--|-$/, isText: false },
  { opens: "<![CDATA[", closes: "]]>", not: /(?!)/, isText: true },
  {
    opens: "<?",
    closes: "?>",
    // The declaration, which only begins a file, or what has no name.
    not: new RegExp(`^[Xx][Mm][Ll](?![^ \\t\\n])|^(?!${ncName}(?![^ \\t\\n]))`, "u"),
    isText: false,
  },
];
