/** k8s/rolling-restart-endpoint-race: calls still go to a pod whose server has closed its port; the next pod comes after it. */

import { setTimeout as sleep } from "node:timers/promises";
import type { MakeWorld } from "#lab/experiment/experiment";
import { clientIds, experiment } from "#lab/experiment/experiment";
import { fiveAttemptsOn } from "#lab/setups/habits";
import { processWorld } from "#lab/worlds/process-world";

export default experiment({
  entry: "k8s/rolling-restart-endpoint-race",
  says: "A real server stops at SIGTERM, 30 calls are made 50 ms apart, and the address leads to the next pod 0.2 to 0.6 s later.",
  tier: "reproduced",
  needs: ["go"],
  clients: clientIds,
  also: [
    "connect/refused",
    "connect/closed-before-settings",
    "tcp/fin-inflight",
    "tcp/reset-inflight",
    "grpc/goaway-then-connection-closed",
  ],
  plan: { calls: 30, everyMs: 50 },
  world: replaced(0),
  treatments: {
    "prestop-sleep": {
      says: "a preStop of 3 s: the server serves on until nobody sends to it any more",
      world: replaced(3_000),
    },
    retry: { says: "a retry policy of five attempts on UNAVAILABLE", client: fiveAttemptsOn("UNAVAILABLE") },
    "wait-for-ready": { says: "waitForReady for all calls, with a deadline of 5 s", client: { waitForReady: true } },
    "max-retries-no-jitter": {
      says: "a loop of five tries, 50 ms apart, without jitter",
      client: { again: { codes: "any", times: 5, pauseMs: 50 } },
    },
  },
});

/** `preStopMs`: the server goes on serving for so long before it hears SIGTERM. */
function replaced(preStopMs: number): MakeWorld {
  return processWorld("grpc-go", {
    play: async (server, trial) => {
      await server.executed(trial.between(2, 5));
      await sleep(preStopMs);
      server.signal("SIGTERM");
      await server.ended;
      await sleep(trial.between(200, 600));
      await server.start();
    },
  });
}
