/** server/resource-exhausted: a real grpc-go server may have 32 files open, and others hold 40 connections. */

import { experiment } from "#lab/experiment/experiment";
import { withoutNiceGrpc } from "#lab/setups/client-groups";
import { retryOn } from "#lab/setups/habits";
import { exhaustedWorld } from "#lab/worlds/exhausted-world";

const openFiles = 32;
const held = 40;

export default experiment({
  entry: "server/resource-exhausted",
  says: "A grpc-go server that may have 32 files open; others hold 40 connections when the client comes, with a deadline of 2 s.",
  tier: "reproduced",
  needs: ["go"],
  clients: withoutNiceGrpc,
  // Accepted by the kernel and by nobody else: to the client it is a server that says nothing.
  also: ["connect/settings-hang", "client/deadline-exceeded"],
  plan: { warmUp: false, deadlineMs: 2_000 },
  world: exhaustedWorld("grpc-go", { openFiles, held }),
  treatments: {
    "raise-files": { says: "a limit of 1,024 files", world: exhaustedWorld("grpc-go", { openFiles: 1_024, held }) },
    "one-channel": {
      says: "the others share one connection",
      world: exhaustedWorld("grpc-go", { openFiles, held: 1 }),
    },
    retries: { says: "a retry policy of 3 attempts on UNAVAILABLE", client: retryOn("UNAVAILABLE") },
    "wait-it-out": {
      says: "the others leave after 1 s",
      world: exhaustedWorld("grpc-go", { openFiles, held, leaveAfterMs: 1_000 }),
    },
  },
});
