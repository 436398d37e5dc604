/** `sourcedeck schemas`: JSON Schemas for editors, into a folder. */
import { join } from "node:path";
import type { Output } from "../../build.ts";
import { type PrintedSchema, printedSchemas } from "../../schemas.ts";
import { openConsole } from "../console.ts";
import { exit } from "../exit.ts";
import { writeOutputs } from "../outputs.ts";

export interface SchemasOptions {
  readonly quiet?: boolean;
}

export async function runSchemas(folder: string, options: SchemasOptions): Promise<number> {
  const console = openConsole(options.quiet ?? false);
  const files = schemaFiles("");
  const written = writeOutputs(folder, files);
  console.problems(written.problems);
  if (!written.value) return exit.problems;
  for (const { path } of files)
    console.result(`${join(folder, path)}${written.value.has(path) ? "  unchanged" : ""}`);
  return exit.done;
}

/** @param folder within the folder that is written to, e.g. `schemas`; empty for that folder itself */
export function schemaFiles(folder: string): Output[] {
  return printedSchemas.map((printed) => ({
    path: schemaPath(folder, printed),
    bytes: new TextEncoder().encode(`${JSON.stringify(printed.schema, null, 2)}\n`),
  }));
}

export function schemaPath(folder: string, { name }: PrintedSchema): string {
  return `${folder === "" ? "" : `${folder}/`}${name}.schema.json`;
}
