/** The library: the texts of a templates folder, read by the caller and handed in. */

export interface Library {
  /**
   * Texts by path relative to the templates folder (`briefing.en.md.hbs`, `partials/x.md.hbs`, `words.yaml`), each with
   * the file name shown in problems.
   */
  readonly files: ReadonlyMap<string, LibraryFile>;
}

export interface LibraryFile {
  readonly file: string;
  readonly text: string;
}

/** `briefing.en` is `briefing.en.md.hbs`. */
export const templatePath = (name: string): string => `${name}.md.hbs`;

/** `{{> tiles}}` is `partials/tiles.md.hbs`. */
export const partialPath = (name: string): string => `partials/${name}.md.hbs`;

/** The names under which templates, or partials, of the library are called. */
export function namesOf(library: Library, kind: "templates" | "partials"): string[] {
  const form = kind === "templates" ? /^([^/]+)\.md\.hbs$/ : /^partials\/(.+)\.md\.hbs$/;
  return [...library.files.keys()].flatMap((path) => form.exec(path)?.[1] ?? []);
}
