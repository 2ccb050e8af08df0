/** One plain HTTP/2 request on the server, from its headers to the end of its answer. */

import { copyOf, fromUtf8 } from "../http2/bytes.ts";
import { errorCode } from "../http2/error-code.ts";
import type { HeaderList } from "../http2/header-list.ts";
import type { Http2Stream, StreamEnd } from "../http2/stream.ts";
import { StatusError } from "../report/status-error.ts";
import type { CallScope, OpenCall } from "./call-scope.ts";
import { fieldsFromList, fieldsToList } from "./plain-fields.ts";
import type { PlainHandler, PlainRequest, PlainResponse } from "./plain-handler.ts";
import { ReadQueue, type ReadSource } from "./read-queue.ts";
import type { Runnable } from "./ready-queue.ts";
import type { RequestEvents } from "./request-events.ts";
import type { RequestHead } from "./request-head.ts";
import { type Outlet, sendAll } from "./send-all.ts";

export class PlainExchange implements RequestEvents, OpenCall, Outlet<Uint8Array>, Runnable {
  readonly #scope: CallScope;
  readonly #stream: Http2Stream;
  readonly #handler: PlainHandler;
  readonly #request: PlainRequest;
  readonly #body: ReadQueue<Uint8Array>;
  #phase: "waiting" | "handling" | "ended" = "waiting";
  #gone: StatusError | undefined;
  #headQueued = false;
  rosterPlace = -1;
  #inReadyQueue = false;
  #controller: AbortController | undefined;
  #onRoom: (() => void) | undefined;

  constructor(scope: CallScope, stream: Http2Stream, head: RequestHead, list: HeaderList, handler: PlainHandler) {
    this.#scope = scope;
    this.#stream = stream;
    this.#handler = handler;
    const flow = {
      credit: (bytes: number): void => scope.connection.credit(stream, bytes),
      creditAhead: (bytes: number): void => scope.connection.creditAhead(stream, bytes),
      whole: (): void => scope.connection.whole(stream),
      free: (bytes: number): void => scope.connection.free(stream, bytes),
    };
    this.#body = new ReadQueue(flow, octets);
    this.#request = makeRequest(scope, head, list, this.#body, () => this.#signal());
    scope.opened(this);
    this.#wake();
  }

  onData(bytes: Uint8Array, endStream: boolean): void {
    if (bytes.length > 0) this.#body.enqueue(copyOf(bytes), bytes.length, bytes.length);
    if (endStream) this.#body.end();
    this.#wake();
  }

  onEnd(): void {
    this.#body.end();
    this.#wake();
  }

  onDrain(): void {
    this.#wake();
  }

  onClosed(end: StreamEnd): void {
    this.#scope.closed(this);
    if (this.over) return;
    this.#gone ??= StatusError.of("PEER_CANCELLED", end.kind === "connection" ? "the connection ended" : undefined);
    this.#wake();
  }

  run(): void {
    this.#inReadyQueue = false;
    if (this.#gone !== undefined && !this.over) this.#stop(this.#gone);
    if (this.#phase === "waiting") this.#enter();
    this.#body.settle();
    if (!this.#stream.aboveHighWater) this.#wakeSender();
  }

  cut(reason: StatusError): boolean {
    if (this.over) return false;
    if (this.#phase === "waiting") {
      // No handler saw it, so the client may be told that it can go elsewhere, RFC 9113 §8.7.
      this.#finish();
      this.#scope.connection.reset(this.#stream, errorCode.REFUSED_STREAM);
    } else {
      this.#gone ??= reason;
      this.#wake();
    }
    return true;
  }

  get over(): boolean {
    return this.#phase === "ended";
  }

  send(piece: Uint8Array): boolean {
    if (!(piece instanceof Uint8Array)) throw new TypeError(`a body yielded ${typeof piece}, expected a Uint8Array`);
    return this.#scope.connection.sendData(this.#stream, piece, false);
  }

  room(): Promise<void> {
    return new Promise((resolve) => {
      this.#onRoom = resolve;
    });
  }

  #enter(): void {
    this.#phase = "handling";
    // An async function so that what a handler throws and what it rejects with are one thing.
    const respond = async (): Promise<void> => this.#respond(await this.#handler(this.#request));
    respond().catch((thrown: unknown) => this.#failed(thrown));
  }

  async #respond(response: PlainResponse): Promise<void> {
    if (this.over) return;
    const { status = 200, headers = {}, body, trailers } = checkedResponse(response);
    const list = fieldsToList(headers, [":status", String(checkedStatus(status))]);
    const after = trailers === undefined ? undefined : fieldsToList(trailers, []);
    const { connection } = this.#scope;
    const bytes = typeof body === "string" ? fromUtf8(body) : body;
    const isHead = this.#request.method === "HEAD";
    if (bytes instanceof Uint8Array && !list.includes("content-length") && status !== 204 && status !== 304) {
      list.push("content-length", String(bytes.length));
    }
    this.#headQueued = true;
    if (isHead || bytes === undefined) {
      connection.sendHeaders(this.#stream, list, after === undefined || isHead);
    } else {
      connection.sendHeaders(this.#stream, list, false);
      if (!(bytes instanceof Uint8Array)) await sendAll(bytes, this);
      else connection.sendData(this.#stream, bytes, after === undefined);
    }
    if (this.over) return;
    if (!this.#stream.endQueued) {
      if (after === undefined) connection.sendData(this.#stream, noBytes, true);
      else connection.sendTrailers(this.#stream, after);
    }
    this.#finish();
  }

  #failed(thrown: unknown): void {
    const { name } = (thrown ?? {}) as { readonly name?: unknown };
    if (this.over && (name === "AbortError" || thrown instanceof StatusError)) return;
    this.#scope.server.tell(thrown, this.#request);
    if (this.over) return;
    if (this.#headQueued) this.#scope.connection.reset(this.#stream, errorCode.INTERNAL_ERROR);
    else this.#sendWhole(500, "the server failed to answer this request\n");
    this.#finish();
  }

  #sendWhole(status: number, text: string): void {
    const { connection } = this.#scope;
    this.#headQueued = true;
    const list = [":status", String(status), "content-type", "text/plain; charset=utf-8"];
    connection.sendHeaders(this.#stream, list, false);
    connection.sendData(this.#stream, fromUtf8(text), true);
  }

  /** Harmless for a stream that is gone; runs code of the user: abort listeners. */
  #stop(reason: StatusError): void {
    // HTTP has no status that could follow a body: 503 where it can still be said, else a reset.
    if (this.#headQueued) this.#scope.connection.reset(this.#stream, errorCode.CANCEL);
    else this.#sendWhole(503, `${reason.message}\n`);
    this.#finish();
    this.#controller?.abort(reason);
    this.#body.settle();
  }

  #finish(): void {
    this.#phase = "ended";
    this.#body.fail(() => this.#gone ?? StatusError.of("PEER_CANCELLED", "the request has been answered"));
    this.#wakeSender();
  }

  #signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#gone !== undefined && this.over) this.#controller.abort(this.#gone);
    return this.#controller.signal;
  }

  #wake(): void {
    if (this.#inReadyQueue) return;
    this.#inReadyQueue = true;
    this.#scope.server.ready.add(this);
  }

  #wakeSender(): void {
    const wake = this.#onRoom;
    this.#onRoom = undefined;
    wake?.();
  }
}

const noBytes = new Uint8Array(0);

/** A body is read as it came. */
const octets: ReadSource<Uint8Array> = { decode: (bytes: Uint8Array) => bytes, onEmptied: () => undefined };

function makeRequest(
  { peer }: CallScope,
  { method, path, authority }: RequestHead,
  list: HeaderList,
  body: AsyncIterable<Uint8Array>,
  signal: () => AbortSignal,
): PlainRequest {
  let headers: Readonly<Record<string, string>> | undefined;
  return {
    method,
    path,
    authority,
    peer,
    body,
    get headers() {
      return (headers ??= fieldsFromList(list));
    },
    get signal() {
      return signal();
    },
  };
}

/** Without it, a handler that forgets its `return` would be told so in words about our code. */
function checkedResponse(response: unknown): PlainResponse {
  if (typeof response === "object" && response !== null) return response;
  const given = response === undefined || response === null ? String(response) : `a ${typeof response}`;
  throw new TypeError(`the handler returned ${given}, expected a response`);
}

function checkedStatus(status: number): number {
  if (Number.isInteger(status) && status >= 200 && status <= 599) return status;
  throw new TypeError(`status ${String(status)}: expected 200 to 599`);
}
