/** The answer to one call on the wire: headers, messages, trailers, in this order and each once. Decides nothing. */

import type { Http2Connection } from "../http2/connection.ts";
import type { Http2Stream } from "../http2/stream.ts";
import type { StatusError } from "../report/status-error.ts";
import { type Coding, frameCompressed, type Zip } from "../rpc/compression.ts";
import { frameMessage } from "../rpc/message.ts";
import { Metadata } from "../rpc/metadata.ts";
import { errorTrailers, head, headWith, okTrailersWith } from "./response-lists.ts";

/** How messages are packed: by whom, and as what. */
export interface Packing {
  readonly zip: Zip;
  readonly coding: Coding;
}

export class GrpcAnswer {
  readonly #connection: Http2Connection;
  readonly #stream: Http2Stream;
  #headQueued = false;
  #trailers: Metadata | undefined;
  readonly #packing: Packing | undefined;

  constructor(connection: Http2Connection, stream: Http2Stream, packing: Packing | undefined) {
    this.#connection = connection;
    this.#stream = stream;
    this.#packing = packing;
  }

  get trailers(): Metadata {
    return (this.#trailers ??= new Metadata());
  }

  headers(metadata: Metadata | undefined): void {
    if (this.#headQueued) throw new TypeError("the response headers of this call were sent before");
    this.#headQueued = true;
    this.#connection.sendHeaders(this.#stream, headWith(metadata, this.#packing?.coding), false);
  }

  /** False: better wait for room before the next one. */
  message(bytes: Uint8Array): boolean {
    this.#needHead();
    let roomLeft = true;
    const packing = this.#packing;
    const chunks = packing === undefined ? frameMessage(bytes) : frameCompressed(packing.zip, packing.coding, bytes);
    for (const chunk of chunks) roomLeft = this.#connection.sendData(this.#stream, chunk, false);
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
    this.#connection.sendHeaders(this.#stream, headWith(undefined, this.#packing?.coding), false);
  }
}
