/** Requests that are not gRPC, as their handler sees them: plain HTTP/2, RFC 9113 §8. */

import type { Peer } from "./call-context.ts";

export interface PlainRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly authority: string;
  readonly peer: Peer;
  /** Names in lower case, pseudo-headers left out; several values of a name are joined as RFC 9110 §5.3 says. */
  readonly headers: Readonly<Record<string, string>>;
  /** Held back while it is not read. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Aborts, with a `StatusError` as its reason, when the client went away or a drain ran out of time. */
  readonly signal: AbortSignal;
}

export interface PlainResponse {
  /** Default 200. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** Default: none. */
  readonly body?: string | Uint8Array | AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  readonly trailers?: Readonly<Record<string, string | readonly string[]>>;
}

export type PlainHandler = (request: PlainRequest) => PlainResponse | Promise<PlainResponse>;
