/** The shipped workspace in memory, and charts drawn with the shipped fonts, for tests that go the whole way. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { type BuildOptions, build, type Draw, type Job, type Output } from "../src/build.ts";
import { drawCharts } from "../src/charts/draw.ts";
import { prepareFonts } from "../src/charts/fonts.ts";
import { readStore } from "../src/findings/read.ts";
import type { Store } from "../src/findings/store.ts";
import { formatProblem, hasErrors, type Outcome, sortProblems } from "../src/problem.ts";
import type { Library } from "../src/templates/library.ts";

export const root = join(import.meta.dirname, "..");

export function textsBelow(folder: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
    const full = join(folder, name);
    if (statSync(full).isFile()) files.set(name.replaceAll("\\", "/"), readFileSync(full, "utf8"));
  }
  return files;
}

export function shippedStore(): Store {
  const { value, problems } = readStore(textsBelow(join(root, "data")), "data");
  if (!value) throw new Error(problems.map(formatProblem).join("\n"));
  return value;
}

/** The shipped templates, with some files replaced or added. */
export function shippedLibrary(replaced: Readonly<Record<string, string>> = {}): Library {
  const shipped = [...textsBelow(join(root, "templates"))].filter(([path]) => !path.startsWith("starter/"));
  const texts = new Map([...shipped, ...Object.entries(replaced)]);
  return { files: new Map([...texts].map(([path, text]) => [path, { file: `templates/${path}`, text }])) };
}

const cache = join(root, "node_modules/.cache/sourcedeck");
export const draw: Draw = (charts) => drawCharts(charts, (texts) => prepareFonts(texts, cache));

export const options: BuildOptions = { draft: false, version: "test" };

export function job(store: Store, name: string, language: "en" | "zh"): Job {
  const product = store.products.find((one) => one.name === name);
  if (!product) throw new Error(`no product ${name}`);
  return { product, language };
}

/** The outputs by path, or the problems as text. */
export function outputs(outcome: Outcome<readonly Output[]>): Map<string, Uint8Array> {
  if (!outcome.value || hasErrors(outcome.problems)) throw new Error(messages(outcome).join("\n"));
  return new Map(outcome.value.map(({ path, bytes }) => [path, bytes]));
}

export function messages(outcome: Outcome<unknown>): string[] {
  return sortProblems(outcome.problems).map(formatProblem);
}

export { build };
