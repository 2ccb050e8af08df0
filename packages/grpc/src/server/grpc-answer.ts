/** The answer to one call on the wire: headers, messages, trailers, in this order and each once. Decides nothing. */

import type { Http2Connection } from "../http2/connection.ts";
import type { Http2Stream } from "../http2/stream.ts";
import type { StatusError } from "../report/status-error.ts";
import { frameMessage } from "../rpc/message.ts";
import { Metadata } from "../rpc/metadata.ts";
import { errorTrailers, head, headWith, okTrailersWith } from "./response-lists.ts";

export class GrpcAnswer {
  readonly #connection: Http2Connection;
  readonly #stream: Http2Stream;
  #headQueued = false;
  #trailers: Metadata | undefined;

  constructor(connection: Http2Connection, stream: Http2Stream) {
    this.#connection = connection;
    this.#stream = stream;
  }

  get trailers(): Metadata {
    return (this.#trailers ??= new Metadata());
  }

  headers(metadata: Metadata | undefined): void {
    if (this.#headQueued) throw new TypeError("the response headers of this call were sent before");
    this.#headQueued = true;
    this.#connection.sendHeaders(this.#stream, headWith(metadata), false);
  }

  /** False: better wait for room before the next one. */
  message(bytes: Uint8Array): boolean {
    this.#needHead();
    let roomLeft = true;
    for (const chunk of frameMessage(bytes)) roomLeft = this.#connection.sendData(this.#stream, chunk, false);
    return roomLeft;
  }

  ok(): void {
    this.#needHead();
    this.#connection.sendTrailers(this.#stream, okTrailersWith(this.#trailers));
  }

  /** Trailers alone, in one frame, while nothing was sent: that leaves a client free to try again (gRFC A6). */
  error(error: StatusError): void {
    const trailers = errorTrailers(error, this.#trailers);
    if (this.#headQueued) this.#connection.sendTrailers(this.#stream, trailers);
    else this.#connection.sendHeaders(this.#stream, [...head, ...trailers], true);
  }

  #needHead(): void {
    if (this.#headQueued) return;
    this.#headQueued = true;
    this.#connection.sendHeaders(this.#stream, head, false);
  }
}
