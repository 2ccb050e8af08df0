/**
 * Owns the contract with a server under test: a program of any language that is given one order as its only argument (JSON),
 * serves the lab's four methods (`../drivers/lab-method.ts`) and keeps a journal of what it executed. Does not own the
 * programs (`servers`). It ends when its standard input does.
 */

export const serverIds = ["grpc-js", "holdfast", "connect-node", "grpcio", "grpc-go"] as const;
export type ServerId = (typeof serverIds)[number];

export interface ServerSettings {
  /** How long a handler works on a call once it has the first message, ms. Default: 5. */
  readonly handlerMs?: number;
  /** gRFC A9. Default of all times: the library's. */
  readonly maxConnectionAgeMs?: number;
  readonly maxConnectionAgeGraceMs?: number;
  readonly maxConnectionIdleMs?: number;
  /** gRFC A8: what PINGs the server permits. */
  readonly pings?: { readonly minTimeMs: number; readonly permitWithoutCalls: boolean };
  readonly maxConcurrentStreams?: number;
  /**
   * What SIGTERM does. `graceful`: the library's own way of stopping so that calls may end. `at-once`: the library's other
   * way. `exit`: the process ends without a word to the library. Default: `graceful`.
   */
  readonly onSigterm?: "graceful" | "at-once" | "exit";
  /** After so long a graceful stop becomes one at once, ms. Default: never. */
  readonly graceMs?: number;
  /** The server's own options by their own names: channel args, fields of a constructor. */
  readonly options?: Readonly<Record<string, string | number | boolean>>;
}

export interface ServerOrder {
  /** Of 127.0.0.1; 0: a free one. */
  readonly port: number;
  /**
   * A file that gets a line with the call's number for each call that a handler was given, before the handler works on it.
   * The warm-up is answered at once and not noted; calls aside are neither noted nor answered.
   */
  readonly journal: string;
  /** Absent: plain text. */
  readonly tls?: { readonly certPem: string; readonly keyPem: string };
  readonly settings: ServerSettings;
}

/** The lines that a server prints. */
export type ServerLine =
  | { readonly kind: "versions"; readonly versions: Readonly<Record<string, string>> }
  /** It has no such setting, and does not start. */
  | { readonly kind: "unsupported"; readonly setting: string; readonly why: string }
  /** It could not start; `text` is what its library says. */
  | { readonly kind: "failed"; readonly text: string }
  | { readonly kind: "listening"; readonly port: number }
  /** A line has been written into the journal. */
  | { readonly kind: "executed" };
