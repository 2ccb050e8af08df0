/** What a Node child loads so that its event loop can be blocked from outside; see `block-event-loop.ts`. */

import type { BlockOrder } from "./block-event-loop.ts";

process.on("message", (message) => {
  if (!isOrder(message)) return;
  // A wait without turning: the thread sleeps, as long as it says, and runs nothing.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, message.holdfastBlockMs);
});
// The channel is for orders only, and keeps nobody alive.
process.channel?.unref();

function isOrder(message: unknown): message is BlockOrder {
  return typeof message === "object" && message !== null && "holdfastBlockMs" in message;
}
