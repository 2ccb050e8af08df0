/** Owns one of a relayed connection's two sockets: plain or TLS, its FIN and its RST. Does not own what passes (`lane.ts`). */

import { Socket } from "node:net";
import type { Duplex } from "node:stream";

export class RelayEnd {
  /** Where bytes are read and written: the TCP socket itself, or TLS over it. */
  readonly stream: Duplex;
  /** The TCP socket, for a reset that TLS has no word for. */
  readonly #tcp: Socket;

  constructor(stream: Duplex, tcp: Socket) {
    this.stream = stream;
    this.#tcp = tcp;
    // TLS tells the errors of its socket, but not always first; what nobody hears would end the process.
    tcp.on("error", () => {});
  }

  /** FIN; with TLS close_notify before it (RFC 8446 §6.1). Bytes still come in. */
  fin(): void {
    this.stream.end();
  }

  /** RST, at once. */
  reset(): void {
    // `resetAndDestroy` first waits until what was written has left, which it never does where the receiver does not read.
    Object.assign(this.#tcp, { resetAndClosing: true });
    this.#tcp.destroy();
    if (this.stream !== this.#tcp) this.stream.destroy();
  }

  /** Closes once what was written has left. */
  settle(): void {
    if (this.#tcp.connecting) this.destroy();
    else if (this.stream instanceof Socket && !this.stream.destroyed) this.stream.destroySoon();
  }

  destroy(): void {
    this.stream.destroy();
    this.#tcp.destroy();
  }
}
