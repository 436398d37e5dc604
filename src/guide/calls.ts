/** Calls: the chapters on what can be called or written in a template, from the tables by which it is read. */
import { directives, isDirectiveName, textRoles, writtenDirective } from "../templates/directives.ts";
import type { Helper } from "../templates/helper.ts";
import { filters, helpers, printing } from "../templates/helpers.ts";
import type { Parameter } from "../templates/parameters.ts";
import { layouts } from "../writers/slides/arrangements.ts";
import { themeKeys } from "./keys.ts";
import { code, fenced, sentence, table } from "./markdown.ts";

/** The language by which examples of templates are known, to editors and to those who try them. */
export const exampleLanguage = "handlebars";

/** The helpers, loops or controls, each with its arguments and an example. */
export function calls(kind: Helper["kind"]): string {
  return [...helpers.values()]
    .filter((helper) => helper.kind === kind)
    .map((helper) =>
      [
        `### \`${kind === "value" ? "" : "#"}${helper.name}\``,
        sentence(helper.does),
        ...argumentsOf(helper),
        ...(helper.kind === "loop"
          ? ["Each turn has:", table(["field", "what it is"], named(helper.fields))]
          : []),
        ...example(helper.example, helper.prints),
      ].join("\n\n"),
    )
    .join("\n\n");
}

/** The arguments that all helpers take which print figures. */
export function waysOfPrinting(): string {
  return parameters(Object.entries(printing).map(([name, parameter]) => [`${name}=`, parameter]));
}

function argumentsOf(helper: Helper): string[] {
  const { positional, rest, named: byName } = helper;
  const isOwn = byName !== printing && byName !== filters;
  const rows: (readonly [string, Parameter])[] = [
    ...Object.entries(positional),
    ...(rest ? [["…", { ...rest, takes: `${rest.takes}, one or more` }] as const] : []),
    ...(isOwn ? Object.entries(byName).map(([name, parameter]) => [`${name}=`, parameter] as const) : []),
  ];
  return [
    ...(rows.length > 0 ? [parameters(rows)] : []),
    ...(byName === printing ? ["And the [ways of printing](#ways-of-printing)."] : []),
    ...(byName === filters ? ["And the filters of that loop."] : []),
  ];
}

function parameters(rows: readonly (readonly [string, Parameter])[]): string {
  const isPlain = rows.every(([, { does }]) => does === undefined);
  return table(
    isPlain ? ["argument", "takes"] : ["argument", "takes", "which"],
    rows.map(([name, { takes, does = "" }]) => [code(name), takes, ...(isPlain ? [] : [does])]),
  );
}

function named(entries: Readonly<Record<string, string>>): string[][] {
  return Object.entries(entries).map(([name, says]) => [code(name), says]);
}

function example(text: string, prints?: string): string[] {
  return [fenced(exampleLanguage, text), ...(prints === undefined ? [] : ["prints", fenced("text", prints)])];
}

/** The directives, each with its attributes and an example. */
export function directivesInFull(): string {
  return Object.keys(directives)
    .filter(isDirectiveName)
    .map((name) => {
      const { does, attributes, example: text } = directives[name];
      return [
        `### \`${writtenDirective(name)}\``,
        sentence(does),
        ...(Object.keys(attributes).length > 0
          ? [table(["attribute", "what it is"], named(attributes))]
          : []),
        ...example(text),
      ].join("\n\n");
    })
    .join("\n\n");
}

/** The colours that words can take. */
export function rolesOfText(): string {
  const meanings = new Map(themeKeys().map(({ key, says }) => [key, says]));
  return table(
    ["written", "colour of"],
    textRoles.map((role) => [code(`:${role}[words]`), meanings.get(`colours.${role}`) ?? ""]),
  );
}

/** The layouts of slides, in the order in which they are tried. */
export function layoutsInFull(): string {
  return table(
    ["layout", "what is on the slide", "what for"],
    Object.entries(layouts).map(([name, { wants, reason }]) => [code(name), wants, reason]),
  );
}
