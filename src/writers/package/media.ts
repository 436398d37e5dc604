/** Pictures: the drawn ones in place of the engine's stand-ins, one part for the same bytes, numbered as the slides show them. */
import type { PlacedDeck, PlacedSlide } from "../slides/placed.ts";
import { type Package, relationTypes } from "./package.ts";
import { shapesOf } from "./slide.ts";
import { descendant, type Xml } from "./xml.ts";

/** The ids by which a slide refers to its pictures, in the order of their boxes. */
export function picturesOn(tree: Xml, slide: PlacedSlide | undefined): string[] {
  const shapes = shapesOf(tree);
  return (slide?.boxes ?? []).flatMap(({ kind }, at) =>
    kind === "picture" ? [pictureIn(shapes[at] as Xml)] : [],
  );
}

/**
 * Lets the slides' pictures lead to the drawn ones. `pictures` are by `Picture.chart` and hold each that is shown.
 * @param ids of each slide
 */
export function placePictures(
  parts: Package,
  { slides }: PlacedDeck,
  ids: readonly (readonly string[])[],
  pictures: ReadonlyMap<string, Uint8Array>,
): void {
  const kept = firstOfSame(pictures);
  const paths = new Map<Uint8Array, string>();
  slides.forEach(({ boxes }, index) => {
    const path = `ppt/slides/slide${index + 1}.xml`;
    const targets = new Map<string, string>();
    boxes
      .filter((box) => box.kind === "picture")
      .forEach(({ chart }, at) => {
        const bytes = kept.get(chart) as Uint8Array;
        const target = paths.get(bytes) ?? `ppt/media/image${paths.size + 1}.png`;
        paths.set(bytes, target);
        targets.set(ids[index]?.[at] ?? "", target);
      });
    const slide = parts.get(path);
    if (!slide) return;
    slide.relationships = slide.relationships.map((relation) =>
      relation.type === relationTypes.image
        ? { ...relation, target: targets.get(relation.id) ?? relation.target }
        : relation,
    );
  });
  for (const [bytes, path] of paths) parts.set(path, { content: bytes, relationships: [] });
}

/** The id by which a shape refers to its picture. */
function pictureIn(shape: Xml): string {
  return descendant(shape, "a:blip")?.attributes.get("r:embed") ?? "";
}

/** For each picture the first one with the same bytes, which may be itself. */
export function firstOfSame<Key>(pictures: Iterable<readonly [Key, Uint8Array]>): Map<Key, Uint8Array> {
  // Only pictures of one length are compared, so that a thousand are no more than a thousand times the work of one.
  const byLength = new Map<number, Uint8Array[]>();
  const firsts = new Map<Key, Uint8Array>();
  for (const [key, bytes] of pictures) {
    const { length } = bytes;
    const alike = byLength.get(length) ?? [];
    const first = alike.find((one) => Buffer.compare(one, bytes) === 0);
    if (first === undefined) alike.push(bytes);
    byLength.set(length, alike);
    firsts.set(key, first ?? bytes);
  }
  return firsts;
}
