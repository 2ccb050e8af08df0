/** connect/http1-peer: the port speaks HTTP/1.1 only. */

import { createServer } from "node:http";
import { experiment } from "#lab/experiment/experiment";
import { grpcLibraries } from "#lab/setups/client-groups";
import { wellBehaved } from "#lab/peer/peer-script";
import { listenerWorld } from "#lab/worlds/listener-world";
import { peerWorld } from "#lab/worlds/peer-world";

export default experiment({
  entry: "connect/http1-peer",
  says: "The port is that of an HTTP/1.1 server (node:http), which answers the preface of HTTP/2 with 400.",
  tier: "reproduced",
  clients: grpcLibraries,
  also: ["tcp/fin-inflight", "tonic/transport-error-unknown-or-cancelled"],
  plan: { warmUp: false, deadlineMs: 2_000 },
  world: () => listenerWorld(createServer((_, response) => void response.end("hello"))),
  treatments: {
    "right-port": { says: "the port that speaks gRPC", world: (trial) => peerWorld(trial, () => wellBehaved) },
    "max-frame-size": {
      says: "grpc.http2.max_frame_size of 16,777,215",
      client: { options: { "grpc.http2.max_frame_size": 16_777_215 } },
      clients: ["grpc-js", "nice-grpc", "grpcio"],
    },
  },
});
