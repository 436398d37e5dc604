/** Runs the compiled command line as a user does, in a workspace of its own. */
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export function sourcedeck(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(root, ".build/cli/main.js"), ...args],
      { cwd: folder, env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "", ...env } },
      (fault, stdout, stderr) =>
        resolve({ code: typeof fault?.code === "number" ? fault.code : fault ? -1 : 0, stdout, stderr }),
    );
  });
}

/** A copy of the small golden workspace in a folder that is removed after `use`. */
export async function inWorkspace<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "sourcedeck-cli-"));
  try {
    for (const part of ["data", "templates"])
      cpSync(join(root, "test/golden/small", part), join(folder, part), { recursive: true });
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
