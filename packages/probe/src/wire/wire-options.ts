/** Owns what a wire is opened with, and how long it waits for each stage. */

import type { Network } from "./network.ts";
import type { OnFrame } from "./frame-log.ts";
import type { WireTls } from "./tls-seen.ts";

export interface WireOptions {
  /** A name or an IP address, without brackets. */
  readonly host: string;
  readonly port: number;
  /** An IP address to dial instead of looking `host` up; name checks and `:authority` stay with `host`. */
  readonly resolve?: string;
  /** Absent: plain text with prior knowledge, RFC 9113 §3.3. */
  readonly tls?: WireTls;
  /** `:authority` of calls. Default: `host:port`. */
  readonly authority?: string;
  /** How far to go. Default `http2`. With `tcp` and `tls` nothing is said beyond that layer; what the peer says is kept. */
  readonly until?: "tcp" | "tls" | "http2";
  readonly limits?: Partial<WireLimits>;
  /** Hears every frame from the first on. */
  readonly onFrame?: OnFrame;
  /** Default: the real one of this process. */
  readonly network?: Network;
}

/** How long each stage may take, ms. */
export interface WireLimits {
  /** The name to addresses. Default 5,000. */
  readonly lookupMs: number;
  /** SYN to SYN-ACK, for each address. Default 5,000. */
  readonly connectMs: number;
  /** ClientHello to Finished. Default 5,000. */
  readonly tlsMs: number;
  /** Our preface to the peer's SETTINGS. Default 5,000. */
  readonly settingsMs: number;
}

// A fourth of gRPC's connect timeout of 20 s (connection-backoff.md) for each stage: together they fill it.
export const defaultWireLimits: WireLimits = { lookupMs: 5_000, connectMs: 5_000, tlsMs: 5_000, settingsMs: 5_000 };
