/** One call on a wire: what is sent, what came back, and a bound on both time and octets. Knows no message's meaning. */

import type { Host, Timer } from "@holdfast/grpc/host";
import type { HeaderList, Http2Connection, Http2Stream, StreamEnd, StreamEvents } from "@holdfast/grpc/http2";
import {
  frameMessage,
  type MessageFault,
  MessageReader,
  responseStatus,
  type ResponseStatus,
} from "@holdfast/grpc/rpc";

export interface CallOptions {
  /** For instance `/grpc.health.v1.Health/Check`. */
  readonly path: string;
  /** The request's messages, already encoded. Default: none. */
  readonly messages?: readonly Uint8Array[];
  /** Keep our half open, so that `send` and `finish` may follow. Default: END_STREAM goes with the last message. */
  readonly keepOpen?: boolean;
  /** Further headers; names in lower case. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  /** The whole call's, ms; Infinity: none, and then no `grpc-timeout` is sent. Default 5,000. */
  readonly limitMs?: number;
  readonly onMessage?: (message: Uint8Array) => void;
}

export interface CallOutcome {
  /** Absent: no stream could be opened. */
  readonly streamId: number | undefined;
  /** `cancelled`: by us. `too-large`: more came than a health or reflection answer can be. */
  readonly end: StreamEnd | { readonly kind: "not-opened" | "timed-out" | "cancelled" | "too-large" };
  readonly tookMs: number;
  readonly headersAfterMs: number | undefined;
  readonly headers: HeaderList | undefined;
  readonly trailers: HeaderList | undefined;
  /** The first ones, at most 1,000. */
  readonly messages: readonly Uint8Array[];
  /** What is wrong with the framing of the messages, if something is. */
  readonly fault: MessageFault | undefined;
  /** The first octets of the body, at most 512: what a peer that does not speak gRPC says. */
  readonly bodyStart: Uint8Array;
  /** Once the answer is whole: the call's status, or the best that HTTP lets us say. */
  readonly status: ResponseStatus | undefined;
}

/** A call that is under way. */
export interface WireCall {
  readonly streamId: number | undefined;
  readonly done: Promise<CallOutcome>;
  /** One more message; after `finish`, or without `keepOpen`, nothing is sent. */
  send(message: Uint8Array): void;
  /** END_STREAM behind what was sent. */
  finish(): void;
  /** RST_STREAM(CANCEL), RFC 9113 §8.7. */
  cancel(): void;
}

/** What a person is willing to wait for one answer. */
export const defaultCallMs = 5_000;
// gRPC's customary limit of a message, 4 MiB, twice: a large server's reflection answers in parts.
const maxBodyBytes = 8_388_608;
const maxMessages = 1_000;
const bodyStartBytes = 512;

const cancelCode = 8;

export class RunningCall implements WireCall, StreamEvents {
  readonly done: Promise<CallOutcome>;
  readonly #connection: Http2Connection;
  readonly #host: Host;
  readonly #startedAtMs: number;
  readonly #stream: Http2Stream | undefined;
  readonly #reader: MessageReader;
  readonly #messages: Uint8Array[] = [];
  #timer: Timer | undefined;
  #settle: (outcome: CallOutcome) => void = () => undefined;
  #over: CallOutcome["end"] | undefined = undefined;
  #headers: HeaderList | undefined = undefined;
  #headersAfterMs: number | undefined = undefined;
  #endedOnHeaders = false;
  #trailers: HeaderList | undefined = undefined;
  #fault: MessageFault | undefined = undefined;
  #bodyStart = new Uint8Array(0);
  #bodyBytes = 0;

  constructor(connection: Http2Connection, host: Host, head: HeaderList, options: CallOptions) {
    const { messages = [], keepOpen = false, limitMs = defaultCallMs, onMessage } = options;
    this.#connection = connection;
    this.#host = host;
    this.#startedAtMs = host.nowMs();
    this.done = new Promise((resolve) => (this.#settle = (outcome) => host.defer(() => resolve(outcome))));
    const heard = (message: Uint8Array): void => {
      if (this.#messages.length < maxMessages) this.#messages.push(message);
      onMessage?.(message);
    };
    this.#reader = new MessageReader(maxBodyBytes, { onMessage: heard });
    this.#stream = connection.open(head, false, this);
    if (this.#stream === undefined) {
      this.#finish({ kind: "not-opened" });
      return;
    }
    for (const message of messages) this.#write(message);
    if (!keepOpen) this.#endSending();
    if (limitMs !== Infinity) this.#timer = host.timer(limitMs, () => this.#giveUp("timed-out"));
  }

  get streamId(): number | undefined {
    // An id is only on the wire once the head is: a withdrawn stream has none.
    return this.#stream?.id;
  }

  send(message: Uint8Array): void {
    if (this.#over === undefined) this.#write(message);
  }

  finish(): void {
    if (this.#over === undefined) this.#endSending();
  }

  cancel(): void {
    this.#giveUp("cancelled");
  }

  // --- what the stream tells ---

  onHeaders(list: HeaderList, endStream: boolean): void {
    this.#headers = list;
    this.#headersAfterMs = this.#host.nowMs() - this.#startedAtMs;
    this.#endedOnHeaders = endStream;
    if (endStream) this.#answered();
  }

  onData(bytes: Uint8Array, endStream: boolean): void {
    const stream = this.#stream;
    if (stream === undefined) return;
    this.#connection.credit(stream, bytes.length);
    this.#connection.free(stream, bytes.length);
    if (this.#bodyStart.length < bodyStartBytes) {
      this.#bodyStart = Uint8Array.from(Buffer.concat([this.#bodyStart, bytes]).subarray(0, bodyStartBytes));
    }
    this.#bodyBytes += bytes.length;
    if (this.#bodyBytes > maxBodyBytes) this.#giveUp("too-large");
    else this.#fault = this.#reader.push(bytes);
    if (endStream) this.#answered();
  }

  onTrailers(list: HeaderList): void {
    this.#trailers = list;
    this.#answered();
  }

  onDrain(): void {}

  onClosed(end: StreamEnd): void {
    this.#finish(end);
  }

  #write(message: Uint8Array): void {
    if (this.#stream === undefined || this.#stream.endQueued) return;
    for (const piece of frameMessage(message)) this.#connection.sendData(this.#stream, piece, false);
  }

  #endSending(): void {
    const stream = this.#stream;
    if (stream?.endQueued === false) this.#connection.sendData(stream, new Uint8Array(0), true);
  }

  /** The status is final whether or not we are done with sending: PROTOCOL-HTTP2 "Responses". */
  #answered(): void {
    const stream = this.#stream;
    this.#finish({ kind: "complete" });
    // Closes our half, where it is open still; a stream that is over takes no notice.
    if (stream !== undefined && !stream.endQueued) this.#connection.reset(stream, cancelCode);
  }

  #giveUp(kind: "timed-out" | "cancelled" | "too-large"): void {
    const stream = this.#stream;
    if (this.#over !== undefined || stream === undefined) return;
    // Said before the reset: the stream's own end is only its echo.
    this.#finish({ kind });
    this.#connection.reset(stream, cancelCode);
  }

  #finish(end: CallOutcome["end"]): void {
    if (this.#over !== undefined) return;
    this.#over = end;
    this.#timer?.cancel();
    const headers = this.#headers;
    this.#settle({
      streamId: this.streamId,
      end,
      tookMs: this.#host.nowMs() - this.#startedAtMs,
      headersAfterMs: this.#headersAfterMs,
      headers,
      trailers: this.#trailers,
      messages: this.#messages,
      fault: end.kind === "complete" ? this.#reader.end() : this.#fault,
      bodyStart: this.#bodyStart,
      status:
        end.kind === "complete" && headers !== undefined
          ? responseStatus(headers, this.#trailers, this.#endedOnHeaders)
          : undefined,
    });
  }
}
