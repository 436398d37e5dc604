/** `sourcedeck init`: a new workspace, complete and ready to build. */
import { join, posix, relative } from "node:path";
import type { Output } from "../../build.ts";
import type { Outcome } from "../../problem.ts";
import { describes, printedSchemas } from "../../schemas.ts";
import { openConsole } from "../console.ts";
import { exit } from "../exit.ts";
import { readFolder } from "../files.ts";
import { inTheWay } from "../in-the-way.ts";
import { writeOutputs } from "../outputs.ts";
import { packageFolder, starterFolder } from "../package.ts";
import { guideFile } from "../workspace.ts";
import { schemaFiles, schemaPath } from "./schemas.ts";

export interface InitOptions {
  readonly bare?: boolean;
  readonly from?: "briefing";
  readonly quiet?: boolean;
}

/** A folder of the package, and where its files go. */
interface Part {
  readonly folder: string;
  readonly to: string;
  /** What stays behind: paths of files, and of folders with a slash at their end. */
  readonly without?: readonly string[];
}

type Kit = "sample" | "bare" | "briefing";

const starter = (name: string): Part => ({ folder: `templates/${starterFolder}/${name}`, to: "" });

/** What each kind of workspace is made of, besides schemas and settings; no two parts have a file in common. */
const kits: Readonly<Record<Kit, readonly Part[]>> = {
  sample: [starter("shared"), starter("sample")],
  bare: [starter("shared"), starter("bare")],
  briefing: [
    { folder: "data", to: "data/" },
    { folder: "templates", to: "templates/", without: [guideFile, `${starterFolder}/`] },
    starter("briefing"),
  ],
};

const copied = [".csv", ".hbs", ".json", ".md", ".svg", ".txt", ".yaml"];

/** Writes all files of a workspace, or none when one of them is there already. */
export async function runInit(folder: string, options: InitOptions): Promise<number> {
  const console = openConsole(options.quiet ?? false);
  const kit = options.from ?? (options.bare ? "bare" : "sample");
  const { value: texts, problems } = textsOf(kit);
  if (!texts) {
    console.problems(problems);
    return exit.problems;
  }
  const outputs = [...texts]
    .map(([path, text]): Output => ({ path, bytes: utf8(withSchema(path, text)) }))
    .concat(schemaFiles("schemas"), settings(), {
      path: ".gitignore",
      bytes: utf8("/.sourcedeck/\n/out/\n"),
    });
  const refused = inTheWay(
    folder,
    outputs.map(({ path }) => path),
    "name a folder of its own, or move these files away",
  );
  const written = refused.length > 0 ? { problems: refused } : writeOutputs(folder, outputs);
  console.problems(written.problems);
  if (written.problems.length > 0) {
    console.say("Nothing was written.");
    return exit.problems;
  }
  console.result(`${outputs.length} files in ${folder}`);
  for (const line of nextSteps(folder, kit)) console.say(line);
  return exit.done;
}

function textsOf(kit: Kit): Outcome<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const { folder, to, without = [] } of kits[kit]) {
    const read = readFolder(join(packageFolder, folder), copied);
    if (!read.value || read.problems.length > 0) return { value: undefined, problems: read.problems };
    for (const [path, text] of read.value)
      if (!without.some((one) => path === one || (one.endsWith("/") && path.startsWith(one))))
        texts.set(`${to}${path}`, text);
  }
  return { value: texts, problems: [] };
}

/** A YAML file with a first line that tells editors its schema. */
function withSchema(path: string, text: string): string {
  const found = path.endsWith(".yaml") ? printedSchemas.find((schema) => describes(schema, path)) : undefined;
  if (!found) return text;
  const schema = posix.relative(posix.dirname(path), schemaPath("schemas", found));
  return `# yaml-language-server: $schema=${schema}\n${text}`;
}

/** Of VS Code, for files that are added later. */
function settings(): Output {
  const schemas = printedSchemas.flatMap((schema) =>
    schema.files === undefined ? [] : [[`./${schemaPath("schemas", schema)}`, [schema.files]] as const],
  );
  const value = {
    "files.associations": { "*.md.hbs": "markdown" },
    "yaml.schemas": Object.fromEntries(schemas),
  };
  return { path: ".vscode/settings.json", bytes: utf8(`${JSON.stringify(value, null, 2)}\n`) };
}

function nextSteps(folder: string, kit: Kit): string[] {
  const go = relative(process.cwd(), folder) === "" ? "" : `cd ${quoted(folder)} && `;
  const steps = [
    kit === "bare"
      ? [`${go}sourcedeck check`, "tells what to add first"]
      : [`${go}sourcedeck build`, "makes everything, in out/"],
    [join(folder, "README.md"), "tells what is where, and five first steps"],
    ["sourcedeck templates", "lists all that a template can use"],
  ] as const;
  const width = Math.max(...steps.map(([step]) => step.length));
  return steps.map(([step, does]) => `${step.padEnd(width)}  ${does}`);
}

/** As a shell wants it. */
function quoted(path: string): string {
  return /^[\w./~-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
