/** Blocks: what stands on a page, from Markdown's nodes to the document's. */
import {
  type Alignment,
  type Block,
  type Entry,
  type Inline,
  type MarkedCell,
  type Operator,
  operators,
  type Stop,
  type Table,
} from "../model/document.ts";
import type { Role } from "../model/theme.ts";
import { plainText } from "../model/walk.ts";
import { nearest, type Problem } from "../problem.ts";
import {
  type DirectiveName,
  directiveNames,
  directives,
  isDirectiveName,
  writtenDirective,
} from "./directives.ts";
import { joinLines, type Reading, readInlines, unsupported } from "./inlines.ts";
import { limits } from "./limits.ts";
import { endOf, type MarkdownNode, startOf } from "./markdown.ts";
import * as messages from "./messages.ts";

type Reader = (node: MarkdownNode, reading: Reading, depth: number) => Block | undefined;

const readers: Readonly<Record<string, Reader>> = {
  paragraph(node, reading) {
    const lines = reading.sourceOf(startOf(node), endOf(node)).split("\n");
    const rows = lines.filter((line) => /^[ \t]*\|/.test(line)).length;
    if (rows > 1 || (rows === lines.length && /\|[ \t]*$/.test(lines[0] ?? "")))
      reading.add(messages.brokenTable(reading.at(node)));
    return { type: "paragraph", at: reading.lineOf(node), children: readLine(node, reading) };
  },
  heading(node, reading) {
    const { depth } = node;
    if (depth !== 3 && depth !== 4 && depth !== 5 && depth !== 6)
      return refuse(unsupported(node, reading), reading);
    return { type: "heading", depth, at: reading.lineOf(node), children: readLine(node, reading) };
  },
  list(node, reading, depth) {
    const ordered = node.ordered === true;
    // Writers number from one: another start would be lost, or be a number typed by hand.
    if (ordered && node.start !== 1) reading.add(messages.listStart(node.start ?? 0, reading.at(node)));
    const items = (node.children ?? []).map((item) => readListItem(item, reading, depth));
    return { type: "list", ordered, at: reading.lineOf(node), items };
  },
  table: readTable,
  leafDirective: readDirective,
  containerDirective: readDirective,
};

export function readBlocks(nodes: readonly MarkdownNode[], reading: Reading, depth = 0): Block[] {
  return nodes.flatMap((node) => {
    const read = Object.hasOwn(readers, node.type) ? readers[node.type] : undefined;
    if (!read) return refuse(unsupported(node, reading), reading) ?? [];
    if (depth > limits.markdown)
      return refuse(messages.tooDeep(reading.at(node), limits.markdown), reading) ?? [];
    return read(node, reading, depth) ?? [];
  });
}

/** The words of a paragraph, heading, cell or label. */
export function readLine(node: MarkdownNode, reading: Reading): Inline[] {
  return joinLines(readInlines(node.children ?? [], reading));
}

function refuse(problem: Problem, reading: Reading): undefined {
  reading.add(problem);
}

function readListItem(item: MarkdownNode, reading: Reading, depth: number): Block[] {
  const children = (item.children ?? []).filter((child) => {
    const fits = child.type === "paragraph" || child.type === "list" || !Object.hasOwn(readers, child.type);
    if (!fits)
      reading.add(
        messages.notInTheModel(nameOf(child), "paragraphs and lists within a list", reading.at(child)),
      );
    return fits;
  });
  return readBlocks(children, reading, depth + 1);
}

/** A block as an author calls it. */
function nameOf({ name, type }: MarkdownNode): string {
  if (name !== undefined) return `\`${isDirectiveName(name) ? writtenDirective(name) : `:::${name}`}\``;
  return type === "table" ? "a table" : "a heading";
}

function readTable(node: MarkdownNode, reading: Reading): Table {
  const rows = (node.children ?? []).map((row) => ({
    cells: (row.children ?? []).map((cell) => readLine(cell, reading)),
    at: reading.at(row),
  }));
  const [header, ...body] = rows;
  const columns = header?.cells.length ?? 0;
  for (const { cells, at } of body)
    if (cells.length !== columns) reading.add(messages.raggedTable(cells.length, columns, at));
  return {
    type: "table",
    at: reading.lineOf(node),
    align: Array.from({ length: columns }, (_, column): Alignment => node.align?.[column] ?? "left"),
    header: header?.cells ?? [],
    rows: body.map(({ cells }) => Array.from({ length: columns }, (_, column) => cells[column] ?? [])),
  };
}

/** Name and attributes checked; false when the directive is none of ours or is written with the wrong number of colons. */
export function isDirective(node: MarkdownNode, reading: Reading): boolean {
  const name = node.name ?? "";
  const where = reading.at(node);
  const leaf = node.type === "leafDirective";
  if (!isDirectiveName(name) || directives[name].isLeaf !== leaf) {
    const found = `${leaf ? "::" : ":::"}${name}`;
    reading.add(messages.unknownDirective(found, directiveNames.map(writtenDirective), where));
    return false;
  }
  const swallowed = leaf ? undefined : swallowedBy(node, reading);
  if (swallowed !== undefined) {
    reading.add(messages.openDirective(writtenDirective(name), swallowed, where));
    return false;
  }
  const known = Object.keys(directives[name].attributes);
  for (const attribute of Object.keys(node.attributes ?? {}))
    if (!known.includes(attribute))
      reading.add(messages.unknownAttribute(writtenDirective(name), attribute, known, where));
  const [label] = node.children ?? [];
  if (!leaf && label?.data?.directiveLabel)
    reading.add(
      messages.notInTheModel(
        `a label of \`${writtenDirective(name)}\``,
        `${writtenDirective(name)} alone`,
        reading.at(label),
      ),
    );
  return true;
}

/** What a container that lacks its last line goes on to: the heading of a section or page, or the end of all. */
function swallowedBy(node: MarkdownNode, reading: Reading): string | undefined {
  const heading = node.children?.find(({ type, depth = 0 }) => type === "heading" && depth <= 2);
  if (heading) return `\`${"#".repeat(heading.depth ?? 1)}\` in line ${reading.at(heading).line}`;
  const [first = "", ...lines] = reading.sourceOf(startOf(node), endOf(node)).trimEnd().split("\n");
  const [colons = ""] = /^:*/.exec(first) ?? [];
  const isClosed =
    /^[\s>]*:{3,}$/.test(lines.at(-1) ?? "") && (lines.at(-1) ?? "").trim().length >= colons.length;
  const isLast = reading.sourceOf(endOf(node), Infinity).trim() === "";
  return isLast && !isClosed ? "the end of the template" : undefined;
}

/** The attribute, with its tokens as plain text. */
export function attribute(node: MarkdownNode, name: string, reading: Reading): string | undefined {
  const value = node.attributes?.[name];
  return value === undefined || value === null || value === "" ? undefined : reading.plain(value);
}

/** Whether an attribute that is not there stands there with a slip, which is told by itself. */
export function isMisspelt(node: MarkdownNode, name: string): boolean {
  return Object.keys(node.attributes ?? {}).some((key) => nearest(key, [name]) !== undefined);
}

/** A directive's children without its label. */
export function contentOf(node: MarkdownNode): readonly MarkdownNode[] {
  return (node.children ?? []).filter((child) => !child.data?.directiveLabel);
}

function readDirective(node: MarkdownNode, reading: Reading, depth: number): Block | undefined {
  if (!isDirective(node, reading)) return undefined;
  const name = node.name as DirectiveName;
  switch (name) {
    case "chart":
      return readChart(node, reading);
    case "columns":
      return readColumns(node, reading, depth);
    case "kpi":
    case "timeline":
    case "flow":
      return { type: name, at: reading.lineOf(node), items: readEntries(node, name, reading) };
    case "bridge":
      return { type: name, at: reading.lineOf(node), items: readEntries(node, name, reading) };
    case "smile": {
      const { main, legend } = withLegend(node, reading);
      return { type: name, at: reading.lineOf(node), items: readEntries(main, name, reading), legend };
    }
    case "map":
      return readMap(node, reading);
    case "matrix":
      return readMatrix(node, reading);
    default:
      return refuse(
        messages.misplacedDirective(
          writtenDirective(name),
          "directly on a page, after its `##`",
          reading.at(node),
        ),
        reading,
      );
  }
}

function readChart(node: MarkdownNode, reading: Reading): Block | undefined {
  const name = attribute(node, "name", reading);
  if (name === undefined && isMisspelt(node, "name")) return undefined;
  if (name === undefined)
    return refuse(messages.missingAttribute("::chart", "name", reading.at(node)), reading);
  const alt = readLine(node, reading);
  if (alt.length === 0) reading.add(messages.missingAlt(name, reading.at(node)));
  return { type: "chart", name, alt, at: reading.at(node) };
}

const gridColumns = 12;

/** Parts of the page side by side, separated by lines of `---` within the directive. */
function readColumns(node: MarkdownNode, reading: Reading, depth: number): Block | undefined {
  const parts: MarkdownNode[][] = [[]];
  for (const child of contentOf(node)) {
    if (child.type === "thematicBreak") parts.push([]);
    else parts.at(-1)?.push(child);
  }
  const widths = attribute(node, "widths", reading);
  const spans =
    widths === undefined ? parts.map(() => gridColumns / parts.length) : widths.split(",").map(Number);
  const whole = spans.every((span) => Number.isInteger(span) && span > 0);
  if (!whole || spans.length !== parts.length || spans.reduce((sum, span) => sum + span, 0) !== gridColumns)
    return refuse(messages.badWidths(widths ?? "equal widths", parts.length, reading.at(node)), reading);
  return {
    type: "columns",
    at: reading.lineOf(node),
    columns: parts.map((part, index) => ({
      span: spans[index] ?? 0,
      blocks: readBlocks(part, reading, depth + 1),
    })),
  };
}

type EntriesName = "kpi" | "timeline" | "flow" | "bridge" | "map" | "smile";
interface ReadEntry extends Entry {
  readonly operator: Operator | undefined;
}

function readEntries(node: MarkdownNode, name: EntriesName, reading: Reading): ReadEntry[] {
  const [list, more] = contentOf(node);
  if (list?.type !== "list" || more) {
    reading.add(messages.notOneList(writtenDirective(name), reading.at(more ?? node)));
    return [];
  }
  return (list.children ?? []).flatMap((item) => {
    const paragraphs = item.children ?? [];
    const stray = paragraphs.find((child) => child.type !== "paragraph");
    if (stray) reading.add(messages.notOneList(writtenDirective(name), reading.at(stray)));
    const [first = [], ...others] = paragraphs
      .filter((child) => child.type === "paragraph")
      .map((paragraph) => readInlines(paragraph.children ?? [], reading));
    const { operator, rest } = name === "bridge" ? takeOperator(first) : { operator: undefined, rest: first };
    const entry = readEntry([rest, ...others]);
    // A step of a flow may be a label alone; a tile without a figure, a point without a date make no sense.
    if (entry.lead.length === 0 && name !== "flow")
      reading.add(messages.entryWithoutLead(writtenDirective(name), reading.at(item)));
    return [{ ...entry, operator }];
  });
}

/** How operators may be typed: a hyphen or plus alone would begin a list within the item. */
const operatorForms: Readonly<Record<string, Operator>> = {
  ...(Object.fromEntries(operators.map((sign) => [sign, sign])) as Record<Operator, Operator>),
  "＋": "+",
  "-": "−",
  "–": "−",
  "－": "−",
  "*": "×",
  "/": "÷",
  "＝": "=",
};

/** `− **cost**`: the operator, and what follows it. */
function takeOperator(inlines: readonly Inline[]): {
  readonly operator: Operator | undefined;
  readonly rest: readonly Inline[];
} {
  const [head, ...rest] = inlines;
  const operator = head?.type === "text" ? operatorForms[head.value.trim()] : undefined;
  return operator === undefined ? { operator, rest: inlines } : { operator, rest };
}

/** A directive's list or table, and the paragraph that may follow it as its legend. */
function withLegend(
  node: MarkdownNode,
  reading: Reading,
): { readonly main: MarkdownNode; readonly legend: readonly Inline[] } {
  const content = contentOf(node);
  const last = content.at(-1);
  if (content.length < 2 || last?.type !== "paragraph") return { main: node, legend: [] };
  return { main: { ...node, children: content.slice(0, -1) }, legend: readLine(last, reading) };
}

function readMap(node: MarkdownNode, reading: Reading): Block {
  const { main, legend } = withLegend(node, reading);
  const nodes = contentOf(main)[0]?.children ?? [];
  const items = readEntries(main, "map", reading).map((entry, i) => {
    const stops = routeIn([...entry.lead, ...entry.label, ...entry.detail]) ?? [];
    if (stops.length === 0) reading.add(messages.entryWithoutRoute(reading.at(nodes[i] ?? node)));
    return { ...entry, stops };
  });
  return { type: "map", at: reading.lineOf(node), items, legend };
}

function routeIn(inlines: readonly Inline[]): readonly Stop[] | undefined {
  return first(inlines, (inline) => (inline.type === "route" ? inline.stops : undefined));
}

/** A table whose first column, or first two, are names, and whose others are marks. */
function readMatrix(node: MarkdownNode, reading: Reading): Block | undefined {
  const { main, legend } = withLegend(node, reading);
  const [tableNode, more] = contentOf(main);
  if (tableNode?.type !== "table" || more)
    return refuse(messages.notOneTable(reading.at(more ?? tableNode ?? node)), reading);
  const { header, rows } = readTable(tableNode, reading);
  const marked = rows.map((row) => row.map(markedCell));
  const grouped = header.length > 2 && marked.some((row) => row[1] === undefined);
  const names = grouped ? 2 : 1;
  return {
    type: "matrix",
    at: reading.lineOf(node),
    header,
    rows: rows.map((row, i) => ({
      names: row.slice(0, names),
      cells: row.slice(names).map((cell, j): MarkedCell => {
        const read = marked[i]?.[names + j];
        if (!read) {
          const place = tableNode.children?.[i + 1]?.children?.[names + j] ?? tableNode;
          reading.add(messages.cellWithoutMark(plainText(cell), reading.at(place)));
        }
        return read ?? { mark: "none", words: cell, role: undefined };
      }),
    })),
    legend,
  };
}

/** `●`, `○` or `–` with a word or without one, in a coloured span or not. */
function markedCell(cell: readonly Inline[]): MarkedCell | undefined {
  const [head, ...rest] = cell;
  if (head === undefined) return { mark: "none", words: [], role: undefined };
  if (head.type === "span" || head.type === "strong") {
    const inner = markedCell(head.children);
    return (
      inner && {
        mark: inner.mark,
        words: [...inner.words, ...rest],
        role: head.type === "span" ? head.role : inner.role,
      }
    );
  }
  const [, sign = "", after = ""] =
    head.type === "text" ? (/^\s*([●○–—-])\s*(.*)$/su.exec(head.value) ?? []) : [];
  const mark = markForms[sign];
  return (
    mark && {
      mark,
      words: [...(after === "" ? [] : [{ type: "text", value: after } as const]), ...rest],
      role: undefined,
    }
  );
}

const markForms: Readonly<Record<string, MarkedCell["mark"]>> = {
  "●": "full",
  "○": "open",
  "–": "none",
  "—": "none",
  "-": "none",
};

/** Leading strong is the lead, the rest of its line the label, and what follows the detail. */
function readEntry([first = [], ...others]: readonly (readonly Inline[])[]): Entry {
  const [line, below] = splitFirstLine(first);
  const [head, ...tail] = line;
  const isLead = head?.type === "strong" || (head?.type === "span" && head.children[0]?.type === "strong");
  const lead = !isLead
    ? []
    : head.type === "strong"
      ? head.children
      : [{ ...head, children: unwrapped(head.children) }];
  const label = trimmed(isLead ? tail : line);
  const details = [below, ...others].map(trimmed).filter((part) => part.length > 0);
  const detail = details.flatMap((part, index): Inline[] => [
    ...(index > 0 ? [{ type: "break" } as const] : []),
    ...joinLines(part),
  ]);
  return {
    lead: joinLines(lead),
    label: joinLines(label),
    detail,
    role: isLead ? roleOf([head]) : undefined,
  };
}

function unwrapped(nodes: readonly Inline[]): Inline[] {
  return nodes.flatMap((node) => (node.type === "strong" ? node.children : [node]));
}

function splitFirstLine(nodes: readonly Inline[]): [Inline[], Inline[]] {
  const index = nodes.findIndex(
    (node) => node.type === "break" || (node.type === "text" && node.value.includes("\n")),
  );
  const node = nodes[index];
  if (!node) return [[...nodes], []];
  const [before, after] = [nodes.slice(0, index), nodes.slice(index + 1)];
  if (node.type !== "text") return [before, after];
  const at = node.value.indexOf("\n");
  return [
    [...before, { type: "text", value: node.value.slice(0, at) }],
    [{ type: "text", value: node.value.slice(at + 1) }, ...after],
  ];
}

/** Without white space at either end, nor the colon between lead and label. */
function trimmed(nodes: readonly Inline[]): Inline[] {
  const last = nodes.length - 1;
  return nodes.flatMap((node, index): Inline[] => {
    if (node.type !== "text") return [node];
    let { value } = node;
    if (index === 0) value = value.replace(/^\s*[:：]?\s*/, "");
    if (index === last) value = value.trimEnd();
    return value === "" ? [] : [{ type: "text", value }];
  });
}

/** The role of the first coloured span, else that of the region of the first figure. */
function roleOf(nodes: readonly Inline[]): Role | undefined {
  return first(nodes, (node) => (node.type === "span" ? node.role : undefined)) ?? first(nodes, regionRole);
}

function regionRole(node: Inline): Role | undefined {
  const region = node.type === "figure" ? node.figure.region : undefined;
  return region === "cn" || region === "us" ? region : undefined;
}

function first<T>(nodes: readonly Inline[], find: (node: Inline) => T | undefined): T | undefined {
  for (const node of nodes) {
    const found = find(node) ?? ("children" in node ? first(node.children, find) : undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}
