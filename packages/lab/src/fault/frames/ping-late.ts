/** Answers to PINGs that come late, while everything else is in time. */

import { flag, frameType, pingFrame } from "../../peer/frame.ts";
import { defineFault } from "../define-fault.ts";
import { choice, duration } from "../parameter.ts";

export const pingLate = defineFault({
  id: "ping-late",
  says: "Delays the answers to PINGs, and nothing else.",
  lead: "lateMs",
  parameters: {
    lateMs: duration("how late", 5_000),
    to: choice("whose PINGs are answered late", ["client", "server", "both"], "client"),
  },
  attach: ({ lateMs, to }, connection) => ({
    onFrame: (frame, direction) => {
      if (frame.type !== frameType.PING || (frame.flags & flag.ACK) === 0) return undefined;
      const asker = direction === "to-client" ? "client" : "server";
      if (to !== "both" && to !== asker) return undefined;
      const answer = pingFrame(Uint8Array.from(frame.payload), flag.ACK);
      connection.after(lateMs, () => {
        connection.inject(direction, answer);
        connection.tell(`a PING of the ${asker} was answered ${lateMs} ms late`);
      });
      return "drop";
    },
  }),
});
