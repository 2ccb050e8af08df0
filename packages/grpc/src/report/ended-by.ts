/** Who ended a connection. Owns the rule; the words for it are `summary.ts`. */

import type { ConnectionEnd } from "./connection-end.ts";

/** Who ended a connection, as far as it is proven. Anything about a hop in between is a `Suspect`. */
export type EndedBy =
  /** We did: closed, drained, condemned by a timer or because the peer broke a rule. */
  | "local"
  /** The peer said so in a frame (GOAWAY), whatever happened to the socket later. */
  | "peer-http2"
  /** FIN, RST or a timeout, without a word in HTTP/2. */
  | "transport";

/** Only what is proven. A GOAWAY that answers ours is courtesy; the first word decides. */
export function endedByOf(end: ConnectionEnd): EndedBy {
  if (end.localReason === "violation" || end.localReason === "wrong-protocol") return "local";
  if (end.goaways.length > 0) return weSaidItFirst(end) ? "local" : "peer-http2";
  return end.localReason === undefined && end.socket !== "closed-by-us" ? "transport" : "local";
}

function weSaidItFirst({ goawaySent, goaways, frames }: ConnectionEnd): boolean {
  if (goawaySent === undefined) return false;
  const ours = frames.find((note) => note.type === "GOAWAY" && note.direction === "out");
  return ours !== undefined && ours.atMs < (goaways[0]?.atMs ?? Infinity);
}
