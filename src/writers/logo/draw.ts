/** Drawing a logo as the PNG that goes into the deck, as large as it stands on the cover; it keeps its proportions. */
import type { Outcome } from "../../problem.ts";
import * as messages from "./messages.ts";
import type { Logo } from "./read.ts";

export interface DrawnLogo {
  readonly png: Uint8Array;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** Pixels to the inch, for print. */
const density = 300;
/** No logo that passed takes as much. */
const mostSeconds = 10;

/** @param room inches that it has at most */
export async function drawLogo(
  { kind, bytes, file, where }: Logo,
  room: { readonly w: number; readonly h: number },
): Promise<Outcome<DrawnLogo>> {
  const { default: sharp } = await import("sharp");
  const [w, h] = [Math.round(room.w * density), Math.round(room.h * density)];
  try {
    let options = {};
    if (kind === "svg") {
      // Drawn at the size that is wanted rather than at the one in the file, which may be any.
      const { width = 1, height = 1 } = await sharp(bytes, { limitInputPixels: false }).metadata();
      options = { density: Math.min(100_000, Math.max(1, 72 * Math.min(w / width, h / height))) };
    }
    const { data, info } = await sharp(bytes, { failOn: "truncated", ...options })
      .autoOrient()
      .resize({ width: w, height: h, fit: "inside", withoutEnlargement: kind !== "svg" })
      .toColourspace("srgb")
      .timeout({ seconds: mostSeconds })
      .png({ compressionLevel: 9 })
      .toBuffer({ resolveWithObject: true });
    return { value: { png: new Uint8Array(data), width: info.width, height: info.height }, problems: [] };
  } catch (thrown) {
    const [reason = ""] = (thrown instanceof Error ? thrown.message : String(thrown)).split("\n");
    return { value: undefined, problems: [messages.logoNoPicture(file, reason, where)] };
  }
}
