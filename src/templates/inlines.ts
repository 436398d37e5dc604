/** Inlines: what stands in a line of Markdown, with the nodes of its tokens put back and typed numbers found. */
import type { Inline } from "../model/document.ts";
import { typedNumbers } from "../model/numbers.ts";
import { plainText } from "../model/walk.ts";
import type { Place, Problem } from "../problem.ts";
import { damageIn } from "./damage.ts";
import { textRoles } from "./directives.ts";
import type { Filled } from "./engine.ts";
import { limits } from "./limits.ts";
import { endOf, type MarkdownNode, startOf } from "./markdown.ts";
import * as messages from "./messages.ts";
import { splitTokens } from "./output.ts";
import { Problems } from "./templates.ts";

/** What reading a document needs and gives besides its tree. */
export class Reading {
  readonly filled: Filled;
  readonly #problems = new Problems();

  constructor(filled: Filled) {
    this.filled = filled;
  }

  get problems(): readonly Problem[] {
    return this.#problems.all;
  }

  at(node: MarkdownNode): Place {
    return this.filled.placeAt(startOf(node));
  }

  /** The line of a node: for the nodes of the document, which name no columns. */
  lineOf(node: MarkdownNode): Place {
    const { column: _, ...line } = this.at(node);
    return line;
  }

  add(problem: Problem): void {
    this.#problems.add(problem);
  }

  /** A string of the Markdown with its tokens as plain text. */
  plain(text: string): string {
    return splitTokens(text, this.filled.nodes)
      .map((part) => (typeof part === "string" ? part : plainText([part])))
      .join("");
  }

  /** The text of a node as it stands in the Markdown. */
  sourceOf(from: number, to: number): string {
    return this.filled.markdown.slice(from, to);
  }
}

/** Line breaks are kept in `text` as they are; `joinLines` makes them what the language wants. */
export function readInlines(nodes: readonly MarkdownNode[], reading: Reading, depth = 0): Inline[] {
  return mergeTexts(plainDirectives(nodes, reading)).flatMap((node) => readInline(node, reading, depth));
}

function readInline(node: MarkdownNode, reading: Reading, depth: number): Inline[] {
  if (depth > limits.markdown) {
    reading.add(messages.tooDeep(reading.at(node), limits.markdown));
    return [];
  }
  const children = (): Inline[] => readInlines(node.children ?? [], reading, depth + 1);
  switch (node.type) {
    case "text":
      return readText(node, "text", reading);
    case "inlineCode":
      return readText(node, "code", reading);
    case "strong":
    case "emphasis":
    case "delete":
      return [{ type: node.type, children: children() }];
    case "break":
      return [{ type: "break" }];
    case "link":
      return [readLink(node, children(), reading)];
    case "textDirective":
      return [readSpan(node, children(), reading)];
    default:
      reading.add(unsupported(node, reading));
      return [];
  }
}

/** What authors may bring from other Markdown, and what to write instead. */
const instead: Readonly<Record<string, readonly [found: string, expected: string, hint?: string]>> = {
  html: [
    "HTML",
    "Markdown and directives, e.g. `:::columns` or `:accent[…]`",
    "a comment is written {{!-- … --}}",
  ],
  image: ["an image", '`::chart[alternative text]{name="…"}`'],
  imageReference: ["an image", '`::chart[alternative text]{name="…"}`'],
  linkReference: ["a link by reference", "[text](https://…)"],
  definition: ["a link's definition", "[text](https://…)"],
  blockquote: ["a quotation", "a paragraph"],
  code: ["a block of code", "a paragraph, a list or a table"],
  thematicBreak: [
    "a line across the page",
    "`##` for the next page; `---` separates the parts of `:::columns`",
  ],
  heading: ["a heading", "`#` and `##` on the page itself, outside of every directive and list"],
};

export function unsupported(node: MarkdownNode, reading: Reading): Problem {
  const [found, expected, hint] = instead[node.type] ?? [
    `\`${node.type}\``,
    "a paragraph, a list, a table or a directive",
  ];
  return messages.notInTheModel(found, expected, reading.at(node), hint);
}

/** Text split at its tokens. A number that is left over was typed by hand. */
function readText(node: MarkdownNode, type: "text" | "code", reading: Reading): Inline[] {
  const { markdown, nodes, placeAt } = reading.filled;
  const isWhole = type === "code" || !refuseDamage(node, reading);
  let from = startOf(node);
  // Escapes and entities stand in the Markdown but not in the text, so the place is looked for.
  const seek = (wanted: string): number => {
    const found = markdown.indexOf(wanted, from);
    if (found < 0 || found >= endOf(node)) return from;
    from = found + wanted.length;
    return found;
  };
  return splitTokens(node.value ?? "", nodes).map((part) => {
    const inline: Inline = typeof part === "string" ? { type, value: part } : part;
    const token = typeof part === "string" ? undefined : seek("\uE000");
    if (isWhole && (inline.type === "text" || inline.type === "code"))
      for (const number of typedNumbers(inline.value))
        reading.add(messages.typedNumber(number, placeAt(token ?? seek(number))));
    return inline;
  });
}

/** Whether a text holds what was meant as a directive, whose numbers are then no matter. */
function refuseDamage(node: MarkdownNode, reading: Reading): boolean {
  const { markdown, placeAt } = reading.filled;
  const found = damageIn(markdown, startOf(node), endOf(node));
  for (const one of found)
    reading.add(messages.damagedDirective({ ...one, line: reading.plain(one.line) }, placeAt(one.at)));
  const stray = /(?<=^[ \t]*)(?<!\\):{3,}[ \t]*$/m.exec(markdown.slice(startOf(node), endOf(node)));
  // The end of what could not be opened has been told with its beginning.
  if (stray && !reading.problems.some(({ code }) => code.endsWith("-directive")))
    reading.add(messages.strayFence(placeAt(startOf(node) + stray.index)));
  return found.length > 0;
}

function readLink(node: MarkdownNode, children: readonly Inline[], reading: Reading): Inline {
  const url = reading.plain(node.url ?? "");
  if (!/^(?:https:\/\/|mailto:)[^\s<>"\\]+$/i.test(url)) reading.add(messages.badLink(url, reading.at(node)));
  return { type: "link", url, children };
}

function readSpan(node: MarkdownNode, children: readonly Inline[], reading: Reading): Inline {
  const role = textRoles.find((one) => one === node.name) ?? "ink";
  for (const name of Object.keys(node.attributes ?? {}))
    reading.add(messages.unknownAttribute(`:${node.name}`, name, [], reading.at(node)));
  return { type: "span", role, children };
}

/** `a:b` and `10:30` are text: what is no role goes back to how it was written. */
function plainDirectives(nodes: readonly MarkdownNode[], reading: Reading): MarkdownNode[] {
  return nodes.flatMap((node) => {
    if (node.type !== "textDirective") return [node];
    const name = node.name ?? "";
    const children = node.children ?? [];
    const [first, last] = [children[0], children.at(-1)];
    if (textRoles.some((role) => role === name) && first) return [node];
    const text = (from: number, to: number): MarkdownNode => ({
      type: "text",
      value: reading.sourceOf(from, to),
      position: { start: { offset: from }, end: { offset: to } },
    });
    if (!first || !last) return [text(startOf(node), endOf(node))];
    return [
      text(startOf(node), startOf(first)),
      ...plainDirectives(children, reading),
      text(endOf(last), endOf(node)),
    ];
  });
}

function mergeTexts(nodes: readonly MarkdownNode[]): MarkdownNode[] {
  const merged: MarkdownNode[] = [];
  for (const node of nodes) {
    const last = merged.at(-1);
    if (node.type !== "text" || last?.type !== "text") merged.push(node);
    else {
      const position = { start: { offset: startOf(last) }, end: { offset: endOf(node) } };
      merged[merged.length - 1] = { type: "text", value: `${last.value}${node.value}`, position };
    }
  }
  return merged;
}

const wide = /[\p{Script=Han}\u3000-\u303F\uFF00-\uFFEF“”‘’]/u;

/** Line breaks within a paragraph: a space, but nothing where Chinese goes on in Chinese. */
export function joinLines(nodes: readonly Inline[]): Inline[] {
  return nodes.map((node, index) => {
    if ("children" in node) return { ...node, children: joinLines(node.children) };
    if (node.type !== "text") return node;
    const before = plainText(nodes.slice(Math.max(0, index - 1), index)).at(-1);
    const after = plainText(nodes.slice(index + 1, index + 2)).at(0);
    const value = node.value.replace(/[ \t]*\n[ \t]*/g, (lineBreak, offset: number) => {
      const left = node.value[offset - 1] ?? before ?? "";
      const right = node.value[offset + lineBreak.length] ?? after ?? "";
      return wide.test(left) && wide.test(right) ? "" : " ";
    });
    return { ...node, value };
  });
}
