/** The import of files that are no part of the command line; loaded by Node itself, which alone can do this. */

export function importFile(url: string): Promise<{ readonly default?: unknown }> {
  return import(url);
}
