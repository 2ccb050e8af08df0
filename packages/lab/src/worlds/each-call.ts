/** Owns scripts for a peer that does one thing with every call, on every connection. */

import type { PeerCall } from "../peer/peer-call.ts";
import type { PeerConnection } from "../peer/peer-connection.ts";
import * as wire from "../peer/frame.ts";
import type { ScriptOf } from "./peer-world.ts";

/** What a peer makes of one call; `ordinal` counts the calls of the trial over all connections, from 1. */
export type CallHandler = (connection: PeerConnection, call: PeerCall, ordinal: number) => void | Promise<void>;

/** Gives every counted call to `handle`. The first `calls` of them only, where that is given; later ones are served. */
export function eachCall(handle: CallHandler, calls = Number.POSITIVE_INFINITY): ScriptOf {
  let ordinal = 0;
  return () => ({
    play: (connection) =>
      connection.onCall((call) => {
        ordinal++;
        if (ordinal > calls) return connection.finish([call]);
        return handle(connection, call, ordinal);
      }),
  });
}

/** A handler that takes so long. */
export function slowly(timeMs: number): ScriptOf {
  return eachCall((connection, call) => connection.finish([call], timeMs));
}

/** An answer of HTTP that knows nothing of gRPC: one block of headers, and no body. */
export function answerHttp(
  connection: PeerConnection,
  call: PeerCall,
  status: number,
  fields: Readonly<Record<string, string>> = {},
): void {
  connection.write(wire.headersFrame(call.streamId, { ":status": String(status), ...fields }, true));
}
