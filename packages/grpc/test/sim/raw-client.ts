/**
 * A client that does as it is told: one transport, calls as header lists and bytes. For tests of the server that want to
 * see what is on the wire, and to send what no decent client would.
 */

import type { Address, ClientTls, Host } from "../../src/host/host.ts";
import { copyOf, concat } from "../../src/http2/bytes.ts";
import type { PeerGoaway } from "../../src/http2/connection.ts";
import { errorCode } from "../../src/http2/error-code.ts";
import { type HeaderList, headerValue } from "../../src/http2/header-list.ts";
import type { Http2Stream, StreamEnd, StreamEvents } from "../../src/http2/stream.ts";
import type { TerminationReport } from "../../src/report/termination-report.ts";
import { frameMessage, MessageReader } from "../../src/rpc/message.ts";
import { percentDecode } from "../../src/rpc/percent-encoding.ts";
import { dial } from "../../src/transport/dial.ts";
import type { Transport, TransportOptions } from "../../src/transport/transport.ts";

export class RawClient {
  readonly transport: Transport;
  readonly goaways: PeerGoaway[] = [];
  ready = false;
  report: TerminationReport | undefined;

  constructor(host: Host, address: Address, options: TransportOptions & { readonly tls?: ClientTls } = {}) {
    this.transport = dial(
      host,
      { address, ...options },
      {
        onReady: () => (this.ready = true),
        onSettings: () => {},
        onStream: () => {
          throw new Error("a server opened a stream");
        },
        onGoaway: (goaway) => this.goaways.push(goaway),
        onEnded: (report) => (this.report = report),
      },
    );
  }

  /** Opens a gRPC call with messages; `end: false` leaves the request open. */
  call(path: string, messages: readonly Uint8Array[] = [], { end = true, headers = [] as HeaderList } = {}): RawCall {
    const list = [":method", "POST", ":scheme", "http", ":path", path, ":authority", "shop"];
    const call = this.request([...list, "content-type", "application/grpc", "te", "trailers", ...headers]);
    for (const message of messages) call.send(message);
    if (end) call.end();
    return call;
  }

  /** Opens a stream with any headers. */
  request(list: HeaderList, { end = false } = {}): RawCall {
    return new RawCall(this.transport, list, end);
  }
}

export class RawCall implements StreamEvents {
  headers: HeaderList | undefined;
  trailers: HeaderList | undefined;
  ended: StreamEnd | undefined;
  /** The message chunks that came, whole or not. */
  readonly body: Uint8Array[] = [];
  readonly messages: Uint8Array[] = [];
  /** False: what comes is not credited, as a client that does not read. */
  reads = true;
  drains = 0;
  readonly stream: Http2Stream;
  readonly #transport: Transport;
  readonly #reader = new MessageReader(Infinity, { onMessage: (bytes) => this.messages.push(copyOf(bytes)) });

  constructor(transport: Transport, list: HeaderList, end: boolean) {
    this.#transport = transport;
    const stream = transport.connection.open(list, end, this);
    if (stream === undefined) throw new Error("no stream can be opened now");
    this.stream = stream;
  }

  /** False: the window is full. */
  send(message: Uint8Array): boolean {
    let room = true;
    for (const chunk of frameMessage(message)) room = this.sendBytes(chunk);
    return room;
  }

  sendBytes(bytes: Uint8Array, end = false): boolean {
    return this.#transport.connection.sendData(this.stream, bytes, end);
  }

  end(): void {
    this.sendBytes(new Uint8Array(), true);
  }

  cancel(): void {
    this.#transport.connection.reset(this.stream, errorCode.CANCEL);
  }

  /** Where the answer named its gRPC status: alone in one frame, or behind headers. */
  get trailersOnly(): boolean {
    return (
      this.trailers === undefined &&
      this.headers !== undefined &&
      headerValue(this.headers, "grpc-status") !== undefined
    );
  }

  /** `grpc-status`, undefined while there is none. */
  get status(): number | undefined {
    const text = this.#field("grpc-status");
    return text === undefined ? undefined : Number(text);
  }

  get message(): string | undefined {
    const text = this.#field("grpc-message");
    return text === undefined ? undefined : percentDecode(text);
  }

  field(name: string): string | undefined {
    return this.#field(name);
  }

  get httpStatus(): string | undefined {
    return this.headers && headerValue(this.headers, ":status");
  }

  get text(): string {
    const length = this.body.reduce((sum, { length }) => sum + length, 0);
    return new TextDecoder().decode(concat(this.body, length));
  }

  onHeaders(list: HeaderList): void {
    this.headers = list;
  }

  onData(bytes: Uint8Array): void {
    this.body.push(copyOf(bytes));
    if (this.headers !== undefined && headerValue(this.headers, "content-type") === "application/grpc") {
      const fault = this.#reader.push(bytes);
      if (fault !== undefined) throw new Error(fault.detail);
    }
    this.#transport.connection.free(this.stream, bytes.length);
    if (this.reads) this.#transport.connection.credit(this.stream, bytes.length);
  }

  onTrailers(list: HeaderList): void {
    this.trailers = list;
  }

  onDrain(): void {
    this.drains++;
  }

  onClosed(end: StreamEnd): void {
    this.ended = end;
  }

  #field(name: string): string | undefined {
    const list = this.trailers ?? this.headers;
    return list && headerValue(list, name);
  }
}
