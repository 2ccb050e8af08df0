/** TCP that is accepted, and a TLS handshake that nobody answers. */

import { defineFault } from "../define-fault.ts";

export const handshakeHangs = defineFault({
  id: "handshake-hangs",
  says: "Never answers the TLS handshake.",
  parameters: {},
  handshake: "hangs",
  attach: () => ({}),
});
