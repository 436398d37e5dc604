/** A logo as it was found: what kind of picture its bytes are, and whether it may be drawn; nothing is decoded here. */

import type { Outcome, Place } from "../../problem.ts";
import type { LibraryPicture } from "../../templates/library.ts";
import * as messages from "./messages.ts";
import { checkSvg } from "./svg.ts";

/** A picture that may be drawn. */
export interface Logo {
  readonly kind: "png" | "jpeg" | "svg";
  readonly bytes: Uint8Array;
  /** As the theme names it. */
  readonly file: string;
  readonly where: Place;
}

const mostBytes = 5 * 1024 * 1024;
/** Drawn in 64 MB of memory. */
const mostPixels = 16_000_000;

/** @param picture nothing where the path leads out of the library */
export function readLogo(file: string, picture: LibraryPicture | undefined, where: Place): Outcome<Logo> {
  const failed = (problem: ReturnType<typeof messages.logoUnread>): Outcome<Logo> => ({
    value: undefined,
    problems: [problem],
  });
  if (picture === undefined)
    return failed(messages.logoUnread(file, "a path out of the templates folder", where));
  if ("fault" in picture) return failed(messages.logoUnread(file, picture.fault, where, picture.near));
  const { bytes } = picture;
  if (bytes.length > mostBytes) return failed(messages.logoUnread(file, `${bytes.length} bytes`, where));
  const pixels = pngSize(bytes) ?? jpegSize(bytes);
  if (pixels) {
    const [width, height] = pixels;
    if (width * height > mostPixels) return failed(messages.logoTooLarge(file, pixels, mostPixels, where));
    if (width * height === 0) return failed(messages.logoNoPicture(file, "a picture without pixels", where));
    return { value: { kind: bytes[0] === 0x89 ? "png" : "jpeg", bytes, file, where }, problems: [] };
  }
  const text = textIn(bytes);
  const svg = text === undefined ? undefined : checkSvg(text);
  if (svg === undefined) return failed(messages.logoNoPicture(file, startOf(bytes), where));
  if ("faults" in svg) {
    const problems = svg.faults.map(({ found, why }) => messages.logoUnsafe(file, found, why, where));
    return { value: undefined, problems };
  }
  return { value: { kind: "svg", bytes: new TextEncoder().encode(svg.svg), file, where }, problems: [] };
}

type Size = readonly [width: number, height: number];

const pngStart = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Width and height stand in the first chunk. */
function pngSize(bytes: Uint8Array): Size | undefined {
  if (bytes.length < 33 || pngStart.some((byte, index) => bytes[index] !== byte)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return [view.getUint32(16), view.getUint32(20)];
}

/** Height and width stand in the frame's header, after segments of any length. */
function jpegSize(bytes: Uint8Array): Size | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 2; at + 9 <= bytes.length && bytes[at] === 0xff; ) {
    const marker = view.getUint8(at + 1);
    // C4, C8 and CC are tables among the markers of frames; FF is padding.
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return [view.getUint16(at + 7), view.getUint16(at + 5)];
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return undefined;
}

function textIn(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** How the bytes begin, e.g. `GIF89a` or `00 01 02`. */
function startOf(bytes: Uint8Array): string {
  const start = bytes.subarray(0, 8);
  if (start.length === 0) return "an empty file";
  const isText = start.every((byte) => byte >= 0x20 && byte < 0x7f);
  return isText
    ? String.fromCharCode(...start)
    : [...start].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
}
