/** Parse: filled Markdown becomes a document. */
import type { Block, Inline, Page, Section, SourcedDocument } from "../model/document.ts";
import type { Outcome, Place } from "../problem.ts";
import { attribute, contentOf, isDirective, isMisspelt, readBlocks, readLine } from "./blocks.ts";
import { overburdened } from "./burden.ts";
import { directives, isDirectiveName } from "./directives.ts";
import type { Filled } from "./engine.ts";
import { Reading } from "./inlines.ts";
import type { MarkdownNode } from "./markdown.ts";
import * as messages from "./messages.ts";
import { reserved } from "./output.ts";
import { treeOf } from "./tree.ts";

/** `#` begins a section, `##` a page; every node of the document knows the line of the template it came from. */
export function parse(filled: Filled): Outcome<SourcedDocument> {
  const heavy = overburdened(filled.markdown, filled.placeAt);
  if (heavy) return { value: undefined, problems: [heavy] };
  const reading = new Reading(filled);
  refuseReferences(filled, reading);
  const sections = readSections(treeOf(filled.markdown, filled.options.memory), reading);
  const { language, date, draft, since } = filled.options;
  const { at, title, subtitle, audience, staleDays } = filled;
  return {
    value: {
      at,
      title,
      subtitle,
      language,
      date,
      audience,
      ...(staleDays === undefined ? {} : { staleDays }),
      ...(since === undefined ? {} : { since }),
      draft,
      sections,
    },
    problems: reading.problems,
  };
}

/** `&#x202E;` is the character that it stands for, and no way around what may not stand in a template. */
function refuseReferences({ markdown, placeAt }: Filled, reading: Reading): void {
  for (const { index, 1: hex, 2: decimal } of markdown.matchAll(/&#(?:x([\da-f]{1,6})|(\d{1,7}));/gi)) {
    const codePoint = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    if (codePoint <= 0x10ffff && reserved.test(String.fromCodePoint(codePoint)))
      reading.add(messages.reservedCharacter(codePoint, placeAt(index)));
  }
}

interface OpenPage {
  readonly at: Place;
  readonly title: readonly Inline[];
  layout: string | undefined;
  layoutAt?: Place;
  readonly blocks: Block[];
  readonly notes: Block[];
  readonly sources: Block[];
}

interface OpenSection {
  readonly at: Place;
  readonly title: readonly Inline[];
  readonly blocks: Block[];
  readonly pages: Page[];
}

function readSections(nodes: readonly MarkdownNode[], reading: Reading): Section[] {
  const sections: OpenSection[] = [];
  let page: OpenPage | undefined;
  const open = (node: MarkdownNode, title: readonly Inline[]): OpenSection => {
    const section: OpenSection = { at: reading.lineOf(node), title, blocks: [], pages: [] };
    sections.push(section);
    return section;
  };
  for (const node of nodes) {
    const { name = "" } = node;
    if (node.type === "heading" && node.depth === 1) {
      open(node, readTitle(node, "section", reading));
      page = undefined;
    } else if (node.type === "heading" && node.depth === 2) {
      const section = sections.at(-1) ?? open(node, []);
      const title = readTitle(node, "page", reading);
      page = { at: reading.at(node), title, layout: undefined, blocks: [], notes: [], sources: [] };
      section.pages.push(page);
    } else if (page && isDirectiveName(name) && directives[name].isOfPage) {
      readPageDirective(node, page, reading);
    } else {
      const blocks = page?.blocks ?? (sections.at(-1) ?? open(node, [])).blocks;
      blocks.push(...readBlocks([node], reading));
    }
  }
  return sections;
}

function readTitle(node: MarkdownNode, what: "section" | "page", reading: Reading): Inline[] {
  const title = readLine(node, reading);
  if (title.length === 0) reading.add(messages.emptyTitle(what, reading.at(node)));
  return title;
}

function readPageDirective(node: MarkdownNode, page: OpenPage, reading: Reading): void {
  if (!isDirective(node, reading)) return;
  if (node.name === "notes") page.notes.push(...readBlocks(contentOf(node), reading));
  else if (node.name === "source") page.sources.push(...readBlocks(contentOf(node), reading));
  else {
    const name = attribute(node, "name", reading);
    if (name === undefined && !isMisspelt(node, "name"))
      reading.add(messages.missingAttribute("::layout", "name", reading.at(node)));
    if (page.layout !== undefined)
      reading.add(messages.misplacedDirective("::layout", "once on a page", reading.at(node)));
    page.layout = name;
    page.layoutAt = reading.at(node);
  }
}
