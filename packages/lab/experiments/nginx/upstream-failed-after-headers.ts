/** nginx/upstream-failed-after-headers: the server behind nginx is lost in the middle of its answer. */

import { clientIds, experiment } from "#lab/experiment/experiment";
import { callAgainOn } from "#lab/setups/habits";
import { nginxWorld } from "#lab/worlds/nginx-world";
import { dropsOnce, finishesThenLeaves } from "#lab/worlds/server-behind";

export default experiment({
  entry: "nginx/upstream-failed-after-headers",
  says: "A server stream through a real nginx; after headers and up to five messages the server's connection ends by FIN or RST.",
  tier: "reproduced",
  needs: ["nginx"],
  clients: clientIds,
  also: ["http2/rst-internal-error"],
  plan: { kind: "server-streaming" },
  world: (trial) =>
    nginxWorld(trial, {
      scriptOf: dropsOnce(trial, { answeredMessages: trial.between(0, 5), endings: ["fin", "reset"] }),
    }),
  treatments: {
    "drain-upstream": {
      says: "the server says GOAWAY, ends its stream, and closes then",
      world: (trial) => nginxWorld(trial, { scriptOf: finishesThenLeaves(trial, "stream") }),
    },
    resume: { says: "the application opens the stream once more, behind its cursor", client: callAgainOn() },
  },
});
