/** connect/http1-peer: the port speaks HTTP/1.1 only. */

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { experiment } from "#lab/experiment/experiment";
import { grpcLibraries } from "#lab/setups/client-groups";
import type { World } from "#lab/experiment/world";
import { wellBehaved } from "#lab/peer/peer-script";
import { peerWorld } from "#lab/worlds/peer-world";

export default experiment({
  entry: "connect/http1-peer",
  says: "The port is that of an HTTP/1.1 server (node:http), which answers the preface of HTTP/2 with 400.",
  tier: "reproduced",
  clients: grpcLibraries,
  plan: { warmUp: false, deadlineMs: 2_000 },
  world: http1World,
  treatments: {
    "right-port": { says: "the port that speaks gRPC", world: (trial) => peerWorld(trial, () => wellBehaved) },
    "max-frame-size": {
      says: "grpc.http2.max_frame_size of 16,777,215",
      client: { options: { "grpc.http2.max_frame_size": 16_777_215 } },
      clients: ["grpc-js", "nice-grpc", "grpcio"],
    },
  },
});

async function http1World(): Promise<World> {
  const server = createServer((_, response) => void response.end("hello"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    target: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    executions: () => 0,
    notes: [],
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
