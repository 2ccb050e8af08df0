/** FIN in the middle of a connection: a process that ended, or a close without a word of HTTP/2. */

import { closing, closingParameters } from "../closing.ts";
import { defineFault } from "../define-fault.ts";

export const fin = defineFault({
  id: "fin",
  says: "Closes a connection by FIN.",
  lead: "after",
  parameters: closingParameters,
  attach: (values, connection) =>
    closing(values, connection, (direction) => {
      connection.fin(direction);
      connection.tell(`FIN to the ${values.to}`);
    }),
});
