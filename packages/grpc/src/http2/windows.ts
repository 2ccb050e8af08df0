/**
 * Flow control arithmetic, RFC 9113 §6.9: what we may still receive on a stream or connection, and how large that
 * should be. Sending windows are plain numbers in `stream.ts` and `connection-core.ts`.
 */

/** The largest window there may be, RFC 9113 §6.9.1. */
export const maxWindow = 0x7fffffff;

/** What the peer may still send us here. */
export class ReceiveWindow {
  /** Octets the peer may send now. May be negative after we lowered the initial size. */
  available: number;
  /** How large the window is when nothing is outstanding. */
  #target: number;
  /** What `available` holds beyond the target: the peer was allowed it once, and is not asked when it heard otherwise. */
  #excess: number;
  #uncredited = 0;
  readonly #unsaidShare: number;

  /**
   * @param target Where the peer may not know yet that it is less than `size`.
   * @param unsaidShare How much of it may be due before a frame says so: see `worthAFrame`.
   */
  constructor(size: number, target = size, unsaidShare = streamShare) {
    this.available = size;
    this.#target = target;
    this.#excess = size - target;
    this.#unsaidShare = unsaidShare;
  }

  /** What the peer may send whenever it hears of a lower target. */
  get sureBytes(): number {
    return this.available - this.#excess;
  }

  /** The peer sent so many; false when it was not allowed to. */
  received(bytes: number): boolean {
    this.available -= bytes;
    return this.available >= 0;
  }

  /** So many were used up. True when what is due is worth a frame. */
  used(bytes: number): boolean {
    this.#uncredited += bytes;
    return this.#uncredited >= worthAFrame(this.#target, this.#unsaidShare);
  }

  /** A larger target; the difference goes out with the next credit. */
  grow(target: number): void {
    if (target <= this.#target) return;
    this.#uncredited += target - this.#target;
    this.#target = target;
  }

  /** A larger target that the peer learns of by SETTINGS, RFC 9113 §6.9.2: it may use the difference without credit. */
  raise(target: number): void {
    if (target <= this.#target) return;
    const more = target - this.#target;
    // What an earlier `lower` left here is not new: the peer has taken it out of its window, and puts it back.
    const known = Math.min(this.#excess, more);
    this.#excess -= known;
    this.available += more - known;
    this.#target = target;
  }

  /**
   * A smaller target that the peer learns of by SETTINGS, RFC 9113 §6.9.2. When it does is not known exactly, so what it
   * was allowed is not held against it.
   */
  lower(target: number): void {
    if (target >= this.#target) return;
    this.#excess += this.#target - target;
    this.#target = target;
  }

  /** The increment to announce now: all that is due. */
  credit(): number {
    const increment = Math.min(this.#uncredited, maxWindow - this.available);
    this.#uncredited -= increment;
    this.available += increment;
    return increment;
  }
}

// At 32 KiB a WINDOW_UPDATE of 13 octets, and what it costs, is nothing beside the DATA that it answers.
const ampleCreditBytes = 32_768;

/** Of a stream's window. */
const streamShare = 1 / 16;
/** Of a connection's, which is four times that of a stream, so that what is unsaid stops none. */
export const connectionShare = 1 / 4;

/**
 * How many octets of a window are due before a frame says so. A peer that the window holds back gets in a round trip what
 * was credited in the one before, and what is due and unsaid is never part of that: with half a window here, throughput
 * would be half of what the window allows. A sixteenth costs a sixteenth; small windows, a quarter at most.
 */
function worthAFrame(target: number, share: number): number {
  return Math.max(target * share, Math.min(target / 4, ampleCreditBytes));
}

/**
 * Follows the bandwidth-delay product: counts the octets that come between a PING and its acknowledgement; when they
 * fill two thirds of the window, the window is what limits the peer, and doubles (the idea of grpc-go's and gRPC
 * C-core's estimators). A probe starts only after `probeAfterBytes` of DATA, one at a time, none on an idle connection.
 * Probes that change nothing become rarer, as C-core's do: on a short path each costs both ends more than the DATA that it
 * measures (bench row `download-1mb`).
 */
export class BandwidthEstimate {
  /** 64 KiB: so that small answers, which no window limits, cause no PINGs. */
  static readonly probeAfterBytes = 65_536;
  /** 16 MiB: 1 Gbit/s at 134 ms. */
  static readonly maxWindow = 16_777_216;

  /** How long to rest after a probe that changed nothing, ms: doubles up to the second. */
  static readonly shortestRestMs = 25;
  static readonly longestRestMs = 1_000; // a path that becomes wider is noticed within a second

  #sinceProbe = 0;
  #sample = 0;
  #probing = false;
  #restMs = 0;
  #restUntilMs = -Infinity;

  /** DATA came. True: send a probe PING now. */
  received(bytes: number, nowMs: number): boolean {
    if (this.#probing) {
      this.#sample += bytes;
      return false;
    }
    this.#sinceProbe += bytes;
    if (this.#sinceProbe < BandwidthEstimate.probeAfterBytes || nowMs < this.#restUntilMs) return false;
    this.#sinceProbe = 0;
    this.#probing = true;
    this.#sample = 0;
    return true;
  }

  /** The probe came back. Returns the stream window to use from now on, given the present one. */
  acknowledged(window: number, nowMs: number): number {
    this.#probing = false;
    // Less than the three quarters that a peer gets out of a window in a round trip: see `worthAFrame`.
    if (this.#sample * 3 < window * 2) {
      const { shortestRestMs, longestRestMs } = BandwidthEstimate;
      this.#restMs = Math.min(longestRestMs, Math.max(shortestRestMs, 2 * this.#restMs));
      this.#restUntilMs = nowMs + this.#restMs;
      return window;
    }
    this.#restMs = 0;
    return Math.max(window, Math.min(BandwidthEstimate.maxWindow, 2 * Math.max(window, this.#sample)));
  }
}
