#!/usr/bin/env node
/** The command line: words to commands. Each command, and all that it needs, is loaded when it is called. */
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { parsePeriod } from "../findings/period.ts";
import type { BuildCommandOptions } from "./commands/build.ts";
import type { ChangesOptions } from "./commands/changes.ts";
import type { CheckOptions } from "./commands/check.ts";
import type { ListOptions } from "./commands/list.ts";
import type { ReportOptions } from "./commands/report.ts";
import { exit } from "./exit.ts";
import { version } from "./package.ts";

const program = new Command("sourcedeck")
  .description("Slide decks and reports in which every number leads back to the line it came from.")
  .version(version)
  .exitOverride()
  .showHelpAfterError()
  .configureHelp({ sortSubcommands: true });

function command(name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .addOption(new Option("--data <dir>", "folder of findings").default("data").argParser(folder))
    .addOption(
      new Option("--templates <dir>", "folder of templates, laid over the shipped ones")
        .default("templates")
        .argParser(folder),
    )
    .addOption(new Option("--quiet", "only problems and results"));
}

function products(name: string, description: string): Command {
  return command(name, description)
    .addOption(new Option("--out <dir>", "folder of products").default("out").argParser(folder))
    .addOption(new Option("--lang <language>", "one language only").choices(["en", "zh"]))
    .addOption(new Option("--theme <name>", "theme in place of the product's own"))
    .addOption(
      new Option(
        "--date <date>",
        "date of the documents, YYYY-MM-DD; the latest finding's unless given",
      ).argParser(isoDate),
    )
    .addOption(asOfOption())
    .addOption(
      new Option("--since <day>", "mark the figures that entered the store after this day or week").argParser(
        day,
      ),
    )
    .addOption(new Option("--draft", "build in spite of conflicts, marked as a draft"));
}

function asOfOption(): Option {
  return new Option(
    "--as-of <day>",
    "see the store as it was on this day, or at the end of this ISO week",
  ).argParser(day);
}

function folder(name: string): string {
  if (name === "") throw new InvalidArgumentError("Expected a folder.");
  return name;
}

/** A week stands for its last day. */
function day(text: string): string {
  const period = parsePeriod(text);
  if (period?.kind !== "day" && period?.kind !== "week")
    throw new InvalidArgumentError("Expected a date, YYYY-MM-DD, or an ISO week, e.g. 2025-W24.");
  return period.end;
}

function isoWeek(text: string): string {
  if (parsePeriod(text)?.kind !== "week")
    throw new InvalidArgumentError(
      "Expected an ISO week, e.g. 2025-W24: a year has the weeks W01 to W52, some have W53.",
    );
  return text;
}

function isoDate(text: string): string {
  const date = new Date(`${text}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text)
    throw new InvalidArgumentError("Expected a date, YYYY-MM-DD.");
  return text;
}

products("build", "build the named products, or all of them")
  .argument("[name...]", "products of sourcedeck.yaml, e.g. briefing or briefing.zh")
  .action(async (names: string[], options: BuildCommandOptions) =>
    finish((await import("./commands/build.ts")).runBuild(names, options)),
  );

products("report", "write the reports of one ISO week: the latest unless another is named")
  .addOption(new Option("--week <week>", "ISO week, e.g. 2025-W24").argParser(isoWeek).conflicts("all"))
  .option("--all", "of every week in which something entered the store, with an index.md that links them")
  .action(async (options: ReportOptions) =>
    finish((await import("./commands/report.ts")).runReport(options)),
  );

command("changes", "tell what changed between two days or weeks: what is new, corrected, settled, come true")
  .addOption(
    new Option("--from <day>", "changes after this day, or after this ISO week")
      .argParser(day)
      .makeOptionMandatory(),
  )
  .addOption(
    new Option(
      "--to <day>",
      "changes up to this day, or the end of this ISO week; all unless given",
    ).argParser(day),
  )
  .addOption(
    new Option("--lang <language>", "language of names and figures").choices(["en", "zh"]).default("en"),
  )
  .option("--json", "changes as JSON, with the lineage of each figure")
  .action(async (options: ChangesOptions) =>
    finish((await import("./commands/changes.ts")).runChanges(options)),
  );

command("check", "tell everything that is wrong with data and templates")
  .option(
    "--sources <dir>",
    "folder of the sources' texts: citations are looked up, unread numbers told",
    folder,
  )
  .option("--unused", "name the findings that no product shows")
  .addOption(asOfOption())
  .option("--json", "problems, coverage and checks as JSON")
  .action(async (options: CheckOptions) => finish((await import("./commands/check.ts")).runCheck(options)));

command("list", "list the figures with their citations")
  .option("--json", "figures as JSON, normalised to base units")
  .addOption(asOfOption())
  .action(async (options: ListOptions) => finish((await import("./commands/list.ts")).runList(options)));

async function finish(code: Promise<number>): Promise<void> {
  process.exitCode = await code;
}

// A reader that has seen enough, such as `head`, is no mistake; without anyone to tell, the work still goes on.
process.stdout.on("error", (fault: NodeJS.ErrnoException) => {
  if (fault.code === "EPIPE") process.exit(exit.done);
  throw fault;
});
process.stderr.on("error", (fault: NodeJS.ErrnoException) => {
  if (fault.code !== "EPIPE") throw fault;
});

try {
  await program.parseAsync();
} catch (fault) {
  if (fault instanceof CommanderError) process.exitCode = fault.exitCode === 0 ? exit.done : exit.usage;
  else {
    process.stderr.write(
      `sourcedeck: this is a bug of ours, not of your files: ${fault instanceof Error ? fault.message : String(fault)}\n`,
    );
    if (process.env.SOURCEDECK_DEBUG && fault instanceof Error) process.stderr.write(`${fault.stack}\n`);
    else process.stderr.write("Set SOURCEDECK_DEBUG=1 to see where it happened, and please report it.\n");
    process.exitCode = exit.bug;
  }
}
