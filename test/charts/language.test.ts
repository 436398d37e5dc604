import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { drawCharts } from "../../src/charts/draw.ts";
import { prepareFonts } from "../../src/charts/fonts.ts";
import { prepareChart, type SizedChart, sizeChart } from "../../src/charts/spec.ts";
import type { Language } from "../../src/findings/store.ts";
import { evidenceOf, finding } from "../sample.ts";
import { shout, theme } from "./sample.ts";

const cache = mkdtempSync(join(tmpdir(), "charts-"));
afterAll(() => rmSync(cache, { recursive: true }));

const evidence = evidenceOf(
  finding("early", "3020 users", { period: "@2025-03-01" }),
  finding("middle", "7900 users", { period: "@2025-05-01" }),
  finding("late", "10200 users", { period: "@2025-07-15" }),
  finding("large", "4000亿 CNY", { period: "2024" }),
  finding("larger", "12000亿 CNY", { period: "2025" }),
);

interface Asked {
  readonly query?: object;
  readonly x?: object;
  readonly y?: object;
  readonly name?: string;
}

function sized(language: Language, { query = {}, x = {}, y = {}, name = "users" }: Asked = {}): SizedChart {
  const spec = {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    usermeta: { sourcedeck: { figures: ["early", "middle", "late"], ...query } },
    encoding: {
      // Room for the first and last label.
      x: { field: "end", type: "temporal", scale: { padding: 60 }, ...x },
      y: { field: "value", type: "quantitative", ...y },
    },
    layer: [
      { mark: "line" },
      { mark: { type: "text", style: "point-label" }, encoding: { text: { field: "label" } } },
    ],
  };
  const file = { name, file: `${name}.vl.json`, text: JSON.stringify(spec) };
  const { value, problems } = prepareChart(file, evidence, language, shout);
  if (!value) throw new Error(JSON.stringify(problems));
  return sizeChart(value, { width: 8, height: 4 }, theme, language);
}

async function textsOf(...charts: readonly SizedChart[]): Promise<(readonly string[])[]> {
  const { value, problems } = await drawCharts(charts, (texts) => prepareFonts(texts, cache));
  expect(problems).toEqual([]);
  return charts.map(({ key }) => value!.get(key)!.texts);
}

describe("a Chinese chart", () => {
  it("has its months, days and years in Chinese, and leaves those of an English one beside it alone", async () => {
    const monthly = { x: { axis: { tickCount: "month" } } };
    const [zh, en] = await textsOf(
      sized("zh", { ...monthly, name: "zh" }),
      sized("en", { ...monthly, name: "en" }),
    );
    expect(zh).toEqual(expect.arrayContaining(["4月", "7月"]));
    expect(en).toEqual(expect.arrayContaining(["April", "July"]));
    const years = { query: { figures: ["large", "larger"] }, x: { axis: { tickCount: "year" } } };
    expect((await textsOf(sized("zh", years)))[0]).toContain("2025年");
    const weeks = { x: { axis: { tickCount: "week" } } };
    expect((await textsOf(sized("zh", weeks)))[0]).toContain("3月9日");
  });

  it("has labels and ticks as its text prints them: in 万 and 亿, four digits together", async () => {
    const [texts] = await textsOf(sized("zh"));
    expect(texts).toEqual(expect.arrayContaining(["3020", "7900", "1.02万", "8000", "1万", "0"]));
  });

  it.each<[string, Asked, string[]]>([
    ["in full where that is asked for", { query: { scale: "1" } }, ["3,020", "10,200", "8,000"]],
    ["in full where their digits are", { query: { digits: 0 } }, ["7,900", "10,200", "10,000"]],
    [
      "on the scale that is asked for",
      { query: { figures: ["large", "larger"], scale: "亿" } },
      ["4000", "12,000", "6000", "10,000"],
    ],
    ["in the author's own format", { y: { axis: { format: ",.0f" } } }, ["1.02万", "8,000", "10,000"]],
  ])("has them %s", async (_, asked, expected) => {
    expect((await textsOf(sized("zh", asked)))[0]).toEqual(expect.arrayContaining(expected));
  });
});

it("An English chart has its numbers in full", async () => {
  expect((await textsOf(sized("en")))[0]).toEqual(expect.arrayContaining(["7,900", "10,200", "8,000"]));
});
