/** A long way: every octet arrives later, in its order. */

import { defineFault } from "../define-fault.ts";
import { duration } from "../parameter.ts";
import { isOn, side } from "../sides.ts";

export const delay = defineFault({
  id: "delay",
  says: "Lets octets arrive later.",
  lead: "byMs",
  parameters: {
    byMs: duration("by how long, each way", 50),
    jitterMs: duration("up to so much more or less, drawn for each chunk", 0),
    side: side("both"),
  },
  attach: (values, connection) => {
    connection.tell(`octets take ${values.byMs} ms more`);
    return {
      onBytes: (bytes, direction) => {
        if (!isOn(values.side, direction)) return undefined;
        const jitterMs = values.jitterMs === 0 ? 0 : (2 * connection.random() - 1) * values.jitterMs;
        return [{ bytes, afterMs: Math.max(0, values.byMs + jitterMs) }];
      },
    };
  },
});
