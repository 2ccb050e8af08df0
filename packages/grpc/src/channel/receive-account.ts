import type { Http2Connection } from "../http2/connection.ts";
import type { Http2Stream } from "../http2/stream.ts";
import type { Attempt } from "./attempt.ts";

/**
 * What of an answer's octets the peer has been credited for, and what still takes memory here. A message that is not
 * whole counts as taken by the application (or a message larger than the window could never arrive) but takes memory;
 * one that waits to be read does both. Goes on after the call has settled: its messages may be read later.
 */
export class ReceiveAccount {
  #connection: Http2Connection | undefined = undefined;
  #stream: Http2Stream | undefined = undefined;
  #receivedBytes = 0;
  #creditedBytes = 0;
  #freedBytes = 0;

  received(attempt: Attempt | undefined, bytes: number): void {
    this.#connection = attempt?.transport.connection;
    this.#stream = attempt?.stream;
    this.#receivedBytes += bytes;
  }

  /**
   * @param unreadBytes Octets of whole messages that the application has not read.
   * @param pendingBytes Octets of a message that is not whole yet.
   */
  update(unreadBytes: number, pendingBytes: number): void {
    const connection = this.#connection;
    const stream = this.#stream;
    if (connection === undefined || stream === undefined) return;
    const taken = this.#receivedBytes - unreadBytes;
    if (taken > this.#creditedBytes) {
      connection.credit(stream, taken - this.#creditedBytes);
      this.#creditedBytes = taken;
    }
    const gone = taken - pendingBytes;
    if (gone > this.#freedBytes) {
      connection.free(stream, gone - this.#freedBytes);
      this.#freedBytes = gone;
    }
  }
}
