import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

const launcher = join(import.meta.dirname, "../../.build/cli/launch.js");

/** The order in which six tasks of Node's pool come to their end, and whether they are said to be done one by one. */
function tasks(env: Readonly<Record<string, string>>): {
  readonly order: number[];
  readonly oneByOne: boolean;
} {
  const folder = mkdtempSync(join(tmpdir(), "sourcedeck-pool-"));
  try {
    const file = join(folder, "pool.cjs");
    writeFileSync(
      file,
      `// A worker of batches, which has nothing to do here.
      require(${JSON.stringify(launcher)}).launch("building");
      const order = [];
      // The first takes longest: of several threads another one ends before it.
      [200_000, 9, 9, 9, 9, 9].forEach((rounds, task) =>
        require("node:crypto").pbkdf2("a", "b", rounds, 64, "sha512", () => {
          if (order.push(task) === 6)
            process.stdout.write(JSON.stringify({ order, oneByOne: process.env.UV_THREADPOOL_SIZE === "1" }));
        }));`,
    );
    const { NODE_OPTIONS: _, UV_THREADPOOL_SIZE: __, ...rest } = process.env;
    return JSON.parse(execFileSync(process.execPath, [file], { encoding: "utf8", env: { ...rest, ...env } }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test.skipIf(process.platform === "win32")(
  "Node's pool does one thing after the other, where it is said to: several pictures at once crash the text engine",
  () => {
    expect(tasks({})).toEqual({ order: [0, 1, 2, 3, 4, 5], oneByOne: true });
  },
);

test("a pool that may have been begun by others, or has another size, is not said to", () => {
  expect(tasks({ NODE_OPTIONS: "--no-deprecation" }).oneByOne).toBe(false);
  expect(tasks({ UV_THREADPOOL_SIZE: "4" }).oneByOne).toBe(false);
});
