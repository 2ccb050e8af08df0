/** lb/gfe-goaway-and-timeouts: a Google front end retires the session: GOAWAY with `session_timed_out`, then FIN. */

import { experiment } from "#lab/experiment/experiment";
import { grpcLibraries } from "#lab/setups/client-groups";
import type { Trial } from "#lab/experiment/experiment";
import type { World } from "#lab/experiment/world";
import { retryOn } from "#lab/setups/habits";
import { eventOn, peerWorld } from "#lab/worlds/peer-world";

export default experiment({
  entry: "lb/gfe-goaway-and-timeouts",
  says: "A front end sends GOAWAY(NO_ERROR, session_timed_out) while a call is at work, and FIN up to 40 ms later.",
  tier: "emulated",
  clients: grpcLibraries,
  also: ["grpc/goaway-then-connection-closed", "tcp/fin-inflight", "connect/connection-drop-mislabelled"],
  world: retiredSession,
  treatments: {
    "retry-idempotent": { says: "a retry policy for UNAVAILABLE", client: retryOn("UNAVAILABLE") },
    "ping-30s": {
      says: "a PING of the client every 30 s",
      client: { keepalive: { timeMs: 30_000, timeoutMs: 10_000, permitWithoutCalls: true } },
    },
  },
});

function retiredSession(trial: Trial): Promise<World> {
  const acted = trial.random() < 0.5;
  const afterMs = trial.between(0, 40);
  return peerWorld(
    trial,
    eventOn(async (connection) => {
      const calls = await connection.calls(1);
      if (acted) connection.execute(calls);
      connection.goaway("NO_ERROR", connection.newestStreamId, "session_timed_out");
      await connection.pause(afterMs);
      connection.fin();
    }),
  );
}
