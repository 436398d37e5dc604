/** `build --watch`, as someone with an editor open sees it. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
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

test("watching names every product that it wrote, whenever it was made", () =>
  inWorkspace(async (folder) => {
    const deck = join(folder, "templates/deck.en.md.hbs");
    const report = join(folder, "templates/report.en.md.hbs");
    const [ofDeck, ofReport] = [deck, report].map((file) => readFileSync(file, "utf8")) as [string, string];
    const page = /out\/report-[\w-]+\.en\.md +\d+ kB\n/;
    const session = new Session(folder);
    await session.hears(/Watching data and templates/);

    writeFileSync(deck, ofDeck.replace(/^## .*$/m, '## {{fig "nobody.knows"}}'));
    await session.hears(/Nothing was written\./);
    // Made now, and written only when nothing is wrong any more.
    writeFileSync(report, ofReport.replace("# New", "# News"));
    await session.hears(/Nothing was written\./);
    writeFileSync(deck, ofDeck);
    const mended = await session.hears(/ products in .* s\n/);
    expect(mended).toMatch(page);
    expect(mended).toContain("2 products in");

    for (const name of readdirSync(join(folder, "out")))
      if (name.endsWith(".md")) rmSync(join(folder, "out", name));
    writeFileSync(deck, ofDeck.replace(/^## .*$/m, "## Another title"));
    expect(await session.hears(/ products in .* s\n/)).toMatch(page);

    session.interrupt();
    expect(await session.ended).toBe(0);
  }));

test("watching sees a file that is written beside its place and renamed, and pictures, and nothing else", () =>
  inWorkspace(async (folder) => {
    const products = join(folder, "data/sourcedeck.yaml");
    const deck = readFileSync(products, "utf8").replace("name: deck,", "name: deck, theme: brand,");
    writeFileSync(products, deck);
    mkdirSync(join(folder, "templates/themes"));
    writeFileSync(
      join(folder, "templates/themes/brand.yaml"),
      "extends: default\nname: Brand\nlogo: { file: logo.svg, width: 1 }\n",
    );
    const logo = join(folder, "templates/themes/logo.svg");
    const square = (colour: string): string =>
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path fill="${colour}" d="M0 0h9v9H0z"/></svg>`;
    writeFileSync(logo, square("#0a0a0a"));
    const session = new Session(folder);
    await session.hears(/Watching data and templates/);

    const template = join(folder, "templates/deck.en.md.hbs");
    const save = (file: string, text: string): void => {
      const beside = join(file, "../sed7E7klG");
      writeFileSync(beside, text);
      renameSync(beside, file);
    };
    const text = readFileSync(template, "utf8");
    save(template, text.replace(/^## .*$/m, "## Another title"));
    const first = await session.hears(/ in .* s, 1 untouched\n/);
    expect(first).toContain("\nChanged: templates/deck.en.md.hbs\n");
    expect(first).toContain("out/deck.en.pptx");

    const before = readFileSync(join(folder, "out/deck.en.pptx"));
    for (const name of ["templates/4913", "templates/notes.txt", "data/deck.swp"]) {
      writeFileSync(join(folder, name), "Mine");
      rmSync(join(folder, name));
    }
    save(logo, square("#0b6b0b"));
    expect(await session.hears(/ products? in .*\n/)).toContain("\nChanged: templates/themes/logo.svg\n");
    expect(readFileSync(join(folder, "out/deck.en.pptx")).equals(before)).toBe(false);

    session.interrupt();
    expect(await session.ended).toBe(0);
  }));
