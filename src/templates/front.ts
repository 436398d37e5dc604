/** Front matter: what stands in YAML between two lines of `---` at the top of a template. */
import { z } from "zod";
import { subjectKinds } from "../findings/schema.ts";
import { languages } from "../findings/store.ts";
import { parseFile } from "../findings/yaml.ts";
import type { Outcome, Place } from "../problem.ts";
import type { LibraryFile } from "./library.ts";
import * as messages from "./messages.ts";

const line = z.string().min(1).max(400);

/** What a parameter may stand for. */
export const paramTypes = ["subject", "metric", "region", "source", "topic", "period"] as const;
export type ParamType = (typeof paramTypes)[number];

const paramName = z
  .string()
  .max(40)
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, "small letters and digits, in words joined by -");

const params = z.record(
  paramName,
  z.union([z.enum(paramTypes), z.strictObject({ subject: z.enum(subjectKinds) })], {
    error: `one of ${paramTypes.join(", ")}, or { subject: company } for subjects of a kind`,
  }),
);

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
    params: params.optional().meta({
      description:
        "What the document is made for, by names that `{{…}}` may use: `{ company: subject }`, or `{ company: { subject: company } }` for subjects of that kind.",
    }),
  })
  .meta({ description: "What stands between two lines of `---` at the top of a template." });

export type Front = z.infer<typeof frontSchema>;

export interface Fronted {
  readonly front: Front;
  /** The place of one of its fields, or of what stands in it. */
  readonly at: (field: keyof Front, ...inner: readonly string[]) => Place;
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
      value: value && {
        front: value.value,
        at: (field, ...inner) => value.at([field, ...inner], inner.length > 0 ? "key" : "value"),
      },
      problems: read.problems,
    },
  };
}
