/** nginx/grpc-read-timeout: nginx waits 60 s for the next bytes of a call; here 60 s are 0.8 s. */

import type { Trial } from "#lab/experiment/experiment";
import { clientIds, experiment } from "#lab/experiment/experiment";
import type { World } from "#lab/experiment/world";
import { nginxWorld } from "#lab/worlds/nginx-world";
import { worksQuietly } from "#lab/worlds/server-behind";

const timers = (readMs: number, sendMs: number, bodyMs: number): string =>
  `grpc_read_timeout ${readMs}ms; grpc_send_timeout ${sendMs}ms; client_body_timeout ${bodyMs}ms;`;
/** 60 s, a second being 13 ms. Less would not do: nginx moves a timer only where that makes a difference of 300 ms or more. */
const untouched = timers(800, 800, 800);

export default experiment({
  entry: "nginx/grpc-read-timeout",
  says: "The three timers of a real nginx are 0.8 s (60 s); the server is quiet for 1.2 to 2 s, before or after its headers.",
  tier: "reproduced",
  needs: ["nginx"],
  clients: clientIds,
  also: ["http2/rst-internal-error", "proxy/http-error-instead-of-grpc", "proxy/html-instead-of-grpc"],
  world: (trial) => behindNginx(trial, untouched),
  treatments: {
    "all-three": {
      says: "all three timers at 8 s (10 min)",
      world: (trial) => behindNginx(trial, timers(8_000, 8_000, 8_000)),
    },
    "heartbeat-both-ways": {
      says: "a message of the server every 0.4 s (30 s)",
      plan: { kind: "server-streaming" },
      world: (trial) => behindNginx(trial, untouched, { messageEveryMs: 400 }),
    },
    "read-timeout-alone": {
      says: "grpc_read_timeout 4 s (300 s), and a stream of the client with a message every 1.2 s (90 s)",
      plan: { kind: "bidi-streaming", messages: 3, messageEveryMs: 1_200 },
      world: (trial) => behindNginx(trial, timers(4_000, 800, 800)),
    },
    ping: {
      says: "keepalive every 0.2 s (15 s) in the client",
      client: { keepalive: { timeMs: 200, timeoutMs: 5_000, permitWithoutCalls: true } },
      // Go and Java raise the interval to 10 s by themselves.
      clients: ["grpc-js", "nice-grpc", "connect-node", "holdfast", "grpcio", "tonic"],
    },
    "socket-keepalive": {
      says: "grpc_socket_keepalive on",
      world: (trial) => behindNginx(trial, `${untouched} grpc_socket_keepalive on;`),
    },
  },
});

function behindNginx(trial: Trial, location: string, beats: { readonly messageEveryMs?: number } = {}): Promise<World> {
  const script = { headersFirst: trial.random() < 0.5, workMs: trial.between(1_200, 2_000), ...beats };
  return nginxWorld(trial, { location, scriptOf: worksQuietly(script) });
}
