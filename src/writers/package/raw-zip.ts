/**
 * What PptxGenJS puts its parts into when the command line is bundled, in place of JSZip: as much of that as it calls. Nothing
 * is compressed, and nothing waits, for all of it is read again at once.
 */
import { strToU8 } from "fflate";
import { pack, zip } from "./zip.ts";

export default class RawZip {
  readonly #files = new Map<string, Uint8Array>();

  /** Files bring their folders with them. */
  folder(): this {
    return this;
  }

  file(path: string, content: string, { base64 = false }: { readonly base64?: boolean } = {}): this {
    this.#files.set(path, base64 ? Buffer.from(content, "base64") : strToU8(content));
    return this;
  }

  async generateAsync(): Promise<Uint8Array> {
    return zip(new Map([...this.#files].map(([path, bytes]) => [path, pack(bytes, false)])));
  }
}
