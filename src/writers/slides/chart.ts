/** Charts: pictures drawn for the exact box they get. */
import type { Chart } from "../../model/document.ts";
import { figuresIn, plainText } from "../../model/walk.ts";
import type { Measured, Setting } from "./measured.ts";
import { missingAlt } from "./messages.ts";
import type { Picture, PlacedDeck } from "./placed.ts";

/** Inches. Lower than the first a chart cannot be read. */
const heights = { minimum: 1.8, preferred: 3.2 };

/** A chart to be drawn: its picture goes under the key. Sizes in inches. */
export interface ChartRequest {
  readonly key: string;
  readonly name: string;
  readonly width: number;
  readonly height: number;
}

export function measureChart(chart: Chart, setting: Setting): Measured {
  const alt = plainText(chart.alt).trim();
  return {
    type: "chart",
    at: chart.at,
    ...heights,
    grow: 10,
    problems: alt === "" ? [missingAlt(chart.name, chart.at)] : [],
    place: (box): [Picture] => {
      // Whole hundredths: what is drawn and what is placed are of one size to the pixel.
      const w = Math.floor(box.w * 100 + 1e-6) / 100;
      const h = Math.floor(box.h * 100 + 1e-6) / 100;
      const key = `${chart.name}@${w.toFixed(2)}x${h.toFixed(2)}`;
      const drawn = setting.chartFigures.get(chart.name) ?? [];
      const ids = new Set(drawn.map(({ id }) => id));
      const figures = [...drawn, ...figuresIn(chart.alt).filter(({ id }) => !ids.has(id))];
      return [
        { kind: "picture", name: `Chart ${chart.name}`, box: { ...box, w, h }, chart: key, alt, figures },
      ];
    },
  };
}

/** The charts that the deck needs, each once, in order of appearance. */
export function chartRequests(deck: PlacedDeck): ChartRequest[] {
  const requests = new Map<string, ChartRequest>();
  for (const placed of deck.slides.flatMap(({ boxes }) => boxes)) {
    if (placed.kind !== "picture") continue;
    const name = placed.chart.slice(0, placed.chart.lastIndexOf("@"));
    requests.set(placed.chart, { key: placed.chart, name, width: placed.box.w, height: placed.box.h });
  }
  return [...requests.values()];
}
