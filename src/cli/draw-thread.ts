/** The other side of `openDrawing`: draws charts in a thread of its own, while the deck is written. */
import { parentPort } from "node:worker_threads";
import { type Drawing, type Drawn, drawAll, loadEngines, warmUp } from "../charts/draw.ts";
import { prepareFonts } from "../charts/fonts.ts";
import { hasOneThread } from "./engine.ts";

/** What is to be ready before the first drawing comes. */
export type Ready = "fonts" | "all";

export interface Request {
  readonly id: number;
  readonly drawings: readonly Drawing[];
  /** Folder in which the fonts are unpacked. */
  readonly fonts: string;
  readonly ready?: Ready | undefined;
}

export type Answer =
  | { readonly id: number; readonly drawn: Drawn }
  | { readonly id: number; readonly fault: Fault };

/** An error as it crosses from one thread to another. */
interface Fault {
  readonly message: string;
  readonly stack?: string | undefined;
  readonly code?: string | undefined;
  readonly syscall?: string | undefined;
  readonly path?: string | undefined;
}

/** @param drawn is called when charts were drawn: nobody waits for the thread to end */
export function begin(drawn: () => void): void {
  let last: Promise<void> = Promise.resolve();
  parentPort?.on("message", (request: Request) => {
    // While fonts are looked at, which another thread does, there is time to load the engines; fonts come first.
    if (request.ready === "all") setImmediate(loadEngines);
    // One after the other: the engines count per process, and start anew for each chart.
    last = last.then(async () => {
      parentPort?.postMessage(await answer(request));
      if (request.drawings.length > 0) drawn();
    });
  });
}

async function answer({ id, fonts, drawings, ready }: Request): Promise<Answer> {
  const fontsReady = (texts: readonly string[]) => prepareFonts(texts, fonts);
  try {
    if (ready === "all") await warmUp(fontsReady);
    if (ready === "fonts") await fontsReady([]);
    return { id, drawn: await drawAll(drawings, fontsReady, hasOneThread()) };
  } catch (thrown) {
    return { id, fault: faultOf(thrown) };
  }
}

function faultOf(thrown: unknown): Fault {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const { message, stack, code, syscall, path } = error as NodeJS.ErrnoException;
  return { message, stack, code, syscall, path };
}
