/** http2/missing-trailers: a hop without trailers passes the answer on and ends the stream behind its message. */

import { clientIds, experiment } from "#lab/experiment/experiment";
import { answerBytes, answers, messageOf, serves } from "#lab/worlds/answers";
import { peerWorld } from "#lab/worlds/peer-world";

const withoutTrailers = answers(answerBytes(messageOf(0), "no-trailers"));

export default experiment({
  entry: "http2/missing-trailers",
  says: "HEADERS (200), one message, END_STREAM: the trailers with grpc-status were lost on the way, for every call.",
  tier: "reproduced",
  clients: clientIds,
  world: (trial) => peerWorld(trial, withoutTrailers),
  treatments: {
    "http2-everywhere": {
      says: "every hop speaks HTTP/2: the trailers arrive",
      world: (trial) => peerWorld(trial, serves),
    },
    retry: {
      says: "whatever fails is sent again, up to 2 times, 20 ms apart",
      client: { again: { codes: "any", times: 2, pauseMs: 20 } },
    },
    "raise-timeouts": {
      says: "a deadline of 20 s instead of 5 s",
      plan: { deadlineMs: 20_000 },
    },
  },
});
