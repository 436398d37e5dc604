/** The catalogue: all that a workspace can use in its templates, with where it comes from and what it does. */
import { readJson } from "../charts/json.ts";
import { order } from "../problem.ts";
import { directives, isDirectiveName, textRoles, writtenDirective } from "../templates/directives.ts";
import { splitFront } from "../templates/front.ts";
import type { Helper } from "../templates/helper.ts";
import { helpers } from "../templates/helpers.ts";
import type { Library, LibraryFile } from "../templates/library.ts";
import type { Parameter } from "../templates/parameters.ts";
import { readTheme } from "../templates/themes/read.ts";
import { layouts } from "../writers/slides/arrangements.ts";

export type Origin = "shipped" | "own" | "own over shipped" | "built in";

export interface Entry {
  readonly kind:
    | "template"
    | "partial"
    | "chart"
    | "theme"
    | "words"
    | "formats"
    | "layout"
    | "directive"
    | "helper"
    | "loop";
  /** How it is asked for, e.g. `charts/capex`, `briefing.en`, `fig`. */
  readonly name: string;
  readonly origin: Origin;
  /** Of a file, within the templates folder. */
  readonly path?: string;
  /** One line; empty when a file says nothing of itself. */
  readonly does: string;
  /** A file's text as it is, or arguments and an example. */
  readonly shown: string;
  /** The text of the shipped file that an own one stands over. */
  readonly under?: string;
}

interface FileKind {
  readonly kind: Entry["kind"];
  /** Of the path within the templates folder; its first group is the name. */
  readonly form: RegExp;
  readonly does: (library: Library, file: LibraryFile, name: string) => string | undefined;
}

const fileKinds: readonly FileKind[] = [
  { kind: "template", form: /^([^/]+)\.md\.hbs$/, does: (_, file) => commentOf(file) ?? titleOf(file) },
  { kind: "partial", form: /^(partials\/.+)\.md\.hbs$/, does: (_, file) => commentOf(file) },
  {
    kind: "chart",
    form: /^(charts\/.+)\.vl\.json$/,
    does(_, { file, text }) {
      const { description } = readJson(file, text).value?.value ?? {};
      return typeof description === "string" ? description : undefined;
    },
  },
  {
    kind: "theme",
    form: /^(themes\/.+)\.yaml$/,
    does: (library, _, name) => readTheme(library, name.slice("themes/".length)).value?.value.name,
  },
  {
    kind: "words",
    form: /^(words)\.yaml$/,
    does: () => "words in every language, printed with `t`; own ones are laid over the shipped ones",
  },
  {
    kind: "formats",
    form: /^(formats)\.yaml$/,
    does: () => "ways to print figures, called with `as=`; own ones are laid over the shipped ones",
  },
];

/**
 * Files first, by kind and name, then what is built in.
 * @param code texts of the workspace's helpers in JavaScript, which are not run, by their paths
 */
export function catalogue(
  library: Library,
  own: ReadonlySet<string>,
  code: ReadonlyMap<string, string>,
): Entry[] {
  const files = fileKinds.flatMap(({ kind, form, does }) =>
    [...library.files]
      .sort(([a], [b]) => order(a, b))
      .flatMap(([path, file]): Entry[] => {
        const name = form.exec(path)?.[1];
        if (name === undefined) return [];
        const under = own.has(path) ? library.under?.get(path)?.text : undefined;
        const origin = !own.has(path) ? "shipped" : under === undefined ? "own" : "own over shipped";
        const said = oneLine(does(library, file, name) ?? "");
        return [
          { kind, name, origin, path, does: said, shown: file.text, ...(under !== undefined && { under }) },
        ];
      }),
  );
  return [...files, ...[...code].map(([path, text]) => codeEntry(path, text)), ...builtIn];
}

/** Called as its file is, unless the file says otherwise when it is run. */
function codeEntry(path: string, shown: string): Entry {
  const name = /([^/]+)\.mjs$/.exec(path)?.[1] ?? path;
  const does = `JavaScript of ${path}; runs when sourcedeck.yaml names it and \`--allow-code\` is given`;
  return { kind: "helper", name, origin: "own", path, does, shown };
}

const builtIn: readonly Entry[] = [
  ...Object.entries(layouts).map(([name, { reason, wants }]) =>
    entry("layout", name, reason, `wants: ${wants}\nexample:\n  ::layout{name="${name}"}`),
  ),
  ...Object.keys(directives)
    .filter(isDirectiveName)
    .map((name) => {
      const { does, attributes, example } = directives[name];
      const rows = Object.entries(attributes).map(([attribute, says]) => `${row(`${attribute}=`, says)}\n`);
      return entry(
        "directive",
        writtenDirective(name),
        does,
        `${rows.join("")}example:\n${indented(example)}`,
      );
    }),
  ...textRoles.map((role) =>
    entry("directive", `:${role}`, `words in the colour of \`${role}\``, `example:\n  :${role}[words]`),
  ),
  ...[...helpers.values()]
    .map((helper) =>
      entry(helper.kind === "loop" ? "loop" : "helper", helper.name, helper.does, useOf(helper)),
    )
    .sort((a, b) => order(a.kind, b.kind)),
];

function entry(kind: Entry["kind"], name: string, does: string, use: string): Entry {
  return { kind, name, origin: "built in", does, shown: `${name}: ${does}\n${use}\n` };
}

function useOf(helper: Helper): string {
  const taken = (name: string, { takes, does }: Parameter): string =>
    row(name, does === undefined ? takes : `${takes}: ${does}`);
  return [
    ...Object.entries(helper.positional).map(([name, parameter]) => taken(name, parameter)),
    ...(helper.rest ? [taken("…", helper.rest)] : []),
    ...Object.entries(helper.named).map(([name, parameter]) => taken(`${name}=`, parameter)),
    ...(helper.kind === "loop"
      ? ["gives:", ...Object.entries(helper.fields).map(([name, is]) => row(name, is))]
      : []),
    "example:",
    indented(helper.example),
    ...(helper.prints === undefined ? [] : ["prints:", indented(helper.prints)]),
  ].join("\n");
}

function row(name: string, says: string): string {
  return `  ${name.padEnd(14)} ${says}`;
}

/** What a template says of itself: its first comment. */
function commentOf({ text }: LibraryFile): string | undefined {
  const [, long, short] = /\{\{~?!(?:--([\s\S]*?)--|(?!--)([^}]*))~?\}\}/.exec(text) ?? [];
  return long ?? short;
}

function titleOf(file: LibraryFile): string | undefined {
  return splitFront(file).front.value?.front.title;
}

function indented(text: string): string {
  return text
    .split("\n")
    .map((line) => `  ${line}`)
    .join("\n");
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
