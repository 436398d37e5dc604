/** Flows: cards from left to right, joined by arrows; a second row begins at the left again. */
import type { Flow } from "../../model/document.ts";
import { cardHeight, cardSettings, cardText, placeCard, readWell } from "./cards.ts";
import { beside } from "./grid.ts";
import type { Measured, Setting } from "./measured.ts";
import { tooManyEntries } from "./messages.ts";
import type { Box, Placed, Rule } from "./placed.ts";

const perRow = 5;
const most = 10;
/** Inches between cards, room for an arrow; and between rows. */
const gap = 0.45;
const rowGap = 0.6;
const leastHeight = 1.2;
/** Up to what the cards are opened, against what their text needs. */
const openness = 1.15;

export function measureFlow(flow: Flow, setting: Setting): Measured {
  const count = flow.items.length;
  const tried = cardSettings
    .filter(({ rows }) => rows === 2 || count <= perRow)
    .map(({ rows, large }) => {
      const across = Math.max(1, Math.ceil(count / rows));
      const width = (setting.width - gap * (across - 1)) / across;
      const cards = flow.items.map(({ lead, label, detail, role }) =>
        cardText(lead, [label, detail], role, large, setting),
      );
      return { rows, across, width, cards, readable: readWell(cards, width, setting) };
    });
  const { rows, across, width, cards } = tried.find(({ readable }) => readable) ?? tried.at(-1)!;
  const height = Math.max(leastHeight, ...cards.map((card) => cardHeight(card, width, setting)));
  const minimum = rows * height + (rows - 1) * rowGap;
  return {
    type: "flow",
    at: flow.at,
    minimum,
    preferred: minimum,
    most: rows * height * openness + (rows - 1) * rowGap,
    grow: 2,
    problems: count > most ? [tooManyEntries("flow", count, most, flow.at)] : [],
    place: (box) => {
      const opened = Math.min(height * openness, height + (box.h - minimum) / rows);
      const top = box.y + (box.h - rows * opened - (rows - 1) * rowGap) * 0.3;
      const cells = Array.from({ length: rows }, (_, row) =>
        beside({ ...box, y: top + row * (opened + rowGap), h: opened }, across, gap),
      ).flat();
      return flow.items.flatMap((entry, i): Placed[] => [
        ...placeCard("Step", entry, cards[i]!, cells[i]!),
        ...(i + 1 < count ? connector(cells[i]!, cells[i + 1]!) : []),
      ]);
    },
  };
}

const rule = (box: Box, arrow: boolean): Rule => ({
  kind: "rule",
  name: "Connector",
  box,
  colour: "muted",
  width: 1.5,
  ...(arrow ? { arrow: "end" } : {}),
});

/** Straight to the right; or, from the end of a row, down, left between the rows, and down. */
function connector(from: Box, to: Box): Rule[] {
  if (to.y === from.y) {
    const x = from.x + from.w;
    return [rule({ x, y: from.y + from.h / 2, w: to.x - x, h: 0 }, true)];
  }
  const bottom = from.y + from.h;
  const middle = (bottom + to.y) / 2;
  const right = from.x + from.w / 2;
  const left = to.x + to.w / 2;
  return [
    rule({ x: right, y: bottom, w: 0, h: middle - bottom }, false),
    rule({ x: left, y: middle, w: right - left, h: 0 }, false),
    rule({ x: left, y: middle, w: 0, h: to.y - middle }, true),
  ];
}
