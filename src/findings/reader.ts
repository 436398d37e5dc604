/** The reader: files as they were read before, with the places in them that were asked for then. */
import type { z } from "zod";
import { keyOf, type Memory } from "../memory.ts";
import type { Outcome, Place } from "../problem.ts";
import { type Located, parseFile } from "./yaml.ts";

export interface Reader {
  /**
   * As `parseFile`.
   * @param form the schema's name
   */
  read<T>(file: string, text: string, form: string, schema: z.ZodType<T>): Outcome<Located<T>>;
  /** Keeps what was read without a problem; to be called when all places were asked for. */
  close(): void;
}

/** A place without its file, by what it is the place of. */
type Spots = Record<string, Omit<Place, "file">>;

/** What is kept of a file. */
interface Kept {
  readonly value: unknown;
  readonly spots: Spots;
}

/** @param memory without one, every file is parsed */
export function openReader(memory: Memory | undefined): Reader {
  const closing: (() => void)[] = [];
  return {
    read<T>(file: string, text: string, form: string, schema: z.ZodType<T>) {
      if (!memory) return parseFile(file, text, schema);
      const key = keyOf("file", form, text);
      const bytes = memory.get(key);
      const before = bytes && (JSON.parse(new TextDecoder().decode(bytes)) as Kept);
      let parsed = before ? undefined : parseFile(file, text, schema);
      if (parsed && (!parsed.value || parsed.problems.length > 0)) return parsed;
      const value = before ? (before.value as T) : (parsed?.value?.value as T);
      const spots: Spots = before?.spots ?? {};
      let isNews = !before;
      const at: Located<T>["at"] = (path, part) => {
        const of = JSON.stringify(part === "key" ? [path, part] : path);
        const known = Object.hasOwn(spots, of) ? spots[of] : undefined;
        if (known) return { file, ...known };
        parsed ??= parseFile(file, text, schema);
        const place = parsed.value?.at(path, part) ?? { file };
        const { file: _, ...spot } = place;
        spots[of] = spot;
        isNews = true;
        return place;
      };
      closing.push(() => {
        const kept: Kept = { value, spots };
        if (isNews) memory.put(key, new TextEncoder().encode(JSON.stringify(kept)));
      });
      return { value: { value, at }, problems: [] };
    },
    close() {
      for (const keep of closing) keep();
    },
  };
}
