/** Finds in a finished deck what the Open XML SDK's validator does not see and PowerPoint minds. */
import type { Problem } from "../../problem.ts";
import { firstOfSame } from "./media.ts";
import { notAPackage, packageFault } from "./messages.ts";
import { type Part, type ReadPackage, reachable, readPackage, relationsPath } from "./package.ts";
import { shapesOf } from "./slide.ts";
import { descendant, descendants, elements, textOf, type Xml } from "./xml.ts";

interface Fault {
  readonly part: string;
  /** Goes on after the part's name: "holds …", "has …". */
  readonly says: string;
}

interface Rule<Looked> {
  readonly code: string;
  readonly why: string;
  readonly find: (looked: Looked) => Iterable<Fault>;
}

/** Of parts that need not be in a file yet. */
type Parts = Pick<ReadPackage, "parts" | "texts">;

const noControlCharacters = { code: "control-character", why: "XML cannot hold it, not even escaped" };

const rulesOfParts: readonly Rule<Parts>[] = [
  { ...noControlCharacters, find: controlCharacters },
  { code: "unknown-relationship", why: "an id in the part stands for nothing", find: unknownRelationships },
  {
    code: "duplicate-shape-id",
    why: "PowerPoint renumbers, and animations and links go astray",
    find: duplicateIds,
  },
  {
    code: "ragged-table",
    why: "PowerPoint wants as many cells in each row as there are columns",
    find: raggedTables,
  },
  {
    code: "undescribed-picture",
    why: "people who do not see it miss what it says",
    find: undescribedPictures,
  },
  {
    code: "untitled-slide",
    why: "outline, links and screen readers go by the title placeholder",
    find: untitledSlides,
  },
  { code: "empty-title-run", why: "PowerPoint may drop it with the style it carries", find: emptyTitleRuns },
  { code: "shape-off-slide", why: "it is cut when shown and lost in print", find: shapesOffSlide },
];

const rulesOfFile: readonly Rule<ReadPackage>[] = [
  { code: "malformed-xml", why: "PowerPoint refuses the file", find: malformed },
  { ...noControlCharacters, find: controlCharactersBesides },
  { code: "directory-entry", why: "some readers take it for a part without a type", find: directories },
  { code: "repeated-entry", why: "readers disagree on which one counts", find: repeatedEntries },
  {
    code: "phantom-override",
    why: "a type for a part that is not there makes PowerPoint offer a repair",
    find: phantomOverrides,
  },
  { code: "untyped-part", why: "a part without a type makes the file corrupt", find: untypedParts },
  { code: "dangling-relationship", why: "it leads to no part", find: danglingRelationships },
  { code: "orphan-part", why: "nobody refers to it, so it is a leftover and may leak", find: orphans },
  {
    code: "false-picture",
    why: "PowerPoint shows a red cross when bytes are not what the ending says",
    find: falsePictures,
  },
  { code: "duplicate-media", why: "the same bytes twice make the file larger", find: duplicateMedia },
];

/** Everything wrong with the deck's file, in the order of the rules. `file` is the name that problems are located by. */
export function lint(bytes: Uint8Array, file: string): Problem[] {
  const read = readPackage(bytes);
  return read === undefined ? [notAPackage(file)] : [...lintFile(read, file), ...lintParts(read, file)];
}

/** What is wrong with parts for themselves, which may not be in a file yet. */
export function lintParts(parts: Parts, file: string): Problem[] {
  return found(rulesOfParts, parts, file);
}

/** What is wrong with a file of which the contents are known, besides what is wrong with its parts for themselves. */
export function lintFile(read: ReadPackage, file: string): Problem[] {
  return found(rulesOfFile, read, file);
}

function found<Looked>(rules: readonly Rule<Looked>[], looked: Looked, file: string): Problem[] {
  return rules.flatMap(({ code, find }) =>
    [...find(looked)].map(({ part, says }) => packageFault(code, file, part, says)),
  );
}

function malformed({ malformed }: ReadPackage): Fault[] {
  return malformed.map(({ path, complaint }) => ({ part: path, says: `is malformed XML: ${complaint}` }));
}

function controlCharacters({ texts, parts }: Parts): Iterable<Fault> {
  return controlCharactersIn([...texts].filter(([path]) => parts.has(path)));
}

/** In relationships and the list of content types. */
function controlCharactersBesides({ texts, parts }: ReadPackage): Iterable<Fault> {
  return controlCharactersIn([...texts].filter(([path]) => !parts.has(path)));
}

function* controlCharactersIn(texts: readonly (readonly [string, string])[]): Generator<Fault> {
  for (const [part, text] of texts) {
    const [found] = text.match(/[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]/) ?? [];
    if (found === undefined) continue;
    yield { part, says: `holds U+${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}` };
  }
}

function directories({ entries }: ReadPackage): Fault[] {
  return entries.filter((name) => name.endsWith("/")).map((part) => ({ part, says: "is a directory entry" }));
}

function repeatedEntries({ entries }: ReadPackage): Fault[] {
  const seen = new Set<string>();
  // A set's size tells whether a name was new to it.
  const repeated = entries.filter((name) => seen.size === seen.add(name).size);
  return [...new Set(repeated)].map((part) => ({ part, says: "stands in the zip more than once" }));
}

function* phantomOverrides({ parts, types }: ReadPackage): Generator<Fault> {
  for (const override of elements(types, "Override")) {
    const part = attribute(override, "PartName").slice(1);
    if (!parts.has(part)) yield { part, says: "has a content type and is not there" };
  }
}

function* untypedParts({ parts, types }: ReadPackage): Generator<Fault> {
  const overrides = new Set(elements(types, "Override").map((row) => attribute(row, "PartName").slice(1)));
  const defaults = new Set(
    elements(types, "Default").map((row) => attribute(row, "Extension").toLowerCase()),
  );
  for (const part of parts.keys()) {
    if (part === "" || overrides.has(part) || defaults.has(endingOf(part))) continue;
    yield { part, says: "has no content type" };
  }
}

function* danglingRelationships({ parts, entries }: ReadPackage): Generator<Fault> {
  for (const [path, { relationships }] of parts) {
    for (const { id, target, external } of relationships) {
      if (external || parts.has(target)) continue;
      yield { part: relationsPath(path), says: `has \`${id}\` to \`${target}\`, which is not there` };
    }
  }
  const owners = new Set([...parts.keys()].map(relationsPath));
  for (const part of entries) {
    if (part.endsWith(".rels") && !owners.has(part))
      yield { part, says: "holds relationships of a part that is not there" };
  }
}

/** Attributes that name a relationship. */
const references: ReadonlySet<string> = new Set(["r:id", "r:embed", "r:link", "r:pict"]);

function* unknownRelationships({ parts }: Parts): Generator<Fault> {
  for (const [part, { content, relationships }] of parts) {
    if (content instanceof Uint8Array) continue;
    const known = new Set(relationships.map(({ id }) => id));
    for (const { name, attributes } of descendants(content)) {
      for (const [key, id] of attributes) {
        if (references.has(key) && id !== "" && !known.has(id)) {
          yield { part, says: `refers to \`${id}\` in \`${name}\`, which is no relationship of it` };
        }
      }
    }
  }
}

function* orphans({ parts }: ReadPackage): Generator<Fault> {
  const reached = reachable(parts);
  for (const part of parts.keys()) if (!reached.has(part)) yield { part, says: "is referred to by nobody" };
}

function* duplicateIds({ parts }: Parts): Generator<Fault> {
  for (const [part, content] of trees(parts, "ppt/")) {
    const seen = new Set<string>();
    for (const shape of descendants(content, "p:cNvPr")) {
      const id = attribute(shape, "id");
      if (seen.has(id))
        yield { part, says: `gives the shape id \`${id}\` twice, to \`${attribute(shape, "name")}\` again` };
      seen.add(id);
    }
  }
}

function* raggedTables({ parts }: Parts): Generator<Fault> {
  for (const [part, content] of trees(parts, "ppt/slides/")) {
    for (const table of descendants(content, "a:tbl")) {
      const columns = elements(elements(table, "a:tblGrid")[0], "a:gridCol").length;
      for (const [index, row] of elements(table, "a:tr").entries()) {
        const cells = elements(row, "a:tc").length;
        if (cells !== columns) {
          yield { part, says: `has a table with ${cells} cells in row ${index + 1} and ${columns} columns` };
        }
      }
    }
  }
}

/** How files of an ending begin. */
const signatures: Readonly<Record<string, readonly number[]>> = {
  png: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  jpg: [0xff, 0xd8, 0xff],
  jpeg: [0xff, 0xd8, 0xff],
  gif: [0x47, 0x49, 0x46, 0x38],
};

function* falsePictures(read: ReadPackage): Generator<Fault> {
  for (const [part, bytes] of media(read)) {
    const signature = signatures[endingOf(part)];
    if (signature?.some((byte, index) => bytes[index] !== byte)) {
      yield { part, says: `is no ${endingOf(part).toUpperCase()} picture` };
    }
  }
}

function* duplicateMedia(read: ReadPackage): Generator<Fault> {
  const paths = new Map<Uint8Array, string>();
  for (const [part, first] of firstOfSame(media(read))) {
    const path = paths.get(first);
    if (path === undefined) paths.set(first, part);
    else yield { part, says: `has the same bytes as \`${path}\`` };
  }
}

function* undescribedPictures({ parts }: Parts): Generator<Fault> {
  for (const [part, content] of trees(parts, "ppt/slides/")) {
    for (const picture of descendants(content, "p:pic")) {
      const drawing = descendant(picture, "p:cNvPr");
      if (drawing?.attributes.get("descr")?.trim()) continue;
      yield {
        part,
        says: `has no alternative text on the picture \`${drawing && attribute(drawing, "name")}\``,
      };
    }
  }
}

function* untitledSlides({ parts }: Parts): Generator<Fault> {
  for (const [part, content] of trees(parts, "ppt/slides/")) {
    if (!titlesOf(content).some((title) => textOf(title).trim()))
      yield { part, says: "has no title placeholder with text" };
  }
}

function* emptyTitleRuns({ parts }: Parts): Generator<Fault> {
  for (const [part, content] of trees(parts, "ppt/slides/")) {
    for (const title of titlesOf(content)) {
      for (const run of descendants(title, "a:r")) {
        if (textOf(run) === "") yield { part, says: "has an empty run in its title" };
      }
    }
  }
}

/** A hundredth of an inch, in English Metric Units: lengths are rounded, and the page is 13.333… inches wide. */
const tolerance = 9144;

function* shapesOffSlide({ parts }: Parts): Generator<Fault> {
  const presentation = parts.get("ppt/presentation.xml")?.content;
  const size = presentation && !(presentation instanceof Uint8Array) && descendant(presentation, "p:sldSz");
  if (!size) return;
  for (const [part, content] of trees(parts, "ppt/slides/")) {
    for (const shape of shapesOf(content)) {
      const place = descendant(shape, "a:xfrm") ?? descendant(shape, "p:xfrm");
      const [offset] = elements(place, "a:off");
      const [extent] = elements(place, "a:ext");
      if (!offset || !extent) continue;
      const isOff = (["x", "y"] as const).some((axis) => {
        const start = Number(attribute(offset, axis));
        const end = start + Number(attribute(extent, `c${axis}`));
        return !(start >= -tolerance && end <= Number(attribute(size, `c${axis}`)) + tolerance);
      });
      const drawing = descendant(shape, "p:cNvPr");
      if (isOff)
        yield { part, says: `has the shape \`${drawing && attribute(drawing, "name")}\` outside the slide` };
    }
  }
}

function titlesOf(slide: Xml): Xml[] {
  return shapesOf(slide).filter((shape) =>
    /^(title|ctrTitle)$/.test(descendant(shape, "p:ph")?.attributes.get("type") ?? ""),
  );
}

function* trees(parts: ReadonlyMap<string, Part>, folder: string): Generator<readonly [string, Xml]> {
  for (const [path, { content }] of parts) {
    if (path.startsWith(folder) && !(content instanceof Uint8Array)) yield [path, content];
  }
}

function media({ parts }: ReadPackage): (readonly [string, Uint8Array])[] {
  return [...parts].flatMap(([path, { content }]) =>
    path.startsWith("ppt/media/") && content instanceof Uint8Array ? [[path, content] as const] : [],
  );
}

function attribute({ attributes }: Xml, name: string): string {
  return attributes.get(name) ?? "";
}

function endingOf(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1).toLowerCase();
}
