/**
 * Owns the count of executions where nobody keeps a journal: how often a whole request of each call was handed to the server.
 * It stands directly before the server, behind all faults. Does not own what the server made of it.
 */

import type { Fault } from "../fault/fault.ts";
import { endsStream, isNewRequest } from "../fault/requests.ts";

/** The header by which a call is known; its value is the call's number. */
export const callHeader = "holdfast-lab-call";

export class Witness {
  readonly #handedOver = new Map<number, number>();

  executions(callId: number): number {
    return this.#handedOver.get(callId) ?? 0;
  }

  /** For a relay that has no other faults. */
  get fault(): Fault {
    return {
      id: "witness",
      says: "counts whole requests",
      attach: () => {
        /** Requests that have begun and not ended, by their streams. */
        const begun = new Map<number, number>();
        let newestStreamId = 0;
        return {
          onFrame: (frame, direction) => {
            if (direction !== "to-server") return;
            if (isNewRequest(frame, direction, newestStreamId)) {
              newestStreamId = frame.streamId;
              const callId = idIn(frame.fields ?? []);
              if (callId !== undefined) begun.set(frame.streamId, callId);
            }
            const callId = begun.get(frame.streamId);
            if (callId === undefined || !endsStream(frame)) return;
            begun.delete(frame.streamId);
            this.#handedOver.set(callId, this.executions(callId) + 1);
          },
        };
      },
    };
  }
}

function idIn(fields: readonly string[]): number | undefined {
  for (let at = 0; at + 1 < fields.length; at += 2) if (fields[at] === callHeader) return Number(fields[at + 1]);
  return undefined;
}
