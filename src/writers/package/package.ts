/** An Open Packaging file: parts and the relationships between them, read from a zip and written to one. */
import { strFromU8, strToU8, unzipSync } from "fflate";
import { order } from "../../problem.ts";
import { parse } from "./reader.ts";
import { el, elements, serialize, type Xml } from "./xml.ts";
import { type Entry, pack, zip } from "./zip.ts";

export interface Relationship {
  readonly id: string;
  readonly type: string;
  /** The path of a part, or the address when external. */
  readonly target: string;
  readonly external: boolean;
}

export interface Part {
  readonly content: Xml | Uint8Array;
  relationships: readonly Relationship[];
}

/** Parts by path without a leading slash; the path "" is the package itself, whose relationships lead to the rest. */
export type Package = Map<string, Part>;

/** What a zip holds, with everything that a `Package` cannot say. */
export interface ReadPackage {
  readonly parts: Package;
  /** Names as they stand in the zip, directories and repetitions included. */
  readonly entries: readonly string[];
  readonly types: Xml | undefined;
  /** XML files by path, as text. */
  readonly texts: ReadonlyMap<string, string>;
  readonly malformed: readonly { readonly path: string; readonly complaint: string }[];
}

/** A zip beside what it holds, which need not be read from it again. */
export interface WrittenPackage {
  readonly bytes: Uint8Array;
  readonly contents: ReadPackage;
}

const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006/";

/** Types of relationships that we write or follow. */
export const relationTypes = {
  document: `${OFFICE}officeDocument`,
  core: `${PACKAGE}relationships/metadata/core-properties`,
  app: `${OFFICE}extended-properties`,
  slide: `${OFFICE}slide`,
  layout: `${OFFICE}slideLayout`,
  master: `${OFFICE}slideMaster`,
  notes: `${OFFICE}notesSlide`,
  notesMaster: `${OFFICE}notesMaster`,
  theme: `${OFFICE}theme`,
  image: `${OFFICE}image`,
} as const;

const contentTypesPath = "[Content_Types].xml";

/** Content types by path; the first row that matches counts, and a part without a row is a bug of ours. */
const contentTypes: readonly (readonly [path: RegExp, type: string])[] = [
  [/^docProps\/core\.xml$/, "application/vnd.openxmlformats-package.core-properties+xml"],
  [/^docProps\/app\.xml$/, "application/vnd.openxmlformats-officedocument.extended-properties+xml"],
  [/^ppt\/presentation\.xml$/, presentationType("presentation.main")],
  [/^ppt\/(presProps|viewProps|tableStyles)\.xml$/, presentationType("$1")],
  [/^ppt\/slides\/\w+\.xml$/, presentationType("slide")],
  [/^ppt\/slideLayouts\/\w+\.xml$/, presentationType("slideLayout")],
  [/^ppt\/slideMasters\/\w+\.xml$/, presentationType("slideMaster")],
  [/^ppt\/notesSlides\/\w+\.xml$/, presentationType("notesSlide")],
  [/^ppt\/notesMasters\/\w+\.xml$/, presentationType("notesMaster")],
  [/^ppt\/theme\/\w+\.xml$/, "application/vnd.openxmlformats-officedocument.theme+xml"],
];

function presentationType(kind: string): string {
  return `application/vnd.openxmlformats-officedocument.presentationml.${kind}+xml`;
}

/**
 * The zip's contents; undefined when the bytes are no zip.
 * @param isWanted false for files, by their paths, that are passed over as if they were not there
 */
export function readPackage(
  bytes: Uint8Array,
  isWanted: (path: string) => boolean = () => true,
): ReadPackage | undefined {
  const entries: string[] = [];
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(bytes, {
      filter: ({ name }) => {
        const isTaken = isWanted(name);
        if (isTaken) entries.push(name);
        return isTaken;
      },
    });
  } catch {
    return undefined;
  }
  const looked: Looked = { texts: new Map(), malformed: [] };
  const trees = new Map<string, Xml>();
  for (const [path, file] of Object.entries(files)) {
    const tree = isXml(path) ? readXml(path, file, looked) : undefined;
    if (tree) trees.set(path, tree);
  }
  const parts: Package = new Map();
  for (const path of ["", ...Object.keys(files)]) {
    if (path.endsWith("/") || path.endsWith(".rels") || path === contentTypesPath) continue;
    const relations = elements(trees.get(relationsPath(path)), "Relationship");
    parts.set(path, {
      content: trees.get(path) ?? files[path] ?? new Uint8Array(),
      relationships: relations.map((relation) => readRelationship(path, relation)),
    });
  }
  return { parts, entries, types: trees.get(contentTypesPath), ...looked };
}

/** What is seen of XML files. */
interface Looked {
  readonly texts: Map<string, string>;
  readonly malformed: { readonly path: string; readonly complaint: string }[];
}

function isXml(path: string): boolean {
  return /\.(xml|rels)$/.test(path);
}

/** @returns nothing where there is a complaint */
function readXml(path: string, file: Uint8Array, { texts, malformed }: Looked): Xml | undefined {
  const text = strFromU8(file);
  texts.set(path, text);
  const tree = parse(text);
  if (!("complaint" in tree)) return tree;
  malformed.push({ path, complaint: tree.complaint });
  return undefined;
}

/** What a part holds, as it will lie in the zip. */
interface Packed {
  readonly entry: Entry;
  /** Absent where it was looked at before. */
  readonly text?: string;
}

/** By the content of the part. */
export type PackedParts = ReadonlyMap<Xml | Uint8Array, Packed>;

/** Compresses the text of a file by its path, or knows it compressed. */
export type PackText = (path: string, text: string) => Entry;

export const packText: PackText = (_, text) => pack(strToU8(text), true);

/** Packs the trees of parts, which must not change from then on: most of what there is to do before a zip is written. */
export function packTrees(parts: Package, packed: PackText = packText): PackedParts {
  return new Map(
    [...parts].flatMap(([path, { content }]) =>
      content instanceof Uint8Array ? [] : [[content, packTree(path, content, packed)] as const],
    ),
  );
}

function packTree(path: string, tree: Xml, packed: PackText): Packed {
  const text = serialize(tree);
  return { text, entry: packed(path, text) };
}

/**
 * The same zip for the same parts: entries in code-unit order without directories, all of one date, and content types
 * for just the parts there are.
 * @param packed parts that are packed already
 */
export function writePackage(
  unsorted: Package,
  packed: PackedParts = new Map(),
  ofText: PackText = packText,
): WrittenPackage {
  const parts: Package = new Map([...unsorted].sort(([a], [b]) => order(a, b)));
  const types = typesOf([...parts.keys()]);
  const looked: Looked = { texts: new Map(), malformed: [] };
  const entries = new Map<string, Entry>();
  const addTree = (path: string, tree: Xml): void => {
    const { text, entry } = packed.get(tree) ?? packTree(path, tree, ofText);
    if (text !== undefined) looked.texts.set(path, text);
    entries.set(path, entry);
  };
  addTree(contentTypesPath, types);
  for (const [path, { content, relationships }] of parts) {
    if (relationships.length > 0) addTree(relationsPath(path), relationsOf(path, relationships));
    const known = packed.get(content);
    if (!(content instanceof Uint8Array)) addTree(path, content);
    else if (known) entries.set(path, known.entry);
    else if (path !== "") {
      // XML is bytes still where it could not be read. Pictures are compressed already.
      if (isXml(path)) readXml(path, content, looked);
      entries.set(path, pack(content, !path.endsWith(".png")));
    }
  }
  const sorted = new Map([...entries].sort(([a], [b]) => order(a, b)));
  return { bytes: zip(sorted), contents: { parts, entries: [...sorted.keys()], types, ...looked } };
}

/** Drops the parts that no chain of relationships leads to. */
export function prune(parts: Package): void {
  const reached = reachable(parts);
  for (const path of parts.keys()) if (!reached.has(path)) parts.delete(path);
}

/** Paths that chains of relationships lead to, whether or not there is such a part. */
export function reachable(parts: Package): Set<string> {
  const reached = new Set([""]);
  // A set may grow while it is walked through.
  for (const path of reached) {
    for (const { target, external } of parts.get(path)?.relationships ?? [])
      if (!external) reached.add(target);
  }
  return reached;
}

/** The XML of a part that must be there. */
export function treeOf(parts: Package, path: string): Xml {
  const content = parts.get(path)?.content;
  if (content === undefined || content instanceof Uint8Array) throw new Error(`no XML part ${path}`);
  return content;
}

/** Where the relationships of a part are kept. */
export function relationsPath(path: string): string {
  const cut = path.lastIndexOf("/") + 1;
  return `${path.slice(0, cut)}_rels/${path.slice(cut)}.rels`;
}

function readRelationship(source: string, relation: Xml): Relationship {
  const { attributes } = relation;
  const external = attributes.get("TargetMode") === "External";
  const target = attributes.get("Target") ?? "";
  return {
    id: attributes.get("Id") ?? "",
    type: attributes.get("Type") ?? "",
    target: external ? target : resolve(source, target),
    external,
  };
}

function relationsOf(path: string, relationships: readonly Relationship[]): Xml {
  return el(
    "Relationships",
    { xmlns: `${PACKAGE}relationships` },
    ...relationships.map((relation) => writeRelationship(path, relation)),
  );
}

function writeRelationship(source: string, { id, type, target, external }: Relationship): Xml {
  return el("Relationship", {
    Id: id,
    Type: type,
    Target: external ? target : relative(source, target),
    TargetMode: external ? "External" : undefined,
  });
}

function resolve(source: string, target: string): string {
  const path = target.startsWith("/") ? [] : source.split("/").slice(0, -1);
  for (const step of target.split("/")) {
    if (step === "..") path.pop();
    else if (step !== "" && step !== ".") path.push(step);
  }
  return path.join("/");
}

function relative(source: string, target: string): string {
  const from = source.split("/").slice(0, -1);
  const to = target.split("/");
  let shared = 0;
  while (shared < from.length && from[shared] === to[shared]) shared++;
  return [...from.slice(shared).map(() => ".."), ...to.slice(shared)].join("/");
}

function typesOf(paths: readonly string[]): Xml {
  const overrides = paths
    .filter((path) => path.endsWith(".xml"))
    .map((path) => {
      const row = contentTypes.find(([pattern]) => pattern.test(path));
      if (row === undefined) throw new Error(`no content type for ${path}`);
      return el("Override", { PartName: `/${path}`, ContentType: path.replace(row[0], row[1]) });
    });
  return el(
    "Types",
    { xmlns: `${PACKAGE}content-types` },
    el("Default", { Extension: "png", ContentType: "image/png" }),
    el("Default", {
      Extension: "rels",
      ContentType: "application/vnd.openxmlformats-package.relationships+xml",
    }),
    el("Default", { Extension: "xml", ContentType: "application/xml" }),
    ...overrides,
  );
}
