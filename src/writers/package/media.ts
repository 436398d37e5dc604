/** Pictures: one part for the same bytes, numbered as the slides show them. */
import { type Package, relationTypes } from "./package.ts";

/** Renames and merges the pictures of the slides, in their order. */
export function mergeMedia(parts: Package, slidePaths: readonly string[]): void {
  const kept: { readonly path: string; readonly bytes: Uint8Array }[] = [];
  for (const slidePath of slidePaths) {
    const slide = parts.get(slidePath);
    if (slide === undefined) continue;
    slide.relationships = slide.relationships.map((relation) => {
      const bytes = parts.get(relation.target)?.content;
      if (relation.type !== relationTypes.image || !(bytes instanceof Uint8Array)) return relation;
      let same = kept.find((media) => sameBytes(media.bytes, bytes));
      if (same === undefined) {
        same = { path: `ppt/media/image${kept.length + 1}.png`, bytes };
        kept.push(same);
      }
      return { ...relation, target: same.path };
    });
  }
  for (const { path, bytes } of kept) parts.set(path, { content: bytes, relationships: [] });
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
