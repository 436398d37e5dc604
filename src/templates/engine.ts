/** The engine: templates filled with evidence. */
import type { Evidence } from "../evidence/evidence.ts";
import type { Figure, Lineage } from "../evidence/figure.ts";
import type { Inline } from "../model/document.ts";
import { typedNumbers } from "../model/numbers.ts";
import { figuresIn, lineagesIn, plainText } from "../model/walk.ts";
import { hasErrors, type Outcome, type Place } from "../problem.ts";
import { check } from "./check.ts";
import { helpersOf } from "./code.ts";
import { evaluate } from "./evaluate.ts";
import { formatsOf } from "./formats.ts";
import { type Front, splitFront } from "./front.ts";
import { type Library, namesOf, templatePath } from "./library.ts";
import * as messages from "./messages.ts";
import { Output, pieces, type Written } from "./output.ts";
import type { FillOptions, World } from "./parameters.ts";
import { readTemplate } from "./read.ts";
import { Partials, Problems } from "./templates.ts";
import { wordsOf } from "./words.ts";

export type { FillOptions } from "./parameters.ts";

/** A template filled: Markdown, and what its front matter says. */
export interface Filled extends Written {
  readonly title: readonly Inline[];
  readonly subtitle: readonly Inline[];
  readonly audience: readonly Inline[];
  /** Where the title stands. */
  readonly at: Place;
  /** Named in the front matter. */
  readonly theme: { readonly name: string; readonly at: Place } | undefined;
  readonly staleDays: number | undefined;
  readonly options: FillOptions;
}

/** Fills the template `name`, e.g. `briefing.en`. What can be printed is, so that later phases find their problems, too. */
export function fill(
  library: Library,
  name: string,
  evidence: Evidence,
  options: FillOptions,
): Outcome<Filled> {
  const found = library.files.get(templatePath(name));
  if (!found)
    return { value: undefined, problems: [messages.unknownTemplate(name, namesOf(library, "templates"))] };
  const problems = new Problems();
  problems.add(
    ...wordsOf(library, options.memory).problems,
    ...formatsOf(library).problems,
    ...helpersOf(library).problems,
  );
  const { body, front } = splitFront({ ...found, text: lines(found.text) });
  const unknown = new Map(Object.keys(front.value?.front.params ?? {}).map((param) => [param, undefined]));
  const world = worldOf(library, evidence, { params: unknown, ...options });
  problems.add(...front.problems);
  const { language: declared } = front.value?.front ?? {};
  if (front.value && declared !== undefined && declared !== options.language)
    problems.add(messages.otherLanguage(declared, options.language, front.value.at("language")));

  const written = run(library, name, body, { file: found.file, line: 1, column: 1 }, world, problems);
  const inline = (field: "title" | "subtitle" | "audience"): Inline[] => {
    const text = front.value?.front[field];
    if (!front.value || text === undefined) return [];
    return fillLine(library, text, front.value.at(field), world, problems);
  };
  const [title, subtitle, audience] = [inline("title"), inline("subtitle"), inline("audience")];
  if (!written) return { value: undefined, problems: problems.all };
  const { theme, limits: allowed }: Partial<Front> = front.value?.front ?? {};
  return {
    value: {
      ...written,
      title,
      subtitle,
      audience,
      at: front.value?.at("title") ?? { file: found.file, line: 1, column: 1 },
      theme: theme === undefined || !front.value ? undefined : { name: theme, at: front.value.at("theme") },
      staleDays: allowed?.["stale-days"],
      options,
    },
    problems: problems.all,
  };
}

/** All that helpers may know of a document. */
export function worldOf(library: Library, evidence: Evidence, options: FillOptions): World {
  return {
    evidence,
    options,
    words: wordsOf(library, options.memory).value,
    formats: formatsOf(library).value,
    helpers: helpersOf(library).value,
    defaults: {},
    params: options.params ?? new Map(),
    asKeys: false,
  };
}

/**
 * For strings inside chart specs: plain text, and the figures it shows. Typed numbers are problems beside the value.
 * @param asKeys things of the store are printed by their ids and not by their names, as a query wants them
 */
export function fillText(
  library: Library,
  text: string,
  where: Place,
  evidence: Evidence,
  options: FillOptions,
  asKeys = false,
): Outcome<{
  readonly text: string;
  readonly figures: readonly Figure[];
  readonly lineages: readonly Lineage[];
}> {
  const problems = new Problems();
  const world = { ...worldOf(library, evidence, options), asKeys };
  const written = run(library, "", text, where, world, problems);
  if (!written || hasErrors(problems.all)) return { value: undefined, problems: problems.all };
  const line = judged(written, where, problems);
  return {
    value: { text: plainText(line), figures: figuresIn(line), lineages: lineagesIn(line) },
    problems: problems.all,
  };
}

/** A line of front matter: text and nodes, in which typed numbers are problems. */
function fillLine(library: Library, text: string, where: Place, world: World, problems: Problems): Inline[] {
  const written = run(library, "", text, where, world, problems);
  return written ? judged(written, where, problems) : [];
}

/** Text and nodes of a line that is no Markdown. Numbers typed in it are located at `where`, those of a partial there. */
function judged(written: Written, where: Place, problems: Problems): Inline[] {
  return pieces(written).flatMap(({ part, offset }): Inline[] => {
    const node: Inline = typeof part === "string" ? { type: "text", value: part } : part;
    if (node.type !== "text") return [node];
    let from = 0;
    for (const number of typedNumbers(node.value)) {
      const found = node.value.indexOf(number, from);
      from = found + number.length;
      const at = written.placeAt(offset + (node === part ? 0 : found));
      problems.add(messages.typedNumber(number, at.file === where.file ? where : at));
    }
    return node.value === "" ? [] : [node];
  });
}

function run(
  library: Library,
  name: string,
  text: string,
  where: Place,
  world: World,
  problems: Problems,
): Written | undefined {
  const { memory } = world.options;
  const template = readTemplate(name, text, where, memory);
  problems.add(...template.problems);
  if (!template.value) return undefined;
  const partials = new Partials(
    library,
    (partial, source, place) => readTemplate(partial, lines(source), place, memory),
    problems,
  );
  const output = new Output();
  const isFillable = check(template.value, world, partials, problems);
  return isFillable && evaluate(template.value, world, partials, output, problems)
    ? output.written()
    : undefined;
}

/** Line ends as one character, without a byte order mark. */
function lines(text: string): string {
  return text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
}
