/** The other side of `openDrawing`: draws charts in a thread of its own, while the deck is written. */
import { parentPort } from "node:worker_threads";
import { drawAll, warmUp } from "../charts/draw.ts";
import { prepareFonts } from "../charts/fonts.ts";
import { type Answer, faultOf, type Request } from "./drawing.ts";

/** @param drawn is called when charts were drawn: nobody waits for the thread to end */
export function begin(drawn: () => void): void {
  parentPort?.on("message", async (request: Request) => {
    parentPort?.postMessage(await answer(request));
    if (request.drawings.length > 0) drawn();
  });
}

async function answer({ id, fonts, drawings, ready }: Request): Promise<Answer> {
  const fontsReady = (texts: readonly string[]) => prepareFonts(texts, fonts);
  try {
    if (ready === "all") await warmUp(fontsReady);
    if (ready === "fonts") await fontsReady([]);
    return { id, drawn: await drawAll(drawings, fontsReady) };
  } catch (thrown) {
    return { id, fault: faultOf(thrown) };
  }
}
