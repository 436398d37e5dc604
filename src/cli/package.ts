/** The installed package: where it lies, and which version it is. */
import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** Two levels above this file. */
export const packageFolder = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

interface Manifest {
  readonly version: string;
  /** Exact versions by name. */
  readonly dependencies: Readonly<Record<string, string>>;
}

export const { version, dependencies }: Manifest = JSON.parse(
  readFileSync(join(packageFolder, "package.json"), "utf8"),
);
