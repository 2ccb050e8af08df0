import type { HeaderList } from "../http2/header-list.ts";
import type { Http2Stream, StreamEnd, StreamEvents } from "../http2/stream.ts";
import type { Transport } from "../transport/transport.ts";
import type { StreamFacts } from "./failure.ts";

/** Hears what one attempt sees. */
export interface AttemptOwner {
  onHeaders(attempt: Attempt, list: HeaderList, endStream: boolean): void;
  onData(attempt: Attempt, bytes: Uint8Array, endStream: boolean): void;
  onTrailers(attempt: Attempt, list: HeaderList): void;
  onDrain(attempt: Attempt): void;
  /** The stream is gone. `attempt.answered` tells whether the answer was whole. */
  onClosed(attempt: Attempt, end: StreamEnd): void;
}

/** One try of a request: a stream on a connection, and what was seen of it. */
export class Attempt implements StreamEvents {
  readonly number: number;
  readonly startedAtMs: number;
  readonly transport: Transport;
  readonly peer: string;
  readonly #owner: AttemptOwner;
  stream: Http2Stream | undefined = undefined;
  headersSeen = false;
  messageSeen = false;
  /** The peer's END_STREAM came. */
  answered = false;

  constructor(owner: AttemptOwner, number: number, startedAtMs: number, transport: Transport) {
    this.#owner = owner;
    this.number = number;
    this.startedAtMs = startedAtMs;
    this.transport = transport;
    this.peer = transport.peer;
  }

  facts(): StreamFacts {
    const { peer, headersSeen, messageSeen, stream } = this;
    return { streamId: stream?.id ?? 0, peer, headSent: stream?.headSent ?? false, headersSeen, messageSeen };
  }

  onHeaders(list: HeaderList, endStream: boolean): void {
    this.transport.useful = true;
    this.headersSeen = true;
    this.answered = endStream;
    this.#owner.onHeaders(this, list, endStream);
  }

  onData(bytes: Uint8Array, endStream: boolean): void {
    this.answered = endStream;
    this.#owner.onData(this, bytes, endStream);
  }

  onTrailers(list: HeaderList): void {
    this.answered = true;
    this.#owner.onTrailers(this, list);
  }

  onDrain(): void {
    this.#owner.onDrain(this);
  }

  onClosed(end: StreamEnd): void {
    this.#owner.onClosed(this, end);
  }
}
