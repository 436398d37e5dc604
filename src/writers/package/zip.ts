/**
 * A zip of entries that were packed each for itself, so that most can be while others are still being made. Byte for byte
 * what `fflate` writes for the same files; the compression is its own, as Node's differs from platform to platform.
 */
import { crc32 } from "node:zlib";
import { deflateSync, strToU8 } from "fflate";

/** A file as it lies in a zip. */
export interface Entry {
  readonly data: Uint8Array;
  readonly method: 0 | 8;
  readonly crc: number;
  /** Bytes before they were compressed. */
  readonly size: number;
}

/** @param isCompressed false stores the file as it is */
export function pack(file: Uint8Array, isCompressed: boolean): Entry {
  const data = isCompressed ? deflateSync(file, { level: 6 }) : file;
  return { data, method: isCompressed ? 8 : 0, crc: crc32(file), size: file.length };
}

/** The first of January 1980, the earliest date of a zip, at midnight: the same in every time zone. */
const earliest = (1 << 21) | (1 << 16);
/** Of the version of the format that reads it, and the one that wrote it: 2.0, for folders and compression. */
const version = 20;
/** Names that are not ASCII are UTF-8. */
const unicode = 0x0800;
const [localHead, centralHead, endHead] = [30, 46, 22];

/** The entries in their order. At most 65,535, and 4 GiB. */
export function zip(entries: ReadonlyMap<string, Entry>): Uint8Array {
  const files = [...entries].map(([name, entry]) => ({ name, bytes: strToU8(name), entry }));
  const length = files.reduce(
    (sum, { bytes, entry }) => sum + localHead + centralHead + 2 * bytes.length + entry.data.length,
    endHead,
  );
  const out = new Uint8Array(length);
  const view = new DataView(out.buffer);
  let at = 0;
  const two = (value: number): void => {
    view.setUint16(at, value, true);
    at += 2;
  };
  const four = (value: number): void => {
    view.setUint32(at, value, true);
    at += 4;
  };
  const put = (bytes: Uint8Array): void => {
    out.set(bytes, at);
    at += bytes.length;
  };
  /** What a file's own head and its row in the directory have in common. */
  const describe = ({ name, bytes, entry }: (typeof files)[number]): void => {
    two(version);
    two(bytes.length === name.length ? 0 : unicode);
    two(entry.method);
    four(earliest);
    four(entry.crc);
    four(entry.data.length);
    four(entry.size);
    two(bytes.length);
    two(0);
  };

  const starts = files.map((file) => {
    const start = at;
    four(0x04034b50);
    describe(file);
    put(file.bytes);
    put(file.entry.data);
    return start;
  });
  const directory = at;
  for (const [index, file] of files.entries()) {
    four(0x02014b50);
    two(version);
    describe(file);
    // Comment, disk, attributes.
    two(0);
    two(0);
    two(0);
    four(0);
    four(starts[index] ?? 0);
    put(file.bytes);
  }
  const size = at - directory;
  four(0x06054b50);
  two(0);
  two(0);
  two(files.length);
  two(files.length);
  four(size);
  four(directory);
  return out;
}
