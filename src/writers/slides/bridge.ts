/** Bridges: tiles joined by arithmetic, e.g. revenue − cost = profit. */
import type { Bridge } from "../../model/document.ts";
import { beside } from "./grid.ts";
import type { Measured, Setting } from "./measured.ts";
import { tone } from "./measured.ts";
import { tooManyEntries } from "./messages.ts";
import type { Placed } from "./placed.ts";
import { runsOf } from "./runs.ts";
import { paragraph } from "./text.ts";
import { placeTile, tilesHeight, tileTexts } from "./tiles.ts";

const most = 5;
/** Inches between tiles, room for an operator; and a tile's height at least, where the page has it. */
const gap = 0.56;
const leastHeight = 1.6;
/** Inches of air above and below it at most, beside other blocks. */
const around = 0.6;

export function measureBridge(bridge: Bridge, setting: Setting): Measured {
  const count = bridge.items.length;
  const width = (setting.width - gap * (count - 1)) / Math.max(1, count);
  const texts = tileTexts(bridge.items, width, setting);
  const least = tilesHeight(texts, width, setting);
  const preferred = Math.max(least, leastHeight);
  return {
    type: "bridge",
    at: bridge.at,
    minimum: least,
    preferred,
    most: preferred + around,
    grow: 1,
    problems: count > most ? [tooManyEntries("bridge", count, most, bridge.at)] : [],
    place: (box) => {
      const h = Math.min(box.h, preferred);
      const cells = beside({ ...box, y: box.y + (box.h - h) * 0.3, h }, count, gap);
      const size = setting.sizes.heading + 8;
      return bridge.items.flatMap(({ operator, role }, i): Placed[] => {
        const cell = cells[i]!;
        const tile = placeTile(texts[i]!, role, cell);
        if (operator === undefined || i === 0) return [...tile];
        const sign = runsOf([{ type: "text", value: operator }], {
          ...tone(setting, "muted"),
          bold: true,
        });
        return [
          {
            kind: "text",
            name: "Operator",
            box: { x: cell.x - gap, y: cell.y, w: gap, h },
            paragraphs: [paragraph(sign, { size, language: setting.language, align: "center" })],
            valign: "middle",
            inset: [0, 0, 0, 0],
          },
          ...tile,
        ];
      });
    },
  };
}
