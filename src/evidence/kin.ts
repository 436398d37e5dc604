/** Kin: findings that bear on each other, so that what a day did to some of them is told without judging all others anew. */
import { idsIn } from "../findings/formula.ts";
import { isCurrency, numerator } from "../findings/quantity.ts";
import type { Finding, Rate, Store } from "../findings/store.ts";
import { named } from "./arithmetic.ts";
import { idsNamedIn } from "./named.ts";
import { findingOfCheck } from "./rulings.ts";
import { parentOfPart } from "./undeclared.ts";

/** Finds the families of a store once; then the part of the store that a day touched, for any day. */
export class Kin {
  readonly #store: Store;
  readonly #findings: readonly Finding[];
  readonly #families = new Families();
  /** By family, the places of its findings in the store. */
  readonly #members = new Map<string, number[]>();
  /** By ISO date, the families to which something happened. */
  readonly #touched = new Map<string, Set<string>>();

  constructor(store: Store) {
    this.#store = store;
    this.#findings = [...store.findings.values()];
    this.#join();
    this.#findings.forEach(({ id }, place) => {
      const family = this.#families.of(id);
      const members = this.#members.get(family);
      if (members) members.push(place);
      else this.#members.set(family, [place]);
    });
    this.#date();
  }

  /**
   * The store with no findings but those to which something happened on a day, those that bear on them, and those that
   * events and statements among them name: judged as of that day or the one before, they fare as in the whole store.
   * @param day ISO date
   */
  touchedOn(day: string): Store {
    const families = new Set(this.#touched.get(day));
    const derived = new Set<string>();
    // Families are added while this goes through them.
    for (const family of families)
      for (const place of this.#members.get(family) ?? []) {
        const finding = this.#findings[place];
        if (finding?.kind !== "event" && finding?.kind !== "statement") continue;
        const meant = idsNamedIn(finding, { standIns: new Map() });
        // What a derived figure is made of is added to what is meant.
        for (const id of meant) {
          families.add(this.#families.of(id));
          const figure = derived.has(id) ? undefined : this.#store.derived.get(id);
          if (!figure) continue;
          derived.add(id);
          meant.push(...idsIn(figure.formula));
        }
      }
    const places = [...families].flatMap((family) => this.#members.get(family) ?? []).sort((a, b) => a - b);
    const findings = new Map<string, Finding>();
    for (const place of places) {
      const finding = this.#findings[place];
      if (finding) findings.set(finding.id, finding);
    }
    return {
      ...this.#store,
      findings,
      derived: new Map([...this.#store.derived].filter(([id]) => derived.has(id))),
    };
  }

  /**
   * Figures of one metric, or of its growth, are compared that are of one subject, or of a part and its whole; and so is what
   * a check, ruling or correction names.
   */
  #join(): void {
    const { subjects, metrics, checks, rulings } = this.#store;
    const [wholes, levels] = [new Families(), new Families()];
    for (const subject of subjects.values()) {
      const parent = parentOfPart(subject, subjects);
      if (parent !== undefined) wholes.join([subject.id, parent]);
    }
    for (const { id, growthOf } of metrics.values()) if (growthOf !== undefined) levels.join([id, growthOf]);
    for (const finding of this.#findings) {
      const { id, supersedes } = finding;
      if (supersedes) this.#families.join([id, supersedes.finding]);
      // Ids hold no space.
      if (finding.kind === "figure")
        this.#families.join([id, `${wholes.of(finding.subject)} ${levels.of(finding.metric)}`]);
    }
    for (const { arithmetic } of checks) this.#families.join(named(arithmetic));
    for (const { between } of rulings) this.#families.join(between);
  }

  #date(): void {
    const { checks, rates, rulings } = this.#store;
    const touch = (day: string, ids: readonly string[]): void => {
      const families = this.#touched.get(day) ?? new Set();
      for (const id of ids) families.add(this.#families.of(id));
      this.#touched.set(day, families);
    };
    const checked = new Map(checks.map(({ id, arithmetic }) => [id, named(arithmetic)]));
    for (const finding of this.#findings) {
      for (const day of this.#daysOf(finding)) touch(day, [finding.id]);
      if (finding.withdrawn) touch(finding.withdrawn.on, [finding.id]);
    }
    for (const { arithmetic, recorded } of checks)
      if (recorded !== undefined) touch(recorded, named(arithmetic));
    for (const { on, between, check = "" } of rulings)
      touch(on, [...between, ...(checked.get(check) ?? [findingOfCheck(check) ?? ""])]);
    if (rates.length === 0) return;
    const exchanging = this.#inSeveralCurrencies();
    for (const rate of rates) for (const day of this.#daysOf(rate)) touch(day, exchanging);
  }

  /** The day of entry, and those on which sources of it came out that were cited ahead. */
  #daysOf({ recorded, citations }: Finding | Rate): string[] {
    const published = citations.map(({ source }) => this.#store.sources.get(source)?.published.date ?? "");
    return [recorded, ...published.filter((day) => day > recorded)];
  }

  /** The families in which a rate may join one amount to another. */
  #inSeveralCurrencies(): string[] {
    const currencies = new Map<string, Set<string>>();
    for (const figure of this.#findings) {
      const currency = figure.kind === "figure" ? numerator(figure.quantity.unit) : "";
      if (!isCurrency(currency)) continue;
      const family = this.#families.of(figure.id);
      currencies.set(family, (currencies.get(family) ?? new Set()).add(currency));
    }
    return [...currencies].flatMap(([family, { size }]) => (size > 1 ? family : []));
  }
}

/** Ids that belong together, each family under one of them. */
class Families {
  readonly #above = new Map<string, string>();

  /** The id by which the family of an id goes. */
  of(id: string): string {
    let top = id;
    for (let next = this.#above.get(top); next !== undefined; next = this.#above.get(top)) top = next;
    // Whoever asks again gets there in one step.
    for (let one = id; one !== top; ) {
      const next = this.#above.get(one) ?? top;
      this.#above.set(one, top);
      one = next;
    }
    return top;
  }

  join([first, ...others]: readonly string[]): void {
    if (first === undefined) return;
    for (const other of others) {
      const [family, joined] = [this.of(first), this.of(other)];
      if (joined !== family) this.#above.set(joined, family);
    }
  }
}
