/** What can be wrong with a document that is to become slides. */
import { didYouMean, error, type Place, type Problem } from "../../problem.ts";

const inches = (value: number): string => `${value.toFixed(2)} in`;

export function unknownLayout(found: string, known: readonly string[], where: Place): Problem {
  return error("unknown-layout", `cannot arrange the page as \`${found}\``, {
    where,
    found,
    expected: known.join(", "),
    ...didYouMean(found, known),
  });
}

export function layoutDoesNotSuit(layout: string, wants: string, found: string, where: Place): Problem {
  return error("layout-does-not-suit", `cannot arrange the page as \`${layout}\` with what stands on it`, {
    where,
    found,
    expected: wants,
    hint: "leave `::layout` away to have the arrangement follow from the content",
  });
}

/** @param where the page that goes on for so long, or the deck */
export function tooManySlides(found: string, most: number, where: Place): Problem {
  return error("too-many-slides", "this takes more slides than anybody would show", {
    where,
    found,
    expected: `at most ${most}`,
    hint: "choose what matters, e.g. with `limit=` in loops, or make it a report",
  });
}

export function lineDoesNotFit(
  what: "title" | "cover's title" | "cover's subtitle" | "section's name",
  found: { readonly text: string; readonly lines: number; readonly size: number },
  most: number,
  where: Place,
): Problem {
  return error("does-not-fit", `cannot fit the ${what} \`${found.text}\` on the slide`, {
    where,
    found: `${found.lines} lines at ${found.size} pt`,
    expected: most === 1 ? "one line" : `${most} lines at most`,
    hint: "say it in fewer words",
  });
}

export function blockDoesNotFit(
  what: string,
  height: number,
  room: number,
  size: number,
  where: Place,
): Problem {
  return error("does-not-fit", `cannot fit the ${what} on the slide`, {
    where,
    found: `${inches(height)} high at ${size} pt`,
    expected: `${inches(Math.max(0, room))} at most`,
    hint: "shorten it, or move part of the page to another `##`",
  });
}

export function tableTooWide(found: number, room: number, columns: number, where: Place): Problem {
  return error("does-not-fit", `cannot fit the table's ${columns} columns side by side`, {
    where,
    found: `${inches(found)} wide without breaking words`,
    expected: `${inches(room)} at most`,
    hint: "leave a column away, or split the table",
  });
}

export function tooManyEntries(what: string, found: number, most: number, where: Place): Problem {
  return error("does-not-fit", `cannot fit ${found} entries into one ${what}`, {
    where,
    found: String(found),
    expected: `${most} at most`,
    hint: "split it over two pages",
  });
}

export function labelsDoNotFit(found: number, where: Place): Problem {
  return error("does-not-fit", `cannot fit the names of ${found} places on the map beside their points`, {
    where,
    found: String(found),
    hint: "shorten the names that lead, or split the map over two pages",
  });
}

export function missingAlt(chart: string, where: Place): Problem {
  return error("missing-alt", `cannot place the chart \`${chart}\` without an alternative text`, {
    where,
    expected: "what the chart shows, in words",
    hint: `write \`::chart[…]{name="${chart}"}\``,
  });
}
