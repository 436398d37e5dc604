/**
 * What each mistake is told as: the documents in `test/messages` show the text of a user's file and below it the message,
 * as a terminal shows it. `vitest --update` writes messages anew; read the difference as whoever made the mistake would.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { build, type Draw } from "../src/build.ts";
import { jobsIn } from "../src/cli/batch/matrix.ts";
import { readJobs } from "../src/findings/jobs.ts";
import { readStore } from "../src/findings/read.ts";
import { distinctProblems, linesIn, type Problem, showProblem, sortProblems } from "../src/problem.ts";
import { root, textsBelow } from "./workspace.ts";

const folder = join(root, "test/messages");

const below = (name: string, path: string): [string, string][] =>
  [...textsBelow(path)].map(([inner, text]) => [`${name}/${inner}`, text]);

/** A small workspace, into which each case puts a file or two. */
const workspace: ReadonlyMap<string, string> = new Map([
  ...below("data", join(root, "test/golden/small/data")),
  ...below("templates", join(root, "test/golden/small/templates")),
  ["templates/words.yaml", "cover:\n  kicker: { en: A bright day, zh: 晴 }\n"],
  ["templates/themes/default.yaml", readFileSync(join(root, "templates/themes/default.yaml"), "utf8")],
]);

const front = "---\ntitle: A title\n---\n";
/** A white point for every chart: what is drawn is not at issue here. */
const point = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4//8/AAX+Av4N70a4AAAAAElFTkSuQmCC",
  "base64",
);
const draw: Draw = async (charts) => {
  const drawn = { png: point, svg: "", texts: [], width: 1, height: 1 };
  return { value: new Map(charts.map(({ key }) => [key, drawn])), problems: [] };
};

function within(files: ReadonlyMap<string, string>, name: string): Map<string, string> {
  return new Map(
    [...files].flatMap(([path, text]) =>
      path.startsWith(`${name}/`) ? [[path.slice(name.length + 1), text] as const] : [],
    ),
  );
}

async function problemsIn(files: ReadonlyMap<string, string>): Promise<readonly Problem[]> {
  const { value: store, problems } = readStore(within(files, "data"), "data");
  const [product] = store?.products ?? [];
  if (!store || !product) return problems;
  const templates = [...within(files, "templates")].map(
    ([path, text]) => [path, { file: `templates/${path}`, text }] as const,
  );
  const library = { files: new Map(templates) };
  const options = { draft: false, version: "test" };
  const jobs = files.get("data/jobs.yaml");
  if (jobs !== undefined) {
    const rows = readJobs("data/jobs.yaml", jobs, store);
    return [
      ...problems,
      ...rows.problems,
      ...(rows.value ? jobsIn(rows.value, store, library).problems : []),
    ];
  }
  const built = await build({ product, language: "en" }, store, library, draw, options);
  return [...problems, ...built.problems];
}

/** All that is told of a workspace in which these files stand. */
async function told(changed: ReadonlyMap<string, string>): Promise<string> {
  const files = new Map([...workspace, ...changed]);
  const problems = sortProblems(distinctProblems(await problemsIn(files)));
  return problems.map((problem) => showProblem(problem, linesIn(files))).join("\n\n");
}

const fence = /^(?<ticks>`{3,})(?<language>\w+)(?: (?<path>\S+))?\n(?<text>[\s\S]*?)^\k<ticks>$/gm;

/** A document's head and its cases: headings of the second level, those within a text aside. */
function partsOf(document: string): string[] {
  const texts: string[] = [];
  const kept = document.replace(fence, (text) => `\u0000${texts.push(text) - 1}\u0000`);
  return kept
    .split(/^(?=## )/m)
    .map((part) => part.replace(/\u0000(\d+)\u0000/g, (_, index) => texts[Number(index)] ?? ""));
}

/** A case with the message that its files bring. */
async function retold(part: string): Promise<string> {
  const blocks = [...part.matchAll(fence)].map(({ groups = {} }) => groups);
  const files = blocks
    .filter(({ language }) => language !== "text")
    .map(({ path, text = "" }): [string, string] =>
      path === undefined ? ["templates/deck.en.md.hbs", front + text] : [path, text],
    );
  const before = part.replace(/^```text\n[\s\S]*?^```$/m, "").trimEnd();
  return `${before}\n\n\`\`\`text\n${await told(new Map(files))}\n\`\`\``;
}

/** What only who works on Sourcedeck, or on what it is made of, could understand. */
const innards =
  /Invalid input|nonoptional|\binvalid_|\[object|\bundefined\b|\bNaN\b|is not a function|Cannot read prop|\w+(?:Directive|Statement|Expression)\b|\b(?:CLOSE|OPEN)_|\n\s+at .+\.[jt]s:/;

const documents = readdirSync(folder).filter((name) => name.endsWith(".md"));

test.each(documents)("%s shows what each mistake is told as", async (name) => {
  const file = join(folder, name);
  const [head = "", ...parts] = partsOf(readFileSync(file, "utf8"));
  const cases: string[] = [];
  for (const part of parts) cases.push(await retold(part));
  expect(cases.join("\n").match(innards)).toBeNull();
  await expect(`${[head.trimEnd(), ...cases].join("\n\n")}\n`).toMatchFileSnapshot(file);
});
