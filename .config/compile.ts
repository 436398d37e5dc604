/** Compiles the command line once, before the tests that run it as its users do. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

export default function setup(): void {
  const root = fileURLToPath(new URL("..", import.meta.url));
  const tsc = fileURLToPath(new URL("../node_modules/typescript/bin/tsc", import.meta.url));
  for (const args of [[tsc, "-p", ".config/tsconfig.build.json"], [".config/bundle.mjs"]])
    execFileSync(process.execPath, args, { cwd: root, stdio: "inherit" });
}
