/** Watching folders: which files changed, told when things are quiet again. */
import { existsSync, type FSWatcher, readdirSync, statSync, watch } from "node:fs";
import { join } from "node:path";
import { isDiskFault } from "./disk.ts";

/** Milliseconds without a change after which a change is told: editors write a file in several steps. */
const quiet = 60;
/** Milliseconds after which it is looked whether the system kept a change to itself, as it does with some that rename. */
const patience = 300;

/** Names of the files that products are made of: data, templates, pictures, code and the texts of sources. */
const input = /\.(?:hbs|json|ya?ml|csv|txt|png|jpe?g|svg|mjs)$/i;

export interface Watching {
  /** The files that changed since the last call, as soon as there are any; nothing when watching has ended. */
  next(): Promise<readonly string[] | undefined>;
  end(): void;
}

/**
 * Begins to watch folders, all that is below them included. Folders that do not exist are left out. What the system tells
 * is only that something happened: of a file that is written beside its place and renamed it may name no more than the
 * temporary one. What changed is seen by comparing the files themselves.
 * @param failed is told what the system refuses, e.g. when there is too much to watch
 */
export function watchFolders(folders: readonly string[], failed: (fault: Error) => void): Watching {
  let known = inputsIn(folders);
  let hasStirred = false;
  let timer: NodeJS.Timeout | undefined;
  let ended = false;
  let wake: (() => void) | undefined;
  const settle = (): void => {
    timer = undefined;
    wake?.();
  };
  const watchers = folders.filter(existsSync).map(
    (folder): FSWatcher =>
      watch(folder, { recursive: true }, () => {
        hasStirred = true;
        clearTimeout(timer);
        timer = setTimeout(settle, quiet);
      }).on("error", failed),
  );
  const looking = setInterval(() => {
    hasStirred = true;
    if (timer === undefined) wake?.();
  }, patience);
  return {
    async next() {
      let files: readonly string[] = [];
      while (!ended && files.length === 0) {
        while (!ended && (!hasStirred || timer !== undefined))
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        wake = undefined;
        hasStirred = false;
        const before = known;
        known = inputsIn(folders);
        files = different(before, known);
      }
      return ended ? undefined : files;
    },
    end() {
      ended = true;
      clearTimeout(timer);
      clearInterval(looking);
      for (const watcher of watchers) watcher.close();
      wake?.();
    },
  };
}

/** The files of folders that products are made of, each with what changes whenever it is written. */
function inputsIn(folders: readonly string[]): Map<string, string> {
  const files = new Map<string, string>();
  const open = [...folders];
  for (const folder of open)
    for (const entry of seen(() => readdirSync(folder, { withFileTypes: true })) ?? []) {
      if (entry.name.startsWith(".")) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) open.push(path);
      if (entry.isDirectory() || !input.test(entry.name)) continue;
      const status = seen(() => statSync(path));
      if (status) files.set(path, `${status.mtimeMs} ${status.size} ${status.ino}`);
    }
  return files;
}

/** Nothing where something is gone, or not ours to read: building tells what is wrong with it. */
function seen<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (fault) {
    if (!isDiskFault(fault)) throw fault;
    return undefined;
  }
}

function different(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  const all = new Set([...before.keys(), ...after.keys()]);
  return [...all].filter((file) => before.get(file) !== after.get(file)).sort();
}
