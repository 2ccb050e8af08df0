/** PINGs that nobody answers, while everything else goes on. */

import { flag, frameType } from "../../peer/frame.ts";
import { defineFault } from "../define-fault.ts";
import { choice } from "../parameter.ts";

export const pingIgnored = defineFault({
  id: "ping-ignored",
  says: "Holds PINGs back, so that nobody answers them.",
  lead: "from",
  parameters: { from: choice("whose PINGs", ["client", "server", "both"], "client") },
  attach: ({ from }, connection) => ({
    onFrame: (frame, direction) => {
      if (frame.type !== frameType.PING || (frame.flags & flag.ACK) !== 0) return undefined;
      const sender = direction === "to-server" ? "client" : "server";
      if (from !== "both" && from !== sender) return undefined;
      connection.tell(`held back a PING of the ${sender}`);
      return "drop";
    },
  }),
});
