/** Front matter: what stands in YAML between two lines of `---` at the top of a template. */
import { z } from "zod";
import { languages } from "../findings/store.ts";
import { parseFile } from "../findings/yaml.ts";
import type { Outcome, Place } from "../problem.ts";
import type { LibraryFile } from "./library.ts";
import * as messages from "./messages.ts";

const line = z.string().min(1).max(400);

export const frontSchema = z
  .strictObject({
    title: line.meta({ description: "The document's title; it may hold `{{…}}`." }),
    subtitle: line.optional().meta({ description: "Under the title; it may hold `{{…}}`." }),
    theme: z
      .string()
      .max(64)
      .optional()
      .meta({ description: "A theme by the name of its file; the product's own stands before it." }),
    language: z.enum(languages).optional().meta({ description: "Refuses to be filled in another language." }),
    audience: line.optional().meta({ description: "For whom the document is, on its cover." }),
    limits: z
      .strictObject({
        "stale-days": z.int().min(1).max(100_000).optional().meta({
          description:
            "Refuses figures that entered the store more than this many days before the document's date.",
        }),
      })
      .optional()
      .meta({ description: "What the document does not accept." }),
  })
  .meta({ description: "What stands between two lines of `---` at the top of a template." });

export type Front = z.infer<typeof frontSchema>;

export interface Fronted {
  readonly front: Front;
  /** The place of one of its fields. */
  readonly at: (field: keyof Front) => Place;
}

/** Splits the front matter off; blank lines stand in its place, so that the body keeps its line numbers. */
export function splitFront({ file, text }: LibraryFile): {
  readonly body: string;
  readonly front: Outcome<Fronted>;
} {
  const top: Place = { file, line: 1, column: 1 };
  const head = /^---[ \t]*\n/.exec(text);
  if (!head) return { body: text, front: { value: undefined, problems: [messages.noFrontMatter(top)] } };
  const end = /^---[ \t]*(?:\n|$)/m.exec(text.slice(head[0].length));
  if (!end) return { body: "", front: { value: undefined, problems: [messages.openFrontMatter(top)] } };
  const yaml = text.slice(head[0].length, head[0].length + end.index);
  const body = text.slice(head[0].length + end.index + end[0].length);
  const lines = yaml.split("\n").length + 1;
  const read = parseFile(file, `\n${yaml}`, frontSchema);
  const { value } = read;
  return {
    body: "\n".repeat(lines) + body,
    front: {
      value: value && { front: value.value, at: (field) => value.at([field]) },
      problems: read.problems,
    },
  };
}
