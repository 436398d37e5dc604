/** A small store and library for tests of templates. */
import type { Evidence } from "../../src/evidence/evidence.ts";
import { judge } from "../../src/evidence/judge.ts";
import { parsePeriod } from "../../src/findings/period.ts";
import type { Finding, Store } from "../../src/findings/store.ts";
import type { Block, Inline, SourcedDocument } from "../../src/model/document.ts";
import { formatPlace, formatProblem, type Outcome, type Problem } from "../../src/problem.ts";
import { type Filled, type FillOptions, fill } from "../../src/templates/engine.ts";
import type { Library } from "../../src/templates/library.ts";
import { parse } from "../../src/templates/parse.ts";
import { finding, store } from "../sample.ts";

const at = { file: "data/findings/sample.yaml", line: 7 };
const citations = [{ source: "paper", line: 3, written: "x" }];

const findings: readonly Finding[] = [
  finding("acme.revenue.2024Q1", "20亿 USD", { period: "2024Q1" }),
  finding("acme.revenue.2025Q1", "30亿 USD", { recorded: "2025-08-05" }),
  finding("long.revenue.2025Q1", "301亿 CNY", { subject: "long" }),
  finding("long.capex.2025Q1", ">60亿 CNY", {
    subject: "long",
    metric: "capex",
    status: "forecast",
    scope: "AI only",
    recorded: "2025-03-06",
  }),
  {
    kind: "class",
    id: "long.tier",
    subject: "long",
    scheme: "tier",
    category: "second",
    weight: "main",
    recorded: "2025-06-03",
    citations,
    at,
  },
  {
    kind: "class",
    id: "acme.tier",
    subject: "acme",
    scheme: "tier",
    category: "first",
    weight: "main",
    recorded: "2025-06-03",
    citations,
    at,
  },
  {
    kind: "event",
    id: "long.move",
    subject: "long",
    date: parsePeriod("2025-06")!,
    type: "relocation",
    from: "china",
    to: "singapore",
    what: { en: "Moves with {long.revenue.2025Q1} to GPT-4", zh: "带着{long.revenue.2025Q1}搬迁" },
    recorded: "2025-06-03",
    citations,
    at,
  },
  {
    kind: "event",
    id: "acme.launch",
    subject: "acme",
    date: parsePeriod("2025-02-03")!,
    type: "launch",
    what: { en: "Launches R1", zh: "发布R1" },
    recorded: "2025-08-05",
    citations,
    at,
  },
  {
    kind: "statement",
    id: "hard-to-earn",
    subjects: ["long", "acme"],
    topic: "profitability",
    text: { en: "Earning is *hard*.", zh: "赚钱不易。" },
    recorded: "2025-06-03",
    citations,
    at,
  },
];

export function evidenceOf(more: readonly Finding[] = [], rulings: Store["rulings"] = []): Evidence {
  const base = store([...findings, ...more], { rulings });
  const name = (text: string) => ({ en: text, zh: text });
  return judge({
    ...base,
    schemes: new Map([
      [
        "tier",
        {
          id: "tier",
          name: name("Tier"),
          categories: [
            { id: "first", name: name("First tier") },
            { id: "second", name: name("Second tier") },
          ],
          at,
        },
      ],
    ]),
    spots: new Map(
      ["china", "singapore"].map((id) => [
        id,
        { id, name: name(id.toUpperCase()), latitude: 1, longitude: 1, at },
      ]),
    ),
  }).value;
}

export const options: FillOptions = { language: "en", date: "2025-08-07", week: "2025-W32", draft: false };

export const words =
  "cover:\n  kicker: { en: A *bright* day, zh: 晴 }\ntopic:\n  profitability: { en: Profit, zh: 盈利 }\n";

export function library(files: Readonly<Record<string, string>>): Library {
  return {
    files: new Map(
      Object.entries({ "words.yaml": words, ...files }).map(([path, text]) => [
        path,
        { file: `templates/${path}`, text },
      ]),
    ),
  };
}

/** Three lines of front matter, so that the body begins on line 4. */
export const front = "---\ntitle: A title\n---\n";

/** Fills and parses `body` as the template `deck.en`, with further files beside it. */
export function make(
  body: string,
  more: { files?: Record<string, string>; evidence?: Evidence; options?: Partial<FillOptions> } = {},
): Outcome<SourcedDocument> & { readonly filled: Filled | undefined } {
  const filled = fill(
    library({ "deck.en.md.hbs": front + body, ...more.files }),
    "deck.en",
    more.evidence ?? evidenceOf(),
    {
      ...options,
      ...more.options,
    },
  );
  const parsed = filled.value && parse(filled.value);
  return {
    value: parsed?.value,
    filled: filled.value,
    problems: [...filled.problems, ...(parsed?.problems ?? [])],
  };
}

/** The blocks of the document, which is to be without problems. */
export function blocksOf(body: string, more?: Parameters<typeof make>[1]): readonly Block[] {
  const { value, problems } = make(body, more);
  if (!value || problems.length > 0) throw new Error(problems.map(formatProblem).join("\n"));
  return value.sections.flatMap((section) => [
    ...section.blocks,
    ...section.pages.flatMap((page) => page.blocks),
  ]);
}

/** A run of inlines in short: nodes in the brackets of their type. */
export function show(inlines: readonly Inline[]): string {
  return inlines
    .map((node) => {
      if (node.type === "text") return node.value;
      if (node.type === "break") return "|";
      if (node.type === "figure") return `[fig ${node.text}${node.mark ? "" : " unmarked"}]`;
      if ("text" in node) return `[${node.type} ${node.text}]`;
      const inner = "children" in node ? show(node.children) : node.value;
      return `<${node.type === "span" ? node.role : node.type} ${inner}>`;
    })
    .join("");
}

/** What the body prints as one paragraph. */
export function printed(body: string, more?: Parameters<typeof make>[1]): string {
  return blocksOf(body, more)
    .map((block) => ("children" in block ? show(block.children) : block.type))
    .join("\n");
}

/** `5:3 code message`, the file left out where it is the template itself. */
export function brief(problem: Problem): string {
  const place =
    problem.where === undefined
      ? "nowhere"
      : formatPlace(problem.where).replace("templates/deck.en.md.hbs:", "");
  return `${place} ${problem.code}: ${problem.message}${problem.hint === undefined ? "" : ` (${problem.hint})`}`;
}

export function problemsOf(body: string, more?: Parameters<typeof make>[1]): string[] {
  return make(body, more).problems.map(brief);
}
