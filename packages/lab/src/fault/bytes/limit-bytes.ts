/** A connection that ends after so many octets, inside a frame if that is where they end. */

import { defineFault } from "../define-fault.ts";
import { choice, octets } from "../parameter.ts";

export const limitBytes = defineFault({
  id: "limit-bytes",
  says: "Ends a connection after so many octets.",
  lead: "bytes",
  parameters: {
    bytes: octets("how many go on", 65_536, 0),
    side: choice("of which direction", ["to-client", "to-server"], "to-client"),
    then: choice("what comes behind them", ["fin", "rst", "silence"], "rst"),
  },
  attach: ({ bytes: limit, side, then }, connection) => {
    let passed = 0;
    let isOver = false;
    return {
      onBytes: (bytes, direction) => {
        if (direction !== side) return undefined;
        if (isOver) return "drop";
        const rest = limit - passed;
        passed += bytes.byteLength;
        if (bytes.byteLength <= rest) return undefined;
        isOver = true;
        connection.tell(`${then} ${direction} after ${limit} octets`);
        // Behind the last octets that go on.
        connection.after(0, () => {
          if (then === "fin") connection.fin(direction);
          else if (then === "rst") connection.reset(direction);
          else connection.silence(direction);
        });
        return [{ bytes: bytes.subarray(0, rest) }];
      },
    };
  },
});
