/** Drawing a logo as the PNG that goes into the deck, as large as it stands on the cover; it keeps its proportions. */

import { contrastBetween, luminance } from "../../model/contrast.ts";
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
/** Pixels across that tell how a logo looks as a whole. */
const sample = 64;
/** What a logo needs as a whole to be seen at all. */
const neededOfLogo = 1.5;
/** A box in the colour of the ground is no part of a logo. */
const ofGround = 1.05;
/** No logo that passed takes as much. */
const mostSeconds = 10;

/**
 * @param room inches that it has at most
 * @param ground the colour that it stands on, as six hexadecimal digits
 */
export async function drawLogo(
  { kind, bytes, file, where }: Logo,
  room: { readonly w: number; readonly h: number },
  ground: string,
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
    const small = sharp(data).resize({
      width: sample,
      height: sample,
      fit: "inside",
      withoutEnlargement: true,
    });
    const contrast = contrastOn(ground, await small.ensureAlpha().raw().toBuffer());
    return {
      value: { png: new Uint8Array(data), width: info.width, height: info.height },
      problems: contrast < neededOfLogo ? [messages.paleLogo(file, contrast, neededOfLogo, where)] : [],
    };
  } catch (thrown) {
    const [reason = ""] = (thrown instanceof Error ? thrown.message : String(thrown)).split("\n");
    return { value: undefined, problems: [messages.logoNoPicture(file, reason, where)] };
  }
}

/** How the mean of what is to be seen of a logo stands out from its ground. */
function contrastOn(ground: string, pixels: Uint8Array): number {
  const below = luminance(ground);
  let [sum, weight] = [0, 0];
  for (let at = 0; at + 3 < pixels.length; at += 4) {
    const parts = [...pixels.subarray(at, at + 3)].map((part) => part.toString(16).padStart(2, "0"));
    const own = luminance(parts.join(""));
    const share = (pixels[at + 3] ?? 0) / 255;
    const seen = own * share + below * (1 - share);
    if (share === 0 || contrastBetween(seen, below) < ofGround) continue;
    sum += own * share;
    weight += share;
  }
  return weight === 0 ? 1 : contrastBetween(sum / weight, below);
}
