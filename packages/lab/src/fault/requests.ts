/** Owns what a bystander must know of requests to act on them: which HEADERS begin one, which are open, which have ended. */

import { flag, frameType } from "../peer/frame.ts";
import type { Direction, RelayedFrame } from "./fault.ts";

/** RFC 9113 §5.1.1: a client's ids only grow, so HEADERS on a greater one begin a request. */
export function isNewRequest(frame: RelayedFrame, direction: Direction, newestStreamId: number): boolean {
  return direction === "to-server" && frame.type === frameType.HEADERS && frame.streamId > newestStreamId;
}

export function endsStream(frame: RelayedFrame): boolean {
  const mayEnd = frame.type === frameType.HEADERS || frame.type === frameType.DATA;
  return mayEnd && (frame.flags & flag.END_STREAM) !== 0;
}

/** The streams that are open on one connection: begun by the client, not ended by the server, not reset by either. */
export class OpenRequests {
  readonly #open = new Set<number>();
  #newest = 0;

  get newest(): number {
    return this.#newest;
  }

  /** Oldest first. */
  get ids(): readonly number[] {
    return [...this.#open];
  }

  /** True if the frame begins a request. */
  note(frame: RelayedFrame, direction: Direction): boolean {
    if (isNewRequest(frame, direction, this.#newest)) {
      this.#newest = frame.streamId;
      this.#open.add(frame.streamId);
      return true;
    }
    const isOver = frame.type === frameType.RST_STREAM || (direction === "to-client" && endsStream(frame));
    if (isOver) this.#open.delete(frame.streamId);
    return false;
  }
}
