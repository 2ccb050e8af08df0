/** Turns what a socket, TLS or the engine said into the words for a wire that did not open, or ended. Pure. */

import type { SocketError } from "@holdfast/grpc/host";
import type { Opened, WireEnd, WireFault } from "./wire-end.ts";

export function failed(fault: WireFault): Opened {
  return { kind: "failed", fault };
}

/** Ended before the peer's SETTINGS. */
export function greetingFault(end: WireEnd): WireFault {
  const { kind, violation, error, goaways } = end;
  const stage = "http2";
  if (violation !== undefined) {
    return { stage, kind: "foreign", message: violation.detail, word: violation.rule };
  }
  if (goaways.length > 0) return { stage, kind: "refused", message: "the peer said GOAWAY before its SETTINGS" };
  if (kind === "rst") return { stage, kind: "reset", message: error?.message ?? "the peer reset the connection" };
  if (kind === "fin") return { stage, kind: "closed", message: "the peer closed the connection before its SETTINGS" };
  if (kind === "tls-alert") return { stage, kind: "refused", message: error?.message ?? "the peer sent a TLS alert" };
  return { stage, kind: "error", message: error?.message ?? "the connection ended before the peer's SETTINGS" };
}

export function tlsFaultKind(word: string): WireFault["kind"] {
  if (word.includes("ALERT")) return "refused";
  if (word === "ECONNRESET") return "closed";
  return word.startsWith("ERR_SSL") || word === "EPROTO" ? "foreign" : "error";
}

export function endKind(error: SocketError | undefined): WireEnd["kind"] {
  if (error === undefined) return "fin";
  if (error.kind === "ECONNRESET" || error.kind === "EPIPE") return "rst";
  return error.kind === "ETIMEDOUT" ? "timed-out" : "error";
}
