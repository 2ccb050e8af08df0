/** http2/peer-violation: a hop writes a frame that no HTTP/2 endpoint may accept, on every connection. */

import { clientIds, experiment } from "#lab/experiment/experiment";
import { serves } from "#lab/worlds/answers";
import { breaksHttp2 } from "#lab/worlds/broken-frames";
import { peerWorld } from "#lab/worlds/peer-world";

export default experiment({
  entry: "http2/peer-violation",
  says: "Under a running call a hop writes a frame that is a connection error, one of six kinds; so on every connection.",
  tier: "reproduced",
  clients: clientIds,
  plan: { deadlineMs: 1_500 },
  world: (trial) => peerWorld(trial, breaksHttp2(trial, "all")),
  treatments: {
    "name-the-hop": {
      says: "the call goes past the proxy, straight to the server",
      world: (trial) => peerWorld(trial, serves),
    },
    "upgrade-both": {
      says: "the program that wrote the frame is mended",
      world: (trial) => peerWorld(trial, serves),
    },
    "raise-frame-size": {
      says: "the client allows frames of 16 MB less one byte",
      client: { options: { "grpc.http2.max_frame_size": 16_777_215 } },
      clients: ["grpcio"],
    },
    "blind-retry": {
      says: "whatever fails is sent again, up to 3 times, 20 ms apart",
      client: { again: { codes: "any", times: 3, pauseMs: 20 } },
    },
  },
});
