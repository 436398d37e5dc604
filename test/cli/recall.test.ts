import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { recall } from "../../src/cli/recall.ts";

const home = process.cwd();
const folder = mkdtempSync(join(tmpdir(), "sourcedeck-recall-"));
beforeAll(() => process.chdir(folder));
afterAll(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true, force: true });
});

const file = join("data", "store.yaml");
beforeEach(() => {
  rmSync("data", { recursive: true, force: true });
  mkdirSync("data");
  writeFileSync(file, "one");
});

/** Asks whether a command has to run; `act` happens while it does. */
async function hasRun(act: () => void = () => {}): Promise<boolean> {
  let ran = false;
  const question = { command: "check", words: [], folders: ["data"], quiet: true };
  await recall(question, async (leave) => {
    ran = true;
    act();
    leave({ outputs: [], problems: "", results: [], said: [] });
    return 0;
  });
  return ran;
}

/** So long that the disk's clock goes on. */
const wait = (): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);

describe("a command", () => {
  it("does not run on files on which it ran before", async () => {
    expect(await hasRun()).toBe(true);
    expect(await hasRun()).toBe(false);
    writeFileSync(file, "two");
    expect(await hasRun()).toBe(true);
  });

  it.each([
    ["wrote to a file", () => writeFileSync(file, "six")],
    ["added one", () => writeFileSync(join("data", "more.yaml"), "")],
    ["removed one", () => rmSync(file)],
    [
      "wrote to a file, and then what it held before",
      (before: string) => {
        wait();
        writeFileSync(file, "six");
        writeFileSync(file, before);
      },
    ],
    [
      "put another file in place of one, and then one as before",
      (before: string) => {
        wait();
        for (const text of ["six", before]) {
          writeFileSync(join("data", "beside"), text);
          renameSync(join("data", "beside"), file);
        }
      },
    ],
    [
      "added a file and removed it",
      () => {
        wait();
        writeFileSync(join("data", "more.yaml"), "");
        rmSync(join("data", "more.yaml"));
      },
    ],
    [
      "wrote to a file and set its date back",
      () => {
        writeFileSync(file, "six");
        utimesSync(file, new Date(0), new Date(0));
      },
    ],
  ])(
    "runs again on files that someone %s meanwhile: which of them it read is not known",
    async (before, act) => {
      writeFileSync(file, before);
      expect(await hasRun(() => act(before))).toBe(true);
      rmSync(join("data", "more.yaml"), { force: true });
      writeFileSync(file, before);
      expect(await hasRun()).toBe(true);
      expect(await hasRun()).toBe(false);
    },
  );
});
