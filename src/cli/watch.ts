/** Watching folders: which files changed, told when things are quiet again. */
import { existsSync, type FSWatcher, watch } from "node:fs";
import { join } from "node:path";

/** Milliseconds without a change after which a change is told: editors write a file in several steps. */
const quiet = 60;

export interface Watching {
  /** The files that changed since the last call, as soon as there are any; nothing when watching has ended. */
  next(): Promise<readonly string[] | undefined>;
  end(): void;
}

/**
 * Begins to watch folders, all that is below them included. Folders that do not exist are left out.
 * @param failed is told what the system refuses, e.g. when there is too much to watch
 */
export function watchFolders(folders: readonly string[], failed: (fault: Error) => void): Watching {
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let ended = false;
  let wake: (() => void) | undefined;
  const settle = (): void => {
    timer = undefined;
    wake?.();
  };
  const watchers = folders.filter(existsSync).map(
    (folder): FSWatcher =>
      watch(folder, { recursive: true }, (_, name) => {
        if (name === null || /(?:^|[/\\])\.|~$|\.(?:part|old|swp|tmp)$/.test(name)) return;
        changed.add(join(folder, name));
        clearTimeout(timer);
        timer = setTimeout(settle, quiet);
      }).on("error", failed),
  );
  return {
    async next() {
      while (!ended && (changed.size === 0 || timer !== undefined))
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      wake = undefined;
      const files = [...changed].sort();
      changed.clear();
      return ended ? undefined : files;
    },
    end() {
      ended = true;
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
      wake?.();
    },
  };
}
