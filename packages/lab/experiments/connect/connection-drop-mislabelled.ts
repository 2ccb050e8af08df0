/** connect/connection-drop-mislabelled: connect-node names a lost connection `canceled` or `aborted`. */

import { experiment } from "#lab/experiment/experiment";
import { callAgainOn } from "#lab/setups/habits";
import { cutWorld } from "#lab/worlds/cut-world";

export default experiment({
  entry: "connect/connection-drop-mislabelled",
  says: "The connection ends by FIN or RST, as chance has it, while a call of connect-node waits.",
  tier: "reproduced",
  clients: ["connect-node"],
  world: (trial) => cutWorld(trial, { by: trial.random() < 0.5 ? "fin" : "reset" }),
  treatments: {
    "rewrite-label": {
      says: "called once more where the text holds CANCEL (0x8) or ECONNRESET: what the new label permits",
      client: { again: { codes: "any", texts: ["CANCEL (0x8)", "ECONNRESET"], times: 1, pauseMs: 20 } },
    },
    "retry-all-canceled": { says: "called once more on every `canceled`", client: callAgainOn("CANCELLED") },
  },
});
