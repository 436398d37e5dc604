/** Memory: what was made before, by keys that say all that it was made of; given by the caller, as files live on a disk. */
import { createHash } from "node:crypto";

export interface Memory {
  /** Nothing for what was not made before, or was forgotten. */
  get(key: string): Uint8Array | undefined;
  put(key: string, bytes: Uint8Array): void;
}

/** @param madeOf what kind of thing it is, and data: all that it is made of. @returns SHA-256, in hexadecimal digits */
export function keyOf(kind: string, ...madeOf: readonly unknown[]): string {
  return createHash("sha256")
    .update(JSON.stringify([kind, ...madeOf]))
    .digest("hex");
}
