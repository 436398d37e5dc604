/** Contrast of one role on another, so that text stays readable whatever the theme. */
import type { Role, Theme } from "../../model/theme.ts";

/** WCAG 2.2, level AA: text, and text of 18 pt or bold text of 14 pt and more. */
const needed = { text: 4.5, large: 3 };

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** From 1, none, to 21, black on white. */
export function contrast(role: Role, ground: Role, theme: Theme): number {
  const [light = 0, dark = 0] = [luminance(theme.colours[role]), luminance(theme.colours[ground])].sort(
    (a, b) => b - a,
  );
  return (light + 0.05) / (dark + 0.05);
}

/** The role, where text in it can be read on the ground, else the softer or the plain ink. */
export function readable(role: Role, ground: Role, theme: Theme, size: number, bold = false): Role {
  const least = size >= 18 || (bold && size >= 14) ? needed.large : needed.text;
  const strong: Role = role === "cn-soft" ? "cn" : role === "us-soft" ? "us" : "muted";
  return [role, strong].find((candidate) => contrast(candidate, ground, theme) >= least) ?? "ink";
}
