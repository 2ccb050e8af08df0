/**
 * Owns what can be set on a client in a treatment, in words that all clients share. A driver that has no such setting says
 * so, and the treatment is not counted for that client: it is never silently left out.
 */

export interface RetryPolicy {
  readonly maxAttempts: number;
  readonly initialBackoffMs: number;
  readonly maxBackoffMs: number;
  /** gRPC's names, as `UNAVAILABLE`. */
  readonly codes: readonly string[];
}

/** Habits of code that owns an HTTP/2 session; without any of them it fails what fails and opens the next session at a `goaway`, `close` or `error`. */
export interface SessionHabits {
  /** When the next request gets a new session. `at-close`: only once the old one has closed. `never`: the first one is used for ever. */
  readonly replace?: "at-goaway" | "at-close" | "never";
  /** What its `goaway` handler does with the old session. Default: nothing. */
  readonly onGoaway?: "close" | "destroy";
  /** Sends requests again, once, on a new session. `above-last-id`: those that the GOAWAY excludes. `not-opened`: those for which `request()` threw. */
  readonly replay?: "above-last-id" | "not-opened";
  /** `setNextStreamID` of a new session. */
  readonly firstStreamId?: number;
}

export interface ClientSetup {
  /** gRPC's own retries, by service config (gRFC A6). */
  readonly retry?: RetryPolicy | "off";
  /** A whole service config instead, as the text that a user would paste: for advice about its keys. */
  readonly serviceConfig?: string;
  /** gRFC A8. */
  readonly keepalive?: { readonly timeMs: number; readonly timeoutMs: number; readonly permitWithoutCalls: boolean };
  readonly waitForReady?: boolean;
  /**
   * What an application does by itself: calls once more on these codes, up to `times` times, `pauseMs` apart. `newChannel`:
   * with a new channel each time. `texts`: only where the client's text holds one of these. `sameDeadline`: all attempts share
   * the first one's time limit, as a loop around one context does.
   */
  readonly again?: {
    readonly codes: readonly string[] | "any";
    readonly times: number;
    readonly pauseMs: number;
    readonly newChannel?: boolean;
    readonly texts?: readonly string[];
    readonly sameDeadline?: boolean;
  };
  readonly loadBalancing?: "pick_first" | "round_robin";
  /** Connections side by side to one address: an application's pool of channels, used by turns. */
  readonly channels?: number;
  /** The client's own options by their own names: channel args of C-core and grpc-js, fields of a constructor. */
  readonly options?: Readonly<Record<string, string | number | boolean>>;
  /** The peer's certificate is not verified, neither its authority nor its name. */
  readonly skipVerification?: boolean;
  /** What hand-written code over an HTTP/2 session does with its session. Only `node-http2` has such code. */
  readonly session?: SessionHabits;
  /** Lines that the program runs before it opens its channel, in the client's own language, as an article has them. Only `grpcio`. */
  readonly pasted?: string;
  /** Environment of the client's process; such an arm gets a process of its own. */
  readonly env?: Readonly<Record<string, string>>;
  /** Holdfast: the calls are marked as idempotent. Others ignore it: they have no such notion. */
  readonly idempotent?: boolean;
}
