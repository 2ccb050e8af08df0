/** Credit that never comes: a receiver that reads nothing, as its sender sees it (RFC 9113 §5.2). */

import { frameType } from "../../peer/frame.ts";
import { defineFault } from "../define-fault.ts";
import { choice } from "../parameter.ts";

export const windowStarved = defineFault({
  id: "window-starved",
  says: "Holds WINDOW_UPDATE back, so that a sender runs out of credit.",
  lead: "who",
  parameters: {
    who: choice("who gets no credit", ["client", "server", "both"], "client"),
    of: choice("of which window", ["connection", "streams", "all"], "all"),
  },
  attach: ({ who, of }, connection) => ({
    onFrame: ({ type, streamId }, direction) => {
      if (type !== frameType.WINDOW_UPDATE) return undefined;
      const starved = direction === "to-client" ? "client" : "server";
      if (who !== "both" && who !== starved) return undefined;
      if (of !== "all" && (of === "connection") !== (streamId === 0)) return undefined;
      connection.tell(`held back WINDOW_UPDATE(${streamId}) to the ${starved}`);
      return "drop";
    },
  }),
});
