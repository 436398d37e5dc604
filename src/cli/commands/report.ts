/** `sourcedeck report`: the products that are made for a week, for one week or for all. */
import { indexOfWeeks } from "../../build.ts";
import { daysOfChange } from "../../evidence/history.ts";
import { firstDay, latestDay } from "../../findings/days.ts";
import { weekBeforeStore } from "../../findings/messages.ts";
import { isoWeek, parsePeriod } from "../../findings/period.ts";
import type { Store } from "../../findings/store.ts";
import type { Library } from "../../templates/library.ts";
import * as messages from "../messages.ts";
import { withParams } from "../params.ts";
import type { Choice } from "../workshop.ts";
import { type BuildCommandOptions, type Extras, jobsOf, productsFile, run } from "./build.ts";

export interface ReportOptions extends BuildCommandOptions {
  /** An ISO week that exists; that of `asOf`, or else of the latest finding, unless given. */
  readonly week?: string;
  readonly all?: boolean;
}

export function runReport(options: ReportOptions, extras: Extras): Promise<number> {
  if (!options.all) return run(options, extras, (store, library) => oneWeek(store, library, options));
  const besides: Extras["besides"] = async (made) => [await indexOfWeeks(made)];
  return run(options, { ...extras, besides }, (store, library) =>
    ofWeeks(weeksOf(store, options.asOf), store, library, options),
  );
}

function oneWeek(store: Store, library: Library, options: ReportOptions): Choice {
  const { week = isoWeek(options.asOf ?? latestDay(store)), asOf } = options;
  const { start = "", end = "" } = parsePeriod(week) ?? {};
  const first = firstDay(store);
  if (end < first) return chosen([weekBeforeStore(week, isoWeek(first))]);
  if (asOf !== undefined && start > asOf) return chosen([messages.weekAfterDay(week, asOf)]);
  const choice = ofWeeks([week], store, library, options);
  return weeksOf(store, asOf).includes(week) || choice.problems.length > 0
    ? choice
    : {
        ...choice,
        remarks: [...(choice.remarks ?? []), `Nothing entered the store in ${week}: its report says so.`],
      };
}

function ofWeeks(weeks: readonly string[], store: Store, library: Library, options: ReportOptions): Choice {
  const products = store.products.filter((product) => product.week !== undefined);
  if (products.length === 0) return chosen([messages.noReport(productsFile(options))]);
  const jobs = weeks.flatMap((week) => jobsOf(products.map((product) => ({ ...product, week }))));
  return withParams(jobs, library, [], false);
}

/** ISO weeks in which something entered the store, was ruled or withdrawn, first to last. */
function weeksOf(store: Store, asOf: string | undefined): string[] {
  const first = firstDay(store);
  const days = daysOfChange(store).filter((day) => day >= first && (asOf === undefined || day <= asOf));
  return [...new Set(days.map(isoWeek))];
}

function chosen(problems: Choice["problems"]): Choice {
  return { jobs: [], problems };
}
