/** The status of a call that HTTP/2 ended: gRPC's PROTOCOL-HTTP2, "HTTP2 Transport Mapping" (Errors). */

import { errorCode } from "../http2/error-code.ts";
import { status, type StatusCode } from "./status.ts";

const special: Readonly<Record<number, StatusCode>> = {
  [errorCode.REFUSED_STREAM]: status.UNAVAILABLE,
  [errorCode.CANCEL]: status.CANCELLED,
  [errorCode.ENHANCE_YOUR_CALM]: status.RESOURCE_EXHAUSTED,
  [errorCode.INADEQUATE_SECURITY]: status.PERMISSION_DENIED,
};

/**
 * The status of a call whose stream the peer reset. A CANCEL that comes when the call's own deadline has passed is the
 * server noticing the same deadline first, so it is told as one. Codes that gRPC's table does not list are INTERNAL, as
 * every implementation has it.
 */
export function statusFromReset(code: number, deadlinePassed = false): StatusCode {
  if (deadlinePassed && code === errorCode.CANCEL) return status.DEADLINE_EXCEEDED;
  return special[code] ?? status.INTERNAL;
}

/** The status of a call whose connection was lost, whether by FIN, RST, a timeout or an unanswered PING. */
export function statusFromConnectionLoss(role: "client" | "server"): StatusCode {
  return role === "client" ? status.UNAVAILABLE : status.CANCELLED;
}
