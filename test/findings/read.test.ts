import { describe, expect, it, test } from "vitest";
import { readStore } from "../../src/findings/read.ts";
import { formatProblem, sortProblems } from "../../src/problem.ts";

const vocabulary: Readonly<Record<string, string>> = {
  "sources.yaml": `
- id: paper
  file: paper.txt
  publisher: { en: The Paper, zh: 报纸 }
  title: { en: A title, zh: 标题 }
  language: zh-Hans
  published: 2025-06-03
`,
  "subjects.yaml": `
- { id: acme, kind: company, en: Acme, zh: 艾克米, region: us, fiscal-year-end: 6 }
- { id: acme-cloud, kind: segment, en: Acme Cloud, zh: 艾克米云, region: us, parent: acme }
`,
  "metrics.yaml": `
- { id: revenue, en: revenue, zh: 收入, measures: money, over: period }
- { id: revenue-growth, en: revenue growth, zh: 收入增速, measures: percent, over: period, growth-of: revenue }
`,
  "units.yaml": "- { id: users, en: { one: user, other: users }, zh: 用户 }\n",
  "schemes.yaml": "- { id: tier, en: Tier, zh: 梯队, categories: [{ id: first, en: First, zh: 第一 }] }\n",
  "sourcedeck.yaml": "products: [{ name: deck, template: deck, writer: pptx, languages: [en] }]\n",
};

const good = `source: paper
recorded: 2025-06-03
figures:
  - id: acme.revenue.2025Q1
    subject: acme
    metric: revenue
    period: 2025Q1
    value: ">301亿 CNY"
    citations: [{ line: 3, written: 301亿 }]
classes:
  - { id: acme.tier, subject: acme, scheme: tier, category: first, citations: [{ line: 1, written: 第一 }] }
events:
  - id: acme.launch
    subject: acme
    date: 2025-02
    type: launch
    what: { en: A launch, zh: 发布 }
    citations: [{ line: 2, written: 2月 }]
statements:
  - id: claim
    subjects: [acme]
    topic: cost
    text: { en: It costs., zh: 有成本。 }
    citations: [{ line: 4, written: 成本 }]
`;

function read(findings: string, others: Readonly<Record<string, string>> = {}) {
  return readStore(
    new Map(Object.entries({ ...vocabulary, "findings/a.yaml": findings, ...others })),
    "data",
  );
}

const rate = (value: string): string =>
  `- { id: r, base: USD, quote: CNY,${" ".repeat(4)}rate: ${value}, period: 2025-03, recorded: 2025-03-06, ` +
  `citations: [{ source: paper, line: 1, written: 7.26 }] }`;

function messages(findings: string, others?: Readonly<Record<string, string>>): string[] {
  return sortProblems(read(findings, others).problems).map(formatProblem);
}

describe("a data folder", () => {
  it("that is sound gives a store and no problem", () => {
    const { value, problems } = read(good);
    expect(problems).toEqual([]);
    expect([...value!.findings.keys()]).toEqual(["acme.launch", "acme.revenue.2025Q1", "acme.tier", "claim"]);
    expect(value!.findings.get("acme.revenue.2025Q1")).toMatchObject({
      kind: "figure",
      status: "reported",
      recorded: "2025-06-03",
      quantity: { bound: ">", unit: "CNY" },
      citations: [{ source: "paper", line: 3, written: "301亿" }],
      at: { file: "data/findings/a.yaml", line: 4, column: 5 },
    });
  });

  it("may give figures as JSON or in bulk as CSV", () => {
    const csv = `id,subject,metric,period,value,status,recorded,source,line,written
acme.revenue.2024,acme,revenue,2024,12亿 CNY,,2025-06-03,paper,7,12亿
`;
    const json = JSON.stringify({
      source: "paper",
      recorded: "2025-06-03",
      figures: [
        {
          id: "acme.revenue.2023",
          subject: "acme",
          metric: "revenue",
          period: 2023,
          value: "9亿 CNY",
          citations: [{ line: 8, written: "9亿" }],
        },
      ],
    });
    const { value, problems } = read(good, { "findings/b.csv": csv, "findings/c.json": json });
    expect(problems).toEqual([]);
    expect(value!.findings.get("acme.revenue.2024")).toMatchObject({
      period: { text: "2024" },
      citations: [{ line: 7, written: "12亿" }],
    });
    expect(value!.findings.get("acme.revenue.2023")).toMatchObject({ period: { text: "2023" } });
  });

  const faults: readonly (readonly [what: string, from: string | RegExp, to: string, message: string])[] = [
    [
      "broken YAML",
      "figures:\n",
      "figures: [\n",
      `data/findings/a.yaml:4:3: error: this is not YAML: an entry begins within brackets that are not closed [broken-yaml]
    found:    - id: acme.revenue.2025Q1
    expected: \`]\` or \`}\` before it`,
    ],
    [
      "an unknown field",
      "    metric: revenue\n",
      "    metric: revenue\n    subjekt: acme\n",
      `data/findings/a.yaml:7:5: error: unknown field \`subjekt\` in figures [unknown-field]
    found:    subjekt
    expected: one of id, recorded, citations, note, supersedes, withdrawn, subject, metric, period, value, status, scope, attributed
    hint:     did you mean \`subject\`?`,
    ],
    [
      "an unknown subject",
      "subject: acme\n    metric",
      "subject: acmee\n    metric",
      `data/findings/a.yaml:5:14: error: unknown subject \`acmee\` [unknown-subject]
    found:    acmee
    expected: a subject of data/subjects.yaml
    hint:     did you mean \`acme\`?`,
    ],
    [
      "an unknown metric",
      "metric: revenue\n",
      "metric: revenues\n",
      `data/findings/a.yaml:6:13: error: unknown metric \`revenues\` [unknown-metric]
    found:    revenues
    expected: a metric of data/metrics.yaml
    hint:     did you mean \`revenue\`?`,
    ],
    [
      "an unknown unit",
      ">301亿 CNY",
      "301亿 userz",
      `data/findings/a.yaml:8:12: error: unknown unit \`userz\` [unknown-unit]
    found:    userz
    expected: a currency (ISO 4217), %, pp, x, or a unit of data/units.yaml
    hint:     did you mean \`users\`?`,
    ],
    [
      "an unknown currency",
      ">301亿 CNY",
      ">301亿 CNH",
      `data/findings/a.yaml:8:12: error: unknown currency \`CNH\` [unknown-currency]
    found:    CNH
    expected: an ISO 4217 code, e.g. CNY, USD
    hint:     did you mean \`CNY\`?`,
    ],
    [
      "a unit that does not suit the metric",
      ">301亿 CNY",
      "42 %",
      `data/findings/a.yaml:8:12: error: \`revenue\` measures money, not % [wrong-unit]
    found:    %
    expected: a currency`,
    ],
    [
      "a quantity that does not parse",
      ">301亿 CNY",
      "over 301亿 CNY",
      `data/findings/a.yaml:8:12: error: this quantity cannot be read [bad-quantity]
    found:    over 301亿 CNY
    expected: [bound] number[–number] [scale] unit, e.g. \`>1.5亿 CNY\`, \`120–130亿 USD\`, \`5.36 pp\`, \`0.55 USD/1M tokens\``,
    ],
    [
      "a quantity as the source prints it",
      ">301亿 CNY",
      "30,100,000 CNY",
      `data/findings/a.yaml:8:12: error: this quantity cannot be read [bad-quantity]
    found:    30,100,000 CNY
    expected: [bound] number[–number] [scale] unit, e.g. \`>1.5亿 CNY\`, \`120–130亿 USD\`, \`5.36 pp\`, \`0.55 USD/1M tokens\`
    hint:     write \`30100000 CNY\`, without commas between thousands`,
    ],
    [
      "a period that does not exist",
      "period: 2025Q1",
      "period: 2025Q5",
      `data/findings/a.yaml:7:13: error: this period does not exist [bad-period]
    found:    2025Q5
    expected: 2025, 2025H1, 2025Q1, 2025-03, 2025-03-01, 2025-W24, FY2025, FY2026Q1, a range a..b, or @ before one of these
    hint:     a year has the quarters Q1 to Q4`,
    ],
    [
      "a finding without citation",
      "    citations: [{ line: 3, written: 301亿 }]\n",
      "",
      `data/findings/a.yaml:4:5: error: a finding without a citation [uncited]
    found:    no citation
    expected: citations: [{ source: …, line: …, written: … }]
    hint:     name the source, the line it stands in, and the figure as printed there`,
    ],
    [
      "a finding with an empty list of citations",
      "[{ line: 3, written: 301亿 }]",
      "[]",
      `data/findings/a.yaml:9:16: error: a finding without a citation [uncited]
    found:    no citation
    expected: citations: [{ source: …, line: …, written: … }]
    hint:     name the source, the line it stands in, and the figure as printed there`,
    ],
    [
      "a duplicate id",
      "id: acme.launch",
      "id: acme.revenue.2025Q1",
      `data/findings/a.yaml:13:9: error: the id \`acme.revenue.2025Q1\` is taken [duplicate-id]
    found:    acme.revenue.2025Q1
    expected: an id of its own; it was first given in data/findings/a.yaml:4`,
    ],
    [
      "an unknown source",
      "source: paper",
      "source: papr",
      `data/findings/a.yaml:9:17: error: unknown source \`papr\` [unknown-source]
    found:    papr
    expected: a source of data/sources.yaml
    hint:     did you mean \`paper\`?`,
    ],
    [
      "an unknown category",
      "category: first",
      "category: furst",
      `data/findings/a.yaml:11:61: error: unknown category \`furst\` [unknown-category]
    found:    furst
    expected: a category of data/schemes.yaml
    hint:     did you mean \`first\`?`,
    ],
    [
      "an unknown status",
      "    period: 2025Q1\n",
      "    period: 2025Q1\n    status: guess\n",
      `data/findings/a.yaml:8:13: error: \`figures.status\` cannot be read [bad-value]
    found:    guess
    expected: one of reported, estimated, forecast, run-rate, disputed`,
    ],
    [
      "a missing field",
      '    value: ">301亿 CNY"\n',
      "",
      `data/findings/a.yaml:4:5: error: missing field \`figures.value\` [missing-field]
    expected: a text of at most 60 characters`,
    ],
  ];

  it.each(faults)(
    "with %s says where, what was found, what was expected and the likely slip",
    (_, from, to, message) => {
      const broken = good.replace(from, to);
      expect(broken).not.toBe(good);
      const found = messages(broken);
      expect(found[0]).toBe(message);
      expect(read(broken).value).toBeUndefined();
    },
  );

  test("tells all of its faults at once", () => {
    const broken = good
      .replace("2025Q1\n    value", "2025Q7\n    value")
      .replace("301亿 CNY", "301亿 CNH")
      .replace("type: launch", "type: lunch");
    expect(messages(broken).map((message) => message.split("\n")[0])).toEqual([
      "data/findings/a.yaml:16:11: error: `events.type` cannot be read [bad-value]",
    ]);
    const resolved = broken
      .replace("type: lunch", "type: launch")
      .replace("category: first", "category: second");
    expect(messages(resolved).map((message) => /\[(.+)\]$/.exec(message.split("\n")[0]!)?.[1])).toEqual([
      "bad-period",
      "unknown-currency",
      "unknown-category",
    ]);
  });

  test.each([
    [
      "a trailing comma in JSON",
      { "findings/b.json": '{\n  "figures": [1,]\n}' },
      "data/findings/b.json:2:17: error: this is not JSON from here on [broken-json]\n    found:    ]\n    expected: a value",
    ],
    [
      "a key twice in JSON",
      { "findings/b.json": '{ "source": "paper",\n"source": "paper" }' },
      "data/findings/b.json:2:1: error: this is not JSON: a field stands here a second time [broken-json]",
    ],
    [
      "an empty file of findings",
      { "findings/b.yaml": "# later\n" },
      "data/findings/b.yaml:1:1: error: this is empty [empty-file]\n    expected: a map of fields",
    ],
    [
      "an empty list",
      { "units.yaml": "" },
      "data/units.yaml:1:1: error: this is empty [empty-file]\n    expected: a list; `[]` for none",
    ],
    [
      "a rate of nothing",
      { "rates.yaml": rate("0.0") },
      "data/rates.yaml:1:44: error: `rate` cannot be read [bad-value]\n    found:    0\n    expected: above 0",
    ],
    [
      "a price for no units",
      { "findings/b.yaml": good.replaceAll(/acme\.|claim/g, "b").replace(">301亿 CNY", "5 USD/0 users") },
      "data/findings/b.yaml:8:12: error: this quantity cannot be read [bad-quantity]",
    ],
    [
      "two products whose names differ in capitals",
      {
        "sourcedeck.yaml": `products:
  - { name: deck, template: deck, writer: pptx, languages: [en] }
  - { name: Deck, template: deck, writer: markdown, languages: [en] }`,
      },
      "data/sourcedeck.yaml:3:13: error: another product is called `Deck` [duplicate-product]",
    ],
    [
      "a language twice",
      { "sourcedeck.yaml": vocabulary["sourcedeck.yaml"]!.replace("[en]", "[en, zh, en]") },
      "data/sourcedeck.yaml:1:76: error: the product is made in `en` twice [duplicate-product]",
    ],
    [
      "a week that does not exist",
      { "sourcedeck.yaml": vocabulary["sourcedeck.yaml"]!.replace("[en]", "[en], week: 2025-W99") },
      "data/sourcedeck.yaml:1:79: error: there is no week `2025-W99` [no-such-week]",
    ],
    [
      "no products",
      { "sourcedeck.yaml": "products: []\n" },
      "data/sourcedeck.yaml:1:11: warning: this file names no product [no-products]",
    ],
  ])("with %s tells that alone", (_, others, message) => {
    const found = messages(good, others);
    expect(found[0]).toContain(message);
    expect(found.filter((one) => !one.includes("duplicate-id"))).toHaveLength(1);
  });

  test("without a finding is refused", () => {
    expect(messages("figures: []")).toEqual([
      "data: error: the store holds no finding [empty-store]\n    expected: at least one finding in a file of findings/",
    ]);
  });

  test("keeps numbers as they are written where it wants text, and takes them as numbers where it wants those", () => {
    const { value, problems } = read(good.replace("written: 301亿", "written: 0.30"), {
      "rates.yaml": rate("7.20"),
      "places.yaml": "- { id: there, en: There, zh: 那里, latitude: 39.90, longitude: 1.16e2 }",
      "checks.yaml": `- id: c
  growth: { from: acme.revenue.2025Q1, to: acme.revenue.2025Q1, rate: acme.revenue.2025Q1 }
  tolerance: 0.50`,
    });
    expect(problems).toEqual([]);
    const figure = value!.findings.get("acme.revenue.2025Q1");
    expect(figure?.citations[0]?.written).toBe("0.30");
    expect(value!.rates[0]?.rate).toBe("7.20");
    expect(value!.spots.get("there")).toMatchObject({ latitude: 39.9, longitude: 116 });
    expect(value!.checks[0]?.tolerance).toBe(0.5);
  });

  test("with files that could not be read does not miss them, nor what they would have declared", () => {
    const { "subjects.yaml": _, ...others } = vocabulary;
    const files = new Map(Object.entries({ ...others, "findings/a.yaml": good }));
    expect(readStore(files, "data", ["subjects.yaml"]).problems).toEqual([]);
    expect(readStore(files, "data").problems[0]?.code).toBe("missing-file");
  });

  test("with a broken file of findings does not blame the rulings that name them", () => {
    const ruling = `- { id: r, between: [b, c], use: b, why: { en: So, zh: 是 }, by: me, on: 2025-06-03 }`;
    const found = messages(good, { "rulings.yaml": ruling, "findings/b.yaml": "figures: [" });
    expect(found.map((message) => message.split(":")[0])).toEqual(["data/findings/b.yaml"]);
  });

  test("with a broken vocabulary file does not blame the findings that use it", () => {
    expect(
      messages(good, { "subjects.yaml": "- { id: acme, kind: [ }" }).every((message) =>
        message.startsWith("data/subjects.yaml"),
      ),
    ).toBe(true);
  });

  test("with a bomb of aliases, bottomless nesting or a circle of parents is refused", () => {
    const bomb = [
      "a: &a [x, x, x, x, x, x, x, x, x]",
      ..."bcdefgh"
        .split("")
        .map((key, index) => `${key}: &${key} [${Array(9).fill(`*${"abcdefgh"[index]}`).join(", ")}]`),
    ].join("\n");
    expect(messages(bomb)[0]).toContain("nests or repeats itself too deeply");
    for (const deep of ["[".repeat(5000), "- ".repeat(5000), `${"[".repeat(3000)}${"]".repeat(3000)}`])
      expect(messages(deep)).toEqual([
        expect.stringMatching(
          /^data\/findings\/a\.yaml: error: this file nests or repeats itself too deeply/,
        ),
      ]);
    expect(messages(`figures: ${"[".repeat(60)}${"]".repeat(60)}`)[0]).toContain(
      "nests or repeats itself too deeply",
    );
    const circle = vocabulary["subjects.yaml"]!.replace(
      "region: us, fiscal",
      "region: us, parent: acme-cloud, fiscal",
    );
    expect(messages(good, { "subjects.yaml": circle })[0]).toContain("is its own ancestor");
  });

  test("gives up controls, lone surrogates, private-use and direction-turning characters, and keeps the rest", () => {
    const dirty = `A\\u0000\\u0007\\uE000\\u202E & <b> | *x* _y_ 😀 e\\u0301`;
    const { value } = read(good.replace("en: A launch", `en: "${dirty}"`));
    expect(value!.findings.get("acme.launch")).toMatchObject({ what: { en: "A & <b> | *x* _y_ 😀 é" } });
  });
});

describe("a correction", () => {
  const correction = (
    recorded: string,
    more = "",
    id = "acme.revenue.2025Q1.restated",
  ): string => `source: paper
recorded: ${recorded}
figures:
  - id: ${id}
    subject: ${more.includes("acme-cloud") ? "acme-cloud" : "acme"}
    metric: revenue
    period: 2025Q1
    value: 299亿 CNY
    supersedes: { finding: acme.revenue.2025Q1, why: { en: Restated., zh: 重述。 } }
    citations: [{ line: 9, written: 299亿 }]
${more.includes("withdrawn") ? `    ${more}` : ""}`;
  const codes = (...files: readonly string[]): string[] =>
    read(
      good,
      Object.fromEntries(files.map((file, index) => [`findings/b${index}.yaml`, file])),
    ).problems.map(({ code }) => code);

  it("of a later day takes the place of the finding that it names", () => {
    expect(codes(correction("2025-06-10"))).toEqual([]);
  });

  it.each([
    ["of the same day", correction("2025-06-03"), "superseded-too-soon"],
    [
      "of what nobody knows",
      correction("2025-06-10").replace("finding: acme", "finding: acne"),
      "unknown-finding",
    ],
    ["of another company's figure", correction("2025-06-10", "acme-cloud"), "supersedes-another"],
    [
      "that is withdrawn before it came",
      correction("2025-06-10", "withdrawn: { on: 2025-06-10, why: { en: No., zh: 否。 } }"),
      "withdrawn-too-soon",
    ],
  ])("%s is refused", (_, file, code) => {
    expect(codes(file)).toEqual([code]);
  });

  it("of a finding that was corrected already is refused, and the latest one named", () => {
    const twice = messages(good, {
      "findings/b.yaml": correction("2025-06-10"),
      "findings/c.yaml": correction("2025-06-11", "", "acme.revenue.2025Q1.again"),
    });
    expect(twice).toEqual([
      `data/findings/c.yaml:4:5: error: \`acme.revenue.2025Q1\` is superseded already [superseded-twice]
    found:    acme.revenue.2025Q1
    expected: \`acme.revenue.2025Q1.restated\`, which superseded it, or another finding
    hint:     correct the latest one of a chain`,
    ]);
  });
});
