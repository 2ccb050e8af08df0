/**
 * Owns what Envoy's HTTP connection manager says to a client when it ends a call itself: the words of its source
 * (`source/common/http/utility.cc` and `codes.cc`), played by the scripted peer. Does not own why it does so.
 */

import type { PeerCall } from "../peer/peer-call.ts";
import type { PeerConnection } from "../peer/peer-connection.ts";

const unavailable = 14;

/** Before response headers: one block with a status. */
const envoyText = {
  routeTimeout: "upstream request timeout",
  noHealthyUpstream: "no healthy upstream",
  connectionTermination:
    "upstream connect error or disconnect/reset before headers. reset reason: connection termination",
  remoteReset: "upstream connect error or disconnect/reset before headers. reset reason: remote reset",
  remoteRefused: "upstream connect error or disconnect/reset before headers. reset reason: remote refused stream reset",
  connectionFailure:
    "upstream connect error or disconnect/reset before headers. reset reason: remote connection failure",
} as const;

export function answerAsEnvoy(connection: PeerConnection, call: PeerCall, why: keyof typeof envoyText): void {
  connection.answerStatus(call, unavailable, envoyText[why], "not-begun");
}
