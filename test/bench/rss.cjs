/**
 * Runs a program, and notes the most memory that its process had, in kilobytes, in the file that BENCH_RSS names. Nothing is
 * loaded before the program that it would not find when it is run by itself.
 *
 *     node rss.cjs PROGRAM [ARGUMENT...]
 */
const { writeFileSync } = require("node:fs");
const { extname } = require("node:path");

process.on("exit", () => writeFileSync(process.env.BENCH_RSS, String(process.resourceUsage().maxRSS)));
process.argv.splice(1, 1);
const [, program] = process.argv;
if (extname(program) === ".mjs") import(program);
else require(program);
