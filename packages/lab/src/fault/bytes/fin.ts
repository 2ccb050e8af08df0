/** FIN in the middle of a connection: a process that ended, or a close without a word of HTTP/2. */

import { defineFault } from "../define-fault.ts";
import { choice } from "../parameter.ts";
import { triggered, triggerParameters } from "../trigger.ts";

export const fin = defineFault({
  id: "fin",
  says: "Closes a connection by FIN.",
  lead: "after",
  parameters: {
    ...triggerParameters,
    to: choice("who gets it", ["client", "server"], "client"),
    reached: choice("whether the request that it comes with goes on to the server", ["yes", "no"], "yes"),
  },
  attach: (values, connection) =>
    triggered(values, connection, (request) => {
      const strike = (): void => {
        connection.fin(values.to === "client" ? "to-client" : "to-server");
        connection.tell(`FIN to the ${values.to}`);
      };
      // Behind the request, where that goes on.
      if (request !== undefined && values.reached === "no") connection.take(request.streamId);
      if (request === undefined || values.reached === "no") strike();
      else connection.after(0, strike);
    }),
});
