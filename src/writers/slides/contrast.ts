/** Contrast of one role on another, so that text stays readable whatever the theme. */
import { contrastOf, neededContrast } from "../../model/contrast.ts";
import type { Role, Theme } from "../../model/theme.ts";

/** From 1, none, to 21, black on white. */
export function contrast(role: Role, ground: Role, { colours }: Theme): number {
  return contrastOf(colours[role], colours[ground]);
}

/** Asked for with every piece of text, and never more than one for each pair of roles. */
const known = new WeakMap<Theme, Map<string, Role>>();

/** The role, where text in it can be read on the ground, else the softer or the plain ink. */
export function readable(role: Role, ground: Role, theme: Theme): Role {
  const pairs = known.get(theme) ?? new Map<string, Role>();
  known.set(theme, pairs);
  const pair = `${role} on ${ground}`;
  const found = pairs.get(pair) ?? firstReadable(role, ground, theme);
  pairs.set(pair, found);
  return found;
}

function firstReadable(role: Role, ground: Role, theme: Theme): Role {
  const strong: Role = role === "cn-soft" ? "cn" : role === "us-soft" ? "us" : "muted";
  return (
    [role, strong].find((candidate) => contrast(candidate, ground, theme) >= neededContrast.text) ?? "ink"
  );
}
