/** One handler for each type of block: measures it for a width. The compiler asks for one when a type is added. */
import type { Block, BlockType } from "../../model/document.ts";
import { measureBridge } from "./bridge.ts";
import { measureChart } from "./chart.ts";
import { measureColumns } from "./columns.ts";
import { measureFlow } from "./flow.ts";
import { measureList } from "./list.ts";
import { measureMap } from "./map.ts";
import { measureMatrix } from "./matrix.ts";
import type { Measured, Setting } from "./measured.ts";
import { measureHeading, measureParagraph } from "./prose.ts";
import { measureSmile } from "./smile.ts";
import { measureTable } from "./table.ts";
import { measureTiles } from "./tiles.ts";
import { measureTimeline } from "./timeline.ts";

const handlers: {
  readonly [T in BlockType]: (block: Extract<Block, { type: T }>, setting: Setting) => Measured;
} = {
  paragraph: measureParagraph,
  heading: measureHeading,
  list: measureList,
  table: measureTable,
  chart: measureChart,
  columns: measureColumns,
  kpi: measureTiles,
  timeline: measureTimeline,
  flow: measureFlow,
  matrix: measureMatrix,
  bridge: measureBridge,
  map: measureMap,
  smile: measureSmile,
};

/** Any block, measured by the handler of its type. */
export function measure<T extends BlockType>(block: Extract<Block, { type: T }>, setting: Setting): Measured {
  return handlers[block.type as T](block, setting);
}
