/** The reader: files as they were read before, with the places in them that were asked for then. */
import { fromMemory, keyOf, type Memory, remember } from "../memory.ts";
import type { Outcome, Place } from "../problem.ts";
import { isJson, type Located, parseFile, type Schema } from "./yaml.ts";

export interface Reader {
  /**
   * As `parseFile`.
   * @param form the schema's name
   */
  read<T>(file: string, text: string, form: string, schema: Schema<T>): Outcome<Located<T>>;
  /** Keeps what was read without a problem; to be called when all places were asked for. */
  close(): void;
}

/** What is kept of a file. */
interface Kept {
  readonly value: unknown;
  /** Places without their file, by what they are the places of. */
  readonly spots: Record<string, Omit<Place, "file">>;
}

/** @param memory without one, every file is parsed */
export function openReader(memory: Memory | undefined): Reader {
  /** By key: files with the same text are one. */
  const read = new Map<string, { readonly kept: Kept; isNews: boolean }>();
  return {
    read<T>(file: string, text: string, form: string, schema: Schema<T>) {
      if (!memory) return parseFile(file, text, schema);
      const key = keyOf("file", form, isJson(file), text);
      const before = read.get(key)?.kept ?? fromMemory<Kept>(memory.get(key));
      let parsed = before ? undefined : parseFile(file, text, schema);
      if (parsed && (!parsed.value || parsed.problems.length > 0)) return parsed;
      const kept: Kept = before ?? { value: parsed?.value?.value, spots: {} };
      const entry = read.get(key) ?? { kept, isNews: !before };
      read.set(key, entry);
      const { spots } = kept;
      const at: Located<T>["at"] = (path, part) => {
        const of = JSON.stringify(part === "key" ? [path, part] : path);
        const known = Object.hasOwn(spots, of) ? spots[of] : undefined;
        if (known) return { file, ...known };
        parsed ??= parseFile(file, text, schema);
        const place = parsed.value?.at(path, part) ?? { file };
        const { file: _, ...spot } = place;
        spots[of] = spot;
        entry.isNews = true;
        return place;
      };
      return { value: { value: kept.value as T, at }, problems: [] };
    },
    close() {
      for (const [key, { kept, isNews }] of read) if (isNews) remember(memory, key, kept);
    },
  };
}
