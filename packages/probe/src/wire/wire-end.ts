/** Owns the words for what a wire met on its way and for how it ended. Times are those of the host's monotonic clock, ms. */

import type { SocketError, SocketErrorKind } from "@holdfast/grpc/host";
import type { PeerGoaway, Violation } from "@holdfast/grpc/http2";
import type { WatchedSetting } from "@holdfast/grpc/watch";
import type { TlsSeen } from "./tls-seen.ts";

/** What was met at each stage, filled in as it goes. */
export interface WireMet {
  readonly startedAtMs: number;
  lookup: LookupMet | undefined;
  /** One for each address that was dialled, in order; the last one is the connection, if it came up. */
  readonly attempts: AttemptMet[];
  /** Handshake done, trusted or not. */
  tls: (TlsSeen & { readonly tookMs: number }) | undefined;
  /** The peer's first SETTINGS, as sent and in its order, and how long after our preface they came. */
  settings: { readonly values: readonly WatchedSetting[]; readonly tookMs: number } | undefined;
  /** The first octets that came over TCP, at most 512, below any TLS. */
  firstBytes: Uint8Array;
  /** When they came. */
  firstBytesAtMs: number | undefined;
  /** When the last octet came. */
  lastReceivedAtMs: number | undefined;
}

export interface LookupMet {
  readonly addresses: readonly string[];
  readonly tookMs: number;
  readonly error?: SocketError;
}

export interface AttemptMet {
  readonly address: string;
  readonly tookMs: number;
  /** `timed-out`: no answer within the limit; else the kernel's word. */
  readonly outcome: "connected" | "timed-out" | SocketErrorKind;
  readonly message?: string;
}

/** Why a wire is not open. */
export interface WireFault {
  readonly stage: "lookup" | "connect" | "tls" | "http2";
  /**
   * `silent`: nothing came within the limit. `unfinished`: something came, and not enough. `refused`: the peer said no, by
   * an error of TCP, an alert of TLS or a GOAWAY. `closed` and `reset`: FIN or RST. `foreign`: it speaks something else.
   */
  readonly kind: "not-found" | "silent" | "unfinished" | "refused" | "closed" | "reset" | "foreign" | "error";
  /** For people: what happened, without a guess at why. */
  readonly message: string;
  /** errno, or the code of Node or OpenSSL, where there is one. */
  readonly word?: string;
}

export type Opened = { readonly kind: "open" } | { readonly kind: "failed"; readonly fault: WireFault };

/** How a connection ended; `goaways` tell what the peer said before. */
export interface WireEnd {
  /**
   * `fin` and `rst`: by the peer, or by somebody in its name. `timed-out`: the kernel gave up. `tls-alert`: the peer said no
   * inside TLS. `violation`: our engine condemned it. `closed-by-us`: `close` was called. `never-open`: there was none.
   */
  readonly kind: "fin" | "rst" | "timed-out" | "tls-alert" | "error" | "violation" | "closed-by-us" | "never-open";
  readonly atMs: number;
  /** Oldest first, at most 8: the first and the last ones. */
  readonly goaways: readonly PeerGoaway[];
  readonly lastReceivedAtMs: number | undefined;
  readonly error?: SocketError;
  readonly violation?: Violation;
}

export type PingResult =
  | { readonly kind: "answered"; readonly roundTripMs: number }
  /** Nothing within the limit. The connection lives on as far as anybody knows. */
  | { readonly kind: "unanswered"; readonly waitedMs: number }
  /** The connection was not open, or ended meanwhile. */
  | { readonly kind: "ended" };
