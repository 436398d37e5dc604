/** A small store and charts over it, for the tests of charts. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type Fill,
  type PreparedChart,
  prepareChart,
  type SizedChart,
  sizeChart,
} from "../../src/charts/spec.ts";
import type { Evidence } from "../../src/evidence/evidence.ts";
import { judge } from "../../src/evidence/judge.ts";
import type { Language } from "../../src/findings/store.ts";
import { parseFile } from "../../src/findings/yaml.ts";
import { type Theme, themeSchema } from "../../src/model/theme.ts";
import type { Outcome } from "../../src/problem.ts";
import { finding, store } from "../sample.ts";

export const evidence: Evidence = judge(
  store([
    finding("acme.revenue.2024", "~400亿 USD", { period: "2024" }),
    finding("acme.revenue.2025", "12–13bn USD", { period: "2025", status: "forecast" }),
    finding("long.revenue.2024", ">1.5亿 CNY", { subject: "long", period: "2024", recorded: "2025-06-10" }),
    finding("long.capex.2024", "≤726亿 CNY", { subject: "long", metric: "capex", period: "2024" }),
    finding("long.capex.2023", "72.6亿 CNY", {
      subject: "long",
      metric: "capex",
      period: "2023",
      scope: "AI only",
    }),
  ]),
).value;

export const theme: Theme = parseFile(
  "default.yaml",
  readFileSync(join(import.meta.dirname, "../../templates/themes/default.yaml"), "utf8"),
  themeSchema,
).value!.value;

/** Handlebars' part in these tests: `{{word}}` is printed as `WORD`. */
export const shout: Fill = (text) => ({
  value: {
    text: text.replace(/\{\{(.*?)\}\}/g, (_, word: string) => word.toUpperCase()),
    figures: [],
    lineages: [],
  },
  problems: [],
});

export const bars = {
  $schema: "https://vega.github.io/schema/vega-lite/v6.json",
  usermeta: { sourcedeck: { select: { metric: "revenue" }, in: "USD", scale: { en: "bn", zh: "亿" } } },
  title: "{{heading}}",
  mark: "bar",
  encoding: {
    y: { field: "name", type: "nominal", sort: null },
    x: { field: "value", type: "quantitative" },
    color: { field: "region", type: "nominal" },
  },
};

export function prepare(
  spec: object | string,
  language: Language = "en",
  since?: string,
): Outcome<PreparedChart> {
  const text = typeof spec === "string" ? spec : JSON.stringify(spec, null, 2);
  return prepareChart({ name: "sample", file: "sample.vl.json", text }, evidence, language, shout, since);
}

export function size(
  spec: object,
  box = { width: 8, height: 4.6 },
  language: Language = "en",
  since?: string,
): SizedChart {
  const { value, problems } = prepare(spec, language, since);
  if (!value) throw new Error(JSON.stringify(problems));
  return sizeChart(value, box, theme, language);
}
