import { describe, expect, it } from "vitest";
import { type Coverage, checkSources, checkWritten } from "../../src/evidence/citations.ts";
import { parsePeriod } from "../../src/findings/period.ts";
import type {
  Citation,
  Dismissal,
  EventFinding,
  FigureFinding,
  Metric,
  Rate,
  Store,
} from "../../src/findings/store.ts";
import type { Memory } from "../../src/memory.ts";
import { formatProblem } from "../../src/problem.ts";
import { finding, store, usdCny } from "../sample.ts";

const at = { file: "data/findings/sample.yaml", line: 1, column: 1 };

/** A figure that cites a line, or several. */
function figure(
  id: string,
  value: string,
  cited: Readonly<Record<number, string>>,
  more: Parameters<typeof finding>[2] = {},
): FigureFinding {
  const citations = Object.entries(cited).map(
    ([line, written]): Citation => ({ source: "paper", line: Number(line), written }),
  );
  return { ...finding(id, value, more), citations };
}

const launch: EventFinding = {
  kind: "event",
  id: "launch",
  subject: "acme",
  date: parsePeriod("2025-02-10")!,
  type: "launch",
  what: { en: "Launches", zh: "发布" },
  recorded: "2025-06-03",
  citations: [{ source: "paper", line: 3, written: "发布" }],
  at,
};

const metrics: readonly Metric[] = (
  [
    ["revenue", "money"],
    ["growth", "percent"],
    ["price", "price"],
  ] as const
).map(([id, measures]) => ({ id, name: { en: id, zh: id }, measures, over: "period", at }));

const dismissed = (line: number, written: string): Dismissal => ({
  source: "paper",
  line,
  written,
  why: "no figure",
  at: { file: "data/dismissed.yaml", line: 1, column: 3 },
});

const clean: readonly FigureFinding[] = [
  figure("revenue", "301亿 CNY", { 1: "301亿元" }),
  figure("growth", "18 %", { 1: "18%" }, { metric: "growth" }),
  figure("run-rate", ">1.5亿 USD", { 2: "超过1.5亿美元", 4: "1.5亿美元" }),
];
const text = [
  "2025年Q1，云收入301亿元，同比增长18%，接入GPT-4与R1。",
  "年化收入超过1.5亿美元，九家公司里第一。",
  "2月10日发布，5G、H100除外。",
  "年化收入1.5亿美元，作者26岁。",
].join("\n");
const dismissals = [dismissed(4, "26岁")];

function stored(figures: readonly FigureFinding[], waved: readonly Dismissal[] = dismissals) {
  return {
    ...store([...figures, launch], { rates: [] }),
    metrics: new Map(metrics.map((metric) => [metric.id, metric])),
    dismissals: waved,
  };
}

function ofSources(
  figures: readonly FigureFinding[],
  page = text,
  waved: readonly Dismissal[] = dismissals,
): { readonly problems: string[]; readonly coverage: readonly Coverage[] } {
  const { problems, coverage } = checkSources(
    stored(figures, waved),
    new Map([["paper.txt", page]]),
    "sources",
  );
  return { problems: problems.map(formatProblem), coverage };
}

const instead = (id: string, other: FigureFinding): FigureFinding[] =>
  clean.map((one) => (one.id === id ? other : one));

describe("figures that agreed before", () => {
  const kept = new Map<string, Uint8Array>();
  const looked: string[] = [];
  const memory: Memory = {
    get: (key) => kept.get(key),
    put: (key, bytes) => {
      looked.push(key);
      kept.set(key, bytes);
    },
  };
  const told = (figures: readonly FigureFinding[], more: Partial<Store> = {}): string[] =>
    checkWritten({ ...stored(figures), ...more }, memory).map(formatProblem);

  it("are not held to what they cite again, and one that changed is", () => {
    expect(told(clean)).toEqual([]);
    expect(looked).toHaveLength(1);
    expect(told(clean)).toEqual([]);
    expect(looked).toHaveLength(1);
    const wrong = instead("revenue", figure("revenue", "302亿 CNY", { 1: "301亿元" }));
    const anew = checkWritten(stored(wrong)).map(formatProblem);
    expect(anew).toHaveLength(1);
    expect(told(wrong)).toEqual(anew);
    expect(told(wrong)).toEqual(anew);
    expect(told(clean)).toEqual([]);
    expect(looked).toHaveLength(1);
  });

  it("are held to it again when what the reading hangs on is another", () => {
    const dollars = [...store([]).sources.values()].map((source) => ({ ...source, currency: "USD" }));
    const sources = new Map(dollars.map((source) => [source.id, source]));
    const bare = [figure("revenue", "301亿 CNY", { 1: "301亿" })];
    expect(told(bare)).toEqual([]);
    const anew = checkWritten({ ...stored(bare), sources }).map(formatProblem);
    expect(anew).toHaveLength(1);
    expect(told(bare, { sources })).toEqual(anew);
  });
});

describe("a figure that was looked at before", () => {
  const told = (one: Store): string[] => checkWritten(one).map(({ code }) => code);
  const bare = [figure("revenue", "301亿 CNY", { 1: "301亿" })];
  const one = stored(bare);
  const sources = new Map([...one.sources].map(([id, source]) => [id, { ...source, currency: "USD" }]));

  it("is looked at again when what the reading hangs on is another", () => {
    expect(told(one)).toEqual([]);
    expect(told({ ...one, sources })).toEqual(["not-as-written"]);
    expect(told(one)).toEqual([]);
  });

  it("is told each time when something is wrong with it", () => {
    expect(told({ ...one, sources })).toEqual(["not-as-written"]);
    expect(told({ ...one, sources })).toEqual(["not-as-written"]);
  });

  it("is read by the words of whatever is counted per in the store", () => {
    const at = { file: "data/units.yaml", line: 1, column: 1 };
    const cups = { id: "cups", en: { one: "cup", other: "cups" }, zh: "杯", ordinal: false, at };
    const price = { ...figure("price", "10 CNY", { 1: "每杯10元" }, { metric: "price" }) };
    const perCup = { ...price, quantity: { ...price.quantity, unit: "CNY/cups" } };
    const units = new Map([[cups.id, cups]]);
    const bottles = new Map([[cups.id, { ...cups, zh: "瓶" }]]);
    const found = (of: Store["units"]): string[] => told({ ...stored([perCup]), units: of });
    expect(found(units)).toEqual([]);
    expect(found(bottles)).toEqual(["not-wholly-written"]);
    expect(found(units)).toEqual([]);
  });
});

describe("a clean store", () => {
  it("agrees with what it cites, and every number of its source is read", () => {
    expect(checkWritten(stored(clean))).toEqual([]);
    expect(ofSources(clean)).toEqual({
      problems: [],
      coverage: [{ source: "paper", numbers: 7, cited: 6, dismissed: 1, unread: 0 }],
    });
  });
});

describe("a rate of exchange", () => {
  const told = (rate: string, written: readonly string[], more: Partial<Rate> = {}): string[] => {
    const citations = written.map((one): Citation => ({ source: "paper", line: 1, written: one }));
    const rates = [{ ...usdCny, rate, citations, ...more }];
    return checkWritten({ ...stored([]), rates }).map(({ code, severity }) => `${severity}: ${code}`);
  };
  const refused = ["error: rate-not-as-written"];

  it.each([
    ["7.26", ["7.26"]],
    ["7.2", ["1美元兑7.2元人民币"]],
    ["7.20", ["USD 1 = CNY 7.2"]],
    ["7.26", ["50亿美元", "363亿元"]],
    ["7.3", ["50亿美元", "363亿元"]],
    ["7.2", ["1元人民币兑0.1389美元"]],
  ])("of %s agrees with %j", (rate, written) => {
    expect(told(rate, written)).toEqual([]);
  });

  it.each([
    ["8.2", ["1美元兑7.2元人民币"]],
    ["7.27", ["50亿美元", "363亿元"]],
    ["0.1377", ["50亿美元", "363亿元"]],
    ["7.2", ["7.2%"]],
    ["7.2", ["7–7.2元"]],
    ["7.2", ["人民币"]],
  ])("of %s does not agree with %j", (rate, written) => {
    expect(told(rate, written)).toEqual(refused);
  });

  it("that agreed before is held to what it cites again when anything of it is another", () => {
    const kept = new Map<string, Uint8Array>();
    const memory: Memory = { get: (key) => kept.get(key), put: (key, bytes) => void kept.set(key, bytes) };
    const codes = (more: Partial<Rate>): string[] => {
      const citations = [{ source: "paper", line: 1, written: "1美元兑7.2元人民币" }];
      const rates = [{ ...usdCny, rate: "7.2", citations, ...more }];
      return checkWritten({ ...stored([]), rates }, memory).map(({ code }) => code);
    };
    expect(codes({})).toEqual([]);
    expect(codes({})).toEqual([]);
    const printed = { source: "paper", line: 1, written: "1美元兑7.1元人民币" };
    for (const more of [{ rate: "7.3" }, { quote: "JPY" }, { citations: [printed] }])
      for (const again of [1, 2]) expect([again, codes(more)]).toEqual([again, ["rate-not-as-written"]]);
    expect(codes({})).toEqual([]);
  });

  it("that says how it follows from what is printed is told, and used", () => {
    expect(told("7.27", ["363亿元"], { derivation: "as told by hand" })).toEqual([
      "warning: rate-not-as-written",
    ]);
  });
});

describe("a value", () => {
  it.each([
    [
      "that loses a digit",
      figure("revenue", "31亿 CNY", { 1: "301亿元" }),
      "`revenue` says 31亿 CNY where 301亿元 is written",
      "301亿元 (paper line 1): it prints another number",
    ],
    [
      "in another currency",
      figure("revenue", "301亿 USD", { 1: "301亿元" }),
      "`revenue` says 301亿 USD where 301亿元 is written",
      "it prints another currency",
    ],
    [
      "in points for per cent",
      figure("growth", "18 pp", { 1: "18%" }, { metric: "growth" }),
      "`growth` says 18 pp where 18% is written",
      "it prints another kind of number",
    ],
    [
      "that loses its bound",
      figure("run-rate", "1.5亿 USD", { 2: "超过1.5亿美元" }),
      "`run-rate` says 1.5亿 USD where 超过1.5亿美元 is written",
      "it prints another bound",
    ],
    [
      "that disagrees with its second citation",
      figure("revenue", "301亿 CNY", { 1: "301亿元", 2: "310亿元" }),
      "`revenue` says 301亿 CNY where 310亿元 is written",
      "310亿元 (paper line 2)",
    ],
    [
      "that invents a bound",
      figure("revenue", ">301亿 CNY", { 1: "301亿元" }),
      "`revenue` says over 301亿 CNY, but no citation of it prints its bound",
      "[not-wholly-written]",
    ],
    [
      "that invents digits",
      figure("revenue", "301.2亿 CNY", { 1: "301亿元" }),
      "but no citation of it prints its last digits",
      "[not-wholly-written]",
    ],
    [
      "that invents what it is paid per",
      figure("price", "20 USD/month", { 1: "20美元" }, { metric: "price" }),
      "but no citation of it prints its denominator",
      "[not-wholly-written]",
    ],
    [
      "of which nothing is printed",
      figure("revenue", "301亿 CNY", { 1: "创历史新高" }),
      "warning: no number can be read in a citation of `revenue`",
      "创历史新高 (paper line 1)",
    ],
  ])("%s is a problem", (_, wrong, ...said) => {
    const problems = checkWritten(stored([wrong])).map(formatProblem);
    expect(problems).toHaveLength(1);
    for (const words of said) expect(problems[0]).toContain(words);
  });

  it("may be rounded by one source when another prints it in full", () => {
    expect(checkWritten(stored([figure("rd", "189.1亿 CNY", { 1: "189亿", 2: "189.1亿元" })]))).toEqual([]);
  });
});

describe("a citation", () => {
  const faults: readonly (readonly [what: string, wrong: FigureFinding, ...said: string[]])[] = [
    [
      "of another line",
      figure("revenue", "301亿 CNY", { 2: "301亿元" }),
      "error: what `revenue` cites does not stand in line 2 of `paper`",
      "hint:     it stands in line 1",
    ],
    [
      "of a part of a longer number",
      figure("growth", "8 %", { 1: "8%" }, { metric: "growth" }),
      "error: what `growth` cites does not stand in line 1 of `paper`",
      "only as a part of a longer number",
    ],
    [
      "of words that stand nowhere",
      figure("growth", "18 %", { 1: "增长约18%" }, { metric: "growth" }),
      "expected: characters of that line, as printed",
    ],
    [
      "of no line",
      figure("revenue", "301亿 CNY", { 9: "301亿元" }),
      "error: `revenue` names line 9 of `paper`, which has 4 lines [no-such-line]",
      "expected: a line from 1 to 4",
    ],
    [
      "that leaves out the bound",
      figure("run-rate", "1.5亿 USD", { 2: "1.5亿美元", 4: "1.5亿美元" }),
      "error: a citation of `run-rate` leaves out what belongs to its number [clipped-written]",
      "expected: 超过1.5亿美元",
    ],
    [
      "that leaves out the currency",
      figure("run-rate", ">1.5亿 CNY", { 2: "超过1.5亿", 4: "1.5亿美元" }),
      "[clipped-written]",
      "expected: 超过1.5亿美元",
    ],
  ];

  it.each(faults.map(([what, wrong, ...said]) => ({ what, wrong, said })))(
    "$what is a problem",
    ({ wrong, said }) => {
      const { problems } = ofSources(instead(wrong.id, wrong));
      expect(problems.length).toBeGreaterThan(0);
      for (const words of said) expect(problems.join("\n")).toContain(words);
    },
  );

  it("of a rate is looked up too", () => {
    const { problems } = checkSources(
      { ...store([], { rates: [usdCny] }) },
      new Map([["paper.txt", "7.26"]]),
      "sources",
    );
    expect(problems.map(formatProblem).join()).toContain(
      "rate `usd-cny.2025-03` names line 20 of `paper`, which has 1",
    );
  });

  it("of a source without its text is told once for the source", () => {
    const { problems, coverage } = checkSources(stored(clean), new Map(), "sources");
    expect(problems).toMatchObject([
      { code: "missing-text", expected: expect.stringContaining("`paper.txt`") },
    ]);
    expect(coverage).toEqual([]);
  });
});

describe("a number of a source", () => {
  it("that no finding cites is told with its place and what stands around it", () => {
    const { problems, coverage } = ofSources(
      clean,
      `${text}\n毛利率则由上年的两成升至约35.5%，连续三个季度改善。`,
    );
    expect(problems.map((problem) => problem.split("\n").slice(0, 2))).toEqual([
      [
        "sources/paper.txt:5:9: warning: no finding cites a number in `paper` [unread-number]",
        "    found:    毛利率则由上年的两成升至约35.5%，连",
      ],
      [
        "sources/paper.txt:5:14: warning: no finding cites a number in `paper` [unread-number]",
        "    found:    上年的两成升至约35.5%，连续三个季度",
      ],
      [
        "sources/paper.txt:5:22: warning: no finding cites a number in `paper` [unread-number]",
        "    found:    约35.5%，连续三个季度改善。",
      ],
    ]);
    expect(coverage[0]).toMatchObject({ numbers: 10, cited: 6, unread: 3 });
  });

  it("is not read where only a part of it is cited", () => {
    expect(ofSources(clean, text.replace("18%", "118%")).problems.join("\n")).toContain("[unread-number]");
  });

  it("that is a date is read where it is that of a finding which cites the line", () => {
    expect(ofSources(clean, text.replace("2月10日", "2月11日")).problems.join("\n")).toContain(
      "sources/paper.txt:3:1: warning: no finding cites a number",
    );
  });
});

describe("a dismissal", () => {
  it.each([
    ["that does not stand in its line", dismissed(1, "26岁"), "it does not stand in that line"],
    ["of a line that is not there", dismissed(9, "26岁"), "there is no such line"],
    ["of what a finding cites", dismissed(1, "18%"), "a finding cites it"],
    ["of what is no number", dismissed(3, "5G"), "it holds no number"],
  ])("%s is idle", (_, idle, because) => {
    const { problems } = ofSources(clean, text, [...dismissals, idle]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(
      `the dismissal of \`${idle.written}\` dismisses nothing: ${because} [idle-dismissal]`,
    );
  });
});
