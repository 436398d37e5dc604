import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { readDeck } from "./deck.ts";
import { build, draw, job, options, outputs, shippedLibrary, shippedStore } from "./workspace.ts";

function installed(program: string): boolean {
  try {
    execFileSync(program, [program === "soffice" ? "--version" : "-v"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

const reason = ["soffice", "pdftotext"].filter((program) => !installed(program));
const squeezed = (text: string): string => text.normalize("NFKC").replace(/\s+/g, "");

/** The words of each page of a deck as LibreOffice prints it. */
function printed(deck: Uint8Array): string[] {
  const folder = mkdtempSync(join(tmpdir(), "sourcedeck-office-"));
  try {
    writeFileSync(join(folder, "deck.pptx"), deck);
    const profile = `-env:UserInstallation=${pathToFileURL(join(folder, "profile"))}`;
    execFileSync(
      "soffice",
      [profile, "--headless", "--convert-to", "pdf", "--outdir", folder, join(folder, "deck.pptx")],
      { stdio: "ignore" },
    );
    const text = execFileSync("pdftotext", ["-raw", join(folder, "deck.pdf"), "-"], { encoding: "utf8" });
    return text.split("\f").slice(0, -1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe.skipIf(reason.length > 0).each(["en", "zh"] as const)(
  `LibreOffice${reason.length > 0 ? ` (skipped: ${reason.join(" and ")} not installed)` : ""} opens the briefing (%s)`,
  (language) => {
    it("with a page for each slide, none blank, and the words of every title", async () => {
      const store = shippedStore();
      const made = outputs(
        await build(job(store, "briefing", language), store, shippedLibrary(), draw, options),
      );
      const deck = made.get(`briefing.${language}.pptx`)!;
      const titles = readDeck(deck).map(({ title }) => title);
      const pages = printed(deck);
      expect(pages.length).toBe(titles.length);
      expect(pages.filter((page) => page.trim() === "")).toEqual([]);
      expect(titles.filter((title, index) => !squeezed(pages[index]!).includes(squeezed(title)))).toEqual([]);
    });
  },
);
