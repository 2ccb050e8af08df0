/** Owns what stands before a client in a trial: where it connects, what was executed there, how it ends. */

import type { RecordedFrame } from "./recorded-frame.ts";

export interface World extends AsyncDisposable {
  /** What the client is given: `127.0.0.1:50051`, or a target as gRPC writes it (`dns://127.0.0.1:5353/shop.test:443`). */
  readonly target: string;
  /** PEM of the authority to trust; absent: plain text. */
  readonly caPem?: string;
  /** The name that the certificate must hold, where it is not the target's. */
  readonly serverName?: string;
  /** How often the call with this number was executed, by the journals of all backends, whatever came back. */
  executions(callId: number): number;
  /** What happened on the wire, in time order; only where the trial is recorded. */
  readonly frames?: readonly RecordedFrame[];
  /** What went otherwise than meant, in words. A trial with a note counts, and its notes are shown. */
  readonly notes: readonly string[];
}
