/**
 * Owns when a fault of a whole connection strikes: with the n-th request, at an age, or after a silence; once. Does not own what
 * it does then.
 */

import type { FaultHooks, RelayedConnection, RelayedFrame } from "./fault.ts";
import { count, duration, type ValuesOf } from "./parameter.ts";
import { isNewRequest } from "./requests.ts";

export const triggerParameters = {
  after: count("with the request of this number on the connection; default, if no other time is given: 1", undefined),
  ageMs: duration("so long after the connection was accepted", undefined),
  idleMs: duration("when no octet has passed for so long", undefined),
};

/** `strike` gets the request that set it off, before it goes on; what it returns is the verdict on that frame. */
export function triggered(
  values: ValuesOf<typeof triggerParameters>,
  connection: RelayedConnection,
  strike: (request: RelayedFrame | undefined) => ReturnType<NonNullable<FaultHooks["onFrame"]>>,
): Required<Pick<FaultHooks, "onFrame" | "onBytes">> {
  const { ageMs, idleMs } = values;
  const after = values.after ?? (ageMs === undefined && idleMs === undefined ? 1 : undefined);
  let isDone = false;
  let newestStreamId = 0;
  let requests = 0;
  const once = (request?: RelayedFrame): ReturnType<typeof strike> => {
    if (isDone) return undefined;
    isDone = true;
    return strike(request);
  };
  if (ageMs !== undefined) connection.after(ageMs, () => void once());
  const heard = idleMs === undefined ? () => {} : whenSilent(idleMs, connection, () => void once());
  return {
    onFrame: (frame, direction) => {
      if (after === undefined || !isNewRequest(frame, direction, newestStreamId)) return undefined;
      newestStreamId = frame.streamId;
      requests++;
      return requests === after ? once(frame) : undefined;
    },
    onBytes: () => heard(),
  };
}

/** Calls back when the returned function was not called for `idleMs`; after that, once more after each such silence. */
export function whenSilent(idleMs: number, connection: RelayedConnection, silent: () => void): () => void {
  let heardMs = performance.now();
  const look = (waitMs: number): void =>
    connection.after(waitMs, () => {
      const restMs = heardMs + idleMs - performance.now();
      if (restMs > 0) return look(Math.ceil(restMs));
      silent();
    });
  look(idleMs);
  return () => void (heardMs = performance.now());
}
