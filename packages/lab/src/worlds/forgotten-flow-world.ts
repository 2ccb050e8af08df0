/**
 * Owns the world of a device that carries TCP flows and forgets those that have been quiet for too long, as NAT, firewalls and
 * load balancers of layer 4 do. It counts bytes of any kind, both ways, and knows nothing of HTTP/2. The peer plays the device
 * and the server behind it.
 */

import type { Trial } from "../experiment/experiment.ts";
import type { World } from "../experiment/world.ts";
import type { PeerConnection } from "../peer/peer-connection.ts";
import { peerWorld } from "./peer-world.ts";

export interface ForgetfulDevice {
  readonly forgetsAfterMs: number;
  /** What the client gets on a forgotten flow: a RST at its next packet, nothing at all, or a RST at the moment of forgetting. */
  readonly then: "reset-next-packet" | "silence" | "reset-at-once";
  /** The server sends a PING so often. Default: never. */
  readonly serverPingEveryMs?: number;
}

export function forgottenFlowWorld(trial: Trial, device: ForgetfulDevice): Promise<World> {
  return peerWorld(trial, () => ({ play: (connection) => play(connection, device) }));
}

async function play(connection: PeerConnection, device: ForgetfulDevice): Promise<void> {
  const { forgetsAfterMs, then, serverPingEveryMs } = device;
  let newestMs = performance.now();
  let forgotten = false;
  const carries = (): boolean => {
    const nowMs = performance.now();
    forgotten ||= nowMs - newestMs >= forgetsAfterMs;
    newestMs = nowMs;
    return !forgotten;
  };
  connection.onFrame(() => {
    if (carries()) return undefined;
    if (then === "silence") connection.blackHole();
    else connection.reset();
    return "drop";
  });
  while (!forgotten && !connection.isClosed) {
    await connection.pause(serverPingEveryMs ?? 50);
    if (serverPingEveryMs !== undefined && carries()) void connection.ping();
    if (then === "reset-at-once" && performance.now() - newestMs >= forgetsAfterMs) {
      connection.reset();
      return;
    }
  }
}
