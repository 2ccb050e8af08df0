/**
 * Owns what a wire event is: something that a peer does to a call, with the catalog's id of it. Does not own what any
 * library makes of it: that is what gets recorded.
 */

import type { PeerScript } from "../peer/peer-script.ts";

/** Which cause a text has: the true one, and those that the catalog lists beside it for the same bytes. */
export interface Cause {
  readonly label: string;
  readonly also?: readonly string[];
}

/** How a program has to make its call. Programs that cannot do one of these leave the event out. */
export interface CallOrder {
  /** Default: unary. */
  readonly call?: "unary" | "server-stream";
  /** Default: 3 s. */
  readonly deadlineMs?: number;
  readonly keepaliveMs?: number;
  readonly cancelAfterMs?: number;
  readonly closeAfterMs?: number;
  readonly maxReceiveBytes?: number;
  /** Default: 4. */
  readonly requestBytes?: number;
  /** Instead of `host:port` of the peer. */
  readonly target?: string;
  /** `plain`: no TLS. `trust`: with the peer's certificate as authority. `system`: with the system's authorities. Default: plain. */
  readonly tls?: "plain" | "trust" | "system";
  /** A call that is made and answered first, so that the connection is up. Default: false. */
  readonly warm?: boolean;
  readonly method?: string;
}

/** A server, or a proxy in front of the scripted peer. */
export interface RunningServer {
  readonly port: number;
  /** Whose lines `close` gives. */
  readonly implementation?: "nginx" | "haproxy";
  /** Settles when it is gone, with what it printed itself: lines of its own log that tell of the event. */
  close(): Promise<readonly string[]>;
}

export interface WireEvent extends Cause {
  readonly id: string;
  readonly order?: CallOrder;
  /** What the n-th connection does, counted from 1. Absent: nothing listens. */
  readonly script?: PeerScript | ((ordinal: number) => PeerScript);
  /** A real server in place of the scripted peer. */
  readonly serve?: () => Promise<RunningServer>;
  /** The peer's TLS. Default: none. */
  readonly tls?: "valid" | "expired" | "no-alpn" | "other-alpn";
  /** Where a library turns the same bytes into a thing of its own that has an entry of its own. */
  readonly by?: Readonly<Record<string, Cause>>;
  /** Texts of this form say that the program did not notice the event; they are left out. */
  readonly unless?: RegExp;
  /** Not these programs: the event does not reach them, or leaves them a text that any program could have. */
  readonly except?: readonly string[];
  /** Only these programs. Default: all. */
  readonly only?: readonly string[];
}

/** What a program prints, one JSON line for each shape in which a service would log the error. */
export interface PrintedText {
  readonly text: string;
}

/** A line of the recorded set. */
export interface RecordedMessage {
  readonly text: string;
  readonly implementation: string;
  readonly version: string;
  readonly label: string;
  readonly also?: readonly string[];
  readonly origin: string;
}
