/**
 * The tree: Markdown as nodes. The only file that knows micromark and mdast.
 *
 * Tables and directives are given their nodes here and not by the packages that have both ways: those bring the writing of
 * Markdown with them, a third of what there is to load.
 */
import { type CompileContext, type Extension, fromMarkdown, type Token } from "mdast-util-from-markdown";
import { gfmStrikethroughFromMarkdown } from "mdast-util-gfm-strikethrough";
import { directive } from "micromark-extension-directive";
import { gfmStrikethrough } from "micromark-extension-gfm-strikethrough";
import { gfmTable } from "micromark-extension-gfm-table";
import { parseEntities } from "parse-entities";
import { fromMemory, keyOf, type Memory, remember } from "../memory.ts";
import type { MarkdownNode } from "./markdown.ts";

declare module "mdast-util-from-markdown" {
  interface CompileData {
    /** Name and value of those read so far of the directive that is read. */
    directiveAttributes?: [name: string, value: string][] | undefined;
  }
}

const syntax = [
  gfmTable(),
  gfmStrikethrough({ singleTilde: false }),
  // Loops indent what they print, and nobody means a block of code by it; an address in angle brackets is no link;
  // and `---` below a line of text separates columns, it does not make the line a page's title.
  { disable: { null: ["codeIndented", "autolink", "setextUnderline"] } },
  directive(),
];

/**
 * The blocks of a text in Markdown. Values are tokens in it, so that a document of which only figures changed has the tree
 * that it had before; reading it takes longer than all else between a store and a page.
 */
export function treeOf(markdown: string, memory?: Memory): readonly MarkdownNode[] {
  const key = memory && keyOf("tree", markdown);
  const known = key && fromMemory<MarkdownNode[]>(memory.get(key));
  if (known) return known;
  const tree = read(markdown);
  if (key) remember(memory, key, tree);
  return tree;
}

function read(markdown: string): readonly MarkdownNode[] {
  // Our own nodes describe the part of mdast's that is understood here.
  const tree = fromMarkdown(markdown, {
    extensions: syntax,
    mdastExtensions: [tables, gfmStrikethroughFromMarkdown(), directives],
  }) as MarkdownNode;
  return (tree.children ?? []).map(lean);
}

/** Of a node's position no more than is asked for, a third of what there is to remember. */
function lean({ position, children, ...node }: MarkdownNode): MarkdownNode {
  const [start, end] = [position?.start.offset ?? 0, position?.end.offset ?? 0];
  return {
    ...node,
    position: { start: { offset: start }, end: { offset: end } },
    ...(children && { children: children.map(lean) }),
  };
}

type Handle = (this: CompileContext, token: Token) => undefined;
/** A node as it is built: mdast's types know none of ours. */
type Building = { -readonly [Key in keyof MarkdownNode]: MarkdownNode[Key] };

function enter(context: CompileContext, node: MarkdownNode, token: Token): undefined {
  context.enter(node as Parameters<CompileContext["enter"]>[0], token);
}

const exit: Handle = function (token) {
  this.exit(token);
};

function open(context: CompileContext): Building {
  return context.stack.at(-1) as Building;
}

const enters = (node: (token: Token) => MarkdownNode): Handle =>
  function (token) {
    enter(this, node(token), token);
  };

const cell = enters(() => ({ type: "tableCell", children: [] }));

const tables: Extension = {
  enter: {
    table: enters(({ _align = [] }) => ({
      type: "table",
      align: _align.map((align) => (align === "none" ? null : align)),
      children: [],
    })),
    tableRow: enters(() => ({ type: "tableRow", children: [] })),
    tableHeader: cell,
    tableData: cell,
  },
  exit: {
    table: exit,
    tableRow: exit,
    tableHeader: exit,
    tableData: exit,
    codeText(token) {
      const value = this.resume();
      const inTable = this.stack.some(({ type }) => type === "table");
      // A stroke in a cell can only be written with a backslash, in code, too.
      open(this).value = inTable
        ? value.replace(/\\([\\|])/g, (pair, escaped) => (escaped === "|" ? "|" : pair))
        : value;
      this.exit(token);
    },
  },
};

const enterDirective = (type: string): Handle =>
  enters(() => ({ type, name: "", attributes: {}, children: [] }));

const exitName: Handle = function (token) {
  open(this).name = this.sliceSerialize(token);
};

const enterAttributes: Handle = function () {
  this.data.directiveAttributes = [];
  // What stands between attributes is no text of the directive.
  this.buffer();
};

const exitAttributeName: Handle = function (token) {
  this.data.directiveAttributes?.push([this.sliceSerialize(token), ""]);
};

const exitAttributeValue: Handle = function (token) {
  const last = this.data.directiveAttributes?.at(-1);
  if (last) last[1] = attributeText(this, token);
};

/** `{#name}` and `{.name}`. */
const exitShortcut = (name: "id" | "class"): Handle =>
  function (token) {
    this.data.directiveAttributes?.push([name, attributeText(this, token)]);
  };

function attributeText(context: CompileContext, token: Token): string {
  return parseEntities(context.sliceSerialize(token), { attribute: true });
}

const exitAttributes: Handle = function () {
  const attributes: Record<string, string> = {};
  for (const [name, value] of this.data.directiveAttributes ?? [])
    attributes[name] = name === "class" && attributes.class ? `${attributes.class} ${value}` : value;
  this.data.directiveAttributes = undefined;
  this.resume();
  open(this).attributes = attributes;
};

const directives: Extension = {
  canContainEols: ["textDirective"],
  enter: {
    directiveContainer: enterDirective("containerDirective"),
    directiveContainerLabel: enters(() => ({
      type: "paragraph",
      data: { directiveLabel: true },
      children: [],
    })),
    directiveLeaf: enterDirective("leafDirective"),
    directiveText: enterDirective("textDirective"),
    ...ofEach("Attributes", enterAttributes),
  },
  exit: {
    directiveContainer: exit,
    directiveContainerLabel: exit,
    directiveLeaf: exit,
    directiveText: exit,
    ...ofEach("Name", exitName),
    ...ofEach("AttributeName", exitAttributeName),
    ...ofEach("AttributeValue", exitAttributeValue),
    ...ofEach("AttributeIdValue", exitShortcut("id")),
    ...ofEach("AttributeClassValue", exitShortcut("class")),
    ...ofEach("Attributes", exitAttributes),
  },
};

/** A part that directives of every form have. */
function ofEach(part: string, handle: Handle): Record<string, Handle> {
  return Object.fromEntries(
    ["Container", "Leaf", "Text"].map((form) => [`directive${form}${part}`, handle] as const),
  );
}
