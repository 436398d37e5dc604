/** JSON Schemas of the files that people write, for editors: printed from the definitions by which we check them. */
import { z } from "zod";
import { querySchema } from "./charts/query.ts";
import { findingsSchema, jobsSchema, schemas } from "./findings/schema.ts";
import { themeFileSchema, themeSchema } from "./model/theme.ts";
import { order } from "./problem.ts";
import { formatsSchema } from "./templates/formats.ts";
import { frontSchema } from "./templates/front.ts";
import { wordsSchema } from "./templates/words.ts";

/** JSON Schema, draft 7: the one that editors know best. */
export type JsonSchema = Readonly<Record<string, unknown>>;

export interface PrintedSchema {
  /** The file's name without its ending, e.g. `findings`. */
  readonly name: string;
  /** The files of a workspace that it describes: a path, or all YAML below a folder; nothing for a part of a file. */
  readonly files?: string;
  readonly schema: JsonSchema;
}

function printed(definition: z.ZodType): JsonSchema {
  const { $schema: _, ...schema } = z.toJSONSchema(definition, { target: "draft-7", io: "input" });
  return schema;
}

/** A theme that extends no other one must be whole. */
const theme: JsonSchema = {
  type: "object",
  if: { required: ["extends"] },
  // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
  then: printed(themeFileSchema),
  else: printed(themeSchema),
};

/** What stands in `usermeta.sourcedeck` of a chart; all else there is Vega-Lite's, which a chart names as its schema. */
const query: JsonSchema = {
  ...printed(querySchema),
  anyOf: [{ required: ["figures"] }, { required: ["select"] }],
};

/** Below a folder, however deep. */
const anyYaml = "/**/*.yaml";

/** Whether a file of a workspace, by its path, is one that the schema describes. */
export function describes({ files = "" }: PrintedSchema, path: string): boolean {
  if (!files.endsWith(anyYaml)) return files === path;
  return path.startsWith(files.slice(0, 1 - anyYaml.length)) && path.endsWith(".yaml");
}

const definitions: readonly PrintedSchema[] = [
  ...Object.entries(schemas).map(([file, definition]) => ({
    name: file.replace(/\.yaml$/, ""),
    files: `data/${file}`,
    schema: printed(definition),
  })),
  { name: "chart-query", schema: query },
  { name: "findings", files: `data/findings${anyYaml}`, schema: printed(findingsSchema) },
  { name: "formats", files: "templates/formats.yaml", schema: printed(formatsSchema) },
  { name: "jobs", files: "data/jobs.yaml", schema: printed(jobsSchema) },
  { name: "front-matter", schema: printed(frontSchema) },
  { name: "theme", files: `templates/themes${anyYaml}`, schema: theme },
  { name: "words", files: "templates/words.yaml", schema: printed(wordsSchema) },
];

/** Every schema, by name. */
export const printedSchemas: readonly PrintedSchema[] = definitions
  .map(({ schema, ...rest }) => ({
    ...rest,
    schema: { $schema: "http://json-schema.org/draft-07/schema#", ...schema },
  }))
  .sort((a, b) => order(a.name, b.name));
