/** nginx/upstream-failed-before-headers: the server behind nginx drops a call, and nginx answers with a page of its own. */

import type { Trial } from "#lab/experiment/experiment";
import { clientIds, experiment } from "#lab/experiment/experiment";
import type { World } from "#lab/experiment/world";
import { retryOn } from "#lab/setups/habits";
import { dropsOnce, finishesThenLeaves } from "#lab/worlds/server-behind";
import type { NginxWorld } from "#lab/worlds/nginx-world";
import { nginxWorld } from "#lab/worlds/nginx-world";

const grpcErrorPage = (lines: string): string => `
  error_page 502 503 504 = @grpc_unavailable;
  location @grpc_unavailable {
    internal;
    default_type application/grpc;
    add_header grpc-status 14 always;
    add_header grpc-message "unavailable" always;
    ${lines}
  }`;

export default experiment({
  entry: "nginx/upstream-failed-before-headers",
  says: "The server behind a real nginx ends its connection under the first call by FIN, RST, RST_STREAM or GOAWAY; later calls are served.",
  tier: "reproduced",
  needs: ["nginx"],
  clients: clientIds,
  also: ["proxy/http-error-instead-of-grpc", "proxy/html-instead-of-grpc"],
  world: (trial) => dropped(trial),
  treatments: {
    "grpc-error-page": {
      says: "an error_page that answers in gRPC, and a retry policy for UNAVAILABLE",
      client: retryOn("UNAVAILABLE"),
      world: (trial) => dropped(trial, { server: grpcErrorPage("return 200;") }),
    },
    "drain-upstream": {
      says: "the server says GOAWAY, answers what it has, and closes then; max_fails=0",
      world: (trial) => nginxWorld(trial, { scriptOf: finishesThenLeaves(trial) }),
    },
    "return-204": {
      says: "error_page 502 to a location with return 204 and grpc-status 14, and a retry policy for UNAVAILABLE",
      client: retryOn("UNAVAILABLE"),
      world: (trial) =>
        dropped(trial, {
          server: `error_page 502 = @unavailable;
            location @unavailable {
              internal; add_header grpc-status 14; add_header grpc-message "unavailable"; return 204;
            }`,
        }),
    },
    "non-idempotent": {
      says: "grpc_next_upstream error timeout non_idempotent, with a second server",
      world: (trial) => dropped(trial, { location: "grpc_next_upstream error timeout non_idempotent;", upstreams: 2 }),
    },
    "grpc-js-policy": {
      says: "a retry policy for UNAVAILABLE, while nginx sends its page",
      client: retryOn("UNAVAILABLE"),
      clients: ["grpc-js", "nice-grpc"],
    },
  },
});

function dropped(trial: Trial, nginx: Partial<NginxWorld> = {}): Promise<World> {
  return nginxWorld(trial, { ...nginx, scriptOf: dropsOnce(trial) });
}
