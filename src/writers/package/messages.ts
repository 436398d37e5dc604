/** Everything that can be wrong with a deck's file: one function a message. */
import { error, type Place, type Problem } from "../../problem.ts";

export function deckWithoutSlides(): Problem {
  return error("deck-without-slides", "cannot write a deck without slides", {
    expected: "at least one slide",
    hint: "does a loop of the template find nothing?",
  });
}

export function pictureNotDrawn(chart: string, where: Place): Problem {
  return error("picture-not-drawn", `cannot place the chart \`${chart}\`: it was not drawn`, { where });
}

export function notThisDeck(found: string, expected: string): Problem {
  return error("package-mismatch", "cannot settle the package: it does not hold this deck", {
    found,
    expected,
  });
}

export function notAPackage(file?: string): Problem {
  return error(
    "not-a-package",
    "cannot read the package: it is no zip file",
    file === undefined ? {} : { where: { file } },
  );
}

/** What `lint` says: `part` is named in the message, because places are lines of files and parts have none. */
export function packageFault(code: string, file: string, part: string, says: string): Problem {
  return error(code, `\`${part}\` ${says}`, { where: { file } });
}
