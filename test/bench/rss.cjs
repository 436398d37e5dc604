/** Loaded before a program: notes the most memory that its process had, in kilobytes, in the file that BENCH_RSS names. */
const { writeFileSync } = require("node:fs");
const { isMainThread } = require("node:worker_threads");

if (isMainThread && process.env.BENCH_RSS)
  process.on("exit", () => writeFileSync(process.env.BENCH_RSS, String(process.resourceUsage().maxRSS)));
