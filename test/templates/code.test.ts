import { describe, expect, it } from "vitest";
import { fill } from "../../src/templates/engine.ts";
import type { LibraryCode } from "../../src/templates/library.ts";
import { parse } from "../../src/templates/parse.ts";
import { brief, evidenceOf, front, library, options, show } from "./sample.ts";

/** Fills a body whose library brings one function as `made`, and more by their names. */
function run(body: string, made: LibraryCode["run"], more: readonly LibraryCode[] = []) {
  const code = [{ name: "made", file: "templates/helpers/made.mjs", run: made }, ...more];
  const filled = fill(
    { ...library({ "deck.en.md.hbs": front + body }), code },
    "deck.en",
    evidenceOf(),
    options,
  );
  const parsed = filled.value && parse(filled.value);
  const blocks = parsed?.value?.sections.flatMap(({ blocks: own, pages }) => [
    ...own,
    ...pages.flatMap((page) => page.blocks),
  ]);
  return {
    text: blocks?.map((block) => ("children" in block ? show(block.children) : block.type)).join("\n"),
    problems: [...filled.problems, ...(parsed?.problems ?? [])].map(brief),
  };
}

describe("a helper of the workspace", () => {
  it("is given plain values, figures and names as they are printed", () => {
    const given: unknown[] = [];
    const take = (...values: readonly unknown[]): string => {
      given.push(values);
      return "";
    };
    run('{{made "a" 5 true (fig "long.revenue.2025Q1") (name "acme") (period "2025Q1")}}{{made}}', take);
    expect(given).toEqual([["a", 5, true, "CNY 30.1bn", "Acme", "Q1 2025"], []]);
  });

  it("prints text, which is no markup, and may be an argument", () => {
    const { text, problems } = run('{{made "x"}} {{name (made "y")}}', (which) =>
      which === "x" ? "*plain* <b> [a](b) {{t}}" : "acme",
    );
    expect(problems).toEqual([]);
    expect(text).toBe("*plain* <b> [a](b) {{t}} [name Acme]");
  });

  it.each([
    ["{{made}}", "4:1 typed-number: the number `5%` was typed by hand"],
    ['{{made (fig "long.revenue.2025Q1")}}', "4:1 typed-number: the number `5%` was typed by hand"],
    ["{{lit (made)}}", "4:7 bad-argument: `Up 5%` cannot be used here"],
  ])("smuggles no number onto a page: %s", (body, problem) => {
    expect(run(body, () => "Up 5%").problems).toEqual([problem]);
  });

  it.each<[string, LibraryCode["run"], string]>([
    [
      "throws",
      () => {
        throw new TypeError("no\nluck");
      },
      "helper-threw: `made` failed (look into the helper's file, or at what is given to it here)",
    ],
    [
      "throws what cannot be printed",
      () => {
        throw Object.create(null);
      },
      "helper-threw: `made` failed (look into the helper's file, or at what is given to it here)",
    ],
    ["gives a number", () => 5, "helper-no-text: `made` gave no text"],
    ["gives a promise", async () => "late", "helper-no-text: `made` gave no text"],
    [
      "gives a promise that fails",
      async () => {
        throw new Error("late");
      },
      "helper-no-text: `made` gave no text",
    ],
    ["gives nothing", () => undefined, "helper-no-text: `made` gave no text"],
    ["gives too much", () => "a".repeat(10_001), "helper-too-much: `made` gave too long a text"],
    [
      "gives a token",
      () => "\uE0000\uE001",
      "reserved-character: `made` gave a character that cannot be printed",
    ],
  ])("that %s is a problem where it is called", (_, made, problem) => {
    expect(run("Words {{made}}.", made).problems).toEqual([`4:7 ${problem}`]);
  });

  it("takes no names and no items, and no name that is taken", () => {
    expect(run("{{made a=1}}", () => "").problems).toEqual([
      "4:8 unknown-argument: `made` has no argument `a`",
    ]);
    expect(run("{{#figures limit=1}}{{made this}}{{/figures}}", () => "").problems).toEqual([
      "4:28 bad-argument: this argument has no value",
    ]);
    const taken = { name: "fig", file: "templates/helpers/fig.mjs", run: () => "" };
    expect(run('{{fig "long.revenue.2025Q1"}}', () => "", [taken])).toMatchObject({
      text: "[fig CNY 30.1bn]",
      problems: ["templates/helpers/fig.mjs helper-name-taken: there is a helper `fig` already"],
    });
  });

  it("that does not exist is told with what there is", () => {
    expect(run('{{mad "x"}}', () => "").problems).toEqual([
      "4:3 unknown-helper: there is no helper `mad` (did you mean `made`?)",
    ]);
  });
});
