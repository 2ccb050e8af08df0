/** All faults of whole processes; each takes the child that it happens to. */

import { blockEventLoop } from "./block-event-loop.ts";
import { kill, stopFor, terminate } from "./process-fault.ts";

/** `await processFaults.stopFor(child, 5_000)` */
export const processFaults = { terminate, kill, stopFor, blockEventLoop } as const;
