/** A server that is gone while the client knows nothing: no FIN, no RST; what the client sends goes nowhere. */

import { defineFault } from "../define-fault.ts";
import { triggered, triggerParameters } from "../trigger.ts";

export const halfOpen = defineFault({
  id: "half-open",
  says: "Closes the server's half, and never tells the client.",
  lead: "after",
  parameters: triggerParameters,
  attach: (values, connection) =>
    triggered(values, connection, (request) => {
      connection.silence("to-client");
      connection.fin("to-server");
      connection.tell("the server's half is closed, the client's is left open");
      return request === undefined ? undefined : "drop";
    }),
});
