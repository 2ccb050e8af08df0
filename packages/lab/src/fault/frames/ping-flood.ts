/** PINGs that nobody asked for. Their answers are kept from the other side, which has sent none. */

import { flag, frameType, pingFrame } from "../../peer/frame.ts";
import { defineFault } from "../define-fault.ts";
import { choice, count, duration } from "../parameter.ts";

/** What marks the PINGs of this fault: `hf` and a number. */
const mark = 0x6866;

export const pingFlood = defineFault({
  id: "ping-flood",
  says: "Sends PINGs.",
  lead: "everyMs",
  parameters: {
    everyMs: duration("between two; 0: as many as `times` says at once", 100),
    times: count("how many at most", 1_000),
    to: choice("who gets them", ["client", "server"], "server"),
  },
  attach: ({ everyMs, times, to }, connection) => {
    const direction = to === "client" ? "to-client" : "to-server";
    let sent = 0;
    const send = (): void => {
      do {
        const opaque = Buffer.alloc(8);
        opaque.writeUInt16BE(mark, 0);
        opaque.writeUInt32BE(++sent, 4);
        connection.inject(direction, pingFrame(opaque));
      } while (everyMs === 0 && sent < times);
      connection.tell(`PING number ${sent} to the ${to}`);
      if (sent < times) connection.after(everyMs, send);
    };
    connection.after(everyMs, send);
    return {
      onFrame: ({ type, flags, payload }, going) => {
        const isAnswer = type === frameType.PING && (flags & flag.ACK) !== 0 && going !== direction;
        return isAnswer && Buffer.from(payload).readUInt16BE(0) === mark ? "drop" : undefined;
      },
    };
  },
});
