/** Where a workspace keeps what it need not make twice. All of it may be deleted at any time. */
import { join } from "node:path";

const kept = ".sourcedeck";

/** Charts that were drawn. */
export const chartFolder = join(kept, "charts");

/** Slides that were written. */
export const slideFolder = join(kept, "slides");

/** What batches have built. */
export const batchFolder = join(kept, "batch");

/** What commands have said. */
export const runsFolder = join(kept, "runs");
