/**
 * The plain script: the same deck with the same libraries and none of our work, one chart after another. What anyone would
 * write in an hour; the measure that Sourcedeck is held to.
 *
 *     node plain.mjs WORKLOAD.json FILE.pptx WIDTH HEIGHT
 */
import { readFileSync } from "node:fs";
import Pptx from "pptxgenjs";
import sharp from "sharp";
import * as vega from "vega";
import * as vegaLite from "vega-lite";

const [, , from, to, width, height] = process.argv;
const { rows, slides } = JSON.parse(readFileSync(from, "utf8"));
const deck = new Pptx();
deck.layout = "LAYOUT_WIDE";

for (const { kind, metric, year } of slides) {
  const chosen = rows
    .filter((row) => row.metric === metric && row.year === year)
    .sort((a, b) => b.value - a.value)
    .slice(0, 10);
  const slide = deck.addSlide();
  const first = rows.find((row) => row.metric === metric && row.year === year);
  slide.addText(`First of ten, the company has $${first.value}m in ${year}`, {
    x: 0.5,
    y: 0.3,
    w: 12.3,
    h: 0.8,
    fontSize: 24,
  });
  if (kind === "chart")
    slide.addImage({
      data: `image/png;base64,${(await draw(chosen)).toString("base64")}`,
      x: 0.5,
      y: 1.2,
      w: 12,
      h: 6,
    });
  if (kind === "table")
    slide.addTable(
      [
        ["Company", "Figure", "Status"],
        ...chosen.map(({ company, value }) => [company, `$${value}m`, "reported"]),
      ].map((row) => row.map((text) => ({ text }))),
      { x: 0.5, y: 1.2, w: 12 },
    );
  if (kind === "text")
    slide.addText(
      chosen.slice(0, 5).map(({ company, value }) => ({
        text: `${company} has $${value}m, which it earned in ${year}`,
        options: { bullet: true, breakLine: true },
      })),
      { x: 0.5, y: 1.2, w: 12, h: 5 },
    );
}
await deck.writeFile({ fileName: to });

async function draw(chosen) {
  const { spec } = vegaLite.compile({
    width: Number(width) / 2,
    height: Number(height) / 2,
    autosize: { type: "fit", contains: "padding" },
    data: { values: chosen },
    encoding: {
      y: { field: "company", type: "nominal", sort: null },
      x: { field: "value", type: "quantitative" },
    },
    layer: [
      { mark: "bar" },
      { mark: { type: "text", align: "left", dx: 4 }, encoding: { text: { field: "value" } } },
    ],
  });
  const view = new vega.View(vega.parse(spec), { renderer: "none" });
  const svg = await view.toSVG();
  view.finalize();
  return sharp(Buffer.from(svg), { density: 144 }).png().toBuffer();
}
