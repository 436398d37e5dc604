/** Written decks, and looks into them. */
import { strFromU8, unzipSync } from "fflate";
import type { DrawnLogo } from "../../../src/writers/logo/draw.ts";
import { parse } from "../../../src/writers/package/reader.ts";
import { complete, settle } from "../../../src/writers/package/settle.ts";
import type { Xml } from "../../../src/writers/package/xml.ts";
import { writePptx } from "../../../src/writers/pptx.ts";
import type { PlacedDeck } from "../../../src/writers/slides/placed.ts";
import { pictures } from "./decks.ts";

/** The finished file; throws what problems there are. */
export async function write(
  deck: PlacedDeck,
  drawn: ReadonlyMap<string, Uint8Array> = pictures,
  logo?: DrawnLogo,
): Promise<Uint8Array> {
  const raw = await writePptx(deck);
  if (raw.value === undefined) throw new Error(JSON.stringify(raw.problems));
  const settled = settle(raw.value, deck, undefined, logo);
  if (settled.value === undefined) throw new Error(JSON.stringify(settled.problems));
  const finished = complete(settled.value, deck, drawn);
  if (finished.value === undefined) throw new Error(JSON.stringify(finished.problems));
  return finished.value.bytes;
}

export function open(bytes: Uint8Array): {
  readonly names: string[];
  readonly text: (path: string) => string;
  readonly xml: (path: string) => Xml;
} {
  const files = unzipSync(bytes);
  const text = (path: string): string => strFromU8(files[path] ?? new Uint8Array());
  return {
    names: Object.keys(files),
    text,
    xml: (path) => {
      const tree = parse(text(path));
      if ("complaint" in tree) throw new Error(`${path}: ${tree.complaint}`);
      return tree;
    },
  };
}
