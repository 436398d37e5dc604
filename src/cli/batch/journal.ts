/**
 * The journal of batches: for each product that was built, what it was made of and what its files hold. It is kept in the
 * workspace, one small file for each product, written beside and renamed, so that a batch that ended anyhow goes on.
 */
import { createHash, createHmac, randomUUID } from "node:crypto";
import { lstat, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Output } from "../../build.ts";
import type { Problem } from "../../problem.ts";
import { checkOwnFolder, holdsSum, makeOwnFolder } from "../disk.ts";

/** A file of a product as it was written. */
export interface KeptOutput {
  /** Within the folder of products. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** A product that was built. */
export interface KeptProduct {
  readonly outputs: readonly KeptOutput[];
  /** Warnings that were told of it. */
  readonly problems: readonly Problem[];
}

interface Entry extends KeptProduct {
  readonly name: string;
  /** What the product was made of. */
  readonly madeOf: string;
}

export class Journal {
  readonly #folder: string;
  readonly #out: string;

  readonly #key: Uint8Array;

  /**
   * @param folder of the journal, made when something is first noted
   * @param out folder of products
   * @param key signs what is noted: products that came with someone's workspace are not taken for built
   */
  constructor(folder: string, out: string, key: Uint8Array) {
    this.#folder = folder;
    this.#out = out;
    this.#key = key;
  }

  /** The product that was made of just this, when each of its files is there as it was written. */
  async whole(name: string, madeOf: string): Promise<KeptProduct | undefined> {
    const entry = await this.#read(name);
    if (entry?.name !== name || entry.madeOf !== madeOf) return undefined;
    for (const { path, sha256 } of entry.outputs) {
      if (!holdsSum(join(this.#out, path), sha256)) return undefined;
    }
    return { outputs: entry.outputs, problems: entry.problems };
  }

  /** Notes a product whose files are in their places. Throws a `DiskFault`. */
  async note(
    name: string,
    madeOf: string,
    { outputs, problems }: { readonly outputs: readonly Output[]; readonly problems: readonly Problem[] },
  ): Promise<void> {
    const kept = outputs.map(({ path, bytes }) => ({ path, bytes: bytes.length, sha256: sumOf(bytes) }));
    const body = JSON.stringify({ name, madeOf, outputs: kept, problems } satisfies Entry);
    const file = this.#fileOf(name);
    const beside = `${file}.${process.pid}.${randomUUID()}`;
    makeOwnFolder(this.#folder);
    try {
      await writeFile(beside, `${JSON.stringify({ mac: this.#sign(body), body })}\n`);
      await rename(beside, file);
    } finally {
      await rm(beside, { force: true }).catch(() => {});
    }
  }

  async #read(name: string): Promise<Entry | undefined> {
    try {
      checkOwnFolder(this.#folder);
      const file = this.#fileOf(name);
      if (!(await lstat(file)).isFile()) return undefined;
      const { mac, body } = JSON.parse(await readFile(file, "utf8"));
      return mac === this.#sign(body) ? JSON.parse(body) : undefined;
    } catch {
      // Nothing was noted, or it cannot be read: it is built anew.
      return undefined;
    }
  }

  #sign(body: string): string {
    return createHmac("sha256", this.#key).update(body).digest("hex");
  }

  #fileOf(name: string): string {
    return join(this.#folder, `${sumOf(JSON.stringify([resolve(this.#out), name])).slice(0, 32)}.json`);
  }
}

function sumOf(of: string | Uint8Array): string {
  return createHash("sha256").update(of).digest("hex");
}
