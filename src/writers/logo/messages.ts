/** What can be wrong with a logo: one function per message. `where` is the line of the theme that names its file. */
import { didYouMean, error, type Place, type Problem, warning } from "../../problem.ts";

/** @param near pictures that are there, by their paths from where the logo was looked for */
export const logoUnread = (
  file: string,
  found: string,
  where: Place,
  near: readonly string[] = [],
): Problem => {
  const [, folder = "", name = ""] = /^(.*\/)?(.*)$/s.exec(file) ?? [];
  const moved = near.find((one) => one === `../${name}`);
  return error("logo-unread", `the logo \`${file}\` cannot be read`, {
    where,
    found,
    expected: "a PNG, JPEG or SVG file of at most 5 MB within the templates folder",
    ...(moved === undefined
      ? didYouMean(
          file,
          near.map((one) => `${folder}${one}`),
        )
      : { hint: `did you mean \`${folder}${moved}\`? Its path is told from the theme's own file` }),
  });
};

export const logoNoPicture = (file: string, found: string, where: Place): Problem =>
  error("logo-no-picture", `the logo \`${file}\` is not a picture`, {
    where,
    found,
    expected: "the bytes of a PNG, JPEG or SVG file, whole",
  });

/** @param pixels width and height */
export const logoTooLarge = (
  file: string,
  [width, height]: readonly [number, number],
  most: number,
  where: Place,
): Problem =>
  error("logo-too-large", `the logo \`${file}\` has too many pixels`, {
    where,
    found: `${width} × ${height} pixels`,
    expected: `at most ${most / 1_000_000} million`,
    hint: "save it smaller: 2000 pixels across are plenty",
  });

/** @param why what is wrong with what was found */
export const logoUnsafe = (file: string, found: string, why: string, where: Place): Problem =>
  error("logo-unsafe", `the logo \`${file}\` holds what no logo of a deck may`, {
    where,
    found,
    expected: "an SVG of shapes alone",
    hint: why,
  });

/** @param contrast from 1, none, as it is and as it should be at least */
export const paleLogo = (file: string, contrast: number, needed: number, where: Place): Problem =>
  warning("pale-logo", `the logo \`${file}\` can hardly be seen on the theme's ground`, {
    where,
    found: `a contrast of ${(Math.floor(contrast * 10) / 10).toFixed(1)}`,
    expected: `${needed} or more`,
    hint: "give a dark theme a `logo` of its own, in light colours, and a light one a dark logo",
  });
