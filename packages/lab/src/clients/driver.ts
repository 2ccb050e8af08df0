/**
 * Owns what every driver of a Node client does in its child process: read the order from the command line, warm the
 * connection with one call, make the calls, and print one JSON line for each that settles. What a client needs to make one
 * call is the driver's own file's.
 */

import { setTimeout as sleep } from "node:timers/promises";
import { warmUpCallId } from "../call-message.ts";

/** The order, one JSON object: the child's only argument. */
export interface DriverOrder {
  readonly port: number;
  /** The authority to trust; absent: plain text. */
  readonly caPem?: string;
  /** Retry UNAVAILABLE, by service config. */
  readonly policy: boolean;
  readonly calls: number;
  readonly inFlight: number;
  readonly requestBytes: number;
  readonly deadlineMs: number;
}

/** What is told of a call that failed. */
export interface CallFailure {
  /** The client's own code in gRPC's spelling where it has one, else its error's name. */
  readonly code: string;
  readonly detail: string;
  /** Only of clients that say so. */
  readonly processed?: string;
  readonly attempts?: number;
}

/** The lines that a child prints. */
export type DriverLine =
  | { readonly kind: "ok"; readonly id: number }
  | ({ readonly kind: "failed"; readonly id: number } & CallFailure)
  /** The driver cannot run here, and says why. */
  | { readonly kind: "skipped"; readonly why: string }
  /** Every call has settled, or had its time. */
  | { readonly kind: "done" };

export interface DrivenClient {
  /** Makes one unary call with this number; rejects if it fails. */
  call(callId: number): Promise<void>;
  failureOf(error: unknown): CallFailure;
  close(): void | Promise<void>;
}

/** The full path of the method that every client calls. */
export const methodPath = "/holdfast.lab.v1.Lab/Call";

/** RetryPolicy of the scoreboard: 5 attempts, 100 ms × 2, at most 1 s, on UNAVAILABLE, for every method. */
export const retryServiceConfig = {
  methodConfig: [
    {
      name: [{}],
      retryPolicy: {
        maxAttempts: 5,
        initialBackoff: "0.1s",
        maxBackoff: "1s",
        backoffMultiplier: 2,
        retryableStatusCodes: ["UNAVAILABLE"],
      },
    },
  ],
};

/** A call is given up as never settled so long after its own deadline. */
export const settleGraceMs = 5_000;

/** Runs one order and exits. `connect` may reject: the client cannot run here. */
export async function drive(connect: (order: DriverOrder) => DrivenClient | Promise<DrivenClient>): Promise<void> {
  const order = JSON.parse(process.argv[2] ?? "null") as DriverOrder;
  let client: DrivenClient;
  try {
    client = await connect(order);
    await client.call(warmUpCallId);
  } catch (error) {
    await print({ kind: "skipped", why: String(error) });
    process.exit(0);
  }
  await makeCalls(client, order);
  await print({ kind: "done" });
  // A client may keep sockets and timers for as long as it likes; the run is over.
  process.exit(0);
}

async function makeCalls(client: DrivenClient, order: DriverOrder): Promise<void> {
  let next = 1;
  const worker = async (): Promise<void> => {
    while (next <= order.calls) await settle(client, next++, order.deadlineMs + settleGraceMs);
  };
  await Promise.all(Array.from({ length: order.inFlight }, worker));
}

/** Prints how the call ended; prints nothing if it does not end in time. */
async function settle(client: DrivenClient, id: number, patienceMs: number): Promise<void> {
  const stop = new AbortController();
  const ended = client.call(id).then(
    (): DriverLine => ({ kind: "ok", id }),
    (error: unknown): DriverLine => ({ kind: "failed", id, ...client.failureOf(error) }),
  );
  const line = await Promise.race([
    ended,
    sleep(patienceMs, undefined, { signal: stop.signal }).catch(() => undefined),
  ]);
  stop.abort();
  if (line !== undefined) await print(line);
}

/** Settles when the line has been handed over, so that an exit after it loses nothing. */
function print(line: DriverLine): Promise<void> {
  return new Promise((resolve) => process.stdout.write(`${JSON.stringify(line)}\n`, () => resolve()));
}
