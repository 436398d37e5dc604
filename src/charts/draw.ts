/** Drawing: sized specs become SVG and PNG. The only file that knows Vega, Vega-Lite's compiler and sharp. */
import { textWidth } from "../model/measure.ts";
import { newSign, newSignShare } from "../model/sign.ts";
import { hasErrors, type Outcome, order, type Problem } from "../problem.ts";
import type { Path } from "./json.ts";
import * as messages from "./messages.ts";
import type { SizedChart } from "./spec.ts";

/** The picture of a chart. */
export interface ChartPicture {
  readonly png: Uint8Array;
  /** Pixels of the PNG: twice those of the box. */
  readonly width: number;
  readonly height: number;
  /** Every text that is drawn. */
  readonly texts: readonly string[];
}

export interface DrawnChart extends ChartPicture {
  readonly svg: string;
}

/** Makes the fonts ready for these texts, before the first one is drawn. */
export type FontsReady = (texts: readonly string[]) => Promise<readonly Problem[]>;

/** Pixels of the picture for each pixel of the box: 144 to the inch. */
const density = 2;
/** Characters of a text; expressions can double one again and again. */
const longestText = 1000;
/** Texts may touch, and leave the box by what anti-aliasing needs. */
const tolerance = 1;

/** A chart as it is drawn: data alone, so that another thread can do it. */
export type Drawing = Omit<SizedChart, "at">;

/** What is wrong with the picture of a chart, and the part of its spec that this comes from. */
export interface Flaw {
  readonly chart: string;
  readonly path: Path;
  readonly problem: Problem;
}

export interface Drawn {
  /** By the charts' keys, sorted; those that could be drawn. */
  readonly pictures: ReadonlyMap<string, DrawnChart>;
  readonly flaws: readonly Flaw[];
  /** What is wrong with the fonts. */
  readonly problems: readonly Problem[];
}

/** Draws charts, each into its box, by their keys. Nothing is loaded when there are none. */
export async function drawCharts(
  charts: readonly SizedChart[],
  fontsReady: FontsReady,
): Promise<Outcome<ReadonlyMap<string, DrawnChart>>> {
  const drawings = charts.map(({ at: _, ...drawing }) => drawing);
  return located(await drawAll(drawings, fontsReady), charts);
}

/** What was drawn, its flaws told where they stand in the charts' files. Without a value when there is an error. */
export function located(
  { pictures, flaws, problems }: Drawn,
  charts: readonly SizedChart[],
): Outcome<ReadonlyMap<string, DrawnChart>> {
  const placed = flaws.map(({ chart, path, problem }) => {
    const at = charts.find(({ key }) => key === chart)?.at;
    return at ? { ...problem, where: at(path) } : problem;
  });
  const all = [...placed, ...problems];
  return { value: hasErrors(all) ? undefined : pictures, problems: all };
}

/** Begins to load the engines; what goes wrong is told when they are used. */
export function loadEngines(): void {
  loadVega().catch(() => {});
}

/** Loads the engines and warms them up with a chart that nobody sees: the first one takes three times as long. */
export async function warmUp(fontsReady: FontsReady): Promise<void> {
  const fonts = fontsReady([]);
  // They are waited for below; until then they may fail without anyone looking.
  fonts.catch(() => {});
  // Another thread looks at them from now on.
  await new Promise(setImmediate);
  const [engine] = await Promise.all([loadVega(), fonts]);
  warm ??= engine(sample);
  await warm;
}

let warm: Promise<unknown> | undefined;

const sample: Drawing = {
  key: "sample@4x3",
  width: 400,
  height: 300,
  spec: {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    width: 400,
    height: 300,
    autosize: { type: "fit", contains: "padding" },
    data: {
      values: [
        { name: "one", value: 1, year: 2024 },
        { name: "two", value: 2, year: 2025 },
      ],
    },
    encoding: {
      y: { field: "name", type: "nominal", sort: null, axis: { labelLimit: 200 } },
      x: { field: "value", type: "quantitative", scale: { domainMax: { expr: "width / 100" } } },
    },
    layer: [
      { mark: "bar", encoding: { color: { field: "name", type: "nominal", legend: null } } },
      {
        mark: { type: "text", align: "left", dx: { expr: "datum.value + 4" } },
        encoding: { text: { field: "name" } },
      },
    ],
  },
};

/**
 * Draws without knowing where in which file a chart stands. While one is rasterised, the next is compiled.
 * @param isQueued whether the process rasterises one picture at a time of itself, so that it may be given them all at once
 */
export async function drawAll(
  drawings: readonly Drawing[],
  fontsReady: FontsReady,
  isQueued = false,
): Promise<Drawn> {
  if (drawings.length === 0) return { pictures: new Map(), flaws: [], problems: [] };
  const [engine, problems] = await Promise.all([loadVega(), fontsReady([])]);
  if (hasErrors(problems)) return { pictures: new Map(), flaws: [], problems };
  const flaws: Flaw[] = [];
  const pictures: [string, DrawnChart][] = [];
  const texts: string[] = [];

  // One picture at a time: with several, the process dies now and then (one build in eight) in the text engine under
  // sharp, which shares the faces of variable fonts between threads.
  const rasters: Promise<void>[] = [];
  const addRaster = async (
    drawing: Drawing,
    vector: Vector,
    before: Promise<void> | undefined,
  ): Promise<void> => {
    if (!isQueued) await before;
    try {
      pictures.push([drawing.key, await rasterise(vector)]);
    } catch (thrown) {
      flaws.push({ chart: drawing.key, path: [], problem: messages.notDrawn(reasonOf(thrown)) });
    }
  };
  // One after the other here too: ids of clips and gradients count per process and start anew for each chart.
  for (const drawing of drawings) {
    const compiled = await engine(drawing);
    flaws.push(...compiled.flaws);
    if (compiled.vector) {
      texts.push(...compiled.vector.texts);
      rasters.push(addRaster(drawing, compiled.vector, rasters.at(-1)));
    }
    // Lets the rasteriser hand over what it has drawn.
    await new Promise(setImmediate);
  }
  await Promise.all(rasters);
  return {
    pictures: new Map(pictures.sort(([a], [b]) => order(a, b))),
    flaws,
    problems: await fontsReady(texts),
  };
}

async function rasterise({ svg, texts }: Vector): Promise<DrawnChart> {
  const { default: sharp } = await import("sharp");
  // No picture is made twice, so that none need be remembered.
  sharp.cache(false);
  // The spec has a ground, so that nothing shows through.
  const { data, info } = await sharp(Buffer.from(svg), { density: 72 * density })
    .removeAlpha()
    .png({ compressionLevel: 3 })
    .toBuffer({ resolveWithObject: true });
  return { png: data, svg, texts, width: info.width, height: info.height };
}

/** Signs of new figures, with the unit that a chart may print after its labels. */
const signs = new RegExp(`(?<=\\S)${newSign}([×%\\p{L}]*)`, "gu");

/** The texts of a picture with small signs, after the unit. */
function withSmallSigns(svg: string): string {
  const sign = `<tspan font-size="${newSignShare}em">${newSign}</tspan>`;
  return svg.replace(/>[^<]+</g, (text) => text.replace(signs, `$1${sign}`));
}

interface Vector {
  readonly svg: string;
  readonly texts: readonly string[];
}

interface Compiled {
  readonly vector?: Vector;
  readonly flaws: readonly Flaw[];
}

type Engine = (drawing: Drawing) => Promise<Compiled>;

let loading: Promise<Engine> | undefined;

/** Once for a process. */
function loadVega(): Promise<Engine> {
  loading ??= openVega();
  return loading;
}

/** Vega made ours: locked, interpreted, measuring text as we do, its warnings kept. */
async function openVega(): Promise<Engine> {
  const [vega, vegaLite, { expressionInterpreter }] = await Promise.all([
    import("vega"),
    import("vega-lite"),
    import("vega-interpreter"),
  ]);
  measureWithOurAdvances((vega as unknown as { textMetrics: TextMetrics }).textMetrics);
  const locked = () => Promise.reject(new Error("a chart reads no file and no network"));
  const loader = {
    options: {},
    load: locked,
    file: locked,
    http: locked,
    sanitize: async () => ({ href: "" }),
  };

  return async (drawing) => {
    const flaws: Flaw[] = [];
    const flawed = (problem: Problem): void => {
      flaws.push({ chart: drawing.key, path: [], problem });
    };
    const logger = keepWarnings((text) => flawed(messages.vegaWarning(reasonOf(text))));
    vega.resetSVGDefIds();
    let view: InstanceType<typeof vega.View> | undefined;
    try {
      const spec = structuredClone(drawing.spec) as unknown as Parameters<typeof vegaLite.compile>[0];
      const compiled = vegaLite.compile(spec, { logger: logger as never });
      const runtime = vega.parse(compiled.spec, undefined, { ast: true } as never);
      view = new vega.View(runtime, {
        renderer: "none",
        expr: expressionInterpreter,
        loader,
        logger,
      } as never);
      await view.runAsync();
      // The first layout fits the axes; texts beside them have found their widths only now.
      await view.resize().runAsync();
      const [left, top] = view.origin();
      const placed = textsOf((view.scenegraph() as unknown as { root: SceneItem }).root, left, top);
      const svg = withSmallSigns(await view.toSVG());
      flaws.push(...fitting(placed, drawing));
      return { vector: { svg, texts: placed.map(({ text }) => text) }, flaws };
    } catch (thrown) {
      flawed(messages.notCompiled(reasonOf(thrown)));
      return { flaws };
    } finally {
      view?.finalize();
    }
  };
}

/** Words of the engine's own, unless they are about its code and not about the chart. */
function reasonOf(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return thrown instanceof TypeError || aboutCode.test(text) ? unreadable : text.slice(0, longestReason);
}

const aboutCode = /is not a function|^Cannot read prop|^Invalid specification/;
const unreadable = "a part of it has not the form that Vega-Lite takes";
const longestReason = 200;

interface TextItem {
  readonly text?: string | readonly string[];
  readonly fontSize?: number;
  readonly fontWeight?: string | number;
  readonly limit?: number;
}

interface TextMetrics {
  width: (item: TextItem, text: unknown) => number;
}

/**
 * Without a canvas Vega guesses widths, and cuts labels by its guess. Set once and for the whole process, as Vega
 * offers no other way. Must not call Vega's own truncation, which measures by calling this.
 */
function measureWithOurAdvances(metrics: TextMetrics): void {
  metrics.width = (item, text) => {
    if (String(text ?? "").length > longestText)
      throw new Error(`a text has more than ${longestText} characters`);
    const weight = Number(item.fontWeight);
    const bold = item.fontWeight === "bold" || weight >= 600;
    const size = item.fontSize ?? 11;
    const signed = String(text ?? "").trim();
    const figures = signed.replace(signs, "$1");
    const width =
      textWidth(figures, { size, bold }) +
      textWidth(newSign, { size: size * newSignShare }) * (signed.length - figures.length);
    return item.limit !== undefined && item.limit > 0 ? Math.min(width, item.limit) : width;
  };
}

/** A logger of Vega's shape that hands on warnings and errors, and drops the rest. */
function keepWarnings(keep: (text: string) => void): object {
  const seen = new Set<string>();
  const take = (...parts: readonly unknown[]): object => {
    const text = parts.map((part) => (part instanceof Error ? part.message : String(part))).join(" ");
    if (!seen.has(text)) keep(text);
    seen.add(text);
    return logger;
  };
  const drop = (): object => logger;
  const logger = { level: drop, error: take, warn: take, info: drop, debug: drop };
  return logger;
}

interface Bounds {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

interface SceneItem extends TextItem {
  readonly marktype?: string;
  readonly name?: string;
  readonly role?: string;
  readonly opacity?: number;
  readonly x?: number;
  readonly y?: number;
  readonly bounds?: Bounds;
  readonly items?: readonly SceneItem[];
}

interface PlacedText {
  readonly text: string;
  readonly bounds: Bounds;
  /** The part of the spec that it belongs to. */
  readonly source: Path;
}

/** Every visible text of a scene with its box, in pixels of the chart. */
function textsOf(node: SceneItem, x = 0, y = 0, mark?: SceneItem, source: Path = []): PlacedText[] {
  if (node.marktype !== undefined) {
    const from = source.length > 0 ? source : sourceOf(node);
    return (node.items ?? []).flatMap((item) => textsOf(item, x, y, node, from));
  }
  if (mark?.marktype === "group")
    return (node.items ?? []).flatMap((inner) =>
      textsOf(inner, x + (node.x ?? 0), y + (node.y ?? 0), undefined, source),
    );
  const text = [node.text ?? ""].flat().join(" ").trim();
  if (mark?.marktype !== "text" || text === "" || node.opacity === 0 || !node.bounds) return [];
  const { x1, y1, x2, y2 } = node.bounds;
  return [{ text, bounds: { x1: x1 + x, y1: y1 + y, x2: x2 + x, y2: y2 + y }, source }];
}

/** Vega-Lite names marks by their layers, e.g. `layer_2_marks`, and guides have their part in the role. */
function sourceOf({ name = "", role = "" }: SceneItem): Path {
  const layers = [...name.matchAll(/layer_(\d+)/g)].flatMap(([, index]) => ["layer", Number(index)]);
  if (layers.length > 0) return layers;
  if (name.endsWith("marks")) return ["mark"];
  const part = /^(?:title|axis|legend)/.exec(role)?.[0];
  return part === undefined ? [] : [part === "title" ? "title" : "encoding"];
}

function fitting(texts: readonly PlacedText[], { key, width, height }: Drawing): Flaw[] {
  const size = `${key.split("@")[1]} in`;
  const outside = texts.filter(
    ({ bounds }) =>
      bounds.x1 < -tolerance ||
      bounds.y1 < -tolerance ||
      bounds.x2 > width + tolerance ||
      bounds.y2 > height + tolerance,
  );
  const pairs = texts.flatMap((one, index) => {
    const other = texts.slice(index + 1).find((candidate) => overlap(one.bounds, candidate.bounds));
    return other ? [[one, other] as const] : [];
  });
  const flaws: Flaw[] = [];
  if (outside.length > 0) {
    // A long text pushes others out of the box.
    const longest = outside.reduce((one, other) => (other.text.length > one.text.length ? other : one));
    const found = outside.map(({ text }) => text);
    flaws.push({ chart: key, path: longest.source, problem: messages.textOutside(found, size) });
  }
  const [over] = pairs;
  if (over) {
    const found = pairs.map(([one, other]) => [one.text, other.text] as const);
    flaws.push({ chart: key, path: over[0].source, problem: messages.textOverlap(found, size) });
  }
  return flaws;
}

function overlap(a: Bounds, b: Bounds): boolean {
  const across = Math.min(a.x2, b.x2) - Math.max(a.x1, b.x1);
  const down = Math.min(a.y2, b.y2) - Math.max(a.y1, b.y1);
  // Boxes of text have air above and below the letters.
  return across > tolerance && down > 3;
}
