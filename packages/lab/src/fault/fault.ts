/**
 * Owns the contract of a fault: one file, one thing that goes wrong on a connection that a relay carries. A fault hears of
 * bytes and frames in both directions and acts on the connection by the few verbs of `RelayedConnection`. Faults compose: each
 * sees what the ones before it let through. Does not own the relay (`../relay`).
 */

/** `to-client`: what the server sends. */
export type Direction = "to-client" | "to-server";

/** A frame as it stood on the wire: RFC 9113 §4.1. */
export interface RelayedFrame {
  readonly type: number;
  readonly flags: number;
  readonly streamId: number;
  /** Borrowed; valid during the call. Of HEADERS: with what CONTINUATION brought. */
  readonly payload: Uint8Array;
  /** Of HEADERS: names and values by turns, decoded; absent where they could not be. */
  readonly fields?: readonly string[];
}

/** A piece of a chunk, and when it goes on. Pieces never overtake each other. */
export interface TimedPiece {
  readonly bytes: Uint8Array;
  /** Not before so long after the chunk came. Default: 0. */
  readonly afterMs?: number;
  /** Not before so long after the piece before it went on. Default: 0. */
  readonly gapMs?: number;
}

/** What a fault may do to the connection it was attached to. */
export interface RelayedConnection {
  /** 1 for the first connection that the relay accepted. */
  readonly ordinal: number;
  /** From the relay's seed. */
  random(): number;
  /** Calls back unless the connection is over. */
  after(delayMs: number, run: () => void): void;
  /** Writes a whole frame between two frames of that direction, never inside one. */
  inject(direction: Direction, frame: Uint8Array): void;
  /** FIN towards the receiver of that direction. */
  fin(direction: Direction): void;
  /** RST towards the receiver of that direction; the other half is closed as well. */
  reset(direction: Direction): void;
  /**
   * From now on nothing of that direction is forwarded; TCP stays up. It goes on where it stopped after
   * `forMs`, or when the fault is taken off.
   */
  silence(direction: Direction, forMs?: number): void;
  /**
   * From now on frames of this stream go nowhere, in either direction: the fault speaks for whoever was behind the relay. If
   * the server has heard of the stream, it gets RST_STREAM(CANCEL).
   */
  take(streamId: number): void;
  /** Whether this fault or another has taken a stream. */
  isTaken(streamId: number): boolean;
  /** For the table of what was done. */
  tell(what: string): void;
}

/** What a fault listens to; each part is optional. Returning nothing passes the thing on. */
export interface FaultHooks {
  /** `drop` holds it back for ever; an array stands in its place. HEADERS are safe to drop: the relay keeps both header tables empty. */
  onFrame?(frame: RelayedFrame, direction: Direction): "drop" | readonly Uint8Array[] | void;
  /** For faults below frames: what comes out of the frames' faults. An array stands in the chunk's place, in its time. */
  onBytes?(chunk: Uint8Array, direction: Direction): "drop" | readonly TimedPiece[] | void;
  /** A half was closed by its own end. */
  onFin?(direction: Direction): "hold" | void;
}

/** What a client meets in place of a handshake that works. */
export type Handshake = "expired" | "wrong-name" | "no-alpn" | "hangs" | "plaintext";

export interface Fault {
  /** As on the command line: `goaway`, `black-hole`. */
  readonly id: string;
  /** With its settings, in a few words. */
  readonly says: string;
  /** What the n-th connection meets instead of an honest TLS handshake; only asked where the relay speaks TLS with clients. */
  handshakeOf?(ordinal: number, random: () => number): Handshake | undefined;
  attach(connection: RelayedConnection): FaultHooks;
}
