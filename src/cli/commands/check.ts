/** `sourcedeck check`: everything that is wrong with data and templates, without building. */
import { unsettled } from "../../evidence/gate.ts";
import { judge } from "../../evidence/judge.ts";
import { hasErrors, sortProblems } from "../../problem.ts";
import { exit, openConsole } from "../console.ts";
import { type CommonOptions, openLibrary, openStore } from "../workspace.ts";

export interface CheckOptions extends CommonOptions {
  readonly json?: boolean;
}

export async function runCheck(options: CheckOptions): Promise<number> {
  const console = openConsole(options.quiet ?? false);
  const [store, library] = await Promise.all([openStore(options), openLibrary(options)]);
  const problems = [...store.problems, ...library.problems];
  if (store.value) {
    const { value, problems: judged } = judge(store.value);
    problems.push(...judged, ...unsettled(value.conflicts));
  }
  if (options.json) console.result(JSON.stringify(sortProblems(problems), null, 2));
  else {
    console.problems(problems);
    if (store.value)
      console.say(`${store.value.findings.size} findings from ${store.value.sources.size} sources`);
  }
  return hasErrors(problems) ? exit.problems : exit.done;
}
