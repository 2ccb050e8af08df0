/** What happens on a stream after its request headers, for whoever answers it. Called on the parser's stack. */

import type { StreamEnd } from "../http2/stream.ts";

export interface RequestEvents {
  /** A piece of the body, borrowed. To be answered by `credit` and `free` for its length. */
  onData(bytes: Uint8Array, endStream: boolean): void;
  /** The request ended without a further piece: on its headers, or with trailers (which gRPC requests do not use). */
  onEnd(): void;
  onDrain(): void;
  /** The last event. */
  onClosed(end: StreamEnd): void;
}
