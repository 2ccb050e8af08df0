/** node/rapid-reset-session-closed: a burst of cancelled calls trips the guard of a Node server against rapid reset. */

import { experiment } from "#lab/experiment/experiment";
import { nodeServer } from "#lab/worlds/node-server";

const burst = { calls: 1_500, then: "cancel" } as const;
/** Calls that wait while the burst comes. */
const answerMs = 300;

export default experiment({
  entry: "node/rapid-reset-session-closed",
  says: "The program cancels 1,500 calls at once on the connection of a node:http2 server, beside three calls that it waits for.",
  tier: "reproduced",
  clients: ["grpc-js", "connect-node", "node-http2"],
  // The answer of a call that the peer no longer knows never comes.
  also: ["client/deadline-exceeded"],
  plan: { calls: 3, aside: burst },
  world: () => nodeServer({ answerMs }),
  trials: 30,
  atOnce: 3,
  treatments: {
    "cancel-less": {
      says: "the program cancels 200 calls at once",
      plan: { aside: { calls: 200, then: "cancel" } },
    },
    "more-connections": {
      says: "three channels with connections of their own, used by turns",
      client: { channels: 3 },
    },
    retries: {
      says: "whatever fails is sent again, up to 3 times, 20 ms apart",
      client: { again: { codes: "any", times: 3, pauseMs: 20 } },
    },
  },
});
