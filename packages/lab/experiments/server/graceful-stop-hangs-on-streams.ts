/** server/graceful-stop-hangs-on-streams: a graceful stop waits for a stream that nobody ends, until the process is killed. */

import { setTimeout as sleep } from "node:timers/promises";
import type { MakeWorld } from "#lab/experiment/experiment";
import { clientIds, experiment } from "#lab/experiment/experiment";
import type { ServerSettings } from "#lab/subjects/server-order";
import { processWorld } from "#lab/worlds/process-world";

/** What the pod gives its process between SIGTERM and SIGKILL. */
const podGraceMs = 1_000;

export default experiment({
  entry: "server/graceful-stop-hangs-on-streams",
  says: "SIGTERM to a grpc-go server under a stream: one in two would end within 0.4 s, the others last 5 s. GracefulStop waits; SIGKILL comes after 1 s.",
  tier: "reproduced",
  needs: ["go"],
  clients: clientIds,
  also: ["tcp/fin-inflight", "server/abrupt-stop", "grpc/goaway-then-connection-closed", "httpclient/goaway"],
  plan: { kind: "server-streaming", messages: 1, deadlineMs: 10_000 },
  world: terminated({ onSigterm: "graceful" }),
  treatments: {
    "two-steps": {
      says: "GracefulStop, and Server.Stop after 0.7 s",
      world: terminated({ onSigterm: "graceful", graceMs: 700 }),
    },
    "graceful-alone": { says: "GracefulStop and nothing else", world: terminated({ onSigterm: "graceful" }) },
    "hard-at-once": { says: "Server.Stop at once", world: terminated({ onSigterm: "at-once" }) },
    "longer-grace": { says: "a grace of the pod of 2 s", world: terminated({ onSigterm: "graceful" }, 2_000) },
  },
});

function terminated(settings: ServerSettings, graceMs = podGraceMs): MakeWorld {
  return (trial) => {
    const handlerMs = trial.random() < 0.5 ? trial.between(100, 400) : 5_000;
    const make = processWorld("grpc-go", {
      settings: { handlerMs, ...settings },
      play: async (server) => {
        await server.executed(1);
        await sleep(trial.between(0, 60));
        server.signal("SIGTERM");
        const kill = setTimeout(() => server.signal("SIGKILL"), graceMs);
        await server.ended;
        clearTimeout(kill);
      },
    });
    return make(trial);
  };
}
