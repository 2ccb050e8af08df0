/**
 * Answers that a client asked for and gives no credit for, RFC 9113 §6.9: octets that lie in our memory for as long as it
 * likes. Owns their sum and the time that is left to take some; a pure count, changed in place. Bytes that are framed are
 * another deadline's (`noProgressMs` on what the kernel does not take).
 */
export class UnreadAnswers {
  readonly #allowedBytes: number;
  readonly #patienceMs: number;
  #queuedBytes = 0;
  /** Since when more than allowed waits without progress; Infinity while it does not. */
  #sinceMs = Infinity;
  #progressBytes = 0;

  constructor(allowedBytes: number, patienceMs: number) {
    this.#allowedBytes = allowedBytes;
    this.#patienceMs = patienceMs;
  }

  get queuedBytes(): number {
    return this.#queuedBytes;
  }

  /** When the peer must have taken some, ms; Infinity if it need not. */
  get deadlineMs(): number {
    return this.#sinceMs + this.#patienceMs;
  }

  queued(bytes: number, nowMs: number): void {
    this.#queuedBytes += bytes;
    if (this.#queuedBytes <= this.#allowedBytes || this.#sinceMs !== Infinity) return;
    this.#sinceMs = nowMs;
    this.#progressBytes = 0;
  }

  /** Octets went out. An octet now and then is no progress. */
  sent(bytes: number, nowMs: number): void {
    this.dropped(bytes);
    if (this.#sinceMs === Infinity) return;
    this.#progressBytes += bytes;
    if (this.#progressBytes < progressBytes) return;
    this.#sinceMs = nowMs;
    this.#progressBytes = 0;
  }

  /** Octets will not be sent: their stream ended. */
  dropped(bytes: number): void {
    this.#queuedBytes -= bytes;
    if (this.#queuedBytes <= this.#allowedBytes) this.#sinceMs = Infinity;
  }
}

/** A frame of RFC 9113 §4.2's first size: in 120 s that is 137 octets a second, below any link that carries calls. */
export const progressBytes = 16_384;
