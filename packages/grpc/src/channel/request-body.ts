import type { Http2Connection } from "../http2/connection.ts";
import type { Http2Stream } from "../http2/stream.ts";

/** Whoever pushes the pieces. */
export interface RequestFiller {
  /** There is room again. */
  pull(): void;
  /** The call is over. Told once. */
  leave(): void;
}

/**
 * What a call sends after its headers, kept so that it can be sent again. A whole message is one reference to what the
 * caller holds anyway, and can be sent again at any size. A stream of messages is kept up to `keepBytes`; beyond that,
 * and once an answer has begun, what was sent is let go, and the call is bound to its attempt.
 */
export class RequestBody {
  readonly #keepBytes: number;
  #chunks: readonly Uint8Array[];
  #keptBytes = 0;
  #ended: boolean;
  #keeping = true;
  #connection: Http2Connection | undefined = undefined;
  #stream: Http2Stream | undefined = undefined;
  #roomWanted = false;
  #full = false;
  filler: RequestFiller | undefined = undefined;

  private constructor(chunks: readonly Uint8Array[], ended: boolean, keepBytes: number) {
    this.#chunks = chunks;
    this.#ended = ended;
    this.#keepBytes = keepBytes;
  }

  /** Everything at once: unary and server-streaming requests, and plain bodies that are one buffer. */
  static whole(chunks: readonly Uint8Array[]): RequestBody {
    return new RequestBody(chunks, true, Infinity);
  }

  /** Piece by piece. 1 MiB is kept by default, as grpc-js and grpc-java do. */
  static streaming(keepBytes = 1_048_576): RequestBody {
    return new RequestBody([], false, keepBytes);
  }

  /** Whether another attempt could send all of it from the start. */
  get replayable(): boolean {
    return this.#keeping;
  }

  /** True when the header section ends the request. */
  get empty(): boolean {
    return this.#ended && this.#chunks.length === 0;
  }

  /** Adds a piece. False: better `wantRoom` before the next one. */
  push(chunk: Uint8Array): boolean {
    const stream = this.#stream;
    if (this.#keeping || stream === undefined) {
      (this.#chunks as Uint8Array[]).push(chunk);
      this.#keptBytes += chunk.length;
    }
    if (stream === undefined) {
      this.#full = this.#keptBytes >= this.#keepBytes;
      return !this.#full;
    }
    this.#full = !(this.#connection?.sendData(stream, chunk, false) ?? true);
    // Not before its head left: until then the call can go elsewhere whatever its size.
    if (this.#keptBytes > this.#keepBytes && stream.headSent) this.#letGo();
    return !this.#full;
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    if (this.#stream !== undefined) this.#connection?.sendData(this.#stream, nothing, true);
  }

  /** Lets the filler pull when more may be pushed: at once if so now. */
  wantRoom(): void {
    if (this.#full) this.#roomWanted = true;
    else this.filler?.pull();
  }

  /** A new attempt: everything so far goes to its stream. */
  attach(connection: Http2Connection, stream: Http2Stream): void {
    this.#connection = connection;
    this.#stream = stream;
    const chunks = this.#chunks;
    const last = chunks.length - 1;
    let more = true;
    for (let i = 0; i <= last; i++) {
      more = connection.sendData(stream, chunks[i] as Uint8Array, this.#ended && i === last);
    }
    this.#full = !more;
    if (more) this.onDrain();
  }

  detach(): void {
    this.#stream = undefined;
    this.#connection = undefined;
  }

  /** The call is over. */
  close(): void {
    this.detach();
    this.#letGo();
    this.#roomWanted = false;
    const { filler } = this;
    this.filler = undefined;
    filler?.leave();
  }

  /** An answer began: what was sent need not be kept. */
  commit(): void {
    this.#letGo();
  }

  onDrain(): void {
    this.#full = false;
    if (!this.#roomWanted) return;
    this.#roomWanted = false;
    this.filler?.pull();
  }

  #letGo(): void {
    this.#keeping = false;
    this.#chunks = [];
    this.#keptBytes = 0;
  }
}

const nothing = new Uint8Array(0);
