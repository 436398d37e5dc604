/**
 * The benchmark: the same deck by a plain script and by Sourcedeck, whole processes from start to file, run in turns on
 * this machine; a batch, which takes minutes, is run between runs of the plain script. Prints ratios of medians; nothing here
 * can fail by time.
 *
 *     npm run bench -- [--runs 5] [--decks 200] [--only cold,unchanged]
 */
import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { workload, writeWorkspace } from "./workload.mjs";

const { values } = readArgs({
  options: {
    runs: { type: "string", default: "5" },
    decks: { type: "string", default: "200" },
    only: { type: "string" },
  },
});
const runs = Number(values.runs);
if (!(runs >= 1) || !(Number(values.decks) >= 1)) fail("--runs and --decks are numbers from 1 on");

function readArgs(options) {
  try {
    return parseArgs(options);
  } catch (fault) {
    return fail(fault.message);
  }
}

function fail(message) {
  console.error(message);
  process.exit(2);
}

/** What is being measured, for whoever waits. */
const saying = (text) => console.error(`… ${text}`);
const root = resolve(import.meta.dirname, "../..");
const main = join(root, ".build/cli/main.js");
const plainScript = join(root, "test/bench/plain.mjs");
/** Pixels of the plain script's charts. */
const chart = ["1920", "960"];

const work = mkdtempSync(join(tmpdir(), "sourcedeck-bench-"));
process.on("exit", () => rmSync(work, { recursive: true, force: true }));
const folder = (name) => {
  const path = join(work, name);
  mkdirSync(path, { recursive: true });
  return path;
};

/** Milliseconds and megabytes of a process. */
function time(args, cwd) {
  const rss = join(work, "rss");
  const begun = process.hrtime.bigint();
  execFileSync(process.execPath, [join(root, "test/bench/rss.cjs"), ...args], {
    cwd,
    env: { ...process.env, BENCH_RSS: rss },
    stdio: ["ignore", "ignore", "ignore"],
  });
  const ms = Number(process.hrtime.bigint() - begun) / 1e6;
  return { ms, mb: Number(readFileSync(rss, "utf8")) / 1024 };
}

/** Of an even number, halfway between the two in the middle. */
function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.floor(sorted.length / 2)]) / 2;
}

/** Runs each of several things in turns; the medians of each. */
function inTurns(things, times = runs) {
  const taken = new Map(Object.keys(things).map((name) => [name, []]));
  for (let run = -1; run < times; run++) {
    saying(run < 0 ? "once without measuring" : `turn ${run + 1} of ${times}`);
    for (const [name, thing] of Object.entries(things)) {
      const one = thing(run);
      // The first run of each warms the disk, and lets the engine keep what it compiled.
      if (run >= 0) taken.get(name).push(one);
    }
  }
  return new Map(
    [...taken].map(([name, all]) => [
      name,
      { ms: median(all.map(({ ms }) => ms)), mb: median(all.map(({ mb }) => mb)) },
    ]),
  );
}

const size = workload();
const plainFolder = folder("plain");
writeFileSync(join(plainFolder, "workload.json"), JSON.stringify(size));
const plain = () => time([plainScript, "workload.json", "deck.pptx", ...chart], plainFolder);

const ours = folder("ours");
writeWorkspace(ours, size);
const changing = folder("changing");
writeWorkspace(changing, size);
const shipped = folder("shipped");
for (const name of ["data", "templates"]) cpSync(join(root, name), join(shipped, name), { recursive: true });
const forget = (where) => rmSync(join(where, ".sourcedeck"), { recursive: true, force: true });

const rows = {
  cold: {
    work: "cold build of the deck, nothing kept",
    most: 0.75,
    run() {
      forget(ours);
      return time([main, "build"], ours);
    },
  },
  unchanged: {
    work: "nothing changed since the last build",
    most: 0.25,
    run: () => time([main, "build"], ours),
  },
  figure: {
    work: "one figure changed, one chart affected",
    most: 0.4,
    run(index) {
      writeWorkspace(changing, workload({ factor: 1.1 + index / 50 }));
      return time([main, "build"], changing);
    },
  },
  help: { work: "sourcedeck --help", most: 0.12, run: () => time([main, "--help"], ours) },
  check: {
    work: "check of the shipped store, unchanged",
    most: 0.35,
    run: () => time([main, "check"], shipped),
  },
  checkTemplate: {
    work: "check of the shipped store, a template changed",
    most: 0.35,
    run(index) {
      appendFileSync(join(shipped, "templates/weekly.en.md.hbs"), `{{! ${index} }}\n`);
      return time([main, "check"], shipped);
    },
  },
  checkData: {
    work: "check of the shipped store, findings changed",
    most: 0.35,
    run(index) {
      appendFileSync(join(shipped, "data/findings/agi.yaml"), `# ${index}\n`);
      return time([main, "check"], shipped);
    },
  },
  checkAnew: {
    work: "check of the shipped store, nothing kept",
    most: 0.35,
    run: () => time([main, "check", "--no-cache"], shipped),
  },
};
const only = values.only?.split(",");
const chosen = Object.entries(rows).filter(([name]) => !only || only.includes(name));

const taken = inTurns({ plain, ...Object.fromEntries(chosen.map(([name, { run }]) => [name, run])) });
const base = taken.get("plain");
const table = [["work", "at most", "ratio", "ms"]];
table.push(["plain script", "", "1.00", base.ms.toFixed(0)]);
for (const [name, { work: what, most }] of chosen)
  table.push([
    what,
    most.toFixed(2),
    (taken.get(name).ms / base.ms).toFixed(2),
    taken.get(name).ms.toFixed(0),
  ]);
if (taken.has("cold"))
  table.push([
    "peak memory, that deck",
    "1.20",
    (taken.get("cold").mb / base.mb).toFixed(2),
    `${taken.get("cold").mb.toFixed(0)} MB`,
  ]);
if (!only || only.includes("batch")) table.push(batch(Number(values.decks)));
if (!only || only.includes("growth")) table.push(...growth());
for (const row of table)
  console.log(
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(48) : cell.padStart(column === row.length - 1 ? 18 : 9),
      )
      .join(""),
  );

/** Decks of one company each, all charts cold. */
function batch(decks) {
  const where = folder("batch");
  writeWorkspace(where, workload({ companies: decks }), true);
  // The machine may become another meanwhile: the plain script is run on both sides, after a run that is not counted.
  plain();
  const beside = [plain(), plain(), plain()];
  const { ms } = time([main, "batch", "jobs.yaml"], where);
  beside.push(plain(), plain(), plain());
  const made = readdirSync(join(where, "out")).filter((name) => name.endsWith(".pptx")).length;
  if (made !== decks) throw new Error(`${made} decks of ${decks}`);
  const each = ms / decks;
  return [
    `per deck in a batch of ${decks} on ${availableParallelism()} cores`,
    "0.30",
    (each / median(beside.map((one) => one.ms))).toFixed(2),
    each.toFixed(0),
  ];
}

/** Ten times the findings, and ten times the slides, by the time of one. */
function growth() {
  const sizes = {
    one: { companies: 40 },
    "ten times the findings": { companies: 400 },
    "ten times the slides": { companies: 40, rounds: 10 },
    "a thousand slides": { companies: 40, rounds: 50 },
  };
  const thing = (name) => {
    const where = folder(`growth ${name}`);
    writeWorkspace(where, workload(sizes[name]));
    return () => {
      forget(where);
      return time([main, "build"], where);
    };
  };
  const grown = inTurns(Object.fromEntries(Object.keys(sizes).map((name) => [name, thing(name)])), 1);
  const one = grown.get("one").ms;
  return Object.keys(sizes)
    .slice(1)
    .map((name) => {
      const { ms, mb } = grown.get(name);
      const most = name === "a thousand slides" ? "55 / 1 GB" : "11.00";
      return [name, most, (ms / one).toFixed(2), `${ms.toFixed(0)} / ${mb.toFixed(0)} MB`];
    });
}
