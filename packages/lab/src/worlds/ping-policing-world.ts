/**
 * Owns the world of a server that polices PING as gRFC A8 has it: one that comes sooner than permitted is a strike, and the
 * third strike is answered with GOAWAY(ENHANCE_YOUR_CALM, "too_many_pings") and the end of the connection.
 */

import type { Trial } from "../experiment/experiment.ts";
import type { World } from "../experiment/world.ts";
import * as wire from "../peer/frame.ts";
import type { PeerConnection } from "../peer/peer-connection.ts";
import { peerWorld } from "./peer-world.ts";

/** gRFC A8: two strikes are forgiven. */
const forgivenStrikes = 2;

export interface PingPolice {
  readonly minimumMs: number;
  /** What a call's handler takes. */
  readonly workMs: number;
}

export function pingPolicingWorld(trial: Trial, police: PingPolice): Promise<World> {
  return peerWorld(trial, () => ({ play: (connection) => play(connection, police) }));
}

function play(connection: PeerConnection, { minimumMs, workMs }: PingPolice): void {
  let strikes = 0;
  let newestMs = Number.NEGATIVE_INFINITY;
  connection.onCall((call) => connection.finish([call], workMs));
  connection.onFrame(({ type, flags }) => {
    // What carries a call resets the count, as grpc-go's server has it.
    if (type === wire.frameType.HEADERS || type === wire.frameType.DATA) strikes = 0;
    if (type !== wire.frameType.PING || (flags & wire.flag.ACK) !== 0) return;
    if (performance.now() - newestMs < minimumMs) strikes++;
    newestMs = performance.now();
    if (strikes <= forgivenStrikes) return;
    connection.goaway("ENHANCE_YOUR_CALM", connection.newestStreamId, "too_many_pings");
    connection.fin();
  });
}
