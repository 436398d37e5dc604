/** Timelines: dates on one line at equal steps, a dot for each, and under it what happened. */
import type { Entry, Inline, Timeline } from "../../model/document.ts";
import type { Role } from "../../model/theme.ts";
import { plainText } from "../../model/walk.ts";
import {
  type CaptionType,
  caption,
  captionsHeight,
  captionTypes,
  keepsWords,
  readsWell,
} from "./captions.ts";
import { beside, zones } from "./grid.ts";
import { type Measured, type Setting, tone } from "./measured.ts";
import { tooManyEntries } from "./messages.ts";
import type { Box, Placed, PlacedParagraph } from "./placed.ts";
import { plainBox } from "./prose.ts";
import { runsOf } from "./runs.ts";
import { heightOf, linesOf, paragraph } from "./text.ts";

/** Entries in a row, and on a slide: two rows. */
const perRow = 7;
const most = 14;
/** Inches: a dot, from date to line and from line to text, between rows, and above and below beside other blocks. */
const dot = 0.18;
const air = { date: 0.14, text: 0.2, rows: 0.4, around: 1 };

interface Event {
  readonly date: PlacedParagraph;
  readonly text: readonly PlacedParagraph[];
  readonly role: Role;
}

/** The entries set in rows of a type, with the heights (inches) that all dates and all texts share. */
interface Drawn {
  readonly rows: number;
  readonly across: number;
  readonly events: readonly Event[];
  readonly dates: number;
  readonly texts: number;
  /** Inches of all rows. */
  readonly height: number;
  readonly fits: boolean;
}

/** One row, in smaller type if need be; a second only where words would break, or more stands there than a page holds. */
export function measureTimeline(timeline: Timeline, setting: Setting): Measured {
  const count = timeline.items.length;
  const gutter = setting.theme.page.gutter;
  const [large, ...smaller] = captionTypes(setting);
  const tried = [
    ...(count > perRow ? [] : [draw(timeline, 1, large!, true, setting)]),
    ...[1, 2]
      .filter((rows) => rows === 2 || count <= perRow)
      .flatMap((rows) => smaller.map((type) => draw(timeline, rows, type, false, setting))),
  ];
  const { rows, across, events, dates, texts, height } = tried.find(({ fits }) => fits) ?? tried.at(-1)!;
  const line = dates + air.date + dot + air.text;
  return {
    type: "timeline",
    at: timeline.at,
    minimum: height,
    preferred: height,
    most: height + air.around,
    grow: 2,
    problems: count > most ? [tooManyEntries("timeline", count, most, timeline.at)] : [],
    place: (box) => {
      // A little above the middle is where the eye rests.
      const top = box.y + (box.h - height) * 0.4;
      return Array.from({ length: rows }, (_, row) => {
        const y = top + row * (line + texts + air.rows);
        const some = events.slice(row * across, (row + 1) * across);
        const steps = beside({ ...box, y, h: line + texts }, across, gutter).slice(0, some.length);
        return placeRow(some, steps, dates, line);
      }).flat();
    },
  };
}

function draw(timeline: Timeline, rows: number, type: CaptionType, open: boolean, setting: Setting): Drawn {
  const { language } = setting;
  const across = Math.max(1, Math.ceil(timeline.items.length / rows));
  const width = (setting.width - setting.theme.page.gutter * (across - 1)) / across;
  const events = yearOnce(timeline.items).map((entry) => eventOf(entry, type, setting));
  const captions = events.map(({ text }) => text);
  const dates = Math.max(0, ...events.map(({ date }) => heightOf([date], width, language)));
  const texts = captionsHeight(captions, width, setting);
  const height = rows * (dates + air.date + dot + air.text + texts) + (rows - 1) * air.rows;
  const read = open
    ? readsWell(captions, width, setting)
    : captions.every((text) => keepsWords(text, width, setting));
  const onOneLine = events.every(({ date }) => linesOf(date, width, language) === 1);
  return { rows, across, events, dates, texts, height, fits: read && onOneLine && height <= zones.body.h };
}

function placeRow(events: readonly Event[], steps: readonly Box[], dates: number, line: number): Placed[] {
  return events.flatMap(({ date, text, role }, i): Placed[] => {
    const step = steps[i]!;
    const y = step.y + dates + air.date;
    const from = step.x + dot;
    const to = steps[i + 1]?.x ?? step.x + step.w;
    return [
      // On a common base line, whatever the dates' own heights are.
      { ...plainBox("Date", { ...step, h: dates }, [date]), valign: "bottom" },
      { kind: "shape", shape: "ellipse", name: "Dot", box: { x: step.x, y, w: dot, h: dot }, fill: role },
      {
        kind: "rule",
        name: "Line",
        box: { x: from, y: y + dot / 2, w: to - from, h: 0 },
        colour: "series",
        width: 1.5,
      },
      plainBox("Event", { ...step, y: step.y + line, h: step.h - line }, text),
    ];
  });
}

/** A year that all dates share is said with the first. */
function yearOnce(items: readonly Entry[]): readonly Entry[] {
  const years = items.map((entry) => /\b\d{4}(?!\d)/.exec(plainText(entry[dateOf(entry)]))?.[0]);
  if (years[0] === undefined || years.some((year) => year !== years[0])) return items;
  return items.map((entry, i) =>
    i === 0 ? entry : { ...entry, [dateOf(entry)]: withoutYear(entry[dateOf(entry)]) },
  );
}

/** Only of what still is a date without it: `10 Feb 2025`, `2025年2月10日`, but not `Q1 2025`. */
function withoutYear(inlines: readonly Inline[]): readonly Inline[] {
  return inlines.map((inline): Inline => {
    if ("children" in inline) return { ...inline, children: withoutYear(inline.children) };
    if (inline.type !== "period") return inline;
    const text = inline.text.replace(/^((?:\d{1,2} )?\p{Lu}\p{Ll}{2}) \d{4}$|^\d{4}年(?=\d{1,2}月)/u, "$1");
    return { ...inline, text };
  });
}

/** The part that names a period is the date; where none does, what leads. */
function dateOf(entry: Entry): "lead" | "label" {
  return !holdsPeriod(entry.lead) && holdsPeriod(entry.label) ? "label" : "lead";
}

function eventOf(entry: Entry, type: CaptionType, setting: Setting): Event {
  const labelled = dateOf(entry) === "label";
  const date = entry[dateOf(entry)];
  const what = labelled ? entry.lead : entry.label;
  const size = type.text;
  const runs = runsOf(date, { ...tone(setting, "muted"), bold: true });
  // A lone sentence is text, not a headline.
  const alone = !labelled && plainText(entry.detail).trim() === "";
  const role = entry.role ?? roleIn(what);
  const style = { type, role };
  return {
    date: paragraph(runs, { size, language: setting.language }),
    text: alone ? caption([], [what], style, setting) : caption(what, [entry.detail], style, setting),
    role: role ?? "muted",
  };
}

/** The role of the first coloured span: who is named in a colour has a dot of that colour. */
function roleIn(inlines: readonly Inline[]): Role | undefined {
  for (const inline of inlines) {
    const role =
      inline.type === "span" ? inline.role : "children" in inline ? roleIn(inline.children) : undefined;
    if (role) return role;
  }
  return undefined;
}

function holdsPeriod(inlines: readonly Inline[]): boolean {
  return inlines.some(
    (inline) => inline.type === "period" || ("children" in inline && holdsPeriod(inline.children)),
  );
}
