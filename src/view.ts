/** The view: what may be said of a store as of a day, and what is wrong with it whatever is made of it. */
import { checkWritten } from "./evidence/citations.ts";
import type { Evidence } from "./evidence/evidence.ts";
import { unsettled } from "./evidence/gate.ts";
import { judge } from "./evidence/judge.ts";
import type { Store } from "./findings/store.ts";
import type { Memory } from "./memory.ts";
import { typedInStore } from "./model/typed.ts";
import type { Problem } from "./problem.ts";
import { typedNumberInWords } from "./templates/messages.ts";

export interface ViewOptions {
  /** ISO date: the store is seen as it was at the end of that day; as it is unless given. */
  readonly asOf?: string | undefined;
  /** Figures in open conflicts are withheld, to be told as such. Otherwise each open conflict is a problem. */
  readonly withhold: boolean;
  /** Of what was looked at before, and nothing was wrong with: the same comes out without it. */
  readonly memory?: Memory | undefined;
}

export interface View {
  readonly evidence: Evidence;
  readonly problems: readonly Problem[];
}

/** Days that are remembered of a store; the ones asked for last. */
const mostKept = 4;
const kept = new WeakMap<Store, Map<string, View>>();

/** The same object for the same question: all products of a store that are made as of a day share one. */
export function view(store: Store, options: ViewOptions): View {
  const views = kept.get(store) ?? new Map<string, View>();
  kept.set(store, views);
  const key = `${options.asOf} ${options.withhold}`;
  const found = views.get(key) ?? look(store, options);
  views.delete(key);
  views.set(key, found);
  for (const oldest of views.keys()) if (views.size > mostKept) views.delete(oldest);
  return found;
}

function look(store: Store, { asOf, withhold, memory }: ViewOptions): View {
  const { value: evidence, problems } = judge(store, { ...(asOf !== undefined && { asOf }), withhold });
  return {
    evidence,
    problems: [
      ...problems,
      // A contradiction that no page shows would be found on the day on which one does: it is settled first.
      ...(withhold ? [] : unsettled(evidence.conflicts)),
      ...checkWritten(evidence.store, memory),
      ...typedInStore(evidence.store, memory).map(({ number, at }) => typedNumberInWords(number, at)),
    ],
  };
}
