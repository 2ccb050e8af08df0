/**
 * The raw facts that a driver hands over when a connection ends. Owns no judgement: what follows from the facts is
 * `termination-report.ts`.
 */

import type { FrameNote } from "../http2/flight-record.ts";
import type { Violation } from "../http2/violation.ts";

export interface GoawaySeen {
  readonly code: number;
  /** The last one heard governs, RFC 9113 §6.8. */
  readonly lastStreamId: number;
  /** Additional debug data as text; what is not printable is escaped. */
  readonly debugData: string;
  readonly atMs: number;
}

/** The raw facts that a driver hands over when a connection ends. */
export interface ConnectionEnd {
  /** Number of the connection within its process. */
  readonly connectionId: number;
  readonly role: "client" | "server";
  /** `10.0.3.4:443`, `unix:/run/shop.sock`. */
  readonly peer: string;
  readonly startedAtMs: number;
  /** When the peer's SETTINGS came; absent: the connection was never ready. */
  readonly readyAtMs?: number;
  readonly endedAtMs: number;
  /** When the last byte came from the peer. */
  readonly lastReceivedAtMs?: number;
  /** How the socket ended. `fin`, `rst`, `timeout`, `error` came from outside; `closed-by-us` did not. */
  readonly socket: "fin" | "rst" | "timeout" | "error" | "closed-by-us" | "connect-failed";
  /** errno-like kind and the platform's text. */
  readonly socketError?: { readonly kind: string; readonly message: string };
  /** Why we ended it, when we did. */
  readonly localReason?: LocalReason;
  /** The rule that was broken, when that was the end. */
  readonly violation?: Violation;
  /** Every GOAWAY that came, in order. */
  readonly goaways: readonly GoawaySeen[];
  /** The last GOAWAY that we sent. */
  readonly goawaySent?: { readonly code: number; readonly lastStreamId: number; readonly debugData: string };
  readonly streamsOpen: number;
  readonly streamsEver: number;
  readonly frames: readonly FrameNote[];
  /** The longest that our own event loop was late while the connection lived, ms. */
  readonly longestStallMs: number;
}

export type LocalReason =
  | "closed"
  | "drained"
  | "drain-cut"
  | "violation"
  | "connect-timeout"
  | "settings-timeout"
  | "ping-timeout"
  | "no-progress"
  | "wrong-protocol";
