/** Small findings and stores for tests, made from the same texts that data files hold. */
import type { Evidence } from "../src/evidence/evidence.ts";
import type { Figure } from "../src/evidence/figure.ts";
import { judge } from "../src/evidence/judge.ts";
import { parsePeriod } from "../src/findings/period.ts";
import { isFault, parseQuantity } from "../src/findings/quantity.ts";
import type { FigureFinding, Finding, Rate, Ruling, Status, Store, Subject } from "../src/findings/store.ts";

const at = { file: "data/findings/sample.yaml", line: 1, column: 1 };

export function finding(
  id: string,
  value: string,
  more: {
    subject?: string;
    metric?: string;
    period?: string;
    status?: Status;
    scope?: string;
    recorded?: string;
    line?: number;
    note?: { en: string; zh: string };
  } = {},
): FigureFinding {
  const quantity = parseQuantity(value, new Set(["users", "tokens", "months"]));
  const period = parsePeriod(more.period ?? "2025Q1");
  if (isFault(quantity) || !period) throw new Error(`${id}: ${value} ${more.period}`);
  return {
    kind: "figure",
    id,
    subject: more.subject ?? "acme",
    metric: more.metric ?? "revenue",
    period,
    quantity,
    status: more.status ?? "reported",
    recorded: more.recorded ?? "2025-06-03",
    citations: [{ source: "paper", line: more.line ?? 1, written: value }],
    ...(more.scope === undefined ? {} : { scope: more.scope }),
    ...(more.note === undefined ? {} : { note: more.note }),
    at,
  };
}

export function subject(id: string, region: Subject["region"], name = id): Subject {
  return { id, kind: "company", name: { en: name, zh: name }, aliases: [], region, fiscalYearEnd: 12, at };
}

export const usdCny: Rate = {
  id: "usd-cny.2025-03",
  base: "USD",
  quote: "CNY",
  rate: "7.26",
  period: parsePeriod("2025-03")!,
  recorded: "2025-03-06",
  citations: [{ source: "paper", line: 20, written: "7.26" }],
  at,
};

export function store(
  findings: readonly Finding[],
  more: { rulings?: readonly Ruling[]; rates?: readonly Rate[] } = {},
): Store {
  return {
    sources: new Map([
      [
        "paper",
        {
          id: "paper",
          file: "paper.txt",
          publisher: { en: "The Paper", zh: "报纸" },
          title: { en: "A title", zh: "标题" },
          language: "zh-Hans",
          currency: "CNY",
          published: { date: "2025-06-03", certain: true },
          at,
        },
      ],
    ]),
    subjects: new Map([
      ["acme", subject("acme", "us", "Acme")],
      ["long", subject("long", "cn", "Long")],
    ]),
    metrics: new Map(
      (["revenue", "capex"] as const).map((id) => [
        id,
        { id, name: { en: id, zh: id }, measures: "money", over: "period", at },
      ]),
    ),
    units: new Map([
      ["users", { id: "users", en: { one: "user", other: "users" }, zh: "用户", ordinal: false, at }],
      ["rank", { id: "rank", en: { one: "th", other: "th" }, zh: "名", ordinal: true, at }],
      ["images", { id: "images", en: { one: "image", other: "images" }, zh: "张图片", ordinal: false, at }],
    ]),
    schemes: new Map(),
    spots: new Map(),
    scopes: new Map(),
    rates: more.rates ?? [usdCny],
    findings: new Map(findings.map((entry) => [entry.id, entry])),
    rulings: more.rulings ?? [],
    checks: [],
    dismissals: [],
    derived: new Map(),
    products: [],
    helpers: [],
  };
}

export function evidenceOf(...findings: readonly FigureFinding[]): Evidence {
  return judge(store(findings)).value;
}

/** One figure on its own. */
export function figure(id: string, value: string, more?: Parameters<typeof finding>[2]): Figure {
  return evidenceOf(finding(id, value, more)).figures.get(id)!;
}
