/** A certificate of somebody else: trusted and valid, for another name. */

import { defineFault } from "../define-fault.ts";

export const wrongName = defineFault({
  id: "wrong-name",
  says: "Shows clients a certificate for another name.",
  parameters: {},
  handshake: "wrong-name",
  attach: () => ({}),
});
