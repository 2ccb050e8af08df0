/** The one line of a termination report. It tells what is proven first, then how it was, then the best guess. */

import { errorCode, errorCodeName } from "../http2/error-code.ts";
import { describeViolation } from "../http2/violation.ts";
import { durationText } from "./duration-text.ts";
import type { EndedBy } from "./ended-by.ts";
import { stallWorthTellingMs, type Suspect } from "./suspects.ts";
import type { ConnectionEnd, GoawaySeen } from "./connection-end.ts";

// The last stream id of the first phase of a graceful GOAWAY, RFC 9113 §6.8.
const maxStreamId = 2_147_483_647;

// Two things that happened within this time happened at once to a person's eye.
const atOnceMs = 20;

// Debug data beyond this is in the report; in the line it would hide the rest. Known ones have at most 30 letters.
const maxDebugLength = 60;

/** For instance `conn 12 to 10.0.3.4:443: peer GOAWAY(NO_ERROR "max_age") last=41, then RST after 20.0 s; open 31.2 s, 2 streams open`. */
export function summaryOf(end: ConnectionEnd, endedBy: EndedBy, suspects: readonly Suspect[]): string {
  const parts = [
    `conn ${end.connectionId} ${end.role === "client" ? "to" : "from"} ${end.peer}: ${whatEnded(end, endedBy)}`,
  ];
  parts.push(howItWas(end));
  if (isPingPolicing(end)) parts.push(`our PINGs came more often than the peer allows`);
  if (end.longestStallMs >= stallWorthTellingMs) {
    parts.push(`our event loop was blocked for ${durationText(end.longestStallMs)}`);
  }
  const best = suspects.find(({ certainty }) => certainty === "likely") ?? suspects[0];
  if (best !== undefined) parts.push(`${best.certainty === "likely" ? "likely" : "possibly"} ${best.what}`);
  return parts.join("; ");
}

function whatEnded(end: ConnectionEnd, endedBy: EndedBy): string {
  if (endedBy === "local") return ourWord(end);
  const last = end.goaways.at(-1);
  if (last === undefined) return socketWord(end);
  return `peer ${goawaysText(end.goaways)}, then ${afterGoaway(end)}${sinceText(end.endedAtMs - last.atMs)}`;
}

/** All GOAWAYs of one leaving: `GOAWAY(NO_ERROR "max_age") last=max, last=41`. */
function goawaysText(goaways: readonly GoawaySeen[]): string {
  let said = "";
  let before = "";
  for (const { code, debugData, lastStreamId } of goaways) {
    const word = `GOAWAY(${errorCodeName(code)}${debugData === "" ? "" : ` "${shortened(debugData)}"`})`;
    const last = `last=${lastStreamId === maxStreamId ? "max" : lastStreamId}`;
    said += word === before ? `, ${last}` : `${before === "" ? "" : ", "}${word} ${last}`;
    before = word;
  }
  return said;
}

function shortened(text: string): string {
  return text.length <= maxDebugLength ? text : `${text.slice(0, maxDebugLength)}…`;
}

function afterGoaway(end: ConnectionEnd): string {
  if (end.localReason === "ping-timeout") return "no answer to our PING";
  if (end.localReason === "no-progress") return "no more bytes taken";
  return end.localReason === undefined ? socketNoun(end) : "closed by us";
}

function socketNoun({ socket, socketError }: ConnectionEnd): string {
  switch (socket) {
    case "fin":
      return "FIN";
    case "rst":
      return "RST";
    case "timeout":
      return "a timeout of the network";
    case "error":
    case "connect-failed":
      return socketError === undefined ? "a socket error" : errorText(socketError);
    case "closed-by-us":
      return "closed by us";
  }
}

function socketWord(end: ConnectionEnd): string {
  switch (end.socket) {
    case "fin":
    case "rst":
      return `${socketNoun(end)} ${end.readyAtMs === undefined ? "before any SETTINGS" : "without a GOAWAY"}`;
    case "connect-failed":
      return `no connection${end.socketError === undefined ? "" : `, ${errorText(end.socketError)}`}`;
    case "timeout":
      return socketNoun(end) + (end.socketError === undefined ? "" : ` (${errorText(end.socketError)})`);
    case "error":
    case "closed-by-us":
      return socketNoun(end);
  }
}

/** The platform's text usually names the kind itself. */
function errorText({ kind, message }: { readonly kind: string; readonly message: string }): string {
  return message.includes(kind) ? message : `${kind}: ${message}`;
}

function ourWord(end: ConnectionEnd): string {
  switch (end.localReason ?? "closed") {
    case "closed":
      return "closed by us";
    case "drained":
      return `drained by us${goawaySentText(end)}`;
    case "drain-cut":
      return `cut by us at the end of the drain${goawaySentText(end)}`;
    case "violation":
    case "wrong-protocol":
      return wrongText(end);
    case "connect-timeout":
      return `no connection within ${durationText(end.endedAtMs - end.startedAtMs)}, given up`;
    case "settings-timeout":
      return `accepted, but no SETTINGS within ${durationText(end.endedAtMs - end.startedAtMs)}, given up`;
    case "ping-timeout":
      return `no answer to our PING${lastHeardText(end)}, given up`;
    case "no-progress":
      return `the peer takes no more of our bytes${lastHeardText(end)}, given up`;
  }
}

function wrongText({ violation, localReason }: ConnectionEnd): string {
  if (localReason === "wrong-protocol") return `not HTTP/2${violation === undefined ? "" : `: ${violation.detail}`}`;
  return violation === undefined ? "closed by us over a broken rule" : `closed by us: ${describeViolation(violation)}`;
}

function goawaySentText({ goawaySent }: ConnectionEnd): string {
  return goawaySent === undefined ? "" : `, ${goawaysText([{ ...goawaySent, atMs: 0 }])}`;
}

function lastHeardText({ lastReceivedAtMs, endedAtMs }: ConnectionEnd): string {
  return lastReceivedAtMs === undefined ? "" : `, nothing heard for ${durationText(endedAtMs - lastReceivedAtMs)}`;
}

function sinceText(elapsedMs: number): string {
  return elapsedMs < atOnceMs ? " at once" : ` after ${durationText(elapsedMs)}`;
}

function howItWas({ readyAtMs, endedAtMs, streamsOpen }: ConnectionEnd): string {
  if (readyAtMs === undefined) return "never ready";
  const streams = streamsOpen === 0 ? "no stream" : streamsOpen === 1 ? "1 stream" : `${streamsOpen} streams`;
  return `open ${durationText(endedAtMs - readyAtMs)}, ${streams} open`;
}

/** Not a guess: the peer said it (gRFC A8). */
function isPingPolicing({ goaways }: ConnectionEnd): boolean {
  return goaways.some(({ code, debugData }) => code === errorCode.ENHANCE_YOUR_CALM && debugData === "too_many_pings");
}
