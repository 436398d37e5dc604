/** The command line: words to commands. Each command, and all that it needs, is loaded when it is called. */
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import type { Draw } from "../build.ts";
import { parsePeriod } from "../findings/period.ts";
import type { Param } from "../templates/params.ts";
import type { BatchOptions } from "./commands/batch.ts";
import type { BuildCommandOptions } from "./commands/build.ts";
import type { ChangesOptions } from "./commands/changes.ts";
import type { CheckOptions } from "./commands/check.ts";
import type { InitOptions } from "./commands/init.ts";
import type { ListOptions } from "./commands/list.ts";
import type { ReportOptions } from "./commands/report.ts";
import type { SchemasOptions } from "./commands/schemas.ts";
import type { TemplatesOptions } from "./commands/templates.ts";
import { exit } from "./exit.ts";
import { version } from "./package.ts";
import type { Leave } from "./recall.ts";

const program = new Command("sourcedeck")
  .description("Slide decks and reports in which every number leads back to the line it came from.")
  .version(version)
  .exitOverride()
  .showHelpAfterError()
  .configureHelp({ sortSubcommands: true })
  .addHelpText("after", "\n`sourcedeck templates guide` explains how templates are written, with examples.");

function command(name: string, description: string): Command {
  return plain(name, description)
    .addOption(new Option("--data <dir>", "folder of findings").default("data").argParser(folder))
    .addOption(templatesOption());
}

/** A command that needs no workspace. */
function plain(name: string, description: string, of: Command = program): Command {
  return of
    .command(name)
    .description(description)
    .addOption(new Option("--quiet", "only problems and results"));
}

function templatesOption(): Option {
  return new Option("--templates <dir>", "folder of templates, laid over the shipped ones")
    .default("templates")
    .argParser(folder);
}

function products(name: string, description: string): Command {
  return command(name, description)
    .addOption(new Option("--out <dir>", "folder of products").default("out").argParser(folder))
    .addOption(new Option("--lang <language>", "one language only").choices(["en", "zh"]))
    .addOption(
      new Option(
        "--theme <name>",
        "theme in place of the product's own; its logo and lines stay where the other has none",
      ),
    )
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
    .addOption(new Option("--watch", "build again whatever a change touches, until interrupted"))
    .addOption(new Option("--no-cache", "build and draw everything anew"))
    .addOption(new Option("--draft", "build in spite of conflicts, marked as a draft"))
    .addOption(allowCodeOption());
}

function allowCodeOption(): Option {
  return new Option("--allow-code", "run the helpers in JavaScript that sourcedeck.yaml names");
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

function workers(text: string): number {
  if (!/^[1-9]\d?$/.test(text)) throw new InvalidArgumentError("Expected a number from 1 to 99.");
  return Number(text);
}

/** Those that are given several times are kept together. */
function param(text: string, before: readonly Param[] = []): readonly Param[] {
  const [, name, value] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new InvalidArgumentError("Expected a name and a value, e.g. company=tencent.");
  if (before.some((one) => one.name === name))
    throw new InvalidArgumentError(
      `\`${name}\` is given twice: one document is made for one; \`sourcedeck batch\` makes many.`,
    );
  return [...before, { name, value }];
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
  .addOption(
    new Option(
      "--param <name=value>",
      "what a template is made for, e.g. company=tencent; may be given several times",
    ).argParser(param),
  )
  .action((names: string[], options: BuildCommandOptions) =>
    finish(
      orRecall("build", [names], options, async (leave) => {
        const draw = await startDrawing(options);
        return (await import("./commands/build.ts")).runBuild(names, options, { draw, leave });
      }),
    ),
  );

products("report", "write the reports of one ISO week: the latest unless another is named")
  .addOption(new Option("--week <week>", "ISO week, e.g. 2025-W24").argParser(isoWeek).conflicts("all"))
  .option("--all", "of every week in which something entered the store, with an index.md that links them")
  .action((options: ReportOptions) =>
    finish(
      orRecall("report", [], options, async (leave) => {
        const draw = await startDrawing(options);
        return (await import("./commands/report.ts")).runReport(options, { draw, leave });
      }),
    ),
  );

command("batch", "build many products by a file of jobs; interrupted, it goes on where it stopped")
  .argument("[file]", "what to build; jobs.yaml of the data folder unless given", folder)
  .addOption(new Option("--out <dir>", "folder of products").default("out").argParser(folder))
  .addOption(new Option("--jobs <number>", "how many are built at a time").argParser(workers))
  .addOption(
    new Option(
      "--date <date>",
      "date of the documents, YYYY-MM-DD; the latest finding's unless given",
    ).argParser(isoDate),
  )
  .addOption(
    new Option("--since <day>", "mark the figures that entered the store after this day or week").argParser(
      day,
    ),
  )
  .addOption(new Option("--force", "build what is there already, too"))
  .addOption(new Option("--no-cache", "build everything, and draw every chart, anew"))
  .addOption(new Option("--draft", "build in spite of conflicts, marked as a draft"))
  .addOption(allowCodeOption())
  .action(async (file: string | undefined, options: BatchOptions) =>
    finish((await import("./commands/batch.ts")).runBatch(file, options)),
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
    "folder of the sources' texts, in place of the one that sourcedeck.yaml names: citations are looked up, unread numbers told",
    folder,
  )
  .option("--unused", "name the findings that no product shows")
  .addOption(allowCodeOption())
  .addOption(asOfOption())
  .option("--json", "problems, coverage and checks as JSON")
  .addOption(new Option("--no-cache", "check anew what was checked before"))
  .action((options: CheckOptions) =>
    finish(
      orRecall("check", [], options, async (leave) =>
        (await import("./commands/check.ts")).runCheck(options, leave),
      ),
    ),
  );

command("list", "list the figures with their citations")
  .option("--json", "figures as JSON, normalised to base units")
  .addOption(asOfOption())
  .action(async (options: ListOptions) => finish((await import("./commands/list.ts")).runList(options)));

plain("init", "make a new workspace that builds at once: data, templates, a theme, schemas and a README")
  .argument("<dir>", "folder of the workspace; nothing in it is written over", folder)
  .addOption(new Option("--bare", "without sample data").conflicts("from"))
  .addOption(new Option("--from <name>", "a copy of what is shipped, for editing").choices(["briefing"]))
  .action(async (dir: string, options: InitOptions) =>
    finish((await import("./commands/init.ts")).runInit(dir, options)),
  );

plain("schemas", "write the JSON Schemas of all files that people write, for editors")
  .argument("[dir]", "folder that they are written to", folder, "schemas")
  .action(async (dir: string, options: SchemasOptions) =>
    finish((await import("./commands/schemas.ts")).runSchemas(dir, options)),
  );

const templates = plain("templates", "list all that can be used in a template, and where it comes from")
  .addOption(templatesOption())
  .option("--json", "the list as JSON")
  .action(async (options: TemplatesOptions) =>
    finish((await import("./commands/templates.ts")).runTemplates(options)),
  );

plain("show", "print a template, partial, chart or theme as it is, or how a helper is used", templates)
  .argument("<name>", "a name of the list, e.g. themes/default or fig")
  .addOption(templatesOption())
  .option("--shipped", "the shipped file, even where one of your own stands over it")
  .action(async (name: string, _: TemplatesOptions, show: Command) =>
    finish((await import("./commands/templates.ts")).runShow(name, show.optsWithGlobals())),
  );

plain("copy", "copy shipped files into your own templates, for editing; nothing is written over", templates)
  .argument("<name...>", "names of the list that are files, e.g. charts/week or briefing.en")
  .addOption(templatesOption())
  .action(async (names: string[], _: TemplatesOptions, copy: Command) =>
    finish((await import("./commands/templates.ts")).runCopy(names, copy.optsWithGlobals())),
  );

plain(
  "guide",
  "print the guide to templates: all that can be written in one, with examples",
  templates,
).action(async () => finish((await import("./commands/templates.ts")).runGuide()));

interface RecallOptions {
  readonly data: string;
  readonly templates: string;
  readonly sources?: string;
  readonly quiet?: boolean;
  readonly cache?: boolean;
  readonly watch?: boolean;
  readonly allowCode?: boolean;
}

/** Runs a command, or says again what it said when nothing has changed. Code of others may depend on anything. */
async function orRecall(
  command: string,
  names: readonly unknown[],
  options: RecallOptions,
  run: (leave?: Leave) => Promise<number>,
): Promise<number> {
  if (options.cache === false || options.watch || options.allowCode) return run();
  const { data, templates: own, sources, quiet = false } = options;
  const [{ recall }, { likelySources }] = await Promise.all([import("./recall.ts"), import("./sources.ts")]);
  const folders = [data, own, sources, likelySources(data)].filter((one) => one !== undefined);
  return recall({ command, words: [...names, options], folders, quiet }, run);
}

/** What draws charts gets ready, in a thread of its own, while the command and all that it needs is loaded. */
async function startDrawing({ cache }: BuildCommandOptions): Promise<Draw> {
  const { openCharts, openDrawing } = await import("./drawing.ts");
  return openDrawing({ kept: cache === false ? undefined : openCharts() });
}

async function finish(code: Promise<number>): Promise<void> {
  process.exitCode = await code;
}

// A reader that has seen enough, such as `head`, is no mistake; without anyone to tell, the work still goes on.
process.stdout.on("error", (fault: NodeJS.ErrnoException) => {
  if (fault.code === "EPIPE") process.exit(exit.done);
  process.stderr.write(`sourcedeck: the results cannot be written: ${fault.message}\n`);
  process.exit(exit.problems);
});
process.stderr.on("error", (fault: NodeJS.ErrnoException) => {
  // Nobody can be told.
  if (fault.code !== "EPIPE") process.exitCode = exit.problems;
});

async function begin(): Promise<void> {
  // Until a command says otherwise: one that comes to no end has not done what it was asked for.
  process.exitCode = exit.bug;
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
}

void begin();
