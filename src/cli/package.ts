/** The installed package: where it lies, and which version it is. */
import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** Two levels above this file. */
export const packageFolder = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

export const version: string = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8")).version;
