/** A path that swallows everything: both ends believe in the connection, and nothing arrives. */

import { defineFault } from "../define-fault.ts";
import { duration } from "../parameter.ts";
import { directionsOf, side } from "../sides.ts";
import { triggered, triggerParameters } from "../trigger.ts";

export const blackHole = defineFault({
  id: "black-hole",
  says: "Lets nothing through any more, while TCP stays up.",
  lead: "after",
  parameters: {
    ...triggerParameters,
    side: side("both"),
    forMs: duration("then it goes on where it stopped; default: never", undefined),
  },
  attach: (values, connection) =>
    triggered(values, connection, () => {
      for (const direction of directionsOf(values.side)) connection.silence(direction, values.forMs);
      connection.tell(values.forMs === undefined ? "silent" : `silent for ${values.forMs} ms`);
    }),
});
