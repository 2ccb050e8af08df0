/** RST in the middle of a connection: a process that was killed, or a box in between that lost its table. The other half is closed. */

import { closing, closingParameters } from "../closing.ts";
import { defineFault } from "../define-fault.ts";

export const rst = defineFault({
  id: "rst",
  says: "Closes a connection by RST.",
  lead: "after",
  parameters: closingParameters,
  attach: (values, connection) =>
    closing(values, connection, (direction) => {
      connection.reset(direction);
      connection.tell(`RST to the ${values.to}`);
    }),
});
