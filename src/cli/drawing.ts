/** Drawing with the shipped fonts, in a thread of its own: where the fonts are unpacked is decided here, once for a process. */
import { tmpdir } from "node:os";
import { SHARE_ENV, Worker } from "node:worker_threads";
import type { Draw } from "../build.ts";
import { type ChartPicture, type Drawing, type Drawn, drawAll, located } from "../charts/draw.ts";
import type { SizedChart } from "../charts/spec.ts";
import { distinctProblems, hasErrors, type Outcome, order, type Problem } from "../problem.ts";
import { type ChartCache, openChartCache } from "./chart-cache.ts";
import { isDiskFault } from "./disk.ts";
import type { Answer, Ready, Request } from "./draw-thread.ts";
import { hasOneThread } from "./engine.ts";
import { chartFolder } from "./kept-folders.ts";
import * as messages from "./messages.ts";
import { codeSum, dependencies, workerFile } from "./package.ts";
import { userFolder, userKey } from "./user-folder.ts";

export interface DrawingOptions {
  /** Charts that were drawn before are taken from here, and new ones put there. */
  readonly kept?: ChartCache | undefined;
  /** False draws in this thread, for a process that is itself one of several. */
  readonly apart?: boolean;
}

/** Charts that are drawn at a time, so that a thousand take no more memory than these. */
const mostAtOnce = 50;

/**
 * Draws charts. Vega is loaded when there is one that was never drawn, or, as all have to be then, in the first build of a
 * workspace. In a workspace of decks with charts the thread and its fonts get ready while everything else is read.
 */
export function openDrawing({ kept, apart = true }: DrawingOptions = {}): Draw {
  let fonts: string | undefined;
  const pen = apart ? openThread() : drawHere;
  const fresh = async (
    charts: readonly SizedChart[],
  ): Promise<Outcome<ReadonlyMap<string, ChartPicture>>> => {
    const pictures = new Map<string, ChartPicture>();
    const problems: Problem[] = [];
    let drawing: readonly string[] = [];
    try {
      fonts ??= userFolder();
      for (let at = 0; at < charts.length; at += mostAtOnce) {
        const some = charts.slice(at, at + mostAtOnce);
        drawing = some.map(({ key }) => key);
        const drawn = await pen(
          some.map(({ at: _, ...drawing }) => drawing),
          fonts,
        );
        for (const [key, picture] of drawn.pictures) pictures.set(key, picture);
        problems.push(...located(drawn, some).problems);
        if (drawn.problems.length > 0) continue;
        // A chart that is drawn with a problem is drawn again, so that its problem is told again.
        const flawed = new Set(drawn.flaws.map(({ chart }) => chart));
        for (const chart of some) {
          const picture = flawed.has(chart.key) ? undefined : drawn.pictures.get(chart.key);
          if (picture) kept?.put(chart, picture);
        }
      }
    } catch (fault) {
      if (isOutOfMemory(fault)) return { value: undefined, problems: [messages.chartsTooLarge(drawing)] };
      if (!isDiskFault(fault)) throw fault;
      return { value: undefined, problems: [messages.cannotWrite(fault.path ?? fonts ?? tmpdir(), fault)] };
    }
    return { value: hasErrors(problems) ? undefined : pictures, problems: distinctProblems(problems) };
  };
  const getReady = (ready: Ready): void => {
    if (!apart) return;
    try {
      fonts ??= userFolder();
      pen([], fonts, ready).catch(() => {});
    } catch {
      // What goes wrong here does so again when a chart is drawn, and is told then.
    }
  };
  const isEmpty = kept?.isEmpty();
  if (isEmpty !== true) getReady(isEmpty === undefined ? "all" : "fonts");
  /** Of charts that were announced and never drawn before. */
  const unseen: string[] = [];
  const draw: Draw = async (charts) => {
    kept?.begin();
    // Looked up at once, so that the thread has its work before this one goes on with its own.
    const known = new Map<string, ChartPicture>();
    const unknown: SizedChart[] = [];
    for (const chart of charts) {
      const drawn = kept?.get(chart);
      if (drawn) known.set(chart.key, drawn);
      else unknown.push(chart);
    }
    const news = unseen.splice(0);
    if (unknown.length === 0) {
      kept?.note(news);
      return { value: known, problems: [] };
    }
    const { value, problems } = await fresh(unknown);
    if (value) kept?.note(news);
    const all = value && new Map([...known, ...value].sort(([a], [b]) => order(a, b)));
    return { value: all, problems };
  };
  const expect: Draw["expect"] = (charts, theme, language) => {
    unseen.push(...(kept?.unseen(charts, theme, language) ?? []));
    if (unseen.length > 0 && isEmpty !== undefined) getReady("all");
  };
  return Object.assign(draw, { expect });
}

function isOutOfMemory(fault: unknown): boolean {
  return fault instanceof Error && "code" in fault && fault.code === "ERR_WORKER_OUT_OF_MEMORY";
}

type Pen = (drawings: readonly Drawing[], fonts: string, ready?: Ready) => Promise<Drawn>;

const drawHere: Pen = async (drawings, fonts) => {
  const { prepareFonts } = await import("../charts/fonts.ts");
  return drawAll(drawings, (texts) => prepareFonts(texts, fonts), hasOneThread());
};

/** The thread begins with the first request, and keeps no process alive that has nothing to wait for. */
function openThread(): Pen {
  let thread: Worker | undefined;
  let asked = 0;
  const waiting = new Map<number, { done: (drawn: Drawn) => void; failed: (fault: Error) => void }>();
  const open = (): Worker => {
    // The text engine reads where its fonts are from the environment of the process.
    const worker = new Worker(workerFile("draw-thread"), {
      env: SHARE_ENV,
      resourceLimits: { maxYoungGenerationSizeMb: 16 },
    });
    worker.on("message", (answer: Answer) => {
      const asker = waiting.get(answer.id);
      waiting.delete(answer.id);
      if (waiting.size === 0) worker.unref();
      if ("drawn" in answer) asker?.done(answer.drawn);
      else asker?.failed(Object.assign(new Error(answer.fault.message), answer.fault));
    });
    const end = (fault: Error): void => {
      for (const { failed } of waiting.values()) failed(fault);
      waiting.clear();
      thread = undefined;
    };
    worker.on("error", end);
    worker.on("exit", (code) => end(new Error(`the thread that draws charts ended with ${code}`)));
    return worker;
  };
  return (drawings, fonts, ready) =>
    new Promise((done, failed) => {
      thread ??= open();
      asked += 1;
      waiting.set(asked, { done, failed });
      if (drawings.length > 0) thread.ref();
      else thread.unref();
      thread.postMessage({ id: asked, drawings, fonts, ready } satisfies Request);
    });
}

/** The charts that are kept for this workspace. */
export function openCharts(): ChartCache {
  // What shows in a picture besides its spec: our own code, and the engines and fonts, which are pinned.
  const versions = [codeSum(), ...Object.entries(dependencies).map(([name, pinned]) => `${name} ${pinned}`)];
  return openChartCache(chartFolder, { versions, secret: userKey("charts") });
}
