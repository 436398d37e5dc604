/** `build --watch`, as someone with an editor open sees it. */
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readDeck } from "../deck.ts";
import { inWorkspace } from "./run.ts";

const main = join(import.meta.dirname, "../../.build/cli/main.js");

class Session {
  readonly #child: ChildProcess;
  readonly ended: Promise<number | null>;
  #said = "";

  constructor(folder: string) {
    this.#child = spawn(process.execPath, [main, "build", "--watch"], {
      cwd: folder,
      env: { ...process.env, NO_COLOR: "1" },
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on("data", (chunk: Buffer) => {
        this.#said += chunk.toString();
      });
    this.ended = new Promise((resolve) => this.#child.once("exit", resolve));
  }

  /** What is said up to and with these words, which are waited for. */
  async hears(words: RegExp): Promise<string> {
    for (;;) {
      const found = words.exec(this.#said);
      if (found) {
        const heard = this.#said.slice(0, found.index + found[0].length);
        this.#said = this.#said.slice(heard.length);
        return heard;
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  interrupt(): void {
    this.#child.kill("SIGINT");
  }
}

test("watching builds what a change touches, goes on through mistakes, and ends when it is interrupted", () =>
  inWorkspace(async (folder) => {
    const template = join(folder, "templates/deck.en.md.hbs");
    const text = readFileSync(template, "utf8");
    const session = new Session(folder);
    await session.hears(/2 products in .*\n/);
    await session.hears(/Watching data and templates/);

    writeFileSync(template, text.replace(/^## .*$/m, "## Another title"));
    const first = await session.hears(/ in .* s, 1 untouched\n/);
    expect(first).toContain("Changed: templates/deck.en.md.hbs");
    expect(first).toContain("1 product in");
    const [slide] = readDeck(readFileSync(join(folder, "out/deck.en.pptx"))).filter(
      ({ title }) => title === "Another title",
    );
    expect(slide).toBeDefined();

    writeFileSync(template, text.replace(/^## .*$/m, '## {{fig "nobody.knows"}}'));
    expect(await session.hears(/Nothing was written\./)).toContain("nobody.knows");

    writeFileSync(template, text);
    expect(await session.hears(/ untouched\n/)).toContain("out/deck.en.pptx");

    const findings = join(folder, "data/findings/paper.yaml");
    writeFileSync(findings, `# touched\n${readFileSync(findings, "utf8")}`);
    expect(await session.hears(/2 products in .*\n/)).toContain("Changed: data/findings/paper.yaml");

    session.interrupt();
    expect(await session.ended).toBe(0);
  }));
