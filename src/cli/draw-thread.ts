/** The other side of `openDrawing`: draws charts in a thread of its own, while the deck is written. */
import { parentPort } from "node:worker_threads";
import { type Drawing, drawAll, warmUp } from "../charts/draw.ts";
import { prepareFonts } from "../charts/fonts.ts";
import { type Answer, faultOf, type Request } from "./drawing.ts";

/** @param drawn is called when charts were drawn: nobody waits for the thread to end */
export function begin(drawn: () => void): void {
  parentPort?.on("message", async ({ id, fonts, drawings }: Request) => {
    parentPort?.postMessage(await answer(id, fonts, drawings));
    if (drawings.length > 0) drawn();
  });
}

async function answer(id: number, fonts: string, drawings: readonly Drawing[]): Promise<Answer> {
  const ready = (texts: readonly string[]) => prepareFonts(texts, fonts);
  try {
    if (drawings.length === 0) await warmUp(ready);
    return { id, drawn: await drawAll(drawings, ready) };
  } catch (thrown) {
    return { id, fault: faultOf(thrown) };
  }
}
