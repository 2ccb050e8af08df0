/** The PINGs of a wire's user that wait for their acknowledgement, RFC 9113 §6.7, and their round trips. */

import type { Host } from "@holdfast/grpc/host";
import type { Http2Connection } from "@holdfast/grpc/http2";
import type { PingResult } from "./wire-end.ts";

interface Waiting {
  readonly startedAtMs: number;
  readonly settle: (result: PingResult) => void;
}

export class WirePings {
  readonly #host: Host;
  readonly #connection: Http2Connection;
  readonly #waiting = new Map<number, Waiting>();

  constructor(host: Host, connection: Http2Connection) {
    this.#host = host;
    this.#connection = connection;
  }

  send(limitMs: number): Promise<PingResult> {
    const startedAtMs = this.#host.nowMs();
    return new Promise((resolve) => {
      const sequence = this.#connection.ping(startedAtMs);
      const settle = (result: PingResult): void => {
        timer.cancel();
        this.#waiting.delete(sequence);
        this.#host.defer(() => resolve(result));
      };
      const timer = this.#host.timer(limitMs, () => settle({ kind: "unanswered", waitedMs: limitMs }));
      this.#waiting.set(sequence, { startedAtMs, settle });
    });
  }

  acknowledged(sequence: number): void {
    const waiting = this.#waiting.get(sequence);
    waiting?.settle({ kind: "answered", roundTripMs: this.#host.nowMs() - waiting.startedAtMs });
  }

  /** No acknowledgement can come any more. */
  end(): void {
    for (const { settle } of [...this.#waiting.values()]) settle({ kind: "ended" });
  }
}
