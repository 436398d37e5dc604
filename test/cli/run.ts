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
      {
        cwd: folder,
        env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "", ...env },
        // A net for what never ends: no run of a test takes nearly as long.
        timeout: 170_000,
        maxBuffer: 64 * 1024 * 1024,
      },
      (fault, stdout, stderr) =>
        resolve({ code: typeof fault?.code === "number" ? fault.code : fault ? -1 : 0, stdout, stderr }),
    );
  });
}

/** A copy of the small golden workspace in a folder that is removed after `use`. */
export function inWorkspace<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const golden = join(root, "test/golden/small");
  return inFolder((folder) => {
    for (const part of ["data", "templates"])
      cpSync(join(golden, part), join(folder, part), { recursive: true });
    return use(folder);
  });
}

/** A copy of a folder, or an empty one, that is removed after `use`. */
export async function inFolder<T>(use: (folder: string) => Promise<T>, copied?: string): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "sourcedeck-cli-"));
  try {
    if (copied !== undefined) cpSync(copied, folder, { recursive: true });
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
