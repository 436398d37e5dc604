/** `sourcedeck changes`: what happened to the store between two days. */
import { changesBetween } from "../../evidence/changes.ts";
import { always } from "../../evidence/history.ts";
import type { Language } from "../../findings/store.ts";
import { describeChange, listChange } from "../../model/changes.ts";
import { openConsole } from "../console.ts";
import { exit } from "../exit.ts";
import * as messages from "../messages.ts";
import { type CommonOptions, openStore } from "../workspace.ts";

export interface ChangesOptions extends CommonOptions {
  /** ISO dates: after `from`, up to and with `to`. */
  readonly from: string;
  readonly to?: string;
  readonly lang: Language;
  readonly json?: boolean;
}

export async function runChanges(options: ChangesOptions): Promise<number> {
  const { from, to = always, lang } = options;
  const console = openConsole(options.quiet ?? false);
  if (from > to) {
    console.problems([messages.turnedSpan(from, to)]);
    return exit.usage;
  }
  const { value: store, problems, texts } = openStore(options);
  console.problems(problems, texts);
  if (!store) return exit.problems;
  const changes = changesBetween(store, from, to);
  if (options.json)
    console.result(
      JSON.stringify(
        changes.map((change) => listChange(change, store, lang)),
        null,
        2,
      ),
    );
  else {
    let day = "";
    for (const change of changes) {
      if (change.on !== day) console.result(`${day === "" ? "" : "\n"}${change.on}`);
      day = change.on;
      console.result(`  ${describeChange(change, store, lang)}`);
    }
    console.say(`${changes.length === 1 ? "1 change" : `${changes.length} changes`}`);
  }
  return exit.done;
}
