/** server/abrupt-stop: a real grpc-go server is stopped hard under a call, and started again. */

import { setTimeout as sleep } from "node:timers/promises";
import type { MakeWorld } from "#lab/experiment/experiment";
import { clientIds, experiment } from "#lab/experiment/experiment";
import { eagerKeepalive, fiveAttemptsOn } from "#lab/setups/habits";
import type { ServerSettings } from "#lab/subjects/server-order";
import { processWorld } from "#lab/worlds/process-world";

export default experiment({
  entry: "server/abrupt-stop",
  says: "SIGTERM to a grpc-go server up to 60 ms after a call of 1.5 s has begun; the program calls Server.Stop, and is started again.",
  tier: "reproduced",
  needs: ["go"],
  clients: clientIds,
  also: [
    "tcp/fin-inflight",
    "tcp/reset-inflight",
    "connect/connection-drop-mislabelled",
    "grpc/goaway-then-connection-closed",
  ],
  world: stopped({ onSigterm: "at-once" }),
  treatments: {
    "graceful-with-deadline": {
      says: "GracefulStop, and Server.Stop after 20 s",
      world: stopped({ onSigterm: "graceful", graceMs: 20_000 }),
    },
    "idempotent-retry": { says: "a retry policy of 5 attempts on UNAVAILABLE", client: fiveAttemptsOn("UNAVAILABLE") },
    "client-keepalive": { says: "keepalive every 10 s, with and without calls", client: eagerKeepalive },
  },
});

function stopped(settings: ServerSettings): MakeWorld {
  return processWorld("grpc-go", {
    settings: { handlerMs: 1_500, ...settings },
    play: async (server, trial) => {
      await server.executed(1);
      await sleep(trial.between(0, 60));
      server.signal("SIGTERM");
      await server.ended;
      await server.start();
    },
  });
}
