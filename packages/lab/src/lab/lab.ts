/**
 * Owns the lab in somebody's own tests: a fault between their client and their server, calls through it, and the three counts
 * that matter. Does not own the faults (`../fault`) nor carrying (`../relay`).
 */

import { createAuthority } from "../peer/certificate.ts";
import type { UpstreamTls } from "../relay/link-ends.ts";
import { Relay, type RelayFaults } from "../relay/relay.ts";
import type { Doing } from "../relay/told.ts";
import { type CallCount, countOf } from "./call-count.ts";
import { type LabCall, makeCalls, type RunOptions } from "./make-calls.ts";
import { Witness } from "./witness.ts";

export interface LabOptions {
  /** Where the server is: `127.0.0.1:50051`. */
  readonly to: string;
  /** What goes wrong: on every connection, or by the connection's number, from 1. Default: nothing. */
  readonly faults?: RelayFaults;
  /** Of all chance. Default: 1. */
  readonly seed?: number;
  /** TLS with the client, with a certificate that is made now; `caPem` is what the client has to trust. Default: false. */
  readonly tls?: boolean;
  /** TLS with the server. Default: plain text. */
  readonly toTls?: UpstreamTls;
  /**
   * How often the server executed a call, by a journal of your own. Default: how often a whole request of the call was handed
   * to the server.
   */
  readonly executions?: (callId: number) => number;
}

/** Stands between a client and a server until it is closed, which `await using` does. */
export interface Lab extends AsyncDisposable {
  /** Where the client has to connect: `127.0.0.1:41234`. */
  readonly target: string;
  /** With `tls`: the authority to trust, PEM. */
  readonly caPem: string | undefined;
  /** Other faults from now on, on open connections, too. */
  set(faults: RelayFaults): void;
  /** Makes so many calls, and counts what became of them. `call` has to reject where a call fails. */
  run(calls: number, call: (call: LabCall) => Promise<unknown>, options?: RunOptions): Promise<CallCount>;
  /** What the faults did, oldest first; at most the newest 1,000. */
  readonly told: readonly Doing[];
  close(): Promise<void>;
}

/** Listens on a free port of 127.0.0.1. Throws `TypeError` for a server's address that is none. */
export async function lab(options: LabOptions): Promise<Lab> {
  const { seed = 1, toTls, faults = [] } = options;
  const witness = new Witness();
  // Directly before the server: what passes there has passed all faults.
  const behind = new Relay({
    to: { ...placeOf(options.to), ...(toTls === undefined ? {} : { tls: toTls }) },
    faults: [witness.fault],
  });
  await behind.start();
  const certificate = options.tls === true ? createAuthority() : undefined;
  const relay = new Relay({
    to: { host: "127.0.0.1", port: behind.port },
    faults,
    seed,
    ...(certificate === undefined ? {} : { certificate }),
  });
  await relay.start();
  const executions = options.executions ?? ((callId: number) => witness.executions(callId));
  let lastId = 0;
  const close = async (): Promise<void> => {
    await relay.close();
    await behind.close();
  };
  return {
    target: `127.0.0.1:${relay.port}`,
    caPem: certificate?.certPem,
    set: (other) => relay.set(other),
    run: async (calls, call, runOptions = {}) => {
      const firstId = lastId + 1;
      lastId += calls;
      const before = relay.told.counts;
      const ends = await makeCalls(firstId, calls, call, runOptions);
      return countOf(ends, executions, since(before, relay.told.counts));
    },
    get told() {
      return relay.told.newest;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** What was done between two counts. */
function since(
  before: Readonly<Record<string, number>>,
  now: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  const all = Object.entries(now).map(([fault, count]) => [fault, count - (before[fault] ?? 0)] as const);
  return Object.fromEntries(all.filter(([, count]) => count > 0));
}

function placeOf(to: string): { readonly host: string; readonly port: number } {
  const [, bracketed, host = bracketed, port] = /^(?:\[([^\]]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(to) ?? [];
  if (host === undefined || Number(port) < 1 || Number(port) > 65_535) {
    throw new TypeError(`lab: "to" is ${JSON.stringify(to)}, expected HOST:PORT, such as 127.0.0.1:50051`);
  }
  return { host, port: Number(port) };
}
