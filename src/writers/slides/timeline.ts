/** Timelines: dates on one line at equal steps, and under each a card with what happened. */
import type { Entry, Inline, Timeline } from "../../model/document.ts";
import { plainText } from "../../model/walk.ts";
import { cardHeight, cardSettings, cardText, placeCard, readWell } from "./cards.ts";
import { beside } from "./grid.ts";
import { type Measured, type Setting, tone } from "./measured.ts";
import { tooManyEntries } from "./messages.ts";
import type { Box, Placed, PlacedParagraph } from "./placed.ts";
import { plainBox } from "./prose.ts";
import { runsOf } from "./runs.ts";
import { heightOf, linesOf, paragraph } from "./text.ts";

/** Entries in a row, and on a slide: two rows. */
const perRow = 7;
const most = 14;
/** Inches: a dot, from date to line and from line to card, and between rows. */
const dot = 0.16;
const air = { date: 0.12, card: 0.16, rows: 0.3 };
/** Up to what the cards are opened, against what their text needs. */
const openness = 1.35;

interface Event {
  readonly entry: Entry;
  readonly date: PlacedParagraph;
  readonly card: readonly PlacedParagraph[];
}

/** The entries set in rows of a type, with the heights (inches) that all dates and all cards share. */
interface Drawn {
  readonly rows: number;
  readonly across: number;
  readonly events: readonly Event[];
  readonly dates: number;
  readonly cards: number;
  readonly readable: boolean;
}

export function measureTimeline(timeline: Timeline, setting: Setting): Measured {
  const count = timeline.items.length;
  const gutter = setting.theme.page.gutter;
  const tried = cardSettings
    .filter(({ rows }) => rows === 2 || count <= perRow)
    .map(({ rows, large }) => draw(timeline, rows, large, setting));
  const { rows, across, events, dates, cards } = tried.find(({ readable }) => readable) ?? tried.at(-1)!;
  const line = dates + air.date + dot + air.card;
  const minimum = rows * (line + cards) + (rows - 1) * air.rows;
  return {
    type: "timeline",
    at: timeline.at,
    minimum,
    preferred: minimum,
    grow: 2,
    problems: count > most ? [tooManyEntries("timeline", count, most, timeline.at)] : [],
    place: (box) => {
      const spare = box.h - minimum;
      const opened = Math.min(cards * openness, cards + spare / rows);
      const left = box.h - rows * (line + opened) - (rows - 1) * air.rows;
      // A little above the middle is where the eye rests.
      const top = box.y + left * 0.3;
      return Array.from({ length: rows }, (_, row) => {
        const y = top + row * (line + opened + air.rows);
        const some = events.slice(row * across, (row + 1) * across);
        const steps = beside({ ...box, y, h: line + opened }, across, gutter).slice(0, some.length);
        return placeRow(some, steps, dates, line, box.x + box.w);
      }).flat();
    },
  };
}

function draw(timeline: Timeline, rows: number, large: boolean, setting: Setting): Drawn {
  const { language } = setting;
  const across = Math.max(1, Math.ceil(timeline.items.length / rows));
  const width = (setting.width - setting.theme.page.gutter * (across - 1)) / across;
  const events = timeline.items.map((entry) => eventOf(entry, large, setting));
  const highest = (of: (event: Event) => number): number => Math.max(0, ...events.map(of));
  const onOneLine = events.every(({ date }) => linesOf(date, width, language) === 1);
  return {
    rows,
    across,
    events,
    dates: highest(({ date }) => heightOf([date], width, language)),
    cards: highest(({ card }) => cardHeight(card, width, setting)),
    readable:
      onOneLine &&
      readWell(
        events.map(({ card }) => card),
        width,
        setting,
      ),
  };
}

function placeRow(
  events: readonly Event[],
  steps: readonly Box[],
  dates: number,
  line: number,
  end: number,
): Placed[] {
  return events.flatMap(({ entry, date, card }, i): Placed[] => {
    const step = steps[i]!;
    const y = step.y + dates + air.date;
    const from = step.x + dot;
    const to = steps[i + 1]?.x ?? (steps.length === 1 ? step.x + step.w : Math.min(end, step.x + step.w));
    return [
      plainBox("Date", { ...step, h: dates }, [date]),
      {
        kind: "shape",
        shape: "ellipse",
        name: "Dot",
        box: { x: step.x, y, w: dot, h: dot },
        fill: entry.role ?? "muted",
      },
      {
        kind: "rule",
        name: "Line",
        box: { x: from, y: y + dot / 2, w: to - from, h: 0 },
        colour: "series",
        width: 1.5,
      },
      ...placeCard("Event", entry, card, { ...step, y: step.y + line, h: step.h - line }),
    ];
  });
}

/** The part that names a period is the date; where none does, what leads. */
function eventOf(entry: Entry, large: boolean, setting: Setting): Event {
  const labelled = !holdsPeriod(entry.lead) && holdsPeriod(entry.label);
  const date = labelled ? entry.label : entry.lead;
  const what = labelled ? entry.lead : entry.label;
  const size = setting.sizes.body;
  const runs = runsOf(date, { ...tone(setting, size, "muted"), bold: true });
  // A lone sentence is text, not a headline.
  const alone = !labelled && plainText(entry.detail).trim() === "";
  return {
    entry,
    date: paragraph(runs, { size, language: setting.language }),
    card: alone
      ? cardText([], [what], entry.role, large, setting)
      : cardText(what, [entry.detail], entry.role, large, setting),
  };
}

function holdsPeriod(inlines: readonly Inline[]): boolean {
  return inlines.some(
    (inline) => inline.type === "period" || ("children" in inline && holdsPeriod(inline.children)),
  );
}
