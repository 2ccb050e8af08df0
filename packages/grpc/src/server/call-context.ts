/** What a gRPC handler can ask and do beside its messages. Everything that costs is made on first use. */

import type { PeerIdentity } from "../host/host.ts";
import type { HeaderList } from "../http2/header-list.ts";
import { Metadata, metadataFromHeaders, type MetadataInit } from "../rpc/metadata.ts";

/** Who called. */
export interface Peer {
  /** `10.0.3.4:51123`; a unix socket's client has no name: `unix:`. */
  readonly address: string;
  /** The client's certificate, if it showed one that was accepted. */
  readonly identity?: PeerIdentity;
}

/** The call behind a context. */
export interface CallControl {
  readonly path: string;
  readonly list: HeaderList;
  readonly authority: string;
  readonly peer: Peer;
  readonly deadlineMs: number | undefined;
  readonly signal: AbortSignal;
  readonly trailers: Metadata;
  nowMs(): number;
  sendHeaders(metadata: Metadata | undefined): void;
}

export class CallContext {
  readonly #control: CallControl;
  #metadata: Metadata | undefined;

  /** Made by the server. */
  constructor(control: CallControl) {
    this.#control = control;
  }

  /** `/holdfast.shop.v1.Shop/Read` */
  get method(): string {
    return this.#control.path;
  }

  /** The name that the client called, as in `:authority`. */
  get authority(): string {
    return this.#control.authority;
  }

  get peer(): Peer {
    return this.#control.peer;
  }

  /** What the client sent beside its messages. */
  get metadata(): Metadata {
    return (this.#metadata ??= metadataFromHeaders(this.#control.list));
  }

  /** When the client stops waiting, ms on the host's monotonic clock; undefined: it set no deadline. */
  get deadlineMs(): number | undefined {
    return this.#control.deadlineMs;
  }

  /** Milliseconds to the deadline, 0 once it has passed; Infinity without one. */
  timeRemainingMs(): number {
    const { deadlineMs } = this;
    return deadlineMs === undefined ? Infinity : Math.max(0, deadlineMs - this.#control.nowMs());
  }

  /**
   * Aborts, with a `StatusError` as its reason, when nobody waits for the answer any more: the client cancelled or went
   * away (CANCELLED), the deadline passed (DEADLINE_EXCEEDED), a drain ran out of time (UNAVAILABLE, `DRAIN_CUT`).
   */
  get signal(): AbortSignal {
    return this.#control.signal;
  }

  /** Goes out behind the last message, with the status. Change it until the handler is done. */
  get trailers(): Metadata {
    return this.#control.trailers;
  }

  /** Sends the response headers now, with metadata. Else they go with the first message. A second time: `TypeError`. */
  sendHeaders(metadata?: Metadata | MetadataInit): void {
    this.#control.sendHeaders(
      metadata === undefined || metadata instanceof Metadata ? metadata : new Metadata(metadata),
    );
  }
}
