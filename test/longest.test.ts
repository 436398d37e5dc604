import { describe, expect, it } from "vitest";
import type { Finding, Store } from "../src/findings/store.ts";
import { hasErrors } from "../src/problem.ts";
import { readDeck } from "./deck.ts";
import { build, draw, job, options, shippedLibrary, shippedStore } from "./workspace.ts";

const thrice = (text: string): string => `${text}, ${text}, ${text}`;

/** The shipped store with every name and statement three times as long. */
function longStore(what: "names" | "statements"): Store {
  const store = shippedStore();
  const long = <T extends { readonly en: string; readonly zh: string }>(text: T): T => ({
    ...text,
    en: thrice(text.en),
    zh: thrice(text.zh),
  });
  if (what === "names")
    return {
      ...store,
      subjects: new Map(
        [...store.subjects].map(([id, subject]) => [id, { ...subject, name: long(subject.name) }]),
      ),
    };
  const findings = [...store.findings].map(([id, finding]): [string, Finding] => {
    if (finding.kind === "statement") return [id, { ...finding, text: long(finding.text) }];
    return [id, finding.kind === "event" ? { ...finding, what: long(finding.what) } : finding];
  });
  return { ...store, findings: new Map(findings) };
}

describe.each(["names", "statements"] as const)("with %s three times as long", (what) => {
  it.each(["en", "zh"] as const)(
    "the briefing (%s) fits, continues, or says where it does not",
    async (language) => {
      const store = longStore(what);
      const { value, problems } = await build(
        job(store, "briefing", language),
        store,
        shippedLibrary(),
        draw,
        options,
      );
      if (value) {
        const deck = value.find(({ path }) => path.endsWith(".pptx"))!;
        expect(readDeck(deck.bytes).length).toBeGreaterThanOrEqual(32);
        return;
      }
      expect(hasErrors(problems)).toBe(true);
      const errors = problems.filter(({ severity }) => severity === "error");
      expect(errors.filter(({ where }) => where?.line === undefined)).toEqual([]);
      const fits = ["does-not-fit", "chart-text-outside"];
      expect(errors.filter(({ code }) => !fits.includes(code))).toEqual([]);
    },
  );
});
