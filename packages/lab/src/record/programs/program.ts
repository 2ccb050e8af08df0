/**
 * Owns what every recorded Node program does: read its order, make the calls, print the error in the shapes in which
 * services log errors. What a library needs to make a call is the program's own file's.
 */

import { setTimeout as sleep } from "node:timers/promises";
import { inspect } from "node:util";
import type { CallOrder } from "../wire-event.ts";

/** The program's only argument, as JSON. */
export interface ProgramOrder extends CallOrder {
  readonly target: string;
  readonly caPem?: string;
}

export interface Recorded {
  /** Makes one call; rejects if it fails. */
  call(signal: AbortSignal): Promise<void>;
  close(): void;
}

/** Longer than any event takes that is not about time. */
export const defaultDeadlineMs = 3_000;
export const defaultMethod = "/shop.v1.Orders/Get";

/** Runs the order and exits. */
export async function record(open: (order: ProgramOrder) => Recorded): Promise<void> {
  const order = JSON.parse(process.argv[2] ?? "null") as ProgramOrder;
  process.on("uncaughtException", (error) => void print(error).then(() => process.exit(0)));
  const abort = new AbortController();
  try {
    const program = open(order);
    if (order.warm === true) await program.call(abort.signal);
    if (order.closeAfterMs === 0) program.close();
    const ended = program.call(abort.signal);
    if (order.cancelAfterMs !== undefined) void sleep(order.cancelAfterMs).then(() => abort.abort());
    if (order.closeAfterMs !== undefined) void sleep(order.closeAfterMs).then(() => program.close());
    await Promise.race([ended, sleep((order.deadlineMs ?? defaultDeadlineMs) + 2_000)]);
  } catch (error) {
    await print(error);
  }
  process.exit(0);
}

async function print(error: unknown): Promise<void> {
  const texts = [String((error as Error).message), inspect(error)];
  for (const text of texts) {
    await new Promise((resolve) => process.stdout.write(`${JSON.stringify({ text })}\n`, resolve));
  }
}

export function frameMessage(bytes: number): Buffer {
  const framed = Buffer.alloc(5 + bytes);
  framed.writeUInt32BE(bytes, 1);
  return framed;
}
