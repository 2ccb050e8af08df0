/**
 * Owns what the peer keeps of one request: the first bytes of its message and a count of the rest. Bodies of megabytes are
 * read and let go.
 */

import { callMessageHeadBytes, readCallId } from "../call-message.ts";

/** gRPC's prefix of a message: one byte of flags, four of length. */
const prefixBytes = 5;

export class PeerCall {
  readonly streamId: number;
  /** Message bytes received so far, prefix included. */
  receivedBytes = 0;
  state: "arriving" | "whole" | "done" = "arriving";
  readonly #head = new Uint8Array(prefixBytes + callMessageHeadBytes);

  constructor(streamId: number) {
    this.streamId = streamId;
  }

  receive(bytes: Uint8Array): void {
    const room = this.#head.byteLength - this.receivedBytes;
    if (room > 0) this.#head.set(bytes.subarray(0, room), this.receivedBytes);
    this.receivedBytes += bytes.byteLength;
  }

  /** The number that the client put into the message; undefined until it is there. */
  get id(): number | undefined {
    return readCallId(this.#head.subarray(prefixBytes, Math.min(this.receivedBytes, this.#head.byteLength)));
  }
}
