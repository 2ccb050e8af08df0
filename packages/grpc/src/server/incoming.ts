/** A stream that a client opened, until its headers tell what it is. Owns where a request goes. */

import { fromUtf8 } from "../http2/bytes.ts";
import type { HeaderList } from "../http2/header-list.ts";
import type { Http2Stream, StreamEnd, StreamEvents } from "../http2/stream.ts";
import { StatusError } from "../report/status-error.ts";
import { isGrpcContentType } from "../rpc/content-type.ts";
import type { CallScope } from "./call-scope.ts";
import { GrpcCall } from "./grpc-call.ts";
import { PlainExchange } from "./plain-exchange.ts";
import type { RequestEvents } from "./request-events.ts";
import { readRequestHead } from "./request-head.ts";
import { errorTrailers, head as grpcHead } from "./response-lists.ts";

export class Incoming implements StreamEvents {
  readonly #scope: CallScope;
  readonly #stream: Http2Stream;
  #events: RequestEvents | undefined;

  constructor(scope: CallScope, stream: Http2Stream) {
    this.#scope = scope;
    this.#stream = stream;
  }

  onHeaders(list: HeaderList, endStream: boolean): void {
    this.#events = this.#route(list);
    if (endStream) this.#events?.onEnd();
  }

  onData(bytes: Uint8Array, endStream: boolean): void {
    if (this.#events === undefined) this.#scope.connection.free(this.#stream, bytes.length);
    else this.#events.onData(bytes, endStream);
  }

  onTrailers(): void {
    this.#events?.onEnd();
  }

  onDrain(): void {
    this.#events?.onDrain();
  }

  onClosed(end: StreamEnd): void {
    this.#events?.onClosed(end);
  }

  /** Undefined: it has its answer, and nobody hears the rest. */
  #route(list: HeaderList): RequestEvents | undefined {
    const { methods, plainHandler } = this.#scope.server;
    const head = readRequestHead(list);
    if (isGrpcContentType(head.contentType) && head.method === "POST") {
      const entry = methods.find(head.path);
      if (entry !== undefined) return new GrpcCall(this.#scope, this.#stream, head, list, entry);
      this.#refuseMethod(head.path);
    } else if (plainHandler !== undefined) {
      return new PlainExchange(this.#scope, this.#stream, head, list, plainHandler);
    } else if (head.method !== "POST") {
      this.#answer("405", ["allow", "POST"], `method ${head.method}: a gRPC server answers POST\n`);
    } else {
      // PROTOCOL-HTTP2: 415, so that clients of other protocols do not take a gRPC error for their answer.
      const came = head.contentType === undefined ? "none" : JSON.stringify(head.contentType);
      this.#answer("415", ["accept", "application/grpc"], `content-type ${came}: expected application/grpc\n`);
    }
    return undefined;
  }

  #refuseMethod(path: string): void {
    const error = StatusError.of("UNIMPLEMENTED", this.#scope.server.methods.whyNot(path));
    this.#scope.connection.sendHeaders(this.#stream, [...grpcHead, ...errorTrailers(error, undefined)], true);
  }

  #answer(status: string, fields: readonly string[], text: string): void {
    const list = [":status", status, "content-type", "text/plain; charset=utf-8", ...fields];
    this.#scope.connection.sendHeaders(this.#stream, list, false);
    this.#scope.connection.sendData(this.#stream, fromUtf8(text), true);
  }
}
