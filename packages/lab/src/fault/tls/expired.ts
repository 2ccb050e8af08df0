/** A certificate of yesterday: trusted, for the right name, and no longer valid. */

import { defineFault } from "../define-fault.ts";

export const expired = defineFault({
  id: "expired",
  says: "Shows clients a certificate that has expired.",
  parameters: {},
  handshake: "expired",
  attach: () => ({}),
});
