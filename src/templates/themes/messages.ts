/** What can be wrong with a theme beyond its form: one function per message. */
import { neededContrast } from "../../model/contrast.ts";
import { fonts } from "../../model/fonts.ts";
import type { Pale } from "../../model/theme.ts";
import { didYouMean, error, type Place, type Problem, warning } from "../../problem.ts";

/** @param where nowhere when the command line names the theme */
export const unknownTheme = (name: string, known: readonly string[], where: Place | undefined): Problem =>
  error("unknown-theme", `unknown theme \`${name}\``, {
    ...(where === undefined ? {} : { where }),
    found: name,
    expected: `a file of templates/themes: ${known.join(", ")}`,
    ...didYouMean(name, known),
  });

/** @param names of the themes, each extending the next, the last one standing there before */
export const themeCircle = (names: readonly string[], where: Place): Problem =>
  error("theme-circle", "this theme extends itself", {
    where,
    found: names.join(" → "),
    expected: "a theme that stands alone at the end, e.g. default",
  });

export const paleRole = ({ role, ground, contrast }: Pale, where: Place): Problem =>
  warning("pale-role", `text in \`${role}\` cannot be read well on \`${ground}\``, {
    where,
    found: `a contrast of ${contrast}`,
    expected: `${neededContrast.text} or more`,
    hint: "small text is set in a darker role instead",
  });

/** @param width inches that it takes, and those that it may take */
export const footerTooWide = (width: number, most: number, where: Place): Problem =>
  error("footer-too-wide", "the theme's own line leaves the sources too little of the foot", {
    where,
    found: `${width.toFixed(1)} in`,
    expected: `at most ${most.toFixed(1)} in, a third of the foot`,
    hint: "say it in fewer words; who may read the deck is `confidentiality`, which has a line of its own",
  });

const instead = "text is measured, and charts are drawn, with Arimo and Noto Sans SC";

export const unknownFont = (font: string, script: "latin" | "eastAsian", where: Place): Problem =>
  warning("unknown-font", `office machines may lack the font \`${font}\``, {
    where,
    found: font,
    expected: `${script === "latin" ? "a font" : "a font of Chinese characters"} that Office brings`,
    hint: [
      didYouMean(
        font,
        fonts.filter((one) => script === "latin" || one.script === script).map(({ name }) => name),
      ).hint,
      instead,
    ]
      .filter((part) => part !== undefined)
      .join("; "),
  });

export const wideFont = (font: string, where: Place): Problem =>
  warning("wide-font", `the letters of \`${font}\` are wider than they are measured`, {
    where,
    found: font,
    expected: "a font no wider than Arial",
    hint: `lines may be fuller than planned: ${instead}`,
  });
