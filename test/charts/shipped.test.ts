import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { drawCharts } from "../../src/charts/draw.ts";
import { prepareFonts } from "../../src/charts/fonts.ts";
import { prepareChart, type SizedChart, sizeChart } from "../../src/charts/spec.ts";
import type { Evidence } from "../../src/evidence/evidence.ts";
import { judge } from "../../src/evidence/judge.ts";
import { readStore } from "../../src/findings/read.ts";
import { languages } from "../../src/findings/store.ts";
import { formatProblem } from "../../src/problem.ts";
import { fillText } from "../../src/templates/engine.ts";
import type { Library } from "../../src/templates/library.ts";
import type { FillOptions } from "../../src/templates/parameters.ts";
import { bindParams, declaredParams } from "../../src/templates/params.ts";
import type { Value } from "../../src/templates/values.ts";
import { theme } from "./sample.ts";

const root = join(import.meta.dirname, "../..");
const cache = mkdtempSync(join(tmpdir(), "shipped-"));
afterAll(() => rmSync(cache, { recursive: true }));

function texts(folder: string): Map<string, string> {
  const files = readdirSync(join(root, folder), { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path.slice(join(root, folder).length + 1).replaceAll("\\", "/"), readFileSync(path, "utf8")];
    }),
  );
}

const wide = { width: 12.1, height: 4.8 };
const eightColumns = { width: 8, height: 4.8 };
const half = { width: 5.9, height: 4.4 };
/** Columns of figures beside the bars need room. */
const tooWideForHalf = ["ad-growth", "b2b-multiples"];
const boxesFor = (name: string) => [wide, eightColumns, ...(tooWideForHalf.includes(name) ? [] : [half])];

/** Companies that have what the charts of profiles draw. */
const companies: Readonly<Record<string, string>> = { "profile-growth": "alibaba", "profile-pace": "openai" };

function paramsFor(chart: string, library: Library, evidence: Evidence, options: FillOptions) {
  const value = companies[chart];
  if (value === undefined) return new Map<string, Value>();
  const given = [{ name: "company", value }];
  return bindParams(declaredParams(library, "profile.en"), given, library, evidence, options).value!;
}

describe.each([
  ["shipped", "data", "templates"],
  ["starter", "templates/starter/sample/data", "templates/starter/sample/templates"],
])("the %s charts", (_, data, templates) => {
  const store = readStore(texts(data), data);
  const files = [...texts(templates)].map(
    ([path, text]) => [path, { file: `${templates}/${path}`, text }] as const,
  );
  const library = { files: new Map(files) };
  const charts = files.filter(([path]) => /^charts\/.+\.vl\.json$/.test(path));

  it("draw without a problem in every language and box: nothing cut, nothing overlapping", {
    timeout: 60_000,
  }, async () => {
    expect(store.problems.map(formatProblem)).toEqual([]);
    const evidence = judge(store.value!).value;
    const sized: SizedChart[] = [];
    const problems: string[] = [];
    let asked = 0;
    for (const language of languages)
      for (const [path, { file, text }] of charts) {
        const name = path.replace(/^charts\/|\.vl\.json$/g, "");
        const options: FillOptions = { language, date: "2025-08-07", week: "2025-W23", draft: false };
        const params = paramsFor(name, library, evidence, options);
        const prepared = prepareChart({ name, file, text }, evidence, language, (part, where, isQuery) =>
          fillText(library, part, where, evidence, { ...options, params }, isQuery),
        );
        problems.push(...prepared.problems.map(formatProblem));
        if (!prepared.value) continue;
        for (const box of boxesFor(name)) {
          asked += 1;
          const chart = sizeChart(prepared.value, box, theme, language);
          sized.push({ ...chart, key: `${language}-${chart.key}` });
        }
      }
    const drawn = await drawCharts(sized, (wanted) => prepareFonts(wanted, cache));
    expect([...problems, ...drawn.problems.map(formatProblem)]).toEqual([]);
    expect(drawn.value?.size).toBe(asked);
  });
});
