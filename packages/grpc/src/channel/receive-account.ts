import type { Http2Connection } from "../http2/connection.ts";
import type { Http2Stream } from "../http2/stream.ts";
import type { Attempt } from "./attempt.ts";

/**
 * What of an answer's octets the peer has been credited for, and what still takes memory here. A message that is not
 * whole is credited ahead (or one larger than the window could never arrive) and takes memory; one that waits to be read
 * takes memory and is not credited; what was read is credited and free.
 */
export class ReceiveAccount {
  #connection: Http2Connection | undefined = undefined;
  #stream: Http2Stream | undefined = undefined;
  #receivedBytes = 0;
  #creditedBytes = 0;
  #freedBytes = 0;
  #halfReceived = false;

  received(attempt: Attempt | undefined, bytes: number): void {
    this.#connection = attempt?.transport.connection;
    this.#stream = attempt?.stream;
    this.#receivedBytes += bytes;
  }

  /**
   * @param unreadBytes Octets of whole messages that the application has not read.
   * @param pendingBytes Octets of a message that is not whole yet.
   * @param restBytes Octets that it lacks, if it is the last one.
   */
  update(unreadBytes: number, pendingBytes: number, restBytes = Infinity): void {
    const connection = this.#connection;
    const stream = this.#stream;
    if (connection === undefined || stream === undefined) return;
    const used = this.#receivedBytes - unreadBytes - pendingBytes;
    if (used > this.#freedBytes) {
      connection.free(stream, used - this.#freedBytes);
      this.#freedBytes = used;
    }
    if (used > this.#creditedBytes) {
      connection.credit(stream, used - this.#creditedBytes);
      this.#creditedBytes = used;
    }
    const ahead = used + pendingBytes;
    if (pendingBytes > 0 && unreadBytes === 0 && ahead > this.#creditedBytes) {
      connection.creditAhead(stream, ahead - this.#creditedBytes, restBytes);
      this.#creditedBytes = ahead;
      this.#halfReceived = true;
    } else if (this.#halfReceived && pendingBytes === 0) {
      this.#halfReceived = false;
      connection.whole(stream);
    }
  }
}
