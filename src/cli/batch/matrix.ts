/** The matrix of a batch: rows of the file of jobs, as one job for each product that is to be built. */
import { type Job, productName } from "../../build.ts";
import type { Evidence } from "../../evidence/evidence.ts";
import type { Each, Jobs } from "../../findings/jobs.ts";
import { isoWeek, parsePeriod } from "../../findings/period.ts";
import type { Language, Product, Store } from "../../findings/store.ts";
import { hasErrors, type Outcome, type Place, type Problem } from "../../problem.ts";
import { splitFront } from "../../templates/front.ts";
import { type Library, templatePath } from "../../templates/library.ts";
import { unknownParam } from "../../templates/messages.ts";
import {
  bindParams,
  type DeclaredParam,
  declaredParams,
  type Param,
  subjectsOfKind,
} from "../../templates/params.ts";
import { readTheme } from "../../templates/themes/read.ts";
import { view } from "../../view.ts";
import * as messages from "./messages.ts";

/** One product in one language, theme, day and so on. */
export interface BatchJob {
  /** Its files' names without their endings: no two jobs share one, on disks that overlook capitals neither. */
  readonly name: string;
  readonly job: Job;
  /** In place of the product's own. */
  readonly theme?: string;
  /** ISO date. */
  readonly asOf?: string;
}

/** More is a slip, or no matrix. */
const mostJobs = 100_000;

/** All jobs in the order of their rows, or all that is wrong with the rows. */
export function jobsIn(rows: readonly Jobs[], store: Store, library: Library): Outcome<readonly BatchJob[]> {
  return new Matrix(store, library).spread(rows);
}

class Matrix {
  readonly #store: Store;
  readonly #library: Library;
  readonly #problems: Problem[] = [];
  readonly #jobs = new Map<string, { readonly job: BatchJob; readonly at: Place }>();

  constructor(store: Store, library: Library) {
    this.#store = store;
    this.#library = library;
  }

  spread(rows: readonly Jobs[]): Outcome<readonly BatchJob[]> {
    for (const row of rows) this.#row(row);
    const problems = this.#problems;
    const [first] = rows;
    if (first && problems.length === 0 && this.#jobs.size === 0)
      problems.push(messages.noCombination(first.at));
    const jobs = [...this.#jobs.values()].map(({ job }) => job);
    return { value: hasErrors(problems) ? undefined : jobs, problems };
  }

  #row(row: Jobs): void {
    const { product, at } = row;
    for (const theme of row.themes)
      this.#problems.push(...readTheme(this.#library, theme.value, theme.at).problems);
    const declared = row.languages.map((language) => [language, this.#declared(product, language)] as const);
    const before = this.#problems.length;
    for (const [, params] of declared) this.#check(row, params);
    if (this.#problems.length > before) return;
    const days = row.asOf.length > 0 ? row.asOf : [undefined];
    const themes = row.themes.length > 0 ? row.themes.map(({ value }) => value) : [undefined];
    const ownThemes = new Map(declared.map(([language]) => [language, this.#ownTheme(product, language)]));
    for (const asOf of days) {
      for (const params of this.#combinations(row, declared[0]?.[1] ?? [], asOf?.day))
        for (const theme of themes)
          for (const [language] of declared) {
            if (this.#jobs.size >= mostJobs) {
              this.#problems.push(messages.tooManyJobs(at, mostJobs));
              return;
            }
            // A theme stands in the name when it is not the one that the product has anyway.
            const ofTheme = theme === undefined || theme === ownThemes.get(language) ? [] : [theme];
            const marks = [...ofTheme, ...markOfDay(product, asOf)];
            const job: Job = { product, language, params, marks };
            this.#add(
              {
                name: productName(job, this.#store, asOf?.day),
                job,
                ...(theme !== undefined && { theme }),
                ...(asOf && { asOf: asOf.day }),
              },
              at,
            );
          }
    }
  }

  #add(job: BatchJob, at: Place): void {
    const key = job.name.toLowerCase();
    const first = this.#jobs.get(key);
    if (first) this.#problems.push(messages.sameName(job.name, at, first.job.name, first.at));
    else this.#jobs.set(key, { job, at });
  }

  #declared(product: Product, language: Language): readonly DeclaredParam[] {
    return declaredParams(this.#library, `${product.template}.${language}`);
  }

  /** What a row says of what its template is made for: all of it, nothing else, and only what there is. */
  #check({ each, at }: Jobs, declared: readonly DeclaredParam[]): void {
    const names = declared.map(({ name }) => name);
    for (const one of each)
      if (!names.includes(one.name)) this.#problems.push(unknownParam(one.name, names, one.at));
    for (const param of declared) {
      const given = each.find(({ name }) => name === param.name);
      if (!given) this.#problems.push(messages.missingEach(param, at));
      else this.#checkEach(param, given.each, given.at);
    }
  }

  #checkEach(param: DeclaredParam, each: Each, at: Place): void {
    if ("values" in each) {
      const options = { language: "en" as const, date: "", draft: false };
      for (const { value, at: where } of each.values) {
        const given = [{ name: param.name, value, at: where }];
        this.#problems.push(
          ...bindParams([param], given, this.#library, this.#seen(undefined), options).problems,
        );
      }
    } else if (param.type !== "subject" || (param.kind !== undefined && param.kind !== each.kind))
      this.#problems.push(messages.notThoseSubjects(param, each.kind, at));
  }

  /** Every choice of a value for each of what the template declares, in the order of its declaration. */
  #combinations(
    { each }: Jobs,
    declared: readonly DeclaredParam[],
    day: string | undefined,
  ): readonly Param[][] {
    return declared.reduce<Param[][]>(
      (before, { name }) => {
        const given = each.find((one) => one.name === name)?.each;
        const values = given ? this.#values(given, day) : [];
        // One more than may be is enough to refuse them all.
        const left = Math.ceil((mostJobs + 1) / Math.max(1, values.length));
        return before
          .slice(0, left)
          .flatMap((chosen) => values.map((value): Param[] => [...chosen, { name, ...value }]));
      },
      [[]],
    );
  }

  #values(each: Each, day: string | undefined): readonly Omit<Param, "name">[] {
    if ("values" in each) return each.values;
    const { regions } = each;
    return subjectsOfKind(this.#seen(day), each.kind)
      .filter((id) => !regions || regions.some((region) => this.#store.subjects.get(id)?.region === region))
      .map((value) => ({ value }));
  }

  #seen(day: string | undefined): Evidence {
    return view(this.#store, { asOf: day, withhold: false }).evidence;
  }

  /** The theme that a product has unless another is asked for. */
  #ownTheme({ template, theme }: Product, language: Language): string {
    const file = this.#library.files.get(templatePath(`${template}.${language}`));
    return theme ?? (file && splitFront(file).front.value?.front.theme) ?? "default";
  }
}

/** The day stands in the name, unless it is the end of the week that does. */
function markOfDay({ week }: Product, asOf: Jobs["asOf"][number] | undefined): string[] {
  if (!asOf) return [];
  const isEndOfWeek = parsePeriod(isoWeek(asOf.day))?.end === asOf.day;
  return week === "latest" && isEndOfWeek ? [] : [asOf.value];
}
