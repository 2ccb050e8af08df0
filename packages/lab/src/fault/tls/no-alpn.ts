/** TLS that chooses no protocol (RFC 7301): what proxies do that were not told about HTTP/2. */

import { defineFault } from "../define-fault.ts";

export const noAlpn = defineFault({
  id: "no-alpn",
  says: "Chooses no protocol by ALPN.",
  parameters: {},
  handshake: "no-alpn",
  attach: () => ({}),
});
