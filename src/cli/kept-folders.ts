/** Where a workspace keeps what it need not make twice. All of it may be deleted at any time. */
import { join } from "node:path";

const kept = ".sourcedeck";

/** Charts that were drawn. */
export const chartFolder = join(kept, "charts");

/** What was made on the way to products. */
export const madeFolder = join(kept, "made");

/** What batches have built. */
export const batchFolder = join(kept, "batch");

/** What commands have said. */
export const runsFolder = join(kept, "runs");
