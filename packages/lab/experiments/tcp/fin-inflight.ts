/** tcp/fin-inflight: the other side's process ends while a call waits, and its kernel closes the socket. */

import { clientIds, experiment } from "#lab/experiment/experiment";
import { eventOn, peerWorld } from "#lab/worlds/peer-world";

export default experiment({
  entry: "tcp/fin-inflight",
  says: "The peer takes a call and closes the TCP connection (FIN) before it answers; whether it had acted on the call is a matter of chance.",
  tier: "reproduced",
  clients: clientIds,
  world: (trial) => {
    const acted = trial.random() < 0.5;
    const afterMs = trial.between(0, 40);
    return peerWorld(
      trial,
      eventOn(async (peer) => {
        const calls = await peer.calls(1);
        if (acted) peer.execute(calls);
        await peer.pause(afterMs);
        peer.fin();
      }),
    );
  },
  treatments: {
    "retry-if-idempotent": {
      says: "a retry policy for UNAVAILABLE, 4 attempts",
      client: {
        retry: { maxAttempts: 4, initialBackoffMs: 100, maxBackoffMs: 1_000, codes: ["UNAVAILABLE"] },
        idempotent: true,
      },
    },
    keepalive: {
      says: "keepalive every 10 s, with and without calls",
      client: { keepalive: { timeMs: 10_000, timeoutMs: 5_000, permitWithoutCalls: true } },
    },
  },
});
