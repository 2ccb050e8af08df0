/** connect/other-protocol: the port belongs to a server of another kind. */

import { createServer } from "node:net";
import type { Socket } from "node:net";
import { experiment } from "#lab/experiment/experiment";
import type { Trial } from "#lab/experiment/experiment";
import type { World } from "#lab/experiment/world";
import { wellBehaved } from "#lab/peer/peer-script";
import { grpcLibraries } from "#lab/setups/client-groups";
import { callAgainOn } from "#lab/setups/habits";
import { listenerWorld } from "#lab/worlds/listener-world";
import { peerWorld } from "#lab/worlds/peer-world";

/** What each says to the preface of HTTP/2, as the real programs did. */
const protocols: readonly ((socket: Socket) => void)[] = [
  redis,
  greets("SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n", "Invalid SSH identification string.\r\n"),
  greets("220 mail.example.com ESMTP Postfix\r\n", "502 5.5.2 Error: command not recognized\r\n"),
];

export default experiment({
  entry: "connect/other-protocol",
  says: "The port answers as Redis, an SSH server or an SMTP server does, one of the three by chance.",
  tier: "reproduced",
  clients: grpcLibraries,
  also: ["connect/http1-peer", "connect/closed-before-settings", "tonic/transport-error-unknown-or-cancelled"],
  plan: { warmUp: false, deadlineMs: 2_000 },
  world: otherServer,
  treatments: {
    "right-port": { says: "the port that speaks gRPC", world: (trial) => peerWorld(trial, () => wellBehaved) },
    "max-frame-size": {
      says: "grpc.http2.max_frame_size of 16,777,215",
      client: { options: { "grpc.http2.max_frame_size": 16_777_215 } },
      clients: ["grpc-js", "nice-grpc", "grpcio"],
    },
    retry: { says: "called once more, whatever the error", client: callAgainOn() },
  },
});

function otherServer(trial: Trial): Promise<World> {
  const serve = protocols[trial.between(0, protocols.length - 1)];
  return listenerWorld(createServer(serve));
}

function redis(socket: Socket): void {
  socket.on("data", () => socket.write("-ERR unknown command 'PRI', with args beginning with: '*' 'HTTP/2.0' \r\n"));
}

function greets(greeting: string, refusal: string): (socket: Socket) => void {
  return (socket) => {
    socket.write(greeting);
    socket.once("data", () => socket.end(refusal));
  };
}
