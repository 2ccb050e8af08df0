/** Owns the events with a GOAWAY. Ids are the catalog's; the wire is RFC 9113 §6.8. */

import type { PeerConnection } from "../peer/peer-connection.ts";
import type { PeerCall } from "../peer/peer-call.ts";
import { goawayFrame, maxUint31 } from "../peer/frame.ts";
import { eachCall } from "./each-call.ts";
import type { Cause, WireEvent } from "./wire-event.ts";

/** Long enough for the frame to be read before the connection ends. */
const apartMs = 60;

const refused = { label: "grpc/goaway-unprocessed-stream" };
const refusedByConnect = { ...refused, also: ["connect/refused-stream-reported-internal"] };

function goaway(last: "none" | "call" | "max", code: number, debug: string, then: "stay" | "fin" | "reset") {
  return eachCall(async (peer: PeerConnection, call: PeerCall) => {
    const id = { none: call.streamId - 2, call: call.streamId, max: maxUint31 }[last];
    peer.write(goawayFrame(Math.max(0, id), code, debug));
    await peer.pause(apartMs);
    if (then === "fin") peer.fin();
    if (then === "reset") peer.reset();
  });
}

function afterHeaders(debug: string, then: "fin" | "reset") {
  return eachCall(async (peer, call) => {
    peer.answerHeaders(call);
    await peer.pause(apartMs);
    peer.write(goawayFrame(maxUint31, 0, debug));
    await peer.pause(apartMs);
    if (then === "fin") peer.fin();
    else peer.reset();
  });
}

const lost = (cause: Cause) => ({
  "connect-node": { label: cause.label, also: [...(cause.also ?? []), "connect/connection-drop-mislabelled"] },
  ...lostInTonic(cause),
});
const lostInTonic = (cause: Cause) => ({
  tonic: { label: cause.label, also: [...(cause.also ?? []), "tonic/transport-error-unknown-or-cancelled"] },
});

const cut = { label: "grpc/goaway-then-connection-closed" };
const nodeLosesTheCode = { label: "grpcjs/goaway-then-tcp-reset-internal-0" };
const neverSettles = { label: "connect/promise-never-settles", also: ["client/deadline-exceeded"] };
const resetByClient = {
  "grpc-js": nodeLosesTheCode,
  "nice-grpc": nodeLosesTheCode,
  "node-http2": nodeLosesTheCode,
  "connect-node": neverSettles,
  ...lostInTonic(cut),
};
const graceKill = { label: "server/max-connection-age-grace-kill", also: ["grpc/goaway-then-connection-closed"] };
const googleFrontEnd = { label: "lb/gfe-goaway-and-timeouts", also: ["grpc/goaway-then-connection-closed"] };
const withCode = { label: "http2/goaway-error-code" };
const tooManyPings = { label: "http2/enhance-your-calm-too-many-pings" };
const tooManyResets = { label: "h2/reset-limiter-goaway" };
const http11Required = { label: "http2/goaway-http11-required" };
/** Go says only that the call was not taken, whatever the code. */
const notTaken = (cause: Cause) => ({ "grpc-go": { ...cause, also: ["grpc/goaway-unprocessed-stream"] } });

const codes: readonly (readonly [number, string])[] = [
  [1, "bad frame"],
  [2, "Cancelling all calls"],
  [3, "window overflow"],
  [5, "stream closed"],
  [6, "frame size"],
  [9, "compression"],
  [10, "connect error"],
  [12, "inadequate security"],
];

const events: readonly WireEvent[] = [
  {
    id: "goaway-0-last-before-call",
    ...refused,
    script: goaway("none", 0, "draining", "stay"),
    by: { "connect-node": refusedByConnect },
  },
  {
    id: "goaway-0-last-before-call-then-fin",
    ...refused,
    script: goaway("none", 0, "graceful_stop", "fin"),
    by: { "connect-node": refusedByConnect },
  },
  { id: "goaway-0-then-fin", ...cut, script: goaway("max", 0, "", "fin"), by: lost(cut) },
  { id: "goaway-0-stop-then-fin", ...cut, script: goaway("call", 0, "server shutdown", "fin"), by: lost(cut) },
  { id: "goaway-0-then-reset", ...cut, script: goaway("max", 0, "", "reset"), by: resetByClient },
  { id: "goaway-max-age-then-fin", ...graceKill, script: goaway("max", 0, "max_age", "fin"), by: lost(graceKill) },
  { id: "headers-goaway-max-age-fin", ...graceKill, script: afterHeaders("max_age", "fin"), by: lost(graceKill) },
  { id: "headers-goaway-reset", ...cut, script: afterHeaders("bye", "reset"), by: resetByClient },
  {
    id: "goaway-session-timed-out",
    ...googleFrontEnd,
    script: goaway("max", 0, "session_timed_out", "fin"),
    by: lost(googleFrontEnd),
  },
  {
    id: "goaway-11-too-many-pings",
    ...tooManyPings,
    script: goaway("call", 11, "too_many_pings", "fin"),
    by: lostInTonic(tooManyPings),
  },
  {
    id: "goaway-11-too-many-resets",
    ...tooManyResets,
    script: goaway("call", 11, "too_many_resets", "fin"),
    by: lostInTonic(tooManyResets),
  },
  { id: "goaway-13", ...http11Required, script: goaway("none", 13, "", "fin"), by: notTaken(http11Required) },
  ...codes.map(([code, debug]): WireEvent => ({
    id: `goaway-${code}-last-call-then-fin`,
    ...withCode,
    script: goaway("call", code, debug, "fin"),
    by: {
      ...lostInTonic(withCode),
      ...(code === 2 && { "grpc-core": { ...withCode, also: ["ccore/cancelling-all-calls"] } }),
    },
  })),
  ...[1, 2].map((code): WireEvent => ({
    id: `goaway-${code}-last-before-call`,
    ...withCode,
    script: goaway("none", code, "", "fin"),
    by: {
      ...notTaken(withCode),
      "grpc-java": { label: "java/goaway-nonzero-defects", also: ["http2/goaway-error-code"] },
    },
  })),
];

/** undici names the frame and its code, and nothing of what happened to the request: an entry of its own. */
export const goawayEvents: readonly WireEvent[] = events.map((event) => ({
  ...event,
  by: { ...event.by, undici: { label: "httpclient/goaway", also: [event.label, ...(event.also ?? [])] } },
}));
