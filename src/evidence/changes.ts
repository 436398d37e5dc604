/** Changes: what happened to a store between two days, as a log by day. */
import { monthsBefore } from "../findings/period.ts";
import { isCurrency, numerator } from "../findings/quantity.ts";
import type {
  Citation,
  ClassFinding,
  EventFinding,
  FigureFinding,
  Finding,
  Localized,
  StatementFinding,
  Store,
} from "../findings/store.ts";
import { order } from "../problem.ts";
import { change, convert, difference, yearsBetween } from "./derive.ts";
import type { CheckResult, Conflict, Evidence } from "./evidence.ts";
import type { Figure } from "./figure.ts";
import { type Came, Outlook } from "./forecasts.ts";
import { always, daysOfChange } from "./history.ts";
import { judge } from "./judge.ts";
import { Kin } from "./kin.ts";
import { figureNamed, idsNamedIn } from "./named.ts";

/** By meaning, in the order in which those of one day are told. */
export const changeKinds = [
  "source",
  "revision",
  "withdrawal",
  "conflict-opened",
  "conflict-settled",
  "check-failed",
  "check-settled",
  "forecast-met",
  "forecast-exceeded",
  "forecast-missed",
  "forecast",
  "rank",
  "figure",
  "class-change",
  "class",
  "event",
  "statement",
] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** One thing that happened. Fields that its kind has no use for are absent. */
export interface Change {
  readonly kind: ChangeKind;
  /** ISO date on which it happened. */
  readonly on: string;
  /** Of the finding, check or source that it is about; of a conflict all its findings. */
  readonly id: string;
  /** Ids of the findings behind it, sorted. */
  readonly findings: readonly string[];
  /** The citations of those, as they were known on the day. */
  readonly citations: readonly (Citation & { readonly finding: string })[];
  /** The figure that came. */
  readonly figure?: Figure;
  /** The figure in whose place it came: the one that it corrects, the forecast, or that of the period before. */
  readonly before?: Figure;
  /** From `before` to `figure`: growth in per cent; points between percentages; an amount where signs differ. */
  readonly difference?: Figure;
  /** The class, event or statement that came or was withdrawn. */
  readonly told?: ClassFinding | EventFinding | StatementFinding;
  /** What `told` took the place of, of the same kind. */
  readonly toldBefore?: ClassFinding | EventFinding | StatementFinding;
  /** Where `told` names figures, those by the ids that it names them with. */
  readonly named?: ReadonlyMap<string, Figure>;
  readonly conflict?: Conflict;
  readonly check?: CheckResult;
  /** Id of the source that was cited for the first time. */
  readonly source?: string;
  /** Why something was corrected, withdrawn or settled so. */
  readonly why?: Localized;
}

/** A day's view of what it touched in the store, and that of the day of change before it. */
interface Step {
  readonly on: string;
  readonly before: Evidence;
  readonly after: Evidence;
  /** What `after` tells of each series, latest period first. */
  readonly series: ReadonlyMap<string, readonly FigureFinding[]>;
  /** What was and is expected, and what came of it. */
  readonly outlook: { readonly before: Outlook; readonly after: Outlook };
}

/** A change before its citations are put to it. */
type Bare = Omit<Change, "citations">;

/**
 * All changes after one day up to and with another. It is a log: what comes and goes between the two days is in it, so
 * that the changes of two spans that follow each other are those of the whole.
 * @param from ISO date, not included
 * @param to ISO date, included
 * @returns by day, then in the order of `changeKinds`, then by id
 */
export function changesBetween(store: Store, from: string, to: string): readonly Change[] {
  const days = daysOfChange(store).filter((day) => day > from && day <= to);
  if (days.length === 0) return [];
  const kin = new Kin(store);
  const sources = sourcesByDay(store);
  return days.flatMap((on, index) => {
    const touched = kin.touchedOn(on);
    const before = judge(touched, { asOf: days[index - 1] ?? from }).value;
    const after = judge(touched, { asOf: on }).value;
    const outlook = { before: new Outlook(before), after: new Outlook(after) };
    const step = { on, before, after, series: seriesIn(after), outlook };
    return [...ofFindings(step), ...ofConflicts(step), ...ofChecks(step), ...(sources.get(on) ?? [])]
      .map((bare) => ({ ...bare, citations: citationsOf(bare.findings, after) }))
      .sort((a, b) => changeKinds.indexOf(a.kind) - changeKinds.indexOf(b.kind) || order(a.id, b.id));
  });
}

function citationsOf(ids: readonly string[], { told }: Evidence): Change["citations"] {
  return ids.flatMap((finding) =>
    (told.findings.get(finding)?.citations ?? []).map((citation) => ({ finding, ...citation })),
  );
}

function ofFindings(step: Step): Bare[] {
  const { before, after, on } = step;
  const found: Bare[] = [];
  for (const finding of after.store.findings.values())
    if (!before.store.findings.has(finding.id)) found.push(...ofEntry(finding, step));
  for (const finding of before.store.findings.values()) {
    if (after.store.findings.has(finding.id) || after.standIns.has(finding.id)) continue;
    const { id } = finding;
    const why = after.told.findings.get(id)?.withdrawn?.why;
    const gone = finding.kind === "figure" ? { before: before.figures.get(id) } : { told: finding };
    found.push({
      kind: "withdrawal",
      on,
      id,
      findings: [id],
      ...some(gone),
      ...some({ why }),
    });
  }
  return found;
}

function ofEntry(finding: Finding, step: Step): Bare[] {
  const { before, after, on } = step;
  const { id, kind, supersedes } = finding;
  const old = before.store.findings.get(supersedes?.finding ?? "");
  const why = some({ why: old && supersedes?.why });
  if (kind === "class" && old?.kind === "class") {
    const findings = [id, old.id].sort(order);
    return [{ kind: "class-change", on, id, findings, told: finding, toldBefore: old, ...why }];
  }
  if (kind === "class") return [{ kind, on, id, findings: [id], told: finding }];
  if (kind !== "figure") {
    const named = figuresNamed(finding, after);
    if (old?.kind !== kind) return [{ kind, on, id, findings: [id], told: finding, named }];
    const both = new Map([...figuresNamed(old, before), ...named]);
    const findings = [id, old.id].sort(order);
    return [{ kind: "revision", on, id, findings, told: finding, toldBefore: old, named: both, ...why }];
  }

  const figure = after.figures.get(id);
  if (!figure) return [];
  if (old)
    return [
      { kind: "revision", on, id, figure, ...compared(before.figures.get(old.id), figure, after), ...why },
      ...outcomes(finding, figure, step),
    ];
  if (finding.status === "forecast") return [{ kind: "forecast", on, id, findings: [id], figure }];
  const previous = previousOf(finding, step);
  const isRank = after.store.metrics.get(finding.metric)?.measures === "rank";
  return [
    { kind: isRank && previous ? "rank" : "figure", on, id, figure, ...compared(previous, figure, after) },
    ...outcomes(finding, figure, step),
  ];
}

function figuresNamed(finding: EventFinding | StatementFinding, evidence: Evidence): Map<string, Figure> {
  const figures = idsNamedIn(finding, { standIns: new Map() }).flatMap((id): [string, Figure][] => {
    const figure = figureNamed(id, evidence);
    return figure ? [[id, figure]] : [];
  });
  return new Map(figures);
}

const outcomeKinds: Readonly<Record<Came, ChangeKind>> = {
  "as-forecast": "forecast-met",
  above: "forecast-exceeded",
  below: "forecast-missed",
};

/** What came of the forecasts that a figure answers, where nobody had told the same before. */
function outcomes(finding: FigureFinding, figure: Figure, { before, after, on, outlook }: Step): Bare[] {
  return outlook.after.answeredBy(finding).flatMap((forecast): Bare[] => {
    const came = outlook.after.outcome(forecast, finding);
    const isKnown =
      before.store.findings.has(forecast.id) &&
      outlook.before.answersTo(forecast).some((one) => outlook.before.outcome(forecast, one) === came);
    if (came === undefined || isKnown) return [];
    const kind = outcomeKinds[came];
    return [
      { kind, on, id: forecast.id, figure, ...compared(after.figures.get(forecast.id), figure, after) },
    ];
  });
}

/** Of one subject, metric, scope and teller, in one unit, for periods of one kind and length. */
function seriesOf({ subject, metric, scope, attributed, period, quantity, status }: FigureFinding): string {
  const { kind, fiscal, start, end } = period;
  const months = kind === "range" ? Math.round(12 * yearsBetween(start, end)) : 0;
  const basis = status === "run-rate";
  return JSON.stringify([subject, metric, scope, attributed, kind, months, fiscal, quantity.unit, basis]);
}

/** What contradicts something else without a ruling, or lost against it, is no ground to compare with. */
function seriesIn({ store, conflicts, aside }: Evidence): Map<string, FigureFinding[]> {
  const open = new Set(conflicts.flatMap(({ between, ruling }) => (ruling ? [] : between)));
  const found = new Map<string, FigureFinding[]>();
  for (const finding of store.findings.values()) {
    if (finding.kind !== "figure" || finding.status === "forecast") continue;
    if (aside.has(finding.id) || open.has(finding.id)) continue;
    const key = seriesOf(finding);
    const series = found.get(key);
    if (series) series.push(finding);
    else found.set(key, [finding]);
  }
  for (const series of found.values())
    series.sort((a, b) => order(b.period.end, a.period.end) || order(a.id, b.id));
  return found;
}

/** That of the same days a year before, since quarters and months have seasons; else the latest earlier one of its series. */
function previousOf(finding: FigureFinding, { after, series }: Step): Figure | undefined {
  const earlier =
    series.get(seriesOf(finding))?.filter(({ period }) => period.end < finding.period.end) ?? [];
  const yearAgo = monthsBefore(finding.period, 12);
  const previous =
    earlier.find(({ period }) => period.start === yearAgo.start && period.end === yearAgo.end) ?? earlier[0];
  return previous && after.figures.get(previous.id);
}

function compared(
  before: Figure | undefined,
  figure: Figure,
  evidence: Evidence,
): Pick<Change, "findings" | "before" | "difference"> {
  const findings = [...figure.lineage.findings, ...(before?.lineage.findings ?? [])].sort(order);
  return { findings, ...some({ before, difference: before && apart(before, figure, evidence) }) };
}

/** Ranks have no difference, and neither have figures in units between which nothing leads. */
function apart(before: Figure, figure: Figure, evidence: Evidence): Figure | undefined {
  if (evidence.store.metrics.get(figure.metric ?? "")?.measures === "rank") return undefined;
  const { unit } = figure.quantity;
  const currency = numerator(unit);
  const base = isCurrency(currency) ? convert(before, currency, evidence).value : before;
  if (base?.quantity.unit !== unit) return undefined;
  const inPoints = unit === "%" || unit === "pp";
  const grows = base.quantity.low.gt(0) && figure.quantity.low.gte(0);
  const { value } = grows && !inPoints ? change(base, figure) : difference(figure, base);
  // From "over 10" to "over 15" nothing follows: "about" would be said of bounds that pull apart.
  const isVague = [base, figure].some(
    ({ quantity: { bound } }) => bound === "~" || bound === "≳" || bound === "≲",
  );
  return value?.quantity.bound === "~" && !isVague ? undefined : value;
}

function ofConflicts({ before, after, on }: Step): Bare[] {
  const sidesOf = ({ between }: Conflict): string[] => between.map((id) => after.standIns.get(id) ?? id);
  const bySide = (conflicts: readonly Conflict[]): Map<string, Conflict[]> => {
    const all = new Map<string, Conflict[]>();
    for (const conflict of conflicts)
      for (const side of sidesOf(conflict)) all.set(side, [...(all.get(side) ?? []), conflict]);
    return all;
  };
  const [oldBySide, nowBySide] = [bySide(before.conflicts), bySide(after.conflicts)];
  const of = (kind: ChangeKind, conflict: Conflict): Bare => {
    const { between, ruling } = conflict;
    const why = kind === "conflict-settled" ? ruling?.why : undefined;
    return { kind, on, id: between.join(" "), findings: between, conflict, ...some({ why }) };
  };
  const found: Bare[] = [];
  for (const conflict of after.conflicts) {
    // One that loses a side, or a side of which is corrected, is the old one; it opens anew where a ruling lapses by that.
    const olds = sidesOf(conflict).flatMap((side) => oldBySide.get(side) ?? []);
    const sides = new Set(olds.flatMap(sidesOf));
    const isNew = sidesOf(conflict).some((side) => !sides.has(side));
    const lapsed = !conflict.ruling && olds.some(({ ruling }) => ruling !== undefined);
    if (isNew || lapsed) found.push(of("conflict-opened", conflict));
    if (conflict.ruling && !olds.some(({ ruling }) => ruling?.id === conflict.ruling?.id))
      found.push(of("conflict-settled", conflict));
  }
  // What is no longer among the conflicts is settled, unless its findings contradict others now.
  for (const old of before.conflicts)
    if (!old.ruling && !sidesOf(old).some((side) => nowBySide.has(side)))
      found.push(of("conflict-settled", old));
  return found;
}

function ofChecks({ before, after, on }: Step): Bare[] {
  // A check that needs no declaring is named for its finding, which may have been corrected.
  const key = ({ id, kind, findings }: CheckResult): string =>
    id.startsWith("auto.")
      ? JSON.stringify([kind, findings.map((one) => after.standIns.get(one) ?? one)])
      : id;
  const failing = ({ checks }: Evidence): Map<string, CheckResult> =>
    new Map(checks.filter(({ passed }) => !passed).map((check) => [key(check), check]));
  const old = failing(before);
  const now = failing(after);
  const results = new Map(after.checks.toReversed().map((check) => [key(check), check]));
  const of = (kind: ChangeKind, check: CheckResult): Bare => {
    const { id, findings, ruling } = check;
    const why = kind === "check-settled" ? ruling?.why : undefined;
    return { kind, on, id, findings: [...findings].sort(order), check, ...some({ why }) };
  };
  const found: Bare[] = [];
  for (const [id, check] of now) {
    // A ruling lapses with the correction of a figure that it was made on.
    const earlier = old.get(id);
    if (!earlier || (earlier.ruling && !check.ruling)) found.push(of("check-failed", check));
    if (check.ruling && earlier?.ruling?.id !== check.ruling.id) found.push(of("check-settled", check));
  }
  for (const [id, check] of old) {
    if (!now.has(id) && !check.ruling) found.push(of("check-settled", results.get(id) ?? check));
  }
  return found;
}

/** A source is new once, whatever becomes of the findings that cite it: when one does, and it is out. */
function sourcesByDay({ findings, sources }: Store): Map<string, Bare[]> {
  const firsts = new Map<string, string>();
  for (const { recorded, citations } of findings.values())
    for (const { source } of citations) {
      const { date = "" } = sources.get(source)?.published ?? {};
      const day = date > recorded ? date : recorded;
      if (day < (firsts.get(source) ?? always)) firsts.set(source, day);
    }
  const found = new Map<string, Bare[]>();
  for (const [source, on] of firsts) {
    const change: Bare = { kind: "source", on, id: source, findings: [], source };
    found.set(on, [...(found.get(on) ?? []), change]);
  }
  return found;
}

/** Leaves out the fields that are undefined. */
function some<T extends object>(fields: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}
