/**
 * The workload of the benchmark: one deck, as rows for the plain script and as a workspace for Sourcedeck. Everything is
 * computed from the size alone, so that two runs measure the same.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** A company's figures; the metrics that charts and tables are made of. */
const metrics = ["revenue", "costs", "cloud-revenue", "capex"];
const firstYear = 2022;

/**
 * @param {{ companies?: number, years?: number, rounds?: number, charts?: number, tables?: number, texts?: number, factor?: number }} size
 *   companies and years, of which each metric has a figure; `rounds` repeats all slides; `factor` changes one figure
 */
export function workload(size = {}) {
  const { companies = 10, years = 3, rounds = 1, charts = 12, tables = 4, texts = 4, factor = 1 } = size;
  const rows = [];
  for (const [m, metric] of metrics.entries())
    for (let year = 0; year < years; year++)
      for (let company = 0; company < companies; company++) {
        const changed = m === 0 && year === 0 && company === 0 ? factor : 1;
        const value = Math.round((((company * 37 + m * 11 + year * 5) % 97) + 20) * 13.7 * changed);
        rows.push({
          metric,
          year: firstYear + year,
          company: `Company ${name(company)}`,
          id: `c${company}`,
          value,
        });
      }
  const slides = [];
  for (let round = 0; round < rounds; round++) {
    for (let index = 0; index < charts; index++) {
      const metric = metrics[index % metrics.length];
      const year = firstYear + (Math.floor(index / metrics.length) % years);
      slides.push({ kind: "chart", metric, year, ...(round > 0 && { round }) });
    }
    for (let index = 0; index < tables; index++)
      slides.push({ kind: "table", metric: metrics[index % metrics.length], year: firstYear });
    for (let index = 0; index < texts; index++)
      slides.push({ kind: "text", metric: metrics[index % metrics.length], year: firstYear });
  }
  return { rows, slides };
}

function name(index) {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : `${letter}${Math.floor(index / 26)}`;
}

const chartName = ({ metric, year, round }) => `${metric}-${year}${round === undefined ? "" : `-${round}`}`;

/**
 * The workload as a workspace of Sourcedeck's.
 * @param isBatch whether the deck is made for a company, whose name stands in each chart, so that none is drawn twice
 */
export function writeWorkspace(folder, { rows, slides }, isBatch = false) {
  const write = (path, text) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const companies = new Map(rows.map(({ id, company }) => [id, company]));
  write(
    "data/subjects.yaml",
    [...companies]
      .map(
        ([id, en], i) =>
          `- { id: ${id}, kind: company, en: ${en}, zh: 公司${i}, region: ${i % 2 ? "us" : "cn"} }\n`,
      )
      .join(""),
  );
  write(
    "data/metrics.yaml",
    metrics.map((id) => `- { id: ${id}, en: ${id}, zh: ${id}, measures: money, over: period }\n`).join(""),
  );
  write("data/units.yaml", "[]\n");
  write(
    "data/sources.yaml",
    "- { id: paper, file: paper.txt, publisher: { en: A paper, zh: 报纸 }, title: { en: Figures, zh: 数字 }, language: en, currency: USD, published: 2025-06-01 }\n",
  );
  write(
    "data/sourcedeck.yaml",
    "products:\n  - { name: deck, template: deck, writer: pptx, languages: [en] }\n",
  );
  const perFile = 400;
  for (let start = 0; start < rows.length; start += perFile)
    write(
      `data/findings/part-${String(start / perFile).padStart(3, "0")}.yaml`,
      `source: paper\nrecorded: 2025-06-01\nfigures:\n${rows
        .slice(start, start + perFile)
        .map(
          ({ metric, year, id, value }, i) =>
            `  - id: ${id}.${metric}.${year}\n    subject: ${id}\n    metric: ${metric}\n    period: ${year}\n    value: ${value}M USD\n    citations: [{ line: ${start + i + 1}, written: "$${value} million" }]\n`,
        )
        .join("")}`,
    );
  if (isBatch) write("jobs.yaml", "jobs:\n  - product: deck\n    each: { company: { subjects: company } }\n");
  const charts = new Map(
    slides.filter(({ kind }) => kind === "chart").map((slide) => [chartName(slide), slide]),
  );
  for (const [chart, slide] of charts)
    write(`templates/charts/${chart}.vl.json`, JSON.stringify(ourSpec(slide, isBatch), null, 2));
  write(
    "templates/deck.en.md.hbs",
    `---\ntitle: The workload\n${isBatch ? "params: { company: subject }\n" : ""}---\n${slides.map(slideText).join("\n")}`,
  );
}

function slideText(slide) {
  const { kind, metric, year } = slide;
  const title = `## First of ten, the company has {{fig "c0.${metric}.${year}"}} in {{period "${year}"}}\n`;
  const rest = {
    chart: () => `::chart[Bars of a year]{name="${chartName(slide)}"}\n`,
    table: () =>
      `| Company | Figure | Status |\n| --- | ---: | --- |\n{{#figures metric="${metric}" period="${year}" limit=10}}\n| {{subject}} | {{figure}} | {{status}} |\n{{/figures}}\n`,
    text: () =>
      [0, 1, 2, 3, 4]
        .map(
          (i) =>
            `- {{name "c${i}"}} has {{fig "c${i}.${metric}.${year}"}}, which it earned in {{period "${year}"}}\n`,
        )
        .join(""),
  };
  return `\n${title}\n${rest[kind]()}`;
}

function ourSpec({ metric, year, round }, isBatch) {
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    description: `${metric} of a year${round === undefined ? "" : `, round ${round}`}`,
    usermeta: { sourcedeck: { select: { metric, period: String(year) }, sort: "-value", limit: 10 } },
    ...(isBatch && { title: "{{name company}}" }),
    ...(round !== undefined && {
      title: `Round of ${"abcdefghij"[round % 10]}${"abcdefghij"[Math.floor(round / 10) % 10]}`,
    }),
    data: { name: "rows" },
    encoding: {
      y: { field: "name", type: "nominal", sort: null, axis: { labels: false } },
      x: { field: "value", type: "quantitative", axis: null },
    },
    layer: [
      {
        mark: { type: "bar", size: { expr: "min(bandwidth('y'), 40)" } },
        encoding: { color: { field: "region", type: "nominal", legend: null } },
      },
      { mark: { type: "text", style: "row-name" }, encoding: { x: { value: 0 }, text: { field: "name" } } },
      { mark: { type: "text", style: "value-label" }, encoding: { text: { field: "label" } } },
    ],
  };
}
