/**
 * Layout: a document becomes placed slides.
 *
 *   page --arrange--> blocks --measure--> heights --paginate--> slides --placeStack--> boxes --frame--> slide with
 *   title, sources and notes
 *
 * Pure: sizes come from the theme and text is measured with real advances; nothing is written here.
 */
import type { Figure, Lineage } from "../../evidence/figure.ts";
import type { Store } from "../../findings/store.ts";
import type { Block, BlockType, Inline, Page, Section, SourcedDocument } from "../../model/document.ts";
import { formatFigure } from "../../model/news.ts";
import type { Theme } from "../../model/theme.ts";
import { plainText, walkBlocks } from "../../model/walk.ts";
import { hasErrors, type Outcome, type Place, type Problem } from "../../problem.ts";
import { arrange } from "./arrangements.ts";
import { measure } from "./blocks.ts";
import { placeCover } from "./cover.ts";
import { newsOf, sourcesInFull } from "./footer.ts";
import { type Frame, placeDraftMark, placeFooter, placeKicker, placeTitle } from "./frame.ts";
import { contentWidth, round, zone } from "./grid.ts";
import { type Measured, placeStack, type Setting, stackHeight } from "./measured.ts";
import { tooManySlides } from "./messages.ts";
import { figureNotes, paragraphsOf, type Shown } from "./notes.ts";
import { paginate } from "./paginate.ts";
import type { Box, MasterName, Placed, PlacedDeck, PlacedSlide, Run } from "./placed.ts";
import { runsOf, type Tone } from "./runs.ts";

export { type ChartRequest, chartRequests } from "./chart.ts";

/** A slide before it has its number. */
interface Slide {
  readonly master: MasterName;
  readonly section: string;
  readonly title: string;
  readonly boxes: readonly Placed[];
  /** The author's notes. */
  readonly notes: readonly (readonly Run[])[];
  /** Lines of `:::source`. */
  readonly remarks: readonly (readonly Run[])[];
  readonly at: Place;
}

interface Context extends Frame {
  readonly chartFigures: ReadonlyMap<string, readonly Figure[]>;
  /** Figures of charts as pages print them: the same figure may stand in many charts. */
  readonly printed: Map<Figure, string>;
}

/**
 * Places a document on slides. What does not fit even in the smallest sizes is a problem at its place, and then there
 * is no deck: nothing is ever cut.
 * @param chartFigures the figures that each chart shows, by the chart's name
 */
export function layOut(
  document: SourcedDocument,
  theme: Theme,
  store: Store,
  chartFigures: ReadonlyMap<string, readonly Figure[]>,
): Outcome<PlacedDeck> {
  const { language, draft, date, since } = document;
  const days = since === undefined ? {} : { since };
  const context: Context = { theme, language, draft, store, chartFigures, printed: new Map(), ...days };
  const title = plainText(document.title);
  const cover = coverOf(document, context);
  const pages = document.sections.reduce((sum, section) => sum + section.pages.length, 0);
  const at = startOf(document);
  if (pages > mostSlides)
    return { value: undefined, problems: [tooManySlides(`${pages} pages`, mostSlides, at)] };
  const sections = document.sections.map((section) => layOutSection(section, title, context));
  const slides = [cover, ...sections].flatMap((part) => part.slides);
  const problems = [cover, ...sections].flatMap((part) => part.problems);
  if (slides.length > mostSlides) problems.push(tooManySlides(`${slides.length} slides`, mostSlides, at));
  if (hasErrors(problems)) return { value: undefined, problems };
  const finished = slides.map((slide, i) =>
    finish(slide, slide.master === "cover" ? undefined : i + 1, context),
  );
  return { value: { title, language, date, ...days, theme, slides: finished }, problems };
}

/** Slides of a deck. */
const mostSlides = 2_000;

interface Part {
  readonly slides: readonly Slide[];
  readonly problems: readonly Problem[];
}

function startOf(document: SourcedDocument): Place {
  return document.at ?? { file: document.sections[0]?.at.file ?? "" };
}

function coverOf(document: SourcedDocument, context: Context): Part {
  const at = startOf(document);
  const { boxes, problems } = placeCover(document, at, context);
  const title = plainText(document.title);
  return {
    slides: [{ master: "cover", section: title, title, boxes, notes: [], remarks: [], at }],
    problems,
  };
}

/** A section's name stands above its pages; it has a slide of its own only where it has something to say there. */
function layOutSection(section: Section, documentTitle: string, context: Context): Part {
  const name = plainText(section.title) || documentTitle;
  const divider: Page[] =
    section.blocks.length === 0
      ? []
      : [
          {
            at: section.at,
            title: section.title,
            layout: undefined,
            blocks: section.blocks,
            notes: [],
            sources: [],
          },
        ];
  const parts = [
    ...divider.map((page) => layOutPage(page, [], name, "section", context)),
    ...section.pages.map((page) => layOutPage(page, section.title, name, "content", context)),
  ];
  return {
    slides: parts.flatMap(({ slides }) => slides),
    problems: parts.flatMap(({ problems }) => problems),
  };
}

function layOutPage(
  page: Page,
  kicker: readonly Inline[],
  section: string,
  master: MasterName,
  context: Context,
): Part {
  const { theme, language } = context;
  const tone = (colour: Tone["colour"]): Tone => ({ theme, language, ground: "ground", colour });
  const arranged = arrange(page);
  const body = zone("body", theme);
  const paged = fitBlocks(arranged.blocks, body, context);
  const title = placeTitle(runsOf(page.title, { ...tone("ink"), bold: true }), page.at, context);
  const kickerRuns = runsOf(kicker, tone("muted"));
  const kickers = paged.slides.map((_, i) =>
    placeKicker(kickerRuns, { number: i + 1, of: paged.slides.length }, page.at, context),
  );
  const notes = paragraphsOf(page.notes, tone("ink"));
  const remarks = paragraphsOf(page.sources, tone("muted")).map(withoutStop);
  return {
    slides: paged.slides.map((blocks, i) => ({
      master,
      section,
      title: plainText(page.title),
      boxes: [
        ...kickers[i]!.boxes,
        title.box,
        ...placeDraftMark(context, "slide"),
        ...asBody(placeStack(blocks, body)),
      ],
      notes: i === 0 ? notes : [],
      remarks,
      at: page.at,
    })),
    problems: [...title.problems, ...(kickers[0]?.problems ?? []), ...arranged.problems, ...paged.problems],
  };
}

/** Text alone on a page, in one column or two, takes the layout's places for text, which PowerPoint's outline shows. */
function asBody(boxes: readonly Placed[]): Placed[] {
  const isAlone = boxes.length === 1 || (boxes.length === 2 && boxes[0]!.box.y === boxes[1]!.box.y);
  const isText = boxes.every((box) => box.kind === "text" && box.fill === undefined);
  return boxes.map((box) =>
    box.kind === "text" && isAlone && isText ? { ...box, placeholder: "body" } : box,
  );
}

/**
 * The blocks on one slide in the largest size in which they fit, else on several in the largest in which lists and
 * tables may continue, else the problems of the smallest.
 */
function fitBlocks(blocks: Page["blocks"], body: Box, context: Context): ReturnType<typeof paginate> {
  const { theme, language, chartFigures } = context;
  const { sizes } = theme;
  let several: ReturnType<typeof paginate> | undefined;
  let tried: ReturnType<typeof paginate> = { slides: [[]], problems: [] };
  for (const size of bodySizes(sizes, blocks)) {
    const less = sizes.body - size;
    const setting: Setting = {
      theme,
      language,
      width: contentWidth(theme),
      sizes: {
        body: size,
        heading: Math.max(size, sizes.heading - less),
        table: Math.min(sizes.body, Math.max(sizes.label, sizes.table - less)),
        label: size > sizes.body ? Math.min(sizes.table, sizes.label + larger) : sizes.label,
      },
      chartFigures,
    };
    // A remark below a table is no larger than what it is about.
    const remark: Setting = {
      ...setting,
      sizes: { ...setting.sizes, body: Math.min(setting.sizes.body, setting.sizes.table) },
    };
    const measured: Measured[] = blocks.map((block, index) =>
      measure(block, block.type === "paragraph" && blocks[index - 1]?.type === "table" ? remark : setting),
    );
    // Larger text must not fill the slide to its edge: white space is the frame.
    if (
      size > Math.max(sizes.body, sizes.bodyFloor) &&
      stackHeight(measured, "preferred") > body.h * fullest(blocks)
    )
      continue;
    tried = paginate(measured, body.h, setting.sizes.body);
    if (tried.problems.length > 0) continue;
    if (tried.slides.length === 1) return tried;
    several ??= tried;
    // What is never on one slide, in whatever size, need not be tried in smaller ones.
    if (measured.some(({ mustSplit }) => mustSplit)) break;
  }
  return several ?? tried;
}

/** Points by which labels are larger where body text is. */
const larger = 2;

/** What may be set larger than in the theme's size of body text where the page would else be half empty. */
const growing: ReadonlySet<BlockType> = new Set([
  "paragraph",
  "heading",
  "list",
  "table",
  "matrix",
  "kpi",
  "bridge",
]);

/** Entries side by side that have the room for larger type. */
const few = 4;

function mayGrow(block: Block): boolean {
  if (block.type === "timeline" || block.type === "flow") return block.items.length <= few;
  return block.type === "columns" || growing.has(block.type);
}

/** Points in which body text is tried: larger than usual where all on the page may grow, then down to the floor, always. */
function bodySizes(sizes: Theme["sizes"], blocks: readonly Block[]): number[] {
  const { bodyLarge, body, bodyFloor } = sizes;
  const grows = [...walkBlocks(blocks)].every(({ block }) => mayGrow(block));
  const larger = grows ? [bodyLarge, Math.round((bodyLarge + body) / 2)].filter((size) => size > body) : [];
  const steps = Array.from({ length: Math.max(0, Math.ceil(body - bodyFloor)) }, (_, i) => body - i);
  return [...larger, ...steps, bodyFloor];
}

/** The part of the body that larger text may fill: rows are opened further, and tiles need more air than running text. */
function fullest(blocks: readonly Block[]): number {
  const types = new Set([...walkBlocks(blocks)].map(({ block }) => block.type));
  if (types.has("kpi") || types.has("bridge")) return 0.62;
  return types.has("table") || types.has("matrix") ? 0.7 : 0.8;
}

/** The frame's lower half and the notes, which depend on what the slide shows and on its number. */
function finish(slide: Slide, number: number | undefined, context: Context): PlacedSlide {
  const { store, language, since } = context;
  const shown = [...shownOn(slide.boxes, context), ...shownIn(slide.remarks.flat())];
  const lineages = [...lineagesOn(slide.boxes), ...slide.remarks.flat().flatMap(lineageOf)];
  const told = [...shown, ...shownIn(slide.notes.flat())];
  const toldNews = newsOf(told, since, store, language);
  const inFull = sourcesInFull(lineages, slide.remarks, toldNews, store, language);
  const news = newsOf(shown, since, store, language);
  const footer = slide.master === "cover" ? [] : placeFooter(lineages, slide.remarks, news, number, context);
  return {
    master: slide.master,
    section: slide.section,
    title: slide.title,
    boxes: numbered([...slide.boxes, ...footer]).map(rounded),
    notes: [...slide.notes, ...figureNotes(told, store, language), ...(inFull.length > 0 ? [inFull] : [])],
    number,
    at: slide.at,
  };
}

/** Every figure on the slide, in the order of its boxes, with the words in which it is shown. */
function shownOn(boxes: readonly Placed[], { printed, store, language, since }: Context): Shown[] {
  return boxes.flatMap((box): Shown[] => {
    if (box.kind !== "picture") return shownIn(runsIn(box));
    return box.figures.map((figure) => {
      const text = printed.get(figure) ?? formatFigure(figure, language, store, since);
      printed.set(figure, text);
      return { figure, text };
    });
  });
}

/** What the slide rests on: the lineage of its figures, and of its statements, events and classes. */
function lineagesOn(boxes: readonly Placed[]): Lineage[] {
  return boxes.flatMap((box) =>
    box.kind === "picture" ? box.figures.map(({ lineage }) => lineage) : runsIn(box).flatMap(lineageOf),
  );
}

function lineageOf({ origin }: Run): Lineage[] {
  if (origin?.kind === "figure") return [origin.figure.lineage];
  return origin?.kind === "name" && origin.lineage ? [origin.lineage] : [];
}

function runsIn(box: Placed): Run[] {
  if (box.kind === "text") return box.paragraphs.flatMap(({ runs }) => runs);
  if (box.kind !== "table") return [];
  const cells = box.rows.flatMap((row) => row.cells);
  return cells.flatMap(({ paragraphs }) => paragraphs.flatMap(({ runs }) => runs));
}

function shownIn(runs: readonly Run[]): Shown[] {
  return runs.flatMap(({ text, origin }) =>
    origin?.kind === "figure" ? [{ figure: origin.figure, text: origin.whole ?? text }] : [],
  );
}

/** Names that occur once stay as they are; the others are counted: `Tile 1`, `Tile 2`. */
function numbered(boxes: readonly Placed[]): Placed[] {
  const total = new Map<string, number>();
  for (const { name } of boxes) total.set(name, (total.get(name) ?? 0) + 1);
  const seen = new Map<string, number>();
  return boxes.map((box) => {
    if (total.get(box.name) === 1) return box;
    const number = (seen.get(box.name) ?? 0) + 1;
    seen.set(box.name, number);
    return { ...box, name: `${box.name} ${number}` };
  });
}

function rounded(placed: Placed): Placed {
  const { x, y, w, h } = placed.box;
  return { ...placed, box: { x: round(x), y: round(y), w: round(w), h: round(h) } };
}

/** The source line sets its own stops. */
function withoutStop(runs: readonly Run[]): Run[] {
  const last = runs.at(-1);
  return last ? [...runs.slice(0, -1), { ...last, text: last.text.replace(/[.。]\s*$/u, "") }] : [];
}
