/**
 * What a peer may make us spend, with names. Each limit is a number of things at once or a token bucket; when one is
 * passed the connection ends with ENHANCE_YOUR_CALM and the limit's name as GOAWAY debug data, so that the other side
 * can read why.
 */

export interface Limits {
  /** Largest header list accepted, RFC 9113 §6.5.2 (name + value + 32 each); announced. Default 64 KiB. */
  readonly maxHeaderListBytes: number;
  /** CONTINUATION frames in one header block. Default 64: a 64 KiB list in frames of 1 KiB. */
  readonly maxContinuations: number;
  /** Streams the peer may have open at once; announced by a server. Default 1,024. */
  readonly maxConcurrentStreams: number;
  /** Bytes of answers to control frames (PING, SETTINGS) and resets waiting for a peer that does not read. Default 256 KiB. */
  readonly maxControlBytes: number;
  /**
   * How long a client may take for the TLS handshake, and then again to its SETTINGS, ms. Default 20,000, as gRPC's connect
   * timeout.
   */
  readonly handshakeMs: number;
  /**
   * How long a frame other than DATA may take from its header to its last octet, and a header block from its first frame
   * to its last, ms. Default 20,000: senders write them in one go.
   */
  readonly headerBlockMs: number;
  /**
   * Written bytes that the kernel does not take for so long end the connection, ms; so do answers beyond `maxUnreadBytes`
   * for which the peer gives no credit. Default 120,000.
   */
  readonly noProgressMs: number;
  /**
   * Octets of answers that may wait for the peer's credit as long as they like. A server whose client lets more wait, and
   * takes less than 16 KiB of them in `noProgressMs`, ends the connection. Default 16 MiB: 256 streams whose readers pause.
   */
  readonly maxUnreadBytes: number;
  /**
   * While the receive budget is spent, a message that has been coming for so long gives way to others: its stream is reset;
   * so does one for which others have had to wait so long, ms. Default 10,000: 4 MiB, gRPC's largest message, at 3.4 Mbit/s.
   */
  readonly messageMs: number;
  /** Buckets, by the name that GOAWAY carries. */
  readonly buckets: Readonly<Record<BucketName, Bucket>>;
}

/** So many at once, and so many a second later on. */
export interface Bucket {
  readonly burst: number;
  readonly perSecond: number;
}

export type BucketName =
  /** Streams that the peer opened and reset before they were answered, CVE-2023-44487. */
  | "limit-rapid-reset"
  /** Streams that we had to reset because of what the peer sent, CVE-2025-8671. */
  | "limit-provoked-reset"
  | "limit-ping"
  | "limit-settings"
  /** DATA, HEADERS and CONTINUATION frames that carry nothing and end nothing. */
  | "limit-empty-frames"
  /** PRIORITY, unknown types, and frames on streams long closed: legal and useless. */
  | "limit-useless-frames"
  /** WINDOW_UPDATE: an honest peer sends about one for each DATA frame. */
  | "limit-window-update";

export const defaultLimits: Limits = {
  maxHeaderListBytes: 65_536,
  maxContinuations: 64,
  maxConcurrentStreams: 1_024,
  maxControlBytes: 262_144,
  handshakeMs: 20_000,
  headerBlockMs: 20_000,
  noProgressMs: 120_000,
  maxUnreadBytes: 16_777_216,
  messageMs: 10_000,
  buckets: {
    // nghttp2 allows 1,000 at once and 33 a second; a client that times out 1,000 calls at once is honest.
    "limit-rapid-reset": { burst: 1_000, perSecond: 100 },
    "limit-provoked-reset": { burst: 200, perSecond: 20 },
    // A bandwidth probe sends one PING a round trip; 1 ms of round trip makes 1,000 a second.
    "limit-ping": { burst: 1_000, perSecond: 1_000 },
    "limit-settings": { burst: 100, perSecond: 10 },
    "limit-empty-frames": { burst: 1_000, perSecond: 100 },
    "limit-useless-frames": { burst: 10_000, perSecond: 1_000 },
    "limit-window-update": { burst: 100_000, perSecond: 100_000 },
  },
};

/** The defaults with what is said otherwise. Everything that a client may have open may time out at once. */
export function limitsFrom(given: Partial<Limits> = nothingSaid): Limits {
  let limits = known.get(given);
  if (limits === undefined) known.set(given, (limits = complete(given)));
  return limits;
}

const nothingSaid: Partial<Limits> = {};
/** All connections of a channel or server are given the same, and share what was made of it. */
const known = new WeakMap<Partial<Limits>, Limits>();

function complete(given: Partial<Limits>): Limits {
  const limits = { ...defaultLimits, ...given };
  if (given.buckets !== undefined) return limits;
  const { burst, perSecond } = limits.buckets["limit-rapid-reset"];
  const rapidReset = { burst: Math.max(burst, 2 * limits.maxConcurrentStreams), perSecond };
  return { ...limits, buckets: { ...limits.buckets, "limit-rapid-reset": rapidReset } };
}

/** Counts one kind of event against its bucket; refilled by the clock that it is given. */
export class TokenBucket {
  #tokens: number;
  #atMs: number;
  readonly #bucket: Bucket;

  constructor(bucket: Bucket, nowMs: number) {
    this.#bucket = bucket;
    this.#tokens = bucket.burst;
    this.#atMs = nowMs;
  }

  /** False when the bucket is empty. */
  take(nowMs: number): boolean {
    if (nowMs > this.#atMs) {
      const refill = ((nowMs - this.#atMs) * this.#bucket.perSecond) / 1_000;
      this.#tokens = Math.min(this.#bucket.burst, this.#tokens + refill);
      this.#atMs = nowMs;
    }
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
