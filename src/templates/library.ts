/** The library: the texts of a templates folder, read by the caller and handed in. */

export interface Library {
  /**
   * Texts by path relative to the templates folder (`briefing.en.md.hbs`, `partials/x.md.hbs`, `words.yaml`), each with
   * the file name shown in problems.
   */
  readonly files: ReadonlyMap<string, LibraryFile>;
  /** The shipped files over which files of `files` are laid, by the same paths; a library of one folder has none. */
  readonly under?: ReadonlyMap<string, LibraryFile>;
  /** Reads a picture by its path relative to the templates folder; a library without it holds none. */
  readonly picture?: (path: string) => LibraryPicture;
  /** Helpers that the workspace brings as code, loaded by the caller, who was allowed to. */
  readonly code?: readonly LibraryCode[];
}

/** A helper as code: a function of plain values that is to give a text. */
export interface LibraryCode {
  readonly name: string;
  /** The file that it is from, as problems show it. */
  readonly file: string;
  readonly does?: string;
  readonly example?: string;
  readonly run: (...given: readonly unknown[]) => unknown;
}

/**
 * The bytes of a picture, or what stands in the way of reading it, e.g. "a folder"; and where nothing is, the pictures of
 * that folder and of the one around it, by their paths from there.
 */
export type LibraryPicture =
  | { readonly bytes: Uint8Array }
  | { readonly fault: string; readonly near?: readonly string[] };

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
