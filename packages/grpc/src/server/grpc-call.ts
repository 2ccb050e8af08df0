/**
 * One gRPC call on the server, from its headers to its status. Owns the order of things: when the handler is entered,
 * what is sent, and who ends the call. On the parser's stack it only takes notes and queues frames; handlers, abort
 * listeners and settled promises run from the ready queue.
 */

import type { Timer } from "../host/host.ts";
import { errorCode } from "../http2/error-code.ts";
import { type HeaderList, headerValue } from "../http2/header-list.ts";
import type { Http2Stream, StreamEnd } from "../http2/stream.ts";
import { StatusError } from "../report/status-error.ts";
import { accepts, type Coding, codingOf, decompressMessage } from "../rpc/compression.ts";
import type { ReceivedMessage } from "../rpc/message.ts";
import type { Metadata } from "../rpc/metadata.ts";
import { parseTimeout } from "../rpc/timeout.ts";
import { CallContext, type CallControl, type Peer } from "./call-context.ts";
import { badTimeout, deadlinePassed, peerGone } from "./call-endings.ts";
import type { CallScope, OpenCall } from "./call-scope.ts";
import { GrpcAnswer, type Packing } from "./grpc-answer.ts";
import type { MethodEntry } from "./method-table.ts";
import type { RequestEvents } from "./request-events.ts";
import { readRequestHead, type RequestHead } from "./request-head.ts";
import type { Flow } from "./read-queue.ts";
import { type Decoder, faultAsError, type RequestFault, SingleRequest, StreamedRequests } from "./requests.ts";
import type { Runnable } from "./ready-queue.ts";
import { type Outlet, sendAll } from "./send-all.ts";
import { visibleStatus } from "./visible-status.ts";

/** Why a call ended from outside its handler: the stream went, or we end it with a status. */
type Stop = StreamEnd | StatusError;

export class GrpcCall implements RequestEvents, OpenCall, CallControl, Decoder, Flow, Outlet<unknown>, Runnable {
  readonly list: HeaderList;
  readonly deadlineMs: number | undefined;
  readonly #scope: CallScope;
  readonly #stream: Http2Stream;
  readonly #entry: MethodEntry;
  readonly #context: CallContext;
  readonly #answer: GrpcAnswer;
  readonly #requests: SingleRequest | StreamedRequests;
  /** `waiting` for the request; `handling`: the handler was entered; `ended`: the status is queued, or nobody wants it. */
  #phase: "waiting" | "handling" | "ended" = "waiting";
  #stop: Stop | undefined;
  rosterPlace = -1;
  #inReadyQueue = false;
  #timer: Timer | undefined;
  #controller: AbortController | undefined;
  /** Wakes a sender that waits for room. */
  #onRoom: (() => void) | undefined;

  constructor(scope: CallScope, stream: Http2Stream, head: RequestHead, list: HeaderList, entry: MethodEntry) {
    this.#scope = scope;
    this.#stream = stream;
    this.list = list;
    this.#entry = entry;
    this.#context = new CallContext(this);
    const { maxReceiveMessageBytes, packing } = scope.server;
    this.#answer = new GrpcAnswer(scope.connection, stream, packing === undefined ? packing : readable(packing, list));
    this.#requests = entry.requestStream
      ? new StreamedRequests(this, maxReceiveMessageBytes, this)
      : new SingleRequest(this, maxReceiveMessageBytes);
    const timeoutMs = head.timeout === undefined ? Infinity : parseTimeout(head.timeout);
    if (timeoutMs === undefined) this.#stop = badTimeout(head.timeout);
    else if (timeoutMs !== Infinity) this.deadlineMs = scope.server.host.nowMs() + timeoutMs;
    scope.opened(this);
    this.#wake();
  }

  // --- the stream's events, on the parser's stack ---

  onData(bytes: Uint8Array, endStream: boolean): void {
    if (this.#phase === "ended" || this.#stop !== undefined) {
      this.free(bytes.length);
      return;
    }
    this.#noteFault(this.#requests.push(bytes, endStream) ?? (endStream ? this.#requests.end() : undefined));
  }

  onEnd(): void {
    if (this.#phase === "ended" || this.#stop !== undefined) return;
    this.#noteFault(this.#requests.end());
  }

  onDrain(): void {
    this.#wake();
  }

  onClosed(end: StreamEnd): void {
    this.#scope.closed(this);
    this.#stopSoon(end);
  }

  // --- from the ready queue ---

  run(): void {
    this.#inReadyQueue = false;
    if (this.#phase !== "ended" && this.#stop !== undefined) this.#stopNow(this.#stop);
    if (this.#phase === "waiting" && this.#requests.ready) this.#enter();
    if (this.#requests instanceof StreamedRequests) this.#requests.messages.settle();
    if (!this.#stream.aboveHighWater) this.#wakeSender();
    if ((this.#phase as string) !== "ended") this.#armTimer();
  }

  cut(reason: StatusError): boolean {
    if (this.#phase === "ended") return false;
    if (this.#phase === "waiting") {
      // No handler saw it, so the client may be told that it can go elsewhere, RFC 9113 §8.7.
      this.#finish();
      this.#scope.connection.reset(this.#stream, errorCode.REFUSED_STREAM);
      return true;
    }
    if (this.#stop !== undefined) return false;
    this.#stopSoon(reason);
    return true;
  }

  // --- for the request side ---

  credit(bytes: number): void {
    this.#scope.connection.credit(this.#stream, bytes);
  }

  creditAhead(bytes: number, restBytes?: number): void {
    this.#scope.connection.creditAhead(this.#stream, bytes, restBytes);
  }

  whole(): void {
    this.#scope.connection.whole(this.#stream);
  }

  free(bytes: number): void {
    this.#scope.connection.free(this.#stream, bytes);
  }

  get mayBeCompressed(): boolean {
    return codingOf(this.#head.encoding) !== undefined;
  }

  /** Throws, and the call ends, when a message is not what it should be. */
  decode(message: ReceivedMessage): unknown {
    const bytes = message instanceof Uint8Array ? message : this.#unpack(message.packed);
    try {
      return this.#entry.decode(bytes);
    } catch (cause) {
      const text = `a request message of ${bytes.length} bytes could not be decoded`;
      throw this.#refuse(StatusError.of("BAD_REQUEST", text, { cause }));
    }
  }

  #unpack(packed: Uint8Array): Uint8Array {
    const { encoding } = this.#head;
    const coding = codingOf(encoding) as Coding; // else the reader had not taken it
    const { host, maxReceiveMessageBytes } = this.#scope.server;
    const bytes = decompressMessage(host, coding, packed, maxReceiveMessageBytes);
    if (bytes instanceof Uint8Array) return bytes;
    throw this.#refuse(faultAsError(bytes, encoding));
  }

  #refuse(error: StatusError): StatusError {
    this.#stopSoon(error);
    return error;
  }

  // --- for the handler, through its context ---

  get path(): string {
    return this.#entry.path;
  }

  get authority(): string {
    return this.#head.authority;
  }

  get peer(): Peer {
    return this.#scope.peer;
  }

  get trailers(): Metadata {
    return this.#answer.trailers;
  }

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#stop !== undefined && this.#phase === "ended") this.#controller.abort(this.#reason());
    return this.#controller.signal;
  }

  nowMs(): number {
    return this.#scope.server.host.nowMs();
  }

  sendHeaders(metadata: Metadata | undefined): void {
    if (this.#phase !== "ended") this.#answer.headers(metadata);
  }

  // --- the answer ---

  get over(): boolean {
    return this.#phase === "ended";
  }

  send(message: unknown): boolean {
    const bytes = this.#encode(message);
    return bytes === undefined || this.#answer.message(bytes);
  }

  room(): Promise<void> {
    return new Promise((resolve) => {
      this.#onRoom = resolve;
    });
  }

  #enter(): void {
    if (this.deadlineMs !== undefined && this.deadlineMs <= this.nowMs()) {
      this.#stopNow(deadlinePassed(this.#head.timeout));
      return;
    }
    let request: unknown;
    try {
      request = this.#requests instanceof SingleRequest ? this.decode(this.#requests.take()) : this.#requests.messages;
    } catch {
      // `decode` has noted why.
      return;
    }
    this.#phase = "handling";
    let result: unknown;
    try {
      result = this.#entry.handle(request, this.#context);
    } catch (thrown) {
      this.#failed(thrown);
      return;
    }
    if (this.#entry.responseStream) this.#answerAll(result);
    else if (isThenable(result)) {
      result.then(
        (message) => this.#answerOne(message),
        (thrown: unknown) => this.#failed(thrown),
      );
    } else this.#answerOne(result);
  }

  #answerOne(message: unknown): void {
    if (this.#phase === "ended") return;
    this.send(message);
    this.#succeed();
  }

  #answerAll(messages: unknown): void {
    sendAll(messages as AsyncIterable<unknown>, this).then(
      () => this.#succeed(),
      (thrown: unknown) => this.#failed(thrown),
    );
  }

  #succeed(): void {
    if (this.over) return;
    this.#answer.ok();
    this.#finish();
  }

  #failed(thrown: unknown): void {
    const { error, chosen } = visibleStatus(thrown);
    // What a handler throws because its call was ended is no news.
    const { name } = (thrown ?? {}) as { readonly name?: unknown };
    if (!chosen && !(this.over && name === "AbortError")) this.#scope.server.tell(thrown, this.#context);
    if (this.over) return;
    this.#answer.error(error);
    this.#finish();
  }

  /** Undefined, and the call ends, when the handler's message cannot be encoded. */
  #encode(message: unknown): Uint8Array | undefined {
    try {
      return this.#entry.encode(message);
    } catch (thrown) {
      this.#scope.server.tell(thrown, this.#context);
      this.#answer.error(
        new StatusError("INTERNAL", "the response could not be encoded", { reason: "HANDLER_FAILED" }),
      );
      this.#finish();
      return undefined;
    }
  }

  // --- the end ---

  /** From wherever code of the user must not run. The first reason counts. */
  #stopSoon(stop: Stop): void {
    if (this.#phase === "ended") return;
    this.#stop ??= stop;
    this.#wake();
  }

  /** Runs code of the user: abort listeners. */
  #stopNow(stop: Stop): void {
    this.#stop = stop;
    if (stop instanceof StatusError) this.#answer.error(stop);
    this.#finish();
    this.#controller?.abort(this.#reason());
    if (this.#requests instanceof StreamedRequests) this.#requests.messages.settle();
  }

  #finish(): void {
    this.#phase = "ended";
    this.#timer?.cancel();
    this.#requests.abandon(() => this.#reason());
    this.#wakeSender();
  }

  /** Made when somebody looks: most calls that are cancelled have nobody who does. */
  #reason(): StatusError {
    if (this.#stop === undefined) return StatusError.of("PEER_CANCELLED", "the call has ended");
    if (!(this.#stop instanceof StatusError)) this.#stop = peerGone(this.#stop, this.#scope.report);
    return this.#stop;
  }

  #wake(): void {
    if (this.#inReadyQueue) return;
    this.#inReadyQueue = true;
    this.#scope.server.ready.add(this);
  }

  /** Read again where it is asked for: hardly any call keeps 100 octets for it in vain. */
  get #head(): RequestHead {
    return readRequestHead(this.list);
  }

  #noteFault(fault: RequestFault | undefined): void {
    if (fault !== undefined) this.#stop = faultAsError(fault, this.#head.encoding);
    this.#wake();
  }

  #wakeSender(): void {
    const wake = this.#onRoom;
    this.#onRoom = undefined;
    wake?.();
  }

  /** Only for calls that are not answered at once: most are. */
  #armTimer(): void {
    if (this.deadlineMs === undefined || this.#timer !== undefined) return;
    const delayMs = Math.max(0, this.deadlineMs - this.nowMs());
    this.#timer = this.#scope.server.host.timer(delayMs, () => this.#stopSoon(deadlinePassed(this.#head.timeout)));
  }
}

/** A client that does not name a coding as one that it reads gets messages as they are. */
function readable(packing: Packing, list: HeaderList): Packing | undefined {
  return accepts(headerValue(list, "grpc-accept-encoding"), packing.coding) ? packing : undefined;
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { readonly then?: unknown } | null | undefined)?.then === "function";
}
