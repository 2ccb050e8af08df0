/**
 * What `inspect` of a channel or a server hands out: plain data that survives JSON. Times are durations in ms, counted back
 * from the moment of asking. Owns the shapes; whoever is looked at fills them.
 */

import type { Http2Inspection } from "../http2/inspect-core.ts";
import type { TerminationReport } from "../report/termination-report.ts";

export interface InspectOptions {
  /** Connections to list; the counts are of all. Default 100. */
  readonly maxConnections?: number;
  /** Streams to list of each connection, the oldest. Default 100. */
  readonly maxStreams?: number;
}

/** One connection. */
export interface ConnectionInspection extends Http2Inspection {
  /** The number that reports and the debug log give it. */
  readonly id: number;
  readonly role: "client" | "server";
  /** `10.0.3.4:443` */
  readonly peer: string;
  /** `connecting`: TCP or TLS; `lingering`: our FIN is sent, the peer's is awaited. */
  readonly socket: "connecting" | "open" | "lingering" | "closed";
  /** Written, and not taken by the kernel yet. */
  readonly unsentBytes: number;
}

/** What channel and server have in common. */
interface CommonInspection {
  readonly connectionsOpen: number;
  /** Oldest first, as many as were asked for. */
  readonly connections: readonly ConnectionInspection[];
  /** Received data that the application has not used, and what there may be of it; of all channels of a process together. */
  readonly memory: { readonly heldBytes: number; readonly limitBytes: number };
  readonly connectionsEnded: number;
  /** How the last connections ended, at most 8, oldest first. */
  readonly reports: readonly TerminationReport[];
}

/** One address of a channel. */
export interface AddressInspection {
  readonly address: string;
  readonly state: "idle" | "connecting" | "ready" | "backoff" | "cooling" | "shutdown";
  /** Until it is tried again; in `backoff` and `cooling`. */
  readonly againInMs?: number;
  /** The connection that takes calls, or is being made. */
  readonly connectionId?: number;
}

export interface ChannelInspection extends CommonInspection {
  readonly kind: "channel";
  readonly target: string;
  readonly closed: boolean;
  readonly calls: { readonly open: number; /** For a connection. */ readonly waiting: number };
  readonly names: {
    /** `never`: nobody has called yet. */
    readonly state: "never" | "asking" | "rested";
    /** Since the last answer. */
    readonly answeredMs?: number;
    /** Why there was none, last. */
    readonly error?: string;
  };
  readonly addresses: readonly AddressInspection[];
}

export interface ServerInspection extends CommonInspection {
  readonly kind: "server";
  /** Where it listens. */
  readonly listening: readonly string[];
  readonly drain: "serving" | "lame-duck" | "emptying" | "finishing" | "cutting" | "closing" | "over";
  readonly callsOpen: number;
}

/** Of `InspectOptions`: more than a person reads. */
export const defaultMaxShown = 100;
