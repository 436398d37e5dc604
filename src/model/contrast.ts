/** Contrast between colours, as WCAG 2.2 computes it. */

/** What level AA asks of text, and of text of 18 pt or bold text of 14 pt and more. */
export const neededContrast = { text: 4.5, large: 3 } as const;

/** From 1, none, to 21, black on white; colours are six hexadecimal digits. */
export function contrastOf(colour: string, ground: string): number {
  return contrastBetween(luminance(colour), luminance(ground));
}

/** The same by luminances. */
export function contrastBetween(a: number, b: number): number {
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** From 0, black, to 1, white. */
export function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
