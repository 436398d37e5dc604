/** Bytes of a user's file as text: UTF-8 alone, for a guess at another encoding would change what the file says. */
import type { Outcome } from "../problem.ts";
import * as messages from "./messages.ts";

const lineEnd = 0x0a;

/** A byte order mark is left out. A NUL counts as a fault: UTF-16 without a mark may pass for UTF-8 but for these. */
export function decodeText(file: string, bytes: Uint8Array): Outcome<string> {
  if (!bytes.includes(0)) {
    const text = decode(bytes);
    if (text !== undefined) return { value: text, problems: [] };
  }
  let line = 1;
  for (let start = 0; ; line++) {
    const next = bytes.indexOf(lineEnd, start);
    const end = next < 0 ? bytes.length : next;
    const row = bytes.subarray(start, end);
    if (row.includes(0) || decode(row) === undefined || next < 0) {
      const column = new TextDecoder().decode(row).search(/[\0\uFFFD]/) + 1;
      const where = { file, line, column: Math.max(1, column) };
      return { value: undefined, problems: [messages.notUtf8(where, isUtf16(bytes))] };
    }
    start = end + 1;
  }
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** By its byte order mark, or by the NUL in every other byte of plain letters. */
function isUtf16(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || bytes.includes(0);
}
