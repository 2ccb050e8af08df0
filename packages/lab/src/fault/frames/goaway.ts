/**
 * GOAWAY with any last id, code and debug text. Streams above the id get nothing any more: those that the server has not heard
 * of never reach it; those that it has are told CANCEL, though it may have executed them, as with a real proxy that lies.
 */

import { errorCodeName } from "@holdfast/grpc/http2";
import { goawayFrame, maxUint31 } from "../../peer/frame.ts";
import { defineFault } from "../define-fault.ts";
import type { RelayedConnection } from "../fault.ts";
import { choice, choiceOrCount, duration, http2Code, text, type ValuesOf } from "../parameter.ts";
import { OpenRequests } from "../requests.ts";
import { triggered, triggerParameters } from "../trigger.ts";

const parameters = {
  ...triggerParameters,
  last: choiceOrCount(
    "the last stream id; `all`: that of the newest request; `none`: below the oldest that is open; `half`: the middle one " +
      "of those that are open; `max`: 2^31-1",
    ["all", "none", "half", "max"],
    "all",
  ),
  code: http2Code("the error code", 0),
  debug: text("the debug data", ""),
  firstMs: duration("a GOAWAY with 2^31-1 and NO_ERROR comes first, and this one so long after it", undefined),
  then: choice("what becomes of the connection", ["nothing", "fin", "rst"], "nothing"),
  pauseMs: duration("between the GOAWAY and that", 0),
};

export const goaway = defineFault({
  id: "goaway",
  says: "Sends the client GOAWAY.",
  lead: "after",
  parameters,
  attach: (values, connection) => {
    const requests = new OpenRequests();
    let lastId = maxUint31;
    const trigger = triggered(values, connection, () => {
      const send = (): void => void (lastId = sendGoaway(values, connection, requests));
      if (values.firstMs === undefined) return send();
      connection.inject("to-client", goawayFrame(maxUint31, 0));
      connection.tell("GOAWAY(NO_ERROR, last=2147483647)");
      connection.after(values.firstMs, send);
    });
    return {
      onFrame: (frame, direction) => {
        if (requests.note(frame, direction) && frame.streamId > lastId) connection.take(frame.streamId);
        return trigger.onFrame(frame, direction);
      },
      onBytes: trigger.onBytes,
    };
  },
});

function sendGoaway(
  values: ValuesOf<typeof parameters>,
  connection: RelayedConnection,
  requests: OpenRequests,
): number {
  const open = requests.ids.filter((id) => !connection.isTaken(id));
  const lastId = lastIdOf(values.last, requests.newest, open);
  const excluded = open.filter((id) => id > lastId);
  connection.inject("to-client", goawayFrame(lastId, values.code, values.debug));
  for (const id of excluded) connection.take(id);
  const streams = excluded.length === 0 ? "" : `; ${excluded.length} open above it`;
  connection.tell(`GOAWAY(${errorCodeName(values.code)}, last=${lastId})${streams}`);
  if (values.then === "nothing") return lastId;
  const cut = (): void => {
    if (values.then === "fin") connection.fin("to-client");
    else connection.reset("to-client");
    connection.tell(values.then === "fin" ? "FIN behind GOAWAY" : "RST behind GOAWAY");
  };
  connection.after(values.pauseMs, cut);
  return lastId;
}

function lastIdOf(last: "all" | "none" | "half" | "max" | number, newest: number, open: readonly number[]): number {
  if (typeof last === "number") return Math.min(last, maxUint31);
  if (last === "max") return maxUint31;
  const [oldest] = open;
  // With none open, whatever came has ended, and is not taken back.
  if (last === "all" || oldest === undefined) return newest;
  if (last === "half" && open.length > 1) return open[Math.floor(open.length / 2) - 1] as number;
  return Math.max(0, oldest - 2);
}
