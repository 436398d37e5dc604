/** What helpers and loops print. */

import fc from "fast-check";
import Handlebars from "handlebars";
import { describe, expect, it, test } from "vitest";
import { judge } from "../../src/evidence/judge.ts";
import type { Ruling } from "../../src/findings/store.ts";
import { formatPlace } from "../../src/problem.ts";
import { fillText } from "../../src/templates/engine.ts";
import { helpers } from "../../src/templates/helpers.ts";
import { finding } from "../sample.ts";
import { blocksOf, evidenceOf, library, make, options, printed } from "./sample.ts";

/** One or more examples of every helper: what is written, and what it prints. */
const examples: Readonly<Record<string, readonly (readonly [body: string, prints: string])[]>> = {
  fig: [
    ['{{fig "long.revenue.2025Q1"}}', "[fig CNY 30.1bn]"],
    ['{{fig "acme.revenue.2025Q1" in="CNY" digits=2}}', "[fig CNY 21.78bn]"],
    ['{{fig "long.capex.2025Q1" bounds="signs" mark=false}}', "[fig >CNY 6bn unmarked]"],
    ['{{fig "long.revenue.2025Q1" bare=true scale="m"}}', "[fig 30,100]"],
    ['{{fig (sum "acme.revenue.2024Q1" "acme.revenue.2025Q1")}}', "[fig USD 5bn]"],
  ],
  ratio: [
    ['{{ratio "acme.revenue.2025Q1" "acme.revenue.2024Q1" digits=1}}', "[fig 1.5×]"],
    ['{{ratio "acme.revenue.2025Q1" "long.revenue.2025Q1" in="CNY" digits=2}}', "[fig 0.72×]"],
  ],
  change: [['{{change "acme.revenue.2024Q1" "acme.revenue.2025Q1" sign=true digits=0}}', "[fig +50%]"]],
  difference: [['{{difference "acme.revenue.2025Q1" "acme.revenue.2024Q1"}}', "[fig USD 1bn]"]],
  sum: [['{{sum "acme.revenue.2024Q1" "acme.revenue.2025Q1"}}', "[fig USD 5bn]"]],
  share: [['{{share "acme.revenue.2024Q1" "acme.revenue.2025Q1" digits=0}}', "[fig 67%]"]],
  cagr: [['{{cagr "acme.revenue.2024Q1" "acme.revenue.2025Q1" digits=0}}', "[fig 50%]"]],
  rate: [['{{rate "usd-cny.2025-03"}}', "[name USD 1 = CNY 7.26 (Mar 2025)]"]],
  lit: [
    ['{{lit "5"}}', "[literal 5]"],
    ["{{lit 5}}", "[literal 5]"],
  ],
  name: [['{{name "acme"}}', "[name Acme]"]],
  period: [['{{period "2025Q1"}}', "[period Q1 2025]"]],
  metric: [['{{metric "revenue"}}', "[name revenue]"]],
  category: [['{{category "tier" "first"}}', "[name First tier]"]],
  say: [['{{say "hard-to-earn"}}', "[name Earning is *hard*.]"]],
  what: [['{{what "long.move"}}', "[name Moves with ][fig CNY 30.1bn][name  to GPT-4]"]],
  t: [
    ['{{t "cover.kicker"}}', "A *bright* day"],
    ['{{{t "cover.kicker"}}}', "A <emphasis bright> day"],
  ],
  week: [
    ["{{week}}", "[period 2025-W32]"],
    ["{{week days=true}}", "[period 4–10 Aug 2025]"],
  ],
  date: [["{{date}}", "[period 7 Aug 2025]"]],
  is: [['{{#figures limit=1}}{{#if (is region "us")}}US{{/if}}{{/figures}}', "US"]],
  count: [
    ['{{count "figures" subject="long"}}', "[literal 2]"],
    ['{{count "sources" recorded="week"}}', "[literal 1]"],
    ['{{#if (count "events" type="launch" subject="long")}}some{{else}}none{{/if}}', "none"],
  ],
  figures: [
    [
      '{{#figures metric="revenue" period="2025-01..2025-03" sort="-value"}}{{subject}} {{/figures}}',
      "[name Long] [name Acme]",
    ],
    [
      '{{#figures status="forecast"}}{{metric}} {{figure}} {{status}} {{scope}}{{/figures}}',
      "[name capex] [fig over CNY 6bn] [name forecast] [name AI only]",
    ],
    ['{{#figures recorded="week"}}{{fig id in="CNY" mark=false}}{{/figures}}', "[fig CNY 21.8bn unmarked]"],
    [
      '{{#figures region="cn,us" limit=2 sort="id"}}{{#unless @first}}; {{/unless}}{{period}}{{/figures}}',
      "[period Q1 2024]; [period Q1 2025]",
    ],
    ['{{#figures subject="long" metric="revenue" period="2024"}}x{{else}}none{{/figures}}', "none"],
  ],
  classes: [
    [
      '{{#classes scheme="tier"}}{{category}}: {{subject}} {{/classes}}',
      "[name First tier]: [name Acme] [name Second tier]: [name Long]",
    ],
  ],
  events: [
    [
      '{{#events sort="-date"}}{{date}} {{subject}} {{/events}}',
      "[period Jun 2025] [name Long] [period 3 Feb 2025] [name Acme]",
    ],
    [
      '{{#events from="china" period="2025H1"}}{{from}} to {{to}}{{/events}}',
      "[name CHINA] to [name SINGAPORE]",
    ],
  ],
  route: [
    ['{{route "china" "singapore"}}', "[route CHINA → SINGAPORE]"],
    ['{{#events type="relocation"}}{{route from to}}{{/events}}', "[route CHINA → SINGAPORE]"],
    ['{{route "china"}}', "[route CHINA]"],
  ],
  statements: [
    [
      '{{#statements topic="profitability"}}{{topic}}: {{text}} {{subjects}}{{/statements}}',
      "[name Profit]: [name Earning is *hard*.] [name Long], [name Acme]",
    ],
  ],
  conflicts: [["{{#conflicts}}x{{else}}none{{/conflicts}}", "none"]],
  checks: [["{{#checks}}x{{else}}none{{/checks}}", "none"]],
  changes: [
    [
      '{{#changes what="figure"}}{{on}} {{subject}}: {{before}} → {{figure}} ({{difference}}){{/changes}}',
      "[period 5 Aug 2025] [name Acme]: [fig USD 2bn] → [fig USD 3bn] ([fig +50%])",
    ],
    [
      '{{#changes what="event" since="2025-06"}}{{what}}: {{text}}{{/changes}}',
      "[name event]: [name Launches R1]",
    ],
    ['{{count "changes" moved=true}}', "[literal 1]"],
  ],
  forecasts: [
    [
      "{{#forecasts}}{{due}}: {{subject}} {{figure}}{{#if overdue}}, overdue{{/if}}{{/forecasts}}",
      "[period 31 Mar 2025]: [name Long] [fig over CNY 6bn], overdue",
    ],
  ],
  subjects: [
    [
      '{{#subjects recorded="week"}}{{name}}: {{#figures period="2025Q1"}}{{figure}}{{/figures}}{{/subjects}}',
      "[name Acme]: [fig USD 3bn]",
    ],
  ],
  sources: [
    [
      "{{#sources}}{{publisher}}, {{title}}, {{published}}{{/sources}}",
      "[name The Paper], [name A title], [period 3 Jun 2025]",
    ],
  ],
  if: [["{{#if false}}a{{else if true}}b{{else}}c{{/if}}", "b"]],
  unless: [["{{#unless false}}a{{/unless}}", "a"]],
  each: [
    [
      "{{#statements}}{{#each subjects}}{{@index}}{{this}}{{/each}}{{/statements}}",
      "[literal 0][name Long][literal 1][name Acme]",
    ],
  ],
  with: [["{{#figures limit=1}}{{#with figure as |f|}}{{f}}{{/with}}{{/figures}}", "[fig USD 2bn]"]],
};

test("every helper has an example here", () => {
  expect(Object.keys(examples).sort()).toEqual([...helpers.keys()].sort());
});

describe.each(Object.entries(examples))("%s", (_, all) => {
  it.each(all)("%s", (body, prints) => {
    expect(printed(body).trim()).toBe(prints);
  });
});

test("a document in Chinese prints Chinese", () => {
  const body = '{{fig "long.revenue.2025Q1"}} {{period "2025Q1"}} {{what "long.move"}} {{t "cover.kicker"}}';
  expect(printed(body, { options: { language: "zh" }, files: { "deck.zh.md.hbs": "" } })).toBe(
    "[fig 301亿元] [period 2025年一季度] [name 带着][fig 301亿元][name 搬迁] 晴",
  );
});

test("subjects come by the names that are printed, not by their ids", () => {
  const evidence = evidenceOf();
  const acme = evidence.store.subjects.get("acme")!;
  const subjects = new Map([
    ...evidence.store.subjects,
    ["acme", { ...acme, name: { en: "zeta", zh: "甲" } }],
  ]);
  const renamed = { ...evidence, store: { ...evidence.store, subjects } };
  const listed = (sort: string): string =>
    printed(`{{#subjects${sort}}}{{name}}{{/subjects}}`, { evidence: renamed });
  expect(listed("")).toBe("[name Long][name zeta]");
  expect(listed(' sort="-name"')).toBe("[name zeta][name Long]");
  expect(listed(' sort="id"')).toBe("[name zeta][name Long]");
});

describe("findings that contradict each other", () => {
  const rival = finding("long.revenue.2025Q1.rival", "250亿 CNY", { subject: "long" });
  const ruling: Ruling = {
    id: "r",
    between: ["long.revenue.2025Q1", rival.id],
    use: "long.revenue.2025Q1",
    why: { en: "Audited.", zh: "经审计。" },
    by: "An analyst",
    on: "2025-08-06",
    at: { file: "data/rulings.yaml", line: 1 },
  };
  const evidence = evidenceOf([rival], [ruling]);

  it("are told by `conflicts`, with the ruling", () => {
    const body =
      "{{#conflicts}}{{#each findings}}{{figure}} {{/each}}{{used}} {{why}} {{by}} {{on}}{{/conflicts}}";
    expect(printed(body, { evidence })).toBe(
      "[fig CNY 30.1bn] [fig CNY 25bn] [fig CNY 30.1bn] [name Audited.] [name An analyst] [period 6 Aug 2025]",
    );
  });

  it("are left out of `figures` when set aside", () => {
    const body = '{{#figures subject="long" metric="revenue"}}{{figure}}{{/figures}}';
    expect(printed(body, { evidence })).toBe("[fig CNY 30.1bn]");
    expect(printed(body, { evidence: evidenceOf([rival]) })).toBe("[fig CNY 30.1bn][fig CNY 25bn]");
  });
});

describe("checks that do not hold", () => {
  const ruling: Ruling = {
    id: "s",
    between: [],
    check: "c",
    use: "acme.revenue.2024Q1",
    why: { en: "Restated.", zh: "已重述。" },
    by: "An analyst",
    on: "2025-08-06",
    at: { file: "data/rulings.yaml", line: 1 },
  };
  const arithmetic = { kind: "part", part: "acme.revenue.2025Q1", whole: "acme.revenue.2024Q1" } as const;
  const { store } = evidenceOf();
  const checks = [{ id: "c", arithmetic, tolerance: 0, at: { file: "data/checks.yaml" } }];
  const evidence = judge({ ...store, checks, rulings: [ruling] }).value;
  const body =
    "{{#checks failed=true}}{{kind}}: {{arithmetic}}; {{doubted}} {{why}} {{by}} {{on}}{{else}}none{{/checks}}";

  it("are told by `checks` in the document's language, with the ruling", () => {
    expect(printed(body, { evidence })).toBe(
      "[name part]: [name USD 3bn, expected no more than USD 2bn]; [fig USD 2bn] [name Restated.] [name An analyst] [period 6 Aug 2025]",
    );
    const chinese = { options: { language: "zh" }, files: { "deck.zh.md.hbs": "" } } as const;
    expect(printed(body, { evidence, ...chinese })).toContain("[name 30亿美元，应不高于20亿美元]");
  });

  it("leave the finding in doubt disputed, and are found by subject and by whether they are settled", () => {
    const disputed = '{{#figures status="disputed"}}{{figure}} {{status}}{{/figures}}';
    expect(printed(disputed, { evidence })).toBe("[fig USD 2bn] [name disputed]");
    expect(printed('{{count "checks" subject="acme" settled=true}}', { evidence })).toBe("[literal 1]");
    expect(printed('{{count "checks" subject="long"}}', { evidence })).toBe("[literal 0]");
  });
});

test("a string of a chart is filled as plain text, with the figures it shows", () => {
  const { value, problems } = fillText(
    library({}),
    '{{t "topic.profitability"}}: {{name "acme"}} at {{fig "acme.revenue.2025Q1"}}',
    { file: "templates/charts/a.vl.json", line: 3 },
    evidenceOf(),
    options,
  );
  expect(problems).toEqual([]);
  expect(value?.text).toBe("Profit: Acme at USD 3bn");
  expect(value?.figures.map((figure) => figure.id)).toEqual(["acme.revenue.2025Q1"]);
});

test("numbers typed in a string of a chart are found, in values and partials, too", () => {
  const { value, problems } = fillText(
    library({ "partials/x.md.hbs": "of\n30%" }),
    "Revenue {{> x}} {{#with 'EUR 77bn'}}{{this}}{{/with}} and 5",
    { file: "templates/charts/a.vl.json", line: 3, column: 9 },
    evidenceOf(),
    options,
  );
  expect(problems.map(({ found, where }) => [found, where && formatPlace(where)])).toEqual([
    ["30%", "templates/partials/x.md.hbs:2:1"],
    ["EUR 77bn", "templates/charts/a.vl.json:3:9"],
    ["5", "templates/charts/a.vl.json:3:9"],
  ]);
  expect(value?.text).toContain("EUR 77bn");
});

test("front matter says title, subtitle, audience and limits, and may hold figures", () => {
  const front = `---\ntitle: 'Earning {{fig "long.revenue.2025Q1"}}'\nsubtitle: By {{name "acme"}}\naudience: the board of {{name "long"}}\nlimits: { stale-days: 30 }\n---\n`;
  const { value, problems } = make("", { files: { "deck.en.md.hbs": front } });
  expect(problems).toEqual([]);
  expect(value).toMatchObject({
    title: [
      { type: "text", value: "Earning " },
      { type: "figure", text: "CNY 30.1bn" },
    ],
    subtitle: [
      { type: "text", value: "By " },
      { type: "name", text: "Acme" },
    ],
    audience: [
      { type: "text", value: "the board of " },
      { type: "name", text: "Long" },
    ],
    staleDays: 30,
    date: "2025-08-07",
  });
});

/** Templates made of what Handlebars and this engine both know. */
const template = fc.letrec<{ part: string; parts: string }>((tie) => ({
  part: fc.oneof(
    { withCrossShrink: true, maxDepth: 4 },
    fc.constantFrom(
      "a",
      "b\n",
      "\n",
      "  ",
      "\n\n",
      "- c\n",
      "{{! no }}",
      "{{!-- no --}}\n",
      "\\{{x}}",
      "{{> leaf}}",
      "\n  {{> leaf}}\n",
      '{{> leaf word="w"}}\n',
    ),
    tie("parts").map((parts) => `{{#if true}}${parts}{{else}}no{{/if}}`),
    tie("parts").map((parts) => `\n{{#if false}}\nno\n{{else}}\n${parts}\n{{/if}}\n`),
    tie("parts").map((parts) => ` {{~#unless false~}} ${parts} {{~/unless}}`),
    tie("parts").map((parts) => `{{#if false}}no{{else if true}}${parts}{{/if}}`),
    tie("parts").map((parts) => `{{#with "w" as |v|}}${parts}{{v}}{{this}}{{/with}}`),
  ),
  parts: fc.array(tie("part"), { maxLength: 5 }).map((parts) => parts.join("")),
})).parts;

test("what Handlebars itself would print is printed, to the last space", () => {
  const leaf = "leaf{{#if word}}\n  {{word}}\n{{/if}}\nend\n";
  fc.assert(
    fc.property(template, (body) => {
      const front = "---\ntitle: T\n---\n";
      const files = {
        "deck.en.md.hbs": front + body,
        "partials/leaf.md.hbs": leaf.replace("{{#if word}}", '{{#if (is word "w")}}'),
      };
      const { filled } = make("", { files });
      const handlebars = Handlebars.create();
      handlebars.registerPartial("leaf", leaf);
      const expected = handlebars.compile(`\n\n\n${body}`, { noEscape: true })({});
      const nodes = filled?.nodes.map((node) => ("value" in node ? node.value : "")) ?? [];
      expect(filled?.markdown.replace(/\uE000(\d+)\uE001/g, (_, index) => nodes[Number(index)] ?? "")).toBe(
        expected,
      );
    }),
    { numRuns: 200 },
  );
});

describe("figures that entered the store after a day", () => {
  const since = (day?: string) => ({ options: day === undefined ? {} : { since: day } });
  const body =
    '{{fig "acme.revenue.2024Q1"}} {{fig "acme.revenue.2025Q1" mark=false}} {{sum "acme.revenue.2024Q1" "acme.revenue.2025Q1"}}';

  it("carry a sign, with a source mark or without, and so does what is derived from them", () => {
    expect(printed(body, since("2025-06-03"))).toBe("[fig USD 2bn] [fig USD 3bn◆ unmarked] [fig USD 5bn◆]");
  });

  it("do not when they entered it on that day, and none does where no day is given", () => {
    const plain = "[fig USD 2bn] [fig USD 3bn unmarked] [fig USD 5bn]";
    expect(printed(body, since("2025-08-05"))).toBe(plain);
    expect(printed(body, since())).toBe(plain);
  });

  it("carry it in the strings of charts, too", () => {
    const where = { file: "charts/a.vl.json", line: 3 };
    const filled = fillText(library({}), '{{fig "acme.revenue.2025Q1"}}', where, evidenceOf(), {
      ...options,
      since: "2025-06-03",
    });
    expect(filled.value?.text).toBe("USD 3bn◆");
  });

  it("are told by a document that knows the day", () => {
    expect(make(body, since("2025-06-03")).value?.since).toBe("2025-06-03");
    expect(make(body).value).not.toHaveProperty("since");
  });
});

test("the same template gives the same document", () => {
  const body = "# A\n\n{{#figures}}\n- {{subject}} {{figure}}\n{{/figures}}\n";
  expect(blocksOf(body)).toEqual(blocksOf(body));
});

test("what is only counted is not worked out", () => {
  const evidence = evidenceOf();
  const sealed = [...evidence.figures].map(([id, figure]) => {
    const quantity = () => expect.fail(`${id} is printed`);
    return [id, Object.defineProperty({ ...figure }, "quantity", { get: quantity })] as const;
  });
  const fillSealed = (body: string) =>
    fillText(library({}), body, { file: "a" }, { ...evidence, figures: new Map(sealed) }, options);
  expect(fillSealed('{{count "figures"}}').value?.text).toBe(String(sealed.length));
  expect(fillSealed("{{#figures}}{{subject}} {{/figures}}").value?.text).toMatch(/^(?:Acme |Long ){4}$/);
  expect(() => fillSealed("{{#figures}}{{figure}} {{/figures}}")).toThrow("is printed");
});
