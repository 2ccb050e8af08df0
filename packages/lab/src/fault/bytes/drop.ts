/**
 * A box in between that forgets a flow nobody used for a while. Azure's load balancer says nothing from then on; AWS's NLB
 * answers the next packet with RST, to whoever sent it, and the other end hears nothing.
 */

import { defineFault } from "../define-fault.ts";
import { choice, duration } from "../parameter.ts";
import { whenSilent } from "../trigger.ts";

export const drop = defineFault({
  id: "drop",
  says: "Forgets a connection that was idle, as an L4 device does.",
  lead: "idleMs",
  parameters: {
    // docs.aws.amazon.com, Network Load Balancers: 350 s for TCP by default.
    idleMs: duration("no octet either way for so long", 350_000),
    then: choice(
      "what the next octet gets: nothing (as Azure's load balancer), RST (as AWS's NLB)",
      ["silence", "rst"],
      "silence",
    ),
  },
  attach: ({ idleMs, then }, connection) => {
    let isForgotten = false;
    const heard = whenSilent(idleMs, connection, () => {
      isForgotten = true;
      connection.tell(`forgotten after ${idleMs} ms without an octet`);
      if (then === "rst") return;
      connection.silence("to-client");
      connection.silence("to-server");
    });
    return {
      onBytes: (_bytes, direction) => {
        if (!isForgotten) return heard();
        if (then === "silence") return undefined;
        connection.reset(direction === "to-server" ? "to-client" : "to-server");
        connection.tell(`RST for whoever sent ${direction}`);
        return "drop";
      },
      onFin: () => (isForgotten ? "hold" : undefined),
    };
  },
});
