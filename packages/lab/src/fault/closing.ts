/** Owns what FIN and RST have in common as faults: when they come, to whom, and what becomes of the request that they come with. */

import type { Direction, FaultHooks, RelayedConnection } from "./fault.ts";
import { choice, type ValuesOf } from "./parameter.ts";
import { triggered, triggerParameters } from "./trigger.ts";

export const closingParameters = {
  ...triggerParameters,
  to: choice("who gets it", ["client", "server"], "client"),
  reached: choice("whether the request that it comes with goes on to the server", ["yes", "no"], "yes"),
};

/** Calls `close` when its time has come: behind the request, where that goes on. */
export function closing(
  values: ValuesOf<typeof closingParameters>,
  connection: RelayedConnection,
  close: (direction: Direction) => void,
): FaultHooks {
  const strike = (): void => close(values.to === "client" ? "to-client" : "to-server");
  return triggered(values, connection, (request) => {
    if (request !== undefined && values.reached === "no") connection.take(request.streamId);
    if (request === undefined || values.reached === "no") strike();
    else connection.after(0, strike);
  });
}
