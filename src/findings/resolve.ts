/** Resolving: names become things, texts become quantities and periods, and every dangling name is a problem. */
import { order, type Place, type Problem } from "../problem.ts";
import { inOrder } from "./derived.ts";
import { isFault as isFormulaFault, parseFormula } from "./formula.ts";
import * as messages from "./messages.ts";
import { type Period, parsePeriod } from "./period.ts";
import { isCurrency, isFault, numerator, parseQuantity, parseUnit, type Quantity } from "./quantity.ts";
import type { FileName, RawFile, RawFindings } from "./schema.ts";
import type {
  Arithmetic,
  Check,
  Citation,
  DerivedFigure,
  Dismissal,
  Finding,
  HelperFile,
  Metric,
  Product,
  Ruling,
  Store,
  Subject,
} from "./store.ts";
import type { Located, Path } from "./yaml.ts";

/** The files of vocabulary that could be parsed; absent ones count as empty. */
export type Vocabulary = { readonly [Name in FileName]?: Located<RawFile<Name>> };
export type FindingsFile = Located<RawFindings>;

type Raw = Readonly<Record<string, unknown>>;

/**
 * @param broken names of files that could not be parsed, `findings` for any of those: what they declare is not reported
 * as unknown
 * @returns the store as far as it goes, and the problems; the caller decides whether it may be used
 */
export function resolve(
  vocabulary: Vocabulary,
  files: readonly FindingsFile[],
  broken: ReadonlySet<string>,
  folder: string,
): { readonly value: Store; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];

  /** Every row of a list by id; a second row with the same id is a problem. */
  function table<Name extends Exclude<FileName, "sourcedeck.yaml" | "dismissed.yaml" | "scopes.yaml">, Row>(
    name: Name,
    make: (raw: RawFile<Name>[number], at: Place, where: (path: Path) => Place) => Row | undefined,
  ): Map<string, Row> {
    const file = vocabulary[name];
    const rows = (file?.value ?? []) as readonly RawFile<Name>[number][];
    const made = new Map<string, { row: Row; at: () => Place }>();
    rows.forEach((raw, index) => {
      const where = (path: Path): Place => file?.at([index, ...path]) ?? { file: name };
      const first = made.get(raw.id);
      if (first) problems.push(messages.duplicateId(where(["id"]), raw.id, first.at()));
      const row = make(raw, where([]), where);
      if (row !== undefined && !first) made.set(raw.id, { row, at: () => where(["id"]) });
    });
    return new Map([...made].sort(([a], [b]) => order(a, b)).map(([id, { row }]) => [id, row]));
  }

  function known(
    kind: string,
    id: string,
    ids: { has(id: string): boolean; keys(): Iterable<string> },
    file: FileName,
    at: () => Place,
  ): boolean {
    if (ids.has(id) || broken.has(file)) return ids.has(id);
    problems.push(messages.unknownReference(at(), kind, id, ids.keys(), `${folder}/${file}`));
    return false;
  }

  const sources = table("sources.yaml", ({ published, note, ...rest }, at) => ({
    ...rest,
    published:
      typeof published === "string"
        ? { date: published, certain: true }
        : { date: published.after, certain: false },
    ...optional({ note }),
    at,
  }));
  const units = table("units.yaml", (raw, at) => ({ ...raw, at }));
  const unitIds = new Set(units.keys());
  const subjects = table(
    "subjects.yaml",
    ({ en, zh, parent, "fiscal-year-end": fiscalYearEnd, ...rest }, at): Subject => ({
      ...rest,
      name: { en, zh },
      fiscalYearEnd,
      ...optional({ parent }),
      at,
    }),
  );
  const metrics = table(
    "metrics.yaml",
    (
      { en, zh, unit, basis, against, "growth-of": growthOf, "share-of": shareOf, additive, ...rest },
      at,
    ): Metric => ({
      ...rest,
      name: { en, zh },
      ...optional({ unit, basis, against, growthOf, shareOf, additive }),
      at,
    }),
  );
  const schemes = table("schemes.yaml", ({ en, zh, categories, id }, at) => ({
    id,
    name: { en, zh },
    categories: categories.map((category) => ({
      id: category.id,
      name: { en: category.en, zh: category.zh },
    })),
    at,
  }));
  const spots = table("places.yaml", ({ en, zh, ...rest }, at) => ({ ...rest, name: { en, zh }, at }));

  const scopes = new Map(
    [...(vocabulary["scopes.yaml"]?.value ?? [])]
      .sort((a, b) => order(a.en, b.en))
      .map((scope) => [scope.en, scope]),
  );

  for (const subject of subjects.values()) {
    if (
      subject.parent !== undefined &&
      known("subject", subject.parent, subjects, "subjects.yaml", () => subject.at) &&
      circles(subject, subjects)
    )
      problems.push(messages.parentCircle(subject.at, subject.id));
  }
  for (const metric of metrics.values()) {
    for (const other of [metric.growthOf, metric.shareOf])
      if (other) known("metric", other, metrics, "metrics.yaml", () => metric.at);
  }

  function period(text: string, at: () => Place, fiscalYearEnd?: number): Period | undefined {
    const parsed = parsePeriod(text, fiscalYearEnd);
    if (!parsed) problems.push(messages.badPeriod(at(), text));
    return parsed;
  }

  function suited(unit: string, metric: Metric | undefined, at: () => Place): void {
    if (metric && !suits(metric, unit))
      problems.push(messages.wrongUnit(at(), metric.id, metric.measures, unit));
  }

  function quantity(text: string, metric: Metric | undefined, at: () => Place): Quantity | undefined {
    const parsed = parseQuantity(text, unitIds);
    if (!isFault(parsed)) {
      suited(parsed.unit, metric, at);
      return parsed;
    }
    if (parsed.fault === "form") problems.push(messages.badQuantity(at(), text));
    else if (parsed.fault === "range") problems.push(messages.reversedRange(at(), parsed.low, parsed.high));
    else noSuchUnit(parsed.fault, parsed.unit, at());
    return undefined;
  }

  function noSuchUnit(fault: "unit" | "currency", unit: string, at: Place): void {
    if (fault === "currency") problems.push(messages.unknownCurrency(at, unit));
    else if (!broken.has("units.yaml"))
      problems.push(messages.unknownUnit(at, unit, unitIds, `${folder}/units.yaml`));
  }

  function citations(
    raw: readonly { source?: string | undefined; line: number; written: string }[],
    byDefault: string | undefined,
    where: (path: Path) => Place,
  ): Citation[] {
    return raw.flatMap(({ source = byDefault, line, written }, index) => {
      const at = (): Place => where(["citations", index]);
      if (source === undefined) problems.push(messages.noSource(at()));
      else if (known("source", source, sources, "sources.yaml", at)) return [{ source, line, written }];
      return [];
    });
  }

  const rates = table("rates.yaml", ({ period: text, citations: cited, derivation, ...rest }, at, where) => {
    for (const currency of [rest.base, rest.quote])
      if (!isCurrency(currency)) problems.push(messages.unknownCurrency(where([]), currency));
    const when = period(text, () => where(["period"]));
    return (
      when && {
        ...rest,
        period: when,
        citations: citations(cited, undefined, where),
        ...optional({ derivation }),
        at,
      }
    );
  });

  const findings = new Map<string, Finding>();
  const firsts = new Map<string, () => Place>();
  for (const file of files) {
    const { source, recorded: day, figures, classes, events, statements } = file.value;
    const common = (
      raw: {
        id: string;
        recorded?: string | undefined;
        citations: RawFindings["figures"][number]["citations"];
        note?: Finding["note"] | undefined;
        supersedes?: Finding["supersedes"] | undefined;
        withdrawn?: Finding["withdrawn"] | undefined;
      },
      path: Path,
    ) => {
      const where = (rest: Path): Place => file.at([...path, ...rest]);
      const first = firsts.get(raw.id);
      if (first) problems.push(messages.duplicateId(where(["id"]), raw.id, first()));
      else firsts.set(raw.id, () => where(["id"]));
      const recorded = raw.recorded ?? day;
      if (recorded === undefined) problems.push(messages.noRecordedDate(where([]), raw.id));
      return {
        where,
        base: {
          id: raw.id,
          recorded: recorded ?? "",
          citations: citations(raw.citations, source, where),
          ...optional({ note: raw.note, supersedes: raw.supersedes, withdrawn: raw.withdrawn }),
          at: where([]),
        },
      };
    };
    const keep = (finding: Finding): void => {
      if (!findings.has(finding.id)) findings.set(finding.id, finding);
    };

    figures.forEach((raw, index) => {
      const { where, base } = common(raw, ["figures", index]);
      known("subject", raw.subject, subjects, "subjects.yaml", () => where(["subject"]));
      known("metric", raw.metric, metrics, "metrics.yaml", () => where(["metric"]));
      // A store in one language may do without the file; where there is one, it holds every scope.
      if (raw.scope !== undefined && scopes.size > 0)
        known("scope", raw.scope, scopes, "scopes.yaml", () => where(["scope"]));
      const when = period(raw.period, () => where(["period"]), subjects.get(raw.subject)?.fiscalYearEnd);
      const what = quantity(raw.value, metrics.get(raw.metric), () => where(["value"]));
      if (!when || !what) return;
      const { subject, metric, status, scope, attributed } = raw;
      keep({
        kind: "figure",
        ...base,
        subject,
        metric,
        period: when,
        quantity: what,
        status,
        ...optional({ scope, attributed }),
      });
    });
    classes.forEach(({ subject, scheme, category, weight, ...raw }, index) => {
      const { where, base } = common(raw, ["classes", index]);
      known("subject", subject, subjects, "subjects.yaml", () => where(["subject"]));
      if (known("scheme", scheme, schemes, "schemes.yaml", () => where(["scheme"]))) {
        const categories = new Map(schemes.get(scheme)?.categories.map((entry) => [entry.id, entry]));
        known("category", category, categories, "schemes.yaml", () => where(["category"]));
      }
      keep({ kind: "class", ...base, subject, scheme, category, weight });
    });
    events.forEach(({ subject, date, type, from, to, what, ...raw }, index) => {
      const { where, base } = common(raw, ["events", index]);
      known("subject", subject, subjects, "subjects.yaml", () => where(["subject"]));
      if (from) known("place", from, spots, "places.yaml", () => where(["from"]));
      if (to) known("place", to, spots, "places.yaml", () => where(["to"]));
      const when = period(date, () => where(["date"]), subjects.get(subject)?.fiscalYearEnd);
      if (when) keep({ kind: "event", ...base, subject, date: when, type, what, ...optional({ from, to }) });
    });
    statements.forEach(({ subjects: about, topic, text, ...raw }, index) => {
      const { where, base } = common(raw, ["statements", index]);
      about.forEach((id, place) => {
        known("subject", id, subjects, "subjects.yaml", () => where(["subjects", place]));
      });
      keep({ kind: "statement", ...base, subjects: about, topic, text });
    });
  }

  function knownFinding(id: string, at: () => Place): void {
    // One that is declared but out of order has had its own problem.
    if (!firsts.has(id) && !broken.has("findings"))
      problems.push(messages.unknownReference(at(), "finding", id, firsts.keys(), `${folder}/findings`));
  }

  for (const { supersedes, at } of findings.values())
    if (supersedes) knownFinding(supersedes.finding, () => at);
  problems.push(...crookedHistory(findings));

  const checks = table(
    "checks.yaml",
    ({ id, tolerance, why, recorded, ...kinds }, at, where): Check | undefined => {
      const given = Object.entries(kinds).filter(([, fields]) => fields !== undefined);
      const [kind, fields] = given[0] ?? [];
      if (given.length !== 1 || kind === undefined || fields === undefined) {
        problems.push(
          messages.notOneArithmetic(
            at,
            given.map(([name]) => name),
          ),
        );
        return undefined;
      }
      for (const [field, named] of Object.entries(fields)) {
        if (field === "times" && kind === "product") continue;
        for (const one of [named].flat()) knownFinding(String(one), () => where([kind, field]));
      }
      return {
        id,
        arithmetic: { kind, ...fields } as Arithmetic,
        tolerance,
        ...optional({ why, recorded }),
        at,
      };
    },
  );

  const rulings = table("rulings.yaml", (raw, at, where): Ruling => {
    if ("check" in raw) {
      if (raw.use !== "both" && raw.use !== "none") knownFinding(raw.use, () => where(["use"]));
      return { ...raw, between: [], at };
    }
    raw.between.forEach((id, index) => {
      knownFinding(id, () => where(["between", index]));
    });
    if (raw.use !== "both" && !raw.between.includes(raw.use)) {
      problems.push(messages.notBetween(where(["use"]), raw.use, raw.between));
    }
    return { ...raw, at };
  });

  const derivedIds = new Set<string>();
  const declared = table(
    "derived.yaml",
    ({ en, zh, subject, metric, ...raw }, at, where): DerivedFigure | undefined => {
      const { id, note, recorded } = raw;
      const first = firsts.get(id);
      if (first) problems.push(messages.duplicateId(where(["id"]), id, first()));
      if (subject !== undefined)
        known("subject", subject, subjects, "subjects.yaml", () => where(["subject"]));
      if (metric !== undefined) known("metric", metric, metrics, "metrics.yaml", () => where(["metric"]));
      const fiscalYearEnd = subjects.get(subject ?? "")?.fiscalYearEnd;
      const when =
        raw.period === undefined ? undefined : period(raw.period, () => where(["period"]), fiscalYearEnd);
      const formula = parseFormula(raw.formula);
      derivedIds.add(id);
      const formulaAt = where(["formula"]);
      if (isFormulaFault(formula)) problems.push(messages.badFormula(formulaAt, formula));
      const unit = parseUnit(raw.unit, unitIds);
      if (typeof unit === "string") suited(unit, metrics.get(metric ?? ""), () => where(["unit"]));
      else noSuchUnit(unit.fault, unit.unit, where(["unit"]));
      if (isFormulaFault(formula) || typeof unit !== "string") return undefined;
      const about = optional({ subject, metric, period: when, recorded, note });
      return { id, formula, unit, name: { en, zh }, ...about, at, formulaAt };
    },
  );
  const derived = inOrder(declared, {
    findings: new Map([...firsts.keys()].map((id) => [id, findings.get(id)?.kind])),
    // One that is declared but out of order has had its own problem.
    areBroken: broken.has("findings"),
    derived: derivedIds,
  });
  problems.push(...derived.problems);

  const dismissed = vocabulary["dismissed.yaml"];
  const dismissals = (dismissed?.value ?? []).flatMap((raw, index): Dismissal[] => {
    const at = dismissed?.at([index]) ?? { file: "dismissed.yaml" };
    return known("source", raw.source, sources, "sources.yaml", () => at) ? [{ ...raw, at }] : [];
  });

  const config = vocabulary["sourcedeck.yaml"];
  const names = new Map<string, Place>();
  const products = (config?.value.products ?? []).map(({ week, theme, ...rest }, index): Product => {
    const where = (path: Path): Place =>
      config?.at(["products", index, ...path]) ?? { file: "sourcedeck.yaml" };
    // Capitals make no difference to the files of some disks.
    const first = names.get(rest.name.toLowerCase());
    if (first) problems.push(messages.duplicateProduct(where(["name"]), rest.name, first));
    else names.set(rest.name.toLowerCase(), where(["name"]));
    rest.languages.forEach((language, place) => {
      if (rest.languages.indexOf(language) < place)
        problems.push(messages.duplicateLanguage(where(["languages", place]), language));
    });
    if (week !== undefined && week !== "latest" && !parsePeriod(week))
      problems.push(messages.noSuchWeek(week, where(["week"])));
    const themeAt = theme === undefined ? undefined : where(["theme"]);
    return { ...rest, ...optional({ week, theme, themeAt }), at: where([]) };
  });
  const helpers = (config?.value.helpers ?? []).map((path, index): HelperFile => {
    const at = config?.at(["helpers", index]) ?? { file: "sourcedeck.yaml" };
    if (config?.value.helpers.indexOf(path) !== index) problems.push(messages.duplicateHelper(at, path));
    return { path, at };
  });
  if (config && products.length === 0) problems.push(messages.noProducts(config.at(["products"])));

  const texts = config?.value.sources;
  const value: Store = {
    sources,
    subjects,
    metrics,
    units,
    schemes,
    spots,
    scopes,
    rates: [...rates.values()],
    findings: new Map([...findings].sort(([a], [b]) => order(a, b))),
    rulings: [...rulings.values()],
    checks: [...checks.values()],
    dismissals,
    derived: derived.value,
    products,
    helpers,
    ...(config && texts !== undefined && { textFolder: { path: texts, at: config.at(["sources"]) } }),
  };
  return { value, problems };
}

/** Successions that no reader could follow: out of order, forked, or from one thing to another. */
function crookedHistory(findings: ReadonlyMap<string, Finding>): Problem[] {
  const problems: Problem[] = [];
  const successors = new Map<string, Finding>();
  for (const finding of findings.values()) {
    const { supersedes, withdrawn, recorded, at } = finding;
    if (withdrawn && withdrawn.on <= recorded)
      problems.push(messages.withdrawnTooSoon(finding, withdrawn.on));
    const old = findings.get(supersedes?.finding ?? "");
    if (!old) continue;
    if (old.recorded >= recorded) problems.push(messages.supersededTooSoon(finding, old));
    const differs = identities(old).find(
      ([field, value]) => new Map(identities(finding)).get(field) !== value,
    )?.[0];
    if (differs) problems.push(messages.supersedesAnother(finding, old, differs));
    const first = successors.get(old.id);
    if (first) problems.push(messages.supersededTwice(at, old.id, first));
    else successors.set(old.id, finding);
  }
  return problems;
}

/** What a finding is about, and a correction of it as well. */
function identities(finding: Finding): [field: string, value: string | undefined][] {
  const { kind } = finding;
  if (kind === "statement") return [["kind", kind]];
  const { subject } = finding;
  if (kind === "event")
    return [
      ["kind", kind],
      ["subject", subject],
    ];
  if (kind === "class")
    return [
      ["kind", kind],
      ["subject", subject],
      ["scheme", finding.scheme],
    ];
  const { metric, period, scope } = finding;
  return [
    ["kind", kind],
    ["subject", subject],
    ["metric", metric],
    ["period", period.text],
    ["scope", scope],
  ];
}

/** Which units a metric allows: its own, else what it measures; counts, ranks and durations take any of units.yaml. */
export function suits(metric: Metric, unit: string): boolean {
  if (metric.unit !== undefined) return unit === metric.unit;
  const above = numerator(unit);
  switch (metric.measures) {
    case "percent":
      return above === "%";
    case "points":
      return above === "pp";
    case "money":
    case "price":
      return isCurrency(above);
    case "ratio":
      return above === "x" || above === "%";
    case "count":
    case "duration":
    case "rank":
      return !isCurrency(above) && above !== "%" && above !== "pp";
  }
}

/** Subjects above a subject. */
const mostParents = 50;

function circles(subject: Subject, subjects: ReadonlyMap<string, Subject>): boolean {
  const seen = new Set([subject.id]);
  let next = subject.parent;
  while (next !== undefined) {
    if (seen.has(next)) return next === subject.id;
    if (seen.size > mostParents) return true;
    seen.add(next);
    next = subjects.get(next)?.parent;
  }
  return false;
}

/** Leaves out the fields that are undefined, so that "absent" has one form. */
function optional<T extends Raw>(fields: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  const kept: Record<string, unknown> = {};
  for (const name in fields) if (fields[name] !== undefined) kept[name] = fields[name];
  return kept as never;
}
