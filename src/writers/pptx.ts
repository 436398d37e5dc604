/** Placed slides as a raw PowerPoint file; the one file that knows PptxGenJS. What it gets wrong, `package/settle` mends. */
import PptxGenJS from "pptxgenjs";
import type { Theme } from "../model/theme.ts";
import type { Outcome } from "../problem.ts";
import type { KeptSlides } from "./package/kept.ts";
import { deckWithoutSlides } from "./package/messages.ts";
import { colourOf } from "./package/theme.ts";
import {
  type Freeform,
  hangingIndent,
  type Picture,
  type Placed,
  type PlacedDeck,
  type PlacedParagraph,
  type PlacedTable,
  type Rule,
  type Run,
  type Shape,
  type TextBox,
} from "./slides/placed.ts";

// Its types describe the CommonJS build; an import of the module build is the class itself.
const Engine = PptxGenJS as unknown as typeof PptxGenJS.default;
type EngineSlide = ReturnType<InstanceType<typeof Engine>["addSlide"]>;
type EngineText = Extract<Parameters<EngineSlide["addText"]>[0], unknown[]>[number];
type EngineShape = Parameters<EngineSlide["addShape"]>[0];
type EngineTable = Parameters<EngineSlide["addTable"]>;

/**
 * The deck as PptxGenJS writes it, which is not yet a file to hand out: the box at an index of a slide is the shape at
 * that index, pictures are stand-ins, and `settle` builds on this.
 * @param kept slides that are left out, because `settle` puts in what was kept of them; never all of them
 */
export async function writePptx(
  { slides, theme }: PlacedDeck,
  kept: KeptSlides = new Map(),
): Promise<Outcome<Uint8Array>> {
  if (slides.length === 0) return { value: undefined, problems: [deckWithoutSlides()] };
  const engine = new Engine();
  engine.layout = "LAYOUT_WIDE";
  for (const [index, { boxes }] of slides.entries()) {
    if (kept.has(index)) continue;
    const slide = engine.addSlide();
    for (const box of boxes) add(slide, box, theme);
  }
  return { value: (await engine.write({ outputType: "uint8array" })) as Uint8Array, problems: [] };
}

/** One way of adding for each kind of box. Every option is a fresh literal, because the engine writes into what it gets. */
const adders: {
  [K in Placed["kind"]]: (slide: EngineSlide, box: Extract<Placed, { kind: K }>, theme: Theme) => void;
} = {
  text: addText,
  shape: addShape,
  rule: addRule,
  freeform: addFreeform,
  picture: addPicture,
  table: addTable,
};

function add<K extends Placed["kind"]>(
  slide: EngineSlide,
  box: Extract<Placed, { kind: K }>,
  theme: Theme,
): void {
  adders[box.kind as K](slide, box, theme);
}

function addText(slide: EngineSlide, box: TextBox, theme: Theme): void {
  const [top, right, bottom, left] = box.inset;
  slide.addText(textOf(box.paragraphs, theme), {
    ...box.box,
    isTextBox: true,
    wrap: true,
    valign: box.valign,
    // The engine's order here is left, right, bottom, top, in points.
    margin: [left * 72, right * 72, bottom * 72, top * 72],
    ...(box.fill && { fill: { color: colourOf(theme, box.fill) } }),
    ...(box.line && { line: { color: colourOf(theme, box.line.colour), width: box.line.width } }),
  });
}

function addShape(slide: EngineSlide, { box, shape, fill, line }: Shape, theme: Theme): void {
  slide.addShape(shape, {
    ...box,
    ...(fill && { fill: { color: colourOf(theme, fill) } }),
    ...(line && {
      line: {
        color: colourOf(theme, line.colour),
        width: line.width,
        dashType: line.dash ? "dash" : "solid",
      },
    }),
  });
}

function addRule(slide: EngineSlide, { box, colour, width, dash, arrow }: Rule, theme: Theme): void {
  slide.addShape("line", {
    ...box,
    line: {
      color: colourOf(theme, colour),
      width,
      dashType: dash ? "dash" : "solid",
      ...(arrow && { endArrowType: "triangle" }),
    },
  });
}

function addFreeform(
  slide: EngineSlide,
  { box, paths, closed, fill, line, arrow }: Freeform,
  theme: Theme,
): void {
  const points = paths.flatMap((path) => [
    ...path.map(({ x, y, via }, i) => ({
      x,
      y,
      ...(i === 0 && { moveTo: true }),
      ...(via && { curve: { type: "quadratic" as const, x1: via.x, y1: via.y } }),
    })),
    ...(closed ? [{ close: true as const }] : []),
  ]);
  // Known to the engine, but not to its types.
  slide.addShape("custGeom" as EngineShape, {
    ...box,
    points,
    ...(fill && { fill: { color: colourOf(theme, fill) } }),
    ...(line && {
      line: {
        color: colourOf(theme, line.colour),
        width: line.width,
        ...(arrow && { endArrowType: "triangle" as const }),
      },
    }),
  });
}

/** The signature of PNG and nothing else: the picture itself is put in by `settle`. */
const standIn = "data:image/png;base64,iVBORw0KGgo=";

function addPicture(slide: EngineSlide, { box, alt }: Picture): void {
  // `data` and never `path`: the engine would read any file and fetch any address.
  slide.addImage({ ...box, altText: alt, data: standIn });
}

function addTable(slide: EngineSlide, { box, columns, rows, inset }: PlacedTable, theme: Theme): void {
  const [top, right, bottom, left] = inset;
  const cells = rows.map(({ cells }) =>
    cells.map(({ paragraphs, indent = 0, fill, under }) => ({
      text: textOf(paragraphs, theme) as unknown as string,
      options: {
        valign: "middle" as const,
        // Inches from the top, clockwise; unlike in text boxes.
        margin: [top, right, bottom, left + indent] as [number, number, number, number],
        border: [
          { type: "none" as const },
          { type: "none" as const },
          under
            ? { type: "solid" as const, color: colourOf(theme, under.colour), pt: under.width }
            : { type: "none" as const },
          { type: "none" as const },
        ] as NonNullable<NonNullable<EngineTable[1]>["border"]>,
        ...(fill && { fill: { color: colourOf(theme, fill) } }),
      },
    })),
  );
  slide.addTable(cells as EngineTable[0], {
    ...box,
    colW: [...columns],
    rowH: rows.map(({ height }) => height),
  });
}

/** All runs in one list, as the engine wants them: `breakLine` ends a paragraph. */
function textOf(paragraphs: readonly PlacedParagraph[], theme: Theme): EngineText[] {
  return paragraphs.flatMap((paragraph) => {
    const pieces = piecesOf(paragraph.runs);
    return pieces.map(({ run, broken }, index) => ({
      text: run?.text ?? "",
      options: {
        ...paragraphOptions(paragraph),
        ...(run && runOptions(run, theme)),
        fontSize: run?.size ?? paragraph.size,
        softBreakBefore: broken,
        breakLine: index === pieces.length - 1,
      },
    }));
  });
}

interface Piece {
  readonly run: Run | undefined;
  readonly broken: boolean;
}

/**
 * Runs with the line breaks between them moved onto the run that follows; where none follows, or a paragraph begins with
 * a break, an empty piece stands in, because the engine breaks only before a piece and never before the first.
 */
function piecesOf(runs: readonly Run[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let broken = false;
  for (const run of runs) {
    if (run.text !== "\n") {
      pieces.push({ run, broken });
      broken = false;
    } else {
      if (broken || pieces.length === 0) pieces.push({ run: undefined, broken });
      broken = true;
    }
  }
  return broken || pieces.length === 0 ? [...pieces, { run: undefined, broken }] : pieces;
}

function paragraphOptions({ align, bullet, before, after, spacing }: PlacedParagraph) {
  return {
    align,
    paraSpaceBefore: before,
    paraSpaceAfter: after,
    lineSpacingMultiple: spacing,
    ...(bullet === "dot" && { bullet: { indent: hangingIndent * 72 } }),
    ...(bullet === "number" && { bullet: { type: "number" as const, indent: hangingIndent * 72 } }),
  };
}

/** No font on a run: the theme's fonts carry it, Latin and East Asian apart. */
function runOptions({ colour, bold, italic, strike, tracking, link }: Run, theme: Theme) {
  return {
    color: colourOf(theme, colour),
    ...(bold && { bold }),
    ...(italic && { italic }),
    ...(strike && { strike }),
    ...(tracking && { charSpacing: tracking }),
    // An address that is none makes PowerPoint refuse the file; the text stays.
    ...(link !== undefined && URL.canParse(link) && { hyperlink: { url: new URL(link).href } }),
  };
}
