/** Batches, as a user runs them: what is written, what is told, and what is left when one is broken off. */
import { fork, spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { inFolder, sourcedeck } from "./run.ts";

const main = join(import.meta.dirname, "../../.build/cli/main.js");

/** A workspace of small decks, one for each of its companies: `c1`, `c2`, … with a figure each. */
async function inStore<T>(
  companies: number,
  jobs: string,
  use: (folder: string) => Promise<T>,
  template = '---\ntitle: "{{name company}}"\nparams:\n  company: { subject: company }\n---\n\n## {{#figures subject=company}}{{subject}} takes {{figure}}{{/figures}}\n\n- {{name company}}\n',
): Promise<T> {
  const ids = Array.from({ length: companies }, (_, index) => `c${index + 1}`);
  const lines = ids.map((_, index) => `${index + 1} USD`);
  const files: Readonly<Record<string, string>> = {
    "data/sources.yaml":
      "- { id: paper, file: paper.txt, publisher: { en: P, zh: P }, title: { en: T, zh: T }, language: en, published: 2025-06-03 }",
    "data/subjects.yaml": [
      ...ids.map((id) => `- { id: ${id}, kind: company, en: ${id}, zh: ${id}, region: us }`),
      "- { id: land, kind: country, en: Land, zh: Land, region: us }",
    ].join("\n"),
    "data/metrics.yaml": "- { id: revenue, en: revenue, zh: revenue, measures: money, over: period }",
    "data/sourcedeck.yaml":
      "products: [{ name: card, template: card, writer: pptx, languages: [en] }, { name: plain, template: plain, writer: pptx, languages: [en] }]",
    "data/jobs.yaml": jobs,
    "data/findings/paper.yaml": [
      "source: paper",
      "recorded: 2025-06-03",
      "figures:",
      ...ids.map(
        (id, index) =>
          `  - { id: ${id}.revenue, subject: ${id}, metric: revenue, period: 2024, value: ${lines[index]}, citations: [{ line: ${index + 1}, written: ${lines[index]} }] }`,
      ),
    ].join("\n"),
    "templates/card.en.md.hbs": template,
    "templates/plain.en.md.hbs": '---\ntitle: Plain\n---\n\n## {{fig "c1.revenue"}}\n\n- a point\n',
  };
  return inFolder((folder) => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(folder, path, ".."), { recursive: true });
      writeFileSync(join(folder, path), `${text}\n`);
    }
    return use(folder);
  });
}

const all = "jobs: [{ product: card, each: { company: { subjects: company } } }]";

/** The bytes of every product, each of which must be whole. */
function products(folder: string, out = "out"): Map<string, string> {
  const names = readdirSync(join(folder, out)).sort();
  for (const name of names.filter((one) => one.endsWith(".pptx")))
    expect(Object.keys(unzipSync(readFileSync(join(folder, out, name))))).toContain("ppt/presentation.xml");
  return new Map(names.map((name) => [name, readFileSync(join(folder, out, name)).toString("base64")]));
}

const decks = (folder: string): string[] =>
  readdirSync(join(folder, "out"))
    .filter((name) => name.endsWith(".pptx"))
    .sort();

describe("a batch", () => {
  it("writes what its matrix says, under names that tell only what differs from the product itself", async () => {
    const jobs = `jobs:
  - { product: card, themes: [default, dark], as-of: [2025-W24, 2025-06-30], each: { company: [c2, c1] } }
  - { product: card, each: { company: { subjects: company, region: [us] } } }
  - { product: plain, themes: [dark] }
`;
    await inStore(2, jobs, async (folder) => {
      const ran = await sourcedeck(folder, ["batch", "--jobs", "2"]);
      expect(ran.stderr).toBe("11 products: 11 built, 0 unchanged, 0 failed\n");
      expect(decks(folder)).toEqual([
        "card-c1-2025-06-30.en.pptx",
        "card-c1-2025-W24.en.pptx",
        "card-c1-dark-2025-06-30.en.pptx",
        "card-c1-dark-2025-W24.en.pptx",
        "card-c1.en.pptx",
        "card-c2-2025-06-30.en.pptx",
        "card-c2-2025-W24.en.pptx",
        "card-c2-dark-2025-06-30.en.pptx",
        "card-c2-dark-2025-W24.en.pptx",
        "card-c2.en.pptx",
        "plain-dark.en.pptx",
      ]);
      // Results stand in the order of the file, whatever is finished first.
      expect(ran.stdout.split("\n")[0]).toMatch(/^out\/card-c2-2025-W24\.en\.pptx {2}\d+ kB$/);
      expect(ran.code).toBe(0);
    });
  });

  it("gives the same bytes however many are built at a time, and as a build of one of them", async () => {
    await inStore(5, all, async (folder) => {
      await sourcedeck(folder, ["batch", "--jobs", "1", "--out", "one"]);
      await sourcedeck(folder, ["batch", "--jobs", "3", "--out", "three"]);
      await sourcedeck(folder, ["build", "card", "--param", "company=c3", "--out", "alone"]);
      expect(products(folder, "three")).toEqual(products(folder, "one"));
      const alone = products(folder, "alone");
      expect([...alone.keys()]).toEqual(["card-c3.en.pptx", "card-c3.en.trace.json"]);
      for (const [name, bytes] of alone) expect(products(folder, "one").get(name)).toBe(bytes);
    });
  });

  it("goes on where one fails, tells a problem once with its products, and says how many there are of each", async () => {
    const template = `---\ntitle: "{{name company}}"\nparams:\n  company: { subject: company }\n---\n\n## {{name company}}\n\n{{#if (is company "c1")}}\n- fine\n{{else}}\n- 17 points\n{{/if}}\n`;
    await inStore(
      6,
      all,
      async (folder) => {
        const ran = await sourcedeck(folder, ["batch", "--jobs", "2"]);
        expect(ran.code).toBe(1);
        expect(ran.stderr.match(/typed-number/g)).toHaveLength(1);
        expect(ran.stderr).toContain("in 5 products: card-c2.en, card-c3.en, card-c4.en, …\n");
        expect(ran.stderr).toMatch(/6 products: 1 built, 0 unchanged, 5 failed\n$/);
        expect(decks(folder)).toEqual(["card-c1.en.pptx"]);
      },
      template,
    );
  });

  it("leaves alone what is there and made of the same, and builds again what is not", async () => {
    await inStore(3, all, async (folder) => {
      const told = async (...more: string[]): Promise<string> =>
        (await sourcedeck(folder, ["batch", ...more])).stderr;
      expect(await told()).toContain("3 built, 0 unchanged");
      const first = products(folder);
      expect(await told()).toContain("0 built, 3 unchanged");
      rmSync(join(folder, "out/card-c1.en.trace.json"));
      writeFileSync(join(folder, "out/card-c2.en.pptx"), "half a file");
      expect(await told()).toContain("2 built, 1 unchanged");
      expect(products(folder)).toEqual(first);
      expect(await told("--force")).toContain("3 built, 0 unchanged");
      expect(await told("--draft")).toContain("3 built, 0 unchanged");
      // The file of jobs says what is built, and is no part of it.
      writeFileSync(join(folder, "data/jobs.yaml"), `${all} # all\n`);
      expect(await told("--draft")).toContain("0 built, 3 unchanged");
      writeFileSync(join(folder, "templates/words.yaml"), "a: { en: b, zh: b }\n");
      expect(await told("--draft")).toContain("3 built, 0 unchanged");
    });
  });

  it("tells again what there is to tell of those that it leaves alone", async () => {
    await inStore(3, all, async (folder) => {
      const findings = join(folder, "data/findings/paper.yaml");
      const text = readFileSync(findings, "utf8");
      writeFileSync(findings, text.replace("written: 2 USD", "written: some of it"));
      const first = (await sourcedeck(folder, ["batch"])).stderr;
      expect(first).toContain("unreadable-written");
      expect(first).toContain("in 3 products: card-c1.en, card-c2.en, card-c3.en\n");
      expect(first).toContain("3 built, 0 unchanged");
      const second = (await sourcedeck(folder, ["batch"])).stderr;
      expect(second).toBe(first.replace("3 built, 0 unchanged", "0 built, 3 unchanged"));
      rmSync(join(folder, "out/card-c1.en.pptx"));
      const third = (await sourcedeck(folder, ["batch"])).stderr;
      expect(third).toBe(first.replace("3 built, 0 unchanged", "1 built, 2 unchanged"));
    });
  });

  it("believes no journal but its own", async () => {
    await inStore(1, all, async (folder) => {
      await sourcedeck(folder, ["batch"]);
      const [name = ""] = readdirSync(join(folder, ".sourcedeck/batch"));
      const file = join(folder, ".sourcedeck/batch", name);
      const noted = JSON.parse(readFileSync(file, "utf8"));
      writeFileSync(file, JSON.stringify({ ...noted, mac: noted.mac.replace(/^./, "x") }));
      expect((await sourcedeck(folder, ["batch"])).stderr).toContain("1 built, 0 unchanged");
      writeFileSync(file, "{");
      expect((await sourcedeck(folder, ["batch"])).stderr).toContain("1 built, 0 unchanged");
    });
  });
});

/** Starts a batch, and sends it a signal as soon as so many of its decks are there. */
function broken(
  folder: string,
  after: number,
  signal: "SIGINT" | "SIGKILL",
): Promise<{ code: number | null; stderr: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [main, "batch", "--jobs", "2"], { cwd: folder });
    let stderr = "";
    child.stderr.on("data", (text) => {
      stderr += text;
    });
    child.stdout.resume();
    const looking = setInterval(() => {
      if (!existsSync(join(folder, "out")) || decks(folder).length < after) return;
      clearInterval(looking);
      child.kill(signal);
    }, 5);
    child.on("close", (code) => {
      clearInterval(looking);
      resolve({ code, stderr });
    });
  });
}

const noted = (folder: string): number =>
  readdirSync(join(folder, ".sourcedeck/batch")).filter((name) => name.endsWith(".json")).length;

describe("a batch that is broken off", () => {
  it("by force goes on where it stopped: every product whole, none of those noted built again", async () => {
    await inStore(200, all, async (folder) => {
      await broken(folder, 80, "SIGKILL");
      // What was under way may still come to its end.
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      products(folder);
      const done = noted(folder);
      expect(done).toBeGreaterThanOrEqual(70);
      expect(done).toBeLessThan(200);
      const { stderr, code } = await sourcedeck(folder, ["batch", "--jobs", "2"]);
      expect(stderr).toBe(`200 products: ${200 - done} built, ${done} unchanged, 0 failed\n`);
      expect(code).toBe(0);
      await sourcedeck(folder, ["batch", "--jobs", "2", "--out", "whole"]);
      expect(products(folder)).toEqual(products(folder, "whole"));
    });
  });

  it("by Ctrl+C finishes what is under way, and says how to go on", async () => {
    await inStore(60, all, async (folder) => {
      const { code, stderr } = await broken(folder, 10, "SIGINT");
      expect(code).toBe(130);
      expect(stderr).toMatch(/^Finishing what is under way\./);
      const left = /(\d+) are left: the same command goes on with them\.\n$/.exec(stderr)?.[1];
      expect(noted(folder)).toBe(60 - Number(left));
      expect(decks(folder)).toHaveLength(60 - Number(left));
      products(folder);
      const again = await sourcedeck(folder, ["batch"]);
      expect(again.stderr).toBe(`60 products: ${left} built, ${60 - Number(left)} unchanged, 0 failed\n`);
    });
  });
});

/** Loaded before a worker: with its answers to ten jobs up to the 100th and to the 500th, it tells what lies on its heap. */
const scales = `
  const send = process.send.bind(process);
  let answers = -1;
  process.send = (answer) => {
    answers += 1;
    if (!(answers > 90 && answers <= 100) && !(answers > 490)) return send(answer);
    gc();
    const { heapUsed, external } = process.memoryUsage();
    return send({ ...answer, weight: heapUsed + external });
  };
`;

describe("a worker of a batch", () => {
  it("forgets each product: its heap is no larger after five hundred than after one hundred", async () => {
    await inStore(20, all, async (folder) => {
      writeFileSync(join(folder, "scales.mjs"), scales);
      const at = { file: "data/sourcedeck.yaml" };
      const product = { name: "card", template: "card", writer: "pptx", languages: ["en"], at };
      const options = { data: "data", templates: "templates" };
      const setup = { options, out: "out", build: { draft: false, version: "test" }, cache: true };
      const weights: number[] = [];
      const problems: unknown[] = [];
      await new Promise<void>((resolve) => {
        const worker = fork(join(main, "../batch-worker.js"), [], {
          cwd: folder,
          serialization: "advanced",
          execArgv: ["--expose-gc", "--import", "./scales.mjs"],
        });
        let next = 0;
        worker.on("message", (answer: { weight?: number; finished?: { problems: unknown[] } }) => {
          if (answer.weight !== undefined) weights.push(answer.weight);
          problems.push(...(answer.finished?.problems ?? []));
          if (next === 500) return worker.disconnect();
          next += 1;
          const params = [{ name: "company", value: `c${(next % 20) + 1}` }];
          const job = { product, language: "en", params, marks: [String(next)] };
          worker.send({ job: { name: `card-${params[0]!.value}-${next}.en`, job } });
        });
        worker.on("exit", () => resolve());
        worker.send({ setup });
      });
      expect(problems).toEqual([]);
      expect(decks(folder)).toHaveLength(500);
      expect(weights).toHaveLength(20);
      // What was just made may lie there for a while longer: the least of ten is what stays.
      const [early, late] = [Math.min(...weights.slice(0, 10)), Math.min(...weights.slice(10))];
      expect(late - early).toBeLessThan(8 * 1024 * 1024);
    });
  });
});
