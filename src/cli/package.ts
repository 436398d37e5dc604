/** The installed package: where it lies, and which version it is. */
import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** Two levels above this file. */
export const packageFolder = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

/** Where the command line lies when it is compiled. */
const compiled = join(packageFolder, ".build/cli");

/** A file that runs in a thread or process of its own: always the compiled one. */
export function workerFile(name: "batch-worker" | "draw-thread"): string {
  return join(compiled, `${name}.js`);
}

let sum: string | undefined;

/**
 * Changes with every change of the code: what was kept by other code is not trusted. Read once: a process goes on with the
 * code that it began with, whatever is installed meanwhile.
 */
export function codeSum(): string {
  sum ??= (JSON.parse(readFileSync(join(compiled, "code.json"), "utf8")) as { sha256: string }).sha256;
  return sum;
}

interface Manifest {
  readonly version: string;
  /** Exact versions by name. */
  readonly dependencies: Readonly<Record<string, string>>;
}

export const { version, dependencies }: Manifest = JSON.parse(
  readFileSync(join(packageFolder, "package.json"), "utf8"),
);

/** What new workspaces begin with lies among the shipped templates, and is none of them. */
export const starterFolder = "starter";
