import { ReceiveBudget } from "../http2/receive-budget.ts";
import { perHost } from "../transport/per-host.ts";

/** All client connections of one process share the memory that received data may take. */
export const receiveBudgetOf = perHost(() => new ReceiveBudget());
