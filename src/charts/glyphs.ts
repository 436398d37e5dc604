/** Which characters a font file can draw: the `cmap` table of TrueType, formats 4 and 12. */

/** The code points of a TrueType font. */
export function codePoints(ttf: Uint8Array): Set<number> {
  const view = new DataView(ttf.buffer, ttf.byteOffset, ttf.byteLength);
  const found = new Set<number>();
  const cmap = tableOffset(view, "cmap");
  if (cmap === undefined) return found;
  for (let i = 0; i < view.getUint16(cmap + 2); i++) {
    const subtable = cmap + view.getUint32(cmap + 4 + i * 8 + 4);
    const format = view.getUint16(subtable);
    if (format === 4) readFormat4(view, subtable, found);
    if (format === 12) readFormat12(view, subtable, found);
  }
  return found;
}

function tableOffset(view: DataView, tag: string): number | undefined {
  for (let i = 0; i < view.getUint16(4); i++) {
    const record = 12 + i * 16;
    const name = String.fromCharCode(...[0, 1, 2, 3].map((byte) => view.getUint8(record + byte)));
    if (name === tag) return view.getUint32(record + 8);
  }
  return undefined;
}

/** Segments of the basic plane: ends, starts, deltas and offsets lie in four arrays, one after the other. */
function readFormat4(view: DataView, subtable: number, found: Set<number>): void {
  const length = view.getUint16(subtable + 6);
  const ends = subtable + 14;
  const starts = ends + length + 2;
  const deltas = starts + length;
  const offsets = deltas + length;
  for (let i = 0; i < length; i += 2) {
    const end = view.getUint16(ends + i);
    const start = view.getUint16(starts + i);
    const delta = view.getUint16(deltas + i);
    const offset = view.getUint16(offsets + i);
    for (let code = start; code <= end && code < 0xffff; code++) {
      const listed = offset === 0 ? code : view.getUint16(offsets + i + offset + (code - start) * 2);
      if (listed !== 0 && ((listed + delta) & 0xffff) !== 0) found.add(code);
    }
  }
}

/** Groups of consecutive characters of all planes. */
function readFormat12(view: DataView, subtable: number, found: Set<number>): void {
  for (let i = 0; i < view.getUint32(subtable + 12); i++) {
    const group = subtable + 16 + i * 12;
    for (let code = view.getUint32(group); code <= view.getUint32(group + 4); code++) found.add(code);
  }
}
