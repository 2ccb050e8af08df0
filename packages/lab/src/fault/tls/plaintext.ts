/** Plain text on the port where clients expect TLS: the server is behind it without any. */

import { defineFault } from "../define-fault.ts";

export const plaintext = defineFault({
  id: "plaintext",
  says: "Speaks plain text where TLS is expected.",
  parameters: {},
  handshake: "plaintext",
  attach: () => ({}),
});
